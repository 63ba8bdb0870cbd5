"""What the bundled fonts can print, and what stands in a letter for what they cannot.

PDF/A forbids a character without a glyph, so one such character in a name would otherwise stop the
whole letter. The snapshot keeps the name as it is; on paper `REPLACEMENT` marks the place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.paths import resources

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# The faces of the letters, as `letterhead.typ` lists them.
FACES = (
    "NotoSerif-Regular",
    "NotoNaskhArabic-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansKhmer-Regular",
    "NotoSans-Regular",
)
_PLAIN_ENDS = "\u0250"


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Every character that one of `FACES` has a glyph for."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    fonts = resources() / "fonts"
    codes: set[int] = set()
    for face in FACES:
        codes |= set(TTFontFile(str(fonts / f"{face}.ttf")).charToGlyph)
    return frozenset(map(chr, codes))


def unprinted(text: str) -> str:
    """The characters of `text` that have no glyph, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if not _prints(c)))


def _prints(character: str) -> bool:
    if character in "\n\t":
        return True
    if unicodedata.category(character) in ("Cc", "Cs", "Cn"):
        return False
    return character < _PLAIN_ENDS or unicodedata.category(character) == "Cf" or character in covered()


def printable(data: Any) -> Any:
    """JSON data with `REPLACEMENT` for what cannot be printed; line ends become plain ones.

    Directional overrides are taken out: a name must not turn the rest of a line round.
    """
    if isinstance(data, str):
        return _printable_text(data)
    if isinstance(data, Mapping):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable(value) for value in data]
    return data


_TAKEN_OUT = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _printable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TAKEN_OUT)
    return "".join(c if _prints(c) else REPLACEMENT for c in plain)
