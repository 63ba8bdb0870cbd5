"""When a clock is believed."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import RuleRefused
from app.rules import clocks

NEWEST = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("today", "newest", "trusted", "jumped"),
    [
        (date(2026, 11, 25), NEWEST, None, False),
        (date(2026, 11, 24), NEWEST, None, False),
        (date(2026, 11, 23), NEWEST, None, True),
        (date(2000, 1, 1), NEWEST, None, True),
        (date(2030, 1, 1), NEWEST, None, False),
        (date(2000, 1, 1), None, None, False),
        (date(2026, 1, 1), NEWEST, NEWEST, False),
        (date(2026, 1, 1), NEWEST, date(2026, 11, 24), True),
    ],
)
def test_a_clock_that_jumped(today: date, newest: date | None, trusted: date | None, jumped: bool) -> None:
    assert clocks.jumped(today, newest, trusted) is jumped
    if jumped:
        with pytest.raises(RuleRefused):
            clocks.refuse(today, newest, trusted)
    else:
        clocks.refuse(today, newest, trusted)
