"""Indexes are disposable: they catch up, are built anew when they no longer fit, and survive a kill."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from app.domain.record import Record, RecordKind, Right
from app.errors import OfficeError, StorageRefused
from app.progress import SILENT, Cancelled
from search.query.parser import parse
from search.text import keeping

ENGINES = ("whoosh", "tantivy")


class Records:
    """A shelf in memory."""

    id = "shelf"

    def __init__(self, titles: list[str]) -> None:
        self.titles = titles
        self.busy = False

    @property
    def seq(self) -> int:
        return len(self.titles)

    def count(self) -> int:
        return len(self.titles)

    def record(self, row: int) -> Record:
        number = str(row)
        titles = {"en": self.titles[row - 1]}
        return Record(Right.PATENT, RecordKind.PUBLICATION, publication_number=number, titles=titles)

    def records_after(self, seq: int) -> Iterator[tuple[int, int, Record]]:
        for row in range(seq + 1, len(self.titles) + 1):
            yield row, row, self.record(row)

    def writing(self) -> AbstractContextManager[None]:
        return _refused() if self.busy else nullcontext()


@contextmanager
def _refused() -> Iterator[None]:
    raise StorageRefused("Another program writes.", "Wait.")
    yield


def rows(home: Path, engine: str, shelf: Records, query: str = "pump") -> list[int]:
    node = parse(query)
    return sorted(
        keeping.ask(home, engine, shelf, SILENT, lambda index: index.rows(node, keeping.reader(shelf)))
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_index_is_built_and_catches_up(engine, tmp_path):
    shelf = Records(["solar pump", "loom"])
    assert rows(tmp_path, engine, shelf) == [1]
    shelf.titles.append("hand pump")
    assert [one.current for one in keeping.standing(tmp_path, shelf)] == [False]
    assert rows(tmp_path, engine, shelf) == [1, 3]
    assert keeping.standing(tmp_path, shelf) == (keeping.Standing(engine, 3, True),)


def _no_state(folder: Path) -> None:
    (folder / "state.json").unlink()


def _torn_state(folder: Path) -> None:
    (folder / "state.json").write_text('{"make": [', encoding="utf-8")


def _other_version(folder: Path) -> None:
    state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    state["make"][3] = "0.1"
    (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")


def _emptied(folder: Path) -> None:
    for file in folder.iterdir():
        if file.name != "state.json":
            file.write_bytes(b"")


def _lost_files(folder: Path) -> None:
    for file in folder.iterdir():
        if file.name != "state.json":
            file.unlink()


# Whoosh forgets to close a table of contents that makes no sense to it.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", [_no_state, _torn_state, _other_version, _emptied, _lost_files])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_index_that_does_not_fit_is_built_anew(engine, damage, tmp_path):
    shelf = Records(["solar pump", "loom", "hand pump"])
    assert rows(tmp_path, engine, shelf) == [1, 3]
    damage(tmp_path / engine)
    assert rows(tmp_path, engine, shelf) == [1, 3]
    assert sorted(p.name for p in tmp_path.iterdir()) == [engine]


@pytest.mark.parametrize("engine", ENGINES)
def test_while_another_writes_the_index_answers_as_it_stands(engine, tmp_path):
    shelf = Records(["solar pump"])
    assert rows(tmp_path, engine, shelf) == [1]
    shelf.titles.append("hand pump")
    shelf.busy = True
    assert rows(tmp_path, engine, shelf) == [1]
    with pytest.raises(OfficeError):
        rows(tmp_path / "elsewhere", engine, shelf)


class _Stopping:
    """Stops the job at its second look."""

    def __init__(self) -> None:
        self.looks = 0

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.looks += 1
        if self.looks > 1:
            raise Cancelled


@pytest.mark.parametrize("engine", ENGINES)
def test_stopping_leaves_the_index_before(engine, tmp_path):
    shelf = Records(["solar pump"])
    assert rows(tmp_path, engine, shelf) == [1]
    shelf.titles += [f"pump {n}" for n in range(200)]
    with pytest.raises(Cancelled):
        keeping.ready(tmp_path, engine, shelf, _Stopping())
    assert keeping.standing(tmp_path, shelf)[0].records == 1
    assert len(rows(tmp_path, engine, shelf)) == 201


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r}); sys.path.insert(0, {here!r})
from test_keeping import Records
from app.progress import SILENT
from search.text import keeping
shelf = Records([f"pump {{n}}" for n in range(50)])
home = Path({home!r})
keeping.ready(home, {engine!r}, shelf, SILENT).close()
print("ready", flush=True)
while True:
    shelf.titles += [f"pump {{n}}" for n in range(60)]
    keeping.ready(home, {engine!r}, shelf, SILENT).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that cannot be caught")
@pytest.mark.parametrize("engine", ENGINES)
def test_a_killed_writer_leaves_an_index_that_goes_on(engine, tmp_path):
    here = Path(__file__).parent
    code = _WRITER.format(root=str(here.parents[1]), here=str(here), home=str(tmp_path), engine=engine)
    for pause in (0.05, 0.22):
        writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        shelf = Records([f"pump {n}" for n in range(3_000)])
        assert len(rows(tmp_path, engine, shelf)) == 3_000
        shelf = Records([f"pump {n}" for n in range(50)])
        assert len(rows(tmp_path, engine, shelf)) == 50  # a shelf with less in it: built anew


@pytest.mark.parametrize(
    ("asked", "records", "engine"),
    [
        ("auto", 30_000, "whoosh"),
        ("auto", 30_001, "tantivy"),
        ("whoosh", 90_000, "whoosh"),
        ("tantivy", 1, "tantivy"),
    ],
)
def test_the_engine_goes_by_the_size(asked, records, engine):
    assert keeping.chosen(asked, records) == engine


def test_an_unknown_engine_is_refused():
    with pytest.raises(OfficeError, match="lucene"):
        keeping.chosen("lucene", 1)
