"""Days, sizes and groups in words; the timeline as moments; the history in lines."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.case import Case, Deadline, Event, LimitState, Owner, Status
from app.domain.dossier import LetterEntry
from app.domain.record import Right
from ui import words
from ui.preferences import Preferences
from ui.rooms.case.chronicle import moments
from ui.rooms.case.history import told
from ui.rooms.prior_art.querypane import narrowing
from ui.theme import Tone
from ui.widgets.reading import marked

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(("days", "said"), [
    (-2, "2 days late"), (-1, "1 day late"), (0, "today"), (1, "tomorrow"), (3, "3 days"), (28, "28 days"),
    (60, "8 weeks"), (130, "4 months"),
])  # fmt: skip
def test_days_left(days: int, said: str) -> None:
    assert words.days_left(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(("count", "said"), [
    (1, "1 byte"), (999, "999 bytes"), (6_000, "6 kB"), (4_200_000, "4.2 MB"), (2_500_000_000, "2.5 GB"),
])  # fmt: skip
def test_sizes(count: int, said: str) -> None:
    assert words.size(count) == said


@pytest.mark.parametrize(("owner", "days", "state", "tone"), [
    (Owner.APPLICANT, 3, LimitState.RUNNING, Tone.AMBER),
    (Owner.APPLICANT, 20, LimitState.RUNNING, Tone.QUIET),
    (Owner.OFFICE, 20, LimitState.RUNNING, Tone.RED),
    (Owner.OFFICE, 90, LimitState.RUNNING, Tone.QUIET),
    (Owner.APPLICANT, -1, LimitState.MISSED, Tone.RED),
])  # fmt: skip
def test_colour_only_where_it_means_something(owner: Owner, days: int, state: LimitState, tone: Tone) -> None:
    last = TODAY + timedelta(days=days)
    assert words.limit_tone(Deadline("1", "r", "n", "e", owner, last, last, state), TODAY) is tone


def case(**more: object) -> Case:
    return Case(
        id="1",
        number="XX/P/2026/000001",
        right=Right.PATENT,
        kind="application",
        title="Pump",
        titles={},
        status=Status("filed", "Filed"),
        office="XX",
        filing_date=TODAY,
        confidential=True,
        law={},
        officer="",
        **more,  # type: ignore[arg-type]
    )


def event(ident: str, name: str, on: date, **fields: object) -> Event:
    return Event(ident, name, on, f"{on}T10:00:00Z", "A. Deme", "s", "a", fields, name=name)


def test_letters_and_limits_hang_on_their_events() -> None:
    filed, invited = TODAY - timedelta(days=90), TODAY - timedelta(days=60)
    last = TODAY + timedelta(days=2)
    shown = moments(
        case(
            events=(
                event("2", "formalities_invited", invited, letter="L"),
                event("1", "filed", filed),
                event(
                    "3",
                    "citation",
                    TODAY,
                    office="EP",
                    number="1",
                    kind_code="A1",
                    category="X",
                    claims="1-3",
                ),
            ),
            letters=(
                LetterEntry(
                    "L", "t", "L-2026/0001", "served", invited, "", "d", "Invitation", ("en",), "", invited
                ),
            ),
            deadlines=(Deadline("D", "r", "Reply", "2", Owner.APPLICANT, last, last, LimitState.RUNNING),),
        ),
        TODAY,
    )
    assert [(m.kind, m.title) for m in shown] == [
        ("event", "filed"), ("event", "formalities_invited"), ("event", "citation"),
        ("today", "Today, 25 Nov 2026"), ("ahead", "Last day: Reply"),
    ]  # fmt: skip
    assert [h.title for h in shown[1].hanging] == [
        "Invitation L-2026/0001", "Served 26 Sep 2026", "Reply: Fri 27 Nov 2026",
    ]  # fmt: skip
    assert shown[1].hanging[2].lit and shown[1].hanging[2].trailing == "2 days"
    assert shown[2].note == "EP 1 A1 · category X · claims 1-3"


@pytest.mark.parametrize(("value", "said"), [
    (None, ""), ("Pump", "Pump"), (True, "yes"), (["a", "b"], "a; b"),
    ({"on": "2026-11-25", "text": "By telephone.", "letter": "9f"}, "25 Nov 2026 · By telephone."),
    ({"reasons": "The objection stands.", "sha256": "00"}, "Reasons: The objection stands."),
])  # fmt: skip
def test_values_of_the_history(value: object, said: str) -> None:
    assert told(value) == said


@pytest.mark.parametrize(
    ("facet", "value", "part"),
    [
        ("ipc", "F04B", "ic=F04B"),
        ("applicant", "Nsoro Pumps Ltd", 'pa="Nsoro Pumps Ltd"'),
        ("year", "2014", "pd=2014"),
    ],
)
def test_a_facet_narrows_the_query(facet: str, value: str, part: str) -> None:
    assert narrowing(facet, value) == part


def test_marks_are_escaped_and_never_overlap() -> None:
    html = marked("a <b> pump", [(6, 10, 0), (7, 9, 1), (40, 50, 2)])
    assert "&lt;b&gt;" in html
    assert html.count("<span") == 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"language": "xx", "theme": 7, "panes": 3, "strange": 1}']
)
def test_settings_that_cannot_be_read_are_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(content, encoding="utf-8")
    kept = Preferences.load(file)
    assert (kept.language, kept.theme, kept.panes) == ("en", "system", {})
    kept.language = "fr"
    kept.save()
    assert Preferences.load(file).language == "fr"
