"""Objections and the rows they stand on, worked out from events."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.case import Event, Row
from app.rules.objections import objections

ROWS = tuple(Row(f"r{n}", "claim", str(n), "") for n in (1, 2, 3))


def told(n: int, name: str, *, voided: bool = False, **fields: str) -> Event:
    """One event."""
    day = date(2026, 3, n)
    return Event(f"{n:032x}", name, day, day.isoformat(), "amina", "s", f"a{n}", fields, voided=voided)


@pytest.mark.parametrize(
    ("raised", "settled", "state", "standing"),
    [
        ("1-2", [], "open", "1 2"),
        ("", [], "open", "1 2 3"),
        ("1-2", ["1"], "partly", "2"),
        ("1-2", ["1", "2"], "settled", ""),
        ("1-2", [""], "settled", ""),
        ("", ["2"], "partly", "1 3"),
        ("1", ["2"], "open", "1"),
    ],
)
def test_what_stands(raised: str, settled: list[str], state: str, standing: str) -> None:
    past = [told(1, "objection", provision="section 5", rows=raised)]
    past += [told(2 + n, "objection_settled", objection="1", rows=rows) for n, rows in enumerate(settled)]
    (one,) = objections(past, ROWS)
    assert (one.state, " ".join(one.standing)) == (state, standing)


def test_one_taken_back_keeps_its_number() -> None:
    past = [told(1, "objection", voided=True, provision="a"), told(2, "objection", provision="b")]
    assert [(one.number, one.provision) for one in objections(past, ROWS)] == [(2, "b")]


def test_a_settlement_taken_back_does_not_count() -> None:
    past = [told(1, "objection", provision="a"), told(2, "objection_settled", voided=True, objection="1")]
    assert objections(past, ROWS)[0].state == "open"
