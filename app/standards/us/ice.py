"""US grants and applications in Red Book form: ICE DTDs v4.0 to v4.7, ST.36 in spirit.

The `sequence-cwu` documents between the grants of a weekly file are read by `sequences.us_xml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify, party_of, texts
from app.standards.xml.texts import (
    ST36_BLOCKS,
    children,
    every,
    field,
    first,
    leaves,
    local,
    pad,
    plain,
    tidy,
    value,
)

_RIGHTS = {"design": Right.DESIGN, "plant": Right.PLANT_PATENT}
_RELATIONS = {
    "addition": "addition", "division": "division", "continuation": "continuation",
    "continuation-in-part": "continuation_in_part", "continuing-reissue": "continuing_reissue",
    "reissue": "reissue", "us-divisional-reissue": "divisional_reissue", "reexamination": "reexamination",
    "us-reexamination-reissue-merger": "reexamination_reissue_merger", "substitution": "substitution",
    "utility-model-basis": "utility_model_basis", "correction": "correction",
    "a-371-of-international": "national_phase",
}  # fmt: skip


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One grant or application publication."""
    biblio = first(root, "us-bibliographic-data-grant", "us-bibliographic-data-application")
    if biblio is None:
        notes.add(
            Severity.ERROR, local(root), "us-ice.no-bibliography",
            _("This document has no bibliographic data; nothing was taken from it."),
        )  # fmt: skip
        return
    application = first(biblio, "application-reference")
    type_ = (application.get("appl-type") or "").lower() if application is not None else ""
    published = leaves(first(biblio, "publication-reference/document-id"))
    kind_code = published.get("kind", "")
    draft = Draft(_right(type_, kind_code), _kind(root, kind_code), notes, "us-ice")
    language = forms.language(root.get("lang") or biblio.get("lang"))
    draft.set(
        office=forms.office(published.get("country") or root.get("country")),
        kind_code=kind_code,
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    number = published.get("doc-number", "")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", published.get("date") or root.get("date-publ") or "")
    applied = leaves(first(application, "document-id"))
    number = applied.get("doc-number", "")
    draft.number("application_number", forms.no_zeros(number), number)
    draft.date("filing_date", applied.get("date", ""))
    for title in every(biblio, "invention-title"):
        pad(title, ST36_BLOCKS)
        draft.text_by_language("titles", forms.language(title.get("lang") or language), plain(title))
    _classes(biblio, draft)
    _priorities(biblio, draft)
    _related(biblio, draft)
    _parties(biblio, draft)
    draft.set(citations=_citations(biblio))
    texts(root, draft, field(biblio, "number-of-claims"))
    if draft.right is Right.DESIGN:
        draft.set(designs=1)
    yield draft.finish()


def _right(type_: str, kind_code: str) -> Right:
    if type_ in _RIGHTS:
        return _RIGHTS[type_]
    return {"S": Right.DESIGN, "P": Right.PLANT_PATENT}.get(kind_code[:1], Right.PATENT)


def _kind(root: etree._Element, kind_code: str) -> RecordKind:
    if local(root) == "us-patent-application" or kind_code.startswith("H"):
        return RecordKind.PUBLICATION
    return RecordKind.GRANT


def _classes(biblio: etree._Element, draft: Draft) -> None:
    for one in (
        *every(biblio, "classifications-ipcr/classification-ipcr"),
        *every(biblio, "classification-ipcr"),
    ):
        classify(draft, "ipc", one)
    for old in every(biblio, "classification-ipc"):
        for one in children(old, "main-classification", "further-classification"):
            draft.ipc(value(one))
    for group in every(biblio, "classifications-cpc"):
        for one in group.iter("{*}classification-cpc"):
            classify(draft, "cpc", one)
    for group in every(biblio, "classification-locarno"):
        for one in children(group, "main-classification", "further-classification"):
            draft.classify("locarno", symbols.locarno(value(one)), value(one))
    for national in every(biblio, "classification-national"):
        if field(national, "country") in ("US", ""):
            for one in children(national, "main-classification", "further-classification"):
                raw = "".join(one.itertext()).rstrip()
                draft.classify("uspc", symbols.uspc(raw), raw)


def _priorities(biblio: etree._Element, draft: Draft) -> None:
    for claim in every(biblio, "priority-claims/priority-claim"):
        kind = "pct" if claim.get("kind") == "international" else "foreign"
        _claim_priority(draft, leaves(first(claim, "document-id", ".")), kind)
    for one in every(biblio, "us-related-documents/us-provisional-application/document-id"):
        _claim_priority(draft, leaves(one), "provisional")


def _claim_priority(draft: Draft, told: dict[str, str], kind: str) -> None:
    draft.priority(forms.office(told.get("country")), told.get("doc-number", ""), told.get("date", ""), kind)


def _related(biblio: etree._Element, draft: Draft) -> None:
    for group in every(biblio, "us-related-documents"):
        for tie in group:
            name = local(tie)
            if relation := _RELATIONS.get(name):
                for parent in tie.iter("{*}parent-doc"):
                    _relate(draft, relation, first(parent, "document-id"))
            elif name == "related-publication":
                for document in every(tie, "document-id"):
                    _relate(draft, "related_publication", document)
    for path, relation in (
        ("pct-or-regional-filing-data/document-id", "international_application"),
        ("pct-or-regional-publishing-data/document-id", "international_publication"),
    ):
        for document in every(biblio, path):
            _relate(draft, relation, document)
    for data in every(biblio, "hague-agreement-data"):
        # A design of the Hague system: the registration is the International Bureau's.
        draft.relate(
            "international_registration", "WO", field(data, "international-registration-number"),
            field(data, "international-registration-date"),
        )  # fmt: skip


def _relate(draft: Draft, relation: str, document: etree._Element | None) -> None:
    told = leaves(document, "country", "doc-number", "date")
    office, number = forms.office(told.get("country")), told.get("doc-number", "")
    draft.relate(relation, office, number, told.get("date", ""))


def _parties(biblio: etree._Element, draft: Draft) -> None:
    group = first(biblio, "us-parties", "parties")
    applicants: list[NamedParty] = []
    inventors: list[NamedParty] = []
    for one in (*every(group, "us-applicants/us-applicant"), *every(group, "applicants/applicant")):
        party = party_of(one, "applicant")
        applicants.append(party)
        if "inventor" in (one.get("app-type") or ""):
            named = party.name, party.country, party.city
            inventors.append(NamedParty(*named, "inventor", party.address))
    # Until v4.2 the dead stand beside the parties, later among the inventors.
    for one in (*every(group, "inventors/*"), *every(biblio, "us-deceased-inventor")):
        inventors.append(party_of(one, "inventor"))
    applicants.extend(party_of(one, "assignee") for one in every(biblio, "assignees/assignee"))
    agents = [party_of(one, "representative") for one in every(group, "agents/agent")]
    draft.set(applicants=applicants, inventors=inventors, representatives=agents)


_CITATIONS = ("us-citation", "citation")
_OF_CITATIONS = tuple(
    f"{{*}}{name}" for name in (*_CITATIONS, "country", "doc-number", "kind", "category", "nplcit")
)


def _citations(biblio: etree._Element) -> list[CitedDocument]:
    """A grant may cite hundreds of documents: all are gone through once, in document order."""
    found: list[CitedDocument] = []
    for group in children(biblio, "us-references-cited", "references-cited"):
        one: etree._Element | None = None
        told: dict[str, str] = {}
        for part in group.iterdescendants(*_OF_CITATIONS):
            name = part.tag.rpartition("}")[2]
            if name in _CITATIONS:
                if one is not None:
                    found.append(_cited(one, told))
                one, told = part, {}
            elif name not in told:
                told[name] = value(part)
        if one is not None:
            found.append(_cited(one, told))
    return [cited for cited in found if cited.number or cited.text]


def _cited(one: etree._Element, told: dict[str, str]) -> CitedDocument:
    category = told.get("category", "")
    if "nplcit" not in told and (number := told.get("doc-number")):
        office, kind_code = forms.office(told.get("country")), told.get("kind", "")
        return CitedDocument(office, forms.cited_number(number), kind_code, category)
    literature = first(one, "nplcit", "patcit", "text")
    if literature is not None and next(children(literature, "article", "book", "online"), None) is not None:
        return CitedDocument(category=category, text=tidy(" ".join(literature.itertext())))
    return CitedDocument(category=category, text=told.get("nplcit") or plain(literature))


FORMATS = (XmlFormat("us-ice", frozenset({"us-patent-grant", "us-patent-application"}), read),)
