"""The indexes of the collections: how far each is, and bringing all of them up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.progress import SILENT, Progress
from app.storage import collections as shelves
from app.storage.shelf import Shelf
from search.text import keeping


@dataclass(frozen=True, slots=True)
class IndexState:
    """One index: its collection, engine, the records of the collection, whether it holds them all."""

    collection: str
    engine: str
    records: int
    current: bool


def states(office_folder: Path) -> tuple[IndexState, ...]:
    """Every index there is. Nothing is opened for writing."""
    found = []
    for shelf, engine in _each(office_folder):
        state = keeping.state_of(shelf.folder / engine, engine)
        current = state is not None and state.shelf == shelf.id and state.seq == shelf.seq
        found.append(IndexState(shelf.name, engine, shelf.count(), current))
    return tuple(found)


def catch_up(office_folder: Path, *, progress: Progress = SILENT) -> int:
    """Bring every index up to date, broken ones anew; how many there are."""
    count = 0
    for shelf, engine in _each(office_folder):
        keeping.ready(shelf.folder, engine, shelf, progress).close()
        count += 1
    return count


def _each(office_folder: Path) -> Iterator[tuple[Shelf, str]]:
    for name in shelves.names(office_folder):
        shelf = shelves.open_shelf(office_folder, name)
        try:
            for engine in keeping.ENGINES:
                if (shelf.folder / engine).is_dir():
                    yield shelf, engine
        finally:
            shelf.close()
