"""The bundled typefaces: loaded at start, so that every script shows on a machine without fonts."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from app.paths import resources

# Body first; Qt falls back along the list for the other scripts.
FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Ethiopic",
    "Noto Sans Khmer",
)

REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
SMALL, BODY, SECTION, ROOM, TITLE = 12, 13, 15, 20, 24

_made: dict[tuple[int, int], QFont] = {}


def load() -> None:
    """Make the bundled faces known to Qt. Needs a running QGuiApplication."""
    for file in sorted((resources() / "fonts").glob("NotoSans*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def font(size: int = BODY, weight: int = REGULAR) -> QFont:
    """The window's face at `size` pixels, with figures of one width so that columns line up."""
    key = (size, weight)
    if key not in _made:
        made = QFont(list(FAMILIES))
        made.setPixelSize(size)
        made.setWeight(QFont.Weight(weight))
        made.setFeature(QFont.Tag("tnum"), 1)
        _made[key] = made
    return _made[key]
