"""Recording what happened: the events the law allows now, each with its own fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.case import Case
from app.domain.law import EventRule
from app.errors import OfficeError, _
from ui import words
from ui.lawnames import LawNames
from ui.widgets.fields import Combo, DateField
from ui.widgets.pieces import Button, Rule, Sheet, column, empty, label, row
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.states import Strip

Field = QLineEdit | QPlainTextEdit | QComboBox

CATEGORIES = ("X", "Y", "A", "P", "E", "O", "T", "L", "D")
"""Categories of cited documents (WIPO Standard ST.14)."""

# These are recorded by the act they belong to, with everything that goes with it.
_BY_THEIR_OWN_ACT = frozenset(
    {"letter_issued", "letter_served", "filing_invited", "formalities_invited", "examination_report"}
)


class RecordForm(Sheet):
    """`recorded(event, on, fields)` when the person is done; `left` when they go back."""

    recorded = Signal(str, object, dict)
    left = Signal()

    def __init__(self, names: LawNames, *, narrow: bool = False) -> None:
        super().__init__(padding=0, spacing=0)
        self.names = names
        self.case: Case | None = None
        self.rules: dict[str, EventRule] = {}
        self.rows = ""
        self.inputs: dict[str, Field] = {}
        self.strip = Strip()
        self.what = Combo()
        self.what.setAccessibleName(_("What happened"))
        self.day = DateField(_("On"), date.today())
        self.provision = label("", "small", wrap=True)
        self.keep = Button(_("Record"), icon="check", act=self._submit)
        self.leave = Button(_("Back"), act=self.left.emit)
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(20, 16, 20, 16)
        page.setSpacing(8)
        self.title = label(_("Record what happened"), "section")
        page.addWidget(self.title)
        page.addWidget(self.strip)
        # Beside something else there is no room for the name of an event and a day in one line.
        beside = column if narrow else row
        page.addLayout(
            beside(
                column(label(_("What happened"), "label"), self.what, spacing=4),
                column(label(_("On"), "label"), self.day, spacing=4),
                spacing=12,
            )
        )
        page.addWidget(self.provision)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(6)
        page.addLayout(self._fields)
        page.addStretch(1)
        scroll = ScrollColumn(_("Record what happened"), inner)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(Rule())
        foot = row(self.leave, None, self.keep)
        foot.setContentsMargins(20, 10, 20, 10)
        self.body.addLayout(foot)
        self.what.currentIndexChanged.connect(lambda _index: self._show_fields())

    def offer(
        self, case: Case | None, rules: tuple[EventRule, ...], today: date, choose: str = "", rows: str = ""
    ) -> None:
        """Offer what the law allows on the case now; `rows` are the labels of rows chosen before."""
        self.case, self.rows = case, rows
        offered = [r for r in rules if r.id not in _BY_THEIR_OWN_ACT]
        self.rules = {r.id: r for r in offered}
        self.strip.clear()
        self.day.no_later_than(today)
        self.day.show_day(today)
        self.what.blockSignals(True)
        self.what.clear()
        for rule in sorted(offered, key=lambda r: self.names.event(r.id)):
            self.what.addItem(self.names.event(rule.id), rule.id)
        at = self.what.findData(choose) if choose else -1
        self.what.setCurrentIndex(at if at >= 0 else 0)
        self.what.blockSignals(False)
        self._show_fields()
        self.what.setFocus()

    def choose(self, event: str) -> None:
        """Choose an event by id."""
        self.what.setCurrentIndex(self.what.findData(event))

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal above the fields."""
        self.keep.setEnabled(True)
        self.strip.refuse(refusal)

    def stopped(self) -> None:
        """The person stopped it; nothing was recorded."""
        self.keep.setEnabled(True)
        self.strip.say(_("Stopped. Nothing was recorded."))

    def _show_fields(self) -> None:
        empty(self._fields)
        self.inputs = {}
        rule = self.rules.get(str(self.what.currentData()))
        self.keep.setEnabled(rule is not None)
        if rule is None:
            return
        self.provision.setText(rule.provision)
        if "rows" in rule.fields.values():
            named = words.isolate(self.rows) if self.rows else _("all rows it can act on")
            self._fields.addWidget(label(_("Acts on: {rows}").format(rows=named), "medium", wrap=True))
        for name, kind in rule.fields.items():
            made = self._input(name, kind)
            if made is None:
                continue
            self.inputs[name] = made
            needed = _(" (needed)") if name in rule.required else ""
            called = field_name(name)
            made.setAccessibleName(called)
            self._fields.addWidget(label(called + needed, "label"))
            self._fields.addWidget(made)

    def _input(self, name: str, kind: str) -> Field | None:
        if kind == "date":
            # A date that may stay open is typed, so that nothing is entered that nobody meant.
            day = QLineEdit()
            day.setPlaceholderText("2026-11-25")
            return day
        if kind == "category":
            chosen = Combo()
            chosen.addItems(CATEGORIES)
            return chosen
        if name == "limit":
            return self._limits()
        if kind in ("rows", "document", "citations"):
            # Rows and documents are chosen in their own tabs; here nothing stands for “all”.
            return None
        if name in ("text", "reasons", "grounds", "reason"):
            text = QPlainTextEdit()
            text.setFixedHeight(84)
            text.setTabChangesFocus(True)
            return text
        return QLineEdit()

    def _limits(self) -> QComboBox:
        chosen = Combo()
        chosen.addItem(_("none"), "")
        if self.case is not None:
            for deadline in self.case.deadlines:
                chosen.addItem(f"{deadline.name} · {deadline.last_day.isoformat()}", deadline.id)
        return chosen

    def _submit(self) -> None:
        rule = self.rules.get(str(self.what.currentData()))
        if rule is None:
            return
        self.keep.setEnabled(False)
        fields = {name: value for name, made in self.inputs.items() if (value := value_of(made))}
        rows = next((name for name, kind in rule.fields.items() if kind == "rows"), "")
        if rows and self.rows:
            fields[rows] = self.rows
        self.recorded.emit(rule.id, self.day.day, fields)


def value_of(made: Field) -> str:
    """What a field holds."""
    if isinstance(made, QPlainTextEdit):
        return made.toPlainText().strip()
    if isinstance(made, QComboBox):
        data = made.currentData()
        return str(made.currentText() if data is None else data)
    return made.text().strip()


def field_name(name: str) -> str:
    """A field of an event in words."""
    known: Mapping[str, Any] = {
        "text": _("Text"),
        "limit": _("Limit"),
        "received": _("Received on"),
        "posted": _("Posted on"),
        "place": _("Place"),
        "date": _("Date"),
        "reason": _("Reason"),
        "reasons": _("Reasons"),
        "grounds": _("Grounds"),
        "provision": _("Provision"),
        "claims": _("Claims"),
        "office": _("Office (ST.3)"),
        "number": _("Number"),
        "kind_code": _("Kind code (ST.16)"),
        "category": _("Category (ST.14)"),
        "passages": _("Passages"),
        "title": _("Title"),
        "record": _("Record of the collection"),
        "coverage": _("What was searched"),
        "gazette": _("Gazette"),
        "opponent": _("Opponent"),
        "body": _("Body"),
        "period": _("Period (2m, 60d, 1y)"),
        "basis": _("Basis in the documents as filed"),
        "what": _("What changes"),
        "effective": _("In force from"),
        "receipt": _("Receipt"),
        "missing": _("What is missing"),
        "international_number": _("International number"),
    }
    return str(known.get(name, name))
