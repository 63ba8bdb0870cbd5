"""What can be counted on both sides is counted, in any script and with either decimal mark."""

from __future__ import annotations

from collections import Counter

import pytest

from translate import checks


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("entre 1,5 et 10 000 tr/min", "fr", ["1.5", "10000"]),
        ("between 1.5 and 10,000 rpm", "en", ["1.5", "10000"]),
        ("1,500", "fr", ["1.5"]),
        ("1,500", "en", ["1500"]),
        ("1.234.567,5 und 0,125", "de", ["1234567.5", "0.125"]),
        ("12 345,60 €", "fr", ["12345.6"]),
        ("1'000", "de", ["1000"]),
        ("٣٫٥ و ١٬٢٠٠ و ٥", "ar", ["3.5", "1200", "5"]),
        ("۱۲", "fa", ["12"]),
        ("１２．５", "ja", ["12.5"]),
        ("(14a, 14b) et M8", "fr", ["14", "14", "8"]),
        ("1er, 2e", "fr", ["1", "2"]),
        ("vers 1.2.3", "en", ["1.2.3"]),
        ("5, 10, 15", "en", ["5", "10", "15"]),
        ("sans", "fr", []),
    ],
)
def test_numbers_in_one_form(text: str, language: str, found: list[str]) -> None:
    assert checks.numbers(text, language) == Counter(found)


@pytest.mark.parametrize(
    ("source", "target", "flags"),
    [
        ("Pompe (1) selon la revendication 2.", "Pump (1) according to claim 2.", ()),
        ("Un débit de 1,5 l.", "A flow of 1.5 l.", ()),
        ("Un débit de 10 000 l.", "A flow of 1000 l.", ("numbers",)),
        ("Un débit de 1,500 l.", "A flow of 1,500 l.", ("numbers",)),
        ("Un arbre (14a) tourne.", "A shaft (14) turns.", ("reference_signs",)),
        ("Les capteurs (10, 11).", "The sensors (10, 111).", ("numbers", "reference_signs")),
        ("Une vitesse de 5 m/s.", "A speed of 5 m/s.", ()),
        ("Une longueur de 5 mm.", "A length of 5 cm.", ("units",)),
        ("À 1500 tr/min.", "At 1500 rpm.", ()),
        ("Pendant 12 heures à 60 °C.", "For 12 hours at 60 °C.", ()),
        ("5 pour cent", "5 per cent", ()),
        ("De 0,4 à 10 % en poids de butène.", "From 0.4 to 10 wt % of butene.", ()),
        ("Procédé selon l'une des revendications 1 à 3.", "Method according to one of claims 1 to 3.", ()),
        ("Pompe selon la revendication 1.", "Pump according to claim 7.", ("numbers", "claim_references")),
        ("Pompe selon la revendication 1.", "Pump according to 1.", ("claim_references",)),
        ("Les 2 pompes", "The two pumps", ()),
        ("Les deux pompes", "The 2 pumps", ()),
        ("Installation de séchage comprenant une chambre et un ventilateur.", "Drying.", ("length",)),
        ("Une pompe et un corps.", "A pump pump pump and a body.", ("repetition",)),
        ("Une pompe reliée au corps.", "a body and a body and a body and a pump", ("repetition",)),
        ("Pompe à eau", "Pompe à eau", ("untranslated",)),
        ("POMPE", "Pompe", ("untranslated",)),
        (
            "La chambre arrière comprend plusieurs capteurs.",
            "la chambre arrière comprend plusieurs capteurs !",
            ("untranslated",),
        ),
    ],
)
def test_flags_from_french_to_english(source: str, target: str, flags: tuple[str, ...]) -> None:
    assert checks.flags(source, target, "fr", "en") == flags


@pytest.mark.parametrize(
    ("source", "target", "source_language", "target_language", "flags"),
    [
        ("مضخة وفقا للمطلب ١", "Pump according to claim 1", "ar", "en", ("claim_references",)),
        ("المضخة وفقا لعنصر الحماية ٢ بقطر ٣٫٥", "Pump of claim 2, diameter 3.5", "ar", "en", ()),
        (
            "根据权利要求1所述的泵，其中轴（2）转动。",
            "The pump of claim 1, wherein the shaft (2) turns.",
            "zh",
            "en",
            (),
        ),
        ("掌声", "(笑声)(掌声)(掌声)(掌声)(掌声)", "zh", "en", ("repetition",)),
    ],
)
def test_flags_between_scripts(
    source: str, target: str, source_language: str, target_language: str, flags: tuple[str, ...]
) -> None:
    assert checks.flags(source, target, source_language, target_language) == flags


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("arbre (12), vis (14a, 14b)", ["12", "14a", "14b"]),
        ("corps (3') et (3\")", ["3'", '3"']),
        ("(A) et (B1)", ["A", "B1"]),
        ("(voir la figure 3)", []),
        ("(10 à 12)", ["10", "12"]),
        ("軸（２）", ["2"]),
    ],
)
def test_reference_signs(text: str, signs: list[str]) -> None:
    assert checks.reference_signs(text) == Counter(signs)


def test_every_flag_has_words() -> None:
    codes = [value for name, value in vars(checks).items() if name.isupper() and name[0] != "_"]
    codes = [code for code in codes if isinstance(code, str)]
    assert len(codes) == 9
    assert all(checks.in_words(code) != code for code in codes)
