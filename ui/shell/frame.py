"""The frame around the rooms of one open office: spine, top bar, band, room, status line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import CaseLine
from app.domain.changes import Changes
from app.errors import OfficeError, _
from ui.ask import cases as ask
from ui.desk import Desk
from ui.rooms.room import Room
from ui.shell import limitsband
from ui.shell.limitsband import LimitsBand
from ui.shell.periodic import Periodic
from ui.shell.quickfind import Command, QuickFind
from ui.shell.register import LOWER, UPPER, make_room, places
from ui.shell.spine import Spine
from ui.shell.statusline import StatusLine
from ui.shell.topbar import TopBar
from ui.theme import Tone, colour
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.domain.docket import DocketPage
    from app.services.offices import OfficeStatus

TOAST = 6000
"""Milliseconds a line that needs no answer stays."""


class Frame(QWidget):
    """Rooms are made when they are first entered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rooms: dict[str, Room] = {}
        self._way: list[str] = []
        self._office_limits: tuple[CaseLine, ...] = ()
        self._office_line = ""
        self.spine = Spine(places(UPPER), places(LOWER))
        self.top = TopBar()
        self.band = LimitsBand()
        self.stack = QStackedWidget()
        self.line = StatusLine(desk.runner)
        self.quick = QuickFind(desk, self.top.quick, self)
        self.quick.commands = self.commands
        self.toast = Strip()
        self.toast.setParent(self)
        self._toast_timer = QTimer(self)
        self._toast_timer.setSingleShot(True)
        self._toast_timer.timeout.connect(self.toast.clear)
        self.setAcceptDrops(True)
        self.periodic = Periodic(desk, self)
        self._build()
        self._connect()
        self._keys()
        self.go("docket")
        self.ask_again()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 0, 20, 12)
        middle.setSpacing(12)
        middle.addWidget(self.band)
        middle.addWidget(self.stack, 1)
        right.addLayout(middle, 1)
        right.addWidget(self.line)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.spine)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.spine.chosen.connect(self.go)
        self.spine.together.clicked.connect(lambda _checked=False: self.go("together"))
        self.band.asked.connect(self._show_office_limits)
        self.top.limits_pressed.connect(self._show_office_limits)
        self.desk.went.connect(self.go)
        self.desk.said.connect(self._said)
        self.desk.refused.connect(self._refused)
        self.desk.runner.changed.connect(self._changed)
        self.quick.picked.connect(self._to_room)

    def _keys(self) -> None:
        self._key("Ctrl+K", self.quick.open)
        self._key("Esc", self.back)
        self._key("F1", lambda: self.go("help"))
        self._key("Alt+Left", self.back)
        for number, key in enumerate(UPPER[:9], start=1):
            self._key(f"Alt+{number}", partial(self.go, key))

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: act())

    @property
    def room(self) -> Room | None:
        """The room the person is in."""
        here = self.stack.currentWidget()
        return here if isinstance(here, Room) else None

    def _to_room(self) -> None:
        if self.room is not None:
            self.room.setFocus()

    def go(self, key: str, what: object = None) -> None:
        """Enter a room, making it the first time."""
        key = "cases" if key == "case" else key
        if key not in self.rooms:
            room = make_room(key, self.desk)
            room.renamed.connect(lambda: self._renamed(room))
            room.counted.connect(self.spine.show_count)
            self.rooms[key] = room
            self.stack.addWidget(room)
        if self.room is not None and self.room.key != key:
            self._way.append(self.room.key)
        room = self.rooms[key]
        self.stack.setCurrentWidget(room)
        self.spine.show_room(key)
        room.enter(what)
        self.top.show_room(room)
        self._show_limits()
        self._say_place()

    def back(self) -> None:
        """Esc: close what is open, go back inside the room, then to the room before."""
        if self.quick.isVisible():
            self.quick.close_list()
            return
        room = self.room
        if room is not None and room.back():
            return
        if self._way:
            before = self._way.pop()
            self.go(before)
            self._way.pop()

    def commands(self) -> tuple[Command, ...]:
        """Everything quick find offers besides cases."""
        actions = self.room.actions_now() if self.room else ()
        now = [Command(a.name, a.icon, a.act, keys=a.keys) for a in reversed(actions) if a.ready]
        rooms = [
            Command(place.name, place.icon, partial(self.go, place.key), _("room"))
            for place in (*places(UPPER), *places(LOWER))
        ]
        return (*now, *rooms)

    def ask_again(self) -> None:
        """Ask for the office's figures and its own limits."""
        self.desk.read(self, ask.status, self._hold_status, key="status")
        self.desk.read(
            self,
            lambda office, progress: ask.docket_page(office, progress, limitsband.ASKED),
            self._hold_limits,
            key="limits",
        )

    def tell(self, text: str, tone: Tone = Tone.GREEN) -> None:
        """A line that needs no answer."""
        self.toast.say(text, tone)
        self._place_toast()
        self.toast.raise_()
        self._toast_timer.start(TOAST)

    def _said(self, text: str, tone: str) -> None:
        self.tell(text, Tone(tone))

    def _hold_status(self, status: OfficeStatus) -> None:
        lock = "" if status.encrypted else _("not encrypted")
        parts = (_("Law pack {law}").format(law=status.law), status.officer, lock)
        self._office_line = " · ".join(p for p in parts if p)
        self.spine.together.show_state(status.unsynced, len(status.stations))
        self.spine.show_count("together", status.conflicts)
        self._say_place()

    def _hold_limits(self, page: DocketPage) -> None:
        self._office_limits = limitsband.office_limits(self.desk.names.lines(page.lines), self.desk.today)
        self._show_limits()

    def _show_limits(self) -> None:
        here = self.room is not None and self.room.key == "docket"
        self.band.setVisible(here and bool(self._office_limits))
        self.band.hold(self._office_limits, self.desk.today)
        self.top.show_limits("" if here else limitsband.folded(self._office_limits, self.desk.today))

    def _show_office_limits(self) -> None:
        self.go("docket", self._office_limits[0].id if self._office_limits else None)

    def _renamed(self, room: Room) -> None:
        if room is self.room:
            self.top.show_room(room)
            self._say_place()

    def _say_place(self) -> None:
        said = self.room.status() if self.room else ""
        self.line.say(said or self._office_line)

    def _refused(self, refusal: OfficeError) -> None:
        if self.room is not None:
            self.room.refuse(refusal)

    def _changed(self, changes: Changes) -> None:
        for room in self.rooms.values():
            room.concerns(changes)
        self.ask_again()

    def _place_toast(self) -> None:
        wide = min(560, self.width() - 240)
        self.toast.setFixedWidth(wide)
        self.toast.adjustSize()
        x = self.spine.width() + (self.width() - self.spine.width() - wide) // 2
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x -= self.spine.width()
        self.toast.move(x, self.height() - self.toast.height() - 44)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_toast()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("ground"))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files dropped anywhere go to the reception."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.go("reception", files)
