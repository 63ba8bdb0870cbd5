"""Kinds of marks and their goods, as the trade mark standards name them."""

from __future__ import annotations

import re

from app.text import fold

_KINDS = {
    "word": "word",
    "wordmark": "word",
    "typesetwords": "word",
    "standardcharacters": "word",
    "stylizedcharacters": "figurative",
    "stylised": "figurative",
    "stylized": "figurative",
    "figurative": "figurative",
    "figurativemark": "figurative",
    "device": "figurative",
    "image": "figurative",
    "combined": "combined",
    "wordandfigurative": "combined",
    "figurativewithwords": "combined",
    "3d": "three_dimensional",
    "3dshape": "three_dimensional",
    "threedimensional": "three_dimensional",
    "shape": "three_dimensional",
    "shapemark": "three_dimensional",
    "sound": "sound",
    "colour": "colour",
    "color": "colour",
    "colours": "colour",
    "colourperse": "colour",
    "position": "position",
    "positionmark": "position",
    "pattern": "pattern",
    "patternmark": "pattern",
    "motion": "motion",
    "motionmark": "motion",
    "movement": "motion",
    "multimedia": "multimedia",
    "multimediamark": "multimedia",
    "hologram": "hologram",
    "holographic": "hologram",
    "olfactory": "other",
    "other": "other",
    "tracer": "other",
    # German register
    "wortmarke": "word",
    "bildmarke": "figurative",
    "wortbildmarke": "combined",
    "hormarke": "sound",
    "dreidimensionalemarke": "three_dimensional",
    "farbmarke": "colour",
    "positionsmarke": "position",
    "mustermarke": "pattern",
    "bewegungsmarke": "motion",
    "multimediamarke": "multimedia",
    "hologrammmarke": "hologram",
    # French, Spanish and Portuguese registers
    "verbale": "word",
    "semifigurative": "combined",
    "tridimensionnelle": "three_dimensional",
    "sonore": "sound",
    "denominativa": "word",
    "nominativa": "word",
    "figurativa": "figurative",
    "mixta": "combined",
    "mista": "combined",
    "tridimensional": "three_dimensional",
    "sonora": "sound",
    # said where nothing is known
    "undefined": "",
    "unknown": "",
}
# Mark drawing codes of the US office: 1 typed, 2 device, 3 device with words, 4 standard characters,
# 5 words in stylised form, 6 no drawing is possible.
_US_DRAWINGS = {
    "1": "word",
    "2": "figurative",
    "3": "combined",
    "4": "word",
    "5": "figurative",
    "6": "other",
    "0": "",
}
_US_WORDS = (
    ("TYPESET", "word"),
    ("TYPED", "word"),
    ("STANDARD CHAR", "word"),
    ("STYLIZED", "figurative"),
    ("BLOCK LETTER", "word"),
    ("SOUND", "sound"),
    ("PLUS WORD", "combined"),
    ("WORDS/LETTERS/NUMBERS", "combined"),
    ("DESIGN ONLY", "figurative"),
    ("AN ILLUSTRATION DRAWING WITH", "combined"),
    ("AN ILLUSTRATION DRAWING", "figurative"),
    ("THREE", "three_dimensional"),
    ("COLOR", "colour"),
)


def kind(feature: str, drawing_code: str = "") -> str:
    """The kind of a mark in our words; "" where the file does not say, `other` for kinds we have no word for.

    drawing_code  the US code, which is more exact than the words beside it
    """
    code = drawing_code.strip()[:1]
    if code in _US_DRAWINGS:
        return _US_DRAWINGS[code]
    if not feature:
        return ""
    plain = re.sub(r"[\W_]+", "", fold(feature))
    if plain in _KINDS:
        return _KINDS[plain]
    upper = feature.upper()
    return next((kind for words, kind in _US_WORDS if words in upper), "other")


class Goods:
    """Goods and services by class and language, in the order of the file."""

    def __init__(self) -> None:
        self._texts: dict[int, dict[str, list[str]]] = {}

    def add(self, klass: int, language: str, text: str) -> None:
        """Add a list of goods; the same list again is left out."""
        if text:
            listed = self._texts.setdefault(klass, {}).setdefault(language, [])
            if text not in listed:
                listed.append(text)

    def texts(self) -> dict[int, dict[str, str]]:
        """`{class: {language: text}}`; several lists of one class and language are joined."""
        return {
            klass: {language: "; ".join(listed) for language, listed in by_language.items()}
            for klass, by_language in self._texts.items()
        }
