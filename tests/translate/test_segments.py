"""Claims come apart where a claim comes apart, and every byte outside a sentence stays in its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate.marks import heading_in
from translate.segments import COMFORTABLE, LONG, broken_like, cut_long, segment


def cut(text: str, language: str = "fr") -> list[tuple[str, str]]:
    return [(piece.label, piece.source) for piece in segment(text, language).pieces]


CLAIM_SETS = [
    ("1. Pompe à eau (1).\n2. Pompe selon la revendication 1.",
     [("1.", "Pompe à eau (1)."), ("2.", "Pompe selon la revendication 1.")]),
    ("REVENDICATIONS\n\n1. Pompe.", [("REVENDICATIONS 1.", "Pompe.")]),
    ("Revendication 1\nPompe comprenant un corps.", [("Revendication 1", "Pompe comprenant un corps.")]),
    ("Claim 4: A pump.", [("Claim 4:", "A pump.")]),
    ("1) Pompe\n(2) Corps\n3 - Rotor\n4.- Arbre",
     [("1)", "Pompe"), ("(2)", "Corps"), ("3 -", "Rotor"), ("4.-", "Arbre")]),
    ("1. Pompe comprenant :\n   a) un corps ;\n   (ii) un rotor ;\n   - un arbre.",
     [("1.", "Pompe comprenant :"), ("a)", "un corps ;"), ("(ii)", "un rotor ;"), ("-", "un arbre.")]),
    ("1. a) Pompe", [("1. a)", "Pompe")]),
    ("[0012] La pompe tourne.", [("[0012]", "La pompe tourne.")]),
    ("2.1. Pompe", [("2.1.", "Pompe")]),
    ("1.Pompe", [("1.", "Pompe")]),
    ("… réservoir (3). 2. Pompe", [("", "… réservoir (3)."), ("2.", "Pompe")]),
    ("selon la revendication 1. Le rotor", [("", "selon la revendication 1."), ("", "Le rotor")]),
    ("١- مضخة مياه. المضخة وفقا للعنصر.", [("١-", "مضخة مياه."), ("", "المضخة وفقا للعنصر.")]),
    ("هل تعمل المضخة؟ نعم.", [("", "هل تعمل المضخة؟"), ("", "نعم.")]),
    ("１．ポンプ。軸（２）。", [("１．", "ポンプ。"), ("", "軸（２）。")]),
    ("【請求項1】ポンプであって、軸を備える。", [("【請求項1】", "ポンプであって、軸を備える。")]),
    ("1、一种泵。", [("1、", "一种泵。")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pieces"), CLAIM_SETS)
def test_numbers_marks_and_headings_are_labels(text: str, pieces: list[tuple[str, str]]) -> None:
    assert cut(text) == pieces


@pytest.mark.parametrize(
    "sentence",
    [
        "Pompe selon la Fig. 3 et le no. 5.",
        "A pump as in FIG. 3, cf. FIGS. 4 and 5.",
        "See U.S. Pat. No. 5,123,456 for the shaft.",
        "The peptide of SEQ ID NO. 5 binds.",
        "Materials, e.g. Teflon, i.e. PTFE, approx. 5 mm thick.",
        "As J. Dupont et al. Found in Vol. 3, pp. 4-5.",
        "Un débit de 1.5 l/min ou 2.000 l.",
        "Une tension de 1,5 V (cf. p. 3).",
        "10 mm de long",
        "5 - 10 mm de large",
        "1.5 mm d'épaisseur",
        "Eine Pumpe, z.B. Aus Stahl, vgl. Abb. 3.",
    ],
)
def test_an_abbreviation_or_a_number_ends_no_sentence(sentence: str) -> None:
    assert cut(sentence) == [("", sentence)]


def test_lines_without_a_letter_never_reach_a_model() -> None:
    cut_up = segment("Pompe\n12,5\n* * *\nCorps")
    assert [p.source for p in cut_up.pieces] == ["Pompe", "Corps"]
    assert cut_up.filled(["Pump", "Body"]) == "Pump\n12,5\n* * *\nBody"


def test_layout_stays_when_targets_are_put_in() -> None:
    text = "REVENDICATIONS\r\n\r\n  1.  Pompe ;\r\n\t- corps.  Fin.\r\n\r\n"
    filled = segment(text).filled(["Pump;", "body.", "End."], lambda mark: heading_in(mark, "en"))
    assert filled == "CLAIMS\r\n\r\n  1.  Pump;\r\n\t- body.  End.\r\n\r\n"


@pytest.mark.parametrize(
    ("mark", "language", "there"),
    [
        ("REVENDICATIONS\n\n", "en", "CLAIMS\n\n"),
        ("Abrégé : ", "en", "Abstract : "),
        ("Revendication 3. ", "en", "Claim 3. "),
        ("Claims", "ar", "عناصر الحماية"),
        ("3. ", "en", "3. "),
        ("Claims", "xx", "Claims"),
    ],
)
def test_known_headings_are_put_into_the_other_language(mark: str, language: str, there: str) -> None:
    assert heading_in(mark, language) == there


def test_a_heading_with_nothing_under_it_is_a_segment_of_its_own() -> None:
    assert cut("Pompe.\n\nREVENDICATIONS\n") == [("", "Pompe."), ("", "REVENDICATIONS")]


BITS = st.sampled_from(
    ["1. ", "2)", "(3) ", "a) ", "- ", "\n", "\r\n", "\n\n", "  ", "\t", ". ", "; ", "Pompe", "corps",
     "FIG. 3", "12,5", "REVENDICATIONS", "Claim 1:", "泵。", "مضخة", "؟ ", "\u2028", "\x0c", "\u00a0", "»",
     "U.S. ", "[0001]", "…"]
)  # fmt: skip


@given(st.one_of(st.lists(BITS, max_size=30).map("".join), st.text(max_size=120)))
@example("REVENDICATIONS\n \n1. ")
@example("\n\n  ")
def test_what_was_cut_goes_together_again_byte_for_byte(text: str) -> None:
    cut_up = segment(text)
    assert cut_up.text == text
    for piece in cut_up.pieces:
        assert piece.source
        assert piece.source == piece.source.strip()


def words(text: str) -> int:
    return len(text.split())


@given(st.lists(st.sampled_from(["mot", "mot;", "mot,", "wherein", "mot:", "3,5"]), max_size=900))
def test_long_sentences_are_cut_and_nothing_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    cut_up = cut_long(text, words)
    assert "".join(cut_up) == text
    assert all(words(part) <= LONG for part in cut_up)
    if words(text) <= COMFORTABLE:
        assert cut_up == [text]


def test_a_long_claim_is_cut_at_its_features_before_anything_else() -> None:
    features = [
        f"un élément ({n}) relié à un autre élément de la machine, dans la chambre" for n in range(20)
    ]
    parts = cut_long(" ; ".join(features), words)
    assert len(parts) > 1
    assert all(part.rstrip().endswith(";") for part in parts[:-1])


def test_text_without_a_blank_is_cut_all_the_same() -> None:
    parts = cut_long("泵" * 1000, len)
    assert "".join(parts) == "泵" * 1000
    assert max(map(len, parts)) <= LONG


WRAPPED = """1. Pompe à eau comprenant un corps (2) et un rotor (3) qui est
   relié à un arbre (4) entraîné par un moteur électrique (5) de
   faible puissance. Le corps est en fonte.
2. Pompe selon la revendication 1."""


def test_lines_broken_at_a_margin_are_one_sentence() -> None:
    cut_up = segment(WRAPPED)
    assert [(p.label, len(p.source.split("\n"))) for p in cut_up.pieces] == [("1.", 3), ("", 1), ("2.", 1)]
    assert cut_up.text == WRAPPED


@pytest.mark.parametrize(
    "text",
    [
        "Pompe à eau comprenant un corps (2) et un rotor (3) ;\nun arbre relié au rotor.",
        "Pompe à eau comprenant un corps (2) et un rotor (3) et\n- un arbre relié au rotor.",
        "Pompe à eau comprenant un corps (2) et un rotor (3) et\na) un arbre relié au rotor.",
        "Pompe à eau comprenant un corps (2) et un rotor (3) et\nUn arbre relié au rotor.",
        "Pompe à eau comprenant un corps (2) et un rotor (3) et\n\nun arbre relié au rotor.",
        "Pompe à eau\ncomprenant un corps.",
    ],
)
def test_lines_that_a_person_ended_stay_apart(text: str) -> None:
    assert len(segment(text).pieces) == 2


@pytest.mark.parametrize(
    ("source", "target", "there"),
    [
        ("un corps\n  et un rotor", "a body and a rotor", "a body\n  and a rotor"),
        ("un\ncorps\net", "one two three", "one\ntwo\nthree"),
        ("un\r\ncorps", "one", "one\r\n"),
        ("un\ncorps\net", "one two", "one\ntwo\n"),
        ("un corps", "a body", "a body"),
    ],
)
def test_breaks_inside_a_sentence_come_back(source: str, target: str, there: str) -> None:
    assert broken_like(source, target) == there


@given(st.text("ab \n"), st.text("xy "))
def test_no_break_is_lost_and_no_word(source: str, target: str) -> None:
    source = " ".join(source.split(" ")).strip() or "a"
    target = " ".join(target.split())
    broken = broken_like(source, target)
    assert broken.count("\n") == source.count("\n")
    assert broken.split() == target.split()
