"""The engine on the bundled model: order, limits, stopping, long sentences, alignment."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Cancelled, FileRefused
from translate import packs
from translate.engine import Engine
from translate.packs import LanguagePack

CLAIM = "Pompe à eau comprenant un corps (1) et un rotor (2) relié à un arbre (3)."


class Stop:
    """Stops at the given call."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.seen: list[tuple[int, int | None]] = []

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.seen.append((done, total))
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_sentences_come_back_in_their_order_whatever_their_length(engine: Engine) -> None:
    sentences = [CLAIM, "Un arbre (4).", CLAIM.replace("(1)", "(9)"), "Le corps (7)."]
    together = engine.translate(sentences)
    assert [r.target for r in together] == [engine.translate([s])[0].target for s in sentences]
    assert "(9)" in together[2].target
    assert all(0 < r.score <= 1 for r in together)


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_every_beam_keeps_the_reference_signs_of_a_plain_claim(engine: Engine, beam: int) -> None:
    (rendering,) = engine.translate([CLAIM], beam=beam)
    assert all(sign in rendering.target for sign in ("(1)", "(2)", "(3)"))


def test_a_sentence_of_three_lines_is_one_sentence(engine: Engine) -> None:
    assert (
        engine.translate([CLAIM.replace(" et ", "\n  et ")])[0].target == engine.translate([CLAIM])[0].target
    )


def test_a_claim_longer_than_the_model_takes_is_not_cut_off(engine: Engine) -> None:
    features = "; ".join(f"un arbre ({n}) relié à un rotor ({n + 100})" for n in range(1, 60))
    assert engine.tokens(features) > 600
    (rendering,) = engine.translate([f"Machine comprenant {features}."], beam=1)
    assert not rendering.cut_off
    for n in (1, 15, 30, 45, 59):
        assert f"({n})" in rendering.target


def test_hitting_the_limit_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.engine._decoding_limit", lambda longest: 4)
    assert engine.translate([CLAIM])[0].cut_off


def test_a_stop_is_heard_between_slices(engine: Engine) -> None:
    many = [CLAIM.replace("(1)", f"({n})") for n in range(200)]
    stop = Stop(after=1)
    with pytest.raises(Cancelled):
        engine.translate(many, beam=1, progress=stop)
    assert len(stop.seen) == 2
    assert 0 < stop.seen[1][0] < 200
    assert engine.translate([CLAIM], beam=1)[0].target


def test_alignment_points_at_words_on_both_sides(engine: Engine) -> None:
    (rendering,) = engine.translate([CLAIM], align=True)
    pairs = {
        (CLAIM[s.source_start : s.source_end], rendering.target[s.target_start : s.target_end])
        for s in rendering.alignment
    }
    assert {("(1)", "(1)"), ("rotor", "rotor"), ("(2)", "(2)")} <= pairs
    places = [s.target_start for s in rendering.alignment]
    assert places == sorted(places)


def test_alignment_counts_the_characters_of_the_sentence_as_it_came(engine: Engine) -> None:
    loose = CLAIM.replace(" un ", " \u00a0un\n   ")
    (rendering,) = engine.translate([loose], align=True)
    seen = {loose[s.source_start : s.source_end] for s in rendering.alignment}
    assert seen <= set(loose.split())
    assert {"rotor", "(2)", "arbre"} <= seen


def test_memory_can_be_given_back_and_taken_again(french: LanguagePack) -> None:
    engine = Engine(french)
    before = engine.translate([CLAIM])
    engine.unload()
    assert engine.translate([CLAIM]) == before


def test_a_broken_model_is_refused_in_words(french: LanguagePack, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    (folder / "model").mkdir(parents=True)
    for name in ("metadata.json", "sentencepiece.model", "model/config.json", "model/shared_vocabulary.json"):
        (folder / name).write_bytes((french.folder / name).read_bytes())
    (folder / "model/model.bin").write_bytes(b"not a model" * 50)
    with pytest.raises(FileRefused, match="cannot be loaded"):
        Engine(packs.read(folder)).translate([CLAIM])


def test_half_a_surrogate_does_not_stop_the_rest(engine: Engine) -> None:
    assert len(engine.translate(["Un arbre \udcff (4).", CLAIM])) == 2


def test_arabic_names_are_read_with_their_pack(arabic: LanguagePack) -> None:
    names = Engine(arabic).translate(["محمد", "يوسف"])
    assert [name.target for name in names] == ["mohmem", "yosf"]


def test_source_and_target_pieces_may_be_two_files_as_in_opus_mt(
    french: LanguagePack, tmp_path: Path
) -> None:
    folder = tmp_path / "opus"
    (folder / "model").mkdir(parents=True)
    for path in french.folder.glob("model/*"):
        (folder / "model" / path.name).symlink_to(path)
    (folder / "metadata.json").write_bytes((french.folder / "metadata.json").read_bytes())
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes((french.folder / "sentencepiece.model").read_bytes())
    opus = Engine(dataclasses.replace(packs.read(folder)))
    assert opus.translate([CLAIM]) == Engine(french).translate([CLAIM])


def test_nothing_is_printed_and_the_heavy_parts_come_in_late(french: LanguagePack) -> None:
    code = (
        "import sys; from pathlib import Path; from translate import packs, engine, document, identify\n"
        "assert not {'ctranslate2', 'numpy', 'sentencepiece', 'argostranslate'} & set(sys.modules)\n"
        f"e = engine.Engine(packs.read(Path({str(french.folder)!r})))\n"
        "assert e.translate(['Un arbre (4).'])[0].target\n"
        "assert not {'torch', 'stanza', 'spacy', 'onnxruntime'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env=os.environ,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
