"""A limit that was counted by one law, counted by another from the same event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.case import Deadline
from app.domain.law import LawPack, LimitRule
from app.rules import starts
from app.rules.events import reckon
from app.rules.extensions import EXTENSION, extended


@dataclass(frozen=True, slots=True)
class Counted:
    """What the steps of a limit tell of how it was counted.

    start     the day it was counted from; a letter's own day, not that on which it was served
    period    the period, of an anniversary the years until then; "" where the steps do not tell
    received  the day the letter arrived, where that was known
    extended  the period it was extended by; "" for none
    """

    start: date | None = None
    period: str = ""
    received: date | None = None
    extended: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case's limits count from. `priorities`: the days of those that stand; `route`: how it came."""

    case: str
    number: str
    right: str
    filing_date: date | None
    priorities: tuple[date, ...]
    route: str


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A limit nobody has closed. `event` opened it, on the day `happened` ("" and None where it does not
    stand in the case); `how` it was counted."""

    facts: Facts
    id: str
    rule: str
    event: str
    last_day: date
    happened: date | None
    how: Counted


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that stands in a case, with its fields and day."""

    event: str
    on: date
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Anew:
    """How a limit is to be counted: `count` of its periods from where `how` begins."""

    how: Counted
    count: int = 1


def counted(steps: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Counted:
    """Read back from steps, each its rule, key and values."""
    found: dict[str, Any] = {}
    for rule, key, values in steps:
        if key == "begun" and rule == EXTENSION:
            found["extended"] = values["period"]
        elif key in ("begun", "deemed-served"):
            found.setdefault("start", date.fromisoformat(values["start"]))
            if key == "begun":
                found.setdefault("period", values["period"])
        elif key in ("late", "in-time", "served-later", "arrived-before"):
            found["received"] = date.fromisoformat(values["received"])
    return Counted(**found)


def openers(law: LawPack) -> dict[str, frozenset[str]]:
    """Limit -> the events that open it: by its own rule, by theirs, or by a letter whose issue they are."""
    found = {limit.id: set(limit.opened_by) for limit in law.limits.values()}
    for event in law.events.values():
        for limit in event.opens:
            found[limit].add(event.id)
    for letter in law.letters.values():
        if letter.opens:
            found[letter.opens].add(letter.event)
    return {limit: frozenset(events) for limit, events in found.items()}


def anew(old: LawPack, new: LawPack, limit: RunningLimit) -> Anew | None:
    """How the law `new` counts a limit that runs by `old`; None where nothing tells from which day."""
    rule, before, facts = new.limits[limit.rule], old.limits.get(limit.rule), limit.facts
    start = limit.how.start
    if before is None or before.counted_from != rule.counted_from:
        start = starts.counted_from(rule, limit.happened, facts.filing_date, facts.priorities)
    if start is None:
        return None
    received = limit.how.received if rule.counted_from == "event" else None
    count = _same_anniversary(before, rule, limit.how.period)
    return Anew(
        Counted(start, "", received, limit.how.extended),
        count or starts.times(rule, start, limit.happened or start),
    )


def _same_anniversary(before: LimitRule | None, rule: LimitRule, period: str) -> int:
    """How many periods, where the anniversary stays the one that was counted; else 0."""
    if rule.counted_from != "anniversary" or before is None or before.period != rule.period:
        return 0
    return int(period[:-1]) // int(rule.period[:-1]) if period[-1:] == rule.period[-1:] else 0


def opening(
    law: LawPack, rule: LimitRule, facts: Facts, event: Happened, after: Sequence[Happened]
) -> Anew | None:
    """How `law` counts the limit `event` opens on a case; None where it opens none, or what happened `after`
    has met it or ended it."""
    if not starts.runs_for(rule, facts.right, facts.route):
        return None
    if rule not in starts.opened_by(law, event.event, event.fields) or _is_over(law, rule, after):
        return None
    start = starts.counted_from(rule, event.on, facts.filing_date, facts.priorities)
    return Anew(Counted(start), starts.times(rule, start, event.on)) if start else None


def _is_over(law: LawPack, rule: LimitRule, after: Sequence[Happened]) -> bool:
    ends = {event.id for event in law.events.values() if rule.id in event.closes}
    return any(event.event in rule.met_by or event.event in ends for event in after)


def recounted(law: LawPack, limit_id: str, asked: Anew) -> Deadline:
    """The limit by `law`. An extension that was given stays; it is counted from the day the law now says."""
    assert asked.how.start is not None
    plain = reckon(law, limit_id, "", asked.how.start, received=asked.how.received, times=asked.count)
    if not asked.how.extended:
        return plain
    return extended(law, plain, law.limits[limit_id], asked.how.extended)


def recounted_from(law: LawPack, deadline: Deadline, start: date) -> Deadline:
    """A limit of a case counted from another day than it was."""
    how = counted((step.rule, step.key, step.values) for step in deadline.steps)
    return recounted(law, deadline.rule, Anew(replace(how, start=start, received=None)))
