"""Prior-art search over the collections of an office, and what was found, whole.

Every answer says what it reached over, and carries the id of its evidence: query, engine, state of
the collections and hits. Nothing of a search is written into a collection: what an examiner looks
for may itself be confidential.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from app.domain.record import Record
from app.errors import OfficeError, _
from app.progress import SILENT, Progress
from app.services.searchpage import Evidence, Hit, SearchPage
from app.storage import collections as shelves
from app.storage import samples
from app.storage.shelf import FACETS, Coverage, Shelf
from search.query.parser import parse
from search.query.tree import Node
from search.query.writer import normalised
from search.text import highlight, keeping
from search.text.documents import doc_of
from search.text.highlight import Mark, Snippet
from search.text.index import Ranked, SearchIndex

__all__ = [
    "FACETS",
    "SORTS",
    "Coverage",
    "Evidence",
    "Hit",
    "Mark",
    "SearchPage",
    "highlights",
    "record",
    "search",
]

SORTS = ("score", "date")
_MOST_VALUES = 50  # of one facet


def search(
    office_folder: Path,
    query: str,
    *,
    collections: Sequence[str] = (),
    engine: str = "auto",
    limit: int = 50,
    after: str | None = None,
    facets: Iterable[str] = (),
    sort: str = "score",
    progress: Progress = SILENT,
) -> SearchPage:
    """The hits of a query, best or newest first. Without `collections`, all of them are asked.

    Raises QueryRefused with the place where the query stops making sense.
    """
    node = parse(query)
    keeping.chosen(engine, 0)
    wanted = _known_facets(facets)
    if sort not in SORTS:
        raise OfficeError(
            _("Hits cannot be sorted by “{sort}”.").format(sort=sort), _("Sort by score or by date.")
        )
    text = normalised(node)
    start = _start(after, text, sort)
    opened = _opened(office_folder, collections)
    try:
        asked = [_Asked(shelf, node, engine, sort, start + limit, wanted, progress) for shelf in opened]
        return _page(asked, text, sort, start, limit, wanted)
    finally:
        for shelf in opened:
            shelf.close()


def record(office_folder: Path, hit_id: str) -> Record:
    """The whole record of a hit."""
    name, _colon, key = hit_id.rpartition(":")
    shelf = shelves.open_shelf(samples.searched(office_folder), name or hit_id)
    try:
        row = shelf.row_of(key)
        if row is None:
            raise OfficeError(_("There is no record {id} any more.").format(id=hit_id), _("Search again."))
        return shelf.record(row)
    finally:
        shelf.close()


def highlights(query: str, text: str, language: str, field: str = "") -> tuple[tuple[int, int, int], ...]:
    """Where `text` answers the query: start, end and number of the word or phrase in the query.

    `field` (`ti`, `ab`, `cl`, `pa`, `in`) leaves out words that the query looks for elsewhere.
    """
    marks = highlight.Concepts(parse(query)).marks(text, language, field)
    return tuple((m.start, m.end, m.concept) for m in marks)


class _Asked:
    """One collection and what it answered."""

    def __init__(
        self,
        shelf: Shelf,
        node: Node,
        engine: str,
        sort: str,
        first: int,
        facets: Sequence[str],
        progress: Progress,
    ) -> None:
        self.shelf = shelf
        self.concepts = highlight.Concepts(node)
        self.coverage = shelf.coverage()
        self.engine = keeping.chosen(engine, self.coverage.records)
        ask = partial(keeping.ask, shelf.folder, self.engine, shelf, progress)
        self.rows: Sequence[int] = ()
        fetch = keeping.reader(shelf)

        def question(index: SearchIndex) -> Ranked:
            if facets:
                self.rows = index.rows(node, fetch)
            return index.search(node, fetch, sort=sort, first=max(first, 1))

        self.ranked = ask(question)

    def keyed(self) -> Iterable[tuple[float, str, int]]:
        """Hits with what orders them: worth downwards, then the collection, then the row.

        An engine cuts its list at a place in this very order; any other among hits of equal worth
        would show a hit on two pages and another on none.
        """
        for row, worth in self.ranked.rows:
            yield -worth, self.shelf.name, row


def _page(
    asked: Sequence[_Asked], text: str, sort: str, start: int, limit: int, facets: Sequence[str]
) -> SearchPage:
    merged = sorted(found for one in asked for found in one.keyed())
    shown = merged[start : start + limit]
    named = {one.shelf.name: one for one in asked}
    total = sum(one.ranked.total for one in asked)
    hits = tuple(_hit(named[name], row, -worth, sort) for worth, name, row in shown)
    engines = sorted({one.engine for one in asked}, reverse=True)
    evidence = Evidence(
        text,
        sort,
        {name: version(keeping.ENGINES[name]) for name in engines},
        {one.shelf.name: (one.shelf.id, one.shelf.seq) for one in asked},
        total,
        tuple(hit.id for hit in hits),
    )
    more = start + limit < total and bool(shown)
    return SearchPage(
        text,
        "+".join(engines),
        total,
        hits,
        _facets(asked, facets),
        tuple(one.coverage for one in asked),
        evidence.record_id,
        _cursor(start + limit, text, sort) if more else "",
        evidence,
    )


def _hit(asked: _Asked, row: int, score: float, sort: str) -> Hit:
    found = asked.concepts
    line = asked.shelf.lines([row])[row]
    whole = asked.shelf.record(row)
    shown: Snippet = highlight.snippet(found, doc_of(whole, row).plain)
    language = next((lang for lang, title in whole.titles.items() if title == line.title), "")
    return Hit(
        f"{asked.shelf.name}:{line.key}",
        asked.shelf.name,
        line.office,
        line.number,
        line.kind_code,
        line.right,
        line.title,
        line.date,
        score if sort == "score" else 0.0,
        shown.text,
        shown.marks,
        found.marks(line.title, language, "ti"),
    )


def _facets(asked: Sequence[_Asked], wanted: Sequence[str]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    if wanted:
        for one in asked:
            for name, counts in one.shelf.facets(one.rows, wanted).items():
                counted[name].update(counts)
    return {
        name: dict(sorted(counts.items(), key=lambda found: (-found[1], found[0]))[:_MOST_VALUES])
        for name, counts in counted.items()
    }


def _known_facets(facets: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(facets))
    unknown = [name for name in wanted if name not in FACETS]
    if unknown:
        raise OfficeError(
            _("There is no facet “{name}”.").format(name=unknown[0]),
            _("The facets are {facets}.").format(facets=", ".join(FACETS)),
        )
    return wanted


def _opened(office_folder: Path, names: Sequence[str]) -> list[Shelf]:
    office_folder = samples.searched(office_folder)
    wanted = tuple(dict.fromkeys(names)) or shelves.names(office_folder)
    if not wanted:
        raise OfficeError(
            _("There is no collection to search. Nothing was searched."),
            _("Make a collection, then add files to it."),
            command="collection create NAME",
        )
    opened: list[Shelf] = []
    try:
        for name in wanted:
            opened.append(shelves.open_shelf(office_folder, name))
    except BaseException:
        for shelf in opened:
            shelf.close()
        raise
    return opened


def _cursor(start: int, text: str, sort: str) -> str:
    return f"{start}-{hashlib.sha256(f'{sort} {text}'.encode()).hexdigest()[:8]}"


def _start(after: str | None, text: str, sort: str) -> int:
    """The number of the first hit of the page that a cursor opens."""
    if not after:
        return 0
    number, _hyphen, _mark = after.partition("-")
    if not number.isdecimal() or len(number) > 9 or after != _cursor(int(number), text, sort):
        raise OfficeError(
            _("This cursor belongs to another query or another order of hits."),
            _("Take the cursor that the page before gave, with the same query."),
        )
    return int(number)
