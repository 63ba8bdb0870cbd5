"""The collections the room searches: asked for, added to by the form, dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import _
from ui.ask import searching as ask
from ui.desk import Desk
from ui.rooms.prior_art.addform import AddForm
from ui.theme import Tone

if TYPE_CHECKING:
    from app.services.collections import Added, Collection


class Shelves(QObject):
    """The office's collections as last told; `held` when they were told anew."""

    held = Signal()

    def __init__(self, desk: Desk, form: AddForm, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.form = desk, form
        self.shelves: tuple[Collection, ...] = ()
        form.added.connect(self._add)
        form.dropped.connect(self._drop)

    def ask(self) -> None:
        """Ask which collections there are."""
        self.desk.read(self, ask.collections, self._hold, key="collections")

    def offer(self) -> None:
        """Offer their names in the form."""
        self.form.offer(tuple(shelf.name for shelf in self.shelves))

    def _hold(self, shelves: tuple[Collection, ...]) -> None:
        self.shelves = shelves
        self.offer()
        self.held.emit()

    def _add(self, name: str, paths: list[Path]) -> None:
        self.desk.write(
            self,
            lambda office, progress: ask.add(office, progress, name, paths),
            self._added,
            title=_("Adding records to “{name}”").format(name=name),
            refused=self.form.refuse,
            stopped=lambda: self.form.strip.say(_("Stopped. What was finished is in the collection.")),
        )

    def _added(self, added: Added) -> None:
        said = _("{added} records added, {skipped} passed over, {refused} files refused").format(
            added=added.added, skipped=added.skipped, refused=len(added.refused)
        )
        first = added.refused[0] if added.refused else None
        remedy = f"{first.file}: {first.refusal.message}" if first else ""
        self.form.strip.say(said, Tone.AMBER if first else Tone.GREEN, remedy)

    def _drop(self, name: str) -> None:
        self.desk.write(
            self,
            lambda office, progress: ask.drop(office, progress, name),
            lambda _gone: self.ask(),
            refused=self.form.refuse,
        )
