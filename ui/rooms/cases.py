"""The room of cases: a list to find one in, and one case with everything on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import CaseLine
from app.domain.changes import Changes
from app.domain.docket import DocketAsk
from app.errors import _, plural
from app.progress import Progress
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.case.view import CaseView
from ui.rooms.docket_table import state_chip
from ui.rooms.room import Action, Room
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Rule, Sheet, label, row
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.offices import Office


class CasesRoom(Room):
    """`enter(case id)` opens a case; without one the list is shown."""

    key = "cases"
    icon = "folder-open"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.finder = Finder(desk)
        self.view = CaseView(desk, self.strip)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.finder)
        self.stack.addWidget(self.view)
        self.page.addWidget(self.stack, 1)
        self.finder.opened.connect(lambda entry: self.enter(entry.key))
        self.view.changed.connect(self.renamed.emit)

    def title(self) -> str:
        return _("Case") if self.stack.currentWidget() is self.view else _("Cases")

    def actions_now(self) -> tuple[Action, ...]:
        if self.stack.currentWidget() is not self.view:
            return (
                Action(_("Take in applications"), "plus", lambda: self.desk.go("reception"), primary=True),
            )
        return (
            Action(_("Record"), "pencil", self.view.record, keys="Ctrl+R"),
            Action(_("Write letter"), "mail", self.view.write_letter, primary=True, keys="Ctrl+L"),
        )

    def enter(self, what: object = None) -> None:
        if isinstance(what, tuple) and len(what) == 2:
            case_id, tab = what
            self.view.open(str(case_id), str(tab))
            self.stack.setCurrentWidget(self.view)
        elif what == "list":
            self.view.close_case()
            self.stack.setCurrentWidget(self.finder)
            self.finder.begin()
        elif isinstance(what, str) and what:
            self.view.open(what)
            self.stack.setCurrentWidget(self.view)
        elif self.view.case is None:
            self.stack.setCurrentWidget(self.finder)
            self.finder.begin()
        self.renamed.emit()

    def concerns(self, changes: Changes) -> None:
        if self.stack.currentWidget() is self.finder:
            self.finder.ask()
        if self.view.case is not None and (not changes.cases or self.view.case.id in changes.cases):
            self.view.ask_again()

    def back(self) -> bool:
        if super().back():
            return True
        if self.stack.currentWidget() is self.view:
            if self.view.back():
                return True
            self.view.close_case()
            self.stack.setCurrentWidget(self.finder)
            self.finder.begin()
            self.renamed.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R records, L writes a letter, Ctrl+Z takes the newest act back, where no field takes the key."""
        on_case = self.stack.currentWidget() is self.view
        if on_case and event.matches(QKeySequence.StandardKey.Undo):
            self.view.undo()
        elif on_case and event.key() == Qt.Key.Key_R and not event.modifiers():
            self.view.record()
        elif on_case and event.key() == Qt.Key.Key_L and not event.modifiers():
            self.view.write_letter()
        else:
            super().keyPressEvent(event)


class Finder(QWidget):
    """All cases, narrowed by words or by a number in any spelling."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Number in any spelling, applicant, words of title and text"))
        self.field.setAccessibleName(_("Find cases"))
        self.count = label("", "small")
        self.list = EntryList(_("Cases"), margin=20, lines=True)
        self.opened = self.list.opened
        self.stand = Stand(self.list, Notice("folder-open", ""))
        sheet = Sheet(padding=0, spacing=0)
        head = row(self.field, self.count, spacing=16)
        head.setContentsMargins(16, 12, 20, 12)
        sheet.body.addLayout(head)
        sheet.body.addWidget(Rule())
        sheet.body.addWidget(self.stand, 1)
        sheet.body.addSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sheet)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self.ask)
        self.field.textEdited.connect(lambda _text: self._timer.start())
        self.field.returnPressed.connect(self._open_first)

    def begin(self) -> None:
        """Ready for a name or number."""
        self.field.setFocus()
        self.field.selectAll()
        self.ask()

    def ask(self) -> None:
        """Ask the service."""
        text = self.field.text().strip()
        self.desk.read(
            self,
            lambda office, progress: _found(office, progress, text),
            self._hold,
            key="find",
            refused=self.stand.show_refusal,
        )

    def _hold(self, found: tuple[tuple[CaseLine, ...], int]) -> None:
        lines, total = self.desk.names.lines(found[0]), found[1]
        said = plural("{n} case", "{n} cases", total).format(n=total)
        if len(lines) < total:
            said = _("{shown} of {whole} cases").format(shown=len(lines), whole=total)
        self.count.setText(said)
        self.list.hold(self._entry(line) for line in lines)
        if lines:
            self.stand.show_thing()
        else:
            self.stand.show_empty("search", _("No case fits"), _("Fewer words find more."))

    def _entry(self, line: CaseLine) -> Entry:
        chip = state_chip(line, self.desk.today)
        filed = _("filed {day}").format(day=words.full_day(line.filing_date)) if line.filing_date else ""
        note = " · ".join(
            p for p in (words.isolate(line.number), words.right_name(line.right), line.applicant, filed) if p
        )
        return Entry(
            line.id, words.case_title(line), note, icon="folder-open", under=chip.text, tone=chip.tone
        )

    def _open_first(self) -> None:
        if (entry := self.list.current) is not None:
            self.list.opened.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


SHOWN = 200
"""Cases the list shows at most: who looks for another one types more."""


def _found(office: Office, progress: Progress, text: str) -> tuple[tuple[CaseLine, ...], int]:
    """The first cases found by words, or the first of the docket; and how many there are."""
    if text:
        found = ask.find(office, progress, text)
        return found[:SHOWN], len(found)
    page = ask.docket_page(office, progress, DocketAsk(), SHOWN)
    return page.lines, page.total
