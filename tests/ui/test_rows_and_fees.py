"""Rows acted on, a case divided, fees paid and given back: at the window, on a real office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel

from app.services import cases, recording

if TYPE_CHECKING:
    from tests.ui.conftest import Seat
    from ui.rooms.case.rowspage import RowsPage

TODAY = date(2026, 11, 25)
Flag = QItemSelectionModel.SelectionFlag


def mark(seat: Seat) -> str:
    """The id of a mark with three classes that has been published."""
    from app.domain.record import Right

    def make() -> str:
        rows = [
            {"kind": "class", "label": str(n), "texts": {"en": f"Goods of class {n}"}} for n in (7, 9, 42)
        ]
        facts = {"kind": "application", "office": "XX", "language": "en", "confidential": False}
        fields = {"title": "KITO", "applicant": "Kito Ltd", "filing_date": "2026-10-01"}
        with seat.office.store.act() as act:
            new = recording.NewCase(Right.TRADE_MARK, date(2026, 10, 1), facts, fields, rows)
            case_id = recording.start_case(act, seat.office, new)
            recording.put_past_event(act, seat.office, case_id, "filed", date(2026, 10, 1))
        return case_id

    return str(seat.ask(make))


def choose(page: RowsPage, *labels: str) -> None:
    model = page.list.selectionModel()
    model.clearSelection()
    for place, entry in enumerate(page.list.entries.entries):
        if any(entry.title.endswith(f" {label}") for label in labels):
            model.select(page.list.entries.index(place), Flag.Select)


def offered(page: RowsPage) -> list[str]:
    return [action.data() for action in page.menu.actions()]


def test_an_event_acts_on_the_rows_that_are_chosen(seat: Seat) -> None:
    case = mark(seat)
    room = seat.go("case", (case, "rows"))
    page = room.view.rows
    allowed = {
        rule.id
        for rule in seat.ask(lambda: cases.allowed(seat.office, case))
        if "rows" in rule.fields.values()
    }
    assert {"division", "limitation"} <= allowed and set(offered(page)) == allowed
    choose(page, "9", "42")
    assert page.told.text().startswith("2 rows")
    page.acted.emit("limitation")
    seat.rest()
    assert room.view.stack.currentWidget() is room.view.form
    assert room.view.form.rows == "9, 42"


def test_a_case_is_divided_in_one_act(seat: Seat) -> None:
    case = mark(seat)
    room = seat.go("case", (case, "rows"))
    view = room.view
    choose(view.rows, "9")
    view.rows.acted.emit("division")
    form = view.division
    assert view.stack.currentWidget() is form
    assert [e.title for e in form.goes.entries.entries] == ["Class 9"]
    assert [e.title for e in form.stays.entries.entries] == ["Class 7", "Class 42"]
    form.keep.click()
    seat.rest()
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert {row.label: row.live for row in kept.rows} == {"7": True, "9": False, "42": True}
    assert "new case" in room.strip.message
    chips = {e.title: [c.text for c in e.chips] for e in view.rows.list.entries.entries}
    assert chips["Class 9"] == ["Divided out · 25 Nov 2026"] and chips["Class 7"] == []


def test_a_division_that_would_leave_nothing_is_refused_and_nothing_is_done(seat: Seat) -> None:
    case = mark(seat)
    room = seat.go("case", (case, "rows"))
    before = len(seat.ask(lambda: cases.docket(seat.office)))
    choose(room.view.rows, "7", "9", "42")
    room.view.rows.acted.emit("division")
    room.view.division.keep.click()
    seat.rest()
    assert "nothing of the case" in room.view.division.strip.message
    assert room.view.stack.currentWidget() is room.view.division
    assert len(seat.ask(lambda: cases.docket(seat.office))) == before


def test_money_is_received_and_given_back(seat: Seat) -> None:
    case = mark(seat)
    room = seat.go("case", (case, "fees"))
    page = room.view.fees
    page.begin(False)
    page.form.amount.setText("ten")
    page.form.keep.click()
    seat.rest()
    assert (
        "no amount" in page.form.strip.message
        and not seat.ask(lambda: cases.show(seat.office, case)).payments
    )
    page.form.amount.setText("50.00")
    page.form.said.setText("Kito Ltd")
    page.form.keep.click()
    seat.rest()
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert [(p.amount, p.payer, p.refund) for p in kept.payments] == [("50.00", "Kito Ltd", False)]
    assert page.form.isHidden()
    shown = [e for e in page.list.entries.entries if str(e.key).startswith("payment ")]
    assert [e.under for e in shown] == [kept.payments[0].receipt] and kept.payments[0].receipt
    left = [Decimal(fee.due) - Decimal(fee.paid) for fee in kept.fees]
    assert page.told.text() == f"Still to be paid: {sum(left):.2f} XXD" and page.give.isEnabled()
    assert room.view.header.tabs["fees"].text() == f"Fees  {sum(one > 0 for one in left)}"
    page.begin(True)
    page.form.amount.setText("20.00")
    page.form.said.setText("Paid twice")
    page.form.keep.click()
    seat.rest()
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert [p.refund for p in kept.payments] == [False, True]
    room.view.undo()
    seat.rest()
    assert len(seat.ask(lambda: cases.show(seat.office, case)).payments) == 1
