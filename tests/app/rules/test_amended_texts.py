"""Claims parted and linked, and texts compared, in the scripts of the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import claimtexts, textdiff


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("1. A pump.\n2. A pump of claim 1,\n  with a seal.", {"1": "A pump.",
                                                                "2": "A pump of claim 1,\nwith a seal."}),
        ("What is claimed is:\n\n1) A pump\n3) A well", {"1": "A pump", "3": "A well"}),
        ("1. A pump having\n1. a seal\n2. A well", {"1": "A pump having\n1. a seal", "2": "A well"}),
        ("１．一种泵。\n２．根据权利要求1所述的泵。", {"1": "一种泵。", "2": "根据权利要求1所述的泵。"}),
        ("【請求項１】\nポンプ\n【請求項２】\n請求項１の泵", {"1": "ポンプ", "2": "請求項１の泵"}),
        ("المطالبة 1: مضخة\nالمطالبة 2: مضخة وفق المطالبة 1", {"1": "مضخة", "2": "مضخة وفق المطالبة 1"}),
        ("١. مضخة\n٢. بئر", {"1": "مضخة", "2": "بئر"}),
        ("Claim 1: A pump\n1.5 mm wide", {"1": "A pump\n1.5 mm wide"}),
        ("No number here", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_text_is_parted_into_claims(text: str, claims: dict[str, str]) -> None:
    assert claimtexts.parted(text) == claims


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A pump.", ""),
        ("A pump according to claim 1, wherein", "1"),
        ("A pump as in any one of claims 1 to 3", "1 2 3"),
        ("A pump of claims 1, 2 or 5", "1 2 5"),
        ("Pompe selon l'une des revendications 1 à 3", "1 2 3"),
        ("Pumpe nach Anspruch 2", "2"),
        ("根据权利要求1或2所述的泵", "1 2"),
        ("مضخة وفق المطالبة 1", "1"),
        ("A pump with 3 claims of fame", ""),
    ],
)
def test_the_claims_a_claim_rests_on(text: str, names: str) -> None:
    assert " ".join(claimtexts.rests_on(text)) == names


def test_chains_of_claims() -> None:
    claims = {"1": "A pump.", "2": "Of claim 1.", "3": "Of claim 1 or 2.", "4": "A well.", "5": "Of claim 5."}
    assert claimtexts.ancestors(claimtexts.below(claims), "3") == (("3", "1"), ("3", "2", "1"))
    assert claimtexts.independent(claims) == ("1", "4", "5")
    circle = claimtexts.below({"1": "of claim 2", "2": "of claim 1"})
    assert claimtexts.ancestors(circle, "1") == (("1", "2"),)


@pytest.mark.parametrize(
    ("labels", "said"), [("1 2 3 5", "1-3, 5"), ("3 1", "1, 3"), ("", ""), ("a 2 1", "1-2, a")]
)
def test_labels_as_people_write_them(labels: str, said: str) -> None:
    assert claimtexts.spans(labels.split()) == said


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "a metal pump",
            "a hand pump",
            [("same", "a "), ("gone", "metal"), ("new", "hand"), ("same", " pump")],
        ),
        ("一种泵", "一种手泵", [("same", "一种"), ("new", "手"), ("same", "泵")]),
        ("مضخة يدوية", "مضخة", [("same", "مضخة"), ("gone", " يدوية")]),
        ("ที่ดี", "ที่", [("same", "ที่"), ("gone", "ดี")]),
        ("same", "same", [("same", "same")]),
        ("", "new", [("new", "new")]),
        ("", "", []),
    ],
)
def test_texts_are_compared_by_word(old: str, new: str, told: list[tuple[str, str]]) -> None:
    assert [(piece.op, piece.text) for piece in textdiff.pieces(old, new)] == told


TEXTS = st.text(alphabet="ab ,.\n泵مضَةกี", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_joined_are_both_texts(old: str, new: str) -> None:
    pieces = textdiff.pieces(old, new)
    assert "".join(p.text for p in pieces if p.op != "new") == old
    assert "".join(p.text for p in pieces if p.op != "gone") == new
    assert "".join(textdiff.tokens(old)) == old
