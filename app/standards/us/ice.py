"""US grants and applications in Red Book form: ICE DTDs v4.0 to v4.7, ST.36 in spirit.

Also the `sequence-cwu` documents that stand between the grants of a weekly file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify, paragraphs, party_of
from app.standards.xml.texts import ST36_BLOCKS, children, every, field, first, local, pad, plain, value

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
    published = first(biblio, "publication-reference/document-id")
    kind_code = field(published, "kind")
    draft = Draft(_right(type_, kind_code), _kind(root, kind_code), notes, "us-ice")
    language = forms.language(root.get("lang") or biblio.get("lang"))
    draft.set(
        office=forms.office(field(published, "country") or root.get("country")),
        kind_code=kind_code,
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "date") or root.get("date-publ") or "")
    applied = first(application, "document-id")
    draft.number(
        "application_number", forms.no_zeros(field(applied, "doc-number")), field(applied, "doc-number")
    )
    draft.date("filing_date", field(applied, "date"))
    for title in every(biblio, "invention-title"):
        pad(title, ST36_BLOCKS)
        draft.text_by_language("titles", forms.language(title.get("lang") or language), plain(title))
    _classes(biblio, draft)
    _priorities(biblio, draft)
    _related(biblio, draft)
    _parties(biblio, draft)
    _citations(biblio, draft)
    _texts(root, biblio, draft, language)
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
    for one in every(biblio, "classifications-ipcr/classification-ipcr"):
        classify(draft, "ipc", one)
    for one in every(biblio, "classification-ipcr"):
        classify(draft, "ipc", one)
    for old in every(biblio, "classification-ipc"):
        for one in children(old, "main-classification", "further-classification"):
            draft.ipc(value(one))
    cpc = first(biblio, "classifications-cpc")
    if cpc is not None:
        for one in cpc.iter("{*}classification-cpc"):
            classify(draft, "cpc", one)
    for one in every(biblio, "classification-locarno/main-classification"):
        draft.classify("locarno", symbols.locarno(value(one)), value(one))
    for national in every(biblio, "classification-national"):
        if field(national, "country") in ("US", ""):
            for one in children(national, "main-classification", "further-classification"):
                raw = "".join(one.itertext()).rstrip()
                draft.classify("uspc", symbols.uspc(raw), raw)


def _priorities(biblio: etree._Element, draft: Draft) -> None:
    for claim in every(biblio, "priority-claims/priority-claim"):
        kind = "pct" if claim.get("kind") == "international" else "foreign"
        source = first(claim, "document-id")
        source = claim if source is None else source
        draft.priority(
            forms.office(field(source, "country")), field(source, "doc-number"), field(source, "date"), kind
        )
    for one in every(biblio, "us-related-documents/us-provisional-application/document-id"):
        draft.priority(
            forms.office(field(one, "country")), field(one, "doc-number"), field(one, "date"), "provisional"
        )


def _related(biblio: etree._Element, draft: Draft) -> None:
    for group in every(biblio, "us-related-documents"):
        for tie in group:
            relation = _RELATIONS.get(local(tie)) if isinstance(tie.tag, str) else None
            if relation:
                for parent in tie.iter("{*}parent-doc"):
                    _relate(draft, relation, first(parent, "document-id"))
            elif isinstance(tie.tag, str) and local(tie) == "related-publication":
                _relate(draft, "related_publication", first(tie, "document-id"))
    for data in every(biblio, "pct-or-regional-filing-data"):
        _relate(draft, "international_application", first(data, "document-id"))
    for data in every(biblio, "pct-or-regional-publishing-data"):
        _relate(draft, "international_publication", first(data, "document-id"))


def _relate(draft: Draft, relation: str, document: etree._Element | None) -> None:
    if document is not None:
        office, number = forms.office(field(document, "country")), field(document, "doc-number")
        draft.relate(relation, office, number, field(document, "date"))


def _parties(biblio: etree._Element, draft: Draft) -> None:
    group = first(biblio, "us-parties", "parties")
    applicants: list[NamedParty] = []
    inventors: list[NamedParty] = []
    for one in (*every(group, "us-applicants/us-applicant"), *every(group, "applicants/applicant")):
        party = party_of(one, "applicant")
        applicants.append(party)
        if "inventor" in (one.get("app-type") or ""):
            inventors.append(_as_inventor(party))
    for one in every(group, "inventors/*"):
        inventors.append(party_of(one, "inventor"))
    for one in every(biblio, "assignees/assignee"):
        applicants.append(party_of(one, "assignee"))
    agents = [party_of(one, "representative") for one in every(group, "agents/agent")]
    draft.set(applicants=applicants, inventors=inventors, representatives=agents)


def _as_inventor(party: NamedParty) -> NamedParty:
    return NamedParty(party.name, party.country, party.city, "inventor", party.address)


def _citations(biblio: etree._Element, draft: Draft) -> None:
    found = []
    for group in children(biblio, "us-references-cited", "references-cited"):
        for one in children(group, "us-citation", "citation"):
            category = field(one, "category")
            document = first(one, "patcit/document-id")
            if document is not None:
                found.append(
                    CitedDocument(
                        forms.office(field(document, "country")),
                        _cited_number(field(document, "doc-number")),
                        field(document, "kind"),
                        category,
                    )
                )
            elif text := field(one, "nplcit"):
                found.append(CitedDocument(category=category, text=text))
    draft.set(citations=found)


_OFFICE_IN_FRONT = re.compile(r"^[A-Z]{2}[\s-]*(?=\d)")


def _cited_number(raw: str) -> str:
    """`D. 271298` D271298, `WO 2008057457` 2008057457; strokes of US and WO numbers stay as printed."""
    text = raw.replace("D. ", "D").replace("Des. ", "D")
    if not re.match(r"^(RE|PP|AI)", text):
        text = _OFFICE_IN_FRONT.sub("", text)
    return text if text.startswith("0") and "/" in text else forms.unpadded(text)


def _texts(root: etree._Element, biblio: etree._Element, draft: Draft, language: str) -> None:
    pad(root, ST36_BLOCKS)
    for abstract in every(root, "abstract"):
        draft.text_by_language("abstracts", forms.language(abstract.get("lang") or language), plain(abstract))
    for description in every(root, "description"):
        key = forms.language(description.get("lang") or language)
        draft.set(descriptions={key: paragraphs(description)})
    claims: dict[str, list[str]] = {}
    for group in every(root, "claims"):
        key = forms.language(group.get("lang") or language)
        claims.setdefault(key, []).extend(plain(claim) for claim in children(group, "claim"))
    draft.claims(claims, field(biblio, "number-of-claims"))
    draft.images(img.get("file") or "" for img in root.iter("{*}img"))


_SEQUENCE = re.compile(r"<210>")
_DECLARED = re.compile(r"<160>\D*(\d+)")


def read_sequences(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """A `sequence-cwu` document: whose listing it is, and how many sequences."""
    published = first(root, "publication-reference/document-id")
    draft = Draft(Right.PATENT, RecordKind.SEQUENCE_LISTING, notes, "us-sequence")
    draft.set(office=forms.office(field(published, "country")), kind_code=field(published, "kind"))
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "date"))
    pad(root, ST36_BLOCKS)
    text = plain(root)
    count = len(_SEQUENCE.findall(text)) or sum(1 for _s in root.iter("{*}s-2", "{*}s210", "{*}sequence"))
    declared = _DECLARED.search(text)
    if declared and count and int(declared.group(1)) != count:
        notes.add(
            Severity.WARNING, "sequences", "us-sequence.count",
            _("The listing says {declared} sequences, but holds {counted}.").format(
                declared=declared.group(1), counted=count
            ), "ST.25, <160>",
        )  # fmt: skip
    draft.set(sequences=count)
    yield draft.finish()


FORMATS = (
    XmlFormat("us-ice", frozenset({"us-patent-grant", "us-patent-application"}), read),
    XmlFormat("us-sequence-listing", frozenset({"sequence-cwu"}), read_sequences),
)
