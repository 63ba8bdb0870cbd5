"""A limit that was counted by one law, counted by another from the same event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.law import LawPack, LimitRule
from app.rules import limits
from app.rules.events import reckon
from app.rules.extensions import EXTENSION
from app.rules.periods import last_counted_day, parse_period


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


def counted(steps: Iterable[tuple[str, str, dict[str, Any]]]) -> Counted:
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


def times(rule: LimitRule, start: date, after: date) -> int:
    """Of an anniversary: how many periods from `start` until the first that comes after the day `after`."""
    period, count = parse_period(rule.period), 1
    while last_counted_day(start, replace(period, count=period.count * count)) <= after:
        count += 1
    return count


def recounted(law: LawPack, limit_id: str, how: Counted, count: int = 1) -> date:
    """The last day of a limit by `law`, `count` of its periods from where `how` began.

    An extension that was given stays; it is counted from the day the law now says.
    """
    assert how.start is not None
    rule = law.limits[limit_id]
    plain = reckon(law, limit_id, "", how.start, received=how.received, times=count)
    if not how.extended:
        return plain.last_day
    from_rolled = rule.extend is not None and rule.extend.counted_from == limits.ROLLED
    base = plain.last_day if from_rolled else plain.unrolled
    longer = replace(rule, period=how.extended, served_after="")
    return reckon(replace(law, limits={limit_id: longer}), limit_id, EXTENSION, base).last_day
