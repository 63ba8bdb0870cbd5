"""Every room stands, in both themes and both directions, and each control has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

from ui import theme
from ui.shell.register import LOWER, UPPER
from ui.shell.window import Window, speak

if TYPE_CHECKING:
    from tests.ui.conftest import Seat

ROOMS = (*UPPER, *LOWER)


def test_every_room_is_entered_and_every_control_has_a_name(seat: Seat) -> None:
    """What a screen reader says of buttons, fields, lists and panes is never nothing."""
    for room in ROOMS:
        there = seat.go(room)
        assert there.key == room
        assert seat.frame.top.title.text() == there.title()
        assert seat.frame.spine.items[room].isChecked()
        assert not there.strip.message, room
        assert not nameless(seat.window), room


def test_a_case_has_names_on_every_tab(seat: Seat) -> None:
    room = seat.go("case", seat.case("pump"))
    for tab in room.view.pages:
        room.view.turn(tab)
        seat.rest()
        assert not nameless(seat.window), tab


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if needs_name(widget) and not spoken(widget)
    ]


def needs_name(widget: QWidget) -> bool:
    whole = widget.window()
    if (
        not isinstance(whole, Window)
        or not widget.isVisibleTo(whole)
        or widget.objectName().startswith("qt_")
    ):
        return False
    if isinstance(
        widget, QAbstractButton | QAbstractItemView | QLineEdit | QPlainTextEdit | QComboBox | QSplitter
    ):
        return not isinstance(widget.parentWidget(), QComboBox)
    return isinstance(widget, QScrollArea | QAbstractScrollArea)


def spoken(widget: QWidget) -> str:
    known = QAccessible.queryAccessibleInterface(widget)
    inherited = widget.parentWidget().accessibleName() if widget.parentWidget() else ""
    said = known.text(QAccessible.Text.Name) if known else ""
    # The field inside a day or a number speaks by the name of what it is part of.
    return said or (inherited if isinstance(widget, QLineEdit) else "")


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
def test_secondary_text_stands_out_from_its_ground(mode: theme.Mode) -> None:
    """Contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3) for every text colour on its grounds."""
    t = theme.wanted(mode)
    pairs = [
        (t.ink, t.sheet),
        (t.ink, t.ground),
        (t.ink2, t.sheet),
        (t.ink2, t.ground),
        (t.ink2, t.quiet),
        (t.accent, t.sheet),
        (t.on_accent, t.accent),
        (t.red, t.red_soft),
        (t.amber, t.amber_soft),
        (t.green, t.green_soft),
        (t.spine_ink2, t.spine),
        (t.spine_ink, t.spine_chosen),
        (t.ink, t.accent_soft),
    ]
    weak = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5]
    assert not weak


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_the_theme_changes_at_once(seat: Seat) -> None:
    seat.go("docket")
    corner = seat.window.grab().toImage().pixelColor(300, 400).name()
    seat.window.change_theme(theme.Mode.DARK)
    seat.rest()
    assert theme.is_dark()
    assert seat.window.grab().toImage().pixelColor(300, 400).name() != corner


def test_arabic_mirrors_the_window_and_keeps_numbers(seat: Seat, looks: QApplication) -> None:
    speak(looks, "ar")
    seat.window.enter(seat.desk)
    seat.rest()
    frame = seat.window.pages.currentWidget()
    assert looks.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert frame.spine.x() > frame.width() / 2, "the spine stands on the right"
    assert frame.top.title.text() == "جدول الأعمال"
    assert frame.room.detail.number.text().startswith("\u2066XX/"), "numbers are isolates"


def test_no_room_asks_for_more_than_a_small_window(seat: Seat) -> None:
    seat.window.resize(1024, 700)
    for room in ROOMS:
        seat.go(room)
        hint = seat.frame.minimumSizeHint()
        assert hint.width() <= 1024 and hint.height() <= 700, (room, hint)
    assert (seat.window.width(), seat.window.height()) == (1024, 700)
