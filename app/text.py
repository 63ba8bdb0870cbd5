"""Folding and word splitting: the one definition for search, marks, case text and translation.

A *word* is a run of letters, marks or digits; everything else separates (hyphens and
apostrophes too). *Folded* is: compatibility form (full-width letters become plain ones),
lower case by `casefold`, accents and vowel points taken off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# \w takes letters and digits but not the combining marks that Devanagari, Khmer or vocalised
# Arabic need inside a word; they are added here as the ranges that occur in those scripts.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a51\u0abc-\u0acd\u0b01-\u0b57"
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c56\u0cbc-\u0cd6\u0d00-\u0d4d\u0dca-\u0ddf\u0e31-\u0e4e"
    "\u0eb1-\u0ecd\u0f18-\u0f84\u102b-\u103e\u135d-\u135f\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_PLAIN = re.compile(r"[\x00-\x7f]*\Z")


class Word(NamedTuple):
    """One word of a text: its folded form and where it stands (`text[start:end]`)."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """`text` without case, width and accents. `fold(fold(x)) == fold(x)`."""
    if _PLAIN.match(text):
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    stripped = "".join(c for c in decomposed if unicodedata.combining(c) == 0 or _keeps(c))
    return unicodedata.normalize("NFC", stripped)


def _keeps(mark: str) -> bool:
    """Marks that are letters of their script (vowel signs, viramas) stay; accents go."""
    return unicodedata.combining(mark) in (7, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132)


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order, folded, with their places in the original."""
    for match in _WORD.finditer(text):
        yield Word(fold(match.group()), match.start(), match.end())


def clean(text: str) -> str:
    """One line, NFC, white space folded to single blanks, control characters dropped."""
    kept = "".join(c if c.isprintable() or c.isspace() else "" for c in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())
