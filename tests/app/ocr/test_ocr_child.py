"""The child that reads: how it is started, from a checkout and frozen, and what it has given up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.imaging import wire
from app.ocr.engine import SWITCH
from app.ocr.tesseract import Tesseract

ROOT = Path(__file__).resolve().parents[3]


def test_it_is_started_as_the_child_that_draws_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wire.command("app.ocr.child", SWITCH) == [sys.executable, "-m", "app.ocr.child"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert wire.command("app.ocr.child", SWITCH) == [sys.executable, SWITCH]
    assert wire.command() == [sys.executable, wire.SWITCH]
    assert wire.environment()["OMP_THREAD_LIMIT"] == "1"


@pytest.mark.parametrize("switch", [SWITCH, wire.SWITCH])
@pytest.mark.usefixtures("english")
def test_a_frozen_program_with_a_switch_is_the_child(switch: str, tmp_path: Path) -> None:
    """The start of the built program, run by this Python; what follows without a switch is no module."""
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    found = re.search(r'^START = """(.*?)"""', spec, re.MULTILINE | re.DOTALL)
    assert found
    start = tmp_path / "start.py"
    start.write_text(found[1].replace("{module}", "no_such_program"), encoding="utf-8")
    command = [sys.executable, str(start), switch]
    done = subprocess.run(command, input=b"", env=wire.environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux shows the bounds of a process")
@pytest.mark.usefixtures("english")
def test_it_can_write_no_file_and_has_bounded_memory(scans: Any) -> None:
    with Tesseract() as engine:
        engine.read(scans.png("Word"), ["eng"])
        assert engine._child is not None
        process = engine._child._process.pid
        bounds = Path(f"/proc/{process}/limits").read_text(encoding="ascii")
        threads = len(list(Path(f"/proc/{process}/task").iterdir()))
    assert re.search(r"^Max file size +0 +0 ", bounds, re.MULTILINE)
    assert re.search(r"^Max address space +1610612736 +1610612736 ", bounds, re.MULTILINE)
    assert threads == 1
