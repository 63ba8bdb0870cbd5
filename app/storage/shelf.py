"""One collection's records, open: `records.db` with lines, facets, names of marks and pictures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.publication import completed, date_of, key_of, number_of
from app.domain.record import Record
from app.errors import OfficeError, _
from app.storage import engine
from app.storage.record_codec import from_bytes, to_bytes

FACETS = ("ipc", "applicant", "year", "office")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, office TEXT NOT NULL,
    number TEXT NOT NULL, kind_code TEXT NOT NULL, right TEXT NOT NULL, title TEXT NOT NULL,
    date TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS records_seq ON records (seq);
CREATE TABLE IF NOT EXISTS facets (row INTEGER NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS facets_row ON facets (row);
CREATE TABLE IF NOT EXISTS names (
    row INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL, sound TEXT NOT NULL,
    skeleton TEXT NOT NULL, nice TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS names_row ON names (row);
CREATE TABLE IF NOT EXISTS pictures (
    row INTEGER PRIMARY KEY, file TEXT NOT NULL, version INTEGER NOT NULL, views BLOB);
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a collection reaches over. Dates are the first and last publication, YYYY-MM-DD or ""."""

    collection: str
    records: int
    first: str
    last: str
    offices: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The form of the command line."""
        return {
            "collection": self.collection,
            "records": self.records,
            "first": self.first,
            "last": self.last,
            "offices": list(self.offices),
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list: `key` names it within its collection."""

    row: int
    key: str
    office: str
    number: str
    kind_code: str
    right: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class MarkName:
    """A name of a mark with its compared forms (letters, sound, consonants) and its Nice classes."""

    text: str
    key: str
    sound: str
    skeleton: str
    nice: tuple[int, ...]


class Put(StrEnum):
    """What became of a record that was handed over."""

    NEW = "new"
    CHANGED = "changed"  # the same publication was here, and said something else
    SAME = "same"  # it was here already, word for word


class Shelf:
    """One open collection."""

    def __init__(self, folder: Path, about: Mapping[str, Any]) -> None:
        """`about` is the content of `collection.json`."""
        self.folder = folder
        self.name: str = str(about["name"])
        self.id: str = str(about["id"])
        self._db = engine.connect(folder / "records.db")
        with engine.plain_troubles(folder):
            if not self._db.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'pictures'").fetchone():
                self._db.conn.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the files."""
        self._db.close()

    # -- writing --------------------------------------------------------------------------------

    def put(self, records: Sequence[Record], names: Sequence[Sequence[MarkName]]) -> list[tuple[int, Put]]:
        """Take in or replace these records in one transaction; the row and fate of each, in order.

        Every record must be published and carry a number (`may_be_shown`). `names` holds, for each
        record, the names of the mark it is; none for what is no mark. What is here already stays
        untouched, so that no index has to follow.
        """
        done = []
        with engine.writing(self._db, self.folder):
            seq = self.seq
            for record, called in zip(records, names, strict=True):
                row, fate = self._put_one(record, seq + 1, called)
                seq += fate is not Put.SAME
                done.append((row, fate))
            self._db.conn.execute("INSERT OR REPLACE INTO about VALUES ('seq', ?)", (str(seq),))
        return done

    def _put_one(self, record: Record, seq: int, names: Sequence[MarkName]) -> tuple[int, Put]:
        key = key_of(record)
        kept = self._db.conn.execute("SELECT row, body FROM records WHERE key = ?", (key,)).fetchone()
        if kept is not None:
            older = from_bytes(kept[1])
            record = completed(record, older)
            if record == older:
                return int(kept[0]), Put.SAME
        values = (
            key, seq, record.office, number_of(record), record.kind_code, str(record.right),
            record.title, date_of(record), to_bytes(record),
        )  # fmt: skip
        cursor = self._db.conn.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (kept[0] if kept else None, *values),
        )
        row = int(cursor.lastrowid or 0)
        self._describe(row, record, names)
        return row, Put.CHANGED if kept else Put.NEW

    def _describe(self, row: int, record: Record, names: Sequence[MarkName]) -> None:
        """Facets of a record and names of a mark, in place of those it had."""
        for table in ("facets", "names"):
            self._db.conn.execute(f"DELETE FROM {table} WHERE row = ?", (row,))
        self._db.conn.executemany(
            "INSERT INTO facets VALUES (?, ?, ?)", [(row, facet, value) for facet, value in _facets(record)]
        )
        self._db.conn.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)",
            [(row, n.text, n.key, n.sound, n.skeleton, " ".join(map(str, n.nice))) for n in names],
        )

    def put_pictures(self, described: Sequence[tuple[int, str, bytes]], version: int) -> None:
        """Keep row, file and descriptors of pictures. Each file lies in the folder `images`."""
        with engine.writing(self._db, self.folder):
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?)",
                [(row, file, version, views) for row, file, views in described],
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold off every other program that wants to bring an index up to date.

        The lock is a transaction on a small database of its own: it goes with the process that held it.
        """
        lock = engine.connect(self.folder / "indexing.lock")
        try:
            lock.conn.execute("PRAGMA busy_timeout=2000")
            with engine.plain_troubles(self.folder):
                lock.conn.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()

    # -- reading --------------------------------------------------------------------------------

    @property
    def seq(self) -> int:
        """Rises with every record that comes in or is replaced."""
        found = self._db.conn.execute("SELECT value FROM about WHERE name = 'seq'").fetchone()
        return int(found[0]) if found else 0

    def count(self) -> int:
        """How many records there are."""
        return int(self._db.conn.execute("SELECT count(*) FROM records").fetchone()[0])

    def record(self, row: int) -> Record:
        """The whole record of a row."""
        found = self._db.conn.execute("SELECT body FROM records WHERE row = ?", (row,)).fetchone()
        if found is None:
            raise OfficeError(
                _("This record is no longer in the collection “{name}”.").format(name=self.name),
                _("Search again."),
            )
        return from_bytes(found[0])

    def row_of(self, key: str) -> int | None:
        """The row of a record by its key, None when it is not here."""
        found = self._db.conn.execute("SELECT row FROM records WHERE key = ?", (key,)).fetchone()
        return int(found[0]) if found else None

    def records_after(self, seq: int) -> Iterator[tuple[int, int, Record]]:
        """Seq, row and record of all that came in or changed after `seq`, in that order."""
        cursor = self._db.conn.execute(
            "SELECT seq, row, body FROM records WHERE seq > ? ORDER BY seq", (seq,)
        )
        for own, row, body in cursor:
            yield int(own), int(row), from_bytes(body)

    def lines(self, rows: Iterable[int]) -> dict[int, Line]:
        """The records of these rows as they stand in a list."""
        cursor = self._db.conn.execute(
            "SELECT row, key, office, number, kind_code, right, title, date FROM records"
            " WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rows)),),
        )
        return {int(found[0]): Line(*found) for found in cursor}

    def facets(self, rows: Sequence[int], wanted: Iterable[str]) -> dict[str, Counter[str]]:
        """How often each value of the wanted facets occurs among these rows."""
        names = list(wanted)
        counted: dict[str, Counter[str]] = {name: Counter() for name in names}
        cursor = self._db.conn.execute(
            "SELECT facet, value, count(*) FROM facets WHERE row IN (SELECT value FROM json_each(?))"
            " AND facet IN (SELECT value FROM json_each(?)) GROUP BY facet, value",
            (json.dumps(list(rows)), json.dumps(names)),
        )
        for facet, value, count in cursor:
            counted[facet][value] = int(count)
        return counted

    def coverage(self) -> Coverage:
        """What the collection reaches over."""
        first, last, records = self._db.conn.execute(
            "SELECT min(nullif(date, '')), max(nullif(date, '')), count(*) FROM records"
        ).fetchone()
        offices = self._db.conn.execute(
            "SELECT DISTINCT office FROM records WHERE office <> '' ORDER BY office"
        )
        return Coverage(self.name, int(records), first or "", last or "", tuple(o for (o,) in offices))

    def names(self) -> list[tuple[int, MarkName]]:
        """Every name of a mark, with the row of its record."""
        cursor = self._db.conn.execute("SELECT row, text, key, sound, skeleton, nice FROM names ORDER BY row")
        return [
            (int(row), MarkName(text, key, sound, skeleton, tuple(int(n) for n in nice.split())))
            for row, text, key, sound, skeleton, nice in cursor
        ]

    def pictures(self, version: int) -> list[tuple[int, str, bytes]]:
        """Row, file and descriptors of every picture described by this version."""
        cursor = self._db.conn.execute(
            "SELECT row, file, views FROM pictures WHERE version = ? ORDER BY row", (version,)
        )
        return [(int(row), file, views) for row, file, views in cursor]

    def outdated_pictures(self, version: int) -> list[tuple[int, str]]:
        """Row and file of pictures described by another version."""
        cursor = self._db.conn.execute("SELECT row, file FROM pictures WHERE version <> ?", (version,))
        return [(int(row), file) for row, file in cursor]

    def picture_described(self, row: int, version: int) -> str:
        """The file of a record's picture if this version described it, else ""."""
        found = self._db.conn.execute(
            "SELECT file FROM pictures WHERE row = ? AND version = ?", (row, version)
        ).fetchone()
        return str(found[0]) if found else ""

    def picture(self, row: int) -> Path | None:
        """Where the picture of a record lies."""
        found = self._db.conn.execute("SELECT file FROM pictures WHERE row = ?", (row,)).fetchone()
        return self.folder / "images" / found[0] if found else None


def _facets(record: Record) -> set[tuple[str, str]]:
    found = {("ipc", symbol[:4]) for symbol in record.classes.ipc if symbol[:4].strip()}
    found |= {("applicant", party.name) for party in record.applicants if party.name}
    if date := date_of(record):
        found.add(("year", date[:4]))
    if record.office:
        found.add(("office", record.office))
    return found
