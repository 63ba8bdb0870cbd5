"""Our path beside stock Argos Translate: the same pack, the same sentence, no network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate import packs
from translate.engine import FINAL, Engine
from translate.marks import sentence_end
from translate.packs import LanguagePack, through_argos

SENTENCES = [
    "Une pompe comprenant un corps (1) et un rotor (2) relié à un arbre (3).",
    "Procédé selon la revendication 1, caractérisé en ce que la température est de 60 °C.",
]


def split(text: str, language: str) -> list[str]:
    sentences, at = [], 0
    while at < len(text):
        end = sentence_end(text, at, language)
        sentences.append(text[at:end].strip())
        at = end
    return [sentence for sentence in sentences if sentence]


def stock(pack: LanguagePack) -> object:
    """Stock Argos with its sentence splitter replaced by ours (its own wants a download)."""
    package = through_argos(pack)
    from argostranslate import sbd, translate

    class Ours(sbd.ISentenceBoundaryDetectionModel):  # type: ignore[misc]
        def split_sentences(self, text: str) -> list[str]:
            return split(text, pack.source)

    stock = translate.PackageTranslation(
        translate.Language(pack.source, pack.source_name),
        translate.Language(pack.target, pack.target_name),
        package,
    )
    stock.sentencizer = Ours()
    return stock


@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_sentence_by_stock_argos_and_by_us(french: LanguagePack, sentence: str) -> None:
    theirs = stock(french).translate(sentence)  # type: ignore[attr-defined]
    (ours,) = Engine(french).translate([sentence], beam=FINAL)
    assert ours.target == theirs


def test_two_sentences_of_one_line_agree_with_ours_joined(french: LanguagePack) -> None:
    theirs = stock(french).translate(" ".join(SENTENCES))  # type: ignore[attr-defined]
    ours = Engine(french).translate(SENTENCES, beam=FINAL)
    assert theirs == " ".join(r.target for r in ours)


def test_the_pack_is_read_by_argos_and_nothing_is_left_at_home(french: LanguagePack, own_home: Path) -> None:
    before = dict(os.environ)
    package = through_argos(french)
    assert (package.from_code, package.to_code, package.package_version) == ("fr", "en", "0.2")
    assert dict(os.environ) == before
    assert not list(own_home.rglob("*"))


def test_names_with_accents_are_read_whatever_the_machine_writes(
    french: LanguagePack, tmp_path: Path
) -> None:
    folder = tmp_path / "accents"
    (folder / "model").mkdir(parents=True)
    for path in french.folder.glob("model/*"):
        (folder / "model" / path.name).symlink_to(path)
    (folder / "sentencepiece.model").symlink_to(french.folder / "sentencepiece.model")
    metadata = (french.folder / "metadata.json").read_text(encoding="utf-8").replace('"French"', '"Français"')
    (folder / "metadata.json").write_text(metadata, encoding="utf-8")
    package = through_argos(packs.read(folder))
    assert package.from_name == "Français"
    assert package.tokenizer.encode("pompe")
