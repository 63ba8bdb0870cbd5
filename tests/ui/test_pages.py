"""Words on pages: chosen between two points, copied as text, found."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from ui.widgets import pagewords
from ui.widgets.pagedesk import PageDesk
from ui.widgets.pagewords import Place


@dataclass(frozen=True)
class Word:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Page:
    width_pt: float
    height_pt: float
    png: bytes
    words: tuple[Word, ...]


def white() -> bytes:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return content.data()


def page(*lines: str) -> Page:
    words = [
        Word(text, 20 + 60 * n, 20 + 20 * y, 70 + 60 * n, 32 + 20 * y)
        for y, line in enumerate(lines)
        for n, text in enumerate(line.split())
    ]
    return Page(400, 200, white(), tuple(words))


PAGES = (page("Filing receipt", "Your application"), page("of Évian pump"))


@pytest.mark.parametrize(("x", "y", "word"), [
    (25, 25, 0), (100, 25, 1), (390, 25, 1), (25, 45, 2), (0, 199, 2), (120, 41, 3),
])  # fmt: skip
def test_the_nearest_word_is_on_the_line(x: float, y: float, word: int) -> None:
    assert pagewords.nearest(PAGES[0], x, y) == word


def test_no_word_on_an_empty_page() -> None:
    assert pagewords.nearest(page(), 10, 10) is None


def test_words_between_two_places_run_over_pages_in_either_direction() -> None:
    chosen = pagewords.between(PAGES, Place(1, 1), Place(0, 3))
    assert chosen == [Place(0, 3), Place(1, 0), Place(1, 1)]
    assert pagewords.text_of(PAGES, chosen) == "application\nof Évian"
    assert (
        pagewords.text_of(PAGES, pagewords.between(PAGES, Place(0, 0), Place(0, 3)))
        == "Filing receipt\nYour application"
    )


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("receipt", 1),
        ("RECEIPT", 1),
        ("ceip", 1),
        ("evian", 1),
        ("filing rec", 1),
        ("filing application", 0),
        ("", 0),
        ("your application", 1),
        ("receipt your", 1),
    ],
)
def test_find(wanted: str, count: int) -> None:
    assert len(pagewords.find(PAGES, wanted)) == count


def test_pages_are_searched_chosen_and_copied(qtbot: QtBot, looks: object) -> None:
    desk = PageDesk()
    qtbot.addWidget(desk)
    desk.resize(700, 500)
    desk.show()
    desk.hold("Receipt", PAGES)
    assert desk.where.text().startswith("page 1 of 2")
    qtbot.keyClicks(desk.field, "pump")
    assert desk.found.text() == "1 of 1"
    qtbot.keyClicks(desk.field, "x")
    assert desk.found.text() == "not found"
    view = desk.view
    view.verticalScrollBar().setValue(0)
    scale = view.scale
    rect = view._rect(0)
    start = QPoint(round(rect.x() + 22 * scale), round(rect.y() + 25 * scale))
    end = QPoint(round(rect.x() + 140 * scale), round(rect.y() + 25 * scale))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert view.chosen_text == "Filing receipt"
    view.copy()
    assert QGuiApplication.clipboard().text() == "Filing receipt"


def test_true_size_and_width(qtbot: QtBot, looks: object) -> None:
    desk = PageDesk()
    qtbot.addWidget(desk)
    desk.resize(700, 500)
    desk.show()
    desk.hold("Receipt", PAGES)
    fitting = desk.view.scale
    desk.view.true_size()
    screen = desk.screen().logicalDotsPerInch()
    assert desk.view.scale == pytest.approx(screen / 72)
    qtbot.keyClick(desk.view, Qt.Key.Key_0)
    assert desk.view.scale == pytest.approx(fitting)
