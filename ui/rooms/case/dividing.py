"""Dividing a case: what goes into the new one, what stays, and one act that does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.case import Case, Row
from app.domain.law import EventRule
from app.errors import OfficeError, _, plural
from ui.models.entries import Entry
from ui.widgets.entrylist import EntryList
from ui.widgets.fields import DateField
from ui.widgets.pieces import Button, Rule, Sheet, column, label, row
from ui.widgets.states import Strip


class DivideForm(Sheet):
    """`divided(rows, on, text)` when the person is sure; `left` when they go back."""

    divided = Signal(str, object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20, spacing=10)
        self._rows: tuple[Row, ...] = ()
        self.strip = Strip()
        self.told = label("", "", wrap=True)
        self.goes, self.stays = EntryList(_("Goes into the new case")), EntryList(_("Stays in this case"))
        self.goes_name, self.stays_name = label("", "strong"), label("", "strong")
        self.day = DateField(_("On"), date.today())
        self.text = QLineEdit()
        self.text.setAccessibleName(_("Text"))
        self.keep = Button(_("Divide"), icon="git-fork", act=self._submit)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addLayout(column(self.goes_name, self.goes, spacing=4), 1)
        lists.addWidget(Rule(upright=True))
        lists.addLayout(column(self.stays_name, self.stays, spacing=4), 1)
        whole = QVBoxLayout()
        whole.setSpacing(10)
        whole.addWidget(label(_("Divide this case"), "section"))
        whole.addWidget(self.strip)
        whole.addWidget(self.told)
        whole.addLayout(lists, 1)
        facts = row(
            column(label(_("On"), "label"), self.day, spacing=4),
            column(label(_("Text"), "label"), self.text, spacing=4),
            spacing=12,
        )
        facts.setStretch(1, 1)
        whole.addLayout(facts)
        whole.addWidget(Rule())
        whole.addLayout(row(Button(_("Back"), act=self.left.emit), None, self.keep))
        self.body.addLayout(whole, 1)

    def offer(self, case: Case, rule: EventRule, chosen: Sequence[Row], today: date) -> None:
        """Show what a division of `chosen` would do."""
        self._rows = tuple(chosen)
        gone = {one.id for one in chosen} if rule.row_status else set()
        staying = [one for one in case.rows if one.live and one.id not in gone]
        copied = "" if rule.row_status else _("The claims are copied and stay in this case too.")
        self.told.setText(
            " ".join(
                part
                for part in (
                    _("The new case gets a number of its own and keeps filing date, priorities and parties."),
                    copied,
                    _("A division is not taken back; parts that stand alike may be merged again."),
                )
                if part
            )
        )
        self.strip.clear()
        self.goes_name.setText(
            plural("{n} row goes into the new case", "{n} rows go into the new case", len(chosen)).format(
                n=len(chosen)
            )
        )
        self.stays_name.setText(
            plural("{n} row stays here", "{n} rows stay here", len(staying)).format(n=len(staying))
        )
        self.goes.hold(_entries(chosen), first=False)
        self.stays.hold(_entries(staying), first=False)
        self.day.no_later_than(today)
        self.day.show_day(today)
        self.text.clear()
        self.keep.setEnabled(bool(chosen))
        self.keep.setFocus()

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal above the lists; nothing was divided."""
        self.keep.setEnabled(True)
        self.strip.refuse(refusal)

    def _submit(self) -> None:
        self.keep.setEnabled(False)
        self.divided.emit(labels_of(self._rows), self.day.day, self.text.text().strip())


def labels_of(rows: Iterable[Row]) -> str:
    """Rows as an event names them: `9, 42`."""
    return ", ".join(one.label for one in rows)


def _entries(rows: Iterable[Row]) -> list[Entry]:
    from ui.rooms.case.rowspage import row_name

    return [Entry(one.id, row_name(one), one.text.replace("\n", " ")[:160]) for one in rows]
