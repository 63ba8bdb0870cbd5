"""The readings agree on real texts in many languages."""

from __future__ import annotations

import random
from pathlib import Path

from search.query.parser import parse
from search.query.predicate import matches
from search.text.documents import Doc, Text
from search.text.tantivy_engine import TantivyIndex
from search.text.whoosh_engine import WhooshIndex

LANGUAGES = {
    "eng-US": "en",
    "fra": "fr",
    "spa": "es",
    "por": "pt",
    "arb": "ar",
    "rus": "ru",
    "zho": "zh",
    "deu": "de",
}
SENTENCES = 240


def _sentences(folder: Path) -> dict[str, list[str]]:
    found = {}
    for file in sorted(folder.rglob("*.txt")):
        for code, language in LANGUAGES.items():
            if code in file.name and language not in found:
                found[language] = file.read_text(encoding="utf-8").splitlines()[:SENTENCES]
    return found


def _corpus(sentences: dict[str, list[str]]) -> list[Doc]:
    """Eight sentences a record: a title, an abstract and a claim in two languages each."""
    languages = sorted(sentences)
    docs = []
    for row in range(1, SENTENCES // 3 + 1):
        texts = []
        for offset, kind in enumerate(("ti", "ab", "cl")):
            for shift in (0, 3):
                language = languages[(row + shift) % len(languages)]
                texts.append(Text(kind, language, sentences[language][(row * 3 + offset) % SENTENCES]))
        docs.append(Doc(row, tuple(texts), {}, 0))
    return docs


def _queries(docs: list[Doc], count: int) -> list[str]:
    chance = random.Random(11)
    made = []
    while len(made) < count:
        text = chance.choice(docs).plain[chance.randrange(6)].text
        words = [
            w for w in ("".join(c if c.isalnum() else " " for c in text)).split() if w.upper() not in RESERVED
        ]
        if len(words) < 6:
            continue
        at = chance.randrange(len(words) - 4)
        one, two, three = words[at], words[at + 1], words[at + 3]
        made.append(
            chance.choice(
                [
                    one,
                    f'"{one} {two}"',
                    f"{one} NEAR/4 {three}",
                    f'cl=("{one} {two}" ADJ/3 {three})',
                    f"({one} OR {two}) NEAR/2 {three}",
                    f"ti={one[:3]}* NOT {two}",
                    f"*{one[-3:]} {three}",
                    f"{one} {two} OR {three}",
                ]
            )
        )
    return made


RESERVED = ("AND", "OR", "NOT", "NEAR", "ADJ", "PD")


def test_real_sentences_in_eight_languages(shared_data, tmp_path):
    sentences = _sentences(shared_data / "languages" / "ntrex-parallel")
    assert len(sentences) >= 6
    docs = _corpus(sentences)
    by_row = {doc.row: doc for doc in docs}
    engines = [WhooshIndex(tmp_path / "whoosh", set()), TantivyIndex(tmp_path / "tantivy", set())]
    for index in engines:
        index.apply(docs)
    for query in _queries(docs, 160):
        node = parse(query)
        wanted = [doc.row for doc in docs if matches(node, doc)]
        for index in engines:
            assert (query, index.caps.name, sorted(index.rows(node, by_row.__getitem__))) == (
                query,
                index.caps.name,
                wanted,
            )
