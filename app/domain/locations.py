"""Locations of features: `15..312`, `<1..40`, `102^103`, `join(12..78,complement(134..202))`.

ST.26, paragraphs 65 to 71; the same grammar as in the feature tables of the data banks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import _

OPERATORS = ("join", "order", "complement")
_TOKEN = re.compile(r"\s*(?:(\d+)|(\.\.)|([a-z]+)(?=\s*\()|([<>^(),.])|(\S))", re.I)
_DEEPEST = 50
_MOST = 200_000


class BadLocation(ValueError):
    """A location that is none. `why` is the second half of a sentence; `position` counts from 0."""

    def __init__(self, why: str, position: int) -> None:
        super().__init__(why)
        self.why = why
        self.position = position


@dataclass(frozen=True, slots=True)
class Span:
    """Residues `first` to `last`, counted from 1; a single one where both are the same.

    before    it begins before `first` (`<`)
    after     it ends after `last` (`>`)
    between   the site between the two residues (`^`)
    """

    first: int
    last: int
    before: bool = False
    after: bool = False
    between: bool = False

    def __str__(self) -> str:
        if self.between:
            return f"{self.first}^{self.last}"
        begin = f"{'<' if self.before else ''}{self.first}"
        end = f"{'>' if self.after else ''}{self.last}"
        if self.first == self.last and not (self.before and self.after):
            return end if self.after else begin
        return f"{begin}..{end}"


@dataclass(frozen=True, slots=True)
class Combined:
    """Spans under an operator: join, order (several parts) or complement (one part)."""

    operator: str
    parts: tuple[Span | Combined, ...]

    def __str__(self) -> str:
        return f"{self.operator}({','.join(map(str, self.parts))})"


Location = Span | Combined


def spans(location: Location) -> Iterator[Span]:
    """The spans of a location in order."""
    if isinstance(location, Span):
        yield location
        return
    for part in location.parts:
        yield from spans(part)


def operators(location: Location) -> Iterator[str]:
    """The operators of a location, the outer first."""
    if isinstance(location, Combined):
        yield location.operator
        for part in location.parts:
            yield from operators(part)


def parse(text: str) -> Location:
    """The location a text stands for. Raises BadLocation."""
    if len(text) > _MOST:
        raise BadLocation(_("it is longer than any location"), _MOST)
    reader = _Reader(text)
    found = reader.location(0)
    reader.end()
    return found


class _Reader:
    """Reads one location from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            (match.group().strip().lower(), match.end() - len(match.group().strip()))
            for match in _TOKEN.finditer(text.rstrip())
        ]
        self._at = 0
        self._length = len(text)

    def location(self, depth: int) -> Location:
        if depth > _DEEPEST:
            raise BadLocation(_("its brackets are nested too deep"), self._position())
        word = self._peek()
        if not word.isalpha():
            return self._span()
        if word not in OPERATORS:
            raise BadLocation(_("“{word}” is no operator").format(word=word), self._position())
        self._at += 1
        self._take("(")
        parts = [self.location(depth + 1)]
        while self._peek() == ",":
            self._at += 1
            parts.append(self.location(depth + 1))
        position = self._position()
        self._take(")")
        if word == "complement" and len(parts) > 1:
            raise BadLocation(_("“complement” takes one part, not several"), position)
        if word != "complement" and len(parts) < 2:
            raise BadLocation(_("“{word}” joins at least two parts").format(word=word), position)
        return Combined(word, tuple(parts))

    def end(self) -> None:
        """Refuse whatever is left."""
        if self._at < len(self._tokens):
            raise BadLocation(_("“{text}” does not belong there").format(text=self._peek()), self._position())

    def _span(self) -> Span:
        before, after, first = self._bound()
        if self._peek() == "^":
            self._at += 1
            position = self._position()
            last_before, last_after, last = self._bound()
            if before or after or last_before or last_after:
                raise BadLocation(_("“^” stands between two plain numbers"), position)
            return Span(first, last, between=True)
        if self._peek() != "..":
            return Span(first, first, before, after)
        self._at += 1
        position = self._position()
        last_before, last_after, last = self._bound()
        if after or last_before:
            raise BadLocation(_("“<” stands before the first number and “>” before the last"), position)
        return Span(first, last, before, last_after)

    def _bound(self) -> tuple[bool, bool, int]:
        sign = self._peek()
        if sign in ("<", ">"):
            self._at += 1
        word = self._peek()
        if not (word.isascii() and word.isdigit()):
            found = _("a number is missing") if not word else _("“{text}” is no number").format(text=word)
            raise BadLocation(found, self._position())
        if len(word) > 15:
            raise BadLocation(_("a number in it is larger than any sequence is long"), self._position())
        self._at += 1
        return sign == "<", sign == ">", int(word)

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            raise BadLocation(_("“{sign}” is missing").format(sign=sign), self._position())
        self._at += 1

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _position(self) -> int:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else self._length
