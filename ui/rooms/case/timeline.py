"""The timeline: one painted list, dates in front, letters and limits hanging below their events."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.errors import _
from ui import icons, words
from ui.fonts import BODY, MEDIUM, SMALL, font
from ui.rooms.case.chronicle import Hanging, Moment
from ui.theme import colour, tokens
from ui.widgets import painting
from ui.widgets.painting import CHIP_HEIGHT, Mirror
from ui.widgets.scrolling import ScrollColumn

DATE_END, LINE, TEXT, HANG = 110, 130, 150, 180
FIRST, HANGING, AFTER, TODAY = 26, 28, 10, 40


class Timeline(QWidget):
    """`asked(key)` when a hanging letter or limit is pressed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._moments: tuple[Moment, ...] = ()
        self._places: list[tuple[QRect, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def hold(self, moments: tuple[Moment, ...]) -> None:
        """Show other moments."""
        self._moments = moments
        spoken = [self._spoken(m) for m in moments]
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(" ".join(spoken))
        self.setFixedHeight(self._height())
        self.update()

    @staticmethod
    def _spoken(moment: Moment) -> str:
        hanging = "; ".join(
            f"{h.title} {h.chip.text if h.chip else h.trailing}".strip() for h in moment.hanging
        )
        return f"{words.full_day(moment.on)}: {moment.title}. {hanging}"

    def sizeHint(self) -> QSize:
        """As high as its moments."""
        return QSize(640, self._height())

    def _height(self) -> int:
        return 16 + sum(self._high(m) for m in self._moments) + 16

    @staticmethod
    def _high(moment: Moment) -> int:
        if moment.kind == "today":
            return TODAY
        return FIRST + HANGING * len(moment.hanging) + AFTER

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = []
        mirror = Mirror(self.rect(), self.layoutDirection())
        y = 16.0
        self._line(painter, mirror)
        for moment in self._moments:
            if moment.kind == "today":
                self._today(painter, mirror, y, moment)
            else:
                self._moment(painter, mirror, y, moment)
            y += self._high(moment)
        painter.end()

    def _line(self, painter: QPainter, mirror: Mirror) -> None:
        """Whole up to today, broken from there on."""
        y, tops = 16.0, []
        for moment in self._moments:
            tops.append((y, moment.kind))
            y += self._high(moment)
        now = next((top + TODAY / 2 for top, kind in tops if kind == "today"), y)
        x = mirror.rect(LINE, 0, 0, 0).x()
        start = tops[0][0] + FIRST / 2 if tops else now
        painter.setPen(QPen(colour("edge"), 1.5))
        painter.drawLine(QPointF(x, start), QPointF(x, now))
        if tops and tops[-1][1] == "ahead":
            pen = QPen(colour("edge"), 1.5)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, now), QPointF(x, tops[-1][0] + FIRST))

    def _dot(self, painter: QPainter, mirror: Mirror, y: float, kind: str) -> None:
        x = mirror.rect(LINE, 0, 0, 0).x()
        radius = 6.0 if kind == "event" else 4.5
        hollow = kind in ("ahead", "voided")
        painter.setPen(QPen(colour("ink2" if hollow else "accent"), 1.5))
        painter.setBrush(colour("sheet" if hollow else "accent"))
        painter.drawEllipse(QPointF(x, y + FIRST / 2), radius, radius)

    def _moment(self, painter: QPainter, mirror: Mirror, y: float, moment: Moment) -> None:
        ink = "ink" if moment.kind == "event" else "ink2"
        self._dot(painter, mirror, y, moment.kind)
        day = mirror.rect(0, y, DATE_END, FIRST)
        painting.text(painter, day, words.full_day(moment.on), font(BODY), "ink2", mirror.trailing)
        title = font(BODY, MEDIUM if moment.kind == "event" else 400)
        if moment.kind == "voided":
            title = type(title)(title)
            title.setStrikeOut(True)
        free = self.width() - TEXT - 16
        taken = painting.text(
            painter, mirror.rect(TEXT, y, free, FIRST), moment.title, title, ink, mirror.leading
        )
        note = mirror.rect(TEXT + taken + 12, y, max(free - taken - 12, 0), FIRST)
        if note.width() > 40 and moment.note:
            painting.text(painter, note, moment.note, font(SMALL), "ink2", mirror.leading)
        for number, hanging in enumerate(moment.hanging):
            self._hanging(painter, mirror, y + FIRST + number * HANGING, hanging)

    def _hanging(self, painter: QPainter, mirror: Mirror, y: float, hanging: Hanging) -> None:
        self._hook(painter, mirror, y)
        end = self.width() - 16
        box = mirror.rect(HANG - 6, y, end - HANG + 6, HANGING)
        if hanging.key:
            self._places.append((box.toRect(), hanging.key))
        if hanging.lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tokens().soft_of(hanging.tone)))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 4, 4)
        ink = tokens().ink_of(hanging.tone) if hanging.lit else "ink2"
        icons.paint(painter, hanging.icon, mirror.rect(HANG, y + 6, 16, 16), ink)
        taken_end = self._at_end(painter, mirror, y, end, hanging)
        x = HANG + 24.0
        free = end - x - taken_end
        taken = painting.text(
            painter,
            mirror.rect(x, y, free, HANGING),
            hanging.title,
            font(BODY, MEDIUM),
            "ink",
            mirror.leading,
        )
        left = free - taken - 12
        if left > 40 and hanging.note:
            place = mirror.rect(x + taken + 12, y, left, HANGING)
            painting.text(painter, place, hanging.note, font(SMALL), "ink2", mirror.leading)

    def _at_end(self, painter: QPainter, mirror: Mirror, y: float, end: int, hanging: Hanging) -> int:
        if hanging.chip:
            wide = hanging.chip.width
            place = mirror.rect(end - wide - 10, y + (HANGING - CHIP_HEIGHT) / 2, wide, CHIP_HEIGHT)
            painting.chip(painter, place, hanging.chip, mirror)
            return wide + 22
        if hanging.trailing:
            face = font(SMALL, MEDIUM)
            wide = painting.width_of(hanging.trailing, face)
            shade = tokens().ink_of(hanging.tone)
            place = mirror.rect(end - wide - 12, y, wide, HANGING)
            painting.text(painter, place, hanging.trailing, face, shade, mirror.trailing)
            return wide + 24
        return 10

    def _hook(self, painter: QPainter, mirror: Mirror, y: float) -> None:
        """The small bend that ties a hanging thing to its event."""
        top, side, end = (
            mirror.rect(TEXT + 8, 0, 0, 0).x(),
            y + HANGING / 2,
            mirror.rect(HANG - 10, 0, 0, 0).x(),
        )
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawLine(QPointF(top, y - 4), QPointF(top, side))
        painter.drawLine(QPointF(top, side), QPointF(end, side))

    def _today(self, painter: QPainter, mirror: Mirror, y: float, moment: Moment) -> None:
        middle = y + TODAY / 2
        x = mirror.rect(LINE, 0, 0, 0).x()
        last = mirror.rect(self.width() - 16, 0, 0, 0).x()
        painting.hairline(painter, min(x, last), round(middle), max(x, last), "accent")
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(colour("sheet"))
        painter.drawEllipse(QPointF(x, middle), 5, 5)
        words_rect = mirror.rect(0, y, DATE_END, TODAY)
        said = _("Today")
        painting.text(painter, words_rect, said, font(BODY, 600), "accent", mirror.trailing)
        day = words.full_day(moment.on)
        face = font(SMALL)
        box = mirror.rect(
            self.width() - 16 - painting.width_of(day, face) - 4, y + 1, painting.width_of(day, face), 18
        )
        painting.text(painter, QRectF(box), day, face, "accent", mirror.trailing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._key_at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if key := self._key_at(event):
            self.asked.emit(key)

    def _key_at(self, event: QMouseEvent) -> str:
        point = event.position().toPoint()
        return next((key for rect, key in self._places if rect.contains(point)), "")


def scrolled(timeline: Timeline) -> ScrollColumn:
    """The timeline in a column that scrolls."""
    return ScrollColumn(_("Timeline"), timeline, still=False)
