"""The jump bar: where found words stand in the record, in the colours of their concepts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.errors import _, plural
from ui.theme import colour, is_dark
from ui.widgets.painting import Mirror

Place = tuple[float, int]
"""Where a word stands, 0.0 the beginning and 1.0 the end, and its concept."""

_LIT = ("#2B8FA3", "#C99A1B", "#7B61C9")
_LIT_DARK = ("#5BB6C9", "#F2C25C", "#B39DF0")


class JumpBar(QWidget):
    """`jumped(number)` when a place is pressed."""

    jumped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Place, ...] = ()
        self._here = -1
        self.setFixedHeight(24)
        self.setMinimumWidth(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Places of the found words"))

    def hold(self, places: tuple[Place, ...]) -> None:
        """Show other places, in the order of the text."""
        self._places, self._here = places, -1
        self.setAccessibleDescription(plural("{n} place", "{n} places", len(places)).format(n=len(places)))
        self.update()

    def show_here(self, number: int) -> None:
        """Which place is read now."""
        self._here = number
        self.update()

    def _x(self, number: int) -> float:
        return 6 + self._places[number][0] * (self.width() - 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("quiet"))
        painter.drawRoundedRect(QRectF(0, 2, self.width(), 20), 4, 4)
        mirror = Mirror(self.rect(), self.layoutDirection())
        shades = _LIT_DARK if is_dark() else _LIT
        for number, (_place, concept) in enumerate(self._places):
            painter.fillRect(mirror.rect(self._x(number) - 1, 6, 2, 12), QColor(shades[concept % 3]))
        if 0 <= self._here < len(self._places):
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(mirror.rect(self._x(self._here) - 6, 2.5, 12, 19), 4, 4)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._places:
            return
        x = event.position().x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        self.jumped.emit(min(range(len(self._places)), key=lambda n: abs(self._x(n) - x)))
