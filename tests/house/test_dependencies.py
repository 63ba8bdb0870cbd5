"""What comes in with an installation: nothing heavy by a back door, everything pinned, hashed and ours."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROOT_PACKAGES = {"app", "ui", "search", "translate", "resources"}

# Gigabytes that stand one careless line away: `PySide6` brings a web browser, `argostranslate` brings torch.
UNWANTED = {"pyside6", "pyside6-addons", "torch", "spacy", "stanza", "argostranslate", "opencv-python"}


def pins() -> dict[str, dict[str, set[str]]]:
    """Part of constraints.txt -> name -> versions."""
    found: dict[str, dict[str, set[str]]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            part = found.setdefault(line[2:], {})
        elif "==" in line:
            name, version = line.split(" ", 1)[0].split("==")
            part.setdefault(canonicalize_name(name), set()).add(version)
    return found


def required(names: list[str], extra: str = "") -> set[str]:
    """Every distribution reached from the requirements `names` in this environment, with their extras."""
    reached: set[str] = set()
    waiting = [(Requirement(name), extra) for name in names]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, inside = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": inside}):
            continue
        name = canonicalize_name(requirement.name)
        reached.add(name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) in seen:
                continue
            seen.add((name, wanted))
            try:
                further = metadata.requires(name) or []
            except metadata.PackageNotFoundError:
                continue  # an extra that set-up leaves to the person (stores, ocr)
            waiting += [(Requirement(text), wanted) for text in further]
    return reached


def test_nothing_unwanted_is_pinned() -> None:
    """No pin, for any platform or Python."""
    named = {name for part in pins().values() for name in part}
    assert not named & UNWANTED


@pytest.mark.parametrize("extra", ["", *PROJECT["optional-dependencies"]])
def test_nothing_unwanted_is_required_by_any_path(extra: str) -> None:
    """Nor by what stands behind a requirement, as the installed packages themselves declare it."""
    names = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    assert not required(names) & UNWANTED


@pytest.mark.parametrize(
    ("part", "extras"), [("run", ("translation", "webdav")), ("test", ("translation", "webdav", "test"))]
)
def test_every_package_that_set_up_installs_is_pinned(part: str, extras: tuple[str, ...]) -> None:
    """pip is told to take nothing that is not in the list, so the list must be whole."""
    names = [*PROJECT["dependencies"], "hatchling", "editables", "pip"]
    for extra in extras:
        names += PROJECT["optional-dependencies"][extra]
    listed = set(pins()["run"]) | (set(pins()["test"]) if part == "test" else set())
    assert required(names) <= listed


def test_the_pins_keep_the_ranges_of_the_project() -> None:
    """A range changed in pyproject.toml without new pins would install what the range forbids."""
    listed = {name: versions for part in pins().values() for name, versions in part.items()}
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]:
        requirement = Requirement(text)
        for version in listed[canonicalize_name(requirement.name)]:
            assert requirement.specifier.contains(version), text


def test_every_pin_has_a_hash_and_no_address() -> None:
    """Exact version, SHA-256, nothing about where a file comes from."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert re.findall(r"^# .*", text, re.MULTILINE) == ["# run", "# test"]
    for block in re.split(r"\n(?=[a-z])", re.sub(r"^# .*\n", "", text, flags=re.MULTILINE)):
        assert re.match(
            r"[a-z0-9.-]+==\S+( ; [^@]+)? \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n*)+$", block
        ), block
    assert "://" not in text and "@" not in text


def test_no_other_distribution_claims_our_names() -> None:
    """The five root packages have plain names; another `search` beside ours would win or lose by luck."""
    claims = metadata.packages_distributions()
    for name in ROOT_PACKAGES:
        assert set(claims.get(name, [])) <= {"marula"}, f"{name} is also brought by {claims[name]}"
        assert Path(import_module(name).__file__ or "").parent == ROOT / name


def test_setters_of_qt_keep_none_whole() -> None:
    """PySide6 6.12.0 loses one reference to None in every setter and aborts Python 3.11 in the end.

    A later version may be taken when this passes with it. From Python 3.12 on None is immortal.
    """
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFont, QImage, QPainter, QPen

    if sys.version_info >= (3, 12):
        pytest.skip("None has no reference count from Python 3.12 on")
    thing, font, image = QObject(), QFont(), QImage(8, 8, QImage.Format.Format_RGB32)
    painter, pen = QPainter(image), QPen()

    def lost_in(rounds: int) -> int:
        before = sys.getrefcount(None)
        for _round in range(rounds):
            thing.setObjectName("x")
            font.setPixelSize(12)
            painter.setPen(pen)
        return before - sys.getrefcount(None)

    lost_in(10)  # the first calls fill tables of signatures
    lost = lost_in(1000)
    painter.end()
    assert abs(lost) < 100
