"""Collections of published records: make one, add to it, see what there is, remove it.

What is not published never enters: a collection lies in clear beside the office, so a record needs
a publication or registration number of its own, and one without is counted and passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.changes import Changes
from app.domain.findings import Finding
from app.domain.publication import may_be_shown
from app.domain.record import Record, Right
from app.errors import FileRefused, OfficeError
from app.progress import SILENT, Progress
from app.services import registers
from app.storage import collections as shelves
from app.storage.shelf import Coverage, MarkName, Put, Shelf
from search.text import keeping
from search.text.keeping import Standing

__all__ = [
    "Added",
    "Collection",
    "Coverage",
    "Refused",
    "Standing",
    "add",
    "create",
    "drop",
    "listed",
]

_BATCH = 500  # records of one transaction
CHANGED = Changes(frozenset({"collection"}))


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a member of one, that could not be read; the others came in."""

    file: str
    refusal: OfficeError

    def as_json(self) -> dict[str, object]:
        """The form of the command line."""
        return {"file": self.file, **self.refusal.as_json()}


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in a list. `indexes` are those it has; `engine` is the one that answers by itself."""

    name: str
    coverage: Coverage
    engine: str
    indexes: tuple[Standing, ...]
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did.

    added     records that were not here before (of a register: rows)
    updated   records that were here and said something else; the newer took the older one's place
    held      records that were here already, word for word
    skipped   records passed over: those `held`, and those without a number of their own (`unnumbered`)
    """

    collection: str
    added: int
    updated: int
    held: int
    unnumbered: int
    refused: tuple[Refused, ...]
    engine: str
    records: int
    coverage: Coverage
    findings: tuple[Finding, ...]
    changes: Changes

    @property
    def skipped(self) -> int:
        """How many records were passed over."""
        return self.held + self.unnumbered


def create(office_folder: Path, name: str) -> Collection:
    """Make an empty collection."""
    shelf = shelves.create(office_folder, name)
    try:
        return _described(shelf, CHANGED)
    finally:
        shelf.close()


def listed(office_folder: Path) -> tuple[Collection, ...]:
    """The collections of an office, by name."""
    found = []
    for name in shelves.names(office_folder):
        shelf = shelves.open_shelf(office_folder, name)
        try:
            found.append(_described(shelf, Changes()))
        finally:
            shelf.close()
    return tuple(found)


def drop(office_folder: Path, name: str) -> Changes:
    """Remove a collection with all that belongs to it."""
    shelves.drop(office_folder, name)
    return CHANGED


def add(office_folder: Path, name: str, paths: Iterable[Path], *, progress: Progress = SILENT) -> Added:
    """Read files into a collection and bring its index up to date.

    Files are read one after another and records kept in batches: stopping keeps what was finished,
    and adding the same files again changes nothing.
    """
    shelf = shelves.open_shelf(office_folder, name)
    try:
        shelves.refuse_unless_writable(shelf.folder)
        taking = _Taking(shelf, progress)
        for path in paths:
            taking.read(path)
        taking.keep()
        engine = keeping.chosen("auto", shelf.count())
        keeping.ready(shelf.folder, engine, shelf, progress).close()
        return Added(
            shelf.name,
            taking.counts[Put.NEW],
            taking.counts[Put.CHANGED],
            taking.counts[Put.SAME],
            taking.unnumbered,
            tuple(taking.refused),
            engine,
            shelf.count(),
            shelf.coverage(),
            tuple(taking.findings),
            CHANGED,
        )
    finally:
        shelf.close()


def _described(shelf: Shelf, changes: Changes) -> Collection:
    coverage = shelf.coverage()
    engine = keeping.chosen("auto", coverage.records)
    return Collection(shelf.name, coverage, engine, keeping.standing(shelf.folder, shelf), changes)


class _Taking:
    """One addition under way."""

    def __init__(self, shelf: Shelf, progress: Progress) -> None:
        self._shelf = shelf
        self._progress = progress
        self._waiting: list[tuple[Record, Path | None]] = []
        self.counts: Counter[Put] = Counter()
        self.unnumbered = 0
        self.refused: list[Refused] = []
        self.findings: list[Finding] = []

    def read(self, path: Path) -> None:
        """Take in one file or folder, whatever it is."""
        try:
            table, pictures = _register(path)
            if table is not None:
                self._take_rows(table, pictures)
                return
        except FileRefused as refusal:
            self.refused.append(Refused(str(path), refusal))
            return
        self._take_files(path)

    def keep(self) -> None:
        """Write what waits, in one transaction."""
        if not self._waiting:
            return
        records = [record for record, _image in self._waiting]
        done = self._shelf.put(records, [_names(record) for record in records])
        self.counts.update(fate for _row, fate in done)
        pictured = [
            (row, image) for (row, _fate), (_r, image) in zip(done, self._waiting, strict=True) if image
        ]
        self._waiting.clear()
        if pictured:
            from app.services import pictures

            self.findings.extend(pictures.keep(self._shelf, pictured, self._progress))

    def _take_rows(self, table: Path, pictures: Path | None) -> None:
        for row in registers.rows(table, pictures):
            self.findings.extend(row.findings)
            self._take(row.record, row.image)

    def _take_files(self, path: Path) -> None:
        from app.services import inspecting

        table = path.suffix.lower() == ".csv" and path.is_file()
        found = 0
        for event in inspecting.events([path], progress=self._progress, check=False):
            if isinstance(event, Record):
                found += 1
                self._take(event, None)
            elif isinstance(event, Finding):
                self.findings.append(event)
            elif isinstance(event, inspecting.Closed):
                if table and not found:
                    self.refused.append(Refused(event.file, _no_register(path)))
                elif event.refused is not None:
                    self.refused.append(Refused(event.file, event.refused))

    def _take(self, record: Record | None, image: Path | None) -> None:
        if record is None or not may_be_shown(record):
            self.unnumbered += 1
            return
        self._waiting.append((record, image))
        if len(self._waiting) >= _BATCH:
            self.keep()
            self._progress.step(self.counts.total(), None)


def _names(record: Record) -> list[MarkName]:
    """The names under which a mark (or an indication) is looked for, with their compared forms."""
    if record.right not in (Right.TRADE_MARK, Right.GEOGRAPHICAL_INDICATION):
        return []
    from search.marks.keys import keys_of

    shown = {record.mark.text} if record.mark and record.mark.text else set(record.titles.values())
    made = [(text, keys_of(text)) for text in sorted(shown) if text]
    return [MarkName(text, k.key, k.sound, k.skeleton, record.classes.nice) for text, k in made]


def _register(path: Path) -> tuple[Path | None, Path | None]:
    """The table of a register and the folder of its pictures; nothing for files of another kind."""
    if path.is_dir():
        table = registers.table_of(path)
        return table, path if table else None
    if path.suffix.lower() == ".csv" and path.is_file():
        try:
            columns = registers.columns_of(path)
        except FileRefused:
            return None, None  # not UTF-8: an export of a database, which says itself how it is written
        return (path, None) if registers.is_register(columns) else (None, None)
    return None, None


def _no_register(path: Path) -> OfficeError:
    """A table that is no export of a known database either: say what a register would need."""
    try:
        return registers.refusal(registers.columns_of(path))
    except FileRefused as unreadable:
        return unreadable
