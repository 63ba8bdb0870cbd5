"""`marula inspect`: its JSON, its words, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run

SAMPLES = Path(__file__).parents[2] / "data" / "standards"
ROOT = Path(__file__).parents[3]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = run(["inspect", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_json_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    status, entries = asked(capsys, str(SAMPLES / "us-weekly.xml"))
    assert status == 0
    assert set(entries[0]) == {"file", "format", "records", "findings", "refused"}
    assert entries[0]["refused"] is None
    assert [r["publication_number"] for r in entries[0]["records"]] == ["D999001", "7999002", "PP12345"]
    assert any(f["severity"] == "error" and "21" in f["where"] for f in entries[0]["findings"])


def test_exit_is_1_exactly_when_every_entry_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    status, entries = asked(capsys, str(empty), str(tmp_path / "missing"))
    assert status == 1
    assert [set(e["refused"]) for e in entries] == [{"message", "line", "remedy"}] * 2
    status, entries = asked(capsys, str(empty), str(SAMPLES / "st66-us.xml"))
    assert status == 0
    assert [e["refused"] is None for e in entries] == [False, True]


def test_no_paths_is_a_usage_error() -> None:
    assert run(["inspect"]) == 2


def test_words_for_a_person(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty.xml").write_bytes(b"")
    assert run(["inspect", str(SAMPLES / "ep-full-text.xml"), str(tmp_path / "empty.xml")]) == 0
    said = capsys.readouterr().out
    for word in (
        "Séchoir",
        "999001",
        "08999001",
        "Ancien Deposant S.A.",
        "F26B 9/06",
        "2 claims (fr)",
        "Refused",
        "1 refused",
    ):
        assert word in said


def test_names_that_are_no_text_survive(tmp_path: Path) -> None:
    name = os.fsdecode(b"raw\xff.xml")
    (tmp_path / name).write_bytes((SAMPLES / "st66-us.xml").read_bytes())
    for words in (["--json"], []):
        done = subprocess.run(
            [sys.executable, "-m", "app.cli.main", "inspect", os.fsencode(tmp_path / name), *words],
            capture_output=True, cwd=ROOT, timeout=60, env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", "inspect", "--json", os.fsencode(tmp_path / name)],
        capture_output=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert json.loads(done.stdout)[0]["file"] == str(tmp_path / name)


def test_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(SAMPLES.parent.rglob("*"))
    run(["inspect", str(SAMPLES)])
    assert sorted(SAMPLES.parent.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []
