"""Order of hits, pages, words of an index; snippets and their marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.query.parser import parse
from search.text.documents import Doc, Text
from search.text.highlight import Concepts, snippet
from search.text.index import SearchIndex
from search.text.tantivy_engine import TantivyIndex
from search.text.whoosh_engine import WhooshIndex

DOCS = [
    Doc(
        1,
        (Text("ti", "en", "Loom"), Text("ab", "en", "A loom driven by a pump, among many other things.")),
        {},
        20010101,
    ),
    Doc(2, (Text("ti", "en", "Pump"), Text("ab", "en", "A pump with a pump head.")), {}, 20200101),
    Doc(3, (Text("ti", "en", "Tank"), Text("ab", "en", "A tank filled by a pump.")), {}, 20100101),
    Doc(4, (Text("ti", "en", "Tank"), Text("ab", "en", "A tank filled by a pump.")), {}, 20100101),
    Doc(5, (Text("ti", "en", "Dryer"), Text("ab", "en", "A dryer for cassava.")), {}, 0),
]


@pytest.fixture(params=[WhooshIndex, TantivyIndex], ids=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    made: SearchIndex = request.param(tmp_path / "index", set())
    made.apply(DOCS)
    return made


def found(index: SearchIndex, query: str, sort: str, first: int) -> tuple[list[int], int]:
    page = index.search(parse(query), {d.row: d for d in DOCS}.__getitem__, sort=sort, first=first)
    return [row for row, _score in page.rows], page.total


def test_the_title_and_the_oftener_word_come_first_and_ties_go_by_row(index):
    rows, total = found(index, "pump", "score", 10)
    assert (rows[0], total) == (2, 4)
    assert rows.index(3) + 1 == rows.index(4)


def test_newest_first(index):
    assert found(index, "pump", "date", 10) == ([2, 3, 4, 1], 4)


def test_the_first_of_many_are_the_same_as_all_cut_short(index):
    for query in ("pump", "pump OR dryer", "a*"):
        everything, _total = found(index, query, "score", 10)
        for first in range(1, 5):
            assert found(index, query, "score", first)[0] == everything[:first]


def test_words_of_the_index_with_their_records(index):
    assert index.terms("ab", "pu", 10) == [("pump", 4)]


def test_an_empty_index_answers(tmp_path):
    for engine in (WhooshIndex, TantivyIndex):
        index = engine(tmp_path / engine.__name__, set())
        assert found(index, "pump", "score", 5) == ([], 0)
        assert list(index.rows(parse("NOT pump"), DOCS.__getitem__)) == []
        index.close()


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("pump", "Pumps and pumping", ["Pumps", "pumping"]),
        ('"pump"', "Pumps, a pump", ["pump"]),
        ('"solar pump"', "A solar pump for a solar panel", ["solar pump"]),
        ("sol* NOT panel", "A solar panel", ["solar"]),
        ("séchoir", "A Sechoir", ["Sechoir"]),
        ("pump NEAR/3 solar", "solar water pump", ["solar", "pump"]),
        ("cl=pump", "pump", ["pump"]),
        ("ic=F04D", "pump", []),
    ],
)
def test_marks_stand_on_the_words_that_answer(query, text, marked):
    assert [text[m.start : m.end] for m in Concepts(parse(query)).marks(text, "en")] == marked


def test_marks_tell_which_word_of_the_query_they_answer():
    marks = Concepts(parse("pump AND ab=solar")).marks("solar pump", "en", "ab")
    assert [(m.start, m.end, m.concept) for m in marks] == [(0, 5, 1), (6, 10, 0)]
    assert Concepts(parse("ti=solar")).marks("solar pump", "en", "ab") == ()


def test_a_snippet_shows_the_stretch_with_most_of_the_query():
    long = "Nothing here. " * 60 + "A solar pump lifts water. " + "Nothing there. " * 60
    shown = snippet(Concepts(parse("solar pump water")), [Text("ti", "en", "Pump"), Text("ab", "en", long)])
    assert shown.text.startswith("… ") and shown.text.endswith(" …") and len(shown.text) < 400
    assert [shown.text[m.start : m.end] for m in shown.marks] == ["solar", "pump", "water"]


def test_a_snippet_without_words_of_the_query_is_the_abstract():
    texts = [Text("ti", "en", "Pump"), Text("ab", "en", "Lifts water."), Text("pa", "", "Somebody")]
    assert snippet(Concepts(parse("ic=F04D")), texts).text == "Lifts water."
