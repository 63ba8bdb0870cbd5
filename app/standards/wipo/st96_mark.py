"""ST.96 trade marks: applications and transactions, V6.0 and earlier, also the US office's status data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import MarkSign, Record, RecordKind, Right
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st96_parts import application_number, bag, language
from app.standards.xml.texts import every, field, first, plain, value, values


def read(mark: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `Trademark`."""
    number = field(mark, "RegistrationNumber")
    registered = forms.no_zeros(number) or forms.day(field(mark, "RegistrationDate"))
    draft = Draft(
        Right.TRADE_MARK, RecordKind.REGISTRATION if registered else RecordKind.APPLICATION, notes, "st96"
    )
    said = forms.language(field(mark, "ApplicationLanguageCode"))
    draft.set(
        office=forms.office(field(mark, "RegistrationOfficeCode"))
        or forms.office(field(mark, "ReceivingOfficeCode", "ApplicationNumber/IPOfficeCode")),
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
    )
    filed = application_number(mark)
    draft.number("application_number", forms.unpadded(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", field(mark, "ApplicationDate", "ApplicationDateTime"))
    draft.date("registration_date", field(mark, "RegistrationDate"))
    draft.date("expiry_date", field(mark, "ExpiryDate"))
    raw = values(every(mark, "PublicationBag/Publication/PublicationDate"))
    days = sorted((day, text) for text in raw if (day := forms.day(text)))
    draft.date("publication_date", days[0][1] if days else "")
    _status(mark, draft)
    _sign(mark, draft, said)
    _goods(mark, draft, said)
    for claim in every(mark, "PriorityBag/Priority"):
        draft.priority(
            forms.office(field(claim, "PriorityCountryCode")),
            application_number(claim),
            field(claim, "PriorityApplicationFilingDate"),
        )
    draft.set(
        applicants=[
            *bag(mark, ("ApplicantBag/Applicant",), "applicant"),
            *bag(mark, ("HolderBag/Holder",), "holder"),
        ],
        representatives=bag(
            mark,
            ("RepresentativeBag/Representative", "NationalRepresentative", "RecordAttorney"),
            "representative",
        ),
    )
    yield draft.finish()


def _status(mark: etree._Element, draft: Draft) -> None:
    status = field(mark, "MarkCurrentStatusCode")
    words = field(mark, "NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText")
    if words and status.isdigit():
        draft.as_filed["status"] = status
        status = words
    draft.set(status=status)


def _sign(mark: etree._Element, draft: Draft, said: str) -> None:
    shown = first(mark, "MarkRepresentation")
    made = first(shown, "MarkReproduction")
    texts = values(every(made, "WordMarkSpecification/MarkVerbalElementText"))
    names = [field(i, "FileName") for i in every(made, "MarkImageBag/MarkImage")]
    names += [
        field(i, "MarkImageURI") for i in every(made, "MarkImageBag/MarkImage") if not field(i, "FileName")
    ]
    feature = field(shown, "MarkFeatureCategory")
    code = field(shown, "MarkDescriptionBag/NationalMarkDescription/MarkFeatureCode")
    kind = marks.kind(feature, code)
    if not kind and made is not None:
        kind = "sound" if field(made, "MarkSoundBag/MarkSound/FileName") else ""
    if (feature or code) and kind != feature.lower():
        draft.as_filed["mark.kind"] = feature or code
    draft.images(name.rpartition("/")[2] for name in names)
    image = next((name.rpartition("/")[2] for name in names if name), "")
    text = " / ".join(symbols.once(texts))
    if text or kind or image:
        draft.set(mark=MarkSign(text, kind, image))
    if made is not None:
        for one in made.iter("{*}ViennaClassification"):
            parts = [field(one, name) for name in ("ViennaCategory", "ViennaDivision", "ViennaSection")]
            raw = ".".join(part for part in parts if part) or value(one)
            draft.classify("vienna", symbols.vienna(raw), raw)


def _goods(mark: etree._Element, draft: Draft, said: str) -> None:
    goods = marks.Goods()
    for group in every(mark, "GoodsServicesBag/GoodsServices"):
        for one in every(group, "GoodsServicesClassificationBag/GoodsServicesClassification"):
            if raw := field(one, "ClassNumber"):
                draft.classify("nice", symbols.nice(raw), raw)
        for one in every(group, "ClassDescriptionBag/ClassDescription"):
            raw = field(one, "ClassNumber")
            klass = symbols.nice(raw)
            if raw:
                draft.classify("nice", klass, raw)
            for text in every(one, "GoodsServicesDescriptionText"):
                if klass is not None:
                    goods.add(klass, language(text, said), plain(text))
    draft.set(goods=goods.texts())


FORMATS = (
    XmlFormat(
        "st96-trademark",
        frozenset(
            {
                "TrademarkApplication",
                "TrademarkTransaction",
                "TrademarkTransactionBody",
                "TrademarkBag",
                "Trademark",
            }
        ),
        read,
        ("Trademark",),
    ),
)
