"""Time limits that explain themselves.

Counting as in PCT Rule 80; the Paris Convention (Article 4C) and Rule 4 of the Madrid and Hague
Regulations count the same way and are offered under their own names, for their provisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.domain.case import Step
from app.domain.law import Calendar
from app.errors import OfficeError, _
from app.rules import calendars, reckoning
from app.rules.days import spoken
from app.rules.periods import Period, add_days, last_counted_day

NEXT_OPEN, PREVIOUS_OPEN, NO_ROLL = "next-open", "previous-open", "none"
ROLLS = (NEXT_OPEN, PREVIOUS_OPEN, NO_ROLL)
UNROLLED, ROLLED = "unrolled", "rolled"
GRACE_OF_POST = 7
"""Days a document may take to arrive before Rule 80.6 gives days back."""


class Cited(NamedTuple):
    """A rule of counting and where it stands in print."""

    rule: str
    provision: str


@dataclass(frozen=True, slots=True)
class Counting:
    """A way of counting: where it stands for each thing it does."""

    name: str
    years: Cited
    months: Cited
    days: Cited
    closed: Cited


def _counting(name: str, work: str, mark: str, places: str) -> Counting:
    """A counting whose four rules stand at `places` of one rule (`80` + `.1`) of `work`."""
    years, months, days, closed = (
        Cited(f"{name}{mark.format(place)}", f"{work}{mark.format(place)}") for place in places.split()
    )
    return Counting(name, years, months, days, closed)


PCT_80 = _counting("pct-80", "PCT Rule 80", ".{}", "1 2 3 5")
LATE_ARRIVAL = Cited("pct-80.6", "PCT Rule 80.6")
COUNTINGS: Mapping[str, Counting] = {
    counting.name: counting
    for counting in (
        PCT_80,
        _counting("paris-4c", "Paris Convention, Article 4C", "({})", "2 2 2 3"),
        _counting("madrid-4", "Madrid Regulations, Rule 4", "({})", "1 2 3 4"),
        _counting("hague-4", "Hague Common Regulations, Rule 4", "({})", "1 2 3 4"),
    )
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a limit is counted, besides its period.

    roll          next-open | previous-open | none
    received      day the document arrived; more than seven days after its date, the days beyond
                  seven are added (PCT Rule 80.6)
    extend        a period by which the limit is extended, counted from the `unrolled` or the
                  `rolled` last day as `extend_from` says
    served_after  a period after which the document counts as served: the limit counts from that day, or
                  from the day of arrival where that is later; PCT Rule 80.6 then does not apply
    rule          id of the limit itself with its `provision`, shown with its first step; "" for none
    """

    calendar: Calendar = calendars.BUILT_IN[calendars.DEFAULT]
    counting: Counting = PCT_80
    roll: str = NEXT_OPEN
    received: date | None = None
    extend: Period | None = None
    extend_from: str = UNROLLED
    rule: str = ""
    provision: str = ""
    served_after: Period | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """`unrolled` is the last day before any rolling, days for late arrival and extension included;
    `last_day` is the one after it."""

    start: date
    unrolled: date
    last_day: date
    steps: tuple[Step, ...]


def limit(start: date, period: Period, terms: Terms | None = None) -> Limit:
    """The last day of `period` from `start` (the day of the event, itself not counted), and why.

    Raises OfficeError past the year 9999, when the calendar has no open day within a year, and when
    a document is said to have arrived before its own date.
    """
    terms = terms or Terms()
    counted = _cited(terms.counting, period)
    begun = Cited(terms.rule, terms.provision) if terms.rule else counted
    steps: list[Step] = []
    counts_from = _served(start, terms, begun, steps)
    unrolled = last_counted_day(counts_from, period)
    steps.append(reckoning.step(*begun, "begun", _begun(counts_from, period)))
    steps.append(reckoning.step(*counted, *_counted(counts_from, period, unrolled)))
    if terms.received is not None and terms.served_after is None:
        unrolled = _late_arrival(start, terms.received, unrolled, steps)
    if terms.extend is not None:
        unrolled = _extended(unrolled, terms, steps)
    return Limit(start, unrolled, _rolled(unrolled, terms, steps), tuple(steps))


def _cited(counting: Counting, period: Period) -> Cited:
    if not period.months:
        return counting.days
    return counting.months if period.unit == "m" else counting.years


def _begun(start: date, period: Period) -> dict[str, Any]:
    first = add_days(start, 1)
    return {"period": str(period), "start": start.isoformat(), "first": first.isoformat()}


def _counted(start: date, period: Period, unrolled: date) -> tuple[str, dict[str, Any]]:
    values = {"period": str(period), "day": unrolled.isoformat()}
    if not period.months:
        return "days-counted", values
    if unrolled.day == start.day:
        return "same-number", values
    return "no-such-day", {**values, "number": start.day}


def _served(start: date, terms: Terms, cited: Cited, steps: list[Step]) -> date:
    """The day a document of the day `start` was served, where the law fixes it; else `start`."""
    if terms.served_after is None:
        return start
    served = last_counted_day(start, terms.served_after)
    values = {"period": str(terms.served_after), "start": start.isoformat(), "day": served.isoformat()}
    steps.append(reckoning.step(*cited, "deemed-served", values))
    if terms.received is None:
        return served
    _refuse_early(start, terms.received)
    arrival = {"received": terms.received.isoformat(), "day": max(served, terms.received).isoformat()}
    key = "served-later" if terms.received > served else "arrived-before"
    steps.append(reckoning.step(*cited, key, arrival))
    return max(served, terms.received)


def _refuse_early(start: date, received: date) -> None:
    if received < start:
        raise OfficeError(
            _("A document of {start} cannot have arrived on {received}. Nothing was reckoned.").format(
                start=spoken(start), received=spoken(received)
            ),
            _("Check which of the two dates was mistyped."),
        )


def _late_arrival(start: date, received: date, unrolled: date, steps: list[Step]) -> date:
    """PCT Rule 80.6: days beyond seven between the document's date and its arrival are given back."""
    _refuse_early(start, received)
    late = (received - start).days
    arrival = {"received": received.isoformat(), "late": late}
    beyond = late - GRACE_OF_POST
    if beyond <= 0:
        steps.append(reckoning.step(*LATE_ARRIVAL, "in-time", arrival))
        return unrolled
    later = add_days(unrolled, beyond)
    values = {**arrival, "beyond": beyond, "day": later.isoformat()}
    steps.append(reckoning.step(*LATE_ARRIVAL, "late", values))
    return later


def _extended(unrolled: date, terms: Terms, steps: list[Step]) -> date:
    """The last day after an extension, which the pack counts from the unrolled or the rolled day."""
    assert terms.extend is not None
    base = _rolled(unrolled, terms, steps) if terms.extend_from == ROLLED else unrolled
    last = last_counted_day(base, terms.extend)
    values = {"period": str(terms.extend), "base": base.isoformat(), "day": last.isoformat()}
    cited = _cited(terms.counting, terms.extend)
    steps.append(reckoning.step(*cited, f"extended-{terms.extend_from}", values))
    return last


def _rolled(unrolled: date, terms: Terms, steps: list[Step]) -> date:
    closed = terms.counting.closed
    # Treaties know the next open day alone: another way of rolling is the law pack's own.
    ours = Cited(terms.rule, terms.provision) if terms.rule else None
    if terms.roll == NO_ROLL:
        steps.append(reckoning.step(*(ours or closed), "stays", {"day": unrolled.isoformat()}))
        return unrolled
    back = terms.roll == PREVIOUS_OPEN
    calendar = terms.calendar
    day, passed = calendars.roll(calendar, unrolled, -1 if back else 1)
    values = {
        "day": day.isoformat(), "calendar": calendar.id, "version": calendar.version,
        "closed": [[shut.isoformat(), kind, name] for shut, kind, name in passed],
    }  # fmt: skip
    key = ("open-before" if back else "next-open") if passed else "open"
    steps.append(reckoning.step(*(ours if back and ours else closed), key, values))
    return day
