"""WIPO ST.66: a `Transaction` with any number of `TradeMark`."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards.fields import forms, marks, symbols
from app.standards.source import Notes
from app.standards.writing import printed, tm_ds
from app.standards.writing.tree import again, put, put_if

SPACE = "http://www.wipo.int/standards/XMLSchema/trademarks"
_FEATURES = {
    "word": "Word",
    "figurative": "Figurative",
    "combined": "Combined",
    "three_dimensional": "3-D",
    "sound": "Sound",
    "colour": "Colour",
    "position": "Position",
    "pattern": "Pattern",
    "motion": "Motion",
    "multimedia": "Multimedia",
    "hologram": "Hologram",
    "other": "Other",
}
_WORDS = frozenset({*_FEATURES.values(), "Stylized characters", "Olfactory", "Undefined"})


class St66:
    """Marks, one element each."""

    def __init__(self, out: BinaryIO) -> None:
        self._envelope = tm_ds.Envelope(
            out, SPACE, "TradeMarkTransactionBody", "Trade Mark Information", ("TradeMarkDetails",)
        )

    def write(self, record: Record) -> Record:
        """Write one; what the reader of ST.66 makes of it."""
        from app.standards.wipo import st66 as reader

        raw = self._envelope.put(trade_mark(record))
        return next(iter(reader.read(again(raw), Notes())))

    def close(self) -> tuple[Finding, ...]:
        """End the transaction."""
        self._envelope.close()
        return ()


def trade_mark(record: Record) -> etree._Element:
    """`TradeMark`, its parts in the order of the standard."""
    mark = etree.Element(f"{{{SPACE}}}TradeMark", nsmap={None: SPACE})
    put_if(mark, "RegistrationOfficeCode", record.office)
    put_if(mark, "ApplicationNumber", printed.number(record, "application_number", forms.unpadded))
    put_if(mark, "ApplicationDate", record.filing_date)
    put_if(mark, "RegistrationNumber", printed.number(record, "registration_number", forms.unpadded))
    put_if(mark, "RegistrationDate", record.registration_date)
    put_if(mark, "ApplicationLanguageCode", record.language)
    put_if(mark, "ExpiryDate", record.expiry_date)
    put_if(mark, "MarkCurrentStatusCode", record.status)
    _sign(mark, record)
    _goods(mark, record)
    tm_ds.claims(mark, record)
    tm_ds.published(mark, record)
    tm_ds.owners(mark, record)
    tm_ds.parties(mark, "Representative", record.representatives)
    return mark


def _sign(mark: etree._Element, record: Record) -> None:
    sign = record.mark
    if sign and sign.kind:
        original = printed.mark_kind(record, marks.kind)
        put(mark, "MarkFeature", original if original in _WORDS else _FEATURES.get(sign.kind, "Other"))
    if sign and sign.text:
        put(put(mark, "WordMarkSpecification"), "MarkVerbalElementText", sign.text)
    names = list(record.image_names) or ([sign.image] if sign and sign.image else [])
    if not names and not record.classes.vienna:
        return
    details = put(mark, "MarkImageDetails")
    for place, name in enumerate(names or [""]):
        image = put(details, "MarkImage")
        put_if(image, "MarkImageFilename", name)
        if not place and record.classes.vienna:
            category = put(image, "MarkImageCategory")
            put(category, "CategoryKind", "Vienna")
            listed = put(category, "CategoryCodeDetails")
            for symbol in printed.symbols(record, "vienna", symbols.vienna):
                put(listed, "CategoryCode", symbol)


def _goods(mark: etree._Element, record: Record) -> None:
    numbers = list(dict.fromkeys((*record.classes.nice, *record.goods)))
    if not numbers:
        return
    said = dict(zip(record.classes.nice, printed.symbols(record, "nice", symbols.nice), strict=True))
    group = put(put(mark, "GoodsServicesDetails"), "GoodsServices")
    put(group, "ClassificationKindCode", "Nice")
    details = put(group, "ClassDescriptionDetails")
    for number in numbers:
        one = put(details, "ClassDescription")
        put(one, "ClassNumber", said.get(number, str(number)))
        for language, words in record.goods.get(number, {}).items():
            put(one, "GoodsServicesDescription", words, languageCode=tm_ds.language(language))
