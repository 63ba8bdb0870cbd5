"""Tables of the house: a header painted on the cells' grid, rows chosen whole, j and k as arrows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from app.errors import _
from ui import icons
from ui.fonts import MEDIUM, SMALL, font
from ui.widgets import painting
from ui.widgets.painting import Mirror

CELL = 12
"""Pixels between a cell's edge and its text, in header and rows alike."""


class PaintedHeader(QHeaderView):
    """Column names on the same grid as the cells; the sorted one carries an arrow."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFixedHeight(32)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setAccessibleName(_("Column names"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painting.hairline(painter, area.left(), area.bottom(), area.right())
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                left, wide = self.sectionViewportPosition(section), self.sectionSize(section)
                self._name(painter, QRect(left, 0, wide, self.height()), section)
        painter.end()

    def _name(self, painter: QPainter, rect: QRect, section: int) -> None:
        mirror = Mirror(rect, self.layoutDirection())
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        trailing = align is not None and bool(int(align) & int(Qt.AlignmentFlag.AlignRight))
        face = font(SMALL, MEDIUM)
        place = mirror.rect(CELL, 0, rect.width() - 2 * CELL, rect.height())
        taken = painting.text(
            painter, place, name, face, "ink2", mirror.trailing if trailing else mirror.leading
        )
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            spot = mirror.rect(CELL + taken + 4, (rect.height() - 12) / 2, 12, 12)
            icons.paint(painter, "chevron-up" if up else "chevron-down", spot, "ink2")


class SheetTable(QTableView):
    """A table on a sheet. `opened(index)` is Enter or a double click; `moved(index)` the current row."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHorizontalHeader(PaintedHeader())
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.hovered_row = -1
        self.doubleClicked.connect(self.opened.emit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; one that would be cut by the lower edge is left out until it is scrolled in."""
        super().paintEvent(event)
        area = self.viewport().rect()
        row = self.rowAt(area.bottom())
        if row <= 0:
            return
        top = self.rowViewportPosition(row)
        if top + self.rowHeight(row) - 1 > area.bottom() + 8:
            painter = QPainter(self.viewport())
            painter.fillRect(0, top, area.width(), area.bottom() - top + 1, painting.colour("sheet"))
            painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def selectionChanged(self, chosen: object, left: object) -> None:
        super().selectionChanged(chosen, left)  # type: ignore[arg-type]
        self.moved.emit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def step(self, by: int) -> None:
        """Choose the next row that can be chosen, upwards or downwards."""
        model = self.model()
        row = self.currentIndex().row() + by
        while 0 <= row < model.rowCount():
            index = model.index(row, 0)
            if model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return
            row += by


def row_ground(painter: QPainter, option: QStyleOptionViewItem, hovered: bool, first: bool) -> None:
    """The ground of a table cell; the bar of the chosen row stands in its first column alone."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, painting.colour("accent_soft"))
        if first:
            bar = Mirror(rect, option.direction).rect(0, 0, 3, rect.height())
            painter.fillRect(bar, painting.colour("accent"))
    elif hovered:
        painter.fillRect(rect, painting.colour("quiet"))
