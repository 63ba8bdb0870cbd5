"""ST.96 `PatentPublication`: bibliographic data in the order of the schema, then the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.writing import codes, printed
from app.standards.writing.st96 import VERSION, application_number, contact, main_language, start
from app.standards.writing.st96_patent_data import citations, classes, related
from app.standards.writing.st96_texts import texts
from app.standards.writing.tree import put, put_if

# Kind codes from which a reader takes a grant; any other grant is told by its own identification.
_GRANT_CODES = ("B", "C", "E", "S", "P")
_SUBJECTS = {Right.DESIGN: "Design", Right.PLANT_PATENT: "Plant"}


def publication(record: Record) -> etree._Element:
    """The document."""
    said = main_language(record)
    top = start("pat", "PatentPublication", com__languageCode=said)
    put(top, "com:IPOfficeCode", codes.office(record.office))
    _bibliography(put(top, "pat:BibliographicData", com__st96Version=VERSION), record, said)
    texts(top, record, said)
    return top


def _bibliography(biblio: etree._Element, record: Record, said: str) -> None:
    granted = _is_grant_by_name(record)
    out = bool(record.publication_number or record.publication_date)
    if out and not granted:
        _identified(biblio, "PatentPublication", "pat:PublicationNumber", "com:PublicationDate", record)
    applied = application(biblio, record)
    if record.right in _SUBJECTS:
        put(applied, "pat:InventionSubjectMatterCategory", _SUBJECTS[record.right])
    put_if(applied, "pat:FilingDate", record.filing_date)
    if granted:
        _identified(biblio, "PatentGrant", "pat:PatentNumber", "pat:GrantDate", record)
    _priorities(biblio, record)
    classes(biblio, record)
    titles = put(biblio, "pat:InventionTitleBag")
    for language, title in record.titles.items():
        put(titles, "pat:InventionTitle", title, com__languageCode=codes.language(language))
    if not record.titles:
        put(titles, "pat:InventionTitle")
    citations(biblio, record)
    if record.claims:
        count = len(record.claims.get(said) or next(iter(record.claims.values())))
        put(biblio, "pat:ClaimTotalQuantity", str(count))
    provisional = [p for p in record.priorities if p.kind == "provisional"]
    late = related(biblio, record, provisional)
    _parties(biblio, record)
    late()


def _is_grant_by_name(record: Record) -> bool:
    if record.kind is not RecordKind.GRANT or not (record.publication_number or record.publication_date):
        return False
    told = record.kind_code[:1] in _GRANT_CODES or (record.kind_code == "A" and record.office == "US")
    return not told


def _identified(parent: etree._Element, name: str, number: str, day: str, record: Record) -> None:
    made = put(parent, f"pat:{name}Identification")
    put(made, "com:IPOfficeCode", codes.office(record.office))
    put(made, number, printed.number(record, "publication_number", forms.unpadded))
    put_if(made, "com:PatentDocumentKindCode", record.kind_code)
    put_if(made, day, record.publication_date)


def application(parent: etree._Element, record: Record) -> etree._Element:
    """`ApplicationIdentification` of the record itself, open for what stands behind the number."""
    made = put(parent, "pat:ApplicationIdentification")
    put(made, "com:IPOfficeCode", codes.office(record.office))
    application_number(made, record.application_number)
    return made


def _priorities(biblio: etree._Element, record: Record) -> None:
    """Claims under the Paris Convention and the PCT; provisional ones are related documents in ST.96."""
    dated = [claim for claim in record.priorities if claim.date and claim.kind != "provisional"]
    if not dated:
        return
    bag = put(biblio, "pat:PriorityClaimBag")
    for number, claim in enumerate(dated, 1):
        made = put(bag, "pat:PriorityClaim", com__sequenceNumber=str(number))
        put(made, "com:IPOfficeCode", codes.office(claim.office))
        if claim.number:
            application_number(made, claim.number)
        put(made, "pat:FilingDate", claim.date)
        put(made, "pat:ApplicationFilingCategory", "PCT" if claim.kind == "pct" else "National")


_BAGS = (
    ("pat:ApplicantBag", "pat:Applicant", ("applicant", "")),
    ("pat:OwnerBag", "pat:Owner", ("proprietor", "holder")),
    ("pat:AssigneeBag", "pat:Assignee", ("assignee",)),
)


def _parties(biblio: etree._Element, record: Record) -> None:
    group = put(biblio, "pat:PartyBag")
    for bag, name, roles in _BAGS:
        _bag(group, bag, name, (p for p in record.applicants if p.role in roles))
    _bag(group, "pat:InventorBag", "pat:Inventor", record.inventors)
    _bag(group, "pat:RegisteredPractitionerBag", "pat:RegisteredPractitioner", record.representatives)
    if not len(group):
        nobody = put(put(group, "pat:ApplicantBag"), "pat:Applicant")
        put(put(nobody, "com:Contact"), "com:ContactText")


def _bag(group: etree._Element, bag: str, name: str, parties: Iterable[NamedParty]) -> None:
    found: Iterator[tuple[int, NamedParty]] = enumerate(parties, 1)
    made = None
    for number, party in found:
        made = put(group, bag) if made is None else made
        one = put(made, name, com__sequenceNumber=str(number))
        if name.endswith("RegisteredPractitioner"):
            put(one, "pat:RegisteredPractitionerCategory", "Agent")
        contact(one, party)
