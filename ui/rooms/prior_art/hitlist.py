"""The list of hits: category, title with found words, number, day, and the place that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.errors import _
from ui import icons, words
from ui.fonts import BODY, MEDIUM, SEMIBOLD, SMALL, font
from ui.models.hits import HIT, RATING, SEEN, HitsModel, number_of
from ui.rooms.case.overview import category_tone
from ui.theme import Tone, colour, tokens
from ui.widgets import painting
from ui.widgets.painting import Mirror
from ui.widgets.reading import concept_colour

if TYPE_CHECKING:
    from app.services.searching import Hit


class Mark(Protocol):
    """A found word: where it stands and which concept it answers."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def concept(self) -> int: ...


HEIGHT, BOX, LEFT = 84, 28, 58
_ENDLESS = 1e6
Index = QModelIndex | QPersistentModelIndex
Places = Sequence[tuple[int, int, int]]


class HitDelegate(QStyledItemDelegate):
    """Paints one hit in four lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(HIT)
        rect = option.rect
        mirror = Mirror(rect, option.direction)
        painter.save()
        painting.row_state(painter, rect, option.state, mirror)
        painting.hairline(painter, rect.left(), rect.bottom(), rect.right())
        self._box(painter, mirror, index.data(RATING))
        seen = bool(index.data(SEEN))
        eye = mirror.rect(16 + (BOX - 16) / 2, 46, 16, 16)
        icons.paint(painter, "eye" if seen else "circle", eye, "ink2" if seen else "edge")
        wide = rect.width() - LEFT - 14
        title = mirror.rect(LEFT, 8, wide, 20)
        marked(
            painter, title, hit.title or _("(no title)"), _places(hit.title_marks), font(BODY, MEDIUM), "ink"
        )
        day = hit.date
        room = painting.width_of(day, font(SMALL))
        second = mirror.rect(LEFT, 28, wide - room - 8, 18)
        painting.text(painter, second, words.isolate(number_of(hit)), font(SMALL), "ink2", mirror.leading)
        end = mirror.rect(LEFT + wide - room, 28, room, 18)
        painting.text(painter, end, day, font(SMALL), "ink2", mirror.trailing)
        below = mirror.rect(LEFT, 46, wide, 34)
        marked(painter, below, hit.snippet, _places(hit.marks), font(SMALL), "ink2", lines=2)
        painter.restore()

    @staticmethod
    def _box(painter: QPainter, mirror: Mirror, rating: str) -> None:
        """The category box; empty where the hit is not cited."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = mirror.rect(16, 10, BOX, BOX)
        tone = category_tone(rating)
        painter.setPen(Qt.PenStyle.NoPen if rating else QPen(colour("edge"), 1))
        painter.setBrush(QColor(tokens().soft_of(tone) if rating else tokens().sheet))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if rating:
            ink = tokens().ink_of(tone if tone is not Tone.QUIET else Tone.QUIET)
            painting.text(painter, place, rating, font(15, SEMIBOLD), ink, Qt.AlignmentFlag.AlignHCenter)


def _places(marks: Sequence[Mark]) -> Places:
    return [(m.start, m.end, m.concept) for m in marks]


def marked(
    painter: QPainter, rect: QRectF, text: str, places: Places, face: QFont, shade: str, lines: int = 1
) -> None:
    """Text in at most so many lines, the last one shortened, found words on the ground of their concept."""
    shown = _shortened(text.replace("\n", " "), face, rect.width(), lines)
    fitting = [(start, end, concept) for start, end, concept in places if end < len(shown) or shown == text]
    layout, _last = _broken(shown, face, rect.width(), lines, fitting)
    painter.setPen(colour(shade))
    layout.draw(painter, rect.topLeft())


def _shortened(text: str, face: QFont, width: float, lines: int) -> str:
    _layout, last = _broken(text, face, width, lines, ())
    rest = QFontMetricsF(face).elidedText(text[last:], Qt.TextElideMode.ElideRight, width)
    return text[:last] + rest


def _broken(text: str, face: QFont, width: float, lines: int, places: Places) -> tuple[QTextLayout, int]:
    """The text in lines, and where the last of them begins."""
    layout = QTextLayout(text, face)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    layout.setFormats([_ground(start, end, concept) for start, end, concept in places])
    layout.beginLayout()
    y, last = 0.0, 0
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        # The last line takes all that is left; it was shortened to fit before it is drawn.
        line.setLineWidth(width if number < lines - 1 else _ENDLESS)
        line.setPosition(QPointF(0, y))
        y += line.height()
        last = line.textStart()
    layout.endLayout()
    return layout, last


def _ground(start: int, end: int, concept: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    shade = QTextCharFormat()
    shade.setBackground(QColor(concept_colour(concept)))
    shade.setForeground(colour("ink"))
    made.format = shade
    return made


class HitList(QListView):
    """`chosen(hit)` follows the current row; `rated(category)` is x, y or a; `opened` Enter."""

    chosen = Signal(object)
    rated = Signal(str)
    opened = Signal(object)
    near_end = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self._delegate = HitDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Hits"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(
            lambda now, _before: self.chosen.emit(self.hits.hit(now))
        )
        self.doubleClicked.connect(lambda index: self.opened.emit(self.hits.hit(index)))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def choose(self, row: int) -> None:
        """Choose a row."""
        if 0 <= row < self.hits.rowCount():
            self.setCurrentIndex(self.hits.index(row))

    @property
    def current(self) -> Hit | None:
        """The chosen hit."""
        return self.hits.hit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        letters = {int(Qt.Key.Key_X): "X", int(Qt.Key.Key_Y): "Y", int(Qt.Key.Key_A): "A"}
        if key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.choose(row + 1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.choose(max(row - 1, 0))
        elif key in letters and not event.modifiers():
            self.rated.emit(letters[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - HEIGHT:
            self.near_end.emit()
