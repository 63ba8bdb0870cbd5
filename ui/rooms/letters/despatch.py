"""Letters leave the office: print runs, labels, recorded copies, and proof of service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from app.errors import _, plural
from ui.ask import letters as ask
from ui.ask.letters import Run
from ui.printing import choose_printer, paint
from ui.rooms.letters.facts import LetterFacts
from ui.rooms.room import Room


class Despatch(QObject):
    """Does what the facts beside a letter ask for, on behalf of the room of letters."""

    def __init__(self, room: Room, facts: LetterFacts) -> None:
        super().__init__(room)
        self.room = room
        self.facts = facts
        facts.printed.connect(self._print_one)
        facts.labelled.connect(self._label)
        facts.copied.connect(self._copy)
        facts.served.connect(self._serve)

    def _print_one(self) -> None:
        if self.facts.letter is not None:
            self.print_run([self.facts.letter.id], self.facts.letter.number)

    def print_run(self, letter_ids: list[str], name: str) -> None:
        """Print letters together. The printer is chosen first: only then is the run recorded."""
        printer = choose_printer(self.room, name) if letter_ids else None
        if printer is None:
            return
        self.room.desk.write(
            self.room,
            lambda office, progress: ask.print_run(office, progress, letter_ids),
            lambda run: self._printed(printer, run),
            title=_("Laying out the print run"),
            refused=self.room.refuse,
        )

    def _printed(self, printer: QPrinter, run: Run) -> None:
        paint(printer, run.pages.pages)
        self.room.desk.say(
            plural("{n} sheet sent to the printer", "{n} sheets sent to the printer", run.run.sheets).format(
                n=run.run.sheets
            )
        )

    def _label(self) -> None:
        letter = self.facts.letter
        printer = choose_printer(self.room, _("Label")) if letter else None
        if letter is not None and printer is not None:
            self.room.desk.read(
                self.room,
                lambda office, progress: ask.label(office, progress, letter.id),
                lambda paged: paint(printer, paged.pages),
                title=_("Making the label"),
                refused=self.facts.refuse,
            )

    def _copy(self, reason: str) -> None:
        letter = self.facts.letter
        if letter is None:
            return
        if not reason.strip():
            self.facts.strip.say(_("A copy is recorded with its reason. Nothing was printed."))
            self.facts.reason.setFocus()
            return
        printer = choose_printer(self.room, letter.number)
        if printer is not None:
            self.room.desk.write(
                self.room,
                lambda office, progress: ask.reprint(office, progress, letter.id, reason),
                lambda paged: paint(printer, paged.pages),
                title=_("Printing a copy"),
                refused=self.facts.refuse,
            )

    def _serve(self, on: date, proof: Path) -> None:
        letter = self.facts.letter
        if letter is not None:
            self.room.desk.write(
                self.room,
                lambda office, progress: ask.serve(office, progress, letter.id, on, proof),
                lambda _served: self.room.desk.say(_("Service recorded")),
                refused=self.facts.refuse,
            )
