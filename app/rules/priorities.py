"""Priorities of a case, each for the claims it covers (Paris Convention, Article 4F and 4G; PLT Article 13).

A priority falls by the event `priority_lost`, as a whole or for some claims; `priority_covers` says for which
claims it is good. From then on those claims count from the next priority that covers them, else the filing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.case import Case, CasePriority, Event, LimitState, Row
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble
from app.rules.days import spoken
from app.rules.fields import names_priority
from app.rules.recounting import recounted_from
from app.rules.rows import named_in
from app.rules.starts import counted_from

LOST, COVERS = "priority_lost", "priority_covers"
CLAIMED, FALLEN, NO_ROWS = "claimed", "lost", "none"


def standing_priorities(
    claimed: Sequence[CasePriority], events: Sequence[Event], rows: Sequence[Row]
) -> tuple[CasePriority, ...]:
    """The priorities as they stand after the events (in their order). `rows` of one: the ids it covers."""
    found = list(claimed)
    for event in events:
        if event.voided or event.event not in (LOST, COVERS):
            continue
        names = named_in(event.fields.get("rows"))
        named = tuple(row.id for row in rows if row.id in names or row.label in names)
        for place, one in enumerate(found):
            if not names_priority(event.fields.get("priority"), one, place + 1):
                continue
            if event.event == COVERS:
                found[place] = replace(one, rows=named)
                continue
            left = tuple(r for r in one.rows or tuple(row.id for row in rows) if r not in named)
            found[place] = replace(one, rows=left) if named and left else replace(one, rows=(), state=FALLEN)
    return tuple(found)


def date_of(case: Case, row: Row) -> date | None:
    """The day from which a claim counts: its earliest priority that stands, else the filing date."""
    good = standing_days(p for p in case.priorities if not p.rows or row.id in p.rows)
    return min(good, default=case.filing_date)


def standing_days(priorities: Iterable[CasePriority]) -> tuple[date, ...]:
    """The days of the priorities that stand."""
    return tuple(p.date for p in priorities if p.date and p.state == CLAIMED)


def earliest(case: Case) -> date | None:
    """The day of the earliest priority that stands; None without one."""
    return min(standing_days(case.priorities), default=None)


def priority_limits(law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Running limits counted from a priority that no longer stands, with the day they would have now."""
    if not any(event.event == LOST and not event.voided for event in case.events):
        return
    for limit in case.deadlines:
        rule = law.limits.get(limit.rule)
        if rule is None or rule.counted_from != "priority" or limit.state is not LimitState.RUNNING:
            continue
        start = counted_from(rule, None, case.filing_date, standing_days(case.priorities))
        anew = recounted_from(law, limit, start) if start else limit
        if anew.unrolled == limit.unrolled:
            continue
        message = _(
            "{limit} ends on {old}, counted from a priority that fell; counted anew it ends on {new}."
        )
        yield Trouble(
            f"limit-{limit.rule}", limit.name,
            message.format(limit=limit.name, old=spoken(limit.last_day), new=spoken(anew.last_day)),
        )  # fmt: skip


TESTS: Mapping[str, Test] = {"priority_limits": priority_limits}
