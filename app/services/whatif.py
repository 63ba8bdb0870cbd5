"""What another law would do to the limits that run in this office: listed, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from app.domain.law import LawPack
from app.errors import _
from app.history.content import closed_days
from app.progress import SILENT, Progress
from app.rules import recounting
from app.rules.closures import with_office_closures
from app.rules.recounting import Anew, Facts, Happened, RunningLimit
from app.rules.starts import runs_for
from app.services.laws import shown
from app.services.offices import Office
from app.storage import lawlimits

_UNSAID = ("name", "note", "provision", "id")
"""Keys of a limit that do not move its day."""
_STEP = 1000
"""Limits between two words about how far it is."""


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A running limit and its last day now and under the other law; `old` is None for one that would open,
    `new` for one that would be gone. `why` in words."""

    case: str
    number: str
    rule: str
    old: date | None
    new: date | None
    why: str


def changed_limits(office: Office, law: LawPack, *, progress: Progress = SILENT) -> tuple[LimitChange, ...]:
    """The limits of `office` that would end on another day under `law`, be gone or be new; by case number.

    Each is counted again from the event that opened it, by the calendars of `law` with the days this office
    was closed besides. Limits that have passed are left alone.
    """
    held = closed_days(office.store.office_history())
    compared = _Compared(office.law, with_office_closures(law, held))
    found = [*_standing(office, compared, progress), *_new(office, compared, progress)]
    return tuple(sorted(found, key=lambda one: (one.number, one.old or one.new or date.max, one.rule)))


@dataclass
class _Compared:
    """The two laws, and the days counted already: a docket repeats them."""

    old: LawPack
    new: LawPack
    counted: dict[tuple[str, Anew], date] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.opened_by = recounting.openers(self.new)
        self.opened_before = recounting.openers(self.old)

    def last_day(self, rule: str, asked: Anew) -> date:
        """As `recounting.recounted`, remembered."""
        key = (rule, asked)
        if key not in self.counted:
            self.counted[key] = recounting.recounted(self.new, rule, asked).last_day
        return self.counted[key]

    def reason(self, rule: str) -> str:
        """In what the two laws differ for a limit, in words."""
        if rule not in self.reasons:
            self.reasons[rule] = _difference(self.old, self.new, rule)
        return self.reasons[rule]


def _standing(office: Office, laws: _Compared, progress: Progress) -> Iterator[LimitChange]:
    for done, limit in enumerate(lawlimits.running(office.store, office.today)):
        if done % _STEP == 0:
            progress.step(done, None, limit.facts.number)
        gone = _gone(laws, limit)
        new = None if gone else _counted_anew(laws, limit)
        if new != limit.last_day:
            why = gone or laws.reason(limit.rule)
            yield LimitChange(limit.facts.case, limit.facts.number, limit.rule, limit.last_day, new, why)


def _gone(laws: _Compared, limit: RunningLimit) -> str:
    """Why the new law has no such limit for the case, in words; "" when it has."""
    rule = laws.new.limits.get(limit.rule)
    if rule is None:
        return _("“{law}” has no such limit.").format(law=laws.new.name)
    if not runs_for(rule, limit.facts.right, limit.facts.route):
        return _("“{law}” has this limit for other cases.").format(law=laws.new.name)
    before = laws.opened_before.get(limit.rule, frozenset())
    if limit.event in before and limit.event not in laws.opened_by[limit.rule]:
        return _("“{event}” does not open it under “{law}”.").format(event=limit.event, law=laws.new.name)
    return ""


def _counted_anew(laws: _Compared, limit: RunningLimit) -> date:
    """The last day by the new law; as it is where nothing tells from which day to count."""
    asked = recounting.anew(laws.old, laws.new, limit)
    return laws.last_day(limit.rule, asked) if asked else limit.last_day


def _new(office: Office, laws: _Compared, progress: Progress) -> Iterator[LimitChange]:
    """Limits that the new law opens by an event that stands already, where the old one opens none."""
    wanted = {
        event: [rule for rule in laws.new.limits if event in laws.opened_by[rule] and
                event not in laws.opened_before.get(rule, frozenset())]
        for event in set().union(*laws.opened_by.values())
    }  # fmt: skip
    wanted = {event: rules for event, rules in wanted.items() if rules}
    if not wanted:
        return
    closed = [status.code for status in laws.old.statuses if status.closed]
    for done, (facts, events) in enumerate(lawlimits.with_events(office.store, wanted, closed)):
        if done % _STEP == 0:
            progress.step(done, None, facts.number)
        yield from _opening(laws, facts, events, wanted, office.today)


def _opening(
    laws: _Compared, facts: Facts, events: tuple[Happened, ...], wanted: Mapping[str, list[str]], today: date
) -> Iterator[LimitChange]:
    found: dict[str, LimitChange] = {}
    for at, event in enumerate(events):
        for name in wanted.get(event.event, ()):
            found.pop(name, None)
            asked = recounting.opening(laws.new, laws.new.limits[name], facts, event, events[at + 1 :])
            if asked is None:
                continue
            last_day = laws.last_day(name, asked)
            if last_day >= today:
                why = _("“{law}” opens it by “{event}”.").format(law=laws.new.name, event=event.event)
                found[name] = LimitChange(facts.case, facts.number, name, None, last_day, why)
    yield from found.values()


def _difference(old: LawPack, new: LawPack, rule: str) -> str:
    was, now = old.limits.get(rule), new.limits[rule]
    said = []
    for key in fields(now):
        before, after = getattr(was, key.name, None), getattr(now, key.name)
        if before != after and key.name not in _UNSAID and not isinstance(after, Mapping):
            said.append(f"{key.name}: {shown(before)} → {shown(after)}")
    if now.calendar in new.calendars and new.calendars[now.calendar] != old.calendars.get(now.calendar):
        said.append(_("other days in the calendar “{name}”").format(name=now.calendar))
    return "; ".join(said) or _("counted again by “{law}”").format(law=new.name)
