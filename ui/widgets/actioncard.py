"""A next action as a card, and the small key that names its shortcut."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import painting
from ui.widgets.pieces import ElidedLabel, Icon


class KeyCap(QWidget):
    """A shortcut, drawn as a small key."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setFixedSize(max(20, painting.width_of(keys, painting.font(painting.SMALL)) + 12), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_key(painter, self.rect(), self._keys)
        painter.end()


def draw_key(painter: QPainter, rect: QRect, keys: str) -> None:
    """A small key with its name."""
    place = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(painting.colour("edge"))
    painter.setBrush(painting.colour("sheet"))
    painter.drawRoundedRect(place, 4, 4)
    painting.text(painter, place, keys, painting.font(painting.SMALL), "ink2", Qt.AlignmentFlag.AlignHCenter)


class ActionCard(QFrame):
    """A next action: icon, what it is, what it means, its key. Clicking anywhere does it."""

    chosen = Signal()

    def __init__(self, icon: str, title: str, note: str, keys: str = "") -> None:
        super().__init__()
        self.setObjectName("choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 5, 11, 5)
        row.setSpacing(12)
        row.addWidget(Icon(icon, "accent"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(title, "medium"))
        words.addWidget(ElidedLabel(note, "small"))
        row.addLayout(words, 1)
        if keys:
            row.addWidget(KeyCap(keys))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
