"""Answers of the EPO's Open Patent Services: biblio, full text, legal events, register, and its refusals."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from lxml import etree

from app.domain.record import Record
from app.errors import FileRefused, _
from app.standards.epo import exchange, inpadoc, numberings, register
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import paragraphs
from app.standards.xml.texts import ST36_BLOCKS, every, field, first, local, pad, plain, value

STANDARD = "epo-ops"


def read(element: etree._Element, notes: Notes) -> Iterable[Record]:
    """One record of an answer, whatever it is."""
    # A prefix nobody declares is part of the name.
    reader = _READERS.get(local(element).rpartition(":")[2])
    return reader(element, notes) if reader else ()


def _found(reference: etree._Element, notes: Notes) -> Iterable[Record]:
    """A hit of a search, told by its number alone; elsewhere the question is repeated in this form."""
    above = reference.getparent()
    if above is None or local(above) != "search-result":
        return ()
    return _numbered([reference], notes)


def _numbered(references: Iterable[etree._Element], notes: Notes) -> Iterator[Record]:
    for reference in references:
        holder = etree.Element("member")
        holder.append(copy.deepcopy(reference))
        yield from inpadoc.read_numbers(holder, notes)


def _inquired(result: etree._Element, notes: Notes) -> Iterator[Record]:
    """A document and what there is of it: texts, pages as images, or the document itself."""
    documents = list(every(result, "exchange-documents/exchange-document"))
    for one in documents:
        yield from exchange.read(one, notes)
    links = [one.get("link") or "" for one in every(result, "document-instance")]
    for record in inpadoc.read_numbers(result, notes) if not documents else ():
        yield replace(record, images=len(links), image_names=symbols.once(links))


def _converted(answer: etree._Element, notes: Notes) -> Iterator[Record]:
    """A number in another form: what was asked is not repeated."""
    for name in ("publication-reference", "application-reference"):
        yield from _numbered(every(answer, f"output/{name}"), notes)


def _head(draft: Draft, document: etree._Element | None) -> None:
    office, number = forms.office(field(document, "country")), field(document, "doc-number")
    draft.set(office=office, kind_code=field(document, "kind"))
    draft.number("publication_number", numberings.printed(office, number), number)


def _full_text(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """Claims or description of one publication; a whole claim set stands in one element."""
    document = first(root, "bibliographic-data/publication-reference/document-id")
    office, kind_code = forms.office(field(document, "country")), field(document, "kind")
    draft = Draft(exchange.right_of(kind_code, office), exchange.kind_of(office, kind_code), notes, STANDARD)
    _head(draft, document)
    descriptions: dict[str, tuple[str, ...]] = {}
    claims: dict[str, list[str]] = {}
    for group in every(root, "claims"):
        found = claims.setdefault(forms.language(group.get("lang")), [])
        for claim in every(group, "claim"):
            found.extend(_divided(claim))
    pad(root, ST36_BLOCKS)
    for description in every(root, "description"):
        descriptions[forms.language(description.get("lang"))] = paragraphs(description)
    draft.set(descriptions={key: texts for key, texts in descriptions.items() if texts})
    draft.claims(claims)
    yield draft.finish()


_NUMBERED = re.compile(r"\s*(\d{1,3})\s*[.)]?\s+\S")


def _divided(claim: etree._Element) -> list[str]:
    """The claims of one element: a new one begins where the next number in order stands in front."""
    texts = [value(text) for text in every(claim, "claim-text")] or [plain(claim)]
    parts: list[str] = []
    number = 0
    for text in texts:
        found = _NUMBERED.match(text)
        if found and int(found.group(1)) == number + 1:
            number += 1
            # "What is claimed is:" stands before the first claim and is none itself.
            parts = [f"{' '.join(parts)} {text}".strip()] if number == 1 else [*parts, text]
        elif parts:
            parts[-1] = f"{parts[-1]} {text}"
        else:
            parts.append(text)
    return [part for text in parts for part in _split_inside(text) if part]


def _split_inside(text: str) -> list[str]:
    """`1. A … 2. The …` in one text, divided where the numbers go up by one after a full stop."""
    first_number = re.match(r"\s*(\d{1,3})\.\s|\D{1,60}\s(1)\.\s", text)
    if not first_number:
        return [text]
    parts, start, number = [], 0, int(first_number.group(1) or 1)
    while found := re.search(rf"(?<=[.;])\s+{number + 1}\.\s+(?=[A-Z\u00c0-\u00de])", text[start:]):
        parts.append(text[start : start + found.start()].strip())
        start += found.start()
        number += 1
    return [*parts, text[start:].strip()]


def refuse(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """The service answered that it has no answer."""
    raise FileRefused(
        _("The file holds no data but an answer of the service that made it: {why} ({code}).").format(
            why=field(root, "message", "description") or "?", code=field(root, "code") or "?"
        ),
        _("Ask the service again and inspect what it sends then."),
    )
    yield


_READERS: dict[str, Callable[[etree._Element, Notes], Iterable[Record]]] = {
    "exchange-document": exchange.read,
    "ccd-member": exchange.read,
    "fulltext-document": _full_text,
    "family-member": inpadoc.read_member,
    "legal": inpadoc.read_event,
    "register-document": register.read,
    "publication-reference": _found,
    "inquiry-result": _inquired,
    "standardization": _converted,
}
RECORDS = tuple(_READERS)
# An answer, and its parts cut out of it.
_ROOTS = frozenset(
    {
        "world-patent-data", "patent-family", "family-member", "legal", "fulltext-documents",
        "fulltext-document", "register-documents", "register-document", "biblio-search",
    }
)  # fmt: skip
FORMATS = (
    XmlFormat("epo-ops", _ROOTS, read, RECORDS),
    XmlFormat("epo-ops", frozenset({"fault"}), refuse),
)
