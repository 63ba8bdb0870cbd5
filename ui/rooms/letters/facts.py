"""Beside a letter that was issued: its facts, and what comes next for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import OfficeError, _
from ui import words
from ui.lawnames import LawNames
from ui.theme import Tone
from ui.widgets.fields import DateField
from ui.widgets.painting import Chip
from ui.widgets.pieces import (
    Button,
    ChipLabel,
    ElidedLabel,
    Rule,
    Sheet,
    column,
    empty,
    label,
    row,
    selectable,
)
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.letters import LetterLine


class LetterFacts(Sheet):
    """`printed`, `labelled`, `copied(reason)`, `served(day, proof)`, `case_asked`."""

    printed = Signal()
    labelled = Signal()
    copied = Signal(str)
    served = Signal(object, object)
    case_asked = Signal()

    def __init__(self, names: LawNames, today: date) -> None:
        super().__init__(padding=0, spacing=0)
        self.names = names
        self.strip = Strip()
        self.letter: LetterLine | None = None
        self._facts = QVBoxLayout()
        self._facts.setSpacing(0)
        self.chip = ChipLabel()
        self.print = Button(_("Print the original"), icon="printer", act=self.printed.emit)
        self.label = Button(_("Address label"), icon="tag", act=self.labelled.emit)
        self.open_case = Button(_("Open the case"), icon="folder-open", act=self.case_asked.emit)
        self.day = DateField(_("Served on"), today)
        self.day.no_later_than(today)
        self.proof = ElidedLabel(_("no proof chosen"), "small")
        self._proof: Path | None = None
        self.choose = Button(_("Proof …"), icon="paperclip", kind="filter", act=self._choose)
        self.serve = Button(_("Record service"), icon="circle-check", act=self._serve)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason for a copy"))
        self.reason.setAccessibleName(_("Reason for a copy"))
        self.copy = Button(_("Print a copy"), icon="copy", act=lambda: self.copied.emit(self.reason.text()))
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(16, 14, 16, 14)
        page.setSpacing(8)
        page.addWidget(self.strip)
        page.addLayout(row(label(_("Fields"), "section"), None, self.chip))
        page.addLayout(self._facts)
        page.addSpacing(2)
        for button in (self.print, self.label, self.open_case):
            page.addWidget(button)
        self._service = QWidget()
        service = column(
            Rule(),
            4,
            label(_("Service"), "section"),
            row(label(_("Served on"), "label"), None, self.day),
            row(self.proof, self.choose),
            self.serve,
        )
        self._service.setLayout(service)
        page.addWidget(self._service)
        page.addWidget(Rule())
        page.addWidget(label(_("Copies"), "section"))
        page.addWidget(self.reason)
        page.addWidget(self.copy)
        page.addStretch(1)
        scroll = ScrollColumn(_("The letter’s fields"), inner)
        self.body.addWidget(scroll)

    def hold(self, letter: LetterLine) -> None:
        """Show a letter; the case's facts come with `hold_case`."""
        self.letter = letter
        self.strip.clear()
        self.chip.show_chip(Chip(state_name(letter.state), state_tone(letter.state)))
        self.print.say(_("Print the original") if letter.state == "issued" else _("Print again (COPY)"))
        self._service.setVisible(letter.state in ("issued", "printed"))
        self._say(
            [
                (_("Letter"), self.names.letter(letter.template)),
                (_("Number"), words.isolate(letter.number)),
                (_("Case"), words.isolate(letter.case_number)),
                (_("Date"), words.full_day(letter.date)),
            ]
        )

    def hold_case(self, case: Case) -> None:
        """Add what the case tells of the letter."""
        letter = self.letter
        if letter is None:
            return
        entry = next((x for x in case.letters if x.id == letter.id), None)
        facts = [
            (_("Letter"), self.names.letter(letter.template)),
            (_("Number"), words.isolate(letter.number)),
            (_("Case"), f"{words.isolate(case.number)} · {case.title}"),
            (_("Date"), words.full_day(letter.date)),
        ]
        if entry and entry.languages:
            facts.append(
                (_("Languages"), words.listed(words.language_name(code) for code in entry.languages))
            )
        if entry and entry.served:
            facts.append((_("Served"), words.full_day(entry.served)))
        limit = next((d for d in case.deadlines if entry and d.id == entry.opens), None)
        if limit is not None:
            named = self.names.limit(limit)
            facts.append((_("Limit opened"), f"{named.name}: {words.named_day(limit.last_day)}"))
        self._say(facts)

    def _say(self, facts: list[tuple[str, str]]) -> None:
        empty(self._facts)
        for name, value in facts:
            self._facts.addWidget(label(name, "label"))
            self._facts.addWidget(selectable(value, "medium", wrap=True))
            self._facts.addSpacing(6)

    def refuse(self, refusal: OfficeError) -> None:
        """Show why it was not done."""
        self.strip.refuse(refusal)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Proof of service"))
        if chosen:
            self._proof = Path(chosen)
            self.proof.say(self._proof.name)

    def _serve(self) -> None:
        if self._proof is None:
            self.strip.say(
                _("Service is recorded with its proof."),
                Tone.AMBER,
                _("Choose the scan of the card or list."),
            )
            return
        self.served.emit(self.day.day, self._proof)


def state_name(state: str) -> str:
    """The state of a letter in words."""
    return {
        "issued": _("To print"),
        "printed": _("Printed"),
        "served": _("Served"),
        "replaced": _("Replaced"),
    }.get(state, state)


def state_tone(state: str) -> Tone:
    """Amber while somebody has to do something, green once it was served."""
    return {"issued": Tone.AMBER, "served": Tone.GREEN}.get(state, Tone.QUIET)
