"""When an office is open: weekly rest, feasts of fixed and moving date, single closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.domain.law import Calendar
from app.errors import OfficeError, _
from app.rules import feasts
from app.rules.days import weekday_name
from app.rules.periods import too_far

REST, NOTICE, NAMED, OBSERVED = "rest", "notice", "named", "observed"
"""Why an office is closed: its days of rest, a notice without a reason, a feast or closure with a name, a
feast that fell on a day of rest."""

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
    return closing(calendar, day) is None


def closing(calendar: Calendar, day: date) -> tuple[str, str] | None:
    """Why the office is closed on `day`: (`named`, the name of the feast or closure), (`notice`, ""),
    (`rest`, "") or (`observed`, the name of the feast kept that day); None when it is open."""
    found = _plainly(calendar, day)
    if found is None and calendar.observed:
        name = feasts.observed(calendar, day, lambda one: _plainly(calendar, one) is None)
        return (OBSERVED, name) if name else None
    return found


def _plainly(calendar: Calendar, day: date) -> tuple[str, str] | None:
    """As `closing`, but for feasts that moved from a day of rest."""
    if day in calendar.closed:
        return (NAMED, calendar.closed[day]) if calendar.closed[day] else (NOTICE, "")
    if name := calendar.yearly.get((day.month, day.day)):
        return NAMED, name
    if calendar.easter and (name := calendar.easter.get((day - feasts.easter(day.year)).days)):
        return NAMED, name
    if calendar.orthodox and (name := calendar.orthodox.get((day - feasts.orthodox_easter(day.year)).days)):
        return NAMED, name
    for rule, name in calendar.by_weekday.items():
        if feasts.falls_on(rule, day):
            return NAMED, name
    return (REST, "") if day.weekday() in calendar.rest else None


def closing_in_words(day: date, kind: str, name: str) -> str:
    """What `closing` answered for `day`, for a person."""
    if kind == NOTICE:
        return _("closed by notice")
    if kind == OBSERVED:
        return _("{feast}, which fell on a day of rest").format(feast=name)
    return name if kind == NAMED else weekday_name(day.weekday())


def why_closed(calendar: Calendar, day: date) -> str:
    """Why the office is closed on `day`, in words; "" when it is open."""
    found = closing(calendar, day)
    return closing_in_words(day, *found) if found else ""


def joined(calendar: Calendar, base: Calendar) -> Calendar:
    """`calendar` with the closed days of `base` besides: a branch and its office, an office and its post.

    What both name, `calendar` names. Its version tells the other's too.
    """
    return replace(
        calendar,
        rest=tuple(sorted({*base.rest, *calendar.rest})),
        yearly={**base.yearly, **calendar.yearly},
        easter={**base.easter, **calendar.easter},
        orthodox={**base.orthodox, **calendar.orthodox},
        by_weekday={**base.by_weekday, **calendar.by_weekday},
        closed={**base.closed, **calendar.closed},
        observed=calendar.observed or base.observed,
        observed_from=calendar.observed_from or base.observed_from,
        version=f"{calendar.version}, {base.id} {base.version}".strip(),
    )


def with_closures(calendar: Calendar, days: Iterable[date], reason: str = "") -> Calendar:
    """`calendar` with single days closed besides."""
    more = dict.fromkeys(days, reason)
    return replace(calendar, closed={**calendar.closed, **more}) if more else calendar


def roll(calendar: Calendar, day: date, direction: int = 1) -> tuple[date, tuple[tuple[date, str, str], ...]]:
    """The nearest open day from `day` on, forward (1) or back (-1), and the closed days passed, each with
    what `closing` says of it.

    Raises OfficeError when no open day comes within a year, and where the calendar ends.
    """
    passed: list[tuple[date, str, str]] = []
    while found := closing(calendar, day):
        passed.append((day, *found))
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
