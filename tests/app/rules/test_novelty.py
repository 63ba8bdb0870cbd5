"""The grid: which categories follow from marks and dates, and what a priority that falls changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.case import Case, CasePriority, Event, Row
from app.domain.dossier import Citation
from app.domain.examination import Cell, Feature
from app.domain.law import LawPack
from app.rules import features, novelty, priorities

FILED, PRIORITY = date(2026, 3, 2), date(2025, 11, 3)
BEFORE, BETWEEN, AFTER = date(2024, 1, 1), date(2026, 1, 1), date(2026, 6, 1)


def document(n: int, published: date | None, filed: date | None = None) -> Citation:
    """A citation."""
    return Citation(f"d{n}", "XX", str(n), "A1", "", published=published, filed=filed)


@pytest.fixture
def grid(a_case: Callable[..., Case]) -> Callable[..., Case]:
    """Claims 1 (features a, b) and 2 on claim 1 (feature c), documents, marks like `d1:ab`."""

    def make(marks: str, *documents: Citation) -> Case:
        rows = (Row("r1", "claim", "1", "A pump."), Row("r2", "claim", "2", "A pump of claim 1, red."))
        found = [Feature("a", "1", "1.1", ""), Feature("b", "1", "1.2", ""), Feature("c", "2", "2.1", "")]
        cells = [
            Cell(feature, one.partition(":")[0], "yes")
            for one in marks.split()
            for feature in one.partition(":")[2]
        ]
        return replace(
            a_case(), rows=rows, features=tuple(found), cells=tuple(cells), citations=documents,
            priorities=(CasePriority("XX", "9", PRIORITY),), filing_date=FILED,
        )  # fmt: skip

    return make


@pytest.mark.parametrize(
    ("marks", "dates", "told"),
    [
        ("d1:ab", [BEFORE], "1 X d1 | 2 A d1"),
        ("d1:abc", [BEFORE], "1 X d1 | 2 X d1"),
        ("d1:a d2:b", [BEFORE, BEFORE], "1 Y+Y d1+d2 | 2 A d1 | 2 A d2"),
        ("d1:ab d2:c", [BEFORE, BEFORE], "1 X d1 | 2 Y+Y d1+d2"),
        ("d1:a", [BEFORE], "1 A d1 | 2 A d1"),
        ("d1:ab", [BETWEEN], "1 X,P d1 | 2 A,P d1"),
        ("d1:a d2:b", [BEFORE, BETWEEN], "1 Y+Y,P d1+d2 | 2 A d1 | 2 A,P d2"),
        ("d1:ab", [AFTER], ""),
        ("", [BEFORE], ""),
    ],
)
def test_categories_follow_from_the_grid(
    grid: Callable[..., Case], marks: str, dates: list[date], told: str
) -> None:
    case = grid(marks, *(document(n, day) for n, day in enumerate(dates, 1)))
    found = [f"{p.claim} {'+'.join(p.letters)} {'+'.join(p.citations)}" for p in novelty.proposals(case)]
    assert " | ".join(found) == told


def test_an_earlier_application_published_later_counts_for_novelty_alone(grid: Callable[..., Case]) -> None:
    earlier = document(1, AFTER, filed=BETWEEN)
    assert novelty.proposals(grid("d1:ab", earlier))[0].letters == ("X,E",)
    two = grid("d1:a d2:b", earlier, document(2, BEFORE))
    assert {p.category for p in novelty.proposals(two)} == {"A"}
    assert novelty.proposals(grid("d1:ab", document(1, None)))[0].dates_known is False


def test_a_claim_on_any_claim_before_it_takes_the_alternative_that_is_shown(
    a_case: Callable[..., Case],
) -> None:
    rows = [Row("r1", "claim", "1", "A pump.")]
    rows += [Row(f"r{n}", "claim", str(n), f"A pump of any of claims 1 to {n - 1}.") for n in range(2, 41)]
    case = replace(
        a_case(), rows=tuple(rows), citations=(document(1, BEFORE),), priorities=(), filing_date=FILED,
        features=tuple(Feature(f"f{row.label}", row.label, f"{row.label}.1", "") for row in rows),
        cells=(Cell("f1", "d1", "yes"), Cell("f40", "d1", "yes")),
    )  # fmt: skip
    told = {p.claim: p.category for p in novelty.proposals(case)}
    assert len(told) == 40
    assert [claim for claim, category in told.items() if category == "X"] == ["1", "40"]


@pytest.mark.parametrize(
    ("published", "filed", "says"),
    [
        (BEFORE, None, ""),
        (PRIORITY, None, "P"),
        (BETWEEN, None, "P"),
        (FILED, BETWEEN, "E"),
        (AFTER, BETWEEN, "E"),
        (AFTER, FILED, "later"),
        (AFTER, None, "later"),
        (None, BETWEEN, "?"),
    ],
)
def test_what_dates_make_of_a_document(published: date | None, filed: date | None, says: str) -> None:
    assert novelty.by_dates(document(1, published, filed), PRIORITY, FILED) == says


def lost(rows: str = "") -> Event:
    """The first priority falls, for rows or as a whole."""
    return Event("e", "priority_lost", FILED, "", "amina", "s", "a", {"priority": "1", "rows": rows})


@pytest.mark.parametrize(("rows", "letters"), [("", "X X"), ("1", "X X,P"), ("2", "X,P X")])
def test_a_priority_that_falls_turns_p_into_x_claim_by_claim(
    grid: Callable[..., Case], rows: str, letters: str
) -> None:
    case = grid("d1:abc", document(1, BETWEEN))
    assert [p.letters[0] for p in novelty.proposals(case)] == ["X,P", "X,P"]
    now = priorities.standing_priorities(case.priorities, (lost(rows),), case.rows)
    after = replace(case, priorities=now)
    assert " ".join(p.letters[0] for p in novelty.proposals(after)) == letters


def test_marks_of_citations_are_held_against_the_dates(law: LawPack, grid: Callable[..., Case]) -> None:
    marked = replace(document(1, BETWEEN), category="X,P")
    case = grid("", marked)
    assert not list(novelty.citations_by_dates(law, case, {}))
    fallen = replace(case, priorities=(replace(case.priorities[0], state="lost"),))
    (trouble,) = novelty.citations_by_dates(law, fallen, {})
    assert "no longer bear out" in trouble.message
    plain = replace(case, citations=(replace(marked, category="X"),))
    assert "is to be marked P" in next(novelty.citations_by_dates(law, plain, {})).message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A pump comprising a seal; a rod; and a handle.", ["A pump", "a seal", "a rod", "a handle"]),
        ("A pump, a rod, and a seal", ["A pump", "a rod", "a seal"]),
        ("A pump", ["A pump"]),
        ("一种泵，其特征在于，有手柄；有密封。", ["一种泵", "有手柄", "有密封"]),
        ("مضخة تتميز بأن لها مقبض؛ ولها ختم", ["مضخة", "لها مقبض", "ولها ختم"]),
        ("", []),
    ],
)
def test_a_claim_parts_into_features(text: str, parts: list[str]) -> None:
    assert list(features.split(text)) == parts
