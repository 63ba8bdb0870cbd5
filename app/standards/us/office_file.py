"""US office file documents ("XML4IP"): claims, specifications and abstracts as the office scanned them.

They belong to an application; a claim carries its status, and pages their headers, which are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.texts import ST96_BLOCKS, field, inside, local, pad, plain

_UND = forms.UNKNOWN_LANGUAGE
_GONE = re.compile(r"cancel|delet|not entered|withdrawn from|previously cancel", re.I)


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One document of an application's file."""
    draft = Draft(Right.PATENT, RecordKind.APPLICATION, notes, "us-office-file")
    draft.set(office="US")
    number = next((plain(e) for e in root.iter("{*}ApplicationNumber") if plain(e)), "")
    draft.number("application_number", forms.no_zeros(number), number)
    _without_page_headers(root)
    pad(root, ST96_BLOCKS)
    code = field(root, "DocumentCode").upper()
    parts = (part for part in root.iter("{*}P", "{*}Heading") if not inside(part, "P", "Heading"))
    texts = [text for part in parts if (text := plain(part))]
    if local(root) == "ClaimsDocument":
        claims = [
            plain_claim
            for claim in root.iter("{*}Claim")
            if not _GONE.search(field(claim, "ClaimStatusCategory"))
            and (plain_claim := _claim(claim))
            and not _is_remark(claim, plain_claim)
        ]
        draft.claims({_UND: claims})
    elif code == "ABST" or local(root) == "AbstractDocument":
        draft.text_by_language("abstracts", _UND, " ".join(t for t in texts if t.upper() != "ABSTRACT"))
    elif texts:
        draft.set(descriptions={_UND: tuple(texts)})
    draft.images(
        name for image in root.iter("{*}Image") if (name := field(image, "ImageFileName", "FileName"))
    )
    yield draft.finish()


_LABEL = re.compile(r"(?:claims?\s*)?\(?\d", re.I)


def _is_remark(claim: etree._Element, text: str) -> bool:
    """`This listing of claims will replace …`: what the office could not tell it calls UNKNOWN."""
    named = next((name for key, name in claim.attrib.items() if str(key).rpartition("}")[2] == "id"), "")
    return str(named).upper().startswith("UNKNOWN") and not _LABEL.match(text)


def _claim(claim: etree._Element) -> str:
    return " ".join(filter(None, (plain(text) for text in claim if local(text) == "ClaimText")))


def _without_page_headers(root: etree._Element) -> None:
    """Take running heads and page numbers out; what follows them on the line stays."""
    for boundary in list(root.iter("{*}BoundaryData")):
        boundary.tail = f" {boundary.tail or ''}"
        for child in list(boundary):
            boundary.remove(child)
        boundary.text = None


FORMATS = (
    XmlFormat(
        "us-office-file", frozenset({"ClaimsDocument", "SpecificationDocument", "AbstractDocument"}), read
    ),
)
