"""One segment of a Whoosh index, read by the query tree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from whoosh.reading import TermNotFound

from search.query import spans, tree
from search.query.predicate import number_pattern, scope
from search.query.spans import Span
from search.query.tree import DEFAULT_FIELD, TEXT_FIELDS, Node
from search.query.truncation import beginning, compiled
from search.query.values import number_asked
from search.text.documents import TEXT_KINDS
from search.text.index import ODD, STEM, asked
from search.text.patience import Patience

Counted = dict[int, float]  # document -> how often a leaf of the query occurs in it
_TITLE = 2.0  # a word in the title counts twice


class Segment:
    """Documents are numbers within the segment; `rows` and `days` tell which records they are."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.rows: list[int] = list(reader.column_reader("row"))
        self.days: list[int] = list(reader.column_reader("day"))
        self._lengths: dict[int, int] = {}

    @cached_property
    def living(self) -> frozenset[int]:
        """Every document that was not replaced since."""
        return frozenset(self.reader.all_doc_ids())

    @cached_property
    def _by_day(self) -> list[tuple[int, int]]:
        return sorted((day, document) for document, day in enumerate(self.days))

    def between(self, low: int, high: int) -> set[int]:
        """The documents of these days, both included."""
        first, last = bisect_left(self._by_day, (low, -1)), bisect_left(self._by_day, (high + 1, -1))
        return {document for _day, document in self._by_day[first:last]}

    def length(self, document: int) -> int:
        """Tokens of a document, roughly (Whoosh keeps lengths in one byte)."""
        if document not in self._lengths:
            self._lengths[document] = sum(
                self.reader.doc_field_length(document, kind, 0) or 0 for kind in TEXT_KINDS
            )
        return self._lengths[document]

    def vocabulary(self, field: str, start: str) -> Iterator[str]:
        """The indexed words of a field that begin with `start`, stems and marks left out."""
        for raw in self.reader.expand_prefix(field, start.encode()):
            word = raw.decode()
            if word[0] not in (STEM, ODD):
                yield word

    def answers(
        self, node: Node, languages: Iterable[str], patience: Patience, counted: list[Counted] | None
    ) -> set[int]:
        """The documents a query means. Into `counted` goes one entry for every leaf that ranks them."""
        found = _Reading(self, languages, patience, counted).documents(node, DEFAULT_FIELD)
        return set(found & self.living)

    def postings(self, field: str, token: str) -> Any:
        """Whoosh's matcher over the documents of a token, None where no document has it."""
        try:
            return self.reader.postings(field, token.encode())
        except TermNotFound:
            return None


class _Reading:
    """One query read over one segment."""

    def __init__(
        self, segment: Segment, languages: Iterable[str], patience: Patience, counted: list[Counted] | None
    ) -> None:
        self._segment = segment
        self._languages = tuple(languages)
        self._patience = patience
        self._counted = counted

    def documents(self, node: Node, field: str) -> set[int] | frozenset[int]:
        self._patience.check()
        if isinstance(node, tree.And):
            return self._all_of(node.parts, field)
        if isinstance(node, tree.Or):
            return set().union(*(self.documents(part, field) for part in node.parts))
        if isinstance(node, tree.Not):
            return self._segment.living - self._silently(node.inside, field)
        if isinstance(node, tree.Field):
            return self.documents(node.inside, node.name)
        if isinstance(node, tree.Range):
            return self._segment.between(node.low, node.high)
        if isinstance(node, tree.ClassIs | tree.NumberIs):
            return self._keyed(node)
        return self._placed(node, field)

    def _all_of(self, parts: Iterable[Node], field: str) -> set[int]:
        """What all the parts mean; every part is read even when none is left, so that leaves keep count."""
        found: set[int] | None = None
        for part in parts:
            if isinstance(part, tree.Not):
                found = set(self._segment.living) if found is None else found
                self._patience.check()
                found -= self._silently(part.inside, field)
            else:
                one = self.documents(part, field)
                found = set(one) if found is None else found & one
        return found or set()

    def _silently(self, node: Node, field: str) -> set[int] | frozenset[int]:
        """The documents of a node that nobody is ranked by."""
        kept, self._counted = self._counted, None
        found = self.documents(node, field)
        self._counted = kept
        return found

    def _keyed(self, node: tree.ClassIs | tree.NumberIs) -> set[int]:
        found: set[int] = set()
        for symbol in self._unhurried(self._symbols(node)):
            matcher = self._segment.postings(node.field, symbol)
            if matcher is not None:
                found.update(matcher.all_ids())
        return found

    def _unhurried(self, tokens: Iterable[str]) -> Iterator[str]:
        """The tokens one by one, with a look at the clock now and then: each costs a look into the index."""
        for number, token in enumerate(tokens):
            if number % 500 == 499:
                self._patience.check()
            yield token

    def _symbols(self, node: tree.ClassIs | tree.NumberIs) -> Iterable[str]:
        vocabulary = self._segment.vocabulary
        if isinstance(node, tree.ClassIs):
            return vocabulary(node.field, node.symbol) if node.below else (node.symbol,)
        pattern = number_pattern(node)
        if pattern is None:
            return number_asked(node.pattern)
        fits = re.compile(pattern).fullmatch
        return (word for word in vocabulary(node.field, "") if fits(word))

    def _placed(self, node: Node, field: str) -> set[int]:
        """Words, phrases and NEAR: where they stand, and how often."""
        counts: Counted = {}
        for kind in scope(node, field):
            weight = _TITLE if kind == "ti" else 1.0
            if isinstance(node, tree.Term | tree.Wild):
                self._count_words(node, kind, weight, counts)
                continue
            among = self._possible(node, kind, field)
            if among:
                for document, found in self._spans(node, kind, field, among).items():
                    counts[document] = counts.get(document, 0.0) + weight * len(found)
        if self._counted is not None:
            self._counted.append(counts)
        return set(counts)

    def _count_words(self, node: tree.Term | tree.Wild, kind: str, weight: float, counts: Counted) -> None:
        for token in self._unhurried(self._tokens(node, kind)):
            matcher = self._segment.postings(kind, token)
            while matcher is not None and matcher.is_active():
                document = matcher.id()
                counts[document] = counts.get(document, 0.0) + weight * matcher.weight()
                matcher.next()

    def _tokens(self, node: tree.Term | tree.Wild, kind: str) -> list[str]:
        if isinstance(node, tree.Term):
            return asked(node, self._languages)
        fits = compiled(node.pattern).fullmatch
        found = []
        for number, word in enumerate(self._segment.vocabulary(kind, beginning(node.pattern))):
            if number % 2_000 == 0:
                self._patience.check()
            if fits(word):
                found.append(word)
        return found

    def _possible(self, node: Node, kind: str, field: str) -> set[int]:
        """Documents that have all the words, wherever they stand: only these are looked at closely."""
        if isinstance(node, tree.Field):
            return self._possible(node.inside, kind, node.name)
        if isinstance(node, tree.Or):
            return set().union(*(self._possible(part, kind, field) for part in node.parts))
        if isinstance(node, tree.Near):
            left = self._possible(node.left, kind, field)
            return left & self._possible(node.right, kind, field) if left else left
        if kind not in TEXT_FIELDS[field]:
            return set()
        if isinstance(node, tree.Phrase):
            found = self._possible(node.items[0], kind, field)
            for item in node.items[1:]:
                found = found & self._possible(item, kind, field) if found else found
            return found
        assert isinstance(node, tree.Term | tree.Wild)
        self._patience.check()
        found = set()
        for token in self._unhurried(self._tokens(node, kind)):
            matcher = self._segment.postings(kind, token)
            if matcher is not None:
                found.update(matcher.all_ids())
        return found

    def _spans(self, node: Node, kind: str, field: str, among: set[int]) -> dict[int, list[Span]]:
        """Where the node stands in each of these documents; documents without it are left out."""
        if isinstance(node, tree.Field):
            return self._spans(node.inside, kind, node.name, among)
        if isinstance(node, tree.Or):
            met: dict[int, set[Span]] = {}
            for part in node.parts:
                for document, stretches in self._spans(part, kind, field, among).items():
                    met.setdefault(document, set()).update(stretches)
            return {d: sorted(stretches) for d, stretches in met.items()}
        if isinstance(node, tree.Near):
            return self._near(node, kind, field, among)
        if kind not in TEXT_FIELDS[field]:
            return {}
        if isinstance(node, tree.Phrase):
            return self._phrase(node, kind, among)
        assert isinstance(node, tree.Term | tree.Wild)
        places = self._positions(node, kind, among)
        return {d: spans.words_at(sorted(found)) for d, found in places.items()}

    def _near(self, node: tree.Near, kind: str, field: str, among: set[int]) -> dict[int, list[Span]]:
        left = self._spans(node.left, kind, field, among)
        right = self._spans(node.right, kind, field, among & left.keys())
        found = {}
        for number, (document, second) in enumerate(right.items()):
            if number % 50 == 0:
                self._patience.check()
            if stretches := spans.near(
                left[document], second, node.distance, node.ordered, self._patience.check
            ):
                found[document] = stretches
        return found

    def _phrase(self, node: tree.Phrase, kind: str, among: set[int]) -> dict[int, list[Span]]:
        parts = []
        for item in node.items:
            parts.append(self._positions(item, kind, among))
            among = among & parts[-1].keys()
        found = {}
        for document in among:
            if stretches := spans.in_a_row(part[document] for part in parts):
                found[document] = stretches
        return found

    def _positions(self, item: tree.Term | tree.Wild, kind: str, among: set[int]) -> dict[int, set[int]]:
        self._patience.check()
        found: dict[int, set[int]] = {}
        for token in self._unhurried(self._tokens(item, kind)):
            matcher = self._segment.postings(kind, token)
            while matcher is not None and matcher.is_active():
                document = matcher.id()
                if document in among:
                    found.setdefault(document, set()).update(matcher.value_as("positions"))
                matcher.next()
        return found
