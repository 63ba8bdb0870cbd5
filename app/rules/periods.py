"""Periods of the law (`2m`, `60d`, `1y`) and how they are counted.

Source: PCT Rule 80.1 to 80.3; the same counting stands in Rule 4 of the Madrid and of the Hague
Regulations.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.errors import OfficeError, _, plural

_WRITTEN = re.compile(r"([0-9]{1,6}) ?([dwmy])\Z")


class Unit(StrEnum):
    """The unit a period is given in; a week is seven days."""

    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"
    YEARS = "y"


@dataclass(frozen=True, slots=True)
class Period:
    """So many units, at least one."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def days(self) -> int:
        """Length in days; 0 for months and years, whose days depend on where they begin."""
        return self.count * {Unit.DAYS: 1, Unit.WEEKS: 7}.get(self.unit, 0)

    @property
    def months(self) -> int:
        """Length in months; 0 for days and weeks."""
        return self.count * {Unit.MONTHS: 1, Unit.YEARS: 12}.get(self.unit, 0)

    @property
    def in_words(self) -> str:
        """`2 months`, `1 year`."""
        forms = {
            Unit.DAYS: plural("{count} day", "{count} days", self.count),
            Unit.WEEKS: plural("{count} week", "{count} weeks", self.count),
            Unit.MONTHS: plural("{count} month", "{count} months", self.count),
            Unit.YEARS: plural("{count} year", "{count} years", self.count),
        }
        return forms[self.unit].format(count=self.count)


def parse_period(text: str) -> Period:
    """The period written `2m`, `60d`, `2w` or `1y`. Raises OfficeError for anything else, and for 0."""
    if reason := why_no_period(text):
        raise OfficeError(
            _("{reason} Nothing was reckoned.").format(reason=reason),
            _("Write a whole number and its unit: 60d (days), 2w (weeks), 2m (months) or 1y (years)."),
        )
    match = _WRITTEN.match(text.strip().lower())
    assert match is not None
    return Period(int(match[1]), Unit(match[2]))


def why_no_period(text: str) -> str:
    """Why `text` is no period, in a sentence; "" when it is one."""
    match = _WRITTEN.match(text.strip().lower())
    if match is None:
        return _("“{text}” is not a period.").format(text=text)
    if int(match[1]) == 0:
        return _("“{text}” is no period: there is no day to count.").format(text=text)
    return ""


def last_counted_day(start: date, period: Period) -> date:
    """The last day of `period` when the day after `start` is the first day counted.

    Years and months end on the day of the same number; where the month has none, on its last day
    (PCT Rules 80.1 and 80.2). Days end on the last one counted (Rule 80.3).

    Raises OfficeError past the year 9999.
    """
    if not period.months:
        return add_days(start, period.days)
    years, month = divmod(start.month - 1 + period.months, 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        raise too_far()
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def add_days(start: date, days: int) -> date:
    """`days` later (earlier when negative). Raises OfficeError where the calendar ends."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise too_far() from None


def too_far() -> OfficeError:
    """The refusal for a day that cannot be written with four digits of year."""
    return OfficeError(
        _("The last day would lie outside the years 1 to 9999. Nothing was reckoned."),
        _("Check the date and the length of the period."),
    )
