"""The docket of many cases: pages of the register, fetched by the window as it is scrolled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.case import CaseLine
from app.domain.docket import DocketAsk, DocketSort
from app.errors import OfficeError
from app.services import cases, offices
from app.services.offices import Office
from app.storage import projections
from app.text import fold
from ui.models.docket import NUMBER

if TYPE_CHECKING:
    from tests.ui.conftest import Seat

TODAY = date(2026, 11, 25)
COUNT = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of some cases with and without limits, one of them a designation of Madrid."""
    folder = tmp_path_factory.mktemp("docket") / "office"
    with offices.init_office(folder, officer="Awa", today=TODAY) as office:
        fill(office, COUNT)
        yield office


def fill(office: Office, count: int) -> None:
    draw = random.Random(5)
    for number in range(count):
        right = draw.choice(("patent", "trade_mark", "design"))
        filed = TODAY - timedelta(draw.randrange(1, 60))
        fields = {
            "title": f"{draw.choice(('Pompé', 'Stove', 'Loom'))} {number}",
            "applicant": f"Works {number % 7}", "filing_date": filed.isoformat(),
            "officer": draw.choice(("Awa", "Bintou", "")),
        }  # fmt: skip
        case = cases.new(office, right, fields).case
        names = {rule.id for rule in cases.allowed(office, case.id)}
        if number % 3 and "formalities_invited" in names:
            cases.record(office, case.id, "formalities_invited", on=TODAY - timedelta(number % 30))
        if number % 20 == 7 and right == "trade_mark" and "madrid_notified" in names:
            cases.record(office, case.id, "madrid_notified", on=TODAY)


def passes(line: CaseLine, ask: DocketAsk) -> bool:
    """What the register is asked, said once more in plain Python."""
    limit = line.next_limit
    said = fold(f"{line.number} {line.title} {line.applicant}")
    return (
        ask.right in ("", str(line.right))
        and ask.status in ("", line.status.code)
        and ask.officer in ("", line.officer)
        and (not ask.owner or (limit is not None and str(limit.owner) == ask.owner))
        and (ask.due is None or (limit is not None and (limit.last_day - TODAY).days <= ask.due))
        and all(word in said for word in fold(ask.text).split())
    )


ASKS = [
    DocketAsk(),
    DocketAsk(text="POMPE works 3"),
    DocketAsk(right="design"),
    DocketAsk(status="filed"),
    DocketAsk(officer="Bintou", due=30),
    DocketAsk(owner="applicant"),
    DocketAsk(due=0),
    DocketAsk(text="no such words"),
]


@pytest.mark.parametrize("ask", ASKS, ids=repr)
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_pages_together_are_the_docket(many: Office, ask: DocketAsk, limit: int) -> None:
    wanted = [line for line in cases.docket(many) if passes(line, ask)]
    page = cases.docket_page(many, ask, limit=limit)
    assert page.total == len(wanted) == page.silent + sum(day.count for day in page.days)
    found = list(page.lines)
    while page.more:
        page = cases.docket_page(many, ask, limit=limit, after=page.next)
        assert 0 < len(page.lines) <= limit
        found += page.lines
    assert found == wanted


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("sort", "key"), [
    (DocketSort.NUMBER, lambda x: x.number),
    (DocketSort.TITLE, lambda x: (fold(x.title), x.number)),
    (DocketSort.STATUS, lambda x: (x.status.name, x.number)),
])  # fmt: skip
def test_other_orders(many: Office, sort: DocketSort, key: object, descending: bool) -> None:
    ask = DocketAsk(sort=sort, descending=descending)
    page = cases.docket_page(many, ask, limit=9)
    found = list(page.lines)
    while page.more:
        page = cases.docket_page(many, ask, limit=9, after=page.next)
        found += page.lines
    assert found == sorted(cases.docket(many), key=key, reverse=descending)  # type: ignore[call-overload]


def test_what_it_can_be_narrowed_by(many: Office) -> None:
    lines = cases.docket(many)
    offered = cases.docket_choices(many)
    assert set(offered.rights) == {str(line.right) for line in lines}
    assert {code for code, _name in offered.statuses} == {line.status.code for line in lines}
    assert offered.officers == ("Awa", "Bintou") and offered.total == COUNT


def test_a_rebuilt_docket_is_the_same(many: Office) -> None:
    before = projections.dump(many.store.db)
    assert b'["docket"' in before
    offices.rebuild(many)
    assert projections.dump(many.store.db) == before


def test_days_that_are_negative_are_refused(many: Office) -> None:
    with pytest.raises(OfficeError, match="cannot be negative"):
        cases.docket_page(many, DocketAsk(due=-1))


def test_an_office_of_an_older_program_gets_its_docket(tmp_path: Path) -> None:
    """The step parts the one table of cases there was: what was shown of each, and what it holds."""
    with offices.init_office(tmp_path / "office", officer="Awa", today=TODAY) as office:
        fill(office, 5)
        before = cases.docket(office)
        db = office.store.db
        with office.store.act():
            db.execute("""CREATE TABLE before AS
              SELECT c.id, number, provisional, right, title, applicant, status, status_name, since, st27,
                filing_date, officer, confidential, conflicts, identity, sha256, content
              FROM cases AS c JOIN docket AS d ON d.case_id = c.id""")
            for statement in ("DROP TABLE docket", "DROP TABLE cases", "ALTER TABLE before RENAME TO cases",
                              "DROP INDEX deadlines_rule"):  # fmt: skip
                db.execute(statement)
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'docket'")
    with offices.open_office(tmp_path / "office", today=TODAY) as again:
        assert cases.docket(again) == before
        assert offices.verify(again).ok and offices.rebuild(again).same


def test_the_window_fetches_as_it_is_scrolled(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.ask.cases.PAGE", 20)
    seat.ask(lambda: [fill(seat.office, 50)])
    docket = seat.go("docket")
    docket.model.next, docket.model._lines = (), ()
    docket.ask_again()
    seat.rest()
    whole = docket.model.total
    assert whole == 56 and len(docket.model.lines) < whole
    while docket.model.canFetchMore():
        docket.table.scrollToBottom()
        docket.model.fetchMore()
        seat.rest()
    assert [x.id for x in docket.model.lines] == [x.id for x in seat.ask(lambda: cases.docket(seat.office))]
    docket.table.sortByColumn(NUMBER, Qt.SortOrder.DescendingOrder)
    seat.rest()
    numbers = [x.number for x in docket.model.lines]
    assert numbers == sorted(numbers, reverse=True) and not docket.model.group_rows()


def test_a_page_of_the_question_before_is_not_fetched(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrolling while another question is under way must not put its answer away."""
    monkeypatch.setattr("ui.ask.cases.PAGE", 2)
    docket = seat.go("docket")
    docket.model.hold(seat.ask(lambda: cases.docket_page(seat.office, DocketAsk(), limit=2)), TODAY)
    docket.right.choose("trade_mark")
    assert not docket.model.canFetchMore()
    docket.model.fetchMore()
    seat.rest()
    assert {str(line.right) for line in docket.model.lines} == {"trade_mark"}


def test_one_request_on_several_cases_is_taken_back_as_one(seat: Seat) -> None:
    docket = seat.go("docket")
    docket.table.selectAll()
    seat.rest()
    assert docket.beside.currentWidget() is docket.bulk
    ids = [case.id for case in docket.bulk.cases]
    assert len(ids) == 6
    form = docket.bulk.form
    form.choose("note")
    form.inputs["text"].setPlainText("Change of address of the agent.")
    form.keep.click()
    seat.rest()
    assert docket.bulk.has_result and docket.bulk.results.entries.rowCount() == 6
    notes = seat.ask(lambda: [e for i in ids for e in cases.show(seat.office, i).events if e.event == "note"])
    assert len(notes) == 6 and len({note.act for note in notes}) == 1
    docket.bulk.undo.click()
    seat.rest()
    notes = seat.ask(lambda: [e for i in ids for e in cases.show(seat.office, i).events if e.event == "note"])
    assert all(note.voided for note in notes)
    assert docket.beside.currentWidget() is docket.detail


def test_a_request_some_cases_do_not_allow_says_on_which(seat: Seat) -> None:
    docket = seat.go("docket")
    docket.table.selectAll()
    seat.rest()
    rules = {
        case.id: {rule.id for rule in seat.ask(lambda case=case: cases.allowed(seat.office, case.id))}
        for case in docket.bulk.cases
    }
    wanted = next(e for e in docket.bulk.form.rules if 0 < sum(e in r for r in rules.values()) < len(rules)
                  and not docket.bulk.form.rules[e].required)  # fmt: skip
    docket.bulk.form.choose(wanted)
    docket.bulk.form.keep.click()
    seat.rest()
    keys = [str(e.key) for e in docket.bulk.results.entries.entries]
    assert docket.bulk.has_result
    assert {k.removeprefix("refused ") for k in keys if k.startswith("refused")} >= {
        case for case, allowed in rules.items() if wanted not in allowed
    }
