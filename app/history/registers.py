"""What a set of operations says, in any order of arrival.

A register keeps every value that no later operation replaced: two stations that set it unaware of
one another leave two *live* values. Events are facts and only add up. Taking an act back (`void/1`)
leaves its operations out, so what they had replaced is live again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from app.history.operation import ADD, BLOB, EVENT, REMOVE, SET, SETTLE, TYPES, VOID, Operation, canonical

GUARDED = frozenset(
    {"title", "titles", "applicant", "representative", "inventor", "priorities", "classes", "mark",
     "filing_date", "abstracts", "row", "features", "cell"}
)  # fmt: skip


class History:
    """A set of operations, read. Order of the input does not matter; duplicates count once."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        unique = {operation.id: operation for operation in operations}
        self.operations = tuple(sorted(unique.values(), key=lambda o: o.key))

    @cached_property
    def voided(self) -> frozenset[str]:
        """Acts taken back. A `void` that was itself taken back does not count."""
        voids: dict[str, list[Operation]] = defaultdict(list)
        for operation in self.operations:
            if operation.t == VOID and isinstance(operation.v, str):
                voids[operation.v].append(operation)
        decided: dict[str, bool] = {}
        for act in voids:
            _decide(act, voids, decided)
        return frozenset(act for act, gone in decided.items() if gone)

    @cached_property
    def standing(self) -> tuple[Operation, ...]:
        """Known operations of acts that were not taken back, in order."""
        return tuple(o for o in self.operations if o.g not in self.voided and o.t in TYPES)

    @cached_property
    def unknown(self) -> int:
        """Operations of a newer program: kept and passed on, but not understood here."""
        return sum(1 for o in self.operations if o.t not in TYPES)

    @cached_property
    def _replaced(self) -> frozenset[str]:
        return frozenset(parent for o in self.standing if o.t in (SET, SETTLE, REMOVE) for parent in o.b)

    @cached_property
    def _live(self) -> dict[tuple[str, str], tuple[Operation, ...]]:
        live: dict[tuple[str, str], list[Operation]] = defaultdict(list)
        for o in reversed(self.standing):
            if o.t in (SET, SETTLE) and o.id not in self._replaced:
                live[o.e, o.f].append(o)
        return {place: tuple(values) for place, values in live.items()}

    def live(self, entity: str, field: str) -> tuple[Operation, ...]:
        """The live values of a register, the one to show first (highest clock, then station)."""
        return self._live.get((entity, field), ())

    def value(self, entity: str, field: str, default: Any = None) -> Any:
        """The value to show, `default` where the register was never set."""
        values = self.live(entity, field)
        return values[0].v if values else default

    def fields(self, entity: str) -> tuple[str, ...]:
        """Names of the entity's registers that hold a value, sorted."""
        return tuple(sorted(f for e, f in self._live if e == entity))

    def events(self, entity: str) -> tuple[Operation, ...]:
        """Facts and documents of the entity that stand, in the order they were written."""
        return tuple(o for o in self.standing if o.e == entity and o.t in (EVENT, BLOB))

    def members(self, entity: str, field: str) -> tuple[Any, ...]:
        """Members of a set: added and not removed."""
        return tuple(
            o.v for o in self.standing
            if o.t == ADD and o.e == entity and o.f == field and o.id not in self._replaced
        )  # fmt: skip

    def entities(self, kind: str) -> tuple[str, ...]:
        """Entities of a kind that something standing speaks of, in the order they appeared."""
        return tuple(dict.fromkeys(o.e for o in self.standing if o.e.partition(":")[0] == kind))

    def contested(self) -> tuple[tuple[str, str, tuple[Operation, ...]], ...]:
        """Guarded registers with more than one *different* live value: (entity, field, values)."""
        found = [
            (entity, field, values)
            for (entity, field), values in self._live.items()
            if field in GUARDED and len({_same(o.v) for o in values}) > 1
        ]
        return tuple(sorted(found, key=lambda place: place[:2]))


def _same(value: Any) -> str:
    """Equal values have equal text, whatever the order of their keys."""
    return json.dumps(canonical(value), sort_keys=True)


def _decide(act: str, voids: dict[str, list[Operation]], decided: dict[str, bool]) -> None:
    """Whether `act` is taken back: by a `void` whose own act stands. Walks without recursion; a
    ring of acts voiding one another (only a forger writes one) counts as not taken back."""
    path = [act]
    while path:
        here = path[-1]
        if here in decided:
            path.pop()
            continue
        waiting = [v.g for v in voids.get(here, ()) if v.g not in decided and v.g not in path]
        if waiting:
            path.append(waiting[0])
            continue
        decided[here] = any(not decided.get(v.g, False) for v in voids.get(here, ()) if v.g not in path)
        path.pop()
