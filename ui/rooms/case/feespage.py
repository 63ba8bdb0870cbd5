"""The ledger of a case: what fell due, what came, what was given back, and the receipts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.dossier import Fee, Payment
from app.errors import OfficeError, _
from ui import words
from ui.ask.fees import Money
from ui.models.entries import Entry
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.fields import Combo, DateField
from ui.widgets.pieces import Button, Rule, column, label, row
from ui.widgets.states import Notice, Stand, Strip

if TYPE_CHECKING:
    from app.services.fees import Outstanding


class FeesPage(QWidget):
    """`booked(money)` when a payment or money given back is to be recorded."""

    booked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "section")
        self.pay = Button(_("Record a payment"), icon="plus", kind="filter", act=lambda: self.begin(False))
        self.give = Button(_("Give money back"), icon="undo-2", kind="filter", act=lambda: self.begin(True))
        self.list = EntryList(_("Fees and payments"), margin=20, lines=True)
        self.stand = Stand(self.list, Notice("scale", ""))
        self.form = MoneyForm()
        self.form.hide()
        self.form.booked.connect(self.booked.emit)
        head = row(self.told, None, self.pay, self.give)
        head.setContentsMargins(20, 12, 20, 10)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 8)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(self.form)
        page.addWidget(Rule())
        page.addWidget(self.stand, 1)

    def hold(self, case: Case, today: date) -> None:
        """Show the ledger of a case; `tell` says what is open of it."""
        self.form.offer(case, today)
        self.told.setText("")
        self.give.setEnabled(False)
        entries: list[Entry] = []
        if case.fees:
            entries.append(Entry("fees", _("Fees"), trailing=str(len(case.fees)), heading=True))
            entries += [_fee(fee) for fee in case.fees]
        if case.payments:
            count = str(len(case.payments))
            entries.append(Entry("payments", _("Received and given back"), trailing=count, heading=True))
            entries += [_payment(one, case) for one in case.payments]
        self.list.hold(entries, first=False)
        if entries:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "scale", _("No fees yet"), _("The law pack says when a fee falls due; none did so far.")
            )

    def tell(self, found: Outstanding) -> None:
        """Say what is still to be paid, and whether there is anything to give back."""
        self.told.setText(
            _("Still to be paid: {amount} {currency}").format(
                amount=words.isolate(found.amount), currency=found.currency
            )
            if found.amount
            else _("Nothing is open")
        )
        self.give.setEnabled(bool(found.held))

    def begin(self, back: bool) -> None:
        """Open the form for a payment, or for money given back."""
        self.form.begin(back)

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal above the fields."""
        self.form.refuse(refusal)

    def leave(self) -> bool:
        """Close the form. False when it was not open."""
        open_now = not self.form.isHidden()
        self.form.hide()
        return open_now


class MoneyForm(QWidget):
    """Amount, fee, day, and who paid or why it is given back."""

    booked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.back = False
        self.strip = Strip()
        self.title = label("", "strong")
        self.amount, self.said, self.reference = QLineEdit(), QLineEdit(), QLineEdit()
        self.amount.setAccessibleName(_("Amount"))
        self.amount.setPlaceholderText("120.00")
        self.reference.setAccessibleName(_("Reference"))
        self.what = Combo()
        self.what.setAccessibleName(_("For"))
        self.day = DateField(_("On"), date.today())
        self.said_name = label("", "label")
        self.reference_name = label(_("Reference"), "label")
        self.keep = Button(_("Record"), icon="check", act=self._submit)
        first = row(
            column(label(_("Amount"), "label"), self.amount, spacing=4),
            column(label(_("For"), "label"), self.what, spacing=4),
            column(label(_("On"), "label"), self.day, spacing=4),
            spacing=12,
        )
        first.setStretch(1, 1)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addLayout(column(self.said_name, self.said, spacing=4), 1)
        second.addLayout(column(self.reference_name, self.reference, spacing=4), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 4, 20, 12)
        whole.setSpacing(8)
        whole.addWidget(self.title)
        whole.addWidget(self.strip)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addLayout(row(Button(_("Back"), act=self.hide), None, self.keep))

    def offer(self, case: Case, today: date) -> None:
        """Offer the fees of a case."""
        kept = self.what.currentData()
        self.what.clear()
        self.what.addItem(_("what is open, oldest first"), "")
        for fee in case.fees:
            if fee.what:
                self.what.addItem(f"{fee.name or fee.what} · {fee.due} {fee.currency}", fee.id or fee.what)
        self.what.setCurrentIndex(max(self.what.findData(kept), 0))
        self.day.no_later_than(today)
        self.day.show_day(today)

    def begin(self, back: bool) -> None:
        """Show it, empty."""
        self.back = back
        self.strip.clear()
        self.title.setText(_("Money given back") if back else _("Money received"))
        self.said_name.setText(_("Why it is given back") if back else _("Paid by"))
        self.said.setAccessibleName(self.said_name.text())
        for part in (self.reference, self.reference_name):
            part.setVisible(not back)
        for field in (self.amount, self.said, self.reference):
            field.clear()
        self.keep.setEnabled(True)
        self.show()
        self.amount.setFocus()

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal."""
        self.keep.setEnabled(True)
        self.strip.refuse(refusal)

    def _submit(self) -> None:
        self.keep.setEnabled(False)
        self.booked.emit(
            Money(
                self.amount.text().strip(),
                str(self.what.currentData() or ""),
                self.day.day,
                self.said.text().strip(),
                self.reference.text().strip(),
                self.back,
            )
        )


def _fee(fee: Fee) -> Entry:
    name, tone = fee_state(fee.state)
    until = _("payable until {day}").format(day=words.full_day(fee.last_day)) if fee.last_day else ""
    paid = _("paid {day}").format(day=words.full_day(fee.paid_on)) if fee.paid_on else ""
    receipt = _("receipt {number}").format(number=words.isolate(fee.receipt)) if fee.receipt else ""
    note = " · ".join(p for p in (paid or until, receipt, words.isolate(fee.provision)) if p)
    amounts = f"{fee.paid} / {fee.due} {fee.currency}".strip()
    return Entry(
        f"fee {fee.id or fee.receipt}", fee.name or fee.what or _("Money for no fee"), note or name,
        trailing=words.isolate(amounts), under=name, tone=tone,
    )  # fmt: skip


def _payment(payment: Payment, case: Case) -> Entry:
    named = {fee.id: fee.name for fee in case.fees} | {fee.what: fee.name for fee in case.fees}
    title = _("Given back") if payment.refund else _("Received")
    parts = (
        words.full_day(payment.on), payment.payer, payment.reference, named.get(payment.what, payment.what),
    )  # fmt: skip
    sign = "−" if payment.refund else ""
    return Entry(
        f"payment {payment.id}", title, " · ".join(p for p in parts if p),
        trailing=words.isolate(f"{sign}{payment.amount} {payment.currency}".strip()),
        under=words.isolate(payment.receipt), icon="undo-2" if payment.refund else "check",
    )  # fmt: skip


def fee_state(state: str) -> tuple[str, Tone]:
    """Where a fee stands, in words."""
    return {
        "due": (_("due"), Tone.AMBER),
        "overdue": (_("overdue"), Tone.RED),
        "underpaid": (_("paid in part"), Tone.AMBER),
        "paid": (_("paid"), Tone.GREEN),
        "paid_late": (_("paid late"), Tone.AMBER),
        "refunded": (_("given back"), Tone.QUIET),
        "credit": (_("credit"), Tone.QUIET),
    }.get(state, (state, Tone.QUIET))
