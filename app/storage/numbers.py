"""Numbers of cases and letters: leased in blocks, used once, never again.

One station (the registrar's) gives blocks of a series to stations, itself included; a block is a
fact in the log, so no number is offered twice. A station without a lease numbers provisionally.
The tables `leases` and `numbers` are made from those facts as they are written or arrive.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

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


@dataclass(frozen=True, slots=True)
class Request:
    """A station's wish for a block of a series; `operation` is what a lease answers."""

    operation: str
    series: str
    year: int
    station: str
    incarnation: str


def leases(db: Database) -> tuple[Lease, ...]:
    """All blocks that were given out, by series, year and place."""
    rows = db.execute(
        "SELECT series, year, first, last, station, incarnation FROM leases WHERE kind = ?"
        " ORDER BY series, year, first",
        [LEASED],
    )
    return tuple(Lease(*row) for row in rows)


def used(db: Database, lease: Lease) -> frozenset[int]:
    """Serials of a block that were given out."""
    rows = db.execute(
        "SELECT serial FROM numbers WHERE series = ? AND year = ? AND serial BETWEEN ? AND ?",
        [lease.series, lease.year, lease.first, lease.last],
    )
    return frozenset(row[0] for row in rows)


def free(db: Database, series: str, year: int, station: tuple[str, str]) -> int | None:
    """The lowest serial this (station, incarnation) may give out, None without a block that has one."""
    row = db.execute(
        """SELECT series, year, first, last, station, incarnation FROM leases AS l
        WHERE kind = ? AND series = ? AND year = ? AND station = ? AND incarnation = ?
          AND (SELECT count(DISTINCT serial) FROM numbers AS n WHERE n.series = l.series
               AND n.year = l.year AND n.serial BETWEEN l.first AND l.last) <= l.last - l.first
        ORDER BY first LIMIT 1""",
        [LEASED, series, year, *station],
    ).fetchone()
    if row is None:
        return None
    lease = Lease(*row)
    taken = used(db, lease)
    return next(serial for serial in range(lease.first, lease.last + 1) if serial not in taken)


def next_block(db: Database, series: str, year: int) -> tuple[int, int]:
    """The block of serials after all that were leased."""
    row = db.execute(
        "SELECT max(last) FROM leases WHERE kind = ? AND series = ? AND year = ?", [LEASED, series, year]
    ).fetchone()
    last = row[0] or 0
    return last + 1, last + BLOCK


def open_requests(db: Database) -> tuple[Request, ...]:
    """Wishes for blocks that no lease answers yet."""
    rows = db.execute(
        "SELECT operation, series, year, station, incarnation FROM leases WHERE kind = ?"
        " AND operation NOT IN (SELECT answers FROM leases) ORDER BY operation",
        [ASKED],
    )
    return tuple(Request(*row) for row in rows)
