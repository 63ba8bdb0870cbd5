"""What ends a basic mark within five years, and what the International Bureau was told of already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.case import Case, Deadline, Event, LimitState, Owner
from app.domain.law import LawPack
from app.rules import dependency
from app.rules.rows import effects
from app.rules.statuses import standing

TIED = date(2026, 3, 10)
END = date(2031, 3, 10)


def told(law: LawPack, case: Case, *acts: tuple[str, str, str]) -> Case:
    """The case registered and tied, after (event, day, rows named)."""
    events: list[Event] = []
    past = (("registration", "2026-03-05", ""), (dependency.REGISTERED, TIED.isoformat(), ""), *acts)
    for n, (name, day, rows) in enumerate(past):
        fields = {"rows": rows} if rows else {}
        if name == dependency.REGISTERED:
            fields["number"] = "1800001"
        _status, now = standing(law, case.right, case.rows, events)
        acted = effects(law, law.events[name], now, fields)
        events.append(Event(f"e{n}", name, date.fromisoformat(day), f"2026-03-02T00:00:{n:02}Z", "amina", "s",
                            f"a{n}", fields, rows=acted))  # fmt: skip
    status, rows_now = standing(law, case.right, case.rows, events)
    clock = Deadline("d", "dependency", "Dependency", "e1", Owner.OFFICE, END, END, LimitState.RUNNING)
    return replace(case, events=tuple(events), status=status, rows=rows_now, deadlines=(clock,))


@pytest.mark.parametrize(
    ("acts", "found"),
    [
        ([], []),
        ([("surrender", "2027-01-04", "")], [("5 30", False)]),
        ([("surrender", "2027-01-04", "5")], [("5", False)]),
        ([("invalidation", "2031-03-10", "30")], [("30", False)]),
        ([("invalidation", "2031-03-11", "30")], []),
        ([("limitation", "2028-01-04", "30")], [("30", False)]),
        ([("renewal", "2030-01-04", "30")], [("5", False)]),
        ([("note", "2028-01-04", "")], []),
        # begun within the five years, decided after them
        ([("opposition", "2031-03-01", "30"), ("invalidation", "2031-06-02", "30")], [("30", True)]),
        ([("opposition", "2031-03-11", "30"), ("invalidation", "2031-06-02", "30")], []),
        # told already, in part or whole
        ([("surrender", "2027-01-04", ""), ("ceasing_notified", "2027-01-05", "")], []),
        ([("surrender", "2027-01-04", ""), ("ceasing_notified", "2027-01-05", "5")], [("5 30", False)]),
        ([("surrender", "2027-01-04", "5"), ("ceasing_notified", "2027-01-05", "5"),
          ("surrender", "2027-02-04", "30")], [("30", False)]),
        # before the international registration: the Bureau never had these goods
        ([("surrender", "2026-03-09", "5")], []),
    ],
)  # fmt: skip
def test_ends_of_the_basic_mark(
    law: LawPack, a_case: Callable[..., Case], acts: list[tuple[str, str, str]], found: list[tuple[str, bool]]
) -> None:
    check = next(rule for rule in law.checks if rule.test == "basic_mark_ceased")
    case = told(law, a_case("trade_mark"), *acts)
    ceased = list(dependency.ceased(case, check.parameters))
    assert [(" ".join(row.label for row in one.rows), one.afterwards) for one in ceased] == found
    troubles = list(dependency.basic_mark_ceased(law, case, check.parameters))
    assert all("1800001" in trouble.message for trouble in troubles) and len(troubles) == len(found)


def test_a_mark_without_a_tie_is_not_watched(law: LawPack, a_case: Callable[..., Case]) -> None:
    check = next(rule for rule in law.checks if rule.test == "basic_mark_ceased")
    case = replace(told(law, a_case("trade_mark"), ("surrender", "2027-01-04", "")), deadlines=())
    assert list(dependency.ceased(case, check.parameters)) == []
