"""The answer of a search: hits, facets, coverage, and the evidence of what was searched."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from app.storage.shelf import Coverage
from search.text.highlight import Mark


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `id` opens it (`record`); `marks` are the found words of the snippet."""

    id: str
    collection: str
    office: str
    number: str
    kind_code: str
    right: str
    title: str
    date: str
    score: float
    snippet: str
    marks: tuple[Mark, ...]
    title_marks: tuple[Mark, ...]

    def as_json(self) -> dict[str, object]:
        """The form of the command line; marks are `[start, end, concept]`."""
        return {
            "id": self.id,
            "collection": self.collection,
            "office": self.office,
            "number": self.number,
            "kind_code": self.kind_code,
            "right": self.right,
            "title": self.title,
            "date": self.date,
            "score": round(self.score, 4),
            "snippet": self.snippet,
            "marks": [[m.start, m.end, m.concept] for m in self.marks],
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What it takes to show later what was searched, and over what.

    collections   name -> (id, seq) at the time
    hits          ids of the page shown, best first
    """

    query: str
    sort: str
    engines: dict[str, str]
    collections: dict[str, tuple[str, int]]
    total: int
    hits: tuple[str, ...]

    @property
    def record_id(self) -> str:
        """The same search over the same records by the same engines has the same id."""
        return "search:" + hashlib.sha256(self.to_bytes()).hexdigest()[:32]

    def to_bytes(self) -> bytes:
        """JSON in one form, keys sorted, for keeping in a case file."""
        kept = {
            "query": self.query,
            "sort": self.sort,
            "engines": self.engines,
            "collections": {name: list(state) for name, state in self.collections.items()},
            "total": self.total,
            "hits": list(self.hits),
        }
        return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    query     the query as it was understood
    engine    `whoosh`, `tantivy`, or both when collections of different size were asked
    facets    facet -> value -> how many of all hits
    next      the cursor of the next page, "" after the last
    """

    query: str
    engine: str
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]
    coverage: tuple[Coverage, ...]
    record_id: str
    next: str
    evidence: Evidence
