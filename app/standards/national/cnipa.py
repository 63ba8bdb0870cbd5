"""Gazettes of the China National Intellectual Property Administration, new (business:/base:) and old form.

Zeros stand for empty values; each text stands twice (original and standard), the original is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record
from app.standards.epo import exchange
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify, described
from app.standards.wipo.st36_ties import cited, related
from app.standards.xml.texts import (
    ST36_BLOCKS,
    ST96_BLOCKS,
    every,
    field,
    first,
    local,
    pad,
    plain,
    tidy,
    value,
)

_CHECK_DIGIT = re.compile(r"(\d{8,12})\.[\dX]\Z", re.I)
_AGENCY_CODE = re.compile(r"\s*\d{4,6}\Z")


def _application(raw: str) -> str:
    """`202111286633.X` without its check digit."""
    found = _CHECK_DIGIT.match(raw)
    return found.group(1) if found else forms.no_zeros(raw)


def _filled(text: str) -> str:
    return forms.no_zeros(tidy(text))


def _original(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """The entries in the form of the original, all of them where no form is said."""
    listed = list(elements)
    return [one for one in listed if one.get("dataFormat") == "original"] or listed


def _start(draft: Draft, office: str, kind_code: str, raw_language: str | None) -> str:
    language = forms.language("zh" if (raw_language or "").upper() == "CN" else raw_language)
    draft.set(office=office, kind_code=kind_code, language=language if language != "und" else "")
    return language


def read_new(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `PatentDocumentAndRelated`."""
    pad(root, ST96_BLOCKS)
    biblio = first(root, "BibliographicData")
    published = _id(biblio, "PublicationReference")
    applied = _id(biblio, "ApplicationReference")
    kind_code, office = field(published, "Kind"), forms.office(field(published, "WIPOST3Code"))
    draft = Draft(exchange.right_of(kind_code, office), exchange.kind_of(office, kind_code), notes, "cnipa")
    titles = _original(every(biblio, "InventionTitle"))
    language = _start(draft, office, kind_code, titles[0].get("lang") if titles else None)
    number = field(published, "DocNumber")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "Date"))
    number = field(applied, "DocNumber")
    draft.number("application_number", _application(number), number)
    draft.date("filing_date", field(applied, "Date"))
    for title in titles:
        draft.text_by_language("titles", forms.language(title.get("lang")), plain(title))
    for claim in _original(every(biblio, "PriorityDetails/Priority")):
        office = forms.office(field(claim, "WIPOST3Code"))
        draft.priority(office, field(claim, "DocNumber"), field(claim, "Date"))
    for one in every(biblio, "ClassificationIPCRDetails/ClassificationIPCR"):
        parts = [field(one, n) for n in ("Section", "MainClass", "Subclass", "MainGroup", "Subgroup")]
        symbol = symbols.ipc_of_parts(*parts)
        draft.classify("ipc", symbol or symbols.ipc(field(one, "Text")), symbol or field(one, "Text"))
    _ties(biblio, draft)
    _parties(first(biblio, "Parties"), _NEW_PARTIES, _people, draft)
    _new_texts(root, draft, language)
    yield draft.finish()


def _ties(biblio: etree._Element | None, draft: Draft) -> None:
    """Locarno classes of designs, divisions, international filing and publication, documents cited."""
    for one in biblio.iter("{*}*") if biblio is not None else ():
        name = local(one)
        if name in ("LocarnoClassification", "ClassificationLocarno"):
            raw = field(one, "MainClass", "LocarnoClass", "Text") or plain(one)
            draft.classify("locarno", symbols.locarno(raw), raw)
    for parent in every(biblio, "RelatedDocuments/Division/DocumentsRelation/ParentDocument/DocumentID"):
        _relate("division", parent, draft)
    for one in biblio if biblio is not None else ():
        name = local(one) if isinstance(one.tag, str) else ""
        if found := _INTERNATIONAL.search(name):
            relation = "application" if found.group(1) == "Filing" else "publication"
            for document in one.iter("{*}DocumentID"):
                _relate(f"international_{relation}", document, draft)
    draft.set(citations=list(_cited(biblio)))


_INTERNATIONAL = re.compile(r"(?:PCT|International).*(Filing|Publi)")


def _relate(relation: str, document: etree._Element, draft: Draft) -> None:
    office, number = forms.office(field(document, "WIPOST3Code")), _application(field(document, "DocNumber"))
    draft.relate(relation, office, number, field(document, "Date"))


def _cited(biblio: etree._Element | None) -> Iterator[CitedDocument]:
    for one in _original(every(biblio, "ReferencesCited/Citation")):
        documents = list(one.iter("{*}DocumentID"))
        category = _filled(field(one, "Category"))
        for document in documents[:1]:
            number = _filled(field(document, "DocNumber"))
            if number:
                office = forms.office(field(document, "WIPOST3Code"))
                yield CitedDocument(office, number, _filled(field(document, "Kind")), category)
        if not documents and (text := plain(one)):
            yield CitedDocument(category=category, text=text)


_NEW_PARTIES = tuple(
    f"{one}Details/{one}" for one in ("Applicant", "Assignee", "Patentee", "Inventor", "Agent")
)
_OLD_PARTIES = tuple(
    f"cn-{one}s/cn-{one}" for one in ("applicant", "assignee", "grantee", "inventor", "agent")
)
_Named = Callable[[Iterable[etree._Element], str], list[NamedParty]]


def _parties(group: etree._Element | None, paths: Iterable[str], named: _Named, draft: Draft) -> None:
    """The parties, in the form `named` reads. `paths`: applicants, assignees, owners, inventors, agents."""
    applicants, assignees, owners, inventors, agents = (list(every(group, path)) for path in paths)
    draft.set(
        applicants=[
            *named(applicants, "applicant"), *named(assignees, "proprietor"), *named(owners, "proprietor"),
        ],
        inventors=named(inventors, "inventor"),
        representatives=[*_agencies(agents), *named(agents, "representative")],
    )  # fmt: skip


def _agencies(agents: Iterable[etree._Element]) -> list[NamedParty]:
    """The agency of each agent, once; its number behind the name is no part of it."""
    names = (field(one, "Agency/AddressBook/OrganizationName", "cn-agency/name") for one in agents)
    return [NamedParty(_AGENCY_CODE.sub("", _filled(name)), role="representative") for name in names if name]


def _id(biblio: etree._Element | None, name: str) -> etree._Element | None:
    return next((first(one, "DocumentID") for one in _original(every(biblio, name))), None)


def _people(elements: Iterable[etree._Element], role: str) -> list[NamedParty]:
    found = []
    for one in _original(elements):
        book = first(one, "AddressBook")
        address = first(book, "Address")
        name = field(book, "Name", "OrganizationName")
        city = _filled(field(address, "City")) or _filled(field(address, "AddressCity"))
        line = _filled(field(address, "Text"))
        name = _AGENCY_CODE.sub("", name) if role == "representative" else name
        found.append(NamedParty(_filled(name), forms.office(field(address, "WIPOST3Code")), city, role, line))
    return found


def _new_texts(root: etree._Element, draft: Draft, language: str) -> None:
    for abstract in _original(every(root, "Abstract")):
        text = " ".join(plain(p) for p in every(abstract, "Paragraphs"))
        draft.text_by_language("abstracts", forms.language(abstract.get("lang")), text)
    for description in _original(every(root, "Description")):
        texts = tuple(
            text
            for p in description.iter("{*}Paragraphs")
            if not any(local(a) == "Paragraphs" for a in p.iterancestors()) and (text := plain(p))
        )
        draft.set(descriptions={forms.language(description.get("lang") or language): texts})
    claims: dict[str, list[str]] = {}
    for group in _original(every(root, "Claims"))[:1]:
        key = forms.language(group.get("lang") or language)
        claims[key] = [plain(claim) for claim in every(group, "Claim")]
    draft.claims(claims)
    draft.images(image.get("file") or "" for image in root.iter("{*}Image"))


def read_old(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `cn-patent-document`."""
    pad(root, ST36_BLOCKS)
    biblio = first(root, "cn-bibliographic-data")
    published = first(biblio, "cn-publication-reference/document-id")
    kind_code, office = (
        field(published, "kind"),
        forms.office(field(published, "country") or root.get("country")),
    )
    draft = Draft(exchange.right_of(kind_code, office), exchange.kind_of(office, kind_code), notes, "cnipa")
    body = first(root, "application-body")
    said = root.get("lang") or (body.get("lang") if body is not None else None)
    language = _start(draft, office, kind_code, said)
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "date"))
    applied = first(biblio, "application-reference/document-id")
    number = field(applied, "doc-number")
    draft.number("application_number", _application(number), number)
    draft.date("filing_date", field(applied, "date"))
    draft.text_by_language("titles", language, field(biblio, "invention-title"))
    for one in every(biblio, "classifications-ipcr/classification-ipcr"):
        classify(draft, "ipc", one)
    for claim in every(biblio, "priority-claims/priority-claim"):
        source = first(claim, "document-id", ".")
        draft.priority(
            forms.office(field(source, "country")), field(source, "doc-number"), field(source, "date")
        )
    for one in every(biblio, "classification-locarno/main-classification"):
        draft.classify("locarno", symbols.locarno(value(one)), value(one))
    if biblio is not None:
        for group in ("related-documents", "cn-related-documents"):
            related(biblio, draft, group)
        draft.set(citations=list(cited(root, biblio)))
    _parties(first(biblio, "cn-parties"), _OLD_PARTIES, _old_people, draft)
    draft.text_by_language(
        "abstracts", language, plain(first(biblio, "abstract") if biblio is not None else None)
    )
    texts = tuple(text for one in every(body, "description") for text in described(one))
    draft.set(descriptions={language: texts} if texts else {})
    draft.claims({language: [plain(c) for g in every(body, "claims") for c in every(g, "claim")]})
    draft.images(image.get("file") or "" for image in root.iter("{*}img"))
    yield draft.finish()


def _old_people(elements: Iterable[etree._Element], role: str) -> list[NamedParty]:
    return [
        NamedParty(
            _filled(field(one, "addressbook/name", "name")),
            forms.office(field(one, "addressbook/address/country", "country")),
            "",
            role,
            field(one, "addressbook/address/text"),
        )
        for one in elements
    ]


FORMATS = (
    XmlFormat("cnipa-gazette", frozenset({"PatentDocumentAndRelated"}), read_new),
    XmlFormat("cnipa-gazette", frozenset({"cn-patent-document"}), read_old),
)
