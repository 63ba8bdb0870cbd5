"""Catalogues: gathered from the sources, read as they were written, compiled as gettext wants them."""

from __future__ import annotations

import gettext
import string
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import catalogues
from ui.catalogues import Sentence

LANGUAGES = sorted(catalogues.PLURALS)
texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_window_is_translated(language: str) -> None:
    kept = catalogues.read(catalogues.catalogue(language).read_text(encoding="utf-8"))
    missing = [s.one for s in catalogues.said(("ui",)) if not all(kept.get(s, ("",)))]
    assert not missing


FLOORS = {
    "app/letters": 90, "app/ocr": 90, "app/imaging": 90, "app/plugins": 90, "app/rules": 90,
    "app/seal.py": 90, "app/services": 90, "app/storage": 90, "app/sync": 90, "search": 90, "translate": 90,
    "app/standards": 50,
}  # fmt: skip
"""Percent of a room's sentences that are translated at least, so that a new one may wait for its turn."""


@pytest.mark.parametrize("room", FLOORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rooms_a_person_hears_from_are_translated(language: str, room: str) -> None:
    kept = catalogues.read(catalogues.catalogue(language).read_text(encoding="utf-8"))
    said = [s for s, place in catalogues.said().items() if place.startswith(room)]
    missing = [s.one for s in said if not all(kept.get(s, ("",)))]
    assert 100 * (len(said) - len(missing)) >= FLOORS[room] * len(said), missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_gaps_of_their_sentence(language: str) -> None:
    """The number may be left out of a counted form (“one page”); everything else stands in both."""
    kept = catalogues.read(catalogues.catalogue(language).read_text(encoding="utf-8"))
    wrong = []
    for sentence, forms in kept.items():
        allowed = gaps(sentence.one) | gaps(sentence.many)
        for form in filter(None, forms):
            if gaps(form) != allowed and not (sentence.many and gaps(form) <= allowed):
                wrong.append(form)
    assert not wrong


def gaps(text: str) -> set[str]:
    """Names of the places that are filled in; the blank one too."""
    return {name for _text, name, _form, _turn in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_translators_wrote(language: str) -> None:
    file = catalogues.catalogue(language)
    kept = catalogues.read(file.read_text(encoding="utf-8"))
    assert file.with_suffix(".mo").read_bytes() == catalogues.compiled(language, kept)


@given(st.dictionaries(texts, texts, max_size=5))
def test_what_is_written_is_read(sentences: dict[str, str]) -> None:
    kept = {Sentence(one): (said,) for one, said in sentences.items()}
    text = catalogues.written("fr", kept, dict.fromkeys(kept, "ui/x.py"))
    assert catalogues.read(text) == kept
    known = gettext.GNUTranslations(BytesIO(catalogues.compiled("fr", kept)))
    assert {one: known.gettext(one) for one in sentences} == sentences


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("fr", 1, "1 dossier"),
        ("fr", 2, "2 dossiers"),
        ("ar", 2, "ملفان"),
        ("ar", 5, "5 ملفات"),
        ("ar", 12, "12 ملفًا"),
        ("ar", 100, "100 ملف"),
    ],
)
def test_counted_sentences_take_their_form(language: str, count: int, said: str) -> None:
    with catalogues.catalogue(language).with_suffix(".mo").open("rb") as file:
        known = gettext.GNUTranslations(file)
    assert known.ngettext("{n} case", "{n} cases", count).format(n=count) == said


def test_sentences_are_gathered_with_their_plural() -> None:
    source = 'say(_("One."), plural("{n} case", "{n} cases", count), other("No."), _(name))'
    assert list(catalogues.said_in(source)) == [Sentence("One."), Sentence("{n} case", "{n} cases")]
