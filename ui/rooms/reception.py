"""The reception: files come in by drag and drop, each whole or not at all, with what was "
"noticed; or a case by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSplitter, QStackedWidget

from app.domain.findings import Severity
from app.domain.record import Right
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.room import Action, Room
from ui.theme import Tone
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.dropzone import DropZone
from ui.widgets.entrylist import EntryList
from ui.widgets.fields import DateField
from ui.widgets.pieces import Button, Rule, Sheet, label, row
from ui.widgets.states import Notice, Stand, Strip

if TYPE_CHECKING:
    from app.services.cases import Recorded
    from app.services.intake import Taken

_ICON = {Severity.ERROR: "circle-alert", Severity.WARNING: "triangle-alert", Severity.NOTE: "info"}
_TONE = {Severity.ERROR: "red", Severity.WARNING: "amber", Severity.NOTE: "ink2"}


class ReceptionRoom(Room):
    """`enter(files)` takes them in; `enter("new")` opens a case by hand."""

    key = "reception"
    icon = "inbox"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.zone = DropZone(
            _("Drop applications here: files, folders, archives"),
            _("ST.96, ST.36, ST.66, ST.86, gazettes, filing packages. Each comes in whole, or not at all."),
        )
        self.zone.dropped.connect(self.take_in)
        self.came = EntryList(_("What came in"), margin=20, lines=True)
        self.told = label("", "section")
        self.stand = Stand(self.came, Notice("inbox", ""))
        self.by_hand = NewCase(desk)
        self.stack = QStackedWidget()
        self._build()
        self.by_hand.made.connect(self._made)
        self.came.opened.connect(self._open)
        self.stand.show_empty(
            "inbox",
            _("Nothing came in yet"),
            _("What comes in is listed here, with what was noticed while reading."),
        )

    def _build(self) -> None:
        left = Sheet(padding=20, spacing=12)
        left.body.addWidget(label(_("Take in applications"), "section"))
        left.body.addWidget(self.zone, 1)
        left.body.addLayout(
            row(
                Button(_("Choose files"), icon="file-plus", act=self._files),
                Button(_("Choose a folder"), icon="folder", act=self._folder),
                None,
            )
        )
        self.stack.addWidget(left)
        self.stack.addWidget(self.by_hand)
        right = Sheet(padding=0, spacing=0)
        head = row(self.told, None)
        head.setContentsMargins(20, 14, 20, 10)
        self.told.setText(_("What came in"))
        right.body.addLayout(head)
        right.body.addWidget(Rule())
        right.body.addWidget(self.stand, 1)
        right.body.addSpacing(8)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.stack)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        self.remember_panes(panes, "reception", [460, 670])
        self.page.addWidget(panes, 1)

    def title(self) -> str:
        return _("Reception")

    def actions_now(self) -> tuple[Action, ...]:
        return (
            Action(_("New case by hand"), "file-plus", lambda: self.enter("new"), keys="Ctrl+N"),
            Action(_("Choose files"), "plus", self._files, primary=True, keys="Ctrl+O"),
        )

    def enter(self, what: object = None) -> None:
        self.stack.setCurrentIndex(1 if what == "new" else 0)
        if isinstance(what, list) and what:
            self.take_in(what)
        elif what == "new":
            self.by_hand.begin()

    def back(self) -> bool:
        if super().back():
            return True
        if self.stack.currentIndex() == 1:
            self.stack.setCurrentIndex(0)
            return True
        return False

    def take_in(self, files: list[Path]) -> None:
        """Take files in as cases."""
        self.strip.clear()
        if self.stand.is_thing is False:
            self.stand.show_busy(_("Reading …"))
        self.desk.write(
            self,
            lambda office, progress: ask.take_in(office, progress, files),
            self._taken,
            title=_("Taking in applications"),
            refused=self.refuse,
            stopped=self._stopped,
        )

    def _taken(self, taken: Taken) -> None:
        entries: list[Entry] = []
        if taken.cases:
            entries.append(Entry("cases", _("Cases"), trailing=str(len(taken.cases)), heading=True))
            for line in self.desk.names.lines(taken.cases):
                note = " · ".join(
                    p for p in (words.isolate(line.number), words.right_name(line.right), line.applicant) if p
                )
                entries.append(
                    Entry(
                        f"case {line.id}",
                        words.case_title(line),
                        note,
                        icon="folder-open",
                        under=line.status.name,
                        value=line.id,
                    )
                )
        if taken.refused:
            entries.append(Entry("refused", _("Refused"), trailing=str(len(taken.refused)), heading=True))
            entries += [
                Entry(
                    f"refused {n}",
                    one.refused.message,
                    f"{Path(one.file).name} · {one.refused.remedy}",
                    icon="circle-x",
                    icon_tone="red",
                )
                for n, one in enumerate(taken.refused)
            ]
        if taken.findings:
            entries.append(
                Entry("findings", _("Noticed while reading"), trailing=str(len(taken.findings)), heading=True)
            )
            entries += [
                Entry(
                    f"finding {n}",
                    f.message,
                    " · ".join(p for p in (f.where, f.provision, f.remedy) if p),
                    icon=_ICON[f.severity],
                    icon_tone=_TONE[f.severity],
                )
                for n, f in enumerate(taken.findings)
            ]
        self.came.hold(entries)
        self.told.setText(plural("{n} case came in", "{n} cases came in", taken.taken).format(n=taken.taken))
        if entries:
            self.stand.show_thing()
        else:
            self.stand.show_empty("inbox", _("Nothing to take in"), _("The files hold no applications."))
        self.counted.emit(self.key, len(taken.refused))
        self.came.setFocus()

    def _stopped(self) -> None:
        self.strip.say(
            _("Stopped. Files that were finished are in; the others were left as they were."), Tone.AMBER
        )
        if not self.came.entries.entries:
            self.stand.show_stopped()

    def _open(self, entry: Entry) -> None:
        if isinstance(entry.value, str):
            self.desk.go("case", entry.value)

    def _made(self, recorded: Recorded) -> None:
        self.stack.setCurrentIndex(0)
        self.desk.say(_("Case {number} opened").format(number=words.isolate(recorded.case.number)))
        self.desk.go("case", (recorded.case.id, "overview"))

    def _files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Applications"))
        if chosen:
            self.stack.setCurrentIndex(0)
            self.take_in([Path(name) for name in chosen])

    def _folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder with applications")):
            self.take_in([Path(chosen)])


class NewCase(Sheet):
    """A case opened by hand, for paper that came in over the counter. `made(recorded)`."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(padding=20, spacing=6)
        self.desk = desk
        self.strip = Strip()
        self.right = ChoiceButton("", lambda: None)
        self.right.offer([Choice(str(r), words.right_name(r)) for r in Right if str(r) in desk.law.rights])
        self.right.setAccessibleName(_("Right"))
        self.title = self._line(_("Title or mark"))
        self.applicant = self._line(_("Applicant"))
        self.day = DateField(_("Filing date"), desk.today)
        self.open = Button(_("Open the case"), icon="file-plus", act=self._submit)
        self.body.addWidget(label(_("New case by hand"), "section"))
        self.body.addWidget(self.strip)
        self.body.addWidget(label(_("Right"), "label"))
        self.body.addWidget(self.right)
        for name, field in ((_("Title or mark"), self.title), (_("Applicant"), self.applicant)):
            self.body.addWidget(label(name, "label"))
            self.body.addWidget(field)
        self.body.addWidget(label(_("Filing date"), "label"))
        self.body.addLayout(row(self.day, None))
        self.body.addStretch(1)
        self.body.addLayout(row(None, self.open))

    def _line(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.returnPressed.connect(self._submit)
        return field

    def begin(self) -> None:
        """Empty fields, ready for typing."""
        self.strip.clear()
        self.title.clear()
        self.applicant.clear()
        self.open.setEnabled(True)
        self.title.setFocus()

    def _submit(self) -> None:
        if not self.title.text().strip() or not self.applicant.text().strip():
            self.strip.say(_("Title and applicant are needed."), Tone.AMBER, _("Nothing was opened yet."))
            return
        fields = {
            "title": self.title.text().strip(),
            "applicant": self.applicant.text().strip(),
            "filing_date": self.day.day.isoformat(),
        }
        right = str(self.right.value)
        self.open.setEnabled(False)
        self.desk.write(
            self,
            lambda office, progress: ask.new(office, progress, right, fields),
            self.made.emit,
            refused=self._refused,
        )

    def _refused(self, refusal: OfficeError) -> None:
        self.open.setEnabled(True)
        self.strip.refuse(refusal)
