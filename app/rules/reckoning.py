"""What each step of a reckoning says: kept as a key and values, said in the language of whoever reads.

The values are plain (days `YYYY-MM-DD`, periods `2m`), because they are written into the log with the
limit. A key that a newer program wrote is not known here: then the words stand that came with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from app.domain.case import Step
from app.errors import _, plural
from app.rules.calendars import closing_in_words
from app.rules.days import month_name, spoken
from app.rules.periods import parse_period

_SHOWN = 12
"""Closed days told one by one."""

Values = Mapping[str, Any]


def step(rule: str, provision: str, key: str, values: Values) -> Step:
    """A step that is said by its key."""
    return Step(rule, provision, _SAID[key](values), key, values)


def said_again(told: Step) -> Step:
    """The step in the language spoken now; as it came where its key or values are not known."""
    try:
        text = _SAID[told.key](told.values)
    except (KeyError, TypeError, ValueError):
        return told
    return Step(told.rule, told.provision, text, told.key, told.values)


def _day(values: Values, name: str = "day") -> str:
    return spoken(date.fromisoformat(values[name]))


def _period(values: Values) -> str:
    return parse_period(values["period"]).in_words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _begun(values: Values) -> str:
    return _(
        "{period} from {start}: the day itself is not counted, the first day counted is {first}."
    ).format(
        period=_capital(_period(values)), start=_day(values, "start"), first=_day(values, "first")
    )  # fmt: skip


def _deemed_served(values: Values) -> str:
    return _("A letter of {start} counts as served {period} later, on {day}.").format(
        start=_day(values, "start"), period=_period(values), day=_day(values)
    )


def _served_later(values: Values) -> str:
    return _("It arrived later than that, on {received}: the period counts from {day}.").format(
        received=_day(values, "received"), day=_day(values)
    )


def _arrived_before(values: Values) -> str:
    return _("It arrived on {received}, not later than that: the period counts from {day}.").format(
        received=_day(values, "received"), day=_day(values)
    )


def _days_counted(values: Values) -> str:
    return _("The last of the {period} is {day}.").format(period=_period(values), day=_day(values))


def _same_number(values: Values) -> str:
    return _("{period} on, the day of the same number is {day}.").format(
        period=_capital(_period(values)), day=_day(values)
    )


def _no_such_day(values: Values) -> str:
    last = date.fromisoformat(values["day"])
    return _("{period} on, {month} {year} has no day {number}, so its last day counts: {day}.").format(
        period=_capital(_period(values)), month=month_name(last.month), year=last.year,
        number=values["number"], day=spoken(last),
    )  # fmt: skip


def _arrival(values: Values) -> str:
    return plural(
        "Received on {received}, {late} day after its date",
        "Received on {received}, {late} days after its date",
        values["late"],
    ).format(received=_day(values, "received"), late=values["late"])


def _in_time(values: Values) -> str:
    return _("{arrival}: not more than seven, nothing is added.").format(arrival=_arrival(values))


def _late(values: Values) -> str:
    beyond = values["beyond"]
    added = plural("{count} day is added", "{count} days are added", beyond).format(count=beyond)
    return _("{arrival}: {beyond} more than seven, so {added}: {day}.").format(
        arrival=_arrival(values), beyond=beyond, added=added, day=_day(values)
    )


def _extended_rolled(values: Values) -> str:
    return _("Extended by {period} from the last day after rolling, {base}: {day}.").format(
        period=_period(values), base=_day(values, "base"), day=_day(values)
    )


def _extended_unrolled(values: Values) -> str:
    return _("Extended by {period} from the last day before any rolling, {base}: {day}.").format(
        period=_period(values), base=_day(values, "base"), day=_day(values)
    )


def _stays(values: Values) -> str:
    return _("This limit does not move when the office is closed: the last day is {day}.").format(
        day=_day(values)
    )


def _open(values: Values) -> str:
    said = _("The office is open on {day}: it stays the last day.").format(day=_day(values))
    return said + _calendar(values)


def _next_open(values: Values) -> str:
    said = _("{closed}. The last day is the next open day: {day}.").format(
        closed=_closed_days(values["closed"]), day=_day(values)
    )
    return said + _calendar(values)


def _open_before(values: Values) -> str:
    said = _("{closed}. The last day is the last open day before: {day}.").format(
        closed=_closed_days(values["closed"]), day=_day(values)
    )
    return said + _calendar(values)


def _closed_later(values: Values) -> str:
    said = _(
        "The office was closed after {old} was told as the last day ({instrument}): {closed}. "
        "The last day is now {day}."
    ).format(
        old=_day(values, "old"), instrument=values["instrument"], closed=_closed_days(values["closed"]),
        day=_day(values),
    )  # fmt: skip
    return said + _calendar(values)


def _calendar(values: Values) -> str:
    if not values.get("version"):
        return ""
    return " " + _("Calendar “{name}”, version {version}.").format(
        name=values["calendar"], version=values["version"]
    )


def _closed_days(closed: Iterable[tuple[str, str, str]]) -> str:
    days = [(date.fromisoformat(day), kind, name) for day, kind, name in closed]
    shown = "; ".join(
        _("{day} closed ({why})").format(day=spoken(day), why=closing_in_words(day, kind, name))
        for day, kind, name in days[:_SHOWN]
    )
    if len(days) > _SHOWN:
        return _("{days}; and {count} more days closed").format(days=shown, count=len(days) - _SHOWN)
    return shown


_SAID: Mapping[str, Callable[[Values], str]] = {
    "begun": _begun,
    "deemed-served": _deemed_served,
    "served-later": _served_later,
    "arrived-before": _arrived_before,
    "days-counted": _days_counted,
    "same-number": _same_number,
    "no-such-day": _no_such_day,
    "in-time": _in_time,
    "late": _late,
    "extended-rolled": _extended_rolled,
    "extended-unrolled": _extended_unrolled,
    "stays": _stays,
    "open": _open,
    "next-open": _next_open,
    "open-before": _open_before,
    "closed-later": _closed_later,
}
