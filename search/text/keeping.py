"""Indexes that look after themselves: caught up, built anew when broken, swapped in one step.

An index is disposable. Beside it lies `state.json`, written after each commit; when the two do not
fit (killed in between, another version, another collection), the index is built anew in a folder of
its own and takes the old one's place by renaming.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.record import Record
from app.errors import Cancelled, OfficeError, _
from app.progress import Progress
from search.text.analyser import VERSION
from search.text.documents import Doc, doc_of
from search.text.index import FORMAT, Fetch, SearchIndex, State

ENGINES = {"whoosh": "Whoosh-Reloaded", "tantivy": "tantivy"}  # engine -> its distribution
COMFORTABLE = 30_000  # records up to which Whoosh answers briskly
_BATCH = 5_000  # records a commit when catching up

T = TypeVar("T")


class Shelf(Protocol):
    """The records of one collection, as the indexes need them.

    id                 the same for as long as the collection exists
    seq                rises with every record that comes in or changes
    records_after(n)   seq, row and record of all whose seq is greater than n, in its order
    writing()          holds every other writer off; refuses when another does not let go
    """

    @property
    def id(self) -> str: ...

    @property
    def seq(self) -> int: ...

    def count(self) -> int: ...

    def record(self, row: int) -> Record: ...

    def records_after(self, seq: int) -> Iterator[tuple[int, int, Record]]: ...

    def writing(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """An index as it lies on the disk. `current`: nothing came into its collection since."""

    engine: str
    records: int
    current: bool


def standing(home: Path, shelf: Shelf) -> tuple[Standing, ...]:
    """The indexes a collection has, without opening them."""
    found = []
    for engine in ENGINES:
        state = state_of(home / engine, engine)
        if state is not None and state.shelf == shelf.id:
            found.append(Standing(engine, state.records, state.seq == shelf.seq))
    return tuple(found)


def chosen(engine: str, records: int) -> str:
    """The engine that answers: the one asked for, else by how many records there are."""
    if engine in ENGINES:
        return engine
    if engine != "auto":
        raise OfficeError(
            _("There is no search engine “{name}”. Nothing was searched.").format(name=engine),
            _("Choose auto, whoosh or tantivy."),
        )
    return "tantivy" if records > COMFORTABLE else "whoosh"


def reader(shelf: Shelf) -> Fetch:
    """Reads single records of a shelf, for what an engine cannot decide by itself."""
    return lambda row: doc_of(shelf.record(row), row)


def ask(home: Path, engine: str, shelf: Shelf, progress: Progress, question: Callable[[SearchIndex], T]) -> T:
    """The answer of an index that is up to date. A broken index is built anew, once, and asked again."""
    index = ready(home, engine, shelf, progress)
    try:
        return question(index)
    except (OfficeError, Cancelled):
        raise
    except Exception:  # whatever a damaged index makes its engine raise
        index.close()
        index = rebuild(home, engine, shelf, progress)
        return question(index)
    finally:
        index.close()


def ready(home: Path, engine: str, shelf: Shelf, progress: Progress) -> SearchIndex:
    """The index of `engine`, caught up with the shelf. While another program writes, as it stands."""
    index, state = _usable(home, engine, shelf)
    if index is not None and state is not None and _is_current(index, state, shelf):
        return index
    try:
        with shelf.writing():
            return _caught_up(home, engine, shelf, progress)
    except OfficeError:
        if index is None:
            raise
        return index


def rebuild(home: Path, engine: str, shelf: Shelf, progress: Progress) -> SearchIndex:
    """Build the index anew and put it in the old one's place."""
    with shelf.writing():
        return _rebuilt(home, engine, shelf, progress)


def _caught_up(home: Path, engine: str, shelf: Shelf, progress: Progress) -> SearchIndex:
    index, state = _usable(home, engine, shelf)  # another program may have done it meanwhile
    if index is None or state is None:
        return _rebuilt(home, engine, shelf, progress)
    while state.seq < shelf.seq:
        _apply(index, state, shelf, progress, _BATCH)
        _write_state(home / engine, engine, state)
    if not _is_current(index, state, shelf):
        index.close()
        return _rebuilt(home, engine, shelf, progress)
    return index


def _rebuilt(home: Path, engine: str, shelf: Shelf, progress: Progress) -> SearchIndex:
    fresh, old = home / f"{engine}.new", home / f"{engine}.old"
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    state = State(shelf=shelf.id)
    index = _opened(fresh, engine, state.languages)
    try:
        _apply(index, state, shelf, progress, None)
        _write_state(fresh, engine, state)
    except BaseException:
        index.close()
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    index.close()
    if (home / engine).exists():
        (home / engine).rename(old)
    fresh.rename(home / engine)
    shutil.rmtree(old, ignore_errors=True)
    return _opened(home / engine, engine, state.languages)


def _apply(index: SearchIndex, state: State, shelf: Shelf, progress: Progress, most: int | None) -> None:
    """Feed the index with what came after `state.seq`, at most so many records, in one commit."""
    total = shelf.count()
    index.apply(_counted(shelf.records_after(state.seq), state, progress, total, most))
    state.records = index.count()
    state.languages = set(index.languages)


def _counted(
    records: Iterable[tuple[int, int, Record]], state: State, progress: Progress, total: int, most: int | None
) -> Iterator[Doc]:
    last = state.seq
    for done, (own, row, record) in enumerate(records, 1):
        if done % 50 == 1:
            progress.step(done, total, _("indexing"))
        yield doc_of(record, row)
        last = own
        if most is not None and done >= most:
            break
    state.seq = last


def _usable(home: Path, engine: str, shelf: Shelf) -> tuple[SearchIndex | None, State | None]:
    """The index as it lies there, or nothing when it is missing, broken or of another make."""
    state = state_of(home / engine, engine)
    if state is None or state.shelf != shelf.id or state.seq > shelf.seq:
        return None, None
    try:
        return _opened(home / engine, engine, state.languages), state
    except Exception:  # each engine has its own ways to say that its files make no sense
        return None, None


def _is_current(index: SearchIndex, state: State, shelf: Shelf) -> bool:
    return state.seq == shelf.seq and index.count() == shelf.count()


def _opened(folder: Path, engine: str, languages: set[str]) -> SearchIndex:
    if engine == "tantivy":
        from search.text.tantivy_engine import TantivyIndex

        return TantivyIndex(folder, languages)
    from search.text.whoosh_engine import WhooshIndex

    return WhooshIndex(folder, languages)


def _make(engine: str) -> list[object]:
    """What must be the same for an index to be read: our format, our tokens, the engine's version."""
    return [FORMAT, VERSION, engine, version(ENGINES[engine])]


def state_of(folder: Path, engine: str) -> State | None:
    """How far the index in `folder` is; None where there is none of this make."""
    try:
        found = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        if found["make"] != _make(engine):
            return None
        return State(int(found["seq"]), int(found["records"]), set(found["languages"]), str(found["shelf"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no state: the index is built anew


def _write_state(folder: Path, engine: str, state: State) -> None:
    written = {
        "make": _make(engine),
        "seq": state.seq,
        "records": state.records,
        "languages": sorted(state.languages),
        "shelf": state.shelf,
    }
    fresh = folder / "state.json.new"
    fresh.write_text(json.dumps(written), encoding="utf-8")
    fresh.replace(folder / "state.json")
