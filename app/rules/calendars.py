"""When an office is open: weekly rest, feasts of fixed and moving date, single closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from app.domain.law import Calendar
from app.errors import OfficeError, _
from app.rules.days import weekday_name
from app.rules.periods import too_far

BUILT_IN: Mapping[str, Calendar] = {
    "none": Calendar("none", "never closed"),
    "sat-sun": Calendar("sat-sun", "closed on Saturday and Sunday", rest=(5, 6)),
    "fri-sat": Calendar("fri-sat", "closed on Friday and Saturday", rest=(4, 5)),
}
"""Calendars that need no law pack."""

DEFAULT = "sat-sun"
LONGEST_CLOSURE = 366
"""Days in a row after which a closure is taken for a mistake in the calendar."""


def named_calendar(name: str, others: Mapping[str, Calendar] | None = None) -> Calendar:
    """The calendar `name` of `others` (those of a law pack), else the built-in one.

    Raises OfficeError with the names there are.
    """
    known = {**BUILT_IN, **(others or {})}
    if name not in known:
        raise OfficeError(
            _("There is no calendar “{name}”. Nothing was reckoned.").format(name=name),
            _("Calendars here: {names}.").format(names=", ".join(sorted(known))),
        )
    return known[name]


def is_open(calendar: Calendar, day: date) -> bool:
    """Whether the office works on `day`."""
    return not why_closed(calendar, day)


def why_closed(calendar: Calendar, day: date) -> str:
    """Why the office is closed on `day`, in words; "" when it is open."""
    if day in calendar.closed:
        return calendar.closed[day] or _("closed by notice")
    if name := calendar.yearly.get((day.month, day.day)):
        return name
    if calendar.easter and (name := calendar.easter.get((day - easter(day.year)).days)):
        return name
    if day.weekday() in calendar.rest:
        return weekday_name(day.weekday())
    return ""


def with_closures(calendar: Calendar, days: Iterable[date], reason: str = "") -> Calendar:
    """`calendar` with single days closed besides."""
    more = {day: reason or _("closed by notice") for day in days}
    return replace(calendar, closed={**calendar.closed, **more}) if more else calendar


def roll(calendar: Calendar, day: date, direction: int = 1) -> tuple[date, tuple[tuple[date, str], ...]]:
    """The nearest open day from `day` on, forward (1) or back (-1), and the closed days passed.

    Raises OfficeError when no open day comes within a year, and where the calendar ends.
    """
    passed: list[tuple[date, str]] = []
    while reason := why_closed(calendar, day):
        passed.append((day, reason))
        if len(passed) > LONGEST_CLOSURE:
            raise OfficeError(
                _(
                    "The calendar “{name}” has no open day within a year of {day}. Nothing was reckoned."
                ).format(name=calendar.id, day=passed[0][0].isoformat()),
                _("Check its days of rest and its closures."),
            )
        try:
            day += timedelta(days=direction)
        except OverflowError:
            raise too_far() from None
    return day, tuple(passed)


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Gauss's method as Meeus gives it.

    Source: J. Meeus, Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, within = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - shift + 15) % 30
    weekday = (32 + 2 * rest + 2 * (within // 4) - epact - within % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
