"""A time limit and why: the reckoning of days, with or without an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.case import Step
from app.domain.law import Calendar, LawPack
from app.errors import OfficeError, _
from app.rules import calendars, limits
from app.rules.days import parse_day, spoken
from app.rules.periods import parse_period

__all__ = ["DEFAULT_RULE", "OFFICE_CALENDAR", "Limit", "limit", "spoken"]

OFFICE_CALENDAR = "office"
DEFAULT_RULE = limits.PCT_80.name


@dataclass(frozen=True, slots=True)
class Limit:
    """`unrolled` is the last day before any rolling, `last_day` after it; `calendar` and `version`
    name the calendar the rolling used."""

    start: date
    unrolled: date
    last_day: date
    steps: tuple[Step, ...]
    calendar: str = ""
    version: str = ""


def limit(
    start: date | str,
    period: str,
    *,
    calendar: str | None = None,
    rule: str = DEFAULT_RULE,
    received: date | str | None = None,
    closed: Iterable[date | str] = (),
    extend: str | None = None,
    extend_from: str = limits.UNROLLED,
    law: LawPack | None = None,
) -> Limit:
    """The last day of `period` (`2m`, `60d`, `1y`) from `start`, and every step of the reckoning.

    calendar     a built-in one (`none`, `sat-sun`, `fri-sat`) or one of `law`; unless given, the one
                 the law's limit names, else the law's `office`, else `sat-sun`
    rule         a way of counting (`pct-80`, `paris-4c`, `madrid-4`, `hague-4`), or the id of a limit
                 of `law`, whose rolling and provision then count
    received     day a document arrived: days beyond seven are given back (PCT Rule 80.6)
    closed       days the office is closed besides
    extend       a period by which the limit is extended, from the `unrolled` or the `rolled` last day

    Raises OfficeError for what is no date, period, calendar or rule, and where the years end.
    """
    terms = _terms(rule, calendar, law)
    days = tuple(_day(day) for day in closed)
    shut = calendars.with_closures(terms.calendar, days, _("as given here"))
    terms = limits.Terms(
        calendar=shut, counting=terms.counting, roll=terms.roll, rule=terms.rule, provision=terms.provision,
        served_after=terms.served_after,
        received=None if received is None else _day(received),
        extend=None if extend is None else parse_period(extend),
        extend_from=_extend_from(extend_from),
    )  # fmt: skip
    answer = limits.limit(_day(start), parse_period(period), terms)
    return Limit(
        answer.start, answer.unrolled, answer.last_day, answer.steps, shut.id, terms.calendar.version
    )


def _terms(rule: str, calendar: str | None, law: LawPack | None) -> limits.Terms:
    """Calendar, counting and rolling for a rule's name."""
    known = law.limits if law else {}
    of_law = known.get(rule)
    if of_law is None and rule not in limits.COUNTINGS:
        raise OfficeError(
            _("There is no rule “{rule}”. Nothing was reckoned.").format(rule=rule),
            _("Rules here: {names}.").format(names=", ".join([*limits.COUNTINGS, *known])),
        )
    days_off = _calendar(calendar or (of_law.calendar if of_law else None), law)
    if of_law is None:
        return limits.Terms(calendar=days_off, counting=limits.COUNTINGS[rule])
    return limits.Terms(
        calendar=days_off, roll=of_law.roll, rule=of_law.id, provision=of_law.provision,
        served_after=parse_period(of_law.served_after) if of_law.served_after else None,
    )  # fmt: skip


def _calendar(name: str | None, law: LawPack | None) -> Calendar:
    others = law.calendars if law else {}
    if name is None:
        name = OFFICE_CALENDAR if OFFICE_CALENDAR in others else calendars.DEFAULT
    return calendars.named_calendar(name, others)


def _extend_from(word: str) -> str:
    if word not in (limits.UNROLLED, limits.ROLLED):
        raise OfficeError(
            _("An extension is counted from “unrolled” or “rolled”, not from “{word}”.").format(word=word)
            + " "
            + _("Nothing was reckoned."),
            _("Say which last day it is counted from."),
        )
    return word


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else parse_day(value)
