"""Days the office is closed that the law pack did not know: entered, and what they do to running limits.

Sources: PCT Rules 80.5 and 82quater; Paris Convention, Article 4C(3). Strikes, storms, funerals and feasts
fixed by the moon are announced late, sometimes after the day. What was decided meanwhile stays decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from app.domain.case import Case, Deadline, LimitState
from app.domain.changes import Changes
from app.errors import RuleRefused, UsageError, _
from app.history.content import DAYS_CLOSED, DAYS_OPEN, LIMIT_CLOSED, closed_days
from app.progress import SILENT, Progress
from app.rules import calendars
from app.rules import closures as rule
from app.rules.statuses import is_closed
from app.services import recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act

LIMIT_MOVED = "limit_moved"
"""The law pack's event that tells of a moved limit; a pack may have none."""
NOTICE = "new-last-day"
"""The letter of the law pack that tells the applicant."""


@dataclass(frozen=True, slots=True)
class MovedLimit:
    """A limit and its last day before and after. `why` is the step that says it, in words."""

    case: str
    number: str
    limit: str
    rule: str
    name: str
    owner: str
    old: date
    new: date
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A limit that ended on such a day in a case that has ended since: nothing is moved, a person looks."""

    case: str
    number: str
    rule: str
    name: str
    last_day: date
    status: str
    status_code: str


@dataclass(frozen=True, slots=True)
class Closed:
    """What days of closure do. `act` is "" where nothing was written."""

    calendar: str
    days: tuple[date, ...]
    instrument: str
    moved: tuple[MovedLimit, ...]
    decided: tuple[Decided, ...]
    act: str = ""
    changes: Changes = field(default_factory=Changes)


def close(
    office: Office,
    days: Iterable[date],
    instrument: str,
    *,
    calendar: str = "office",
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Closed:
    """Enter days on which the office was or will be closed, and move the limits that end on them.

    dry_run     only list; nothing is written
    instrument  the act that closed it ("Official Notice 12 of 2026"), shown with each limit it moved

    One act: days and limits together. Refused for a calendar the law pack does not have, a day that is
    closed already, and without an instrument.
    """
    wanted = tuple(sorted(set(days)))
    _refuse(office, wanted, instrument, calendar)
    held = closed_days(office.store.office_history())
    named = dict.fromkeys(wanted, instrument)
    law = rule.with_office_closures(office.law, {calendar: {**held.get(calendar, {}), **named}})
    moved: list[tuple[Case, Deadline, Deadline]] = []
    decided: list[Decided] = []
    for case, limits in _ending(office, wanted, progress):
        for old in limits:
            new = rule.moved(law, old, wanted, instrument)
            if new is None or calendar not in rule.leans_on(law, rule.calendar_of(law, old)):
                continue
            if is_closed(office.law, case.status.code):
                decided.append(_decided(case, old))
            else:
                moved.append((case, old, new))
    told = tuple(_told(case, old, new) for case, old, new in moved)
    answer = Closed(calendar, wanted, instrument, told, tuple(decided))
    if dry_run:
        return answer
    with office.store.act(authority=instrument) as act:
        value = {"days": [day.isoformat() for day in wanted], "instrument": instrument}
        entered = act.event(f"calendar:{calendar}", DAYS_CLOSED, value)
        for done, (case, old, new) in enumerate(moved):
            progress.step(done, len(moved), case.number)
            _move(act, office, case, old, new, instrument, entered)
    return replace(answer, act=act.id, changes=act.changes)


def reopen(office: Office, days: Iterable[date], *, reason: str, calendar: str = "office") -> Changes:
    """Take days out again that were entered by mistake. Limits they moved stay as the applicants were told.

    Refused for days that nobody entered, and without a reason.
    """
    wanted = tuple(sorted(set(days)))
    held = closed_days(office.store.office_history()).get(calendar, {})
    if unknown := [day for day in wanted if day not in held]:
        raise RuleRefused(
            _("{day} was not entered as a closure of “{calendar}”. Nothing was changed.").format(
                day=unknown[0], calendar=calendar
            ),
            _("Entered are: {days}.").format(days=", ".join(map(str, sorted(held))) or _("none")),
        )
    if not reason.strip():
        raise UsageError(
            _("No reason was given; nothing was changed."), _("Say why the day is open after all.")
        )
    with office.store.act(authority=reason.strip()) as act:
        act.event(f"calendar:{calendar}", DAYS_OPEN, {"days": [day.isoformat() for day in wanted]})
    return act.changes


def entered(office: Office) -> tuple[tuple[str, date, str], ...]:
    """The days this office entered: calendar, day, instrument; in order."""
    held = closed_days(office.store.office_history())
    return tuple((name, day, held[name][day]) for name in sorted(held) for day in sorted(held[name]))


def notices(office: Office, closed: Closed, folder: Path, *, progress: Progress = SILENT) -> tuple[Path, ...]:
    """Draft the letters that tell the applicants of their new last days: one PDF a case, in `folder`.

    Drafts are no legal acts: each is issued from its case when somebody has looked at it.
    """
    from app.services import letters

    cases = list(dict.fromkeys(one.case for one in closed.moved if one.owner == "applicant"))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, case_id in enumerate(cases):
        progress.step(done, len(cases), case_id[:8])
        number = next(one.number for one in closed.moved if one.case == case_id)
        path = folder / f"{number.replace('/', '-')}.pdf"
        path.write_bytes(letters.preview(office, case_id, NOTICE))
        written.append(path)
    return tuple(written)


def _refuse(office: Office, days: tuple[date, ...], instrument: str, calendar: str) -> None:
    if not days:
        raise UsageError(_("No day was named; nothing was changed."), _("Name at least one day."))
    if not instrument.strip():
        raise UsageError(
            _("No instrument was named; nothing was changed."),
            _("Name the notice or act that closed the office, as in “Official Notice 12 of 2026”."),
        )
    known = calendars.named_calendar(calendar, office.law.calendars)
    for day in days:
        if why := calendars.why_closed(known, day):
            raise RuleRefused(
                _(
                    "{day} is closed already in the calendar “{calendar}” ({why}). Nothing was changed."
                ).format(day=day, calendar=calendar, why=why),
                _("Leave that day out."),
            )


def _ending(
    office: Office, days: tuple[date, ...], progress: Progress
) -> Iterator[tuple[Case, list[Deadline]]]:
    """The cases with open limits that end on one of the days, each with those limits."""
    found = register.limits_ending(office.store, days)
    for done, (case_id, pairs) in enumerate(groupby(found, key=lambda pair: pair[0])):
        progress.step(done, None, case_id[:8])
        wanted = {limit for _case, limit in pairs}
        case = register.case(office.store, case_id, office.today)
        yield case, [one for one in case.deadlines if one.id in wanted]


def _told(case: Case, old: Deadline, new: Deadline) -> MovedLimit:
    return MovedLimit(
        case.id, case.number, old.id, old.rule, old.name, str(old.owner), old.last_day, new.last_day,
        new.steps[-1].text,
    )  # fmt: skip


def _decided(case: Case, limit: Deadline) -> Decided:
    return Decided(
        case.id, case.number, limit.rule, limit.name, limit.last_day, case.status.name, case.status.code
    )  # fmt: skip


def _move(
    act: Act, office: Office, case: Case, old: Deadline, new: Deadline, instrument: str, entered: str
) -> None:
    entity = f"case:{case.id}"
    value = {"limit": old.id, "state": str(LimitState.LIFTED), "by": entered}
    act.event(entity, LIMIT_CLOSED, value)
    opened = recording.open_limit(act, case.id, old.event, new)
    if LIMIT_MOVED in office.law.events:
        told = {
            "limit": opened.id, "name": old.name, "old": old.last_day.isoformat(),
            "day": new.last_day.isoformat(), "instrument": instrument, "on": office.today.isoformat(),
        }  # fmt: skip
        act.event(entity, LIMIT_MOVED, told)
    act.finish(case.id)
