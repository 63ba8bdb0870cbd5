"""Locations of features: what can be read comes back the same, what cannot is refused at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.locations import BadLocation, Combined, Location, Span, operators, parse, spans

NUMBERS = st.integers(1, 10**9)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    first, last = sorted((draw(NUMBERS), draw(NUMBERS)))
    if draw(st.booleans()):
        return Span(first, first + 1, between=True)
    if first == last:
        before = draw(st.booleans())
        return Span(first, last, before, not before and draw(st.booleans()))
    return Span(first, last, draw(st.booleans()), draw(st.booleans()))


LOCATIONS: st.SearchStrategy[Location] = st.recursive(
    _spans(),
    lambda inner: (
        st.builds(
            Combined, st.sampled_from(["join", "order"]), st.lists(inner, min_size=2, max_size=4).map(tuple)
        )
        | st.builds(Combined, st.just("complement"), inner.map(lambda one: (one,)))
    ),
    max_leaves=8,
)


@given(LOCATIONS)
@settings(deadline=None)
def test_written_and_read_again(location: Location) -> None:
    assert parse(str(location)) == location
    assert parse(str(location).replace(",", " , ")) == location


@given(st.text(alphabet="0123456789.,<>^()joinrdecmplt \u0663\u00bd", max_size=40))
@settings(deadline=None)
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except BadLocation as bad:
        assert bad.why
        assert 0 <= bad.position <= len(text)
    else:
        assert parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("467", [(467, 467)]),
        ("340..565", [(340, 565)]),
        ("<345..500", [(345, 500)]),
        ("1..>888", [(1, 888)]),
        ("123^124", [(123, 124)]),
        ("join(12..78,134..202)", [(12, 78), (134, 202)]),
        ("complement(join(2691..4571,4918..5163))", [(2691, 4571), (4918, 5163)]),
        ("JOIN(1..2, Complement(4..5))", [(1, 2), (4, 5)]),
    ],
)
def test_forms_of_the_standard(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(span.first, span.last) for span in spans(parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0), ("12.", 2), ("12..", 4), ("a..b", 0), ("join(1..2)", 9), ("join(1..2,3..4", 14),
        ("bond(1,2)", 0), ("1..2,3..4", 4), ("1<..2", 1), ("1..<2", 3), ("complement(1,2)", 14), ("<1^2", 3),
        ("1..2)", 4),
        ("99999999999999999", 0), ("(" * 60, 0), ("complement(" * 60 + "1" + ")" * 60, 561),
    ],
)  # fmt: skip
def test_what_is_no_location(text: str, position: int) -> None:
    with pytest.raises(BadLocation) as refused:
        parse(text)
    assert refused.value.position == position


def test_operators_from_outside_in() -> None:
    assert list(operators(parse("order(1..2,complement(join(3,4)))"))) == ["order", "complement", "join"]
