"""Queries that people paste in: thousands of words, dates, numbers; and those that would never end."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.predicate import matches
from search.query.refusal import QueryRefused
from search.text import tantivy_engine, whoosh_engine
from search.text.documents import Doc, Text
from search.text.index import SearchIndex
from search.text.patience import Patience
from search.text.tantivy_engine import TantivyIndex
from search.text.whoosh_engine import WhooshIndex

WORDS = [f"{a}{b}{c}" for a in "bdglmkprst" for b in "aeiou" for c in "bdglmkprst"]
MANY = [*WORDS, *(f"x{n}" for n in range(2_500))]  # three thousand, most of which occur nowhere


def _doc(row: int) -> Doc:
    chance = random.Random(row)
    texts = tuple(
        Text(kind, language, " ".join(chance.choices(WORDS, k=length)))
        for kind, language, length in (("ti", "en", 4), ("ab", "fr", 30), ("cl", "en", 20), ("cl", "und", 20))
    )
    keys = {
        "pn": frozenset({f"{row:03d}", f"XX{row:03d}A1"}),
        "ic": frozenset({"G", "G06", f"G{row % 9:02d}F"}),
    }
    return Doc(row, texts, keys, 19900101 + row % 30 * 10_000)


class Readings:
    """The records and their two indexes."""

    def __init__(self, docs: dict[int, Doc], engines: list[SearchIndex]) -> None:
        self.docs = docs
        self.engines = engines

    def __repr__(self) -> str:
        return "<the records>"


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readings]:
    docs = {row: _doc(row) for row in range(1, 81)}
    folder = tmp_path_factory.mktemp("indexes")
    engines: list[SearchIndex] = [WhooshIndex(folder / "w", set()), TantivyIndex(folder / "t", set())]
    for index in engines:
        index.apply(docs.values())
    yield Readings(docs, engines)
    for index in engines:
        index.close()


@pytest.fixture
def unhurried(monkeypatch):
    """What a slow machine may take is no matter here."""
    for module in (whoosh_engine, tantivy_engine):
        monkeypatch.setattr(module, "Patience", lambda: Patience(600))


HEAVY = {
    "any": " OR ".join(MANY),
    "all": " ".join(MANY),
    "none": "bab NOT " + " NOT ".join(MANY[1:]),
    "one by one not": " ".join(f"NOT x{n}" for n in range(1_000)),
    "choices of two": " ".join(f"({a} OR x1)" for a in WORDS[:3]),
    "phrase": '"' + " ".join(MANY) + '"',
    "phrases": " OR ".join(f'"{a} {b}"' for a, b in zip(WORDS, WORDS[7:], strict=False)),
    "pairs": " OR ".join(f"{a} NEAR/3 {b}" for a, b in zip(WORDS, WORDS[9:], strict=False)),
    "choice near choice": f"cl=(({' OR '.join(WORDS[:150])}) NEAR/2 ({' OR '.join(WORDS[150:])}))",
    "choice before choice": f"({' OR '.join(WORDS[:60])}) ADJ/4 ({' OR '.join(WORDS[60:90])})",
    "dates": " OR ".join(f"pd={year}" for year in range(1000, 2005)),
    "no dates": " ".join(f"NOT pd={year}" for year in range(1000, 2010)),
    "numbers": " OR ".join(f"pn={n}" for n in range(1_000)),
    "begun numbers": " OR ".join(f"pn=XX{n:02d}*" for n in range(10)),
    "classes": " OR ".join(f"ic=G{n:02d}F" for n in range(3, 99)),
    "stars": " OR ".join(f"{w[:2]}*" for w in WORDS),
    "deep": "(" * 39 + "bab" + ")" * 39,
    "fields": " OR ".join(f"ti={w}" for w in MANY[:5_000]),
}


@pytest.mark.parametrize("name", HEAVY)
def test_the_readings_agree_on_heavy_queries(readings, unhurried, name):
    node = parse(HEAVY[name])
    wanted = [row for row, doc in readings.docs.items() if matches(node, doc)]
    for index in readings.engines:
        assert sorted(index.rows(node, readings.docs.__getitem__)) == wanted
        for sort in ("score", "date"):
            page = index.search(node, readings.docs.__getitem__, sort=sort, first=100)
            assert sorted(row for row, _score in page.rows) == wanted
            assert page.total == len(wanted)


@pytest.mark.parametrize("name", sorted(HEAVY.keys() - {"deep"}))
def test_a_query_whose_time_is_up_is_refused_and_not_cut_short(readings, monkeypatch, name):
    for module in (whoosh_engine, tantivy_engine):
        monkeypatch.setattr(module, "Patience", lambda: Patience(0.0))
    node = parse(HEAVY[name])
    for index in readings.engines:
        with pytest.raises(QueryRefused) as refused:
            index.search(node, readings.docs.__getitem__, sort="score", first=10)
        assert refused.value.position == 0 and refused.value.remedy


word = st.sampled_from(WORDS[:12])
leaf = st.one_of(
    word,
    word.map(lambda w: f'"{w}"'),
    st.tuples(word, word).map(lambda p: f'"{p[0]} {p[1]}"'),
    st.tuples(word, st.sampled_from(["*", "$", "$1", "?", "#"])).map(lambda p: p[0][:2] + p[1]),
    word.map(lambda w: f"*{w[1:]}"),
    st.sampled_from(["ic=G06", "ic=G03F", "pd=1990:1995", "pd>2001", "pn=XX00*", "pn=12", "ti=bab"]),
)
SIGNS = [
    "(",
    ")",
    '"',
    " ",
    " AND ",
    " OR ",
    " NOT ",
    " NEAR/2 ",
    " ADJ ",
    "ti=",
    "cl=(",
    "pd=",
    "*",
    "=",
    "NOT ",
]
pasted = st.lists(st.one_of(leaf, st.sampled_from(SIGNS)), min_size=1, max_size=12).map("".join)


@settings(max_examples=250)
@given(typed=pasted)
def test_whatever_is_pasted_together_has_one_answer_or_one_refusal(readings, typed):
    try:
        node = parse(typed)
    except QueryRefused as refused:
        assert refused.position is not None and 0 <= refused.position <= len(typed)
        return
    wanted = sorted(row for row, doc in readings.docs.items() if matches(node, doc))
    for index in readings.engines:
        assert sorted(index.rows(node, readings.docs.__getitem__)) == wanted
