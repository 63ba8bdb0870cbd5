"""The spine: rooms with their counts, and below them whether this laptop works apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.errors import _, plural
from ui import icons
from ui.fonts import BODY, REGULAR, SEMIBOLD, SMALL, font
from ui.theme import colour
from ui.widgets import painting
from ui.widgets.painting import Mirror

WIDTH, ITEM, HEIGHT = 184, 36, 92


@dataclass(frozen=True, slots=True)
class Place:
    """A room as the spine shows it."""

    key: str
    name: str
    icon: str


class SpineItem(QAbstractButton):
    """One room: icon, name, count at the trailing edge."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.count = 0
        self.setCheckable(True)
        self.setText(place.name)
        self.setAccessibleName(place.name)
        self.setFixedHeight(ITEM)
        self.setToolTip("")

    def show_count(self, count: int) -> None:
        """The number beside the name; 0 shows nothing."""
        self.count = count
        self.setAccessibleDescription(plural("{n} open", "{n} open", count).format(n=count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """The width of the spine."""
        return QSize(WIDTH - 24, ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        mirror = Mirror(self.rect(), self.layoutDirection())
        if here or self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            ground = colour("spine_chosen")
            ground.setAlphaF(1.0 if here else 0.5)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setPen(colour("spine_ink2"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        ink = "spine_ink" if here else "spine_ink2"
        icons.paint(painter, self.place.icon, mirror.rect(8, 9, 18, 18), ink)
        count = str(self.count) if self.count else ""
        room = painting.width_of(count, font(BODY)) if count else 0
        place = mirror.rect(34, 0, self.width() - 34 - 12 - (room + 8 if room else 0), ITEM)
        face = font(BODY, SEMIBOLD if here else REGULAR)
        painting.text(painter, place, self.text(), face, ink, mirror.leading)
        if count:
            place = mirror.rect(self.width() - 12 - room, 0, room, ITEM)
            painting.text(painter, place, count, face, ink, mirror.trailing)
        painter.end()


class Spine(QWidget):
    """All rooms. `chosen(key)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, upper: tuple[Place, ...], lower: tuple[Place, ...]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Rooms"))
        self.items: dict[str, SpineItem] = {}
        self.together = Together()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 0)
        column.setSpacing(0)
        column.addWidget(Brand())
        for place in upper:
            column.addWidget(self._item(place))
        column.addStretch(1)
        for place in lower:
            column.addWidget(self._item(place))
        column.addSpacing(12)
        column.addWidget(self.together)

    def _item(self, place: Place) -> SpineItem:
        item = SpineItem(place)
        item.clicked.connect(lambda _checked=False: self.chosen.emit(place.key))
        self.items[place.key] = item
        return item

    def show_room(self, key: str) -> None:
        """Mark the room the person is in."""
        for name, item in self.items.items():
            item.setChecked(name == key)

    def show_count(self, key: str, count: int) -> None:
        """The number beside a room's name."""
        if key in self.items:
            self.items[key].show_count(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("spine"))
        painter.end()


class Brand(QWidget):
    """The mark and the name of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self.setAccessibleName(_("Marula"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirror = Mirror(self.rect(), self.layoutDirection())
        icons.paint(painter, "marula", mirror.rect(7, 11, 22, 22))
        place = mirror.rect(34, 8, self.width() - 40, 26)
        painting.text(painter, place, _("Marula"), font(17, SEMIBOLD), "spine_ink", mirror.leading)
        painter.end()


class Together(QAbstractButton):
    """Whether this laptop holds changes nobody else has: “14 changes only on this laptop”."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._title, self._note, self._apart = "", "", False
        self.show_state(0, 1)

    def show_state(self, unsynced: int, stations: int) -> None:
        """`unsynced` operations lie here alone; `stations` the office has."""
        self._apart = unsynced > 0 and stations > 1
        if stations < 2:
            self._title = _("One station")
            self._note = _("Everything is on this computer")
        elif self._apart:
            self._title = _("Working apart")
            self._note = plural(
                "{n} change only on this computer", "{n} changes only on this computer", unsynced
            ).format(n=unsynced)
        else:
            self._title = _("Together")
            self._note = _("Every change has been sent")
        self.setText(f"{self._title}: {self._note}")
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """The width of the spine."""
        return QSize(WIDTH - 24, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirror = Mirror(self.rect(), self.layoutDirection())
        painter.setPen(colour("spine_chosen"))
        painter.drawLine(0, 0, self.width(), 0)
        if self.hasFocus():
            painter.fillRect(self.rect().adjusted(0, 4, 0, -4), colour("spine_chosen"))
        icons.paint(painter, "laptop", mirror.rect(8, 14, 18, 18), "#E0A63A" if self._apart else "spine_ink2")
        place = mirror.rect(34, 12, self.width() - 34, 20)
        painting.text(painter, place, self._title, font(BODY, SEMIBOLD), "spine_ink", mirror.leading)
        painter.setFont(font(SMALL))
        painter.setPen(colour("spine_ink2"))
        flags = int(mirror.leading) | int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(mirror.rect(34, 32, self.width() - 38, 56), flags, self._note)
        painter.end()
