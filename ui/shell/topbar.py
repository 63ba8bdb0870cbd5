"""The top bar: room, quick find, the folded office limits, and at most two actions."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.errors import _
from ui import icons
from ui.rooms.room import Action, Room
from ui.widgets import painting
from ui.widgets.actioncard import draw_key
from ui.widgets.painting import Mirror
from ui.widgets.pieces import Button, empty, label

QUICK_KEYS = "Ctrl K"


class QuickField(QLineEdit):
    """The field that finds anything: an icon in front, its shortcut behind."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Find a case, name, mark or number"))
        self.setAccessibleName(_("Find a case, name, mark, number or action"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(440)
        self.setMinimumWidth(160)
        self.setTextMargins(28, 0, 58, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self.setTextMargins(58, 0, 28, 0)

    def sizeHint(self) -> QSize:
        """As wide as the pictures show."""
        return QSize(440, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        mirror = Mirror(self.rect(), self.layoutDirection())
        icons.paint(painter, "search", mirror.rect(12, (self.height() - 18) / 2, 18, 18), "ink2")
        if not self.text():
            wide = painting.width_of(QUICK_KEYS, painting.font(painting.SMALL)) + 12
            place = mirror.rect(self.width() - wide - 8, (self.height() - 20) / 2, wide, 20)
            draw_key(painter, place.toRect(), QUICK_KEYS)
        painter.end()


class TopBar(QWidget):
    """`limits_pressed` when the folded office limits are asked for."""

    limits_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(64)
        self.title = label("", "room")
        self.quick = QuickField()
        self.limits = Button("", icon="shield-alert", kind="danger")
        self.limits.hide()
        self.limits.clicked.connect(lambda _checked=False: self.limits_pressed.emit())
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self.buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(16)
        row.addWidget(self.title)
        row.addWidget(self.quick, 1)
        row.addStretch(0)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.limits)
        ends.addLayout(self._actions)
        row.addLayout(ends)

    def show_room(self, room: Room) -> None:
        """Title and actions of a room."""
        self.title.setText(room.title())
        empty(self._actions)
        self.buttons = [self._button(action) for action in room.actions_now()]
        for button in self.buttons:
            self._actions.addWidget(button)

    def show_limits(self, text: str) -> None:
        """The folded office limits; "" hides them."""
        self.limits.say(text)
        self.limits.setVisible(bool(text))

    def _button(self, action: Action) -> Button:
        made = Button(action.name, icon=action.icon, kind="primary" if action.primary else "", act=action.act)
        made.setEnabled(action.ready)
        if action.keys:
            made.setShortcut(action.keys)
            made.setToolTip(f"{action.name} ({action.keys})")
        return made
