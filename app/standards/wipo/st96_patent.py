"""ST.96 patents: publications, applications and their parts, V6.0 and the versions before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import CitedDocument, Record, RecordKind, Right
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st96_parts import application_number, bag, language
from app.standards.xml.texts import ST96_BLOCKS, children, every, field, first, local, pad, plain, value

_RELATIONS = {
    "Addition": "addition",
    "Division": "division",
    "Continuation": "continuation",
    "PartialContinuation": "continuation_in_part",
    "ContinuationInPart": "continuation_in_part",
    "ContinuingReissue": "continuing_reissue",
    "Reissue": "reissue",
    "DivisionalReissue": "divisional_reissue",
    "Reexamination": "reexamination",
    "ReexaminationReissueMerger": "reexamination_reissue_merger",
    "Substitution": "substitution",
    "UtilityModelBasis": "utility_model_basis",
    "Correction": "correction",
    "RelatedPublication": "related_publication",
    "Conversion": "conversion",
}


# The name changed between drafts and versions of ST.96.
_CATEGORIES = (
    "{*}CitationCategoryCode", "{*}CitedDocumentCategoryCode", "{*}DocumentRelevanceCategoryCode",
)  # fmt: skip


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One publication or application."""
    pad(root, ST96_BLOCKS)
    biblio = first(root, "BibliographicData")
    if biblio is None:
        biblio = root
    published = first(biblio, "PatentPublicationIdentification")
    granted = first(biblio, "PatentGrantIdentification")
    applied = first(biblio, "ApplicationIdentification")
    kind_code = field(published, "PatentDocumentKindCode") or field(granted, "PatentDocumentKindCode")
    subject = field(applied, "InventionSubjectMatterCategory")
    draft = Draft(_right(subject, kind_code), _kind(root, published, granted, kind_code), notes, "st96")
    office = field(published, "IPOfficeCode") or field(granted, "IPOfficeCode") or field(root, "IPOfficeCode")
    said = language(root)
    if said == forms.UNKNOWN_LANGUAGE:
        said = forms.language(
            field(published, "PublicationLanguageCode")
            or field(applied, "FilingLanguageCode")
            or field(biblio, "PublicationLanguageCode", "FilingLanguageCode")
        )
    draft.set(
        office=forms.office(office) or forms.office(field(applied, "IPOfficeCode")),
        kind_code=kind_code,
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
    )
    number = field(published, "PublicationNumber") or field(granted, "PatentNumber")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "PublicationDate") or field(granted, "GrantDate"))
    filed = application_number(applied)
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.date("filing_date", field(applied, "FilingDate"))
    for title in (*every(biblio, "InventionTitleBag/InventionTitle"), *every(biblio, "InventionTitle")):
        draft.text_by_language("titles", language(title, said), plain(title))
    _priorities(biblio, draft)
    classified(first(biblio, "PatentClassificationBag"), draft)
    _related(biblio, draft)
    _parties(biblio, draft)
    citations(biblio, draft)
    _texts(root, biblio, draft, said)
    yield draft.finish()


def _right(subject: str, kind_code: str) -> Right:
    kind = subject.lower().replace(" ", "")
    if "utilitymodel" in kind or kind_code[:1] in ("U", "Y", "Z"):
        return Right.UTILITY_MODEL
    if kind == "design" or kind_code[:1] == "S":
        return Right.DESIGN
    return Right.PLANT_PATENT if kind == "plant" or kind_code[:1] == "P" else Right.PATENT


def _kind(
    root: etree._Element, published: etree._Element | None, granted: etree._Element | None, kind_code: str
) -> RecordKind:
    if published is None and granted is None:
        return RecordKind.APPLICATION
    if granted is not None and published is None:
        return RecordKind.GRANT
    early = kind_code[:1] in ("B", "C", "E", "S", "P") or (
        kind_code == "A" and field(root, "IPOfficeCode") == "US"
    )
    return RecordKind.GRANT if early else RecordKind.PUBLICATION


def _priorities(biblio: etree._Element, draft: Draft) -> None:
    for claim in every(biblio, "PriorityClaimBag/PriorityClaim"):
        category = field(claim, "ApplicationFilingCategory").lower()
        kind = "pct" if "international" in category or category == "pct" else "foreign"
        kind = "provisional" if "provisional" in category else kind
        office = forms.office(field(claim, "IPOfficeCode") or field(claim, "ApplicationNumber/IPOfficeCode"))
        draft.priority(office, application_number(claim), field(claim, "FilingDate"), kind)
    for one in every(biblio, "RelatedDocumentBag/ProvisionalApplication"):
        for document in one.iter("{*}ApplicationIdentification"):
            office = forms.office(field(document, "IPOfficeCode"))
            draft.priority(office, application_number(document), field(document, "FilingDate"), "provisional")


def classified(group: etree._Element | None, draft: Draft) -> None:
    """The symbols of a `PatentClassificationBag`."""
    if group is None:
        return
    for one in group.iter("{*}IPCRClassification"):
        _symbol(one, "Section", "ipc", draft)
    for old in every(group, "IPCClassification"):
        for one in children(old, "MainClassification", "FurtherClassification"):
            draft.ipc(value(one))
    for one in group.iter("{*}CPCClassification"):
        _symbol(one, "CPCSection", "cpc", draft)
    for national in every(group, "NationalClassification"):
        if field(national, "IPOfficeCode") in ("US", ""):
            for one in children(national, "MainNationalClassification", "FurtherNationalClassification"):
                _national(one, draft)
    for one in group.iter("{*}LocarnoClassification"):
        raw = field(one, "LocarnoClass")
        sub = field(one, "LocarnoSubclassBag/LocarnoSubclass")
        draft.classify("locarno", symbols.locarno(f"{raw}-{sub}" if sub else raw), f"{raw} {sub}".strip())


def _national(one: etree._Element, draft: Draft) -> None:
    klass, sub = field(one, "NationalClass"), field(one, "NationalSubclass")
    raw = f"{klass.rjust(3)}{sub}" if klass else (one.text or "").rstrip()
    draft.classify("uspc", symbols.uspc(raw), f"{klass} {sub}".strip() or raw)


def _symbol(one: etree._Element, section: str, scheme: str, draft: Draft) -> None:
    parts = [field(one, name) for name in (section, "Class", "Subclass", "MainGroup", "Subgroup")]
    symbol = symbols.ipc_of_parts(*parts)
    text = symbol or field(one, "PatentClassificationSymbolText", "PatentClassificationText") or plain(one)
    draft.classify(scheme, symbol or symbols.ipc(text), text)


def _related(biblio: etree._Element, draft: Draft) -> None:
    for tie in every(biblio, "RelatedDocumentBag/*"):
        relation = _RELATIONS.get(local(tie))
        if relation:
            for document in _parents(tie):
                _relate(relation, document, draft)
    for path, relation in (
        ("InternationalFilingData", "international_application"),
        ("RegionalFilingData", "regional_application"),
        ("InternationalPublishingData", "international_publication"),
        ("RegionalPublishingData", "regional_publication"),
    ):
        for data in every(biblio, path):
            for document in data.iter("{*}ApplicationIdentification", "{*}PatentPublicationIdentification"):
                _tie(relation, document, draft)


def _parents(tie: etree._Element) -> Iterable[etree._Element]:
    """The parents of a relation; children are this document again."""
    parents = list(tie.iter("{*}ParentDocument"))
    return parents or [tie]


def _relate(relation: str, parent: etree._Element, draft: Draft) -> None:
    for document in every(parent, "PatentDocumentIdentification"):
        for one in document:
            _tie(relation, one, draft)
    for document in every(parent, "PCTDocumentParent/ApplicationIdentification"):
        _tie("international_application", document, draft)


def _tie(relation: str, document: etree._Element, draft: Draft) -> None:
    number = application_number(document) or field(document, "PublicationNumber", "PatentNumber")
    day = field(document, "FilingDate", "PublicationDate", "GrantDate")
    draft.relate(relation, forms.office(field(document, "IPOfficeCode")), number, day)


def _parties(biblio: etree._Element, draft: Draft) -> None:
    group = first(biblio, "PartyBag")
    draft.set(
        applicants=[
            *bag(group, ("ApplicantBag/Applicant",), "applicant"),
            *bag(group, ("OwnerBag/Owner",), "proprietor"),
            *bag(group, ("AssigneeBag/Assignee",), "assignee"),
        ],
        inventors=bag(group, ("InventorBag/Inventor", "InventorBag/DeceasedInventor"), "inventor"),
        representatives=bag(
            group,
            ("RegisteredPractitionerBag/RegisteredPractitioner", "RepresentativeBag/Representative"),
            "representative",
        ),
    )


def citations(biblio: etree._Element, draft: Draft) -> None:
    """What a `ReferenceCitationBag` cites; what it cites in free form is a text."""
    found = []
    for one in every(biblio, "ReferenceCitationBag/ReferenceCitation"):
        category = ",".join(symbols.once(value(c) for c in one.iter(*_CATEGORIES)))
        said = next((str(v) for k, v in one.attrib.items() if str(k).endswith("citingPartyCategory")), "")
        category = category or (f"cited by {said.lower()}" if said else "")
        claims = "; ".join(symbols.once(_against(bag) for bag in one.iter("{*}RelatedClaimBag")))
        document = first(one, "PatentCitation/CitedPatentDocumentIdentification")
        if document is not None:
            office, number = forms.office(field(document, "IPOfficeCode")), field(document, "DocumentNumber")
            number = number if office == "WO" else forms.unpadded(number)
            kind = field(document, "PatentDocumentKindCode")
            found.append(CitedDocument(office, number, kind, category, claims=claims))
        elif text := field(
            one, "NPLCitation/NPLCitationText", "NPLCitation", "PatentCitation/PatentCitationText"
        ):
            found.append(CitedDocument(category=category, text=text, claims=claims))
    free = every(biblio, "ReferenceCitationBag/ReferenceCitationFreeFormat")
    draft.set(citations=[*found, *(CitedDocument(text=text) for one in free if (text := plain(one)))])


def _against(bag: etree._Element) -> str:
    """The claims a citation is relevant to, as `1-3, 5`."""
    parts = ("-".join(value(end) for end in one) if len(one) else value(one) for one in bag)
    return ", ".join(filter(None, parts))


_SKIPPED = {"PageImage", "DocumentURI"}


def _texts(root: etree._Element, biblio: etree._Element, draft: Draft, said: str) -> None:
    body = first(root, "ApplicationBody")
    body = root if body is None else body
    for abstract in every(body, "Abstract"):
        texts = " ".join(plain(p) for p in abstract if isinstance(p.tag, str) and local(p) not in _SKIPPED)
        draft.text_by_language("abstracts", language(abstract, said), " ".join(texts.split()))
    descriptions: dict[str, tuple[str, ...]] = {}
    for description in every(body, "Description"):
        key = language(description, said)
        for title in every(description, "InventionTitle"):
            draft.text_by_language("titles", language(title, key), plain(title))
        descriptions[key] = descriptions.get(key, ()) + tuple(_paragraphs(description))
    draft.set(descriptions={key: texts for key, texts in descriptions.items() if texts})
    claims: dict[str, list[str]] = {}
    for group in every(body, "Claims"):
        key = language(group, said)
        live = [c for c in children(group, "Claim") if not _cancelled(c)]
        claims.setdefault(key, []).extend(_claim(claim) for claim in live)
    draft.claims(claims, field(biblio, "ClaimTotalQuantity"))
    draft.images(_pictures(body))


def _paragraphs(description: etree._Element) -> Iterator[str]:
    """Paragraphs and headings, also those inside named sections."""
    for part in description.iter("{*}P", "{*}Heading"):
        above = part.getparent()
        while above is not None and above is not description:
            if local(above) in ("P", "Heading"):
                break
            above = above.getparent()
        if above is description and (text := plain(part)):
            yield text


def _cancelled(claim: etree._Element) -> bool:
    return bool(re.match(r"cancel|delet|not entered", field(claim, "ClaimStatusCategory"), re.I))


def _claim(claim: etree._Element) -> str:
    return " ".join(filter(None, (plain(text) for text in children(claim, "ClaimText"))))


def _pictures(body: etree._Element) -> Iterator[str]:
    for image in body.iter("{*}PageImage", "{*}Image"):
        if local(image) == "Image" or local(image.getparent()) in ("Drawings", "Figure"):
            yield field(image, "FileName")


_ROOTS = frozenset(
    {"PatentPublication", "PatentApplication", "ApplicationBody", "BibliographicData", "PatentGrant"}
)
FORMATS = (XmlFormat("st96-patent", _ROOTS, read),)
