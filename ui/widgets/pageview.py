"""Pages as pictures with their words on top: scrolled, enlarged, searched, chosen and copied.

The pictures were made in another process from files of strangers; nothing is parsed here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.errors import _
from ui.theme import colour
from ui.widgets import pagewords
from ui.widgets.pagewords import PageLike, Place

GAP, MARGIN = 12, 10
SMALLEST, LARGEST = 0.25, 6.0
TRUE_SIZE = 96 / 72
_KEPT = 12
"""Pages kept as decoded pictures."""


class PageView(QAbstractScrollArea):
    """`turned(page)` when another page is in the middle; `zoomed(scale)` pixels a point."""

    turned = Signal(int)
    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.pages: tuple[PageLike, ...] = ()
        self._fit = True
        self._scale = 1.0
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._from: Place | None = None
        self._chosen: tuple[Place, ...] = ()
        self._hits: list[tuple[Place, ...]] = []
        self._hit = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages"))
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().valueChanged.connect(lambda _v: self.turned.emit(self.page))

    # -- what is shown

    def hold(self, pages: Sequence[PageLike]) -> None:
        """Show other pages from the first one on."""
        self.pages = tuple(pages)
        self._images.clear()
        self._from, self._chosen, self._hits, self._hit = None, (), [], -1
        self.setAccessibleDescription(pagewords.text_of(self.pages, self._all())[:4000])
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()
        self.turned.emit(0)

    @property
    def scale(self) -> float:
        """Pixels a point."""
        return self._scale

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        for number in range(len(self.pages)):
            if middle < self._top(number) + self._high(number) + GAP:
                return number
        return max(len(self.pages) - 1, 0)

    def show_page(self, number: int) -> None:
        """Go to the top of a page."""
        if 0 <= number < len(self.pages):
            self.verticalScrollBar().setValue(round(self._top(number) - MARGIN))

    def fit_width(self) -> None:
        """As wide as the view."""
        self._fit = True
        self._lay_out()

    def zoom(self, scale: float) -> None:
        """A scale of the person's own; the middle of the view stays."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum(), 1)
        self._fit = False
        self._scale = max(SMALLEST, min(scale, LARGEST))
        self._lay_out()
        bar.setValue(round(place * bar.maximum()))

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self.zoom(self._scale * factor)

    def true_size(self) -> None:
        """As large as on paper, by the screen's own measure."""
        screen = self.screen()
        self.zoom(screen.logicalDotsPerInch() / 72 if screen else TRUE_SIZE)

    # -- words

    def find_words(self, wanted: str) -> int:
        """Mark every place of `wanted`; the first one is shown. How many there are."""
        self._hits = pagewords.find(self.pages, wanted)
        self._hit = -1
        if self._hits:
            self.next_hit()
        self.viewport().update()
        return len(self._hits)

    @property
    def hit(self) -> tuple[int, int]:
        """Which hit is shown, from 1, and how many there are."""
        return self._hit + 1, len(self._hits)

    def next_hit(self, by: int = 1) -> None:
        """Go to the next place, or the one before."""
        if not self._hits:
            return
        self._hit = (self._hit + by) % len(self._hits)
        place = self._hits[self._hit][0]
        word = self.pages[place.page].words[place.word]
        y = self._top(place.page) + word.y0 * self._scale
        self.verticalScrollBar().setValue(round(y - self.viewport().height() / 3))
        self.viewport().update()

    @property
    def chosen_text(self) -> str:
        """The chosen words as text."""
        return pagewords.text_of(self.pages, self._chosen)

    def choose_all(self) -> None:
        """Choose every word of every page."""
        self._chosen = tuple(self._all())
        self.viewport().update()

    def copy(self) -> None:
        """Put the chosen words on the clipboard, as plain text."""
        if self._chosen:
            QGuiApplication.clipboard().setText(self.chosen_text)

    def _all(self) -> list[Place]:
        return [Place(p, w) for p, page in enumerate(self.pages) for w in range(len(page.words))]

    # -- geometry

    def _wide(self, number: int) -> float:
        return self.pages[number].width_pt * self._scale

    def _high(self, number: int) -> float:
        return self.pages[number].height_pt * self._scale

    def _top(self, number: int) -> float:
        return MARGIN + sum(self._high(i) + GAP for i in range(number))

    def _rect(self, number: int) -> QRectF:
        """Where a page stands in the view."""
        wide = self._wide(number)
        left = max((self.viewport().width() - wide) / 2, MARGIN) - self.horizontalScrollBar().value()
        return QRectF(left, self._top(number) - self.verticalScrollBar().value(), wide, self._high(number))

    def _lay_out(self) -> None:
        area = self.viewport().size()
        if self.pages and self._fit:
            widest = max(page.width_pt for page in self.pages)
            self._scale = max(SMALLEST, (area.width() - 2 * MARGIN) / widest)
        high = self._top(len(self.pages)) if self.pages else 0
        wide = max((self._wide(n) for n in range(len(self.pages))), default=0) + 2 * MARGIN
        self.verticalScrollBar().setRange(0, max(0, round(high - area.height())))
        self.verticalScrollBar().setPageStep(area.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, round(wide - area.width())))
        self.horizontalScrollBar().setPageStep(area.width())
        self.viewport().update()
        self.zoomed.emit(self._scale)

    def _place_at(self, point: QPoint) -> Place | None:
        for number, page in enumerate(self.pages):
            rect = self._rect(number)
            if point.y() <= rect.bottom() + GAP / 2:
                x = (point.x() - rect.x()) / self._scale
                y = (point.y() - rect.y()) / self._scale
                word = pagewords.nearest(page, x, y)
                return None if word is None else Place(number, word)
        return None

    # -- events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("quiet"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(len(self.pages)):
            rect = self._rect(number)
            if rect.bottom() < 0 or rect.top() > self.viewport().height():
                continue
            painter.fillRect(rect, QColor("#FFFFFF"))
            painter.drawImage(rect, self._image(number))
            painter.setPen(colour("edge"))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        for number, hit in enumerate(self._hits):
            self._mark(painter, hit, QColor("#FFB300" if number == self._hit else "#FFE082"))
        self._mark(painter, self._chosen, QColor("#8CC7D4"))
        painter.end()

    def _mark(self, painter: QPainter, places: Sequence[Place], shade: QColor) -> None:
        """Words under a colour that lets the print through, on white pages in every theme."""
        shade.setAlphaF(0.5)
        for place in places:
            rect = self._rect(place.page)
            if rect.bottom() < 0 or rect.top() > self.viewport().height():
                continue
            word = self.pages[place.page].words[place.word]
            corner = QPointF(rect.x() + word.x0 * self._scale, rect.y() + word.y0 * self._scale)
            wide, high = (word.x1 - word.x0) * self._scale, (word.y1 - word.y0) * self._scale
            painter.fillRect(QRectF(corner.x() - 1, corner.y(), wide + 2, high), shade)

    def _image(self, number: int) -> QImage:
        if number in self._images:
            self._images.move_to_end(number)
        else:
            self._images[number] = QImage.fromData(self.pages[number].png)
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
        return self._images[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._place_at(event.position().toPoint())
            self._chosen = ()
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        to = self._place_at(event.position().toPoint())
        if self._from is not None and to is not None:
            self._chosen = tuple(pagewords.between(self.pages, self._from, to))
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        self._chosen = (place,) if place else ()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose_all()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.15)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / 1.15)
        elif event.key() == Qt.Key.Key_1:
            self.true_size()
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            bar.setValue(bar.value() + bar.pageStep() - 40)
        elif event.key() == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep() + 40)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_J):
            bar.setValue(bar.value() + bar.singleStep())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_K):
            bar.setValue(bar.value() - bar.singleStep())
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            event.ignore()
