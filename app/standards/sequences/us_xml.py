"""Listings published by the US office in XML (`sequence-cwu`): ST.25 in elements, or as printed lines.

Three forms: elements named after the fields (`s210`), those of the rules before 1998 (`s-2-xi`), and tables
whose rows are the lines of the printed listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

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

_ROOTS = frozenset(
    {"sequence-cwu", "sequence-list-new-rules", "sequence-list-old-rules", "us-sequence-listing"}
)
_NEW = {
    f"s{tag}": tag
    for tag in (110, 120, 130, 140, 141, 150, 151, 160, 170, 210, 211, 212, 213, 221, 222, 223, 400)
}
# Elements of the rules before 1998 (37 CFR 1.823 as then in force) and the fields that took their place.
_OLD = {
    "s-1-iii": st25.TOTAL, "s-2-i-a": st25.LENGTH, "s-2-i-b": st25.TYPE, "s-2-vi-a": st25.ORGANISM,
    "s-2-ix-a": st25.KEY, "s-2-ix-b": st25.LOCATION, "s-2-ix-d": st25.INFORMATION, "s-2-xi": st25.RESIDUES,
}  # fmt: skip
_TAGS = _NEW | _OLD
_PRINTED = ("entry", "p", "pre")
_BREAK = re.compile(r"[\r\n]+")


def events(document: Document, notes: Notes) -> Iterator[Listing | Sequence]:
    """The general part of a listing, then its sequences in order. Raises Broken."""
    elements = document.elements((*_TAGS, *_PRINTED))
    leading = next(elements, None)
    if leading is None:
        return
    published = _published(leading.getroottree().getroot())
    before = document.line - 1
    found: Iterator[Field]
    if local(leading) in _TAGS:
        found = _from_elements(chain([leading], elements), before)
    else:
        found = st25.fields(_printed(chain([leading], elements), before))
    yield from st25.events(found, notes, form="us-xml", published=published)


def _published(root: etree._Element) -> Publication | None:
    document = first(root, "publication-reference/document-id")
    number = field(document, "doc-number")
    if not number:
        return None
    return Publication(
        field(document, "country"), number, field(document, "kind"), date=field(document, "date")
    )


def _from_elements(elements: Iterable[etree._Element], before: int) -> Iterator[Field]:
    """A field an element; features and the sequences of the old rules begin with the element around them."""
    around: dict[str, etree._Element | None] = {"s-2": None, "s220": None, "s-2-ix": None}
    number = 0
    for element in elements:
        line = (element.sourceline or 0) + before
        for above in element.iterancestors(*around):
            name = local(above)
            if around[name] is above:
                continue
            around[name] = above
            if name == "s-2":
                number += 1
                yield Field(st25.SEQ_ID, [above.get("seq-no") or str(number)], line)
            else:
                yield Field(st25.FEATURE, [""], line)
        tag = _TAGS.get(local(element))
        if tag is not None:
            yield Field(tag, _text(element, tag), line)


def _text(element: etree._Element, tag: int) -> list[str]:
    """The text in its lines. Residues in elements do not repeat their number in front."""
    if tag != st25.RESIDUES:
        return [st25.LABEL.sub("", plain(element), count=1)]
    return ["", *_BREAK.split(_all(element))]


def _printed(elements: Iterable[etree._Element], before: int) -> Iterator[tuple[int, str]]:
    """The lines of a printed listing: a row of the table each."""
    for row in elements:
        if local(row) in _PRINTED:
            for line in _BREAK.split(_all(row)):
                yield (row.sourceline or 0) + before, line


def _all(element: etree._Element) -> str:
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def _stream(document: Document, notes: Notes) -> Iterator[Record]:
    yield from counted(events(document, notes), notes)


FORMATS = (XmlFormat("us-sequence-listing", _ROOTS, stream=_stream),)
