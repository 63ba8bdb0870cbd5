"""How the files read: where they were written leaves no trace, everything public says what it is."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "search", "translate", "ui")
CODE = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))

# Written in pieces, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "python" + "hosted", "deb." + "debian.org", "registry." + "npmjs"]
PLACES = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "opt/", "C:\\" + "Users"]
TEXT = {".py", ".toml", ".txt", ".md", ".spec", ".typ", ".json", ".csv", ".po", ".xml", ".yml", ".cfg", ""}


def tracked() -> list[Path]:
    """The files of the repository; without git, every file that a fresh archive would hold."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        files = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        skip = {".venv", "__pycache__", "build", "dist", ".git", ".hypothesis", ".pytest_cache"}
        files = [file for file in ROOT.rglob("*") if not skip & set(file.relative_to(ROOT).parts)]
        files = [file for file in files if "_cache" not in str(file)]
    return [file for file in files if file.is_file() and file.suffix in TEXT]


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Functions and classes whose names do not begin with an underscore."""
    for node in body:
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if named and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("trace", [*HOSTS, *PLACES])
def test_no_trace_of_a_machine_or_a_package_host(trace: str) -> None:
    """Whoever clones this has other folders and another package index."""
    found = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if trace in file.read_text(encoding="utf-8", errors="ignore")
    ]
    assert not found


def test_every_module_and_public_name_says_what_it_is() -> None:
    """A docstring on each module, class and function that others may use.

    So do methods, but not those of a class that builds on another (a Qt widget, a protocol's implementation),
    which are described there, nor those whose few lines say as much as a sentence.
    """
    silent = []
    for file in [*CODE, ROOT / "run.py", *(ROOT / "bench").rglob("*.py")]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        where = file.relative_to(ROOT)
        if tree.body and not ast.get_docstring(tree):
            silent.append(f"{where}")
        for node in public(tree.body):
            if not ast.get_docstring(node):
                silent.append(f"{where}:{node.lineno} {node.name}")
            if isinstance(node, ast.ClassDef) and not node.bases:
                silent += [
                    f"{where}:{method.lineno} {node.name}.{method.name}"
                    for method in public(node.body)
                    if not ast.get_docstring(method) and len(method.body) > 3
                ]
    assert not silent, "\n".join(silent)


def test_files_and_functions_fit_a_reader() -> None:
    """About 300 lines a file of the program and 60 a function at most; run.py must stand alone."""
    long = []
    for file in CODE:
        text = file.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > 320:
            long.append(f"{file.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > 60:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}: {size} lines")
    assert not long, "\n".join(long)


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "XX" + "X:"])
def test_nothing_is_left_for_later_in_the_code(word: str) -> None:
    """What is not done yet is an issue, not a comment."""
    files = [*CODE, ROOT / "run.py", *(ROOT / "tests").rglob("*.py")]
    assert not [str(file) for file in files if word in file.read_text(encoding="utf-8")]


def test_no_folder_of_leftovers() -> None:
    """Modules are called by what they hold."""
    vague = re.compile(r"(utils?|helpers?|manager|misc|common)\.py$")
    assert not [str(file) for file in CODE if vague.search(file.name)]
