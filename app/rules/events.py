"""What may happen to a case, and which limits an event opens and ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.case import Case, Deadline, LimitState
from app.domain.law import EventRule, LawPack, LimitRule, in_language
from app.errors import RuleRefused, _
from app.rules import calendars, fields, limits, rows, starts
from app.rules.days import spoken
from app.rules.extensions import EXTENSION, extended, extension_of
from app.rules.periods import parse_period
from app.rules.statuses import leads_to

SERVED = "letter_served"
"""The event that a letter arrived; its field `letter` (or `number`) names the letter."""

_OPEN_STATES = (LimitState.RUNNING, LimitState.MISSED)


def allowed(law: LawPack, case: Case) -> tuple[EventRule, ...]:
    """The events that may be recorded on the case now, in the pack's order."""
    return tuple(rule for rule in law.events.values() if _is_of(rule, case) and _fits(rule, case))


def refuse(
    law: LawPack,
    case: Case,
    event: str,
    given: Mapping[str, object] | None = None,
    *,
    on: date | None = None,
    today: date | None = None,
) -> None:
    """Say nothing when `event` may be recorded with the fields `given`.

    Raises RuleRefused with the reason and what is allowed: an event the pack does not know, of
    another right, out of turn, dated after `today`; a field that is missing, unknown or not of its
    kind.
    """
    rule = law.events.get(event)
    if rule is None:
        raise RuleRefused(
            _("The law pack “{pack}” knows no event “{event}”. Nothing was recorded.").format(
                pack=law.name, event=event
            ),
            _what_is_allowed(law, case),
        )
    if not _is_of(rule, case):
        raise RuleRefused(
            _("“{event}” is no event of this right ({right}). Nothing was recorded.").format(
                event=event, right=_right_name(law, case)
            ),
            _what_is_allowed(law, case),
        )
    if not _fits(rule, case):
        raise RuleRefused(
            _("“{event}” is not allowed while the case is “{status}”. Nothing was recorded.").format(
                event=event, status=case.status.name or case.status.code
            ),
            _what_is_allowed(law, case),
        )
    if on is not None and today is not None and on > today:
        raise RuleRefused(
            _(
                "{event} is dated {on}, which is still to come (today is {today}). Nothing was recorded."
            ).format(event=in_language(rule.name, "en"), on=spoken(on), today=spoken(today)),
            _("Give the day on which it happened; check the clock of this machine."),
        )
    fields.refuse(rule, case, given or {})
    rows.refuse(law, rule, case.rows, given or {})
    _refuse_emptying(law, case, rule, given or {})
    if event == EXTENSION:
        extension_of(law, case, given or {}, on)


def _refuse_emptying(law: LawPack, case: Case, rule: EventRule, given: Mapping[str, object]) -> None:
    """Rows may leave a case that goes on (by division) only while one stays."""
    if not case.rows or not rows.ends(law, rule.row_status):
        return
    if rows.is_partial(law, rule.id, case.rows, given):
        return
    status = leads_to(law, case.right, rule.id, case.status.code)
    if status is None or not status.closed:
        raise RuleRefused(
            _("“{event}” would leave nothing of the case. Nothing was recorded.").format(event=rule.id),
            _("Name fewer rows, so that at least one stays in this case."),
        )


def opened(
    law: LawPack, case: Case, event: str, on: date, given: Mapping[str, object] | None = None
) -> tuple[Deadline, ...]:
    """The limits `event` of the day `on` opens, reckoned, with empty ids.

    given   the event's fields: `template` (a letter opens what its template says), `received` (the
            day a letter arrived, PCT Rule 80.6), `date` (a filing date accorded), `limit` and
            `period` of an extension

    A limit counted from the filing or priority date is not opened again while it runs unchanged.
    """
    given = given or {}
    if event == EXTENSION:
        running, rule, period = extension_of(law, case, given, on)
        return (extended(law, running, rule, period),)
    if event == SERVED:
        return tuple(anew for _old, anew in _served_late(law, case, on, given))
    found = (_reckoned(law, case, rule, event, on, given) for rule in _rules_opened(law, case, event, given))
    running_now = {(d.rule, d.unrolled) for d in case.deadlines if d.state is LimitState.RUNNING}
    return tuple(d for d in found if (d.rule, d.unrolled) not in running_now)


def closed(
    law: LawPack, case: Case, event: str, on: date, given: Mapping[str, object] | None = None
) -> tuple[Deadline, ...]:
    """The case's limits that `event` ends, each with its new state.

    An event that ends only some of the rows ends no limit by ending the case.
    `met` when the event is what the limit waited for and `on` is not after its last day; `lifted`
    when it ends the case, replaces the limit (another filing date, an extension) or is named in the
    event's `closes`. A limit missed stays missed: nothing is resurrected. `given` as in `opened`;
    with `limit`, the id or rule of one limit, only that one is met.
    """
    given = given or {}
    if event == SERVED:
        return tuple(
            replace(old, state=LimitState.LIFTED) for old, _anew in _served_late(law, case, on, given)
        )
    ended = []
    replaced = {d.rule for d in opened(law, case, event, on, given) if _is_replaced_by(law, d.rule, event)}
    for deadline in case.deadlines:
        if deadline.state not in _OPEN_STATES or deadline.last_day < on:
            continue
        state = _ends_as(law, case, deadline, event, given, replaced)
        if state is not None:
            ended.append(replace(deadline, state=state))
    return tuple(ended)


def reckon(
    law: LawPack,
    limit_id: str,
    event: str,
    start: date,
    *,
    received: date | None = None,
    times: int = 1,
    language: str = "en",
) -> Deadline:
    """One limit of the pack counted from `start`, `times` its period; its id empty, its state running."""
    rule = law.limits[limit_id]
    terms = limits.Terms(
        calendar=calendars.named_calendar(rule.calendar, law.calendars),
        roll=rule.roll, received=received, rule=rule.id, provision=rule.provision,
        served_after=parse_period(rule.served_after) if rule.served_after else None,
    )  # fmt: skip
    period = parse_period(rule.period)
    answer = limits.limit(start, replace(period, count=period.count * times), terms)
    return Deadline(
        id="", rule=rule.id, name=in_language(rule.name, language), event=event, owner=rule.owner,
        unrolled=answer.unrolled, last_day=answer.last_day, state=LimitState.RUNNING, steps=answer.steps,
        provision=rule.provision,
    )  # fmt: skip


def _reckoned(
    law: LawPack, case: Case, rule: LimitRule, event: str, on: date, given: Mapping[str, object]
) -> Deadline:
    filing = _day(given, "date") if event == "accorded" else case.filing_date
    claimed = (p.date for p in case.priorities if p.date and p.state == "claimed")
    start = starts.counted_from(rule, on, filing, claimed) or on
    # The next anniversary after this event, and after the last that was counted: a fee paid early or late in
    # the period of grace does not move the anniversaries.
    after = max([on, *(d.unrolled for d in case.deadlines if d.rule == rule.id)])
    times = starts.times(rule, start, after)
    return reckon(law, rule.id, event, start, received=_day(given, "received"), times=times)


def _served_late(
    law: LawPack, case: Case, on: date, given: Mapping[str, object]
) -> list[tuple[Deadline, Deadline]]:
    """The running limits that a late arrival of their letter moves (PCT Rule 80.6): old and new."""
    named = {str(given[name]) for name in ("letter", "number") if given.get(name)}
    moved = []
    for letter in case.letters:
        if not named & {letter.id, letter.number} or on < letter.date:
            continue
        for old in case.deadlines:
            known = old.rule in law.limits and law.limits[old.rule].counted_from == "event"
            if old.id != letter.opens or old.state is not LimitState.RUNNING or not known:
                continue
            anew = reckon(law, old.rule, SERVED, letter.date, received=on)
            if anew.unrolled > old.unrolled:
                moved.append((old, anew))
    return moved


def _is_of(rule: EventRule, case: Case) -> bool:
    return not rule.rights or case.right in rule.rights


def _fits(rule: EventRule, case: Case) -> bool:
    return not rule.allowed_when or case.status.code in rule.allowed_when


def _what_is_allowed(law: LawPack, case: Case) -> str:
    names = ", ".join(rule.id for rule in allowed(law, case))
    return _("Allowed now: {events}.").format(events=names) if names else _("No event is allowed now.")


def _right_name(law: LawPack, case: Case) -> str:
    right = law.rights.get(case.right)
    return in_language(right.name, "en") if right else str(case.right)


def _rules_opened(law: LawPack, case: Case, event: str, given: Mapping[str, object]) -> list[LimitRule]:
    route = case.fields.get("route")
    return [one for one in starts.opened_by(law, event, given) if starts.runs_for(one, case.right, route)]


def _day(given: Mapping[str, object], name: str) -> date | None:
    value = given.get(name)
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)) if value else None


def _is_replaced_by(law: LawPack, limit_id: str, event: str) -> bool:
    return event == EXTENSION or law.limits[limit_id].counted_from != "event"


def _ends_as(
    law: LawPack, case: Case, deadline: Deadline, event: str, given: Mapping[str, object], replaced: set[str]
) -> LimitState | None:
    rule = law.limits.get(deadline.rule)
    if event == EXTENSION:
        return LimitState.LIFTED if str(given.get("limit")) in (deadline.id, deadline.rule) else None
    if rule is not None and event in rule.met_by:
        named = str(given.get("limit") or "")
        return LimitState.MET if not named or named in (deadline.id, deadline.rule) else None
    if deadline.rule in replaced:
        return LimitState.LIFTED
    known = law.events.get(event)
    if known is not None and deadline.rule in known.closes:
        return LimitState.LIFTED
    if rows.is_partial(law, event, case.rows, given):
        return None
    status = leads_to(law, case.right, event, case.status.code)
    return LimitState.LIFTED if status is not None and status.closed else None
