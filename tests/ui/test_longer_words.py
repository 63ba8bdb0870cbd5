"""A language that needs 40 % more room: no word on a button and no label is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app import errors
from ui.shell.register import LOWER, UPPER
from ui.widgets.choicebutton import ChoiceButton
from ui.widgets.pieces import Button, ElidedLabel

if TYPE_CHECKING:
    from tests.ui.conftest import Seat


class Longer:
    """Every sentence with 40 % more letters; gaps stay as they are."""

    def gettext(self, sentence: str) -> str:
        letters = len(sentence)
        return sentence if letters < 2 else sentence + "ä" * max(1, round(letters * 0.4))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


def test_longer_words_are_not_cut(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_catalogue", Longer())
    seat.window.enter(seat.desk)
    seat.rest()
    frame = seat.window.pages.currentWidget()
    assert frame.top.title.text().endswith("ä"), "the longer language is spoken"
    cut = []
    for room in (*UPPER, *LOWER):
        frame.go(room)
        seat.rest()
        cut += [f"{room}: {said}" for said in cut_in(frame.room)]
    frame.go("case", seat.case("pump"))
    seat.rest()
    for tab in frame.room.view.pages:
        frame.room.view.turn(tab)
        seat.rest()
        cut += [f"case {tab}: {said}" for said in cut_in(frame.room)]
    assert not cut


def cut_in(room: QWidget) -> list[str]:
    """Buttons and single-line labels whose words are wider than they are."""
    found = []
    for widget in room.findChildren(QWidget):
        if not widget.isVisibleTo(room) or isinstance(widget, ElidedLabel | ChoiceButton):
            continue
        if isinstance(widget, QPushButton):
            room_for = widget.width() - (18 + 5 if isinstance(widget, Button) and widget._icon else 0)
            words = widget.text().replace("&&", "&")
        elif isinstance(widget, QLabel) and not widget.wordWrap() and "\n" not in widget.text():
            room_for, words = widget.width() + 1, widget.text()
        else:
            continue
        if widget.fontMetrics().horizontalAdvance(words) > room_for:
            found.append(f"{type(widget).__name__} “{words}” {widget.width()} px")
    return found
