"""Segments on this station's disk: made here, read from others, waiting, or set aside.

A segment is kept byte for byte as its writer sealed it, so that every station can hand on everything
it holds. What a segment is worth is decided in `app.sync`; here it is put away and found again, each
step one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlite_utils import Database

from app.history.operation import BLOB, Operation, chain_hash
from app.storage import engine, log, projections
from app.storage.office import DATABASE, OfficeStore

_FLOOR = "sealed-seq"


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment that was applied, without its file.

    n          counter within writer and incarnation, from 1
    prev       SHA-256 of the segment before it, zeros for the first
    ops_to     counter of its last operation; `ops_hash` that operation's chain hash
    mine       sealed on this very disk
    """

    sha256: str
    writer: str
    incarnation: str
    n: int
    prev: str
    ops_to: int
    ops_hash: str
    mine: bool
    bytes: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A whole segment that cannot be applied yet."""

    sha256: str
    writer: str
    incarnation: str
    n: int
    file: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that will not be applied, and why in words."""

    sha256: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sealed parts a document travels in: SHA-256 of each, in order; `size` in plain bytes."""

    blob: str
    epoch: int
    size: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A run of this station's operations, each naming the one before, and the segment they follow."""

    incarnation: str
    before: Kept | None
    operations: tuple[bytes, ...]


_COLUMNS = "sha256, writer, incarnation, n, prev, ops_to, ops_hash, mine, bytes"


class Shelf:
    """The segments of one office."""

    def __init__(self, store: OfficeStore) -> None:
        self._store = store

    @property
    def _db(self) -> Database:
        return self._store.db

    def _writing(self) -> AbstractContextManager[Database]:
        return engine.writing(self._db, self._store.path / DATABASE)

    def keep_private(self, values: Mapping[str, bytes]) -> None:
        """Keep several of the station's own values, all or none."""
        with self._writing():
            for name, value in values.items():
                self._store.private.set(name, value)

    # -- applied -------------------------------------------------------------------------------

    def known(self) -> dict[str, Kept]:
        """All applied segments by SHA-256."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM segments ORDER BY writer, incarnation, n, sha256")
        return {row[0]: _kept(row) for row in rows}

    def file(self, sha256: str) -> bytes:
        """The bytes of an applied segment."""
        return bytes(self._db.execute("SELECT file FROM segments WHERE sha256 = ?", [sha256]).fetchone()[0])

    def applied(self, segments: Iterable[tuple[Kept, bytes]]) -> None:
        """Put applied segments away and take them from those that wait."""
        with self._writing() as db:
            for kept, file in segments:
                _insert(db, kept, file)
                db.execute("DELETE FROM held WHERE sha256 = ?", [kept.sha256])

    # -- our own -------------------------------------------------------------------------------

    def unsealed(self) -> tuple[Unsealed, ...]:
        """Our operations that are in no segment yet, in runs."""
        return tuple(_runs(self._db, self._store.station, self._unsealed_rows()))

    def _unsealed_rows(self) -> list[bytes]:
        floor = int(self._store.private.text(_FLOOR, "0"))
        rows = self._db.execute(
            "SELECT raw FROM ops WHERE seq > ? AND w = ? AND id NOT IN (SELECT id FROM carried)"
            " ORDER BY i, n, seq",
            [floor, self._store.station],
        )
        return [bytes(raw) for (raw,) in rows]

    def seal(self, make: Callable[[Unsealed], Iterable[tuple[Kept, bytes]]]) -> tuple[Kept, ...]:
        """Seal everything unsealed in one transaction, so that no operation is ever sealed twice."""
        made: list[Kept] = []
        with self._writing() as db:
            floor = int(db.execute("SELECT coalesce(max(seq), 0) FROM ops").fetchone()[0])
            rows = self._unsealed_rows()
            for run in _runs(db, self._store.station, rows):
                for kept, file in make(run):
                    _insert(db, kept, file)
                    made.append(kept)
            for raw in rows:
                self._carry(db, Operation.from_bytes(raw).id)
            self._store.private.set(_FLOOR, str(floor).encode())
        return tuple(made)

    @staticmethod
    def _carry(db: Database, operation: str) -> None:
        db.execute("INSERT OR IGNORE INTO carried (id) VALUES (?)", [operation])

    # -- waiting and set aside -----------------------------------------------------------------

    def hold(self, waiting: Iterable[Waiting], own_operations: Iterable[str] = ()) -> None:
        """Keep whole segments until what they rest on is here. `own_operations`: ids of operations in
        them that this station wrote (on a disk that was lost or cloned): they are not sealed again."""
        with self._writing() as db:
            for one in waiting:
                db.execute(
                    "INSERT OR IGNORE INTO held VALUES (?, ?, ?, ?, ?)",
                    [one.sha256, one.writer, one.incarnation, one.n, one.file],
                )
            for ident in own_operations:
                self._carry(db, ident)

    def waiting(self) -> Iterator[Waiting]:
        """What waits, in the order of its chains."""
        rows = self._db.execute(
            "SELECT sha256, writer, incarnation, n, file FROM held ORDER BY writer, incarnation, n, sha256"
        ).fetchall()
        for sha, w, i, n, file in rows:
            yield Waiting(sha, w, i, n, bytes(file))

    def held_file(self, sha256: str) -> bytes:
        """The bytes of one that waits."""
        return bytes(self._db.execute("SELECT file FROM held WHERE sha256 = ?", [sha256]).fetchone()[0])

    def set_aside(self, sha256: str, path: str, reason: str, file: bytes) -> None:
        """Keep a file that will not be applied, with the reason."""
        with self._writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO quarantine (sha256, path, reason, file) VALUES (?, ?, ?, ?)",
                [sha256, path, reason, file],
            )
            db.execute("DELETE FROM held WHERE sha256 = ?", [sha256])

    def aside(self) -> tuple[SetAside, ...]:
        """All files set aside."""
        rows = self._db.execute("SELECT sha256, path, reason FROM quarantine ORDER BY path, sha256")
        return tuple(SetAside(*row) for row in rows)

    def cut_off(self, gone: Iterable[tuple[str, tuple[str, ...]]], reason: str) -> int:
        """Take segments (SHA-256, ids of their operations) of a removed station out of the log again; how
        many. Their files stay with those set aside; the cases they touched are projected anew."""
        count, cases = 0, set[str]()
        with self._writing() as db:
            for sha256, operations in gone:
                for ident in operations:
                    row = db.execute("SELECT case_id FROM ops WHERE id = ?", [ident]).fetchone()
                    cases |= {row[0]} if row else set()
                    db.execute("DELETE FROM ops WHERE id = ?", [ident])
                db.execute(
                    "INSERT OR IGNORE INTO quarantine SELECT sha256, '', ?, file FROM segments"
                    " WHERE sha256 = ?",
                    [reason, sha256],
                )
                db.execute("DELETE FROM segments WHERE sha256 = ?", [sha256])
                count += 1
            for case_id in sorted(cases - {"", log.NUMBERS}):
                projections.refresh(db, case_id, self._store.law)
            if count:
                projections.refresh_numbers(db)
        return count

    def follows(self, operation: Operation) -> bool:
        """Whether the operation before this one is in the log (true for the first of an incarnation)."""
        if operation.n == 1:
            return True
        rows = self._db.execute(
            "SELECT hash FROM ops WHERE w = ? AND i = ? AND n = ?",
            [operation.w, operation.i, operation.n - 1],
        )
        return any(row[0] == operation.p for row in rows)

    def clashes(self, operations: Iterable[tuple[str, bytes]]) -> bool:
        """Whether an operation (id, bytes) has the id of another that is in the log with other bytes."""
        for ident, raw in operations:
            row = self._db.execute("SELECT raw FROM ops WHERE id = ?", [ident]).fetchone()
            if row and bytes(row[0]) != raw:
                return True
        return False

    # -- documents -----------------------------------------------------------------------------

    def documents(self) -> dict[str, tuple[str, int]]:
        """Every document the log names: blob id -> (SHA-256, size in bytes)."""
        rows = self._db.execute("SELECT DISTINCT blob, sha256, bytes FROM documents")
        return {blob: (sha256, int(size)) for blob, sha256, size in rows}

    def manifests(self) -> dict[str, tuple[Manifest, ...]]:
        """The parts of every document that travels, by blob id; several where epochs met."""
        found: dict[str, list[Manifest]] = {}
        for blob, epoch, size, parts in self._db.execute(
            "SELECT blob, epoch, size, parts FROM manifests ORDER BY blob, epoch"
        ):
            found.setdefault(blob, []).append(Manifest(blob, epoch, size, tuple(json.loads(parts))))
        return {blob: tuple(several) for blob, several in found.items()}

    def keep_manifests(self, manifests: Iterable[Manifest]) -> None:
        """Keep what parts documents travel in."""
        with self._writing() as db:
            for one in manifests:
                db.execute(
                    "INSERT OR IGNORE INTO manifests (blob, epoch, size, parts) VALUES (?, ?, ?, ?)",
                    [one.blob, one.epoch, one.size, json.dumps(one.parts)],
                )


def blobs_of(operations: Iterable[bytes]) -> tuple[str, ...]:
    """Blob ids that operations bring, in order."""
    read = (Operation.from_bytes(raw) for raw in operations)
    return tuple(
        o.v["blob"]
        for o in read
        if o.t == BLOB and isinstance(o.v, dict) and isinstance(o.v.get("blob"), str)
    )


def _runs(db: Database, station: str, rows: list[bytes]) -> Iterator[Unsealed]:
    """Split operations where one does not name the one before it (two branches of a cloned station)."""
    run: list[bytes] = []
    before: Operation | None = None
    for raw in rows:
        operation = Operation.from_bytes(raw)
        follows = before and operation.i == before.i and operation.p == chain_hash(run[-1])
        if run and not follows and before:
            yield _unsealed(db, station, before.i, run)
            run = []
        run.append(raw)
        before = operation
    if run and before:
        yield _unsealed(db, station, before.i, run)


def _unsealed(db: Database, station: str, incarnation: str, run: list[bytes]) -> Unsealed:
    """The run with the segment that holds the operation before it. That segment may go on beyond: then
    this disk was copied or set back after the operation, and the run is a second branch."""
    first = Operation.from_bytes(run[0])
    row = db.execute(
        f"SELECT {_COLUMNS} FROM segments WHERE writer = ? AND incarnation = ? AND ops_to >= ?"
        " ORDER BY ops_hash <> ?, n, sha256 LIMIT 1",
        [station, incarnation, first.n - 1, first.p],
    ).fetchone()
    return Unsealed(incarnation, _kept(row) if row and first.n > 1 else None, tuple(run))


def _kept(row: tuple[object, ...]) -> Kept:
    sha256, writer, incarnation, n, prev, ops_to, ops_hash, mine, size = row
    return Kept(
        str(sha256), str(writer), str(incarnation), int(str(n)), str(prev), int(str(ops_to)), str(ops_hash),
        bool(mine), int(str(size)),
    )  # fmt: skip


def _insert(db: Database, kept: Kept, file: bytes) -> None:
    db.execute(
        f"INSERT OR IGNORE INTO segments ({_COLUMNS}, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [kept.sha256, kept.writer, kept.incarnation, kept.n, kept.prev, kept.ops_to, kept.ops_hash,
         int(kept.mine), kept.bytes, file],
    )  # fmt: skip
