"""Steps of a reckoning are kept as keys and values and said in the language of whoever reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

import pytest

from app import errors
from app.domain.case import Step
from app.rules import reckoning
from app.rules.calendars import BUILT_IN, with_closures
from app.rules.limits import LATE_ARRIVAL, NO_ROLL, PREVIOUS_OPEN, ROLLED, Terms, limit
from app.rules.periods import parse_period

SHUT = with_closures(BUILT_IN["sat-sun"], [date(2026, 5, 4)])
FEAST = with_closures(BUILT_IN["sat-sun"], [date(2026, 5, 4)], "Day of the Court")
REASONS = [
    ("2026-01-31", "1m", Terms()),
    ("2026-03-02", "2m", Terms(SHUT)),
    ("2026-03-02", "2m", Terms(FEAST, roll=PREVIOUS_OPEN, rule="reply", provision="s. 4")),
    ("2026-03-02", "60d", Terms(roll=NO_ROLL)),
    ("2026-03-02", "2m", Terms(received=date(2026, 3, 5), extend=parse_period("1m"))),
    ("2026-03-02", "2m", Terms(received=date(2026, 3, 20), extend=parse_period("1m"), extend_from=ROLLED)),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    errors.speak("en")


def reckoned(start: str, period: str, terms: Terms) -> tuple[Step, ...]:
    return limit(date.fromisoformat(start), parse_period(period), terms).steps


@pytest.mark.parametrize(("start", "period", "terms"), REASONS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_was_kept_is_said_in_another_language(
    start: str, period: str, terms: Terms, language: str
) -> None:
    kept = [Step(**json.loads(json.dumps(asdict(step)))) for step in reckoned(start, period, terms)]
    english = [step.text for step in kept]
    errors.speak(language)
    here = [reckoning.said_again(step).text for step in kept]
    assert here == [step.text for step in reckoned(start, period, terms)]
    assert all(ours != theirs for ours, theirs in zip(here, english, strict=True))
    errors.speak("en")
    assert [reckoning.said_again(replace(step, text="")).text for step in kept] == english


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("", {}),
        ("moon", {"day": "2026-01-01"}),
        ("stays", {}),
        ("stays", {"day": "soon"}),
        ("open", {"day": 3}),
    ],
)
def test_words_stand_where_the_key_is_not_known(key: str, values: dict[str, object]) -> None:
    step = Step(*LATE_ARRIVAL, "as it was written", key, values)
    assert reckoning.said_again(step) == step


def test_why_a_day_was_closed() -> None:
    notice = reckoned("2026-03-02", "2m", Terms(SHUT))[-1]
    assert notice.text == (
        "Sat 2 May 2026 closed (Saturday); Sun 3 May 2026 closed (Sunday); Mon 4 May 2026 closed "
        "(closed by notice). The last day is the next open day: Tue 5 May 2026."
    )
    named = reckoned("2026-03-04", "2m", Terms(FEAST))[-1]
    assert "Mon 4 May 2026 closed (Day of the Court)" in named.text
