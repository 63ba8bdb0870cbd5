"""Icons from `resources/icons`, coloured by token when drawn."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources
from ui.theme import colour

# Lucide's lines are 2 of 24 units; at 18 pixels beside 13 pixel text that is a shade too heavy.
_WEIGHT = 'stroke-width="1.75"'

_drawn: dict[tuple[str, str, int, float], QPixmap] = {}


@cache
def _source(name: str) -> str:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', _WEIGHT)


def pixmap(name: str, tone: str = "ink", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in a token's colour, `size` pixels square, sharp at a screen's `ratio`."""
    shade = colour(tone).name()
    key = (name, shade, size, ratio)
    if key not in _drawn:
        _drawn[key] = _draw(name, shade, size, ratio)
    return _drawn[key]


def _draw(name: str, shade: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", shade).encode()))
    side = round(size * ratio)
    made = QPixmap(QSize(side, side))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


GAP = 5
"""Pixels between an icon on a button and its word, beyond those Qt gives."""


def icon(name: str, tone: str = "ink", size: int = 18, ratio: float = 1.0, gap: int = 0) -> QIcon:
    """The same as a QIcon; a disabled control shows it in secondary ink."""
    made = QIcon(_spaced(pixmap(name, tone, size, ratio), gap))
    made.addPixmap(_spaced(pixmap(name, "ink2", size, ratio), gap), QIcon.Mode.Disabled)
    return made


def _spaced(drawn: QPixmap, gap: int) -> QPixmap:
    """The picture with clear room behind it: Qt's own gap between icon and word is narrow."""
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    made.fill(Qt.GlobalColor.transparent)
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    flat = drawn.copy()
    flat.setDevicePixelRatio(1.0)
    painter = QPainter(made)
    painter.drawPixmap(round(gap * ratio) if mirrored else 0, 0, flat)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def paint(painter: QPainter, name: str, rect: QRectF, tone: str = "ink") -> None:
    """Draw an icon into `rect` with the device's own sharpness."""
    ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
    size = round(rect.width())
    painter.drawPixmap(rect.topLeft(), pixmap(name, tone, size, ratio))
