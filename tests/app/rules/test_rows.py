"""Refusal, opposition, renewal and division act on rows; the case follows only when none is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.case import Case, Event
from app.domain.law import LawPack
from app.errors import RuleRefused
from app.rules import events
from app.rules.statuses import standing

Cases = Callable[..., Case]
FIRST = date(2026, 3, 2)


def told(law: LawPack, case: Case, *acts: tuple[str, str]) -> Case:
    """The case after (event, rows named) one day after another."""
    past = tuple(
        Event(f"e{n}", name, FIRST + timedelta(n), f"2026-03-02T00:00:{n:02}Z", "amina", "s", f"a{n}",
              {"rows": named} if named else {})
        for n, (name, named) in enumerate((("filed", ""), *acts))
    )  # fmt: skip
    status, now = standing(law, case.right, case.rows, past)
    return replace(case, events=past, status=status, rows=now)


@pytest.mark.parametrize(
    ("acts", "status", "rows"),
    [
        ([("refusal", "5")], "filed", "refused live"),
        ([("refusal", "")], "refused", "refused refused"),
        ([("refusal", "5, 30")], "refused", "refused refused"),
        ([("refusal", "5"), ("registration", "")], "registered", "refused registered"),
        ([("refusal", "5"), ("withdrawal", "30")], "withdrawn", "refused withdrawn"),
        ([("refusal", ""), ("appeal", "30")], "under_appeal", "refused under_appeal"),
        ([("refusal", ""), ("appeal", ""), ("registration", "")], "registered", "registered registered"),
        ([("published", ""), ("opposition", "30")], "opposed", "published opposed"),
        ([("published", ""), ("opposition", "30"), ("opposition_rejected", "")], "published",
         "published published"),
        ([("registration", ""), ("renewal", "30")], "renewed", "expired renewed"),
        ([("registration", ""), ("renewal", "")], "renewed", "renewed renewed"),
        ([("registration", ""), ("surrender", "5")], "registered", "surrendered registered"),
        ([("registration", ""), ("surrender", "5"), ("lapse", "")], "lapsed", "surrendered lapsed"),
        ([("registration", ""), ("surrender", "5"), ("lapse", ""), ("reinstatement", "")], "reinstated",
         "surrendered registered"),
        ([("division", "5")], "filed", "divided live"),
        ([("provisional_refusal", "5"), ("protection_granted", "30")], "registered",
         "provisionally_refused registered"),
    ],
)  # fmt: skip
def test_rows_and_case_follow_from_the_acts(
    law: LawPack, a_case: Cases, acts: list[tuple[str, str]], status: str, rows: str
) -> None:
    case = told(law, a_case("trade_mark"), *acts)
    assert (case.status.code, " ".join(row.status for row in case.rows)) == (status, rows)
    assert [row.live for row in case.rows] == [
        row.status == "live" or not law.row_statuses[row.status].ended for row in case.rows
    ]


def test_a_row_says_since_when_and_in_the_language(law: LawPack, a_case: Cases) -> None:
    case = told(law, a_case("trade_mark"), ("refusal", "5"))
    _status, (salves, tea) = standing(law, case.right, case.rows, case.events, "fr")
    assert (salves.status_name, salves.since, salves.live) == ("Refusée", date(2026, 3, 3), False)
    assert (tea.status_name, tea.since, tea.live) == ("", None, True)


def test_an_act_taken_back_acts_on_nothing(law: LawPack, a_case: Cases) -> None:
    case = told(law, a_case("trade_mark"), ("refusal", "5"))
    voided = (case.events[0], replace(case.events[1], voided=True))
    _status, rows = standing(law, case.right, case.rows, voided)
    assert {row.status for row in rows} == {"live"}


@pytest.mark.parametrize(
    ("before", "event", "named", "says", "remedy"),
    [
        ([("refusal", "5")], "registration", "5", "is Refused since Tue 3 Mar 2026", "30"),
        ([("refusal", "5")], "refusal", "5", "cannot act on 5", "30"),
        ([], "division", "5, 30", "would leave nothing of the case", "fewer rows"),
        ([("refusal", "5")], "division", "30", "would leave nothing of the case", "fewer rows"),
        ([("published", "")], "appeal", "", "finds no row it can act on", "Look at the rows"),
        ([], "refusal", "9", "the case has no 9", "again"),
    ],
)
def test_what_cannot_be_acted_on_is_refused(
    law: LawPack,
    a_case: Cases,
    before: list[tuple[str, str]],
    event: str,
    named: str,
    says: str,
    remedy: str,
) -> None:
    case = told(law, a_case("trade_mark"), *before)
    given = dict.fromkeys(law.events[event].required, "x") | {"rows": named}
    with pytest.raises(RuleRefused) as refused:
        events.refuse(law, case, event, given)
    assert says in refused.value.message
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(("named", "left"), [("5", ["running"]), ("5, 30", []), ("", [])])
def test_a_partial_refusal_lifts_no_limit(law: LawPack, a_case: Cases, named: str, left: list[str]) -> None:
    case = told(law, a_case("trade_mark"), ("opposition", ""))
    limit = replace(events.reckon(law, "counter-statement", "e1", FIRST), id="l1")
    case = replace(case, deadlines=(limit,))
    closed = events.closed(law, case, "refusal", FIRST + timedelta(5), {"rows": named, "reasons": "x"})
    assert ["running" for _ in (limit,) if not closed] == left


def test_a_row_that_came_later_changes_nothing_of_what_was_done(law: LawPack, a_case: Cases) -> None:
    """A refusal of every class there was stays a refusal of the case when a class is merged in afterwards."""
    case = told(law, a_case("trade_mark"), ("refusal", "5, 30"))
    written = replace(case.events[1], rows={"r1": "refused", "r2": "refused"})
    later = replace(case.rows[0], id="r3", label="9", recorded="2026-03-05T00:00:00Z")
    status, rows = standing(law, case.right, (*case.rows, later), (case.events[0], written))
    assert (status.code, [row.status for row in rows]) == ("refused", ["refused", "refused", "live"])


def test_two_stations_that_each_refuse_a_half_have_refused_the_case(law: LawPack, a_case: Cases) -> None:
    case = told(law, a_case("trade_mark"), ("refusal", "5"), ("refusal", "30"))
    halves = (
        replace(case.events[1], rows={"r1": "refused"}),
        replace(case.events[2], rows={"r2": "refused"}),
    )
    status, rows = standing(law, case.right, case.rows, (case.events[0], *halves))
    assert (status.code, {row.status for row in rows}) == ("refused", {"refused"})
