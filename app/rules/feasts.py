"""Feasts whose day moves from year to year: by Easter, by the day of the week, put off from a day of rest.

Feasts seen by the moon are not worked out: they are announced, and stand in a calendar as single days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from app.domain.law import Calendar, WeekdayRule

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_PLACES = {"first": 1, "second": 8, "third": 15, "fourth": 22}
_OF_MONTH = re.compile(rf"({'|'.join(_PLACES)}|last) ({'|'.join(WEEKDAYS)}) of ({'|'.join(MONTHS)})")
_NEAR_DAY = re.compile(rf"({'|'.join(WEEKDAYS)}) (from|until) ([0-9]{{2}})-([0-9]{{2}})")

NEXT_OPEN, NEAREST_OPEN = "next-open", "nearest-open"
"""Where a feast goes that falls on a day of rest: the next open day, or the day before if that is open."""
_LOOK_BACK = 21
"""Days before a day in which a feast may lie that was put off to it."""


def weekday_rule(text: str) -> WeekdayRule | None:
    """`last monday of august`, `monday from 06-29` (that day or the first one after), `monday until 05-24`
    (that day or the last one before); None for anything else."""
    if found := _OF_MONTH.fullmatch(text):
        month = MONTHS.index(found[3]) + 1
        last = found[1] == "last"
        return WeekdayRule(WEEKDAYS.index(found[2]), month, 31 if last else _PLACES[found[1]], not last)
    found = _NEAR_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = int(found[3]), int(found[4])
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]):
        return None
    return WeekdayRule(WEEKDAYS.index(found[1]), month, day, found[2] == "from")


def falls_on(rule: WeekdayRule, day: date) -> bool:
    """Whether the feast of `rule` is kept on `day`. A week from the end of December reaches into January."""
    if day.weekday() != rule.weekday:
        return False
    for year in (day.year, day.year - 1 if rule.after else day.year + 1):
        if not 1 <= year <= 9999:
            continue
        anchor = date(year, rule.month, min(rule.day, monthrange(year, rule.month)[1]))
        apart = (day - anchor).days if rule.after else (anchor - day).days
        if 0 <= apart < 7:
            return True
    return False


def observed(calendar: Calendar, day: date, is_open: Callable[[date], bool]) -> str:
    """The feast of fixed date for which `day` is closed because the feast itself fell on a day of rest; ""
    for none. `is_open` tells of a day by all other rules of the calendar; `day` is open by them.

    Feasts in a row move in a row: Christmas on a Saturday goes to Monday, the day after it to Tuesday.
    """
    rests = calendar.observed_from or calendar.rest
    if calendar.observed == NEAREST_OPEN and day < date.max:
        following = day + timedelta(days=1)
        if following.weekday() in rests and (name := _fixed(calendar, following)):
            return name
    waiting: list[str] = []
    for ordinal in range(max(2, day.toordinal() - _LOOK_BACK), day.toordinal() + 1):
        one = date.fromordinal(ordinal)
        name = _fixed(calendar, one)
        if name and one.weekday() in rests:
            if calendar.observed != NEAREST_OPEN or not is_open(date.fromordinal(ordinal - 1)):
                waiting.append(name)
        elif waiting and is_open(one):
            name = waiting.pop(0)
            if one == day:
                return name
    return ""


def _fixed(calendar: Calendar, day: date) -> str:
    return calendar.yearly.get((day.month, day.day), "")


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


@lru_cache(maxsize=512)
def orthodox_easter(year: int) -> date:
    """Easter Sunday of the churches that keep the Julian reckoning (Orthodox, Coptic, Ethiopian), as a
    Gregorian day.

    Source: J. Meeus, Astronomical Algorithms, chapter 8 (Julian Easter) and chapter 7 (Gregorian reform).
    """
    full_moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - full_moon + 34) % 7
    month, day = divmod(full_moon + weekday + 114, 31)
    century = year // 100
    return date(year, month, day + 1) + timedelta(days=century - century // 4 - 2)
