"""Catalogues: gathered from the sources, read as they were written, compiled as gettext wants them."""

from __future__ import annotations

import gettext
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
