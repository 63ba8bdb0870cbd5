"""From characters to the pieces of a query: brackets, quoted strings, signs of comparison, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.errors import _
from search.query.refusal import QueryRefused

LONGEST = 2_000_000  # characters


class Kind(StrEnum):
    """What a piece of a query is."""

    OPEN = "("
    CLOSE = ")"
    QUOTED = '"'
    SIGN = "="
    CHUNK = "word"
    END = "end"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece; `text` of a quoted string is without its quotes, `at` is where it begins."""

    kind: Kind
    text: str
    at: int
    end: int

    def says(self, *words: str) -> bool:
        """This is one of these words of the query language, in any case."""
        return self.kind is Kind.CHUNK and self.text.upper() in words


# Full-width signs come from East Asian keyboards; one character stands for one, so places keep.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CLOSING = {'"': '"', "“": "”“", "„": "“”", "«": "»", "»": "«", "”": "”"}
_QUOTES = "".join(_CLOSING)
_PIECE = re.compile(rf"\s+|[()]|[<>]=?|=|[^\s()<>={_QUOTES}]+")
_OTHER_BRACKETS = re.compile(r"[\[\]{}]")


def pieces(query: str) -> list[Piece]:
    """The pieces of `query` in order, closed by one of kind END."""
    if len(query) > LONGEST:
        raise QueryRefused(_("The query is longer than {count} characters.").format(count=LONGEST), LONGEST)
    text = query.translate(_WIDE)
    found: list[Piece] = []
    at = 0
    while at < len(text):
        piece = _quoted(text, at) if text[at] in _QUOTES else _plain(text, at)
        if piece is not None:
            _keep_apart(found, piece)
            found.append(piece)
            at = piece.end
        else:
            at = _after_blanks(text, at)
    return [*found, Piece(Kind.END, "", len(text), len(text))]


def _after_blanks(text: str, at: int) -> int:
    match = _PIECE.match(text, at)
    return match.end() if match else at + 1


def _plain(text: str, at: int) -> Piece | None:
    match = _PIECE.match(text, at)
    if match is None or match.group().isspace():
        return None
    found = match.group()
    if found in "()":
        return Piece(Kind(found), found, at, match.end())
    if found[0] in "<>=":
        return Piece(Kind.SIGN, found, at, match.end())
    odd = _OTHER_BRACKETS.search(found)
    if odd is not None:
        raise QueryRefused(
            _("Only round brackets group; “{sign}” does not.").format(sign=odd.group()), at + odd.start()
        )
    return Piece(Kind.CHUNK, found, at, match.end())


def _quoted(text: str, at: int) -> Piece:
    if text[at] == "”":
        raise QueryRefused(_("A quotation mark closes here that was never opened."), at)
    ends = [place for sign in _CLOSING[text[at]] if (place := text.find(sign, at + 1)) >= 0]
    if not ends:
        raise QueryRefused(_("The quotation mark opened here is never closed."), at)
    end = min(ends)
    return Piece(Kind.QUOTED, text[at + 1 : end], at, end + 1)


def _keep_apart(found: list[Piece], piece: Piece) -> None:
    """A word glued to a quotation mark is a slip of the hand; which one, only the person knows."""
    if not found or found[-1].end != piece.at:
        return
    kinds = {found[-1].kind, piece.kind}
    if Kind.QUOTED in kinds and kinds <= {Kind.QUOTED, Kind.CHUNK}:
        raise QueryRefused(_("A blank is missing between a quotation mark and a word."), piece.at)
