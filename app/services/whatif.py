"""What another law would do to the limits that run in this office: listed, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from app.domain.law import LawPack, LimitRule
from app.errors import _
from app.history.content import closed_days
from app.progress import SILENT, Progress
from app.rules import recounting
from app.rules.closures import with_office_closures
from app.rules.recounting import Counted
from app.services.offices import Office
from app.storage import lawlimits
from app.storage.lawlimits import Facts, Happened, RunningLimit

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
    counted: dict[tuple[str, Counted, int], date] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.opened_by = recounting.openers(self.new)
        self.opened_before = recounting.openers(self.old)

    def last_day(self, rule: str, how: Counted, count: int) -> date:
        """As `recounting.recounted`, remembered."""
        key = (rule, how, count)
        if key not in self.counted:
            self.counted[key] = recounting.recounted(self.new, rule, how, count)
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
    if not _is_for(rule, limit.facts):
        return _("“{law}” has this limit for other cases.").format(law=laws.new.name)
    before = laws.opened_before.get(limit.rule, frozenset())
    if limit.event in before and limit.event not in laws.opened_by[limit.rule]:
        return _("“{event}” does not open it under “{law}”.").format(event=limit.event, law=laws.new.name)
    return ""


def _is_for(rule: LimitRule, facts: Facts) -> bool:
    return (not rule.rights or facts.right in rule.rights) and (not rule.routes or facts.route in rule.routes)


def _counted_anew(laws: _Compared, limit: RunningLimit) -> date:
    """The last day by the new law; as it is where nothing tells from which day to count."""
    rule, old = laws.new.limits[limit.rule], laws.old.limits.get(limit.rule)
    how = recounting.counted(limit.steps)
    same_start = old is not None and old.counted_from == rule.counted_from
    start = how.start if same_start else _start(rule, limit.facts, limit.happened)
    if start is None:
        return limit.last_day
    how = Counted(start, "", how.received if rule.counted_from == "event" else None, how.extended)
    return laws.last_day(limit.rule, how, _times(laws, limit, rule, start))


def _start(rule: LimitRule, facts: Facts, happened: date | None) -> date | None:
    """As the rules count: from the event, the filing, or the earliest priority."""
    if rule.counted_from == "event":
        return happened
    filing = facts.filing_date or happened
    if rule.counted_from == "priority" and filing:
        return min([filing, *facts.priorities])
    return filing


def _times(laws: _Compared, limit: RunningLimit, rule: LimitRule, start: date) -> int:
    """How many periods: an anniversary of the same period stays the same one."""
    if rule.counted_from != "anniversary":
        return 1
    old, period = laws.old.limits.get(limit.rule), recounting.counted(limit.steps).period
    if old is not None and old.period == rule.period and period[-1:] == rule.period[-1:]:
        return int(period[:-1]) // int(rule.period[:-1])
    return recounting.times(rule, start, limit.happened or start)


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
            rule = laws.new.limits[name]
            found.pop(name, None)
            start = _start(rule, facts, event.on)
            if start is None or not _is_for(rule, facts) or _is_over(laws.new, rule, events[at + 1 :]):
                continue
            if not _opens(laws.new, rule, event):
                continue
            count = 1 if rule.counted_from != "anniversary" else recounting.times(rule, start, event.on)
            last_day = laws.last_day(name, Counted(start), count)
            if last_day >= today:
                why = _("“{law}” opens it by “{event}”.").format(law=laws.new.name, event=event.event)
                found[name] = LimitChange(facts.case, facts.number, name, None, last_day, why)
    yield from found.values()


def _opens(law: LawPack, rule: LimitRule, event: Happened) -> bool:
    """An event that issues a letter opens what its template opens."""
    known = law.events.get(event.event)
    if event.event in rule.opened_by or (known is not None and rule.id in known.opens):
        return True
    letter = law.letters.get(str(event.fields.get("template", "")))
    return letter is not None and letter.opens == rule.id


def _is_over(law: LawPack, rule: LimitRule, after: tuple[Happened, ...]) -> bool:
    """Whether what the limit waits for has happened since, or an event that ends it."""
    ends = {event.id for event in law.events.values() if rule.id in event.closes}
    return any(event.event in rule.met_by or event.event in ends for event in after)


def _difference(old: LawPack, new: LawPack, rule: str) -> str:
    was, now = old.limits.get(rule), new.limits[rule]
    said = []
    for key in fields(now):
        before, after = getattr(was, key.name, None), getattr(now, key.name)
        if before != after and key.name not in _UNSAID and not isinstance(after, Mapping):
            said.append(f"{key.name}: {_shown(before)} → {_shown(after)}")
    if now.calendar in new.calendars and new.calendars[now.calendar] != old.calendars.get(now.calendar):
        said.append(_("other days in the calendar “{name}”").format(name=now.calendar))
    return "; ".join(said) or _("counted again by “{law}”").format(law=new.name)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "—"
    return str(value) if value not in (None, "") else "—"
