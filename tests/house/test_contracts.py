"""The arrows between the rooms, and what the inner rooms may import at all."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

# The rooms of plain Python: the standard library and one another.
PLAIN = [
    "app/domain",
    "app/history",
    "app/rules",
    "app/errors.py",
    "app/progress.py",
    "app/text.py",
    "app/paths.py",
]


def imports_of(file: Path) -> set[str]:
    """Every name that a file imports anywhere in it, types included."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports by dots; whole names are the house's way"
            names.add(node.module or "")
    return names


def test_import_contracts_hold() -> None:
    """`lint-imports`, with every contract of pyproject.toml."""
    done = subprocess.run(
        [str(BIN / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", PLAIN)
def test_plain_rooms_need_the_standard_library_alone(room: str) -> None:
    """Law, log and records must be readable, and run, without a single wheel."""
    place = ROOT / room
    files = [place] if place.suffix else sorted(place.rglob("*.py"))
    for file in files:
        foreign = {n.split(".")[0] for n in imports_of(file)} - set(sys.stdlib_module_names) - {"app"}
        assert not foreign, f"{file.relative_to(ROOT)} imports {foreign}"


def test_resources_hold_data_only() -> None:
    """Nothing but the empty module that makes the folder findable."""
    code = list((ROOT / "resources").rglob("*.py"))
    assert code == [ROOT / "resources" / "__init__.py"]
    tree = ast.parse(code[0].read_text(encoding="utf-8"))
    assert all(isinstance(node, ast.Expr) for node in tree.body)


@pytest.mark.parametrize("tool", [["ruff", "check", "--no-cache", "."], ["mypy", "--no-error-summary"]])
def test_style_and_types(tool: list[str], tmp_path: Path) -> None:
    """`ruff check` and `mypy`, with the rules of pyproject.toml."""
    command = [str(BIN / tool[0]), *tool[1:], *(["--cache-dir", str(tmp_path)] if tool[0] == "mypy" else [])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
