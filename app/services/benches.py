"""Benchmarks of a checkout: which there are, and one run in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import OfficeError, _


def folder() -> Path:
    """`bench/` of this checkout. A copy without sources has none, which is refused."""
    place = Path(__file__).resolve().parents[2] / "bench"
    if getattr(sys, "frozen", False) or not place.is_dir():
        raise OfficeError(
            _("This copy of the program carries no benchmarks. Nothing was run."),
            _("Run them from a checkout of the sources: python3 run.py marula bench NAME"),
        )
    return place


def names() -> tuple[str, ...]:
    """The benchmarks there are, by name. A module that others share begins its docstring with “Shared”."""
    found = sorted(file for file in folder().glob("*.py"))
    return tuple(file.stem for file in found if not file.read_text(encoding="utf-8").startswith('"""Shared'))


def run(name: str, words: Sequence[str] = ()) -> None:
    """Run one benchmark; it prints its own table. Refused when there is none, or when it fails.

    A child process, so that its measurements are of a fresh interpreter and its libraries do not
    stay loaded in ours.
    """
    known = names()
    if name not in known:
        raise OfficeError(
            _("There is no benchmark {name}. Nothing was run.").format(name=name),
            _("There are: {names}.").format(names=", ".join(known)),
        )
    status = subprocess.run([sys.executable, str(folder() / f"{name}.py"), *words], check=False).returncode
    if status:
        raise OfficeError(
            _("The benchmark {name} stopped before its end (status {status}).").format(
                name=name, status=status
            ),
            _("What it printed above says why. No office was touched."),
        )
