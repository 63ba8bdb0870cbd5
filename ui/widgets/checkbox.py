"""A box to tick, painted by token."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui import icons
from ui.fonts import BODY, font
from ui.theme import colour
from ui.widgets import painting
from ui.widgets.painting import Mirror

SIDE = 18


class CheckBox(QCheckBox):
    """Box, tick and word; the whole of it is pressed."""

    def sizeHint(self) -> QSize:
        """Box and whole word."""
        return QSize(SIDE + 10 + painting.width_of(self.text(), font(BODY)) + 2, 28)

    def minimumSizeHint(self) -> QSize:
        """The word may be shortened."""
        return QSize(SIDE + 60, 28)

    def hitButton(self, pos: object) -> bool:
        """Everywhere."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = Mirror(self.rect(), self.layoutDirection())
        box = mirror.rect(1, (self.height() - SIDE) / 2, SIDE, SIDE)
        on = self.isChecked()
        painter.setPen(QPen(colour("accent" if on or self.hasFocus() else "edge"), 1))
        painter.setBrush(colour("accent" if on else "sheet"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1.2, -1.2, 1.2, 1.2), 5, 5)
        if on:
            icons.paint(painter, "check", QRectF(box.x() + 2, box.y() + 2, 14, 14), "on_accent")
        place = mirror.rect(SIDE + 10, 0, self.width() - SIDE - 10, self.height())
        ink = "ink" if self.isEnabled() else "ink2"
        painting.text(painter, place, self.text(), font(BODY), ink, mirror.leading)
        painter.end()
