"""Patents and utility models as front offices file them (PT-XML, the descendant of TM-XML and DS-XML).

The bibliography is in the file; description, claims and drawings lie beside it as pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import tm_ds_parts as parts
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, local, value

STANDARD = "pt-xml"


def read(application: etree._Element, notes: Notes) -> Iterator[Record]:
    """The patents of one application, or of a request about patents."""
    asked = ""
    if local(application) != "PatentApplication":
        asked = field(application, "ApplicationRequestType") or "request"
    for patent in every(application, "PatentDetails/Patent"):
        yield _patent(patent, application, notes, asked)


def _patent(patent: etree._Element, application: etree._Element, notes: Notes, asked: str) -> Record:
    right = Right.UTILITY_MODEL if "utility" in field(patent, "IPRKind").lower() else Right.PATENT
    number = field(patent, "RegistrationNumber")
    registered = forms.no_zeros(number) or forms.day(field(patent, "RegistrationDate"))
    kind = RecordKind.GRANT if registered else RecordKind.APPLICATION
    draft = Draft(right, RecordKind.NOTICE if asked else kind, notes, STANDARD)
    language = forms.language(field(patent, "ApplicationLanguageCode"))
    draft.set(
        office=forms.office(field(patent, "RegistrationOfficeCode"))
        or forms.office(field(patent, "ReceivingOfficeCode")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
        status=asked or field(patent, "PatentCurrentStatus", "PatentCurrentStatusCode"),
    )
    filed = field(patent, "ApplicationNumber") or field(
        application, "ApplicationFilingNumber", "ApplicationReferenceNumber"
    )
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    filing_date = field(patent, "ApplicationDate", "ApplicationDateTime") or field(
        application, "ApplicationFilingDate", "ApplicationFilingDateTime"
    )
    draft.date("filing_date", filing_date)
    draft.date("registration_date", field(patent, "RegistrationDate"))
    draft.date("publication_date", field(patent, "RegistrationPublicationDate"))
    draft.date("expiry_date", field(patent, "ExpiryDate"))
    second = field(patent, "SecondLanguageCode")
    for name, tag in (("titles", "PatentTitle"), ("abstracts", "PatentAbstract")):
        for suffix, otherwise in (("", language), ("SecondLang", second)):
            for text in every(patent, f"{tag}{suffix}"):
                said = forms.language(text.get("languageCode") or otherwise)
                draft.text_by_language(name, said, value(text))
    for one in every(patent, "IPCClassDetails/IPCClass"):
        draft.ipc(value(one))
    parts.claimed(draft, patent)
    for base in every(patent, "PCTDetails/PCT"):
        draft.relate("pct", "WO", field(base, "FilingNumber"), field(base, "FilingDate"))
    for name, tag, role in (
        ("applicants", "Applicant", "applicant"),
        ("inventors", "Inventor", "inventor"),
        ("representatives", "Representative", "representative"),
    ):
        draft.set(**{name: parts.named([patent, application], f"{tag}Details/{tag}", role)})
    return draft.finish()


def _is_patent(prolog: Prolog) -> bool:
    return prolog.name != "Transaction" or b"PatentTransactionBody" in prolog.start


FORMATS = (
    XmlFormat(
        "pt-xml",
        frozenset({"Transaction", "PatentTransactionBody", "PatentServicesApplication"}),
        read,
        ("PatentApplication", "PatentServiceApplication", "PatentServicesApplication"),
        _is_patent,
    ),
)
