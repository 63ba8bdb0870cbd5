"""Objections of the office, each to the rows it names and under its provision (TRIPS Article 62(4)).

Raised and settled by events; an objection that was settled on some rows stands on the others. What is open
when a right is granted is told, not barred: the law leaves the decision to the examiner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.domain.case import Case, Event, Row
from app.domain.examination import Objection
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble
from app.rules.fields import labels, names_objection

RAISED, SETTLED = "objection", "objection_settled"

OPEN, PARTLY, CLOSED = "open", "partly", "settled"


def objections(events: Sequence[Event], rows: Sequence[Row]) -> tuple[Objection, ...]:
    """The objections raised on a case, numbered in the order they were raised, with their state.

    An event taken back keeps its number, so that a letter which quoted another's stays right.
    """
    raised = [event for event in events if event.event == RAISED]
    settled = [event for event in events if event.event == SETTLED and not event.voided]
    return tuple(
        _objection(event, number, rows, settled)
        for number, event in enumerate(raised, 1)
        if not event.voided
    )


def _objection(event: Event, number: int, rows: Sequence[Row], all_settled: Sequence[Event]) -> Objection:
    settled = [s for s in all_settled if names_objection(s.fields.get("objection"), event.id, number)]
    by_name = {name: row.label for row in rows for name in (row.id, row.label)}
    raised = tuple(by_name.get(name, name) for name in _named(event.fields))
    left = raised or tuple(row.label for row in rows)
    for one in settled:
        gone = {by_name.get(name, name) for name in _named(one.fields)} or set(left)
        left = tuple(label for label in left if label not in gone)
    first = raised or tuple(row.label for row in rows)
    whole = bool(settled) and not left
    live = {row.label for row in rows if row.live}
    return Objection(
        id=event.id, number=number, on=event.on, provision=str(event.fields.get("provision") or ""),
        rows=raised, grounds=str(event.fields.get("grounds") or event.fields.get("text") or ""),
        state=CLOSED if whole else (PARTLY if len(left) < len(first) else OPEN),
        standing=left, moot=bool(rows) and not whole and not live & set(left),
    )  # fmt: skip


def _named(given: Mapping[str, object]) -> list[str]:
    return labels(given.get("rows") or given.get("claims"))


def objections_open(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """A decision (`events`) stands while an objection is open on rows that are part of the right."""
    wanted = parameters.get("events")
    decisions = [str(name) for name in wanted] if isinstance(wanted, (list, tuple)) else []
    decided = next((e for e in reversed(case.events) if e.event in decisions and not e.voided), None)
    if decided is None:
        return
    for one in case.objections:
        if one.state == CLOSED or one.moot or one.on > decided.on:
            continue
        message = _("Objection {number} ({provision}) is open on {rows}, but the case is “{status}”.").format(
            number=one.number, provision=one.provision, rows=", ".join(one.standing) or _("the whole case"),
            status=case.status.name,
        )  # fmt: skip
        yield Trouble(f"objection-{one.id[:8]}", _("objections"), message)


TESTS: Mapping[str, Test] = {"objections_open": objections_open}
