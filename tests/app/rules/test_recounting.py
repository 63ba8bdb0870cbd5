"""Limits counted again: from another day, with the extension that was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.case import Case, CasePriority, Deadline
from app.domain.law import Extension, LawPack
from app.rules import events, priorities, recounting, starts
from app.rules.extensions import extended
from app.services import cases, offices
from app.storage import lawlimits

FILED, CLAIMED = date(2026, 3, 2), date(2025, 6, 2)


@pytest.fixture
def longer(law: LawPack) -> LawPack:
    """The model law with a limit from the priority that may be extended."""
    rule = replace(law.limits["publication"], extend=Extension("2m"))
    return replace(law, limits={**law.limits, rule.id: rule})


def publication(law: LawPack, period: str = "") -> Deadline:
    """The limit as counted from the priority, extended by `period` where one is given."""
    found = events.reckon(law, "publication", "filed", CLAIMED)
    return extended(law, found, law.limits["publication"], period) if period else found


@pytest.mark.parametrize(("period", "told"), [("", "Thu 2 Sep 2027"), ("2m", "Tue 2 Nov 2027")])
def test_a_fallen_priority_is_told_with_the_extension_that_stands(
    longer: LawPack, a_case: Callable[..., Case], period: str, told: str
) -> None:
    fallen = CasePriority("DE", "1", CLAIMED, state=priorities.FALLEN)
    limit = publication(longer, period)
    case = a_case("patent", "filed", "priority_lost", priorities=(fallen,), deadlines=(limit,))
    (trouble,) = priorities.priority_limits(longer, case, {})
    assert f"counted anew it ends on {told}" in trouble.message
    moved = recounting.recounted_from(longer, limit, FILED)
    after = replace(case, deadlines=(moved,))
    assert not list(priorities.priority_limits(longer, after, {})), "counted anew nothing is left to tell"


def test_a_limit_counts_from_the_earliest_of_what_stands(law: LawPack) -> None:
    rule = law.limits["publication"]
    assert starts.counted_from(rule, FILED, None, ()) == FILED
    assert starts.counted_from(rule, None, FILED, (CLAIMED, date(2025, 9, 1))) == CLAIMED
    assert starts.counted_from(rule, None, None, (CLAIMED,)) is None


def test_a_priority_that_fell_is_none_for_another_law(tmp_path: Path) -> None:
    with offices.init_office(tmp_path / "office", officer="Salma", today=FILED) as office:
        case = cases.new(office, "patent", {"title": "A", "filing_date": FILED.isoformat()}).case.id
        with office.store.act() as act:
            claim = [
                {"office": "DE", "number": n, "date": day}
                for n, day in (("1", "2025-06-02"), ("2", "2025-09-01"))
            ]
            act.set(f"case:{case}", "priorities", claim)
        assert {one.facts.priorities for one in lawlimits.running(office.store, FILED)} == {
            (CLAIMED, date(2025, 9, 1))
        }
        cases.record(office, case, "priority_lost", fields={"priority": "1"})
        assert {one.facts.priorities for one in lawlimits.running(office.store, FILED)} == {
            (date(2025, 9, 1),)
        }
