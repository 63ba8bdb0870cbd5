"""Small widgets with the house's manners: labels, buttons with icons, sheets, rules, chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.widgets import painting
from ui.widgets.painting import Chip, Mirror
from ui.words import mirrored


def label(words: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A line of text; `name` is its style (room, title, section, strong, medium, small, quietly …)."""
    made = QLabel(words)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if mirrored():
        # Text would go to the edge of its own script; it stays at the window's leading edge.
        made.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        )
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def selectable(words: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A label whose text may be chosen and copied."""
    made = label(words, name, wrap=wrap)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made


class ElidedLabel(QLabel):
    """A label that shortens its text to the room it has and tells the rest on hover."""

    def __init__(self, words: str = "", name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words."""
        self._whole = words
        self.setAccessibleName(words)
        self._fit()

    @property
    def whole(self) -> str:
        """The text without shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Button(QPushButton):
    """A button with a word, an icon in a token's colour and the house's kinds.

    kind   "" | primary | danger | link | alarm | small | tab
    """

    def __init__(
        self,
        words: str,
        *,
        icon: str = "",
        kind: str = "",
        act: Callable[[], object] | None = None,
        tip: str = "",
    ) -> None:
        super().__init__(_literal(words))
        self._words = words
        self._icon = icon
        self.setProperty("kind", kind)
        self.setAccessibleName(words or tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        if tip:
            self.setToolTip(tip)
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())
        self._draw_icon()
        self._keep_room()

    def say(self, words: str) -> None:
        """Change the words on it."""
        self._words = words
        self.setText(_literal(words))
        self.setAccessibleName(words or self.toolTip())
        self._draw_icon()
        self._keep_room()

    def _keep_room(self) -> None:
        """A tab's name grows heavier when it is chosen; its room is that of the heavy one from the start."""
        if self.property("kind") == "tab":
            self.setMinimumWidth(painting.width_of(self._words, painting.font(painting.BODY, 600)) + 2)

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if not self._icon:
            return
        tone = {"primary": "on_accent", "danger": "red", "alarm": "red", "link": "accent"}.get(
            self.property("kind") or "", "ink"
        )
        gap = icons.GAP if self.text() else 0
        self.setIconSize(QSize(18 + gap, 18))
        self.setIcon(icons.icon(self._icon, tone, 18, self.devicePixelRatioF(), gap))


def _literal(words: str) -> str:
    """An ampersand stands for itself: names of firms have them."""
    return words.replace("&", "&&")


class Sheet(QFrame):
    """A white sheet with rounded corners; things are put into `self.body` from top to bottom."""

    def __init__(self, padding: int = 16, spacing: int = 8) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)


class Rule(QFrame):
    """A line of one pixel."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setObjectName("rule")
        self.setProperty("upright", upright)


class Icon(QWidget):
    """An icon beside a word that says the same; screen readers pass it by."""

    def __init__(self, name: str, tone: str = "ink2", size: int = 18) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another one."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._name, self.rect().toRectF(), self._tone)
        painter.end()


class ChipLabel(QWidget):
    """A chip as a widget."""

    def __init__(self, chip: Chip | None = None) -> None:
        super().__init__()
        self._chip = chip or Chip("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(self._chip)

    def show_chip(self, chip: Chip) -> None:
        """Show another one; an empty text hides it."""
        self._chip = chip
        self.setFixedSize(max(chip.width, 1), painting.CHIP_HEIGHT)
        self.setVisible(bool(chip.text))
        self.setAccessibleName(chip.text)
        self.update()

    @property
    def chip(self) -> Chip:
        """What it shows."""
        return self._chip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.chip(painter, self.rect().toRectF(), self._chip, Mirror(self.rect(), self.layoutDirection()))
        painter.end()


def row(*things: QWidget | QLayout | int | None, spacing: int = 8) -> QHBoxLayout:
    """Things side by side; an int is a gap in pixels, None takes all free room."""
    layout = QHBoxLayout()
    _fill(layout, things, spacing)
    return layout


def column(*things: QWidget | QLayout | int | None, spacing: int = 8) -> QVBoxLayout:
    """Things one below the other; an int is a gap in pixels, None takes all free room."""
    layout = QVBoxLayout()
    _fill(layout, things, spacing)
    return layout


def _fill(layout: QBoxLayout, things: tuple[QWidget | QLayout | int | None, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for thing in things:
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, int):
            layout.addSpacing(thing)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing)
        else:
            layout.addWidget(thing)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
