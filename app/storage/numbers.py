"""Numbers of cases and letters: leased in blocks, used once, never again.

One station (the registrar's) gives blocks of a series to stations, itself included; a block is a
fact in the log, so no number is offered twice. A station without a lease numbers provisionally.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.history.operation import Operation
from app.history.registers import History

LEASED = "leased"
ASSIGNED = "assigned"
ASKED = "lease-asked"
BLOCK = 100


@dataclass(frozen=True, slots=True)
class Lease:
    """Serials `first`..`last` of a series and year that one incarnation of a station may give out."""

    series: str
    year: int
    first: int
    last: int
    station: str
    incarnation: str


def leases(history: History) -> tuple[Lease, ...]:
    """All leases in the office's log."""
    return tuple(
        Lease(
            o.e.partition(":")[2], o.v["year"], o.v["first"], o.v["last"], o.v["station"], o.v["incarnation"]
        )
        for o in history.standing
        if o.f == LEASED
    )


def used(history: History, series: str, year: int) -> frozenset[int]:
    """Serials given out, taken-back acts included: a number is never used twice."""
    return frozenset(
        o.v["serial"] for o in history.operations
        if o.f == ASSIGNED and o.e == f"number:{series}" and o.v["year"] == year
    )  # fmt: skip


def free(history: History, series: str, year: int, station: tuple[str, str]) -> int | None:
    """The lowest serial this (station, incarnation) may give out, None without a lease."""
    taken = used(history, series, year)
    for lease in sorted(leases(history), key=lambda x: x.first):
        if (lease.series, lease.year) == (series, year) and (lease.station, lease.incarnation) == station:
            for serial in range(lease.first, lease.last + 1):
                if serial not in taken:
                    return serial
    return None


def next_block(history: History, series: str, year: int) -> tuple[int, int]:
    """The block of serials after all leased ones."""
    last = max((x.last for x in leases(history) if (x.series, x.year) == (series, year)), default=0)
    return last + 1, last + BLOCK


def open_requests(history: History) -> tuple[Operation, ...]:
    """Requests for blocks that no later lease to the same station answers."""
    answered = {o.v.get("answers") for o in history.standing if o.f == LEASED}
    return tuple(o for o in history.standing if o.f == ASKED and o.id not in answered)
