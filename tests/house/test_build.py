"""The program without Python: built as `run.py build` builds it, then used with nothing of ours around it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__

ROOT = Path(__file__).resolve().parents[2]


def run_py() -> object:
    """run.py as a module."""
    spec = importlib.util.spec_from_file_location("run_for_build", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the program, built once for all tests here."""
    here = run_py()
    if here.parts_done(here.stamped(), here.wanted()) != ["run", "test"]:  # type: ignore[attr-defined]
        pytest.skip("this environment was not made by run.py as it now stands")
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, str(ROOT / "run.py"), "build"]
    command += ["--distpath", str(folder / "dist"), "--workpath", str(folder / "work")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=1500)
    if "This system lacks" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
    return folder / "dist" / "marula"


def start(built: Path, program: str, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Start a program of the built folder: an empty home, and no network where the kernel lets us."""
    name = program + (".exe" if os.name == "nt" else "")
    command = [str(built / name), *words]
    alone = ["unshare", "-rn"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
        command = [*alone, *command]
    environment = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    if os.name == "nt":
        environment = {**os.environ, "LOCALAPPDATA": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        command,
        cwd=home,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=600,
    )


def test_it_says_its_version(built: Path, tmp_path: Path) -> None:
    """The command line starts."""
    done = start(built, "marula", "--version", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"marula {__version__}\n"), done.stderr


def test_it_opens_its_window(built: Path, tmp_path: Path) -> None:
    """The window paints itself and is photographed."""
    picture = tmp_path / "window.png"
    done = start(built, "marula-desk", "--photograph", str(picture), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_it_walks_the_day(built: Path, tmp_path: Path) -> None:
    """`demo`, from intake to the synced station, with the packs and the collection it carries."""
    kept = tmp_path / "kept"
    done = start(built, "marula", "--json", "demo", "--keep", str(kept), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["steps"]
    assert any((kept / "letters").glob("*.pdf"))
    verified = start(built, "marula", "--office", str(kept / "office"), "office", "verify", home=tmp_path)
    assert verified.returncode == 0, verified.stderr


def test_it_searches_at_once(built: Path, tmp_path: Path) -> None:
    """The published collection lies inside, with its Whoosh index: it answers before there is an office."""
    (ready,) = built.rglob("ready")
    before = {path: path.stat().st_mtime_ns for path in ready.rglob("*")}
    done = start(built, "marula", "--json", "search", "pump OR pompe", home=tmp_path)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["engine"] == "whoosh"
    assert answer["hits"]
    assert {path: path.stat().st_mtime_ns for path in ready.rglob("*")} == before, "the program's own folder"


def test_it_translates_at_once(built: Path, tmp_path: Path) -> None:
    """The French pack lies inside."""
    claim = tmp_path / "claim.txt"
    claim.write_text("1. Pompe comprenant un corps et un piston.\n", encoding="utf-8")
    done = start(
        built, "marula", "--json", "translate", str(claim), "--from", "fr", "--to", "en", home=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "pump" in json.loads(done.stdout)["text"].lower()


def test_it_has_no_benchmarks(built: Path, tmp_path: Path) -> None:
    """Sources stay at home; the refusal says so."""
    done = start(built, "marula", "bench", "start", home=tmp_path)
    assert done.returncode == 1
    assert "checkout" in done.stderr and "Traceback" not in done.stderr


def test_it_leaves_out_what_nobody_sees(built: Path) -> None:
    """Neither the GTK theme nor the inference engine of a sentence splitter we do not use."""
    names = {file.name for file in built.rglob("*") if file.is_file()}
    for part in ("libqgtk3", "libqeglfs", "onnxruntime", "torch", "QtWebEngine"):
        assert not [name for name in names if part in name], part
