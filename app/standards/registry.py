"""The formats that can be read, and how one is told from another: by content, never by name alone.

A new format is one module with a `FORMATS` tuple and one line in `_MODULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from lxml import etree

from app.domain.record import Record
from app.standards.source import Notes, Source
from app.standards.xml.hardened import Document
from app.standards.xml.prolog import Prolog

_MODULES = (
    "sequences.st26",
    "sequences.us_xml",
    "sequences.st25",
    "sequences.flat",
    "sequences.validator_report",
    "us.ice",
    "us.patdoc",
    "us.pap",
    "us.office_file",
    "us.daily_marks",
    "us.daily_transfers",
    "us.tsdr_json",
    "us.green_book",
    "us.odp",
    "epo.full_text",
    "epo.exchange",
    "epo.ops",
    "epo.answer_json",
    "national.rospatent",
    "national.jpo",
    "national.cnipa",
    "national.dpma",
    "national.rpi",
    "wipo.st37",
    "wipo.inid",
    "lists.record_table",
    "lists.tables",
    "lists.workbook",
    "national.kipris",
    "national.kipris_patents",
    "national.kr_figures",
    "us.assignment",
    "wipo.st36",
    "wipo.st36_search",
    "wipo.st66",
    "wipo.st86",
    "wipo.pt_xml",
    "wipo.st96_patent",
    "wipo.st96_events",
    "wipo.st96_gi",
    "wipo.st96_madrid",
    "wipo.st96_mark",
    "wipo.st96_design",
    "attachments",
)


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """A family of XML documents, told by its root.

    name     as `inspect` shows it
    roots    local names of the root
    read     turns one record element into records
    tags     local names at which a record ends; none means the root is the record
    accepts  a further look at the prolog (namespace, attributes); None takes every root of that name
    stream   reads a whole document instead, for those whose one record is made of a million elements
    """

    name: str
    roots: frozenset[str]
    read: Callable[[etree._Element, Notes], Iterable[Record]] = lambda _element, _notes: ()
    tags: tuple[str, ...] = ()
    accepts: Callable[[Prolog], bool] | None = None
    stream: Callable[[Document, Notes], Iterator[Record]] | None = None


@dataclass(frozen=True, slots=True)
class PlainFormat:
    """A file that is not XML.

    sniff  how sure, 0 (no) to 100 (certain), from the first bytes
    read   its records, in a stream
    """

    name: str
    sniff: Callable[[Source], int]
    read: Callable[[Source, Notes], Iterator[Record]]


@cache
def _all() -> tuple[tuple[XmlFormat, ...], tuple[PlainFormat, ...]]:
    found: list[XmlFormat | PlainFormat] = []
    for name in _MODULES:
        found.extend(import_module(f"app.standards.{name}").FORMATS)
    return (
        tuple(f for f in found if isinstance(f, XmlFormat)),
        tuple(f for f in found if isinstance(f, PlainFormat)),
    )


def xml_format(prolog: Prolog) -> XmlFormat | None:
    """The family of a document with this root, None when no reader knows it."""
    for candidate in _all()[0]:
        if prolog.name in candidate.roots and (candidate.accepts is None or candidate.accepts(prolog)):
            return candidate
    return None


@lru_cache(maxsize=1)
def plain_format(source: Source) -> PlainFormat | None:
    """The most likely format of a file that is not XML, kept for whoever asks again."""
    best, surest = None, 0
    for candidate in _all()[1]:
        sure = candidate.sniff(source)
        if sure > surest:
            best, surest = candidate, sure
    return best


def is_xml(head: bytes) -> bool:
    """Whether a file begins as XML does (also in UTF-16, also with garbage before its declaration)."""
    if head.startswith(b"PK\x03\x04"):
        return False  # a document packed without compression shows the XML inside it
    start = head[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    # No name begins with a digit: `<110>` is the first line of a listing by ST.25.
    if start.startswith(b"<") and not start[1:2].isdigit():
        return True
    return b"<?xml" in head[:1024] or b"<\x00?\x00x\x00m\x00l" in head[:2048]
