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

# Marian-like models have 512 places and were seldom shown more than 200 pieces; what is longer gets
# worse well before it gets lost. At a semicolon or a “wherein” a claim may be cut sooner: on the bundled
# pack a claim of 286 pieces came out better in parts of at most 120 than in parts of at most 200.
LONG = 200
COMFORTABLE = 120
_STRONG = 2
# A line shorter than this was ended by a person, not by a margin.
_MARGIN = 45
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
# Places to cut, best first; the first `_STRONG` of them do no harm to the sentence.
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

    A line break ends a sentence, for in claims a line is a feature; only where a long line plainly runs
    on in the next (no stop at its end, a small letter there) the break lies within the sentence.
    `language` (ISO 639-1) adds the abbreviations of that language to those known everywhere.
    """
    pieces: list[Piece] = []
    before = ""
    pending: list[str] = []
    for line, ending in _running_on(list(_lines(text))):
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


def _running_on(lines: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines, with those that a program broke at its margin put together, breaks kept inside."""
    whole, ending = "", ""
    for place, (line, end) in enumerate(lines):
        whole, ending = whole + ending + line, end
        if place + 1 < len(lines) and _runs_on(line, end, lines[place + 1][0]):
            continue
        yield whole, ending
        whole, ending = "", ""


def _runs_on(line: str, ending: str, following: str) -> bool:
    body, rest = line.strip(), following.strip()
    return (
        ending in ("\n", "\r\n")
        and len(body) >= _MARGIN
        and (body[-1].isalnum() or body[-1] in ")%’'»-–")
        and bool(rest)
        and rest[0].islower()
        and not marks.leading(rest, first=True)
        and not marks.is_heading(body)
        and not marks.is_heading(rest)
    )


def broken_like(source: str, target: str) -> str:
    """`target` with the line breaks that stand within `source`, at the blanks nearest to the same share."""
    breaks = list(_BREAK.finditer(source))
    blanks = [m.start() for m in re.finditer(" ", target)]
    pieces, at = [], 0
    for left, match in zip(range(len(breaks) - 1, -1, -1), breaks, strict=True):
        wanted = len(target) * match.start() / len(source)
        # As many blanks are left over as breaks are still to come; what finds none goes to the end.
        free = [blank for blank in blanks if blank >= at]
        place = min(
            free[: max(0, len(free) - left)] or free,
            key=lambda blank: abs(blank - wanted),
            default=len(target),
        )
        pieces.append(target[at:place] + match.group())
        at = min(place + 1, len(target))
    return "".join(pieces) + target[at:]


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


def cut_long(source: str, length: Callable[[str], int]) -> list[str]:
    """`source` in parts of at most LONG tokens by `length`; joined they are `source` again.

    Above COMFORTABLE it is cut at semicolons and at “, wherein” and its kin where there are any; above
    LONG also at colons, commas and blanks, and text without any of these by characters.
    """
    tokens = length(source)
    if tokens <= COMFORTABLE or len(source) < 2:
        return [source]
    for cut in _CUTS if tokens > LONG else _CUTS[:_STRONG]:
        places = [m.end() for m in cut.finditer(source) if 0 < m.end() < len(source)]
        if places:
            return _cut_at(source, _nearest_middle(source, places), length)
    return _cut_at(source, len(source) // 2, length) if tokens > LONG else [source]


def _cut_at(source: str, place: int, length: Callable[[str], int]) -> list[str]:
    return [*cut_long(source[:place], length), *cut_long(source[place:], length)]


def _nearest_middle(source: str, places: Sequence[int]) -> int:
    return min(places, key=lambda place: abs(place - len(source) / 2))
