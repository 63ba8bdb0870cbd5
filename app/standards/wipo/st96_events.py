"""ST.96 documents about a patent that are none themselves: legal status data (ST.27) and search reports."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st96_parts import application_number, bag, language
from app.standards.wipo.st96_patent import citations, classified
from app.standards.xml.texts import ST96_BLOCKS, every, field, first, local, pad, plain, value

STANDARD = "st96"
_RIGHTS = {
    "utility model": Right.UTILITY_MODEL, "utilitymodel": Right.UTILITY_MODEL, "design": Right.DESIGN,
    "industrial design": Right.DESIGN, "plant": Right.PLANT_PATENT,
}  # fmt: skip


def read_status(status: etree._Element, notes: Notes) -> Iterator[Record]:
    """The events of one right, each a record; the code of ST.27 and the office's own stand in `as_filed`."""
    pad(status, ST96_BLOCKS)
    for event in every(status, "StatusEventDataBag/StatusEventData"):
        said = field(status, "IPRightKindCategory").lower()
        draft = Draft(_RIGHTS.get(said, Right.PATENT), RecordKind.LEGAL_EVENT, notes, STANDARD)
        _numbered(status, draft)
        draft.date("publication_date", field(event, "PublicationDate", "EffectiveDate", "EventDate"))
        _told(event, draft)
        yield draft.finish()


def _numbered(place: etree._Element, draft: Draft) -> None:
    applied = first(place, "ApplicationIdentification")
    published = first(place, "PatentPublicationIdentification")
    granted = first(place, "PatentGrantIdentification")
    offices = (field(one, "IPOfficeCode") for one in (granted, published, applied))
    draft.set(
        office=next((office for raw in offices if (office := forms.office(raw))), ""),
        kind_code=field(granted, "PatentDocumentKindCode") or field(published, "PatentDocumentKindCode"),
    )
    number = field(published, "PublicationNumber") or field(granted, "PatentNumber")
    draft.number("publication_number", forms.unpadded(number), number)
    filed = application_number(applied)
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.date("filing_date", field(applied, "FilingDate"))
    if field(granted, "PatentNumber") and published is not None:
        number = field(granted, "PatentNumber")
        draft.number("registration_number", forms.unpadded(number), number)
    draft.date("registration_date", field(granted, "GrantDate"))


def _told(event: etree._Element, draft: Draft) -> None:
    """The code, and the parties that are new by this event."""
    codes = first(event, "StatusEventCode")
    key = field(codes, "DetailedEventCode", "KeyEventCode") if codes is not None and len(codes) else ""
    own = field(codes, "NationalEventCode")
    code = key or own or value(codes)
    words = field(event, "EventDescriptionText")
    for kind in event:
        if isinstance(kind.tag, str) and local(kind).endswith("EventData"):
            words = words or field(kind, "CommentText")
            parties = first(kind, "NewPartyBag/PartyBag", "NewPartyBag")
            draft.set(
                applicants=[
                    *bag(parties, ("ApplicantBag/Applicant",), "applicant"),
                    *bag(parties, ("OwnerBag/Owner",), "proprietor"),
                    *bag(kind, ("OwnerBag/Owner",), "proprietor"),
                    *bag(kind, ("OwnershipTransferData/Assignee",), "assignee"),
                ]
            )
            draft.date("expiry_date", field(kind, "ExpiryDate"))
    draft.set(status=words or code)
    said = " ".join(dict.fromkeys(one for one in (key, own) if one)) or value(codes)
    if said and said != (words or code):
        draft.as_filed["status"] = said


def read_report(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One search report: the application searched, and what was found with its categories."""
    pad(root, ST96_BLOCKS)
    draft = Draft(Right.PATENT, RecordKind.SEARCH_REPORT, notes, STANDARD)
    said = language(root)
    draft.set(language=said if said != forms.UNKNOWN_LANGUAGE else "")
    _numbered(root, draft)
    draft.priority("", "", field(root, "EarliestPriorityDate"))
    for title in every(root, "EstablishedInventionTitle/InventionTitle"):
        draft.text_by_language("titles", language(title, said), plain(title))
    for abstract in every(root, "EstablishedAbstract/Abstract"):
        draft.text_by_language("abstracts", language(abstract, said), plain(abstract))
    applicants: list[NamedParty] = bag(root, ("ApplicantBag/Applicant",), "applicant")
    draft.set(applicants=applicants)
    data = first(root, "SearchData")
    classified(first(data, "PatentClassificationBag"), draft)
    if data is not None:
        citations(data, draft)
    yield draft.finish()


FORMATS = (
    XmlFormat("st96-legal-status", frozenset({"PatentLegalStatusData"}), read_status, ("PatentLegalStatus",)),
    XmlFormat("st96-search-report", frozenset({"SearchReport"}), read_report),
)
