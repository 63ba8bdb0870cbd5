"""Classes, citations and related documents of an ST.96 patent document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from app.domain.record import CitedDocument, PriorityClaim, Record, Related
from app.standards.writing import codes
from app.standards.writing.st96 import application_number, locarno
from app.standards.writing.tree import put, put_if

FIRST_CPC = "2013"
"""The CPC came into force on 1 January 2013; a symbol whose edition nobody said is of that one or later."""

_PARENTS = {
    "addition": "Addition",
    "division": "Division",
    "continuation": "Continuation",
    "continuation_in_part": "PartialContinuation",
    "continuing_reissue": "ContinuingReissue",
    "reissue": "Reissue",
    "divisional_reissue": "DivisionalReissue",
    "reexamination": "Reexamination",
    "reexamination_reissue_merger": "ReexaminationReissueMerger",
    "substitution": "Substitution",
    "utility_model_basis": "UtilityModelBasis",
    "conversion": "Conversion",
}


def classes(biblio: etree._Element, record: Record) -> None:
    """`PatentClassificationBag`: IPC and CPC, US classes, Locarno of a design patent."""
    found = record.classes
    if not (found.ipc or found.cpc or found.uspc or found.locarno):
        return
    group = put(biblio, "pat:PatentClassificationBag")
    if found.ipc:
        bag = put(group, "pat:IPCRClassificationBag")
        for number, symbol in enumerate(found.ipc, 1):
            one = put(bag, "pat:IPCRClassification", com__sequenceNumber=str(number))
            put(one, "pat:PatentClassificationText", symbol)
    if found.cpc:
        _cpc(put(group, "pat:CPCClassificationBag"), record)
    if found.uspc:
        national = put(group, "pat:NationalClassification")
        put(national, "com:IPOfficeCode", "US")
        for place, symbol in enumerate(found.uspc):
            _uspc(put(national, f"pat:{'Further' if place else 'Main'}NationalClassification"), symbol)
    if found.locarno:
        bag = put(group, "com:LocarnoClassificationBag")
        put(bag, "com:LocarnoClassificationEdition")
        for symbol in found.locarno:
            locarno(bag, symbol)


def _cpc(bag: etree._Element, record: Record) -> None:
    """ST.96 asks for edition, value, day and office of each symbol; a record knows the symbol alone."""
    further = None
    for place, symbol in enumerate(record.classes.cpc):
        if place:
            further = put(bag, "pat:FurtherCPC") if further is None else further
        parent = put(bag, "pat:MainCPC") if further is None else further
        head, _blank, rest = symbol.partition(" ")
        group, _stroke, sub = rest.replace(":", "/").partition("/")
        one = put(parent, "pat:CPCClassification")
        put(one, "pat:ClassificationVersionDate", FIRST_CPC)
        put(one, "pat:CPCSection", head[:1])
        put(one, "pat:Class", head[1:3])
        put(one, "pat:Subclass", head[3:4])
        put(one, "pat:MainGroup", group)
        put(one, "pat:Subgroup", sub)
        put(one, "com:SymbolPositionCode", "L" if place else "F")
        put(one, "pat:CPCClassificationValueCode", "I")
        put(one, "pat:ActionDate", record.publication_date or record.filing_date or FIRST_CPC)
        put(one, "pat:GeneratingOfficeCode", codes.office(record.office))


def _uspc(parent: etree._Element, symbol: str) -> None:
    """Class and subclass; the subclass in three columns, decimals behind, as the office prints it."""
    klass, _stroke, sub = symbol.partition("/")
    whole, _point, decimals = sub.partition(".")
    put(parent, "pat:NationalClass", klass)
    put(parent, "pat:NationalSubclass", (whole.zfill(3) if whole[:1].isdigit() else whole) + decimals)


def citations(biblio: etree._Element, record: Record) -> None:
    """`ReferenceCitationBag`."""
    if not record.citations:
        return
    bag = put(biblio, "pat:ReferenceCitationBag")
    for number, one in enumerate(record.citations, 1):
        said = one.category.removeprefix("cited by ") if one.category.startswith("cited by ") else ""
        party = said.capitalize() if said in ("applicant", "examiner") else ""
        made = put(
            bag, "pat:ReferenceCitation", com__sequenceNumber=str(number), pat__citingPartyCategory=party
        )
        _cited(made, one)
        letters = [c for c in one.category.split(",") if c in _CATEGORIES]
        if letters:
            relevance = put(put(made, "pat:DocumentRelevanceBag"), "pat:DocumentRelevance")
            for letter in letters:
                put(relevance, "pat:CitationCategoryCode", letter)
            if one.claims:
                _against(put(relevance, "pat:RelatedClaimBag"), one.claims)


_CATEGORIES = ("X", "Y", "A", "E", "L", "O", "P", "T", "D")


def _against(bag: etree._Element, claims: str) -> None:
    """The claims a document is cited against, singly and as ranges."""
    for part in claims.replace(";", ",").split(","):
        begin, dash, end = part.strip().partition("-")
        if dash and begin and end:
            both = put(bag, "pat:ClaimNumberRange")
            put(both, "pat:BeginRangeNumber", begin)
            put(both, "pat:EndRangeNumber", end)
        else:
            put(bag, "pat:ClaimNumber", part.strip())


def _cited(parent: etree._Element, one: CitedDocument) -> None:
    if one.text:
        put(put(parent, "com:NPLCitation"), "com:NPLCitationText", one.text)
        return
    patent = put(parent, "com:PatentCitation")
    if one.office not in codes.OFFICES:
        words = " ".join(part for part in (one.office, one.number, one.kind_code) if part)
        put(patent, "com:PatentCitationText", words)
        return
    document = put(patent, "com:CitedPatentDocumentIdentification")
    put(document, "com:IPOfficeCode", one.office)
    put(document, "com:DocumentNumber", one.number)
    put_if(document, "com:PatentDocumentKindCode", one.kind_code)


def related(
    biblio: etree._Element, record: Record, provisional: Iterable[PriorityClaim]
) -> Callable[[], None]:
    """`RelatedDocumentBag`; the call adds the data of conventions, which stand behind the parties."""
    tied, nested = _bagged(record.related)
    drafts = list(provisional)
    if tied or drafts:
        bag = put(biblio, "pat:RelatedDocumentBag")
        for place, tie in enumerate(tied):
            _tie(bag, tie, record, nested.get(place))
        for claim in drafts:
            made = put(put(bag, "pat:ProvisionalApplication"), "pat:PatentDocumentIdentification")
            _application(made, claim.office, claim.number, claim.date)
    inside = set(nested.values())
    return lambda: _conventions(biblio, [tie for tie in record.related if tie not in inside])


def _bagged(ties: Iterable[Related]) -> tuple[list[Related], dict[int, Related]]:
    """What stands in the bag, and the international application of a parent, which follows it in a record.

    The international application of the document itself follows all relations; one between them is a
    parent's.
    """
    tied: list[Related] = []
    nested: dict[int, Related] = {}
    waiting: Related | None = None
    for tie in ties:
        if tie.relation in _PARENTS or tie.relation == "related_publication":
            if waiting and tied and tied[-1].relation in _PARENTS:
                nested[len(tied) - 1] = waiting
            waiting = None
            tied.append(tie)
        elif tie.relation == "international_application":
            waiting = waiting or tie
    return tied, nested


def _tie(bag: etree._Element, tie: Related, record: Record, international: Related | None) -> None:
    if tie.relation == "related_publication":
        _publication(put(put(bag, "pat:RelatedPublication"), "pat:PatentDocumentIdentification"), tie)
        return
    made = put(bag, f"pat:{_PARENTS[tie.relation]}")
    parent = put(made, "pat:ParentDocument")
    _application(put(parent, "pat:PatentDocumentIdentification"), tie.office, tie.number, tie.date)
    if international:
        pct = put(parent, "pat:PCTDocumentParent")
        _application(pct, international.office, international.number, international.date)
    child = put(put(made, "pat:ChildDocument"), "pat:PatentDocumentIdentification")
    _application(child, record.office, record.application_number, record.filing_date)


def _application(parent: etree._Element, office: str, number: str, day: str) -> None:
    made = put(parent, "pat:ApplicationIdentification")
    put(made, "com:IPOfficeCode", codes.office(office))
    application_number(made, number)
    put_if(made, "pat:FilingDate", day)


def _publication(parent: etree._Element, tie: Related) -> None:
    made = put(parent, "pat:PatentPublicationIdentification")
    put(made, "com:IPOfficeCode", codes.office(tie.office))
    put(made, "pat:PublicationNumber", tie.number)
    put_if(made, "com:PublicationDate", tie.date)


def _conventions(biblio: etree._Element, ties: Iterable[Related]) -> None:
    """The international and the regional application and publication, the first of each."""
    first: dict[str, Related] = {}
    for tie in ties:
        first.setdefault(tie.relation, tie)
    for relation, name in (
        ("international_application", "InternationalFilingData"),
        ("regional_application", "RegionalFilingData"),
    ):
        if filed := first.get(relation):
            _application(put(biblio, f"pat:{name}"), filed.office, filed.number, filed.date)
    for relation, name in (
        ("international_publication", "InternationalPublishingData"),
        ("regional_publication", "RegionalPublishingData"),
    ):
        if out := first.get(relation):
            _publication(put(put(biblio, f"pat:{name}"), "pat:PatentDocumentIdentification"), out)
