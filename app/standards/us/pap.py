"""US application publications 2001 to 2004 ("pap" DTDs v1.5 and v1.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.texts import (
    PAP_BLOCKS,
    children,
    every,
    field,
    first,
    inside,
    local,
    pad,
    plain,
    value,
)

_UND = forms.UNKNOWN_LANGUAGE
_RELATIONS = {
    "continuation-of": "continuation", "continuation-in-part-of": "continuation_in_part",
    "division-of": "division", "reissue-of": "reissue", "a-371-of-international": "national_phase",
    "continuing-reissue-of": "continuing_reissue", "substitution-for": "substitution",
}  # fmt: skip


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One application publication."""
    biblio = first(root, "subdoc-bibliographic-information")
    published = first(biblio, "document-id")
    kind_code = field(published, "kind-code")
    filing_type = field(biblio, "publication-filing-type")
    right = Right.PLANT_PATENT if "plant" in filing_type or kind_code[:1] == "P" else Right.PATENT
    draft = Draft(right, RecordKind.PUBLICATION, notes, "us-pap")
    # The DTD is the office's own; a country is given only where the document is another office's.
    draft.set(office=forms.office(field(published, "country-code")) or "US", kind_code=kind_code)
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "document-date"))
    filing = first(biblio, "domestic-filing-data")
    applied = field(filing, "application-number/doc-number")
    draft.number("application_number", forms.no_zeros(applied), applied)
    draft.date("filing_date", field(filing, "filing-date"))
    technical = first(biblio, "technical-information")
    draft.text_by_language("titles", _UND, field(technical, "title-of-invention"))
    _classes(technical, draft)
    _ties(biblio, draft)
    _parties(biblio, draft)
    _texts(root, draft)
    yield draft.finish()


def _classes(technical: etree._Element | None, draft: Draft) -> None:
    # Only its own: citations carry classes too.
    for group in every(technical, "classification-ipc"):
        for one in group.iter("{*}ipc"):
            draft.ipc(value(one))
    for group in every(technical, "classification-us"):
        for one in group.iter("{*}uspc"):
            klass, subclass = field(one, "class"), field(one, "subclass")
            draft.classify("uspc", symbols.uspc_of_parts(klass, subclass), f"{klass} {subclass}")
    for one in every(technical, "botanic"):
        if latin := field(one, "latin-name"):
            draft.as_filed["latin_name"] = latin
    draft.set(citations=[_cited(one) for one in every(technical, "citation")])


def _cited(one: etree._Element) -> CitedDocument:
    document = first(one, "cited-patent-literature/document-id")
    if document is None:
        return CitedDocument(text=field(one, "cited-non-patent-literature"))
    number = forms.unpadded(field(document, "doc-number"))
    # The DTD leaves the country out for the office's own documents.
    return CitedDocument(forms.office(field(document, "country-code")) or "US", number,
                         field(document, "kind-code"))  # fmt: skip


def _ties(biblio: etree._Element | None, draft: Draft) -> None:
    if biblio is None:
        return
    for claim in biblio.iter("{*}foreign-priority-data"):
        number = field(claim, "priority-application-number/doc-number", "priority-application-number")
        draft.priority(forms.office(field(claim, "country-code")), number, field(claim, "filing-date"))
    for one in biblio.iter("{*}non-provisional-of-provisional"):
        document = first(one, "document-id")
        draft.priority(
            forms.office(field(document, "country-code")) or "US", field(document, "doc-number"),
            field(document, "document-date"), "provisional",
        )  # fmt: skip
    for one in biblio.iter(*(f"{{*}}{name}" for name in _RELATIONS)):
        for document in every(one, "parent-child/parent/document-id"):
            draft.relate(
                _RELATIONS[local(one)], forms.office(field(document, "country-code")),
                field(document, "doc-number"), field(document, "document-date"),
            )  # fmt: skip

    for path, relation in (
        ("international-conventions/pct-application/document-id", "international_application"),
        ("international-conventions/pct-publication/document-id", "international_publication"),
        ("prior-publication/document-id", "related_publication"),
        ("continuity-data/corrected-republication-of/document-id", "correction"),
    ):
        for document in every(biblio, path):
            number = field(document, "doc-number")
            office = forms.office(field(document, "country-code"))
            if not office and not relation.startswith("international"):
                office = "US"
            draft.relate(relation, office, number, field(document, "document-date"))


def _parties(biblio: etree._Element | None, draft: Draft) -> None:
    if biblio is None:
        return
    people = [
        _person(one, "inventor")
        for group in every(biblio, "inventors")
        for one in children(group, "first-named-inventor", "inventor")
    ]
    owners = [_owner(one, "assignee") for one in every(biblio, "assignee")]
    draft.set(inventors=people, applicants=owners)


def _person(one: etree._Element, role: str) -> NamedParty:
    name = first(one, "name")
    given = " ".join(p for p in (field(name, "given-name"), field(name, "middle-name")) if p)
    home = first(one, "residence/residence-us", "residence/residence-non-us", "residence/military-service")
    country = forms.office(field(home, "country-code")) or forms.office(
        field(one, "address/country/country-code")
    )
    return NamedParty(
        parties.person(field(name, "family-name"), given, field(name, "name-suffix")),
        country,
        field(home, "city") or field(one, "address/city"),
        role,
        field(one, "address/address-1"),
    )


def _owner(one: etree._Element, role: str) -> NamedParty:
    name = field(one, "organization-name") or _person(one, role).name
    address = first(one, "address")
    country = forms.office(field(address, "country/country-code", "country-code"))
    return NamedParty(name, country, field(address, "city"), role, field(address, "address-1"))


def _texts(root: etree._Element, draft: Draft) -> None:
    pad(root, PAP_BLOCKS)
    abstract = first(root, "subdoc-abstract")
    if abstract is not None:
        text = " ".join(filter(None, (plain(p) for p in every(abstract, "paragraph"))))
        draft.text_by_language("abstracts", _UND, text or plain(abstract))
    description = first(root, "subdoc-description")
    if description is not None:
        found = (
            plain(part) for part in description.iter(*_PARAGRAPHS) if not inside(part, "paragraph", "heading")
        )
        draft.set(descriptions={_UND: tuple(text for text in found if text)})
    claims = [
        _BEFORE_STOP.sub(r"\1", plain(claim))
        for group in every(root, "subdoc-claims")
        for claim in group.iter("{*}claim")
    ]
    draft.claims({_UND: claims})
    draft.set(sequences=sum(1 for _one in root.iter("{*}s210", "{*}s-2")))
    draft.images(
        name for image in root.iter("{*}image") if (name := image.get("file") or image.get("id") or "")
    )


# A reference to another claim is a block of its own inside the sentence: `claim 1 , wherein`.
_BEFORE_STOP = re.compile(r" ([,;.](?:\s|\Z))")


_PARAGRAPHS = (
    "{*}paragraph", "{*}heading", "{*}paragraph-federal-research-statement", "{*}program-listing",
)  # fmt: skip


FORMATS = (XmlFormat("us-pap", frozenset({"patent-application-publication"}), read),)
