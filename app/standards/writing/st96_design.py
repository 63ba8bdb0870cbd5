"""ST.96 `DesignApplication` with as many designs as the record counts."""

from __future__ import annotations

from lxml import etree

from app.domain.record import NamedParty, Record
from app.standards.fields import forms
from app.standards.writing import codes, printed
from app.standards.writing.st96 import (
    application_number,
    contact,
    locarno,
    priorities,
    representatives,
    start,
)
from app.standards.writing.tree import put, put_if

_STATUSES = ("Filed", "Withdrawn", "Rejected", "Registered", "Cancelled", "Expired", "Undefined")
MOST_DESIGNS = 10_000
"""Designs written for one record; nobody files more (Locarno Union and Hague: 100)."""


def application(record: Record) -> etree._Element:
    """The document. A record does not say which view is of which design: all stand with the first."""
    top = start("dgn", "DesignApplication")
    put(top, "com:RegistrationOfficeCode", codes.office(record.office))
    if record.application_number:
        application_number(top, printed.number(record, "application_number", forms.unpadded))
    put_if(top, "dgn:DesignApplicationLanguageCode", codes.language(record.language))
    if record.designs:
        put(top, "dgn:DesignTotalQuantity", str(record.designs))
    bag = put(top, "dgn:DesignBag")
    for place in range(min(max(record.designs, 1), MOST_DESIGNS)):
        _design(put(bag, "dgn:Design"), record if not place else None, record, place)
    _applicants(top, record)
    representatives(top, record.representatives)
    put_if(top, "com:ApplicationDate", record.filing_date)
    return top


def _design(design: etree._Element, lead: Record | None, record: Record, place: int) -> None:
    """One design; what is said once of the whole application stands with the first."""
    put(design, "dgn:DesignIdentifier", str(place + 1))
    number = printed.number(record, "registration_number", forms.unpadded)
    put_if(design, "com:RegistrationNumber", number)
    put_if(design, "com:RegistrationDate", record.registration_date)
    titles = titles_of(record, place)
    if len(titles) == 1:
        ((language, title),) = titles.items()
        put(design, "dgn:DesignTitleText", title, com__languageCode=codes.language(language))
    put_if(design, "dgn:PublicationDefermentIndicator", "true" if record.deferred else "")
    put_if(design, "com:ExpiryDate", record.expiry_date)
    put_if(design, "dgn:DesignCurrentStatusCategory", record.status if record.status in _STATUSES else "")
    if lead and record.image_names:
        group = put(put(design, "dgn:DesignRepresentationBag"), "dgn:DesignRepresentation")
        views = put(group, "dgn:ViewBag")
        for count, name in enumerate(record.image_names, 1):
            view = put(views, "dgn:View")
            put(view, "com:FileName", name)
            put(view, "dgn:ViewIdentifier", f"{place + 1}.{count}")
            if count == 1 and record.classes.vienna:
                _vienna(put(view, "dgn:ViewClassification"), record.classes.vienna)
    _classes(put(design, "com:DesignClassificationBag"), lead, titles)
    if lead:
        priorities(design, "dgn", record.priorities)
        if record.publication_date:
            made = put(put(design, "dgn:PublicationBag"), "dgn:Publication")
            put(made, "com:PublicationIdentifier", record.publication_number)
            put(made, "com:PublicationDate", record.publication_date)
    _applicants(design, record)
    if lead and record.inventors:
        group = put(design, "dgn:DesignerBag")
        for party in record.inventors:
            contact(put(group, "dgn:Designer"), party)


def titles_of(record: Record, place: int) -> dict[str, str]:
    """The titles of one design; where the record does not tell them apart, all are the first one's."""
    if record.design_titles:
        return dict(record.design_titles[place]) if place < len(record.design_titles) else {}
    return {} if place else dict(record.titles)


def _vienna(view: etree._Element, symbols: tuple[str, ...]) -> None:
    group = put(view, "com:FigurativeElementClassificationBag")
    bag = put(group, "com:ViennaClassificationBag")
    for symbol in symbols:
        put(bag, "com:ViennaClassificationText", symbol)


def _classes(group: etree._Element, lead: Record | None, titles: dict[str, str]) -> None:
    """Locarno; a title in several languages is the indication of product of the first class."""
    bag = put(group, "com:LocarnoClassificationBag")
    put(bag, "com:LocarnoClassificationEdition")
    symbols = lead.classes.locarno if lead else ()
    for place, symbol in enumerate(symbols or ("",)):
        made = locarno(bag, symbol)
        if not place and len(titles) > 1:
            _indications(made, symbol, titles)


def _indications(made: etree._Element, symbol: str, titles: dict[str, str]) -> None:
    sub = symbol.partition("-")[2]
    for held in list(made)[1:]:
        made.remove(held)
    for language, title in titles.items():
        bag = put(made, "com:LocarnoSubclassBag")
        put(bag, "com:LocarnoSubclass", sub)
        put(bag, "com:LocarnoSubclassProductIndicationText", title,
            com__languageCode=codes.language(language))  # fmt: skip


def _applicants(parent: etree._Element, record: Record) -> None:
    group = put(parent, "dgn:ApplicantBag")
    for party in record.applicants or (NamedParty(""),):
        contact(put(group, "dgn:Applicant"), party)
