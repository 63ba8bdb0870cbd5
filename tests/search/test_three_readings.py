"""Whoosh, tantivy and the plain predicate name the same records for any query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.predicate import matches
from search.query.writer import normalised
from search.text.documents import Doc, Text
from search.text.index import SearchIndex
from search.text.tantivy_engine import TantivyIndex
from search.text.whoosh_engine import WhooshIndex

ENGLISH = (
    "A solar pump for lifting water from a well comprises a panel and a pumping head. "
    "The pump is driven by the panel; the pumped water runs into a tank. "
    "Method of drying cassava chips on trays in a solar dryer with forced air. "
    "A dryer for cassava, wherein the trays are stacked and hot air is blown between the trays. "
    "Loom with a shuttle and a heddle for weaving cotton cloth, the woven cloth being rolled. "
    "A telephone charger fed by a hand-driven generator; charging circuits limit the current."
)
FRENCH = (
    "Pompe solaire destinée à élever l'eau d'un puits, comprenant un panneau et une tête de pompage. "
    "Procédé de séchage de cossettes de manioc sur des claies dans un séchoir solaire à air forcé. "
    "Séchoir à manioc dans lequel les claies sont empilées et l'air chaud est soufflé entre elles. "
    "Métier à tisser avec une navette pour le tissage d'une étoffe de coton; les étoffes tissées. "
    "Chargeur de téléphone alimenté par un générateur entraîné à la main."
)
SPANISH = (
    "Bomba solar para la elevación de agua de un pozo. Evaporación del agua y evaporaciones sucesivas. "
    "Secador de mandioca con bandejas apiladas y circulación de aire caliente."
)
JAPANESE = "太陽光で駆動する揚水ポンプであって、井戸から水を汲み上げる。ポンプは太陽電池に接続される。"


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in text.replace("。", ".").replace(";", ".").split(".") if s.strip()]


def _corpus() -> list[Doc]:
    parts = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "ja": JAPANESE, "und": ENGLISH}
    pool = [(language, s) for language, text in parts.items() for s in _sentences(text)]
    docs = []
    for row in range(1, 61):
        texts = []
        for index, kind in enumerate(("ti", "ti", "ab", "ab", "cl", "cl", "cl")):
            language, sentence = pool[(row * 7 + index * 5 + row * index) % len(pool)]
            words = sentence.split()
            texts.append(Text(kind, language, " ".join(words[row % 3 : row % 3 + 4 + index * 3]) or sentence))
        keys = {
            "pn": frozenset({f"{100 + row}", f"XX{100 + row}", f"XX{100 + row}A"}),
            "ic": frozenset({"F", "F04", "F04D", "F04D13", f"F04D13/{row % 5:02d}"}),
        }
        docs.append(Doc(row, tuple(texts), keys, 20000101 + (row % 20) * 10000))
    return docs


class Readings:
    """The corpus and its two indexes; a class, so that a failing example prints short."""

    def __init__(self, docs: list[Doc], engines: list[SearchIndex]) -> None:
        self.docs = docs
        self.engines = engines

    def __repr__(self) -> str:
        return "<the corpus>"


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readings]:
    docs = _corpus()
    folder: Path = tmp_path_factory.mktemp("indexes")
    engines = []
    for engine in (WhooshIndex, TantivyIndex):
        index = engine(folder / engine.__name__, set())
        index.apply(docs[:40])
        index.apply(docs[30:])  # some of them again, so that replacing is part of it
        engines.append(index)
    yield Readings(docs, engines)
    for index in engines:
        index.close()


VOCABULARY = sorted({w.strip(",;") for t in (ENGLISH, FRENCH, SPANISH) for w in t.replace(".", " ").split()})
STARTS = sorted(
    {w[:length] for w in VOCABULARY for length in (1, 2, 3, 4) if len(w) > length and w.isalpha()}
)
JAPANESE_RUNS = ["太陽", "ポンプ", "太陽電池", "水", "井戸から"]

bare = st.sampled_from(VOCABULARY).filter(lambda w: w.upper() not in ("AND", "OR", "NOT", "NEAR", "ADJ"))
phrase = st.sampled_from(_sentences(ENGLISH) + _sentences(FRENCH)).flatmap(
    lambda s: st.tuples(st.integers(0, 6), st.integers(1, 4)).map(
        lambda cut: '"' + " ".join((s.split()[cut[0] : cut[0] + cut[1]]) or s.split()[:2]) + '"'
    )
)
wild = st.one_of(
    st.sampled_from(STARTS).map(lambda w: w + "*"),
    st.sampled_from(STARTS).map(lambda w: "*" + w + "*"),
    st.sampled_from([w for w in VOCABULARY if len(w) > 4 and w.isalpha()]).flatmap(
        lambda w: st.tuples(st.integers(1, len(w) - 2), st.sampled_from(["?", "#", "$", "$2", "*"])).map(
            lambda cut: w[: cut[0]] + cut[1] + w[cut[0] + 1 :]
        )
    ),
)
word = st.one_of(bare, bare, bare.map(lambda w: f'"{w}"'), phrase, wild, st.sampled_from(JAPANESE_RUNS))
other = st.sampled_from(
    [
        "pd>=2010",
        "pd<2005",
        'pd within "2003 2012"',
        "ic=F04D",
        "ic=F04D 13/02",
        "pn=XX110",
        "pn=11*",
        "pn=xx00115a",
    ]
)


def _near(parts: tuple[str, str, str, str]) -> str:
    left, name, distance, right = parts
    return f"({left}) {name}{distance} ({right})"


choice = st.lists(word, min_size=1, max_size=3).map(" OR ".join)
near = st.recursive(
    choice,
    lambda inner: st.tuples(
        inner, st.sampled_from(["NEAR", "ADJ"]), st.sampled_from(["", "/1", "/2", "/3", "/9"]), inner
    ).map(_near),
    max_leaves=3,
)
fielded = st.tuples(st.sampled_from(["ti", "ab", "cl", "ta"]), near).map(lambda p: f"{p[0]}=({p[1]})")
query = st.recursive(
    st.one_of(word, near, fielded, fielded, other),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " NOT ", " "]), inner).map(
            lambda p: f"({p[0]}){p[1]}({p[2]})"
        ),
        inner.map(lambda q: f"NOT ({q})"),
    ),
    max_leaves=5,
)


@settings(
    max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(text=query)
def test_three_readings_agree(readings, text):
    docs, engines = readings.docs, readings.engines
    node = parse(text)
    assert parse(normalised(node)) == node
    by_row = {doc.row: doc for doc in docs}
    wanted = {doc.row for doc in docs if matches(node, doc)}
    for index in engines:
        found = index.rows(node, by_row.__getitem__)
        assert (index.caps.name, sorted(found)) == (index.caps.name, sorted(wanted))
        page = index.search(node, by_row.__getitem__, sort="score", first=7)
        assert page.total == len(wanted)
        assert {row for row, _score in page.rows} <= wanted
        assert len(page.rows) == min(7, len(wanted))
