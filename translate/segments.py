"""Cutting a text into what a model may see, and keeping all the rest.

A text is a row of *pieces*. What a model must not touch stays outside: line breaks, blank lines,
indentation, claim numbers, list marks, known headings. `Segmented.text` of an untouched cut is the
text byte for byte; `Segmented.filled` puts translations in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate import marks

# Weak places to cut a segment that is too long, best first. Marian-like models have 512 places
# and were seldom shown more than 200 pieces; what is longer gets worse well before it gets lost.
LONG = 200
_CUTS = (
    re.compile(r"(?<=[;；؛])\s*"),
    re.compile(
        r"(?<=[,،，])\s*(?=(?:wherein|whereby|characteri[sz]ed|comprising|in which|said\b"
        r"|caractéris|dans l(?:equel|aquelle|esquels|esquelles)|comprenant|ledit|ladite|lesdit"
        r"|dadurch gekennzeichnet|wobei|caracterizad|en (?:el|la) que|comprendiendo"
        r"|حيث|تتميز|يتميز|وتتميز|ويتميز))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=[:：])\s+"),
    re.compile(r"(?<=[,،，、])\s*(?![\d٠-٩])"),
    re.compile(r"\s+"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of the text and what stands before it.

    before  white space, and lines without a letter: never seen by a model
    marks   claim number, list marks, heading, each with the white space that follows it
    source  what is translated; begins and ends with something that is not white space
    """

    before: str
    marks: tuple[str, ...]
    source: str

    @property
    def label(self) -> str:
        """The marks as one line: `2.`, `3. a)`, `REVENDICATIONS 1.`; "" where there are none."""
        return " ".join(mark.strip() for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text in pieces; `tail` is what follows the last of them."""

    pieces: tuple[Piece, ...]
    tail: str

    @property
    def text(self) -> str:
        """The text as it came."""
        return self.filled([piece.source for piece in self.pieces])

    def filled(self, targets: Sequence[str], heading: Callable[[str], str] = str) -> str:
        """The text with `targets` (one for each piece) in the place of the sources.

        `heading` may put a mark into the other language; it must keep the white space around it.
        """
        parts: list[str] = []
        for piece, target in zip(self.pieces, targets, strict=True):
            parts.append(piece.before)
            parts.extend(heading(mark) for mark in piece.marks)
            parts.append(target)
        return "".join(parts) + self.tail


def segment(text: str, language: str = "") -> Segmented:
    """`text` in sentences, with numbers, marks and layout outside of them.

    A line break always ends a sentence: in claims a line is a feature. `language` (ISO 639-1) adds
    the abbreviations of that language to those known everywhere.
    """
    pieces: list[Piece] = []
    before = ""
    pending: list[str] = []
    for line, ending in _lines(text):
        body = line.strip()
        if not body or not marks.has_letter(body):
            before, pending = _aside(before, pending, line + ending)
            continue
        lead = line[: len(line) - len(line.lstrip())]
        trail = line[len(line.rstrip()) :]
        if marks.is_heading(body):
            before, pending = _aside(before, pending, lead)
            pending = [*pending, body + trail + ending]
            continue
        before, pending = _aside(before, pending, lead)
        for sentence_marks, source, gap in _sentences(body, language):
            pieces.append(Piece(before, (*pending, *sentence_marks), source))
            before, pending = gap, []
        before += trail + ending
    if pending:
        # A heading with nothing under it belongs to no other segment, so it is one itself.
        lonely = "".join(pending)
        source = lonely.rstrip()
        pieces.append(Piece(before, (), source))
        before = lonely[len(source) :]
    return Segmented(tuple(pieces), before)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    r"""Lines and their ends (`\n`, `\r\n`, form feed, Unicode separators)."""
    for whole in text.splitlines(keepends=True):
        line = whole.rstrip("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        yield line, whole[len(line) :]


def _aside(before: str, pending: list[str], blank: str) -> tuple[str, list[str]]:
    """Text kept outside: behind a waiting heading if there is one, else before the next piece."""
    if pending:
        return before, [*pending[:-1], pending[-1] + blank]
    return before + blank, pending


def _sentences(body: str, language: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(marks, sentence, white space after it) of one line that begins and ends without blanks."""
    start = 0
    while start < len(body):
        found = marks.leading(body[start:], first=start == 0)
        at = start + sum(map(len, found))
        end = marks.sentence_end(body, at, language)
        source = body[at:end].rstrip()
        after = at + len(source)
        next_start = after + len(body[after:]) - len(body[after:].lstrip())
        yield found, source, body[after:next_start]
        start = next_start


def cut_long(source: str, length: Callable[[str], int], limit: int = LONG) -> list[str]:
    """`source` in parts of at most about `limit` tokens; joined they are `source` again.

    Cut at semicolons, else at “, wherein” and its kin, colons, commas, blanks; text without any of
    these is cut by characters. `length` counts tokens.
    """
    if length(source) <= limit:
        return [source]
    for cut in _CUTS:
        places = sorted({m.end() for m in cut.finditer(source) if 0 < m.end() < len(source)})
        if places:
            halves = _split_near_middle(source, places)
            return [part for half in halves for part in cut_long(half, length, limit)]
    middle = max(1, len(source) // 2)
    if middle == len(source):
        return [source]
    halves = [source[:middle], source[middle:]]
    return [part for half in halves for part in cut_long(half, length, limit)]


def _split_near_middle(source: str, places: Sequence[int]) -> list[str]:
    middle = len(source) / 2
    at = min(places, key=lambda place: abs(place - middle))
    return [source[:at], source[at:]]
