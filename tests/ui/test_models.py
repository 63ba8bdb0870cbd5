"""The item models under Qt's own tester, and what they answer."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.case import CaseLine, Deadline, LimitState, Owner, Status
from app.domain.docket import DayCount, DocketAsk, DocketPage, DocketSort
from app.domain.record import Right
from ui.models.docket import LIMIT, NUMBER, DocketModel, Group
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
    line("2", -2),
    line("1", 3),
    line("4", 6, right=Right.DESIGN),
    line("5", 200, officer="A. Deme"),
    line("3", None),
)


@pytest.mark.parametrize(
    "model", [DocketModel(), EntryModel(), HitsModel(), LinesModel()], ids=lambda m: type(m).__name__
)
def test_an_empty_model_stands(qtbot: QtBot, model: QAbstractItemModel) -> None:
    QAbstractItemModelTester(model, STRICT)
    assert model.rowCount() == 0


def page(lines: tuple[CaseLine, ...], *, behind: tuple[str, ...] = (), rest: int = 0) -> DocketPage:
    """A first page whose days count its lines, and `rest` more of the last one's day."""
    open_ones = [x for x in lines if not x.office_limit]
    days = Counter(x.next_limit.last_day if x.next_limit else None for x in open_ones)
    days[open_ones[-1].next_limit.last_day if open_ones and open_ones[-1].next_limit else None] += rest
    silent = len(lines) - len(open_ones)
    counted = tuple(DayCount(day, count) for day, count in days.items() if count)
    return DocketPage(lines, behind, len(lines) + rest, counted, silent)


def test_the_docket_groups_by_week_and_counts_what_is_not_fetched_yet(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(page(LINES, behind=("below", "x"), rest=40), TODAY)
    groups = [model.row(model.index(r, 0)) for r in model.group_rows()]
    assert [(g.title, g.count) for g in groups if isinstance(g, Group)] == [
        ("Past", 1), ("This week · 25 to 29 Nov", 1), ("Next week · 30 Nov to 6 Dec", 1), ("Later", 1),
        ("No limit running", 41),
    ]  # fmt: skip
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(model.row_of("1"), LIMIT).data().endswith("3 days")
    assert model.total == 45 and model.limited == 4


def test_silence_that_protects_stands_in_a_band_of_its_own(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    limit = Deadline(
        "s", "madrid", "Refuse", "e", Owner.OFFICE, TODAY, TODAY, LimitState.RUNNING, silent=True
    )
    model.hold(page((line("9", None, office_limit=limit), *LINES)), TODAY)
    first = model.row(model.index(0, 0))
    assert isinstance(first, Group) and first.silent and first.count == 1
    assert model.row_of("9") == 1 and "Refuse" in model.index(1, LIMIT).data()


def test_pages_are_fetched_as_the_table_is_scrolled(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(page(LINES[:2], behind=("below", "1"), rest=3), TODAY)
    assert model.canFetchMore()
    with qtbot.waitSignal(model.wanted):
        model.fetchMore()
    assert not model.canFetchMore(), "one page at a time"
    model.more(DocketPage(LINES[2:]))
    assert [x.number for x in model.lines] == [x.number for x in LINES] and not model.canFetchMore()
    assert [model.row_of(x.id) for x in LINES] == [1, 3, 5, 7, 9]


def test_sorting_is_asked_for_and_takes_the_groups_away(qtbot: QtBot) -> None:
    model = DocketModel()
    QAbstractItemModelTester(model, STRICT)
    model.hold(page(LINES), TODAY)
    with qtbot.waitSignal(model.rearranged):
        model.sort(NUMBER, Qt.SortOrder.DescendingOrder)
    assert model.asked(DocketAsk(right="design")) == DocketAsk(
        right="design", sort=DocketSort.NUMBER, descending=True
    )
    model.hold(page(tuple(reversed(LINES))), TODAY)
    assert not model.group_rows()
    model.sort(LIMIT)
    model.hold(page(LINES), TODAY)
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
