"""A listing as text and as a view: positions, groups, lanes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sequences import Feature, Qualifier, Sequence
from app.errors import UsageError
from app.services import listings
from app.standards.sequences import rendering, viewing
from app.standards.sequences.residues import three_letters

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
GOLDEN = Path(__file__).parents[3] / "golden" / "standards"


def test_sixty_residues_a_line_in_groups_of_ten() -> None:
    residues = "acgt" * 18
    first, second = rendering.letter_lines(residues)
    assert first == "     " + " ".join(residues[at : at + 10] for at in range(0, 60, 10)) + "    60"
    assert second == "     acgtacgtac gt" + " " * 52 + "    72"


@given(st.text("acgtn", min_size=1, max_size=400))
@settings(deadline=None)
def test_nothing_is_lost_between_the_lines(residues: str) -> None:
    lines = list(rendering.letter_lines(residues))
    assert "".join("".join(line.split()[:-1]) for line in lines) == residues
    assert int(lines[-1].split()[-1]) == len(residues)
    assert len({len(line) for line in lines}) == 1


def test_three_letter_codes_stand_over_every_fifth_position() -> None:
    lines = list(rendering.three_letter_lines("MAKLGEWHYDACDEFGHI"))
    assert lines[0].split() == three_letters("MAKLGEWHYDACDEFG")
    assert lines[1] == "1               5                   10                  15"
    assert lines[2] == "His Ile"
    assert len(lines) == 3


def test_the_text_of_a_whole_listing() -> None:
    text = "\n".join(listings.text(SAMPLES / "st26-listing.xml", three=True)) + "\n"
    assert text == (GOLDEN / "st26-listing.txt").read_text(encoding="utf-8")


def test_one_sequence_alone() -> None:
    lines = list(listings.text(SAMPLES / "st26-listing.xml", number="2"))
    assert next(line for line in lines if line) == "SEQ ID NO 2 · AA · length 5 · Adansonia digitata"


def _sequence(*places: str) -> Sequence:
    features = tuple(Feature("misc_feature", place, (Qualifier("note", "x"),)) for place in places)
    return Sequence("1", "DNA", "150", "acgta" * 30, features=(Feature("source", "1..150"), *features))


def test_features_lie_in_lanes_beneath_their_residues() -> None:
    seen = viewing.view(_sequence("10..70", "complement(65..66)", "71..72", "join(1..5,118..122)", "bad"))
    assert (seen.line_count, len(seen.lines), seen.lines[2].start, seen.lines[2].end) == (3, 3, 121, 150)
    drawn = [
        [(one.feature, one.lane, one.first, one.last, one.opens, one.closes) for one in line.segments]
        for line in seen.lines
    ]
    assert drawn == [
        [(1, 0, 9, 59, True, False), (4, 1, 0, 4, True, True)],
        [(1, 0, 0, 9, False, True), (2, 1, 4, 5, True, True), (3, 0, 10, 11, True, True),
         (4, 0, 57, 59, True, False)],
        [(4, 0, 0, 1, False, True)],
    ]  # fmt: skip
    assert [line.lanes for line in seen.lines] == [2, 2, 1]
    assert [one.complement for one in seen.features] == [False, False, True, False, False, False]
    assert seen.features[5].ranges == ()


def test_only_the_lines_that_are_asked_for() -> None:
    seen = viewing.view(_sequence(), first_line=1, lines=1)
    assert [line.start for line in seen.lines] == [61]
    assert viewing.view(_sequence(), first_line=99).lines == ()
    assert viewing.view(Sequence("1", residues="000")).line_count == 0


@given(st.lists(st.tuples(st.integers(1, 150), st.integers(1, 150)), max_size=12))
@settings(deadline=None)
def test_pieces_in_a_lane_never_touch(places: list[tuple[int, int]]) -> None:
    seen = viewing.view(_sequence(*(f"{min(p)}..{max(p)}" for p in places)))
    for line in seen.lines:
        taken = [(one.lane, column) for one in line.segments for column in range(one.first, one.last + 1)]
        assert len(taken) == len(set(taken))
        assert all(column < len(line.residues) for _lane, column in taken)
    covered = sum(one.last - one.first + 1 for line in seen.lines for one in line.segments)
    assert covered == sum(max(p) - min(p) + 1 for p in places)


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no sequence 9"):
        listings.view(SAMPLES / "st26-listing.xml", "9")
