"""“Why this date?”: the steps of a reckoning as points on a line, each with its source below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.case import Step
from ui.fonts import BODY, SMALL, font
from ui.theme import colour
from ui.widgets.painting import Mirror

_LEAD, _GAP, _DOT = 28, 10, 5.0


class WhySteps(QWidget):
    """Paints the steps; the last one is filled: it is the answer."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self._placed: list[tuple[float, QTextLayout, QTextLayout | None]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hold(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self._steps = tuple(steps)
        said = " ".join(f"{i + 1}. {s.text} ({s.provision})." for i, s in enumerate(self._steps))
        self.setAccessibleName(said)
        self._place()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The steps wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return round(self._lay_out(width)[1])

    def sizeHint(self) -> QSize:
        """The height at the width it has."""
        width = self.width() or 280
        return QSize(200, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.setFixedHeight(self.heightForWidth(event.size().width()))

    def _place(self) -> None:
        self._placed = self._lay_out(self.width())[0]
        self.setFixedHeight(max(1, self.heightForWidth(max(self.width(), 60))))

    def _lay_out(self, width: int) -> tuple[list[tuple[float, QTextLayout, QTextLayout | None]], float]:
        placed, y = [], 0.0
        room = max(width - _LEAD, 40)
        for step in self._steps:
            top = y
            first = _text(step.text, BODY, room, self.layoutDirection())
            y += first.boundingRect().height() + 1
            source = step.provision
            second = _text(source, SMALL, room, self.layoutDirection()) if source else None
            if second is not None:
                y += second.boundingRect().height()
            placed.append((top, first, second))
            y += _GAP
        return placed, max(y - _GAP, 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = Mirror(self.rect(), self.layoutDirection())
        middle = mirror.rect(8, 0, 0, 0).x()
        painter.setPen(QPen(colour("edge"), 1))
        if len(self._placed) > 1:
            painter.drawLine(QPointF(middle, 10), QPointF(middle, self._placed[-1][0] + 10))
        for number, (top, first, second) in enumerate(self._placed):
            last = number == len(self._placed) - 1
            painter.setPen(QPen(colour("accent"), 1.6))
            painter.setBrush(colour("accent" if last else "sheet"))
            painter.drawEllipse(QPointF(middle, top + 10), _DOT, _DOT)
            corner = mirror.rect(_LEAD, top, self.width() - _LEAD, 0).topLeft()
            painter.setPen(colour("ink"))
            first.draw(painter, corner)
            if second is not None:
                painter.setPen(colour("ink2"))
                second.draw(painter, QPointF(corner.x(), corner.y() + first.boundingRect().height() + 1))
        painter.end()


def _text(words: str, size: int, width: float, direction: Qt.LayoutDirection) -> QTextLayout:
    layout = QTextLayout(words, font(size))
    option = QTextOption()
    # A reckoning is kept in the words it was written with; it reads in their direction, at our edge.
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    rtl = direction == Qt.LayoutDirection.RightToLeft
    option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout
