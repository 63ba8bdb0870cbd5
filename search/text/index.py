"""What every engine offers, and what they share: tokens, the state beside an index, pages of hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.text import fold
from search.query import tree
from search.query.tree import Node
from search.text.analyser import ReadText, asked_stems
from search.text.documents import Doc

FORMAT = 1  # of an index folder; raise it when the fields change


@dataclass(frozen=True, slots=True)
class Caps:
    """What an engine does by itself. `comfortable`: records up to which it answers briskly."""

    name: str
    spans: bool
    infix: bool
    comfortable: int


@dataclass(slots=True)
class State:
    """How far an index has come. Kept beside it, written after each commit.

    seq         the record of the collection up to which everything is indexed
    records     how many are in it
    languages   whose stems are in it
    shelf       id of the collection it was made from
    """

    seq: int = 0
    records: int = 0
    languages: set[str] = field(default_factory=set)
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One page of an answer: rows with their scores, best first, and how many there are in all."""

    rows: tuple[tuple[int, float], ...]
    total: int


Fetch = Callable[[int], Doc]


class SearchIndex(Protocol):
    """One full-text index of one collection. Disposable: the collection's database is the truth."""

    caps: Caps
    languages: set[str]  # whose stems are in it

    def apply(self, docs: Iterable[Doc]) -> int:
        """Take in or replace these records in one commit; how many they were."""
        ...

    def count(self) -> int:
        """How many records are in it."""
        ...

    def search(self, node: Node, fetch: Fetch, *, sort: str, first: int) -> Ranked:
        """The best `first` answers (more when those behind them tie) and the exact total.

        sort    `score` (BM25, best first) or `date` (newest first); ties in the order of rows
        fetch   reads one record, for what the engine cannot decide by itself
        """
        ...

    def rows(self, node: Node, fetch: Fetch) -> Sequence[int]:
        """Every answer, in no order."""
        ...

    def terms(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Indexed words or symbols of a field that begin so, with the number of records of each."""
        ...

    def close(self) -> None: ...


STEM, ODD = "~", "!"  # first characters of tokens that are no words


def tokens_of(text: ReadText) -> Iterator[tuple[str, int]]:
    """What is indexed of one text: at each position the folded word and, where there is one, its stem.

    A word whose accents change its stem is marked besides (see `asked`).
    """
    for position, word in enumerate(text.folded):
        yield word, position
    if text.language:
        for position, stem in enumerate(text.stems):
            yield f"{STEM}{text.language}{STEM}{stem}", position
        for position in text.odd:
            yield ODD + text.folded[position], position


def asked(term: tree.Term, languages: Iterable[str]) -> list[str]:
    """The tokens that a word of a query stands for, in an index that holds these languages."""
    found = [fold(term.word)]
    if not term.exact:
        for language in sorted(languages):
            found.extend(f"{STEM}{language}{STEM}{stem}" for stem in sorted(asked_stems(language, term.word)))
    return found
