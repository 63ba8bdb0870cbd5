"""The engine that works everywhere: Whoosh keeps terms and postings, the tree is read over them.

Whoosh's own query objects are not used: its spans count differently from ours, and its shortcuts
give no exact totals. Each node becomes a set of documents of a segment; what has a place is decided
on positions by the same `search.query.spans` as the plain predicate.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.writing import IndexWriter

from search.query.tree import Node
from search.text.documents import TEXT_KINDS, Doc
from search.text.index import Caps, Fetch, Ranked, tokens_of
from search.text.patience import Patience
from search.text.whoosh_fields import schema
from search.text.whoosh_segment import Counted, Segment

_K1, _B = 1.2, 0.75  # the usual constants of BM25
_MEMORY = 128  # megabytes a writer may hold before it spills to disk


class WhooshIndex:
    """A `SearchIndex` in one folder. One writer at a time is the caller's promise."""

    caps = Caps("whoosh", spans=True, infix=True, comfortable=30_000)

    def __init__(self, folder: Path, languages: set[str]) -> None:
        """Open the index in `folder`, or make an empty one there. `languages`: see `State`."""
        self.languages = set(languages)
        folder.mkdir(parents=True, exist_ok=True)
        made = index.exists_in(str(folder))
        self._index = index.open_dir(str(folder)) if made else index.create_in(str(folder), schema())
        self._reader: Any = None
        self._segments: list[Segment] = []

    def apply(self, docs: Iterable[Doc]) -> int:
        """Take in or replace these records in one commit; how many they were."""
        known = set() if self.count() == 0 else {row for part in self._open() for row in part.rows}
        writer = self._index.writer(limitmb=_MEMORY)
        done = 0
        try:
            for doc in docs:
                if doc.row in known:
                    writer.delete_by_term("row", doc.row)
                _add(writer, doc)
                self.languages |= doc.languages()
                done += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._forget()
        return done

    def count(self) -> int:
        """How many records are in it."""
        return int(self._index.doc_count())

    def rows(self, node: Node, fetch: Fetch) -> Sequence[int]:
        """Every answer, in no order."""
        patience = Patience()
        found: list[int] = []
        for segment in self._open():
            found.extend(segment.rows[d] for d in segment.answers(node, self.languages, patience, None))
        return found

    def search(self, node: Node, fetch: Fetch, *, sort: str, first: int) -> Ranked:
        """The best `first` answers and the exact total."""
        patience = Patience()
        ranked: list[tuple[float, int]] = []
        answers: list[tuple[Segment, set[int], list[Counted]]] = []
        for segment in self._open():
            counted: list[Counted] = []
            found = segment.answers(node, self.languages, patience, counted if sort == "score" else None)
            answers.append((segment, found, counted))
        scores = self._scores(answers, patience) if sort == "score" else None
        for number, (segment, found, _counted) in enumerate(answers):
            for document in found:
                worth = scores[number].get(document, 0.0) if scores is not None else segment.days[document]
                ranked.append((-worth, segment.rows[document]))
        ranked.sort()
        return Ranked(tuple((row, -worth) for worth, row in ranked[:first]), len(ranked))

    def terms(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Indexed words or symbols of a field that begin so, with the number of records of each."""
        counts: dict[str, int] = defaultdict(int)
        for segment in self._open():
            for term in segment.vocabulary(field, beginning):
                counts[term] += segment.reader.doc_frequency(field, term.encode())
        return sorted(counts.items())[:limit]

    def close(self) -> None:
        """Let go of the files."""
        self._forget()
        self._index.close()

    def _open(self) -> list[Segment]:
        if self._reader is None:
            self._reader = self._index.reader()
            parts = [part for part, _base in self._reader.leaf_readers()]
            self._segments = [Segment(part) for part in parts if part.doc_count_all()]
        return self._segments

    def _forget(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._reader, self._segments = None, []

    def _scores(
        self, answers: list[tuple[Segment, set[int], list[Counted]]], patience: Patience
    ) -> list[dict[int, float]]:
        """BM25 of every answer, segment by segment; each leaf of the query counts as one word."""
        total = self.count()
        average = sum(self._reader.field_length(kind) for kind in TEXT_KINDS) / max(total, 1) or 1.0
        scores: list[dict[int, float]] = [defaultdict(float) for _ in answers]
        leaves = max((len(counted) for _s, _f, counted in answers), default=0)
        for leaf in range(leaves):
            patience.check()
            frequency = sum(len(counted[leaf]) for _s, _f, counted in answers)
            rarity = math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
            for number, (segment, found, counted) in enumerate(answers):
                for document, count in counted[leaf].items():
                    if document in found:
                        longer = 1 - _B + _B * segment.length(document) / average
                        scores[number][document] += rarity * count * (_K1 + 1) / (count + _K1 * longer)
        return scores


def _add(writer: IndexWriter, doc: Doc) -> None:
    placed = {
        kind: [(token, first + place) for first, text in doc.placed(kind) for token, place in tokens_of(text)]
        for kind in TEXT_KINDS
    }
    writer.add_document(row=doc.row, day=doc.day, **placed, **doc.keys)
