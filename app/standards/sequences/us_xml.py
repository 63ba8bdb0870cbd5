"""Listings published by the US office in XML (`sequence-cwu`): ST.25 in elements, or as printed lines.

Three forms: elements named after the fields (`s210`), those of the rules before 1998 (`s-2-xi`), and tables
whose rows are the lines of the printed listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record
from app.domain.sequences import Listing, Publication, Sequence
from app.standards.registry import XmlFormat
from app.standards.sequences import st25
from app.standards.sequences.records import counted
from app.standards.sequences.st25 import Field
from app.standards.source import Notes
from app.standards.xml.hardened import Document
from app.standards.xml.texts import field, first, local, plain

ROOTS = frozenset(
    {"sequence-cwu", "sequence-list-new-rules", "sequence-list-old-rules", "us-sequence-listing"}
)
_NEW = re.compile(r"s([1-4]\d\d)\Z", re.I)
_GROUPS = frozenset({100, 200, 300, 220, 301})
# Elements of the rules before 1998 (37 CFR 1.823 as then in force) and the fields that took their place.
_OLD = {
    "s-1-iii": st25.TITLE, "s-2-i-a": st25.LENGTH, "s-2-i-b": st25.TYPE, "s-2-vi-a": st25.ORGANISM,
    "s-2-ix-a": st25.KEY, "s-2-ix-b": st25.LOCATION, "s-2-ix-d": st25.INFORMATION, "s-2-xi": st25.RESIDUES,
}  # fmt: skip
_BREAK = re.compile(r"[\r\n]+")


def events(document: Document, notes: Notes) -> Iterator[Listing | Sequence]:
    """The general part of a listing, then its sequences in order. Raises Broken."""
    for root in document.elements():
        before = document.line - 1
        yield from st25.events(
            _fields(root, before), notes, form="us-xml", published=_published(root)
        )  # fmt: skip


def _published(root: etree._Element) -> Publication | None:
    document = first(root, "publication-reference/document-id")
    number = field(document, "doc-number")
    if not number:
        return None
    return Publication(
        field(document, "country"), number, field(document, "kind"), date=field(document, "date")
    )


def _fields(root: etree._Element, before: int) -> Iterator[Field]:
    if any(_NEW.match(local(e)) or local(e).lower() == "s-2" for e in root.iter(etree.Element)):
        yield from _from_elements(root, before)
    else:
        yield from st25.fields(_printed(root, before))


def _from_elements(root: etree._Element, before: int) -> Iterator[Field]:
    number = 0
    for element in root.iter(etree.Element):
        name = local(element).lower()
        line = (element.sourceline or 0) + before
        if found := _NEW.match(name):
            tag = int(found.group(1))
            if tag == st25.FEATURE or tag not in _GROUPS:
                yield Field(tag, _text(element, tag), line)
        elif name == "s-2":
            number += 1
            yield Field(st25.SEQ_ID, [element.get("seq-no") or element.get("SEQ-NO") or str(number)], line)
        elif tag := _OLD.get(name, 0):
            if tag == st25.KEY:
                yield Field(st25.FEATURE, [""], line)
            yield Field(tag, _text(element, tag), line)


def _text(element: etree._Element, tag: int) -> list[str]:
    """The text in its lines. Residues in elements do not repeat their number in front."""
    if tag == st25.FEATURE:
        return [""]
    if tag != st25.RESIDUES:
        return [re.sub(st25.LABEL, "", plain(element), count=1)]
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return ["", *_BREAK.split(text)]


def _printed(root: etree._Element, before: int) -> Iterator[tuple[int, str]]:
    """The lines of a printed listing: a row of the table each."""
    for row in root.iter("{*}entry", "{*}p", "{*}pre"):
        text = etree.tostring(row, method="text", encoding="unicode", with_tail=False)
        for line in _BREAK.split(text):
            yield (row.sourceline or 0) + before, line


def _stream(document: Document, notes: Notes) -> Iterator[Record]:
    yield from counted(events(document, notes), notes)


FORMATS = (XmlFormat("us-sequence-listing", ROOTS, stream=_stream),)
