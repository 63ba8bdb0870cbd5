"""What every answer keeps to: one document, one status, streams as they are, nothing written elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="streams and signals of POSIX")


@pytest.mark.parametrize(
    "words",
    [("--json", "limit", "2026-01-05", "1m"), ("limit", "--json", "2026-01-05", "1m"),
     ("limit", "2026-01-05", "1m", "--json"), ("limit", "--json", "--", "2026-01-05", "1m")],
)  # fmt: skip
def test_json_may_stand_anywhere_before_the_dashes(marula, words):
    answer = marula(*words)
    assert answer.status == 0 and answer.document["last_day"] == "2026-02-05" and not answer.err


def test_dashes_end_options(marula, tmp_path):
    answer = marula("inspect", "--", "--json")
    assert answer.status == 1 and "--json" in answer.out, "a file of that name is asked for"
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.out)
    answer = marula("--json", "inspect", "--", "-x", str(tmp_path / "--office"))
    assert [e["file"] for e in answer.document] == ["-x", str(tmp_path / "--office")]


@pytest.mark.parametrize(
    "words",
    [(), ("case",), ("nonsense",), ("limit",), ("limit", "a"), ("--office",), ("case", "show"),
     ("--office", "", "case", "list"), ("demo", "--keep"), ("inspect",), ("translate", "-"),
     ("letter", "preview", "a", "b"), ("search", "a", "--limit", "0"), ("search", "a", "--limit", "x")],
)  # fmt: skip
def test_usage_is_2_without_a_document(marula, words):
    answer = marula("--json", *words)
    assert answer.status == 2 and answer.err.strip() and "Traceback" not in answer.err
    assert not answer.out or answer.document["refused"]


@pytest.mark.parametrize("word", ["a\0b", "\ud800"])
def test_words_no_system_passes_are_usage(marula, word):
    for words in (("inspect", word), ("case", "find", word), ("office", "init", word)):
        assert marula("--json", *words).status == 2


def test_text_is_said_on_standard_output_and_trouble_on_standard_error(full, marula):
    said = marula("--office", str(full.folder), "case", "list")
    assert said.status == 0 and "XX/P/" in said.out and not said.err
    refused = marula("--office", str(full.folder), "case", "show", "nobody\x1b[31m")
    assert refused.status == 1 and not refused.out and "\x1b" not in refused.err
    assert len(refused.err.splitlines()) == 2, "what happened, and what to do"


@posix
@pytest.mark.parametrize("language", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_narrow_terminals_and_plain_languages(full, apart, tmp_path, language):
    given = {"LANG": language, "LC_ALL": language, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
             "COLUMNS": "40", "NO_COLOR": "1", "TERM": "dumb"}  # fmt: skip
    office = ("--office", str(full.folder))
    done = apart("--json", *office, "case", "list", cwd=tmp_path, **given)
    assert done.returncode == 0 and not done.stderr
    assert any("واحة" in c["title"] for c in json.loads(done.stdout)["cases"])
    done = apart(*office, "case", "list", cwd=tmp_path, **given)
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"\x1b" not in done.stdout
    done = apart("case", "--help", cwd=tmp_path, **given)
    assert done.returncode == 0 and max(map(len, done.stdout.splitlines())) <= 80


def shell(script, folder):
    """A line of shell with `marula` in it; (status, standard output, standard error)."""
    marula = f"{sys.executable} -m app.cli.main"
    done = subprocess.run(
        ["sh", "-c", script.replace("marula", marula).replace("OFFICE", str(folder))],
        capture_output=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@posix
@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("marula --office OFFICE case list | head -1", 0),
        ("marula --office OFFICE --json case list | head -c 5", 0),
        ("marula --office OFFICE case list >&-", 0),
        ("marula --office OFFICE --json case new patent --field title=a >&- 2>&-", 0),
        ("marula --office OFFICE case list <&-", 0),
        ("marula translate - --to en <&-", 1),
        ("marula --office OFFICE case show nobody 2>&-", 1),
    ],
)
def test_streams_that_are_not_there(desk, script, status):
    for _ in range(3):
        desk.done("case", "new", "patent", "--field", "title=T", "--field", "applicant=A")
    code, _out, err = shell(script, desk.folder)
    assert "Traceback" not in err and "Exception" not in err, err
    assert code == status
    assert desk.done("office", "verify")["ok"], "nothing was printed into the database"


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_answer_nobody_could_take_is_said(full):
    code, _out, err = shell("marula --office OFFICE case list > /dev/full", full.folder)
    assert code == 1 and "No space left" in err and "Traceback" not in err and "Exception" not in err


@posix
@pytest.mark.parametrize(
    ("words", "begun"),
    [
        (("intake", "{data}"), "office/blobs/*/*"),
        (("inspect", "{data}"), "printed"),
        (("demo", "--keep", "{keep}"), "keep/office/office.db"),
    ],
)
def test_ctrl_c_in_the_middle(new_office, samples, tmp_path, words, begun):
    """Stopped in words as soon as something was begun; the office stays whole."""
    desk = new_office().moved(tmp_path / "office")
    data = tmp_path / "data"
    data.mkdir()
    whole = (samples / "1-patent-hand-pump-st96.xml").read_text(encoding="utf-8")
    for number in range(400):
        one = whole.replace("2026/000412", f"2026/{number:06}").replace("2026000412", f"2026{number:06}")
        (data / f"{number:03}.xml").write_text(one, encoding="utf-8")
    given = [w.format(data=data, keep=tmp_path / "keep") for w in words]
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        running = subprocess.Popen(
            [sys.executable, "-u", "-m", "app.cli.main", "--json", "--office", str(desk.folder), *given],
            stdout=out, stderr=err, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        until = time.monotonic() + 60
        while not something(tmp_path, begun) and time.monotonic() < until:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        status = running.wait(timeout=60)
    said = (tmp_path / "err").read_text()
    assert status == 1 and "Traceback" not in said, said
    assert json.loads((tmp_path / "out").read_bytes()), "one whole document"
    assert desk.done("office", "verify")["ok"]
    kept = desk.done("case", "list")["cases"]
    assert len(kept) < 400 and all(desk.done("case", "show", c["id"])["documents"] for c in kept[:3])


def something(folder, begun):
    """Whether the job has begun: a file it makes is there, or it printed something."""
    if begun == "printed":
        return (folder / "out").stat().st_size > 0
    return next(folder.glob(begun), None) is not None


@posix
def test_nothing_is_written_elsewhere(apart, samples, tmp_path):
    """Home, XDG folders, temporary folder and current folder of its own; the checkout is looked at too."""
    names = ("home", "tmp", "here", "out", "data", "config", "cache", "state", "run")
    place = {name: tmp_path / name for name in names}
    for folder in place.values():
        folder.mkdir()
    place["run"].chmod(0o700)
    given = {"HOME": str(place["home"]), "TMPDIR": str(place["tmp"])}
    for name in ("data", "config", "cache", "state"):
        given[f"XDG_{name.upper()}_HOME"] = str(place[name])
    given["XDG_RUNTIME_DIR"] = str(place["run"])
    given["PYTHONDONTWRITEBYTECODE"] = "1"
    office, out = str(place["out"] / "office"), place["out"]
    root = samples.parents[2]
    before = snapshot(root)
    for words in (
        ("office", "init", office), ("intake", str(samples)), ("case", "list"), ("collection", "create", "c"),
        ("collection", "add", "c", str(samples.parent / "collection")), ("search", "pump"),
        ("mark", "find", "safi"), ("letter", "issue", "XX/P/2026/000001", "filing-receipt"),
        ("translate", str(samples.parent / "french-claims.txt"), "--to", "en"), ("pack", "list"),
        ("sync", str(out / "stick")), ("office", "verify"), ("inspect", str(samples)),
    ):  # fmt: skip
        done = apart("--json", "--office", office, *words, cwd=place["here"], **given)
        assert done.returncode == 0 or words[0] == "translate", (words, done.stderr[-800:], done.stdout)
        assert not any(place["here"].iterdir()), words
    assert {p.name for p in out.iterdir()} == {"office", "stick"}
    assert not any(place["tmp"].iterdir()), "temporary files are cleared away"
    changed = {p for p, mark in snapshot(root).items() if before.get(p) != mark}
    assert not [p for p in changed if p.suffix in {".db", ".xml", ".pdf", ".part", ".json", ".lock"}], changed


def snapshot(root):
    """What lies in the packages and their data, by size and time."""
    folders = ("app", "search", "translate", "resources")
    files = (p for name in folders for p in (root / name).rglob("*") if "__pycache__" not in p.parts)
    return {p: (p.stat().st_size, p.stat().st_mtime_ns) for p in files if p.is_file()}
