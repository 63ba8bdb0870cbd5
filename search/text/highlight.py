"""Which words of a text answer a query, and the stretch of it worth showing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.text import fold
from search.query import tree
from search.query.predicate import spans_in
from search.query.tree import DEFAULT_FIELD, TEXT_FIELDS, Node
from search.text.analyser import asked_stems, read
from search.text.documents import Text
from search.text.index import STEM

WIDTH = 280  # characters of a snippet, roughly
_MOST_PATTERNS = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` answers the `concept`-th word or phrase of the query, counted from 0."""

    start: int
    end: int
    concept: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of one text of a record. `marks` count from the beginning of the stretch."""

    text: str
    marks: tuple[Mark, ...]
    kind: str = ""
    language: str = ""


class Concepts:
    """The words and phrases of a query that speak for an answer, numbered in its order from 0.

    Single words are looked up, so that thousands of them cost no more than one; of phrases and
    truncated words only the first `_MOST_PATTERNS` are shown in a text.
    """

    def __init__(self, node: Node, field: str = DEFAULT_FIELD) -> None:
        self._words: list[tuple[int, tree.Term, str]] = []
        self._patterns: list[tuple[int, Node, str]] = []
        for number, (leaf, place) in enumerate(_leaves(node, field)):
            if isinstance(leaf, tree.Term):
                self._words.append((number, leaf, place))
            elif len(self._patterns) < _MOST_PATTERNS:
                self._patterns.append((number, leaf, place))
        self._known: dict[tuple[str, str], dict[str, int]] = {}

    def marks(self, text: str, language: str, kind: str = "") -> tuple[Mark, ...]:
        """The marks of a text in order, none inside another. Without `kind`, every field's words count."""
        analysed = read(text, language)
        words = self._lookup(kind, "")
        stems = self._lookup(kind, analysed.language) if analysed.language else words
        marked = []
        for place, word, stem in zip(analysed.places, analysed.folded, analysed.stems, strict=True):
            number = words.get(word)
            number = stems.get(STEM + stem) if number is None else number
            if number is not None:
                marked.append(Mark(*place, number))
        for number, node, field in self._patterns:
            if not kind or kind in TEXT_FIELDS[field]:
                for span in spans_in(node, analysed, kind or TEXT_FIELDS[field][0], field):
                    ends = analysed.places[span.start][0], analysed.places[span.end][1]
                    marked.append(Mark(*ends, number))
        return tuple(_apart(sorted(marked, key=lambda m: (m.start, -m.end))))

    def _lookup(self, kind: str, language: str) -> dict[str, int]:
        """Folded word, or sign and stem, -> number of the first concept it belongs to."""
        if (kind, language) not in self._known:
            found: dict[str, int] = {}
            for number, term, field in self._words:
                if kind and kind not in TEXT_FIELDS[field]:
                    continue
                if not language:
                    found.setdefault(fold(term.word), number)
                elif not term.exact:
                    for stem in asked_stems(language, term.word):
                        found.setdefault(STEM + stem, number)
            self._known[kind, language] = found
        return self._known[kind, language]


def _leaves(node: Node, field: str) -> Iterator[tuple[Node, str]]:
    if isinstance(node, tree.And | tree.Or):
        for part in node.parts:
            yield from _leaves(part, field)
    elif isinstance(node, tree.Near):
        yield from _leaves(node.left, field)
        yield from _leaves(node.right, field)
    elif isinstance(node, tree.Field):
        yield from _leaves(node.inside, node.name)
    elif isinstance(node, tree.Term | tree.Wild | tree.Phrase):
        yield node, field


def _apart(ordered: Iterable[Mark]) -> Iterator[Mark]:
    end = -1
    for mark in ordered:
        if mark.start >= end:
            yield mark
            end = mark.end


def snippet(found: Concepts, texts: Iterable[Text]) -> Snippet:
    """The stretch of a record that answers most of the query; its abstract where no word does."""
    best: tuple[tuple[int, int], Snippet] | None = None
    fallback = Snippet("", ())
    for text in texts:
        if text.kind in ("pa", "in"):
            continue
        if not fallback.text or (text.kind == "ab" and fallback.kind != "ab"):
            fallback = _stretch(text, (), 0)
        marked = found.marks(text.text, text.language, text.kind)
        if marked:
            centre, worth = _densest(marked)
            # The title stands over the snippet anyway; a text that adds to it is worth more.
            rank = (worth, {"ab": 2, "cl": 1}.get(text.kind, 0))
            if best is None or rank > best[0]:
                best = rank, _stretch(text, marked, centre)
    return best[1] if best else fallback


def _densest(marked: Sequence[Mark]) -> tuple[int, int]:
    """Where the stretch with the most different concepts begins, and how many those are."""
    best, worth = 0, 0
    for index, mark in enumerate(marked):
        inside = {m.concept for m in marked[index : index + 40] if m.end <= mark.start + WIDTH}
        if len(inside) > worth:
            best, worth = mark.start, len(inside)
    return best, max(worth, 1)


def _stretch(text: Text, marked: Sequence[Mark], around: int) -> Snippet:
    whole = text.text
    start = max(0, around - WIDTH // 4)
    if len(whole) - start < WIDTH:
        start = max(0, len(whole) - WIDTH)
    start = _blank_before(whole, start)
    end = _blank_after(whole, min(len(whole), start + WIDTH))
    before, after = "… " if start else "", " …" if end < len(whole) else ""
    moved = start - len(before)
    inside = tuple(
        Mark(m.start - moved, m.end - moved, m.concept) for m in marked if start <= m.start and m.end <= end
    )
    shown = "".join(" " if c in "\r\n\t" else c for c in whole[start:end])
    return Snippet(before + shown + after, inside, text.kind, text.language)


def _blank_before(text: str, at: int) -> int:
    """The beginning of the word at `at`; `at` itself in scripts without blanks."""
    if at == 0:
        return 0
    blank = text.rfind(" ", max(0, at - 40), at)
    return blank + 1 if blank >= 0 else at


def _blank_after(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.find(" ", at, at + 40)
    return blank if blank >= 0 else at
