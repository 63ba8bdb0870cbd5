"""The item models under Qt's own tester, and what they answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.case import CaseLine, Deadline, LimitState, Owner, Status
from app.domain.record import Right
from ui.models.docket import LIMIT, NUMBER, TITLE, DocketModel, Filters, Group
from ui.models.entries import ENTRY, Entry, EntryModel
from ui.models.hits import RATING, SEEN, HitsModel
from ui.widgets.sidebyside import Line, LinesModel

TODAY = date(2026, 11, 25)  # a Wednesday
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def line(number: str, days: int | None, **more: object) -> CaseLine:
    limit = None
    if days is not None:
        last = TODAY + timedelta(days=days)
        state = LimitState.MISSED if days < 0 else LimitState.RUNNING
        limit = Deadline(f"l{number}", "reply", "Reply", "e", Owner.APPLICANT, last, last, state)
    given: dict[str, object] = {
        "right": Right.PATENT,
        "title": f"Title {number}",
        "applicant": "Nsoro Pumps",
        "status": Status("filed", "Filed"),
        "filing_date": TODAY,
        **more,
    }
    return CaseLine(id=number, number=number, next_limit=limit, **given)  # type: ignore[arg-type]


LINES = (
    line("1", 3),
    line("2", -2),
    line("3", None),
    line("4", 6, right=Right.DESIGN),
    line("5", 200, officer="A. Deme"),
)


@pytest.mark.parametrize(
    "model", [DocketModel(), EntryModel(), HitsModel(), LinesModel()], ids=lambda m: type(m).__name__
)
def test_an_empty_model_stands(qtbot: QtBot, model: QAbstractItemModel) -> None:
    QAbstractItemModelTester(model, STRICT)
    assert model.rowCount() == 0


def test_the_docket_groups_by_week_and_keeps_the_order(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(LINES, TODAY)
    groups = [model.row(model.index(r, 0)) for r in model.group_rows()]
    assert [g.title for g in groups if isinstance(g, Group)] == [
        "Past", "This week · 25 to 29 Nov", "Next week · 30 Nov to 6 Dec", "Later", "No limit running",
    ]  # fmt: skip
    assert [x.number for x in model.shown] == ["2", "1", "4", "5", "3"]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(model.row_of("1"), LIMIT).data().endswith("3 days")


@pytest.mark.parametrize(("filters", "shown"), [
    (Filters(), "21453"),
    (Filters(right="design"), "4"),
    (Filters(officer="A. Deme"), "5"),
    (Filters(due=7), "214"),
    (Filters(text="TITLE 3"), "3"),
    (Filters(text="nsoro", due=0), "2"),
])  # fmt: skip
def test_filters(qtbot: QtBot, filters: Filters, shown: str) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(LINES, TODAY)
    model.narrow(filters)
    assert "".join(x.number for x in model.shown) == shown


def test_sorting_by_another_column_takes_the_groups_away(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(LINES, TODAY)
    model.sort(NUMBER, Qt.SortOrder.DescendingOrder)
    assert [x.number for x in model.shown] == ["5", "4", "3", "2", "1"]
    assert not model.group_rows()
    model.sort(TITLE)
    assert [x.number for x in model.shown] == ["1", "2", "3", "4", "5"]
    model.sort(LIMIT)
    assert model.group_rows()


def test_entries_are_found_by_key_and_headings_are_passed_over(qtbot: QtBot) -> None:
    model = EntryModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold([Entry("h", "Cases", heading=True), Entry("a", "Pump", "Patent", under="Filed")])
    assert model.first() == 1
    assert model.row_of("h") == -1
    assert model.index(1).data(ENTRY).key == "a"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Pump, Patent, Filed"


def test_hits_grow_and_are_rated(qtbot: QtBot) -> None:
    from app.services.searching import Hit

    def hit(ident: str) -> Hit:
        return Hit(ident, "c", "EP", ident, "A1", "patent", f"Title {ident}", "2020-01-01", 1.0, "", (), ())

    model = HitsModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold([hit("1"), hit("2")])
    model.more([hit("3")])
    model.rate({"2": "X"})
    model.mark_seen("3")
    assert [model.index(r).data(RATING) for r in range(3)] == ["", "X", ""]
    assert [model.index(r).data(SEEN) for r in range(3)] == [False, False, True]
    assert (
        model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Title 2, EP 2 A1, 2020-01-01, category X"
    )
    assert model.seen == 1


def test_segments_stand_side_by_side(qtbot: QtBot) -> None:
    model = LinesModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold([Line("1.", "Pompe", "Pump", 0.9, ("A number is missing.",))], "fr", "en")
    assert [model.index(0, c).data() for c in range(4)] == ["1.", "Pompe", "Pump", "A number is missing."]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Original · French"
