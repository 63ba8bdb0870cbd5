"""The room where stations meet: the map, what would travel, the conflict desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QSplitter, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.dossier import Conflict
from app.errors import _, plural
from ui import words
from ui.ask import together as ask
from ui.ask.together import Picture, Wanted
from ui.desk import Desk
from ui.rooms.room import Action, Room
from ui.rooms.together.conflictdesk import ConflictDesk
from ui.rooms.together.stationmap import StationMap
from ui.rooms.together.travel import TravelSheet
from ui.theme import Tone
from ui.widgets.pieces import Button, Sheet, label, row

if TYPE_CHECKING:
    from app.services.conflicts import Settled
    from app.services.stations import Accepted, Invited
    from app.services.syncing import Synced


class TogetherRoom(Room):
    """Send and fetch, invite and accept, settle."""

    key = "together"
    icon = "refresh-cw"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.picture: Picture | None = None
        self.map = StationMap()
        self.told = label("", "small")
        self.travel = TravelSheet()
        self.conflicts = ConflictDesk()
        self.accept_button = Button(_("Accept an answer"), icon="badge-check", kind="filter", act=self.accept)
        self.invite_button = Button(_("Invite a station"), icon="users", kind="filter", act=self.invite)
        self._build()
        self.travel.stored.connect(self._store)
        self.travel.counted.connect(self.count)
        self.travel.settings.connect(lambda: desk.go("settings"))
        self.conflicts.settled.connect(self._settle)
        self.conflicts.case_asked.connect(lambda case: desk.go("case", case))
        self.ask_again()

    def _build(self) -> None:
        stations = Sheet(padding=16, spacing=12)
        stations.body.addLayout(row(label(_("Stations"), "section"), None, self.told))
        stations.body.addStretch(1)
        stations.body.addWidget(self.map)
        stations.body.addStretch(1)
        stations.body.addLayout(row(self.invite_button, self.accept_button, None))
        above = QWidget()
        line = QHBoxLayout(above)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(stations, 1)
        self.travel.setMinimumWidth(330)
        line.addWidget(self.travel)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.addWidget(above)
        panes.addWidget(self.conflicts)
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 1)
        self.remember_panes(panes, "together", [340, 310])
        holder = QVBoxLayout()
        holder.addWidget(panes)
        self.page.addLayout(holder, 1)

    def title(self) -> str:
        return _("Office together")

    def actions_now(self) -> tuple[Action, ...]:
        return (
            Action(_("What would travel"), "arrow-up-down", self.count),
            Action(_("Send and fetch"), "refresh-cw", self.sync, primary=True, keys="Ctrl+Return"),
        )

    def enter(self, what: object = None) -> None:
        self.ask_again()
        if what == "conflicts":
            self.conflicts.list.setFocus()

    def concerns(self, changes: Changes) -> None:
        self.ask_again()

    def ask_again(self) -> None:
        """Ask for stations, settings and conflicts."""
        self.desk.read(self, ask.picture, self._hold, key="picture", refused=self.refuse)
        self.desk.read(self, ask.conflicts, self._hold_conflicts, key="conflicts", refused=self.refuse)

    def _hold(self, picture: Picture) -> None:
        self.picture = picture
        self.map.hold(picture)
        self.travel.hold(picture)
        here = _("this station")
        self.conflicts.name_stations(
            {s.id: words.listed((s.officer, here)) if s.here else s.officer for s in picture.stations}
        )
        count = plural("{n} station", "{n} stations", len(picture.stations)).format(n=len(picture.stations))
        self.told.setText(count)
        self.invite_button.setVisible(picture.registrar)
        self.accept_button.setVisible(picture.registrar)

    def _hold_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts.hold(conflicts)
        self.counted.emit(self.key, len(conflicts))

    # -- exchange

    def _store(self, address: str) -> None:
        picture = self.picture
        if picture is None or address == picture.schedule.store:
            return
        kept = picture.schedule
        wanted = Wanted(kept.on, address, kept.every_minutes, kept.when_stick, kept.when_line)
        self.desk.write(
            self,
            lambda office, progress: ask.set_schedule(office, progress, wanted),
            lambda _kept: self.ask_again(),
            refused=self.travel.refuse,
        )

    def count(self) -> None:
        """Count what would travel; nothing is written."""
        store = self._address()
        if store:
            self.desk.read(
                self,
                lambda office, progress: ask.plan(office, progress, store),
                self.travel.show_plan,
                title=_("Looking at the store"),
                key="plan",
                refused=self.travel.refuse,
            )

    def sync(self) -> None:
        """Exchange now."""
        store = self._address()
        if store:
            self.desk.write(
                self,
                lambda office, progress: ask.sync(office, progress, store),
                self._synced,
                title=_("Exchanging with the store"),
                refused=self.travel.refuse,
                stopped=self._stopped,
            )

    def _address(self) -> str:
        if not self.travel.address:
            self.travel.strip.say(
                _("No store is named yet."), Tone.AMBER, _("Name a folder, a stick or an address.")
            )
            self.travel.store.setFocus()
        return self.travel.address

    def _synced(self, done: Synced) -> None:
        self.travel.show_done(done)
        self.ask_again()

    def _stopped(self) -> None:
        self.travel.strip.say(_("Stopped. What has arrived counts, the rest goes on next time."))
        self.ask_again()

    # -- stations

    def invite(self) -> None:
        """Write an invitation file."""
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Invitation for one station"), "invitation.json")
        if chosen:
            store = self.travel.address
            self.desk.write(
                self,
                lambda office, progress: ask.invite(office, progress, Path(chosen), store),
                self._invited,
                refused=self.refuse,
            )

    def _invited(self, invited: Invited) -> None:
        self.strip.say(
            _("The invitation lies in {file}.").format(file=words.isolate(invited.file)),
            Tone.GREEN,
            _("Bring it to the new station. It holds no secret. The answer comes back in a file beside it."),
        )

    def accept(self) -> None:
        """Read an answer file, compare the words aloud, accept."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Answer of the new station"))
        if chosen:
            self.desk.read(
                self,
                lambda office, progress: ask.words_of(office, progress, Path(chosen)),
                lambda found: self._compare(Path(chosen), *found),
                refused=self.refuse,
            )

    def _compare(self, file: Path, officer: str, spoken: str) -> None:
        """Accepting gives a stranger the office's keys and cannot be undone: it is asked once more."""
        box = QMessageBox(self)
        box.setWindowTitle(_("Compare the words"))
        box.setText(
            _("{officer} asks to join. Read these words to one another, aloud:").format(officer=officer)
        )
        box.setInformativeText(spoken)
        same = box.addButton(_("They are the same"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("They differ"), QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda pressed: self._accept(file) if pressed is same else None)
        box.open()

    def _accept(self, file: Path) -> None:
        self.desk.write(
            self,
            lambda office, progress: ask.accept(office, progress, file),
            self._accepted,
            refused=self.refuse,
        )

    def _accepted(self, accepted: Accepted) -> None:
        self.strip.say(
            _("{officer} belongs to the office.").format(officer=accepted.officer),
            Tone.GREEN,
            _("The next exchange of both stations completes it."),
        )
        self.ask_again()

    # -- conflicts

    def _settle(self, conflict_id: str, keep: str, reason: str) -> None:
        self.desk.write(
            self,
            lambda office, progress: ask.settle(office, progress, conflict_id, keep, reason),
            self._settled,
            refused=self.conflicts.refuse,
        )

    def _settled(self, _settled: Settled) -> None:
        self.conflicts.done()
        self.desk.say(_("Settled. Every value stays in the history."))
