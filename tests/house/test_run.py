"""The one command: what it does again, what it leaves alone, what it says when the world is against it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["run.py", "pyproject.toml", "constraints.txt", "README.md", "LICENSE"]


def load(folder: Path) -> ModuleType:
    """run.py as it lies in `folder`, as a module."""
    spec = importlib.util.spec_from_file_location(
        "run_in_" + folder.name.replace(" ", "_"), folder / "run.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what set-up reads, in a folder whose name has a blank and an accent."""
    folder = tmp_path / "dossier d’été"
    folder.mkdir()
    for name in PARTS:
        shutil.copy(ROOT / name, folder / name)
    for package in ("app", "ui", "search", "translate", "resources"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text('__version__ = "0"\n', encoding="utf-8")
    return folder


@pytest.fixture
def run(checkout: Path) -> ModuleType:
    """That copy's run.py."""
    return load(checkout)


class Pip:
    """Stands where run.py calls pip; writes down what it was asked, and can fail like a pulled plug."""

    def __init__(self, fails_at: str = "") -> None:
        self.asked: list[str] = []
        self.fails_at = fails_at

    def __call__(self, verb: str, *words: str, title: str = "", source: Path | None = None) -> None:
        what = "editable" if "--editable" in words else Path(words[-1]).stem.removeprefix("marula-")
        self.asked.append(what)
        if what == self.fails_at:
            raise KeyboardInterrupt


def bare_venv(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let run.py make real environments, but quick ones without pip."""
    monkeypatch.setattr(run, "carried_pip", lambda source: Path("pip.whl"))
    monkeypatch.setattr(run, "has_pip", lambda source: True)
    monkeypatch.setattr(run, "libraries", lambda **asked: None)


def test_a_second_set_up_does_nothing(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parts once; then not even a look at pip."""
    bare_venv(run, monkeypatch)
    run.pip = pip = Pip()
    run.set_up()
    assert pip.asked == ["run", "editable"]
    run.set_up()
    assert pip.asked == ["run", "editable"]
    run.set_up(test=True)
    assert pip.asked == ["run", "editable", "test", "editable"]
    run.set_up()
    run.set_up(test=True)
    assert len(pip.asked) == 4


@pytest.mark.parametrize("file", ["constraints.txt", "pyproject.toml"])
def test_new_pins_are_installed_into_the_same_environment(
    run: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """What pip already has it keeps, so only the difference comes over the line."""
    bare_venv(run, monkeypatch)
    run.pip = pip = Pip()
    run.set_up()
    born = run.PYTHON.lstat().st_ino
    with (checkout / file).open("a", encoding="utf-8") as end:
        end.write("\n")
    run.set_up()
    assert pip.asked == ["run", "editable"] * 2
    assert run.PYTHON.lstat().st_ino == born


@pytest.mark.parametrize("part", ["run", "test", "editable"])
def test_an_interrupted_set_up_is_finished_by_the_next(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Nothing counts as done before its end."""
    bare_venv(run, monkeypatch)
    run.pip = Pip(fails_at=part)
    with pytest.raises(KeyboardInterrupt):
        run.set_up(test=True)
    run.pip = pip = Pip()
    run.set_up(test=True)
    assert pip.asked == ["run", "test", "editable"]


def test_half_an_environment_is_made_anew(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine went off while .venv was being made."""
    (run.VENV / "bin").mkdir(parents=True)
    bare_venv(run, monkeypatch)
    run.pip = Pip()
    run.set_up()
    assert subprocess.run([str(run.PYTHON), "-c", "pass"]).returncode == 0


def test_a_moved_checkout_gets_a_new_environment(
    run: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scripts inside would start the Python of the old place."""
    bare_venv(run, monkeypatch)
    run.pip = Pip()
    run.set_up()
    there = checkout.with_name("moved")
    checkout.rename(there)
    moved = load(there)
    bare_venv(moved, monkeypatch)
    moved.pip = pip = Pip()
    moved.set_up()
    assert pip.asked == ["run", "editable"]
    assert json.loads(moved.STAMP.read_text(encoding="utf-8"))["root"] == str(there)


def test_another_python_gets_a_new_environment(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wheels are for one Python only."""
    bare_venv(run, monkeypatch)
    run.pip = Pip()
    run.set_up()
    stamp = json.loads(run.STAMP.read_text(encoding="utf-8"))
    run.STAMP.write_text(json.dumps({**stamp, "python": "3.10"}), encoding="utf-8")
    run.pip = pip = Pip()
    run.set_up()
    assert pip.asked == ["run", "editable"]


def call(
    folder: Path, *words: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """run.py as a person calls it, with no package index but a closed door."""
    closed = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_NO_CACHE_DIR": "1",
    }
    command = [sys.executable, str(folder / "run.py"), *words]
    return subprocess.run(
        command,
        cwd=cwd or folder,
        env={**os.environ, **closed, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def test_without_a_network_it_says_so_and_what_to_do(checkout: Path, tmp_path: Path) -> None:
    """A plain refusal; a stick is the remedy."""
    done = call(checkout, "setup", cwd=tmp_path)
    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert "run.py bundle DIR" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_stick_without_the_packages_is_refused(checkout: Path, tmp_path: Path) -> None:
    """The folder's name, and how to make a better one."""
    stick = tmp_path / "clé USB"
    stick.mkdir()
    done = call(checkout, "setup", "--from", str(stick))
    assert done.returncode == 1
    assert str(stick) in done.stderr and "bundle" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--help"], 0),
        (["dmeo"], 2),
        (["setup", "--tset"], 2),
        (["bundle"], 1),
        (["setup", "--from", "nowhere"], 1),
    ],
)
def test_words_it_does_not_know(checkout: Path, words: list[str], status: int) -> None:
    """Usage in words, and nothing set up."""
    done = call(checkout, *words)
    assert done.returncode == status
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_this_checkout_is_set_up_once(tmp_path: Path) -> None:
    """`run.py setup --test` here, where it ran before the tests: not a file of .venv changes."""
    stamp = ROOT / ".venv" / "marula-setup.json"
    here = load(ROOT)
    if here.parts_done(here.stamped(), here.wanted()) != ["run", "test"]:
        pytest.skip("this environment was not made by run.py as it now stands")
    before = stamp.stat().st_mtime_ns
    done = call(ROOT, "setup", "--test", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert stamp.stat().st_mtime_ns == before


def test_set_up_leaves_the_repository_clean() -> None:
    """Everything it makes is named in .gitignore."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is not a clone")
    for name in (".venv/x", "build/x", "dist/x", "app/__pycache__/x.pyc", ".import_linter_cache/x"):
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT).returncode == 0, name


@pytest.mark.parametrize(
    ("heard", "says"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "no package index answers"),
        (
            "ERROR: Could not find a version\nERROR: No matching distribution found for typst",
            "no package index",
        ),
        ("error: something nobody thought of", "unfinished"),
    ],
)
def test_what_pip_says_is_put_plainly(run: ModuleType, heard: str, says: str) -> None:
    """Happened, left as it was, to do; the last lines of pip where nothing better is known."""
    message, remedy = run.why_pip_failed(heard, None)
    assert says in message and remedy


def test_missing_libraries_are_named_with_the_line_to_type(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person without root's rights gets one line to copy."""
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/" + name)
    run.debian(["libGL.so.1", "libxcb-cursor.so.0"], must=False)
    line = "sudo apt-get install -y --no-install-recommends libgl1 libxcb-cursor0"
    assert line in capsys.readouterr().err
    with pytest.raises(run.Refused, match=r"libGL\.so\.1") as refusal:
        run.debian(["libGL.so.1"], must=True)
    assert refusal.value.args[1].endswith(" libgl1")


def test_root_on_debian_installs_them(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Update, then install, nothing recommended."""
    typed: list[list[str]] = []
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(run, "run_quietly", lambda command, failed: typed.append(command))
    run.debian(["libEGL.so.1", "objcopy"], must=True)
    assert typed == [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "binutils", "libegl1"],
    ]


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"DISPLAY": ":0", "CI": "true"}, False),
    ],
)
def test_a_window_opens_only_where_somebody_looks(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], shown: bool
) -> None:
    """A display, and no automatic run."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(run.sys, "platform", "linux")
    assert run.has_display() is shown


def test_the_words_of_the_demonstration_pass_through(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--from` is run.py's own; the rest is for `marula demo`, and the window opens on what it left."""
    started: list[tuple[str, ...]] = []

    def start(program: Path, *words: str, environment: dict[str, str] | None = None) -> int:
        started.append((program.name, *words, *(environment or {}).values()))
        return 0

    monkeypatch.setattr(run, "set_up", lambda **asked: None)
    monkeypatch.setattr(run, "libraries", lambda **asked: None)
    monkeypatch.setattr(run, "start", start)
    monkeypatch.setattr(run, "has_display", lambda: True)
    run.demo(["--keep", "kept", "--from", str(run.ROOT), "--data", "files"])
    kept = Path("kept").resolve()
    assert started == [
        ("marula", "demo", "--keep", "kept", "--data", "files"),
        ("marula-desk", str(kept / "office")),
    ]


@pytest.mark.parametrize(
    ("words", "value", "rest"),
    [
        (["--keep", "d", "x"], "d", ["x"]),
        (["x", "--keep=d e"], "d e", ["x"]),
        (["x"], None, ["x"]),
        (["--keep"], None, ["--keep"]),
    ],
)
def test_value_of(run: ModuleType, words: list[str], value: str | None, rest: list[str]) -> None:
    """Both spellings of an option."""
    assert run.value_of(words, "--keep") == (value, rest)
