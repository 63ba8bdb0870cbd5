"""The versions of a case's rows: what stood as filed, and after each amendment.

A version ends where an act with the event `amendment` sets or ends rows; values replaced stay in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.amendments import AMENDMENT, BEFORE, DELETED
from app.history.operation import SET, SETTLE, Operation
from app.history.registers import History


@dataclass(frozen=True, slots=True)
class RowsThen:
    """The rows after an act. `event` and `act` are "" for the rows as filed; `rows`: id -> value of the
    register (`kind`, `label`, `texts`, `order`, `basis`), in order; `touched`: those the amendment set."""

    event: str
    act: str
    on: str
    who: str
    rows: dict[str, dict[str, Any]]
    touched: frozenset[str] = frozenset()


def row_versions(case_id: str, history: History) -> tuple[RowsThen, ...]:
    """Every version in the order written, the rows as filed first; one at least."""
    entity = f"case:{case_id}"
    amended = {o.g: o for o in history.standing if o.e == entity and o.f == AMENDMENT}
    rows: dict[str, dict[str, Any]] = {}
    gone: set[str] = set()
    versions = [RowsThen("", "", "", "", {})]
    for act, operations in _by_act(history).items():
        event = amended.get(act)
        touched = {row_id: o for o in operations if (row_id := _row_of(o))}
        acted = dict(event.v.get("acts_on", {})) if event else {}
        if event is None or not (touched or acted):
            rows |= {row_id: o.v for row_id, o in touched.items()}
            versions[-1] = RowsThen(**_facts(versions[-1]), rows=_standing(rows, gone),
                                    touched=versions[-1].touched)  # fmt: skip
            continue
        rows |= {row_id: o.v for row_id, o in touched.items()}
        gone |= {row_id for row_id, status in acted.items() if status == DELETED}
        gone -= {row_id for row_id, status in acted.items() if status == BEFORE}
        versions.append(
            RowsThen(event.id, act, str(event.v.get("on", "")), event.u, _standing(rows, gone),
                     frozenset(touched) | frozenset(acted))
        )  # fmt: skip
    return tuple(versions)


def _facts(version: RowsThen) -> dict[str, str]:
    return {"event": version.event, "act": version.act, "on": version.on, "who": version.who}


def _by_act(history: History) -> dict[str, list[Operation]]:
    acts: dict[str, list[Operation]] = {}
    for operation in history.standing:
        acts.setdefault(operation.g, []).append(operation)
    return acts


def _row_of(o: Operation) -> str:
    kind, _colon, row_id = o.e.partition(":")
    return row_id if kind == "row" and o.f == "row" and o.t in (SET, SETTLE) else ""


def _standing(rows: dict[str, dict[str, Any]], gone: set[str]) -> dict[str, dict[str, Any]]:
    kept = [(row_id, value) for row_id, value in rows.items() if row_id not in gone]
    return dict(sorted(kept, key=lambda one: (one[1].get("order", 0), one[0])))
