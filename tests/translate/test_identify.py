"""The language is told among those that can be translated; doubt is told as doubt."""

from __future__ import annotations

import pytest

from app.errors import OfficeError
from translate.identify import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pompe à eau comprenant un corps et un rotor relié à un arbre.", "fr"),
        ("مضخة مياه تشتمل على جسم ودوار متصل بعمود", "ar"),
        ("Bomba de agua que comprende un cuerpo y un rotor unido a un eje.", "es"),
    ],
)
def test_installed_languages_are_told_apart(text: str, language: str) -> None:
    assert identify(text, {"fr", "ar", "es"}, "en") == language


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Eine Wasserpumpe umfasst einen Körper und einen mit einer Welle verbundenen Rotor.",
            "seems to be in “de”",
        ),
        (
            "A water pump comprising a body and a rotor that is connected to the shaft of the motor.",
            "already",
        ),
        ("ok", "not certain"),
    ],
)
def test_what_cannot_be_translated_is_refused(text: str, why: str) -> None:
    with pytest.raises(OfficeError, match=why):
        identify(text, {"fr", "ar"}, "en")
