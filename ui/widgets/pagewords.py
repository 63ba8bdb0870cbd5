"""Words on pages: which stand between two points, what they say, and where a search finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.text import fold


class Word(Protocol):
    """A word and its box in points from the page's top left corner."""

    @property
    def text(self) -> str: ...
    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...


class PageLike(Protocol):
    """A page: size in points, picture as PNG, words in reading order."""

    @property
    def width_pt(self) -> float: ...
    @property
    def height_pt(self) -> float: ...
    @property
    def png(self) -> bytes: ...
    @property
    def words(self) -> Sequence[Word]: ...


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A word by page and by its number on the page."""

    page: int
    word: int


def nearest(page: PageLike, x: float, y: float) -> int | None:
    """The word under or nearest to a point; None on a page without words."""
    best, best_far = None, float("inf")
    for number, word in enumerate(page.words):
        across = max(word.x0 - x, 0.0, x - word.x1)
        down = max(word.y0 - y, 0.0, y - word.y1)
        # Lines first: a word on the same line is nearer than one straight below.
        far = across + down * 4
        if far < best_far:
            best, best_far = number, far
    return best


def between(pages: Sequence[PageLike], first: Place, last: Place) -> list[Place]:
    """All words from one to the other, in reading order."""
    start, end = min(first, last), max(first, last)
    found = []
    for page in range(start.page, end.page + 1):
        low = start.word if page == start.page else 0
        high = end.word if page == end.page else len(pages[page].words) - 1
        found += [Place(page, word) for word in range(low, high + 1)]
    return found


def text_of(pages: Sequence[PageLike], places: Sequence[Place]) -> str:
    """The words as text: a blank between words, a new line where the line on the page changes."""
    parts: list[str] = []
    before: tuple[int, Word] | None = None
    for place in places:
        word = pages[place.page].words[place.word]
        if before is not None:
            same = before[0] == place.page and _same_line(before[1], word)
            parts.append(" " if same else "\n")
        parts.append(word.text)
        before = (place.page, word)
    return "".join(parts)


def _same_line(first: Word, second: Word) -> bool:
    middle = (second.y0 + second.y1) / 2
    return first.y0 <= middle <= first.y1


def find(pages: Sequence[PageLike], wanted: str) -> list[tuple[Place, ...]]:
    """Every place where the words of `wanted` stand one after the other; the last may be a beginning."""
    words = [fold(part) for part in wanted.split() if part]
    if not words:
        return []
    found = []
    for number, page in enumerate(pages):
        folded = [fold(word.text) for word in page.words]
        for start in range(len(folded) - len(words) + 1):
            if _stands(folded[start : start + len(words)], words):
                found.append(tuple(Place(number, start + i) for i in range(len(words))))
    return found


def _stands(here: Sequence[str], wanted: Sequence[str]) -> bool:
    """The first word may end with the wanted one, the last begin with it, those between are equal."""
    if len(wanted) == 1:
        return wanted[0] in here[0]
    middle = list(here[1:-1]) == list(wanted[1:-1])
    return middle and here[0].endswith(wanted[0]) and here[-1].startswith(wanted[-1])
