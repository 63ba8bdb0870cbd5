"""Entering a closure: the days, what it moves, what was decided meanwhile, and drafts of the notices."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from app.errors import _, plural
from ui import words
from ui.ask import law as ask
from ui.ask.law import Closing
from ui.desk import Desk
from ui.models.entries import Entry
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.fields import Combo
from ui.widgets.pieces import Button, column, label, row
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.closures import Closed


class ClosingForm(QWidget):
    """What would move is shown before it is entered. `left` goes back to the law."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: Closing | None = None
        self._entered: Closed | None = None
        self.strip = Strip()
        self.days, self.instrument = QLineEdit(), QLineEdit()
        self.days.setAccessibleName(_("Days"))
        self.days.setPlaceholderText("2026-12-03, 2026-12-04")
        self.instrument.setAccessibleName(_("By what it was closed"))
        self.instrument.setPlaceholderText(_("Official Notice 12 of 2026"))
        self.calendar = Combo()
        self.calendar.setAccessibleName(_("Calendar"))
        for name, calendar in desk.law.calendars.items():
            self.calendar.addItem(calendar.name or name, name)
        self.calendar.setCurrentIndex(max(self.calendar.findData("office"), 0))
        self.look = Button(_("Show what moves"), icon="eye", act=self.preview)
        self.enter = Button(_("Enter the closure"), icon="check", act=self._enter)
        self.draft = Button(_("Draft the notices …"), icon="mail", act=self._choose_folder)
        self.told = label("", "strong", wrap=True)
        self.list = EntryList(_("Limits the closure concerns"), lines=True)
        self._build()
        for field in (self.days, self.instrument):
            field.textEdited.connect(lambda _text: self._changed())
        self.calendar.currentIndexChanged.connect(lambda _index: self._changed())
        self._changed()

    def _build(self) -> None:
        first = row(
            column(label(_("Days"), "label"), self.days, spacing=4),
            column(label(_("By what it was closed"), "label"), self.instrument, spacing=4),
            column(label(_("Calendar"), "label"), self.calendar, spacing=4),
            spacing=12,
        )
        for place in (0, 1):
            first.setStretch(place, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 12)
        whole.setSpacing(10)
        whole.addWidget(label(_("Days this office was or will be closed"), "section"))
        whole.addWidget(self.strip)
        whole.addLayout(first)
        said = row(self.told, self.look)
        said.setStretch(0, 1)
        whole.addLayout(said)
        whole.addWidget(self.list, 1)
        whole.addLayout(row(Button(_("Back"), act=self.left.emit), None, self.draft, self.enter))

    def _changed(self) -> None:
        """Other days are to be looked at anew before they are entered."""
        self._shown, self._entered = None, None
        self.enter.setEnabled(False)
        self.draft.hide()
        self.told.setText(_("Nothing is written before you have seen what moves."))
        self.list.hold(())

    def _closing(self) -> Closing | None:
        try:
            named = re.split(r"[\s,;]+", self.days.text().strip())
            days = tuple(date.fromisoformat(one) for one in named if one)
        except ValueError:
            self.strip.say(_("These are no days."), Tone.RED, _("Write dates as 2026-11-25, with commas."))
            return None
        return Closing(days, self.instrument.text().strip(), str(self.calendar.currentData() or "office"))

    def preview(self) -> None:
        """List what the closure would move; nothing is written."""
        wanted = self._closing()
        if wanted is not None:
            self.strip.clear()
            self.desk.read(
                self,
                lambda office, progress: ask.close(office, progress, wanted, True),
                lambda found: self._show(wanted, found),
                title=_("Looking which limits move"),
                key="closing",
                refused=self.strip.refuse,
                stopped=self._changed,
            )

    def _show(self, wanted: Closing, found: Closed) -> None:
        self._shown = wanted
        self.enter.setEnabled(True)
        moved = plural("{n} limit moves", "{n} limits move", len(found.moved)).format(n=len(found.moved))
        decided = plural(
            "{n} in a case that has ended is left as it is",
            "{n} in cases that have ended are left as they are",
            len(found.decided),
        ).format(n=len(found.decided))
        self.told.setText(f"{moved} · {decided}" if found.decided else moved)
        entries: list[Entry] = []
        if found.moved:
            entries.append(Entry("moved", _("Move"), trailing=str(len(found.moved)), heading=True))
        names = self.desk.names
        for one in found.moved:
            name = names.limit_name(one.rule, one.name)
            days = f"{words.full_day(one.old)} → {words.full_day(one.new)}"
            if words.mirrored():
                days = f"{words.full_day(one.old)} ← {words.full_day(one.new)}"
            entries.append(Entry(one.limit, words.isolate(one.number), f"{name} · {one.why}", trailing=days))
        if found.decided:
            count = str(len(found.decided))
            entries.append(
                Entry("decided", _("Decided already, for a person to look at"), trailing=count, heading=True)
            )
        for ended in found.decided:
            entries.append(
                Entry(
                    f"{ended.case} {ended.rule}",
                    words.isolate(ended.number),
                    " · ".join(
                        (
                            names.limit_name(ended.rule, ended.name),
                            names.state(ended.status_code, ended.status),
                        )
                    ),
                    trailing=words.full_day(ended.last_day),
                )
            )
        self.list.hold(entries, first=False)

    def _enter(self) -> None:
        wanted = self._shown
        if wanted is None:
            return
        self.enter.setEnabled(False)
        self.desk.write(
            self,
            lambda office, progress: ask.close(office, progress, wanted, False),
            self._done,
            title=_("Entering the closure"),
            refused=self.strip.refuse,
            stopped=lambda: self.strip.say(_("Stopped. Nothing was entered.")),
        )

    def _done(self, found: Closed) -> None:
        self._entered = found
        self.strip.say(
            plural(
                "Entered; {n} limit was moved.", "Entered; {n} limits were moved.", len(found.moved)
            ).format(n=len(found.moved)),
            Tone.GREEN,
        )
        self.draft.setVisible(any(one.owner == "applicant" for one in found.moved))

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder for the drafts")):
            self.drafts(Path(chosen))

    def drafts(self, folder: Path) -> None:
        """Write a draft for each applicant into a folder."""
        found = self._entered
        if found is not None:
            self.desk.read(
                self,
                lambda office, progress: ask.notices(office, progress, found, folder),
                lambda files: self.strip.say(
                    plural("{n} draft was written", "{n} drafts were written", len(files)).format(
                        n=len(files)
                    ),
                    Tone.GREEN,
                    _("They are no letters yet: issue each from its case when you have looked at it."),
                ),
                title=_("Drafting the notices"),
                refused=self.strip.refuse,
                stopped=lambda: self.strip.say(_("Stopped.")),
            )
