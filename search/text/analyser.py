"""One analyser in front of every engine: words, folded forms, stems by language.

A word is `app.text`'s: a run of letters or digits, folded. Scripts written without blanks (Han,
kana, Thai, Lao, Khmer, Burmese) give one token a character, so that a run of them is found as a
phrase, wherever it stands in a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from app.text import fold, words

VERSION = "1"  # raise it when tokens change: every index is built anew then
LONGEST_WORD = 200  # characters; a longer run counts as its first 200

# ISO 639-1 -> algorithm of Snowball. A language that is not here is not stemmed.
STEMMERS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish",
    "nl": "dutch", "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN_OF_BLANKLESS = re.compile(f"[{_BLANKLESS}]")
_PARTS = re.compile(f"[{_BLANKLESS}]|[^{_BLANKLESS}]+")


class Token(NamedTuple):
    """One position of a text: folded word, the characters it came from, where they stand."""

    folded: str
    raw: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The positions of `text` in order."""
    for word in words(text):
        raw = text[word.start : word.end]
        if _RUN_OF_BLANKLESS.search(raw) is None:
            yield Token(word.folded[:LONGEST_WORD], raw[:LONGEST_WORD], word.start, word.end)
        else:
            yield from _by_character(raw, word.start)


def _by_character(raw: str, start: int) -> Iterator[Token]:
    """A run that holds characters of a script without blanks, cut at each of them.

    Signs that combine with the character before (Thai vowels, Khmer subscripts) stay with it.
    """
    pieces: list[list[int]] = []
    for match in _PARTS.finditer(raw):
        if pieces and unicodedata.category(match.group()[0]) in ("Mn", "Mc"):
            pieces[-1][1] = match.end()
        else:
            pieces.append([match.start(), match.end()])
    for first, last in pieces:
        piece = raw[first:last]
        folded = fold(piece)[:LONGEST_WORD]
        if folded:
            yield Token(folded, piece[:LONGEST_WORD], start + first, start + last)


def is_blankless(text: str) -> bool:
    """Some character of `text` belongs to a script that is written without blanks."""
    return _RUN_OF_BLANKLESS.search(text) is not None


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=200_000)
def stem(language: str, raw: str) -> str:
    """The folded stem of a word as written; the folded word itself where the language has no stemmer.

    The stemmer sees case-folded letters with their accents, because endings such as Spanish `-ción` or
    Russian `-ый` are told by them; the answer is folded, like everything that is compared.
    """
    if language not in STEMMERS:
        return fold(raw)[:LONGEST_WORD]
    plain = unicodedata.normalize("NFC", raw).lower()
    return fold(_stemmer(language).stemWord(plain)) or fold(raw)


@lru_cache(maxsize=20_000)
def asked_stems(language: str, raw: str) -> frozenset[str]:
    """The stems a bare word of a query stands for: with its accents, and for whoever types none."""
    return frozenset((stem(language, raw), stem(language, fold(raw))))


@lru_cache(maxsize=200_000)
def is_odd(language: str, raw: str) -> bool:
    """The accents of this word change its stem, so that its folded form alone does not tell the stem."""
    return stem(language, raw) != stem(language, fold(raw))


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text of one language, read: position -> folded word, stem and place in the original."""

    language: str
    folded: tuple[str, ...]
    stems: tuple[str, ...]
    odd: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def read(text: str, language: str) -> ReadText:
    """The analysed form of one text."""
    found = list(tokens(text))
    return ReadText(
        language if language in STEMMERS else "",
        tuple(t.folded for t in found),
        tuple(stem(language, t.raw) for t in found),
        tuple(i for i, t in enumerate(found) if not t.raw.isascii() and is_odd(language, t.raw)),
        tuple((t.start, t.end) for t in found),
    )
