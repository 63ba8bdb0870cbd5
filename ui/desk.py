"""What every room shares: the open office, the lanes of work, the preferences, and the way about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.law import LawPack
from app.errors import OfficeError, _
from app.progress import Progress
from ui.jobs import Ask, Job, Runner
from ui.lawnames import LawNames
from ui.preferences import Preferences
from ui.theme import Tone

if TYPE_CHECKING:
    from app.services.offices import Office

Call = Callable[["Office", Progress], Any]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """The case the person works on: what is found elsewhere is taken for it."""

    id: str
    number: str
    title: str
    cited: Mapping[str, str] = field(default_factory=dict)


class Desk(QObject):
    """One open office at one window.

    went(room, what)   go to a room; `what` is the room's business (a case id, a query …)
    said(text, tone)   one line for the person, shown where it disturbs nothing
    """

    went = Signal(str, object)
    said = Signal(str, str)
    refused = Signal(object)
    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    leave_wanted = Signal()

    def __init__(self, runner: Runner, preferences: Preferences, office: Office, law: LawPack) -> None:
        super().__init__()
        self.law = law
        self.names = LawNames(law, preferences.language)
        self.runner = runner
        self.preferences = preferences
        self.office = office
        self.case: OpenCase | None = None

    @property
    def today(self) -> date:
        """The day the office reckons from."""
        return self.office.today

    def read(
        self,
        owner: QObject,
        call: Call,
        done: Callable[[Any], None],
        *,
        title: str = "",
        key: Hashable = None,
        refused: Callable[[OfficeError], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Job:
        """Ask a service in a worker thread; `done` gets the answer on the window's thread."""
        return self.runner.read(self._ask(owner, call, done, title, key, refused, stopped))

    def write(
        self,
        owner: QObject,
        call: Call,
        done: Callable[[Any], None] | None = None,
        *,
        title: str = "",
        refused: Callable[[OfficeError], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Job:
        """Change something through a service; writes wait for one another."""
        return self.runner.write(self._ask(owner, call, done, title, None, refused, stopped))

    def _ask(
        self,
        owner: QObject,
        call: Call,
        done: Callable[[Any], None] | None,
        title: str,
        key: Hashable,
        refused: Callable[[OfficeError], None] | None,
        stopped: Callable[[], None] | None,
    ) -> Ask:
        office = self.office
        return Ask(
            title=title,
            work=lambda progress: call(office, progress),
            owner=owner,
            done=done,
            refused=refused or self.refused.emit,
            stopped=stopped,
            key=key,
        )

    def go(self, room: str, what: object = None) -> None:
        """Go to a room."""
        self.went.emit(room, what)

    def say(self, text: str, tone: Tone = Tone.GREEN) -> None:
        """Tell the person something that needs no answer."""
        self.said.emit(text, str(tone))

    def remember(self) -> None:
        """Keep the preferences; a disk that says no is told and otherwise left alone."""
        try:
            self.preferences.save()
        except OSError as trouble:
            self.say(
                _("The window's settings could not be kept ({why}).").format(why=trouble.strerror), Tone.AMBER
            )
