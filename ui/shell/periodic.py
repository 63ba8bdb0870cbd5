"""The exchange by the clock: every n minutes, when the stick appears, when the line is back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import together as ask
from ui.ask.together import Turn
from ui.desk import Desk
from ui.jobs import Job
from ui.theme import Tone

if TYPE_CHECKING:
    from app.services.syncing import Synced

LOOK = 10_000
"""Milliseconds between two looks at the clock and the drives."""


class Periodic(QObject):
    """Looks every ten seconds; the service decides whether an exchange is due."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.job: Job | None = None
        self._tried: datetime | None = None
        self._had_stick = False
        self._line = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._watch_line()

    def _watch_line(self) -> None:
        """Hear when the network comes back, where the system tells."""
        from PySide6.QtNetwork import QNetworkInformation

        if not QNetworkInformation.loadDefaultBackend():
            return
        network = QNetworkInformation.instance()
        network.reachabilityChanged.connect(self._reachable)

    def _reachable(self, now: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if now == QNetworkInformation.Reachability.Online:
            self._line = True
            self.look()

    def look(self) -> None:
        """Ask whether an exchange is due, unless one is under way."""
        if self.job is not None:
            return
        had, line, tried = self._had_stick, self._line, self._tried
        now = datetime.now().astimezone()
        self.desk.read(
            self,
            lambda office, progress: ask.turn(
                office, progress, had_stick=had, line=line, tried=tried, now=now
            ),
            self._turn,
            key="turn",
            refused=lambda _refusal: None,
        )

    def _turn(self, turn: Turn) -> None:
        self._had_stick, self._line = turn.stick, False
        if not turn.why or self.job is not None:
            return
        self._tried = datetime.now().astimezone()
        why = {"clock": _("by the clock"), "stick": _("the stick is there"), "line": _("the line is back")}
        title = _("Exchanging with the store ({why})").format(why=why.get(turn.why, turn.why))
        self.job = self.desk.write(
            self,
            lambda office, progress: ask.sync(office, progress, turn.store),
            self._done,
            title=title,
            refused=self._refused,
            stopped=self._stopped,
        )

    def _done(self, synced: Synced) -> None:
        self.job, self._told = None, ""
        if synced.applied or synced.wrote:
            came = plural("{n} change of others came", "{n} changes of others came", synced.applied)
            moved = _("{size} moved").format(size=words.size(synced.bytes))
            self.desk.say(f"{came.format(n=synced.applied)} · {moved}")

    def _refused(self, refusal: OfficeError) -> None:
        """Told once; the clock tries again at its next turn."""
        self.job = None
        if refusal.message != self._told:
            self._told = refusal.message
            self.desk.say(refusal.message, Tone.AMBER)

    def _stopped(self) -> None:
        self.job = None
