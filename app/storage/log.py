"""The log in the database: append, read, and check its chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from app.errors import _
from app.history.operation import GENESIS, BadOperation, Operation, chain_hash

NUMBERS = "numbers"  # stands in the place of a case for what is said of numbers: there is much of it


def place_of(operation: Operation) -> str:
    """Where the log keeps an operation: its case, the numbers, or "" for the office's own."""
    return NUMBERS if operation.e.startswith("number:") else operation.case


@dataclass(frozen=True, slots=True)
class Head:
    """The newest operation of one incarnation of one station."""

    n: int
    hash: str


def append(db: Database, raw: bytes, operation: Operation) -> bool:
    """Write one operation; False when it is there already. The caller holds the transaction."""
    done = db.execute(
        "INSERT OR IGNORE INTO ops (id, w, i, n, case_id, act, hash, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [operation.id, operation.w, operation.i, operation.n, place_of(operation), operation.g,
         chain_hash(raw), raw],
    )  # fmt: skip
    return bool(done.rowcount)


def heads(db: Database) -> dict[tuple[str, str], Head]:
    """The head of every chain, by (station, incarnation)."""
    rows = db.execute(
        "SELECT w, i, n, hash FROM ops AS o WHERE n = (SELECT max(n) FROM ops WHERE w = o.w AND i = o.i)"
        " GROUP BY w, i"
    )
    return {(w, i): Head(n, digest) for w, i, n, digest in rows}


def head(db: Database, station: str, incarnation: str) -> Head:
    """The head of one chain; `Head(0, zeros)` before its first operation."""
    row = db.execute(
        "SELECT n, hash FROM ops WHERE w = ? AND i = ? ORDER BY n DESC LIMIT 1", [station, incarnation]
    ).fetchone()
    return Head(*row) if row else Head(0, GENESIS)


def newest(db: Database) -> str:
    """The highest clock stamp at the end of any chain, "" in an empty log."""
    found, place = "", ("", "")
    # From chain to chain along the index: a log of a million operations has few chains.
    while row := db.execute(
        "SELECT w, i FROM ops WHERE (w, i) > (?, ?) ORDER BY w, i LIMIT 1", list(place)
    ).fetchone():
        place = (row[0], row[1])
        (raw,) = db.execute(
            "SELECT raw FROM ops WHERE w = ? AND i = ? ORDER BY n DESC LIMIT 1", list(place)
        ).fetchone()
        found = max(found, Operation.from_log(raw).h)
    return found


def after(db: Database, station: str, incarnation: str, n: int) -> Iterator[bytes]:
    """Raw operations of one chain beyond counter `n`, in order."""
    rows = db.execute(
        "SELECT raw FROM ops WHERE w = ? AND i = ? AND n > ? ORDER BY n, id", [station, incarnation, n]
    )
    for (raw,) in rows:
        yield raw


def of_case(db: Database, case_id: str) -> list[Operation]:
    """All operations of one place: a case, `""` for the office's own, `NUMBERS`."""
    rows = db.execute("SELECT raw FROM ops WHERE case_id = ? ORDER BY seq", [case_id])
    return [Operation.from_log(raw) for (raw,) in rows]


def acts(db: Database, act: str) -> list[Operation]:
    """The operations of one act."""
    return [Operation.from_log(raw) for (raw,) in db.execute("SELECT raw FROM ops WHERE act = ?", [act])]


def count(db: Database) -> int:
    """How many operations the log holds."""
    return int(db.execute("SELECT count(*) FROM ops").fetchone()[0])


def problems(db: Database) -> Iterator[str]:
    """What is wrong with the chains, in words; nothing for a whole log.

    Checks every operation's bytes against its hash, its columns and its form, and every chain for
    counters without gaps and for each naming one before it. A station that went on in two copies is
    told once, where its chain parts.
    """
    rows = db.execute("SELECT seq, id, w, i, n, case_id, act, hash, raw FROM ops ORDER BY w, i, n, id")
    chain = _Chain("", "")
    for seq, ident, w, i, n, case_id, act, digest, raw in rows:
        if (w, i) != (chain.station, chain.incarnation):
            chain = _Chain(w, i)
        place = _("operation {n} of station {station} (row {seq})").format(n=n, station=str(w)[:8], seq=seq)
        if chain_hash(bytes(raw)) != digest:
            yield _("{place}: its bytes were changed after it was written").format(place=place)
        try:
            read = Operation.from_bytes(bytes(raw))
        except BadOperation as trouble:
            yield _("{place}: it cannot be read ({why})").format(place=place, why=trouble)
            chain.follow(n, digest, None)
            continue
        if (read.id, read.w, read.i, read.n, place_of(read), read.g) != (ident, w, i, n, case_id, act):
            yield _("{place}: the table says otherwise than the operation").format(place=place)
        if wrong := chain.follow(n, digest, read.p):
            yield f"{place}: {wrong}"


class _Chain:
    """One station's operations, walked in order; where it parted there are two of a number."""

    def __init__(self, station: str, incarnation: str) -> None:
        self.station, self.incarnation = station, incarnation
        self._n = 0
        self._before: set[str] = set()
        self._here: set[str] = set()
        self._parted = False

    def follow(self, n: int, digest: str, names: str | None) -> str:
        """Step to an operation; what is wrong with its place, "" where nothing is."""
        if n == self._n:
            self._here.add(digest)
            if self._parted:
                return ""
            self._parted = True
            return _("this number was used twice: the station went on in two copies from here")
        gap = n != self._n + 1
        self._n, self._before, self._here = n, self._here, {digest}
        if gap:
            return _("the operations before it are missing")
        if n > 1 and names is not None and names not in self._before:
            return _("it does not follow the operation before it")
        return ""
