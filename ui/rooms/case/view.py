"""One case: header with tabs, the page of the tab, and what is beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.ask import fees as ask_fees
from ui.desk import Desk, OpenCase
from ui.rooms.case.acts import CaseActs
from ui.rooms.case.checklist import ChecklistPage
from ui.rooms.case.chronicle import moments
from ui.rooms.case.dividing import DivideForm
from ui.rooms.case.documents import DocumentsPage
from ui.rooms.case.feespage import FeesPage
from ui.rooms.case.header import CaseHeader, Tab
from ui.rooms.case.history import HistoryPage
from ui.rooms.case.overview import Overview
from ui.rooms.case.recording import RecordForm
from ui.rooms.case.rowspage import RowsPage
from ui.rooms.case.side import CaseSide
from ui.rooms.case.timeline import Timeline, scrolled
from ui.rooms.case.translations import TranslationPage
from ui.theme import Tone
from ui.widgets.pieces import Sheet
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.fees import Outstanding

BESIDE = ("overview", "timeline", "checklist", "rows")
"""Tabs that leave room for what is beside the case."""


class CaseView(QWidget):
    """`changed` when another case or tab is shown."""

    changed = Signal()

    def __init__(self, desk: Desk, strip: Strip) -> None:
        super().__init__()
        self.desk = desk
        self.strip = strip
        self.case: Case | None = None
        self.as_of: date | None = None
        self.tab = "timeline"
        self.header = CaseHeader()
        self.side = CaseSide()
        self.overview, self.rows, self.timeline = Overview(), RowsPage(desk.names), Timeline()
        self.fees, self.division = FeesPage(), DivideForm()
        self.documents, self.translation = DocumentsPage(desk), TranslationPage(desk)
        self.checklist, self.history = ChecklistPage(), HistoryPage(desk)
        self.form = RecordForm(desk.names)
        self.past = Strip()
        self.acts = CaseActs(self)
        self.pages: dict[str, QWidget] = {
            "overview": self.overview,
            "rows": self.rows,
            "timeline": scrolled(self.timeline),
            "documents": self.documents,
            "translation": self.translation,
            "checklist": self.checklist,
            "fees": self.fees,
            "history": self.history,
        }
        self._build()
        self._connect()
        self.setAcceptDrops(True)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for page in self.pages.values():
            sheet = Sheet(padding=0)
            sheet.body.addWidget(page)
            # The widest page must not widen the others: with it nothing stands beside the case.
            sheet.setMinimumWidth(360)
            self.stack.addWidget(sheet)
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.division)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.stack, 1)
        below.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.header)
        whole.addWidget(self.past)
        whole.addLayout(below, 1)

    def _connect(self) -> None:
        self.header.turned.connect(self.turn)
        self.side.record.connect(self.record)
        self.side.letter.connect(self.write_letter)
        self.side.document.connect(self._open_document)
        self.timeline.asked.connect(self._asked)
        self.overview.saved.connect(self.acts.save)
        self.overview.cited.connect(lambda record: self.desk.go("prior-art", ("record", record)))
        self.documents.attached.connect(self.acts.attach)
        self.checklist.invite.connect(self.write_letter)
        self.history.undo.connect(self.acts.undo)
        self.history.as_of.connect(self._show_as_of)
        self.form.recorded.connect(self.acts.record)
        self.rows.acted.connect(self.acts.act_on_rows)
        self.fees.booked.connect(self.acts.book)
        self.division.divided.connect(self.acts.divide)
        self.division.left.connect(lambda: self.turn(self.tab))
        self.form.left.connect(lambda: self.turn(self.tab))

    # -- opening

    def open(self, case_id: str, tab: str = "") -> None:
        """Open a case, at a tab of its own where one is named."""
        other = self.case is None or self.case.id != case_id
        if other:
            self.case, self.as_of = None, None
            self.past.hide()
        if tab in self.pages:
            self.tab = tab
        self._ask(case_id)

    def close_case(self) -> None:
        """No case is open any more."""
        self.case = None

    def ask_again(self) -> None:
        """Ask for the same case again."""
        if self.case is not None:
            self._ask(self.case.id)

    def _ask(self, case_id: str) -> None:
        self.desk.read(
            self,
            lambda office, progress: ask.show(office, progress, case_id, self.as_of),
            self.hold,
            key="case",
            refused=self.strip.refuse,
        )

    def hold(self, case: Case) -> None:
        """Show a case as it stands."""
        other = self.case is None or self.case.id != case.id
        self.case = case = self.desk.names.case(case)
        cited = {c.record: c.category for c in case.citations if c.record}
        self.desk.case = OpenCase(case.id, case.number, case.title, cited)
        self.header.hold(case, self._tabs(case), self.tab)
        self.side.hold(case)
        self.rows.hold(case)
        self.timeline.hold(moments(case, self.as_of or self.desk.today))
        self.documents.hold(case)
        self.checklist.hold(case)
        self.fees.hold(case, self.desk.today)
        self.desk.read(
            self,
            lambda office, progress: ask_fees.outstanding(office, progress, case),
            self._tell_fees,
            key="fees",
        )
        if other or not self.overview.editing:
            self.overview.hold(case)
        if other or self.stack.currentWidget() not in (self.form, self.division):
            self.turn(self.tab)
        self.changed.emit()

    def _tabs(self, case: Case) -> tuple[Tab, ...]:
        open_ones = sum(1 for f in case.findings if not f.settled)
        return (
            Tab("overview", _("Overview")),
            Tab("rows", _("Rows"), str(len(case.rows) or "")),
            Tab("timeline", _("Timeline")),
            Tab("documents", _("Documents"), str(len(case.documents) or "")),
            Tab("translation", _("Translation")),
            Tab("checklist", _("Checklist"), str(open_ones or "")),
            Tab("fees", _("Fees")),
            Tab("history", _("History")),
        )

    def _tell_fees(self, found: Outstanding) -> None:
        self.fees.tell(found)
        self.header.show_tab(Tab("fees", _("Fees"), str(found.fees or "")))

    def turn(self, tab: str) -> None:
        """Show a tab's page."""
        self.tab = tab
        place = list(self.pages).index(tab)
        self.stack.setCurrentIndex(place)
        self.header.mark(tab)
        self.side.setVisible(tab in BESIDE)
        if self.case is None:
            return
        if tab == "rows" and self.as_of is None:
            self.acts.allowed(self.rows.offer)
        elif tab == "translation":
            self.translation.hold(self.case)
        elif tab == "history":
            self.history.hold(self.case)

    def back(self) -> bool:
        """Esc: out of the form, out of editing, out of the past."""
        if self.stack.currentWidget() in (self.form, self.division):
            self.turn(self.tab)
        elif self.tab == "fees" and self.fees.leave():
            return True
        elif self.overview.editing:
            self.overview.leave()
        elif self.as_of is not None:
            self._show_as_of(None)
        else:
            return False
        return True

    # -- doing

    def record(self, choose: str = "") -> None:
        """Open the form with what the law allows now."""
        self.acts.allowed(lambda rules: self.acts.show_form(rules, choose))

    def write_letter(self) -> None:
        """Go to the letters with this case."""
        if self.case is not None:
            self.desk.go("letters", ("write", self.case.id))

    def undo(self) -> None:
        """Ctrl+Z: take back the newest act that may be taken back."""
        self.acts.undo(None)

    def _show_as_of(self, day: date | None) -> None:
        self.as_of = day if day != self.desk.today else None
        if self.as_of is None:
            self.past.hide()
        else:
            self.past.say(
                _("The case as it stood on {day}").format(day=words.named_day(self.as_of)),
                Tone.AMBER,
                _("Esc shows today again."),
            )
        self.ask_again()

    def _asked(self, key: str) -> None:
        kind, _blank, ident = key.partition(" ")
        if kind == "letter":
            self._open_document(ident)
        elif kind == "limit" and self.case is not None:
            deadline = next((d for d in self.case.deadlines if d.id == ident), None)
            if deadline is not None:
                steps = "\n".join(
                    f"{n}. {s.text} ({s.provision})" for n, s in enumerate(deadline.steps, start=1)
                )
                title = _("Why {day}").format(day=words.named_day(deadline.last_day))
                self.strip.say(title, Tone.QUIET, steps)

    def _open_document(self, document_id: str) -> None:
        self.turn("documents")
        self.documents.open(document_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files dropped on a case go into its dossier."""
        if event.mimeData().hasUrls() and self.case is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.acts.attach(files)
