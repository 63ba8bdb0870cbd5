"""WIPO ST.86: a `Transaction` with any number of `DesignApplication`."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards.fields import forms, symbols
from app.standards.source import Notes
from app.standards.writing import printed, tm_ds
from app.standards.writing.st96_design import MOST_DESIGNS, titles_of
from app.standards.writing.tree import again, put, put_if

SPACE = "http://www.wipo.int/standards/XMLSchema/designs"


class St86:
    """Designs, one application each."""

    def __init__(self, out: BinaryIO) -> None:
        self._envelope = tm_ds.Envelope(out, SPACE, "DesignTransactionBody", "Design Information")

    def write(self, record: Record) -> Record:
        """Write one; what the reader of ST.86 makes of it."""
        from app.standards.wipo import st86 as reader

        raw = self._envelope.put(application(record))
        return next(iter(reader.read(again(raw), Notes())))

    def close(self) -> tuple[Finding, ...]:
        """End the transaction."""
        self._envelope.close()
        return ()


def application(record: Record) -> etree._Element:
    """`DesignApplication` with as many designs as the record counts."""
    top = etree.Element(f"{{{SPACE}}}DesignApplication", nsmap={None: SPACE})
    put_if(top, "RegistrationOfficeCode", record.office)
    put_if(top, "DesignApplicationNumber", printed.number(record, "application_number", forms.unpadded))
    put_if(top, "DesignApplicationDate", record.filing_date)
    put_if(top, "DesignApplicationLanguageCode", record.language)
    count = min(max(record.designs, 1), MOST_DESIGNS)
    put(top, "TotalDesign", str(count))
    put_if(top, "DesignApplicationCurrentStatusCode", record.status)
    details = put(top, "DesignDetails")
    for place in range(count):
        _design(put(details, "Design"), record, place)
    tm_ds.owners(top, record)
    tm_ds.parties(top, "Representative", record.representatives)
    return top


def _design(design: etree._Element, record: Record, place: int) -> None:
    """One design; what is said once of the whole application stands with the first."""
    number = printed.number(record, "registration_number", forms.unpadded)
    if number or not record.registration_date:
        put(design, "DesignIdentifier", str(place + 1))
    put_if(design, "RegistrationNumber", number)
    put_if(design, "RegistrationDate", record.registration_date)
    titles = titles_of(record, place)
    if len(titles) == 1:
        ((language, title),) = titles.items()
        put(design, "DesignTitle", title, languageCode=tm_ds.language(language))
    put_if(design, "PublicationDefermentIndicator", "true" if record.deferred else "")
    put_if(design, "ExpiryDate", record.expiry_date)
    if not place and (record.image_names or record.classes.vienna):
        _views(design, record)
    _product(design, record, place, titles if len(titles) > 1 else {})
    if not place:
        tm_ds.claims(design, record)
        tm_ds.published(design, record)
        tm_ds.parties(design, "Designer", record.inventors)


def _views(design: etree._Element, record: Record) -> None:
    sheet = put(put(design, "DesignRepresentationSheetDetails"), "DesignRepresentationSheet")
    views = put(sheet, "ViewDetails")
    for number, name in enumerate(record.image_names, 1):
        view = put(views, "View")
        put(view, "ViewIdentifier", f"1.{number}")
        put(view, "ViewFilename", name)
        if number == 1 and record.classes.vienna:
            category = put(view, "ViewCategory")
            put(category, "CategoryKind", "Vienna")
            listed = put(category, "CategoryCodeDetails")
            for symbol in record.classes.vienna:
                put(listed, "CategoryCode", symbol)


def _product(design: etree._Element, record: Record, place: int, titles: dict[str, str]) -> None:
    """Locarno; titles in several languages are the description of the product of the first class.

    The indication of product is there for every design, empty where nothing is known of it.
    """
    classes = () if place else printed.symbols(record, "locarno", symbols.locarno)
    product = put(put(design, "IndicationProductDetails"), "IndicationProduct")
    put(product, "ClassificationKindCode", "Locarno")
    details = put(product, "ClassDescriptionDetails")
    for number, symbol in enumerate(classes or ("",)):
        one = put(details, "ClassDescription")
        put_if(one, "ClassNumber", symbol)
        for language, title in titles.items() if not number else ():
            put(one, "ProductDescription", title, languageCode=tm_ds.language(language))
