"""Prior art: search, the record of a hit with its found words, collections, citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.record import Record
from app.progress import Progress

if TYPE_CHECKING:
    from app.services.cases import Recorded
    from app.services.collections import Added, Collection
    from app.services.offices import Office
    from app.services.searching import Hit, SearchPage

FACETS = ("ipc", "applicant", "year", "office")
LIMIT = 50

Marks = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: its text and the words found in it (start, end, concept)."""

    label: str
    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a record in one language. `kind`: title | abstract | claims | description."""

    kind: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A record laid out for reading."""

    hit_id: str
    record: Record
    sections: tuple[Section, ...]


def search(
    office: Office,
    progress: Progress,
    query: str,
    collections: Sequence[str],
    sort: str,
    after: str | None = None,
) -> SearchPage:
    """One page of hits with facets."""
    from app.services import searching

    return searching.search(
        office.path,
        query,
        collections=collections,
        limit=LIMIT,
        after=after,
        facets=FACETS,
        sort=sort,
        progress=progress,
    )


def collections(office: Office, progress: Progress) -> tuple[Collection, ...]:
    """The collections there are, with what they reach over."""
    from app.services import collections as shelves

    return tuple(shelves.listed(office.path))


def add(office: Office, progress: Progress, name: str, paths: Sequence[Path]) -> Added:
    """Add files to a collection; it is made when there is none of this name."""
    from app.services import collections as shelves

    if name not in {shelf.name for shelf in shelves.listed(office.path)}:
        shelves.create(office.path, name)
    return shelves.add(office.path, name, paths, progress=progress)


def drop(office: Office, progress: Progress, name: str) -> object:
    """Remove a collection from this disk."""
    from app.services import collections as shelves

    return shelves.drop(office.path, name)


def read(office: Office, progress: Progress, hit_id: str, query: str) -> Opened:
    """The record of a hit, every text with the words that answer the query."""
    from app.services import searching

    record = searching.record(office.path, hit_id)

    def found(text: str, language: str, field: str) -> Marks:
        return searching.highlights(query, text, language, field) if query.strip() else ()

    sections = []
    for kind, field, texts in _texts_of(record):
        for language, paragraphs in texts.items():
            passages = []
            for number, text in enumerate(paragraphs, start=1):
                progress.step(number, len(paragraphs))
                label = str(number) if kind in ("claims", "description") else ""
                passages.append(Passage(label, text, found(text, language, field)))
            sections.append(Section(kind, language, tuple(passages)))
    return Opened(hit_id, record, tuple(sections))


def _texts_of(record: Record) -> Iterable[tuple[str, str, Mapping[str, Sequence[str]]]]:
    yield "title", "ti", {language: (text,) for language, text in record.titles.items()}
    yield "abstract", "ab", {language: (text,) for language, text in record.abstracts.items()}
    yield "claims", "cl", record.claims
    yield "description", "", record.descriptions


@dataclass(frozen=True, slots=True)
class Taking:
    """A hit taken as a citation: category (ST.14), claims and passages as the examiner wrote them."""

    hit: Hit
    category: str
    claims: str = ""
    passages: str = ""


def cite(office: Office, progress: Progress, case_id: str, taking: Taking) -> Recorded:
    """Record the citation on a case."""
    from app.services import cases

    fields = {
        "office": taking.hit.office,
        "number": taking.hit.number,
        "kind_code": taking.hit.kind_code,
        "category": taking.category,
        "claims": taking.claims,
        "passages": taking.passages,
        "title": taking.hit.title,
        "record": taking.hit.id,
    }
    return cases.record(office, case_id, "citation", fields=fields)
