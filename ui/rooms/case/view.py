"""One case: header with tabs, the page of the tab, and what is beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.law import EventRule
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.ask import fees as ask_fees
from ui.desk import Desk, OpenCase
from ui.rooms.case.checklist import ChecklistPage
from ui.rooms.case.chronicle import moments
from ui.rooms.case.dividing import DIVISIONS, DivideForm, labels_of
from ui.rooms.case.documents import DocumentsPage
from ui.rooms.case.feespage import OPEN_FEES, FeesPage
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
    from app.services.cases import Recorded
    from app.services.dividing import Divided
    from app.services.fees import Paid

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
        self.overview.saved.connect(self._save)
        self.overview.cited.connect(lambda record: self.desk.go("prior-art", ("record", record)))
        self.documents.attached.connect(self._attach)
        self.checklist.invite.connect(self.write_letter)
        self.history.undo.connect(self._undo)
        self.history.as_of.connect(self._show_as_of)
        self.form.recorded.connect(self._record)
        self.rows.acted.connect(self._act_on_rows)
        self.fees.booked.connect(self._book)
        self.division.divided.connect(self._divide)
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
            self._hold,
            key="case",
            refused=self.strip.refuse,
        )

    def _hold(self, case: Case) -> None:
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
            Tab("fees", _("Fees"), str(sum(f.state in OPEN_FEES for f in case.fees) or "")),
            Tab("history", _("History")),
        )

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
            self._allowed(self.rows.offer)
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
        self._allowed(lambda rules: self._show_form(rules, choose))

    def _allowed(self, done: Callable[[tuple[EventRule, ...]], None]) -> None:
        case = self.case
        if case is not None:
            self.desk.read(
                self,
                lambda office, progress: ask.allowed(office, progress, case.id),
                done,
                key="allowed",
                refused=self.strip.refuse,
            )

    def _show_form(self, rules: tuple[EventRule, ...], choose: str, rows: str = "") -> None:
        if self.case is None:
            return
        self.stack.setCurrentWidget(self.form)
        self.side.show()
        self.form.offer(self.case, rules, self.desk.today, choose, rows)

    def _act_on_rows(self, event: str) -> None:
        """An event on the rows chosen; a division has its own form, for a new case comes of it."""
        chosen, rule = self.rows.chosen, self.desk.law.events.get(event)
        case = self.case
        if case is None or rule is None:
            return
        if event in DIVISIONS:
            self.stack.setCurrentWidget(self.division)
            self.side.hide()
            self.division.offer(case, rule, chosen, self.desk.today)
        else:
            self._allowed(lambda rules: self._show_form(rules, event, labels_of(chosen)))

    def _divide(self, rows: str, on: date, text: str) -> None:
        def told(done: Divided) -> None:
            self.turn("rows")
            self.strip.say(
                _("Divided: the rows {rows} are in the new case {number}.").format(
                    rows=words.isolate(rows), number=words.isolate(done.new.number)
                ),
                Tone.GREEN,
                _("Look for its number to open it (Ctrl+K)."),
            )

        self._write(
            lambda office, progress, case_id: ask_fees.divide(office, progress, case_id, rows, on, text),
            told,
            self.division.refuse,
            _("Dividing"),
        )

    def _book(self, money: ask_fees.Money) -> None:
        def told(done: Paid) -> None:
            self.fees.leave()
            self.desk.say(_("Recorded. Receipt {number}").format(number=words.isolate(done.receipt)))

        self._write(
            lambda office, progress, case_id: ask_fees.book(office, progress, case_id, money),
            told,
            self.fees.refuse,
        )

    def write_letter(self) -> None:
        """Go to the letters with this case."""
        if self.case is not None:
            self.desk.go("letters", ("write", self.case.id))

    def _record(self, event: str, on: date, fields: dict[str, Any]) -> None:
        self._write(
            lambda office, progress, case_id: ask.record(office, progress, case_id, event, on, fields),
            lambda _recorded: self._recorded(event),
            self.form.refuse,
        )

    def _recorded(self, event: str) -> None:
        self.desk.say(_("Recorded: {event}").format(event=self.desk.names.event(event)))
        self.turn("timeline")

    def _save(self, fields: dict[str, str]) -> None:
        self._write(
            lambda office, progress, case_id: ask.edit(office, progress, case_id, fields),
            lambda _recorded: self.overview.leave(),
            self.strip.refuse,
        )

    def undo(self) -> None:
        """Ctrl+Z: take back the newest act that may be taken back."""
        self._undo(None)

    def _undo(self, act: str | None) -> None:
        self._write(
            lambda office, progress, case_id: ask.undo(office, progress, case_id, act),
            lambda _recorded: self.desk.say(_("Taken back. Both stay in the history.")),
            self.strip.refuse,
        )

    def _attach(self, files: list[Path]) -> None:
        self._write(
            lambda office, progress, case_id: ask.attach(office, progress, case_id, files),
            lambda _recorded: self.turn("documents"),
            self.strip.refuse,
            _("Putting files into the dossier"),
        )

    def _write(self, call: Any, done: Any, refused: Any, title: str = "") -> None:
        case = self.case
        if case is None:
            return

        def kept(recorded: Recorded) -> None:
            if self.case is not None and self.case.id == recorded.case.id:
                self._hold(recorded.case)
            done(recorded)

        self.desk.write(
            self, lambda office, progress: call(office, progress, case.id), kept, title=title, refused=refused
        )

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
            self._attach(files)
