"""The command line as others run it: words in, one status, one answer out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "demo" / "applications"


@dataclass(frozen=True)
class Answer:
    """What one command left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document; anything before or after it on standard output fails here."""
        return json.loads(self.out)

    @property
    def refused(self) -> dict[str, Any]:
        """The refusal, after looking at its form."""
        refused = self.document["refused"]
        assert self.status == 1, self
        assert refused["message"].strip() and refused["remedy"].strip(), refused
        assert "Traceback" not in self.err
        return refused


def marula(*words: str) -> Answer:
    """One command in this process, with streams as strict as those of a real one."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(list(words))
    printed = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]  # type: ignore[attr-defined]
    return Answer(status, *printed)


def apart(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One command in a process and an environment of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MARULA", "PYTEST", "COV"))}
    return subprocess.run(
        [sys.executable, "-m", "app.cli.main", *words],
        cwd=cwd, env={**kept, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, timeout=60,
    )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """An office and the words that lead to it."""

    folder: Path

    def __call__(self, *words: str) -> Answer:
        """A command on this office, with `--json`."""
        return marula("--json", "--office", str(self.folder), *words)

    def done(self, *words: str) -> Any:
        """The document of a command that must go through."""
        answer = self(*words)
        assert answer.status == 0, answer
        return answer.document

    def moved(self, folder: Path) -> Desk:
        """The same office in another folder."""
        shutil.move(self.folder, folder)
        return Desk(folder)


@pytest.fixture(scope="session", name="marula")
def _marula() -> Callable[..., Answer]:
    """Run one command in this process."""
    return marula


@pytest.fixture(scope="session", name="apart")
def _apart() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run one command in a process of its own."""
    return apart


@pytest.fixture(scope="session")
def samples() -> Path:
    """The six sample applications."""
    return SAMPLES


@pytest.fixture(scope="session")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    """Makes offices; each a copy of one that was made once."""
    first = tmp_path_factory.mktemp("first") / "office"
    assert marula("office", "init", str(first), "--officer", "Awa").status == 0

    def make() -> Desk:
        folder = tmp_path_factory.mktemp("made") / "office"
        shutil.copytree(first, folder)
        return Desk(folder)

    return make


@pytest.fixture
def desk(new_office: Callable[[], Desk]) -> Desk:
    """A new office of one's own."""
    return new_office()


@pytest.fixture(scope="module")
def full(new_office: Callable[[], Desk], samples: Path) -> Iterator[Desk]:
    """An office with the six applications, to read from."""
    office = new_office()
    assert office.done("intake", str(samples))["taken"] == 6
    yield office
