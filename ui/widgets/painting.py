"""What delegates and painters share: chips, hairlines, text in its place, mirroring.

All rectangles are laid out from left to right and mirrored at the end by `Mirror`, so every painter
is written once for both directions.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle

from ui import icons
from ui.fonts import BODY, MEDIUM, SMALL, font
from ui.theme import Tone, colour, tokens

__all__ = ["BODY", "SMALL", "Chip", "Mirror", "chip", "colour", "font", "hairline", "text", "width_of"]

CHIP_HEIGHT = 20
CHIP_PADDING = 8
CHIP_ICON = 13


@dataclass(frozen=True, slots=True)
class Chip:
    """A short word on a coloured ground: what state a thing is in. `icon` is a name or ""."""

    text: str
    tone: Tone = Tone.QUIET
    icon: str = ""

    @property
    def width(self) -> int:
        """Pixels the whole chip takes."""
        text = QFontMetricsF(font(SMALL, MEDIUM)).horizontalAdvance(self.text)
        return int(text + 0.999) + 2 * CHIP_PADDING + (CHIP_ICON + 4 if self.icon else 0)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Turns a rectangle laid out from left to right into one of the given direction in `bounds`."""

    bounds: QRect
    direction: Qt.LayoutDirection

    def rect(self, x: float, y: float, width: float, height: float) -> QRectF:
        """x counts from the leading edge of the bounds, y from their top."""
        left = self.bounds.x() + x
        if self.direction == Qt.LayoutDirection.RightToLeft:
            left = self.bounds.x() + self.bounds.width() - x - width
        return QRectF(left, self.bounds.y() + y, width, height)

    @property
    def leading(self) -> Qt.AlignmentFlag:
        """The alignment of text that starts at the leading edge."""
        rtl = self.direction == Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft

    @property
    def trailing(self) -> Qt.AlignmentFlag:
        """The alignment of figures at the trailing edge."""
        rtl = self.direction == Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    face: QFont,
    shade: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line, vertically centred, elided where it does not fit. Pixels it took."""
    metrics = QFontMetricsF(face)
    composed = " · " in words and painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    if composed:
        # Each part keeps its own order, the line runs from right to left.
        words = " · ".join(f"\u2068{part}\u2069" for part in words.split(" · "))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(face)
    painter.setPen(colour(shade))
    # The visible direction is given by `align`; without AlignAbsolute Qt would mirror it once more.
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    before = painter.layoutDirection()
    painter.setLayoutDirection(before if composed else Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(
        rect, int(flags) | int(Qt.TextFlag.TextDontClip) | int(Qt.TextFlag.TextSingleLine), shown
    )
    painter.setLayoutDirection(before)
    return metrics.horizontalAdvance(shown)


def width_of(words: str, face: QFont) -> int:
    """Pixels of one line, rounded up."""
    return int(QFontMetricsF(face).horizontalAdvance(words) + 0.999)


def chip(painter: QPainter, rect: QRectF, what: Chip, mirror: Mirror) -> None:
    """Draw a chip into `rect` (its width or less: then the words are elided)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().soft_of(what.tone)))
    painter.drawRoundedRect(rect, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    inner = Mirror(rect.toRect(), mirror.direction)
    x = float(CHIP_PADDING)
    ink = tokens().ink_of(what.tone)
    if what.icon:
        icons.paint(
            painter, what.icon, inner.rect(x, (rect.height() - CHIP_ICON) / 2, CHIP_ICON, CHIP_ICON), ink
        )
        x += CHIP_ICON + 4
    place = inner.rect(x, 0, rect.width() - x - CHIP_PADDING, rect.height())
    text(painter, place, what.text, font(SMALL, MEDIUM), ink, mirror.leading)
    painter.restore()


def hairline(painter: QPainter, x1: float, y: float, x2: float, shade: str = "line") -> None:
    """A level line one device pixel thick, without antialiasing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour(shade), 1))
    painter.drawLine(QPointF(x1, y), QPointF(x2, y))
    painter.restore()


def chosen(painter: QPainter, rect: QRect, mirror: Mirror, *, focused: bool = True) -> None:
    """The ground of the chosen row: soft, with a 3 pixel bar at its leading edge."""
    painter.fillRect(rect, colour("accent_soft"))
    bar = Mirror(rect, mirror.direction).rect(0, 0, 3, rect.height())
    painter.fillRect(bar, colour("accent" if focused else "edge"))


def row_state(painter: QPainter, rect: QRect, state: QStyle.StateFlag, mirror: Mirror) -> None:
    """Ground of a row by its state: chosen, under the pointer, or nothing."""
    if state & QStyle.StateFlag.State_Selected:
        chosen(painter, rect, mirror)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, colour("quiet"))
