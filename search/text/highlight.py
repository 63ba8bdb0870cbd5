"""Which words of a text answer a query, and the stretch of it worth showing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.query import tree
from search.query.predicate import spans_in
from search.query.tree import DEFAULT_FIELD, TEXT_FIELDS, Node
from search.text.analyser import read
from search.text.documents import Text

WIDTH = 280  # characters of a snippet, roughly


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


def concepts(node: Node, field: str = DEFAULT_FIELD) -> Iterator[tuple[Node, str]]:
    """The words and phrases of a query that speak for an answer, with the field each looks in."""
    if isinstance(node, tree.And | tree.Or):
        for part in node.parts:
            yield from concepts(part, field)
    elif isinstance(node, tree.Near):
        yield from concepts(node.left, field)
        yield from concepts(node.right, field)
    elif isinstance(node, tree.Field):
        yield from concepts(node.inside, node.name)
    elif isinstance(node, tree.Term | tree.Wild | tree.Phrase):
        yield node, field


def marks(found: Sequence[tuple[Node, str]], text: str, language: str, kind: str = "") -> tuple[Mark, ...]:
    """The marks of a text in order, none inside another. Without `kind`, every field's words count."""
    analysed = read(text, language)
    marked: list[Mark] = []
    for number, (node, field) in enumerate(found):
        if kind and kind not in TEXT_FIELDS[field]:
            continue
        for span in spans_in(node, analysed, kind or TEXT_FIELDS[field][0], field):
            marked.append(Mark(analysed.places[span.start][0], analysed.places[span.end][1], number))
    return tuple(_apart(sorted(marked, key=lambda m: (m.start, -m.end))))


def _apart(ordered: Iterable[Mark]) -> Iterator[Mark]:
    end = -1
    for mark in ordered:
        if mark.start >= end:
            yield mark
            end = mark.end


def snippet(found: Sequence[tuple[Node, str]], texts: Iterable[Text]) -> Snippet:
    """The stretch of a record that answers most of the query; its abstract where no word does."""
    best: tuple[tuple[int, int], Snippet] | None = None
    fallback = Snippet("", ())
    for text in texts:
        if text.kind in ("pa", "in"):
            continue
        if not fallback.text or (text.kind == "ab" and fallback.kind != "ab"):
            fallback = _stretch(text, (), 0)
        marked = marks(found, text.text, text.language, text.kind)
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
