"""A day the office turns out to be closed: which limits it moves, and to when.

Sources: PCT Rules 80.5 and 82quater; Paris Convention, Article 4C(3). The limit itself does not change: its
unrolled last day stays, and is rolled anew by the calendar as it is known now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.domain.case import Deadline
from app.domain.law import Calendar, LawPack
from app.rules import calendars, limits, reckoning

MOVED = "closure"
"""The rule under which the step of moving stands."""


def with_office_closures(law: LawPack, closed: Mapping[str, Mapping[date, str]]) -> LawPack:
    """The pack with the days an office entered besides, by calendar; built-in calendars take them too, and
    those that are based on one.

    The version of such a calendar says how many days were entered, so that a step names what it rolled by.
    """
    known = {**calendars.BUILT_IN, **law.calendars}
    changed: dict[str, Calendar] = {}
    for name, calendar in known.items():
        days = {day: why for one in reversed(leans_on(law, name)) for day, why in closed.get(one, {}).items()}
        if days:
            version = f"{calendar.version or calendar.id}+{len(days)}"
            changed[name] = replace(calendar, closed={**calendar.closed, **days}, version=version)
    return replace(law, calendars={**law.calendars, **changed}) if changed else law


def leans_on(law: LawPack, name: str) -> tuple[str, ...]:
    """The calendar and those it is based on, itself first: a closure of any of them closes it."""
    found = [name]
    for one in found:  # grows as it goes
        calendar = law.calendars.get(one)
        found += [base for base in (calendar.based_on if calendar else ()) if base not in found]
    return tuple(found)


def calendar_of(law: LawPack, deadline: Deadline) -> str:
    """The calendar a limit rolls by; "" where the law knows no such limit (any more)."""
    rule = law.limits.get(deadline.rule)
    return rule.calendar if rule else ""


def moved(law: LawPack, deadline: Deadline, days: Iterable[date], instrument: str) -> Deadline | None:
    """The limit with its new last day and the step that says why; None where the days do not move it.

    `law` knows the closures already; `instrument` is the act that closed the office.
    """
    rule = law.limits.get(deadline.rule)
    if rule is None or rule.roll == limits.NO_ROLL or deadline.last_day not in set(days):
        return None
    calendar = calendars.named_calendar(rule.calendar, law.calendars)
    direction = -1 if rule.roll == limits.PREVIOUS_OPEN else 1
    last_day, passed = calendars.roll(calendar, deadline.unrolled, direction)
    if last_day == deadline.last_day:
        return None
    values = {
        "old": deadline.last_day.isoformat(), "day": last_day.isoformat(), "instrument": instrument,
        "calendar": calendar.id, "version": calendar.version,
        "closed": [[shut.isoformat(), kind, name] for shut, kind, name in passed],
    }  # fmt: skip
    step = reckoning.step(MOVED, rule.provision, "closed-later", values)
    return replace(deadline, last_day=last_day, steps=(*deadline.steps, step))
