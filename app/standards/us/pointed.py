"""Special characters of US full text before 2001, written between points: `.degree.`, `.alpha.`, `.sub.`."""

from __future__ import annotations

import re

from app.standards.xml.entities import GREEK
from app.standards.xml.texts import tidy

_POINTED = re.compile(r"\.([A-Za-z+\-]{2,12})\.")
_SIGNS = {
    "degree": "°",
    "times": "×",
    "div": "÷",
    "+-": "±",
    "-+": "∓",
    "ltoreq": "≤",
    "gtoreq": "≥",
    "noteq": "≠",
    "about": "~",
    "apprxeq": "≈",
    "congruent": "≅",
    "fwdarw": "→",
    "rarw": "←",
    "revreaction": "⇌",
    "dbd": "=",
    "tbd": "≡",
    "ident": "≡",
    "multidot": "·",
    "intg": "∫",
    "sqroot": "√",
    "infin": "∞",
    "varies": "∝",
    "angle": "∠",
    "perp": "⊥",
    "parallel": "∥",
    "sctn": "§",
    "prime": "′",
    "circle": "○",
    "sup": "",
    "sub": "",
    "hacek": "",
    "quadbond": "≣",
    "andgate": "∧",
    "orgate": "∨",
    "mu": "μ",
}
_GREEK = {name: chr(0x3B1 + place) for place, name in enumerate(GREEK) if name != "sigmav"}


def characters(text: str) -> str:
    """`.degree.` and its like as the characters they stand for; unknown ones stay as they are."""

    def one(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in _SIGNS:
            return _SIGNS[name]
        letter = _GREEK.get(name.lower())
        if letter is None or not (name.islower() or name.isupper()):
            return found.group()
        return letter.upper() if name.isupper() else letter

    return tidy(_POINTED.sub(one, text) if "." in text else text)
