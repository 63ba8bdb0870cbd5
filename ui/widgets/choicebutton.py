"""A filter as a button: a quiet name, the chosen value in weight, a menu of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from ui import icons
from ui.fonts import BODY, MEDIUM, font
from ui.theme import colour
from ui.widgets import painting
from ui.widgets.painting import Mirror


@dataclass(frozen=True, slots=True)
class Choice:
    """One value and its words."""

    value: Any
    name: str


class ChoiceButton(QPushButton):
    """Shows “name value”. A filter (`narrows`) has soft ground while any value but the first is chosen."""

    def __init__(self, name: str, changed: Callable[[], object], *, narrows: bool = False) -> None:
        super().__init__()
        self._name = name
        self._choices: tuple[Choice, ...] = ()
        self._at = 0
        self._changed = changed
        self._narrows = narrows
        self.setProperty("kind", "choice")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self.setMenu(self._menu)
        self.setAccessibleName(name)

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self._choices[self._at].value if self._choices else None

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other values; the choice stays where it is still offered."""
        kept = self.value
        self._choices = tuple(choices)
        self._at = next((i for i, c in enumerate(self._choices) if c.value == kept), 0)
        self._menu.clear()
        for old in self._group.actions():
            self._group.removeAction(old)
        for place, choice in enumerate(self._choices):
            action = QAction(choice.name.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(place == self._at)
            action.triggered.connect(lambda _checked=False, p=place: self._choose(p))
            self._group.addAction(action)
            self._menu.addAction(action)
        self._show()

    def choose(self, value: Any) -> None:
        """Choose a value as the person would."""
        place = next((i for i, c in enumerate(self._choices) if c.value == value), None)
        if place is not None:
            self._menu.actions()[place].setChecked(True)
            self._choose(place)

    def _choose(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self._show()
            self._changed()

    def _show(self) -> None:
        value = self._choices[self._at].name if self._choices else ""
        self.setAccessibleName(f"{self._name} {value}".strip())
        self.setAccessibleDescription(value)
        self.setToolTip(f"{self._name}: {value}" if self._name else value)
        self.updateGeometry()
        self.update()

    @property
    def _said(self) -> str:
        return self._choices[self._at].name if self._choices else ""

    def sizeHint(self) -> QSize:
        """Name, value and arrow."""
        name = painting.width_of(self._name, font(BODY)) if self._name else -6
        return QSize(12 + name + 6 + painting.width_of(self._said, font(BODY, MEDIUM)) + 32, 32)

    def minimumSizeHint(self) -> QSize:
        """The value alone, shortened where it is long; the name goes first."""
        value = painting.width_of(self._said, font(BODY, MEDIUM))
        return QSize(12 + max(24, min(value, 64)) + 32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        narrowed = self._narrows and self._at > 0
        rect = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colour("accent" if narrowed or self.hasFocus() else "edge"))
        ground = "accent_soft" if narrowed else "quiet" if self.underMouse() else "sheet"
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        mirror = Mirror(self.rect(), self.layoutDirection())
        x = 12.0
        wide = painting.width_of(self._name, font(BODY))
        fits = x + wide + 6 + min(painting.width_of(self._said, font(BODY, MEDIUM)), 48) + 30 <= self.width()
        if self._name and fits:
            painting.text(
                painter, mirror.rect(x, 0, wide, 32), self._name, font(BODY), "ink2", mirror.leading
            )
            x += wide + 6
        room = self.width() - x - 30
        painting.text(
            painter, mirror.rect(x, 0, room, 32), self._said, font(BODY, MEDIUM), "ink", mirror.leading
        )
        icons.paint(painter, "chevron-down", mirror.rect(self.width() - 26, 8, 16, 16), "ink2")
        painter.end()
