"""Patent and utility model records of the German register (`dpma-patent-document`).

The place of a foreign party is part of its name text; numbers are padded, application numbers carry a
check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.epo import exchange, numberings
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import literature
from app.standards.wipo.st36_ties import related
from app.standards.xml.texts import every, field, first, value

_CHECK_DIGIT = re.compile(r"(\S+)\.\d\Z")
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,6}\b")


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One record of the register."""
    biblio = first(root, "bibliographic-data")
    special = first(biblio, "office-specific-bib-data")
    published = first(biblio, "publication-references/publication-reference/document-id")
    kind_code = field(published, "kind")
    type_ = field(special, "type-of-ip-right").lower()
    right = (
        Right.UTILITY_MODEL
        if "gebrauchs" in type_ or "utility" in type_
        else exchange.right_of(kind_code, "DE")
    )
    out = published is not None or bool(field(special, "date-of-first-publication"))
    kind = exchange.kind_of("DE", kind_code) if out else RecordKind.APPLICATION
    draft = Draft(right, kind, notes, "dpma")
    applied = first(biblio, "application-reference")
    draft.set(
        office=forms.office(field(published, "country") or field(applied, "document-id/country")),
        kind_code=kind_code,
        status=field(special, "status"),
    )
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "date") or field(special, "date-of-first-publication"))
    number = field(applied, "document-id/doc-number", "doc-number")
    found = _CHECK_DIGIT.match(number)
    draft.number("application_number", found.group(1) if found else forms.no_zeros(number), number)
    draft.date(
        "filing_date", field(applied, "document-id/date", "date") or field(special, "national-filing-data")
    )
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang")), value(title))
    draft.text_by_language("abstracts", forms.UNKNOWN_LANGUAGE, field(special, "abstract"))
    for one in every(biblio, "classifications-ipcr/classification-ipcr"):
        draft.ipc(field(one, "text") or value(one))
    draft.date("registration_date", field(special, "date-of-registration"))
    draft.date("expiry_date", field(special, "end-of-term-of-protection"))
    for claim in every(biblio, "priority-claims/priority-claim"):
        draft.priority(
            forms.office(field(claim, "country")), field(claim, "doc-number"), field(claim, "date")
        )
    _ties(biblio, special, draft)
    for name, group, single, role in (
        ("applicants", "applicants", "applicant", "applicant"),
        ("inventors", "inventors", "inventor", "inventor"),
        ("representatives", "agents", "agent", "representative"),
    ):
        elements = list(every(biblio, f"parties/{group}/{single}"))
        draft.set(**{name: [_party(one, role) for one in elements]})
        raw = [text for one in elements if (text := field(one, "addressbook/text"))]
        if raw:
            draft.as_filed[name] = "; ".join(raw)
    yield draft.finish()


def _ties(biblio: etree._Element | None, special: etree._Element | None, draft: Draft) -> None:
    """Later publications of the file, parents, exhibitions, the basic patent of a certificate, citations."""
    path = "publication-references/publication-reference/document-id"
    for other in list(every(biblio, path))[1:]:
        number = forms.unpadded(field(other, "doc-number"))
        draft.relate("publication", forms.office(field(other, "country")), number, field(other, "date"))
    if biblio is not None:
        related(biblio, draft)
    for basic in every(special, "application-reference-basic-patent"):
        document = first(basic, "document-id", ".")
        office, number = forms.office(field(document, "country")), field(document, "doc-number")
        draft.relate("basic_patent", office, numberings.unchecked(number), field(document, "date"))
    for shown in every(special, "exhibition-priorities/exhibition-priority"):
        draft.relate("exhibition", "", field(shown, "exhibition"), field(shown, "priority-date", "date"))
    found = []
    for one in every(biblio, "references-cited/citation"):
        marks = list(one.iter("{*}relevance-ind"))
        category = ",".join(symbols.once(value(mark) for mark in marks))
        for mark in marks:
            mark.text = ""
        category = "" if category == "Undefined" else category
        for document in every(one, "patcit/document-id"):
            office, number = forms.office(field(document, "country")), field(document, "doc-number")
            kind_code = field(document, "kind")
            found.append(CitedDocument(office, forms.unpadded(number), kind_code, category))
        if first(one, "patcit/document-id") is None and (text := literature(one)):
            found.append(CitedDocument(category=category, text=text))
    draft.set(citations=found)


def _party(one: etree._Element, role: str) -> NamedParty:
    name, line = field(one, "addressbook/name"), field(one, "addressbook/address/address-1")
    country = forms.office(field(one, "addressbook/address/country"))
    if _POSTCODE.match(line) or not line:
        return NamedParty(name, country, _POSTCODE.sub("", line).strip(), role, line)
    head, comma, place = name.rpartition(", ")
    return NamedParty(head if comma else name, country, place if comma else "", role, line)


FORMATS = (XmlFormat("dpma-patent", frozenset({"dpma-patent-document"}), read),)
