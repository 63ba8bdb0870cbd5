"""The stations as a small map: this one, the store between, the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.errors import _, plural
from ui import icons, words
from ui.fonts import BODY, SEMIBOLD, SMALL, font
from ui.theme import Tone, colour
from ui.widgets import painting
from ui.widgets.painting import CHIP_HEIGHT, Chip, Mirror

if TYPE_CHECKING:
    from app.services.stations import Station
    from ui.ask.together import Picture

CARD_WIDE, CARD_HIGH, GAP = 188, 92, 12


@dataclass(frozen=True, slots=True)
class Card:
    """One card of the map."""

    icon: str
    title: str
    lines: tuple[str, str]
    chip: Chip | None = None
    here: bool = False


class StationMap(QWidget):
    """Full lines are the network, broken ones what is carried."""

    def __init__(self) -> None:
        super().__init__()
        self._here: Card | None = None
        self._store: Card | None = None
        self._others: tuple[Card, ...] = ()
        self._carried = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Stations"))
        self.setFixedHeight(CARD_HIGH)

    def hold(self, picture: Picture) -> None:
        """Show the stations of an office."""
        last = words.moment(picture.last.isoformat()) if picture.last else _("never")
        me = next((s for s in picture.stations if s.here), None)
        only = plural("{n} change only here", "{n} changes only here", picture.unsynced).format(
            n=picture.unsynced
        )
        chip = Chip(only, Tone.AMBER) if picture.unsynced else Chip(_("nothing only here"), Tone.GREEN)
        who = " · ".join(p for p in (me.officer, role_name(me.role)) if p) if me else ""
        when = _("last: {when}").format(when=last)
        self._here = Card("laptop", _("This station"), (who, when), chip, True)
        store = picture.schedule.store
        self._carried = any(volume.store for volume in picture.sticks) or (bool(store) and "://" not in store)
        self._store = Card(
            "usb" if self._carried else "server",
            _("Store"),
            (
                words.isolate(store) if store else _("none named yet"),
                _("carried, sealed") if self._carried else _("network"),
            ),
        )
        self._others = tuple(self._card(s) for s in picture.stations if not s.here)
        self.setFixedHeight(max(1, len(self._others)) * (CARD_HIGH + GAP) - GAP)
        spoken = [self._here, self._store, *self._others]
        self.setAccessibleDescription(". ".join(f"{c.title}: {c.lines[0]}, {c.lines[1]}" for c in spoken))
        self.update()

    @staticmethod
    def _card(station: Station) -> Card:
        count = plural("{n} change known here", "{n} changes known here", station.operations)
        state = station.state
        chip = None
        if state == "removed":
            chip = Chip(_("removed"), Tone.RED)
        elif state == "waiting":
            chip = Chip(_("not accepted yet"), Tone.AMBER)
        return Card(
            "monitor",
            station.officer,
            (role_name(station.role), count.format(n=station.operations)),
            chip,
        )

    def sizeHint(self) -> QSize:
        """Three columns."""
        return QSize(3 * CARD_WIDE + 80, self.height())

    def minimumSizeHint(self) -> QSize:
        """Narrower cards."""
        return QSize(420, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._here is None or self._store is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = Mirror(self.rect(), self.layoutDirection())
        wide = min(CARD_WIDE, (self.width() - 2 * 28) / 3)
        step = (self.width() - wide) / 2
        middle = (self.height() - CARD_HIGH) / 2
        here = mirror.rect(0, middle, wide, CARD_HIGH)
        store = mirror.rect(step, middle, wide, CARD_HIGH)
        self._join(painter, here, store)
        for number in range(len(self._others)):
            other = mirror.rect(2 * step, number * (CARD_HIGH + GAP), wide, CARD_HIGH)
            self._join(painter, store, other)
        self._draw(painter, here, self._here)
        self._draw(painter, store, self._store)
        for number, card in enumerate(self._others):
            self._draw(painter, mirror.rect(2 * step, number * (CARD_HIGH + GAP), wide, CARD_HIGH), card)
        if not self._others:
            place = mirror.rect(2 * step, middle, wide, CARD_HIGH)
            painter.setPen(colour("ink2"))
            painter.setFont(font(SMALL))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(place, flags, _("No other station yet. Invite one."))
        painter.end()

    def _join(self, painter: QPainter, first: QRectF, second: QRectF) -> None:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start = QPointF(first.left(), first.center().y())
            end = QPointF(second.right(), second.center().y())
        else:
            start = QPointF(first.right(), first.center().y())
            end = QPointF(second.left(), second.center().y())
        pen = QPen(colour("edge"), 2)
        if self._carried:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(start)
        bend = (end.x() - start.x()) / 2
        path.cubicTo(QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), end)
        painter.drawPath(path)

    def _draw(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        painter.setPen(QPen(colour("accent" if card.here else "edge"), 2 if card.here else 1))
        painter.setBrush(colour("accent_soft" if card.here else "sheet"))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        mirror = Mirror(rect.toRect(), self.layoutDirection())
        wide = rect.width() - 24
        icons.paint(painter, card.icon, mirror.rect(12, 9, 18, 18), "accent" if card.here else "ink2")
        painting.text(
            painter,
            mirror.rect(38, 8, wide - 26, 20),
            card.title,
            font(BODY, SEMIBOLD),
            "ink",
            mirror.leading,
        )
        painting.text(
            painter, mirror.rect(12, 29, wide, 17), card.lines[0], font(SMALL), "ink2", mirror.leading
        )
        painting.text(
            painter, mirror.rect(12, 45, wide, 17), card.lines[1], font(SMALL), "ink2", mirror.leading
        )
        if card.chip:
            place = mirror.rect(12, 65, min(card.chip.width, wide), CHIP_HEIGHT)
            painting.chip(painter, place, card.chip, mirror)


def role_name(role: str) -> str:
    """What a station may do, in a word."""
    return {"registrar": _("registrar"), "examiner": _("examiner")}.get(role, role)
