"""Texts encoded twice: UTF-8 that somebody read as one byte a letter (`CafÃ©`) and saved again."""

from __future__ import annotations

import re

# What each byte from 80 to FF looks like in the Western code page; bytes it leaves open are controls.
_LOOKS = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_TAIL = "".join(re.escape(sign) for sign, byte in _LOOKS.items() if byte < 0xC0)
# First bytes of Latin letters, Greek, Cyrillic (two letters at least), punctuation, ideographs (likewise).
_TWICE = re.compile(
    f"[ÂÃÎÏÄÅ][{_TAIL}]|(?:[ÐÑ][{_TAIL}]){{2,}}|â[{_TAIL}]{{2}}|ï¼[{_TAIL}]|(?:[ã-é][{_TAIL}]{{2}}){{2,}}"
)


def mended(text: str) -> str:
    """`text` with what was encoded twice (or three times) made right; everything else stays as it is."""
    for _layer in range(3):
        better = _TWICE.sub(_once, text) if not text.isascii() else text
        if better == text:
            break
        text = better
    return text


def _once(found: re.Match[str]) -> str:
    raw = bytes(_LOOKS[sign] for sign in found.group())
    try:
        right = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
    return right if right.isprintable() or right == "\u00a0" else found.group()
