"""The engine for large collections: tantivy, fed with the same tokens as Whoosh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from search.query.tree import Node
from search.text.documents import KEY_FIELDS, TEXT_KINDS, Doc
from search.text.index import ODD, STEM, Caps, Fetch, Ranked, tokens_of
from search.text.patience import Patience
from search.text.tantivy_compiler import Compiler, Q

_HEAP = 64_000_000  # bytes a writer may hold before it writes a segment


class TantivyIndex:
    """A `SearchIndex` in one folder. One writer at a time is the caller's promise."""

    caps = Caps("tantivy", spans=False, infix=True, comfortable=3_000_000)

    def __init__(self, folder: Path, languages: set[str]) -> None:
        """Open the index in `folder`, or make an empty one there. `languages`: see `State`."""
        self.languages = set(languages)
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)

    def apply(self, docs: Iterable[Doc]) -> int:
        """Take in or replace these records in one commit; how many they were."""
        writer = self._index.writer(_HEAP, 1)
        done = 0
        try:
            for doc in docs:
                writer.delete_documents_by_query(Q.term_query(self._schema, "row", doc.row))
                writer.add_document(_document(doc))
                self.languages |= doc.languages()
                done += 1
            writer.commit()
            writer.garbage_collect_files()
        except BaseException:
            writer.rollback()
            raise
        finally:
            # Merges run in threads of their own; left alone they keep files open and pile up segments.
            writer.wait_merging_threads()
        self._index.reload()
        return done

    def count(self) -> int:
        """How many records are in it."""
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def rows(self, node: Node, fetch: Fetch) -> Sequence[int]:
        """Every answer, in no order."""
        searcher = self._index.searcher()
        query = Compiler(self._schema, searcher, self.languages, fetch, Patience()).query(node)
        return rows_of(searcher, query)

    def search(self, node: Node, fetch: Fetch, *, sort: str, first: int) -> Ranked:
        """The best `first` answers and the exact total."""
        searcher: Any = self._index.searcher()
        if not searcher.num_docs:
            return Ranked((), 0)
        query = Compiler(self._schema, searcher, self.languages, fetch, Patience()).query(node)
        by = "day" if sort == "date" else None
        asked = first + 1
        while True:
            result = searcher.search(query, limit=asked, count=True, order_by_field=by)
            hits = result.hits
            # Ties go by row, and tantivy's go by place in the index: the whole tie must be at hand.
            if len(hits) < asked or hits[first - 1][0] != hits[-1][0]:
                break
            asked *= 4
        rows = searcher.fast_field_values("row", [address for _worth, address in hits])
        ranked = sorted((-(worth or 0), row) for (worth, _address), row in zip(hits, rows, strict=True))
        return Ranked(tuple((int(row), float(-worth)) for worth, row in ranked[:first]), int(result.count))

    def terms(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Indexed words or symbols of a field that begin so, with the number of records of each."""
        searcher = self._index.searcher()
        found = searcher.terms_with_prefix(field, beginning, limit=limit * 4)
        words = sorted({t if isinstance(t, str) else t[0] for t in found})
        kept = [word for word in words if word and word[0] not in (STEM, ODD)][:limit]
        return [(word, int(searcher.doc_freq(field, word))) for word in kept]

    def close(self) -> None:
        """Nothing is held open between calls."""


def rows_of(searcher: Any, query: Any) -> list[int]:
    """The rows of every answer of a tantivy query, in no order."""
    if not searcher.num_docs:
        return []
    result = searcher.search(query, limit=searcher.num_docs, count=False, order_by_field="row")
    return [int(worth) for worth, _address in result.hits]


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for kind in TEXT_KINDS:
        builder.add_text_field(kind, stored=False, tokenizer_name="raw", index_option="position")
    for key in KEY_FIELDS:
        builder.add_text_field(key, stored=False, tokenizer_name="raw", index_option="basic")
    for name in ("row", "day"):
        builder.add_unsigned_field(name, stored=False, indexed=True, fast=True)
    return builder.build()


def _document(doc: Doc) -> Any:
    made = tantivy.Document()
    made.add_unsigned("row", doc.row)
    made.add_unsigned("day", doc.day)
    for kind in TEXT_KINDS:
        tokens = [
            tantivy.Token(token, first + place, 0, 0)
            for first, text in doc.placed(kind)
            for token, place in tokens_of(text)
        ]
        if tokens:
            made.add_pre_tokenized_text(kind, tantivy.PreTokenizedString("", tokens))
    for key in KEY_FIELDS:
        for symbol in doc.keys.get(key, ()):
            made.add_text(key, symbol)
    return made
