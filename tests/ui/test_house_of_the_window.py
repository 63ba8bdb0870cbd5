"""What the window is made of: icons that exist, faces that have the letters, no room without its name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from app.paths import resources
from ui import fonts, icons
from ui.shell.register import LOWER, ROOMS, UPPER, name_of

UI = Path(__file__).resolve().parents[2] / "ui"
ICONS = {file.stem for file in (resources() / "icons").glob("*.svg")}


def named_icons() -> set[str]:
    """Every text in the window's sources that is the name of an icon."""
    found = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_only_icons_that_are_used_are_kept() -> None:
    assert not ICONS - named_icons()


def test_every_icon_that_is_asked_for_is_there() -> None:
    asked = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                asked.add(str(node.value.value))
    assert asked - {""} <= ICONS


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_draws_something(name: str, looks: QApplication) -> None:
    drawn = icons.pixmap(name, "ink", 18, 2.0).toImage()
    assert drawn.width() == 36
    assert any(drawn.pixelColor(x, y).alpha() for x in range(36) for y in range(36))


@pytest.mark.parametrize("text", ["Évian ÀŒ№", "زهرة الوادي", "የቡና", "मरुला", "ម៉ារូឡា", "Привет Ωμέγα"])
def test_the_bundled_faces_have_the_letters(text: str, looks: QApplication) -> None:
    """Asked of the files themselves: the machine's own fonts would hide a gap."""
    faces = [QRawFont(str(f), 13) for f in sorted((resources() / "fonts").glob("NotoSans*.ttf"))]
    missing = [
        c for c in text if not c.isspace() and not any(face.supportsCharacter(ord(c)) for face in faces)
    ]
    assert not missing


def test_the_bundled_family_is_what_the_window_uses(looks: QApplication) -> None:
    assert "Noto Sans" in QFontDatabase.families()
    assert fonts.font().families()[0] == "Noto Sans"


def test_every_room_of_the_spine_has_a_name_and_an_icon() -> None:
    assert set(UPPER) | set(LOWER) == set(ROOMS)
    assert all(name_of(key) and ROOMS[key][2] in ICONS for key in ROOMS)
