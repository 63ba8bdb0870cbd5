"""Truncated words as patterns of Python and of an automaton."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = re.compile(r"[*?#]|\$\d+")


@lru_cache(maxsize=4_096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression for `fullmatch`."""
    return re.compile(expression(pattern, "."), re.DOTALL)


def expression(pattern: str, one: str) -> str:
    """The pattern as the text of a regular expression; `one` is the expression for one character."""
    pieces: list[str] = []
    end = 0
    for sign in _SIGNS.finditer(pattern):
        pieces.append(_literal(pattern[end : sign.start()]))
        pieces.append(one + _times(sign.group()))
        end = sign.end()
    pieces.append(_literal(pattern[end:]))
    return "".join(pieces)


def _times(sign: str) -> str:
    if sign[0] == "$":
        return f"{{0,{int(sign[1:])}}}"
    return {"*": "*", "?": "?", "#": ""}[sign]


def _literal(text: str) -> str:
    return "".join(c if c.isalnum() else re.escape(c) for c in text)


def beginning(pattern: str) -> str:
    """The letters before the first sign of truncation: every word that matches begins with them."""
    sign = _SIGNS.search(pattern)
    return pattern[: sign.start()] if sign else pattern
