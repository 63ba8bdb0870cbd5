"""Days as a person writes and reads them. Always Gregorian (PCT Rule 79)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from app.errors import OfficeError, _

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")


def parse_day(text: str) -> date:
    """The day written `YYYY-MM-DD`.

    Raises OfficeError for another form, and for a day the calendar does not have.
    """
    if reason := why_no_day(text):
        raise OfficeError(
            _("{reason} Nothing was reckoned.").format(reason=reason),
            _("Write the date as year-month-day, like 2026-03-02; day and month may have changed places."),
        )
    return date.fromisoformat(text.strip())


def why_no_day(text: str) -> str:
    """Why `text` is no day, in a sentence; "" when it is one."""
    match = _ISO.match(text.strip())
    if match is None:
        return _("“{text}” is not a date.").format(text=text)
    year, month, day = (int(part) for part in match.groups())
    if year < 1 or not 1 <= month <= 12:
        return _("“{text}” is not a date: years run from 0001, months from 01 to 12.").format(text=text)
    length = monthrange(year, month)[1]
    if 1 <= day <= length:
        return ""
    return _("“{text}” is not a date: {month} {year} has {length} days.").format(
        text=text, month=month_name(month), year=year, length=length
    )


def day_or_none(value: object) -> date | None:
    """A day, or the day a text says (`YYYY-MM-DD`); None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def spoken(day: date) -> str:
    """`Mon 2 Mar 2026`: never to be mistaken for another day."""
    weekday = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]
    month = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[day.month - 1]  # fmt: skip
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=day.day, month=month, year=day.year
    )


def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
    )[weekday]  # fmt: skip


def month_name(month: int) -> str:
    """January is 1."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )[month - 1]  # fmt: skip
