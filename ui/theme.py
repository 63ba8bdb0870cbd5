"""Colours by meaning, light and dark, and the style sheet made from them.

Painters ask `tokens()` each time they paint, so a change of theme needs nothing but a repaint.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.fonts import BODY, REGULAR, font
from ui.stylesheet import sheet


class Mode(StrEnum):
    """What the person chose; `system` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a colour says. Nothing is coloured that says nothing."""

    QUIET = "quiet"
    ACCENT = "accent"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, `#RRGGBB`."""

    ground: str
    sheet: str
    ink: str
    ink2: str
    line: str
    quiet: str
    edge: str
    accent: str
    accent_soft: str
    on_accent: str
    spine: str
    spine_chosen: str
    spine_ink: str
    spine_ink2: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    thumb: str
    concept1: str
    concept2: str
    concept3: str

    def ink_of(self, tone: Tone) -> str:
        """The text colour of a tone."""
        return self.ink2 if tone is Tone.QUIET else str(getattr(self, tone))

    def soft_of(self, tone: Tone) -> str:
        """The ground colour of a tone."""
        return self.quiet if tone is Tone.QUIET else str(getattr(self, f"{tone}_soft"))

    def as_dict(self) -> dict[str, str]:
        """Name to colour, for the style sheet."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


LIGHT = Tokens(
    ground="#F6F7F9",
    sheet="#FFFFFF",
    ink="#1B2430",
    ink2="#5A6675",
    line="#E1E5EA",
    quiet="#EEF1F4",
    edge="#CBD2DA",
    accent="#0F5C6E",
    accent_soft="#E3F0F2",
    on_accent="#FFFFFF",
    spine="#10343D",
    spine_chosen="#1D4D58",
    spine_ink="#FFFFFF",
    spine_ink2="#C3D3D7",
    red="#B3261E",
    red_soft="#FBE9E7",
    amber="#8A5A00",
    amber_soft="#FFF3D6",
    green="#1F6B3A",
    green_soft="#E4F3E8",
    thumb="#A3AEBA",
    concept1="#CDE8EC",
    concept2="#FFE7A6",
    concept3="#E4DAF7",
)

DARK = Tokens(
    ground="#14191F",
    sheet="#1B222A",
    ink="#E6EBF0",
    ink2="#9AA7B4",
    line="#2B343E",
    quiet="#27303A",
    edge="#3A4550",
    accent="#5BB6C9",
    accent_soft="#1D3B42",
    on_accent="#0B1B20",
    spine="#0E1A1E",
    spine_chosen="#1C3A42",
    spine_ink="#FFFFFF",
    spine_ink2="#B4C4C9",
    red="#FF8A80",
    red_soft="#3B1F1F",
    amber="#F2C25C",
    amber_soft="#3A2F17",
    green="#7FD19A",
    green_soft="#1C3325",
    thumb="#5A6875",
    concept1="#1F4A53",
    concept2="#5A4614",
    concept3="#43356A",
)

_current = LIGHT


def tokens() -> Tokens:
    """The colours now."""
    return _current


def colour(name: str) -> QColor:
    """One colour now, by token name or `#RRGGBB`."""
    return QColor(name if name.startswith("#") else getattr(_current, name))


def is_dark() -> bool:
    """Whether the dark theme is on."""
    return _current is DARK


def wanted(mode: Mode) -> Tokens:
    """The tokens a mode asks for."""
    if mode is Mode.SYSTEM:
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if mode is Mode.DARK else LIGHT


def apply(app: QApplication, mode: Mode) -> None:
    """Put a theme on the whole program, at once. What is on already is not put on again: every step has
    each widget measured anew."""
    global _current
    wanted_now = wanted(mode)
    if not app.property("dressed"):
        app.setProperty("dressed", True)
        app.setStyle("Fusion")
        app.setFont(font(BODY, REGULAR))
    written = sheet(wanted_now.as_dict())
    if wanted_now is _current and app.styleSheet() == written:
        return
    _current = wanted_now
    app.setPalette(_palette(_current))
    app.setStyleSheet(written)
    for widget in app.allWidgets():
        widget.update()


def _palette(t: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: t.ground,
        QPalette.ColorRole.WindowText: t.ink,
        QPalette.ColorRole.Base: t.sheet,
        QPalette.ColorRole.AlternateBase: t.quiet,
        QPalette.ColorRole.Text: t.ink,
        QPalette.ColorRole.PlaceholderText: t.ink2,
        QPalette.ColorRole.Button: t.sheet,
        QPalette.ColorRole.ButtonText: t.ink,
        QPalette.ColorRole.Highlight: t.accent_soft,
        QPalette.ColorRole.HighlightedText: t.ink,
        QPalette.ColorRole.ToolTipBase: t.sheet,
        QPalette.ColorRole.ToolTipText: t.ink,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.Mid: t.line,
        QPalette.ColorRole.Accent: t.accent,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(t.ink2))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(t.ink2))
    return palette
