"""One case beside the docket: who, what, why this date, and the next actions."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case, CaseLine
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.docket import shown_limit
from ui.rooms.docket_table import state_chip
from ui.widgets.actioncard import ActionCard
from ui.widgets.pieces import ChipLabel, Rule, Sheet, column, label, row, selectable
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.whysteps import WhySteps


class CaseDetail(Sheet):
    """The upper part scrolls, the actions stay."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(padding=0, spacing=0)
        self.desk = desk
        self.case: CaseLine | None = None
        self.number = selectable("", "small")
        self.chip = ChipLabel()
        self.name = selectable("", "section", wrap=True)
        self.facts = label("", "", wrap=True)
        self.why_title = label("", "section", wrap=True)
        self.why = WhySteps()
        self._rule = Rule()
        self.open = ActionCard("folder-open", _("Open the case"), _("Rows, timeline, documents"), "Enter")
        self.letter = ActionCard("mail", _("Write a letter"), _("Look at it, then issue it"), "L")
        self.open.chosen.connect(self._open)
        self.letter.chosen.connect(self.write_letter)
        self._next = QWidget()
        below = column(Rule(), 8, label(_("Next actions"), "section"), 2, self.open, self.letter)
        below.setContentsMargins(16, 0, 16, 16)
        self._next.setLayout(below)
        self.body.addWidget(self._upper(), 1)
        self.body.addWidget(self._next)
        self.show_case(None)

    def _upper(self) -> ScrollColumn:
        inner = QWidget()
        upper = QVBoxLayout(inner)
        upper.setContentsMargins(16, 16, 16, 8)
        upper.setSpacing(4)
        upper.addLayout(row(self.number, None, self.chip))
        upper.addSpacing(6)
        upper.addWidget(self.name)
        upper.addSpacing(2)
        upper.addWidget(self.facts)
        upper.addSpacing(10)
        upper.addWidget(self._rule)
        upper.addSpacing(10)
        upper.addWidget(self.why_title)
        upper.addSpacing(6)
        upper.addWidget(self.why)
        upper.addStretch(1)
        return ScrollColumn(_("The chosen case"), inner)

    def show_case(self, case: CaseLine | None) -> None:
        """Show one case, or that none is chosen."""
        self.case = case
        for part in (self.chip, self.facts, self._next):
            part.setVisible(case is not None)
        limit = shown_limit(case) if case else None
        for part in (self.why_title, self.why, self._rule):
            part.setVisible(limit is not None)
        if case is None:
            self.number.setText("")
            self.name.setText(_("No case chosen"))
            return
        self.number.setText(words.isolate(case.number))
        self.chip.show_chip(state_chip(case, self.desk.today))
        self.name.setText(words.case_title(case))
        filed = _("filed {day}").format(day=words.full_day(case.filing_date)) if case.filing_date else ""
        first = " · ".join(p for p in (words.right_name(case.right), filed) if p)
        examiner = _("Examiner: {name}").format(name=case.officer) if case.officer else ""
        self.facts.setText("\n".join(p for p in (first, case.applicant, examiner) if p))
        if limit is not None:
            self.why_title.setText(_("Why {day}").format(day=words.named_day(limit.last_day)))
            self.why.hold(())
            self.desk.read(
                self,
                lambda office, progress: ask.show(office, progress, case.id),
                self._show_steps,
                key="steps",
            )

    def _show_steps(self, whole: Case) -> None:
        """The reckoning of the limit; the docket's lines do not carry it."""
        limit = shown_limit(self.case) if self.case else None
        if self.case is None or limit is None or whole.id != self.case.id:
            return
        shown = next((d for d in whole.deadlines if d.id == limit.id), None)
        self.why.hold(shown.steps if shown else ())

    def write_letter(self) -> None:
        """Go to the letters room with this case."""
        if self.case is not None:
            self.desk.go("letters", ("write", self.case.id))

    def _open(self) -> None:
        if self.case is not None:
            self.desk.go("case", self.case.id)
