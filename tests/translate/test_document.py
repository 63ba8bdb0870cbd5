"""A document side by side: segments, flags, memory, the way through English, what is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from app.errors import Cancelled
from translate.document import Options, Translated, translate_text
from translate.engine import Engine, Rendering
from translate.memory import InMemory, Kept, Memory, OnConnection, key_of
from translate.pieces import Span

CLAIMS = """REVENDICATIONS

1. Pompe à eau (1) comprenant :
   a) un corps (2) ;
   b) un rotor (3) relié à un arbre (4).

2. Pompe selon la revendication 1.
"""


def test_a_claim_set_side_by_side(engine: Engine) -> None:
    done = translate_text(CLAIMS, [engine], Options(align=True), InMemory())
    assert [s.label for s in done.segments] == ["REVENDICATIONS 1.", "a)", "b)", "2."]
    assert "".join(c for c in done.text if c == "\n") == "".join(c for c in CLAIMS if c == "\n")
    lines = done.text.splitlines()
    assert lines[0] == "CLAIMS"
    assert lines[3].startswith("   a) a body (2)")
    assert lines[6].startswith("2. ")
    assert "claim 1" in done.segments[3].target
    assert all(s.target and s.alignment for s in done.segments)
    assert (done.language, done.target, done.packs[0]["name"]) == ("fr", "en", "translate-fr_en")


def test_what_is_kept_is_read_again(engine: Engine) -> None:
    done = translate_text(CLAIMS, [engine], Options(beam=1, align=True), InMemory())
    assert Translated.from_bytes(done.to_bytes()) == done
    assert (
        done.to_bytes()
        == translate_text(CLAIMS, [engine], Options(beam=1, align=True), InMemory()).to_bytes()
    )


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"null", b'{"text": 1}', b"\xff"])
def test_anything_else_is_not_a_kept_translation(raw: bytes) -> None:
    with pytest.raises(ValueError):
        Translated.from_bytes(raw)


def test_where_the_model_gives_nothing_the_source_stands_flagged(parrot: type) -> None:
    done = translate_text("Pompe.\nCorps.", [parrot("fr", "en", {"Pompe.": ""})], Options(), InMemory())
    assert done.segments[0].target == "Pompe."
    assert (done.segments[0].flags, done.segments[0].score) == (("untranslated",), 0.0)
    assert done.text == "Pompe.\nCORPS.."


def test_through_english_the_english_is_shown(parrot: type) -> None:
    first = parrot("fr", "en", {"Pompe 5.": "Pump 5."})
    second = parrot("en", "es", {"Pump 5.": "Bomba 5."})
    done = translate_text("1. Pompe 5.", [first, second], Options(align=True), InMemory())
    (segment,) = done.segments
    assert (segment.target, segment.through, segment.score) == ("Bomba 5.", "Pump 5.", 0.81)
    assert [p["target"] for p in done.packs] == ["en", "es"]
    assert Translated.from_bytes(done.to_bytes()) == done


def test_a_sentence_that_stands_twice_is_translated_once(parrot: type) -> None:
    engine = parrot("fr", "en")
    done = translate_text("Un corps.\n2. Un corps.", [engine], Options(), InMemory())
    assert engine.asked == ["Un corps."]
    assert [s.target for s in done.segments] == ["UN CORPS..", "UN CORPS.."]


def memories() -> list[Memory]:
    connection = sqlite3.connect(":memory:")
    connection.execute(OnConnection.schema())
    return [InMemory(), OnConnection(connection)]


@pytest.mark.parametrize("at", [0, 1])
def test_what_was_translated_before_is_recalled(parrot: type, at: int) -> None:
    memory = memories()[at]
    first, second, other = parrot("fr", "en"), parrot("fr", "en"), parrot("fr", "en")
    done = translate_text(CLAIMS, [first], Options(), memory)
    assert translate_text(CLAIMS, [second], Options(), memory) == done
    assert (len(first.asked), second.asked) == (4, [])
    translate_text(CLAIMS, [other], Options(beam=4), memory)
    assert len(other.asked) == 4  # other options, other renderings


def test_the_two_memories_keep_the_same() -> None:
    kept = {
        key_of("a", "pack", {"beam": 1}): Kept("b", 0.5, True, "c", (Span(0, 1, 0, 1),)),
        key_of("a", "pack", {"beam": 2}): Kept("d", 0.25),
    }
    connection = sqlite3.connect(":memory:")
    with closing(connection):
        connection.execute(OnConnection.schema())
        for memory in (InMemory(), OnConnection(connection)):
            memory.remember(kept)
            memory.remember({})
            assert memory.recall([*kept, "unknown"]) == kept
            assert memory.recall([]) == {}


def test_memory_forgets_the_oldest() -> None:
    memory = InMemory(limit=2)
    for n in range(3):
        memory.remember({str(n): Kept("t", 1.0)})
    assert set(memory.recall(["0", "1", "2"])) == {"1", "2"}


def test_a_stop_in_the_middle_leaves_nothing(parrot: type) -> None:
    class Stop:
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            raise Cancelled

    memory = InMemory()
    with pytest.raises(Cancelled):
        translate_text(CLAIMS, [parrot("fr", "en")], Options(), memory, Stop())
    assert memory.recall(list(memory._kept)) == {}


def test_flags_come_from_checks_limit_and_score(parrot: type) -> None:
    class Doubtful(parrot):  # type: ignore[misc, valid-type]
        def translate(self, sentences: list[str], **options: object) -> list[Rendering]:
            return [Rendering("Pump 7.", 0.1, cut_off=True) for _s in sentences]

    (segment,) = translate_text("Pompe 5.", [Doubtful("fr", "en")], Options(), InMemory()).segments
    assert segment.flags == ("numbers", "cut_off", "unsure")
