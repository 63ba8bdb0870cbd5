"""ST.96 `Trademark`, one of the bag of a `TrademarkApplication`."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from app.domain.record import Record, Related
from app.standards.fields import forms, marks, symbols
from app.standards.writing import codes, printed, ties
from app.standards.writing.st96 import application_number, contact, priorities, representatives
from app.standards.writing.st96_texts import image_format
from app.standards.writing.tree import put, put_if

_FEATURES = {
    "word": "Word",
    "figurative": "Figurative",
    "combined": "Combined",
    "three_dimensional": "Three dimensional",
    "sound": "Sound",
    "colour": "Colour",
    "position": "Position",
    "pattern": "Other",
    "motion": "Motion",
    "multimedia": "Multimedia",
    "hologram": "Hologram",
    "other": "Other",
}
_CATEGORIES = frozenset({*_FEATURES.values(), "Stylized characters", "Olfactory", "Touch", "Taste", "Tracer"})


def trademark(bag: etree._Element, record: Record) -> etree._Element:
    """A new `Trademark` in `bag`."""
    mark = put(bag, "tmk:Trademark")
    if record.office in codes.OFFICES:
        put(mark, "com:RegistrationOfficeCode", record.office)
    if record.application_number or not record.registration_number:
        application_number(mark, printed.number(record, "application_number", forms.unpadded))
    put_if(mark, "com:RegistrationNumber", printed.number(record, "registration_number", forms.unpadded))
    put_if(mark, "com:ApplicationDate", record.filing_date)
    put_if(mark, "com:RegistrationDate", record.registration_date)
    put_if(mark, "com:ApplicationLanguageCode", codes.language(record.language))
    put_if(mark, "com:ExpiryDate", record.expiry_date)
    put_if(mark, "tmk:MarkCurrentStatusCode", record.status)
    if record.mark or record.image_names or record.classes.vienna:
        _sign(mark, record)
    _goods(mark, record)
    priorities(mark, "tmk", record.priorities)
    _ties(mark, record.related)
    if record.publication_date:
        made = put(put(mark, "tmk:PublicationBag"), "tmk:Publication")
        put(made, "com:PublicationIdentifier", record.publication_number)
        put(made, "com:PublicationDate", record.publication_date)
    if record.applicants:
        group = put(mark, "tmk:ApplicantBag")
        for party in record.applicants:
            contact(put(group, "tmk:Applicant"), party)
    representatives(mark, record.representatives)
    return mark


def _ties(mark: etree._Element, related: tuple[Related, ...]) -> None:
    """Exhibition priority and seniority. A showing without its day has no place in ST.96."""
    dated = [tie if tie.office in codes.COUNTRIES else replace(tie, office="") for tie in related if tie.date]
    ties.exhibitions(mark, "com:ExhibitionPriorityBag", dated, "com:")
    ties.seniorities(mark, "tmk:SeniorityBag", related, "tmk:")


def _sign(mark: etree._Element, record: Record) -> None:
    """Kind, words and pictures; Vienna codes stand with the first picture, named or not."""
    shown = put(mark, "tmk:MarkRepresentation")
    kind = record.mark.kind if record.mark else ""
    original = printed.mark_kind(record, marks.kind)
    feature = original if original in _CATEGORIES else _FEATURES.get(kind, "")
    put_if(shown, "tmk:MarkFeatureCategory", feature)
    made = put(shown, "tmk:MarkReproduction")
    text = record.mark.text if record.mark else ""
    names = list(record.image_names) or ([record.mark.image] if record.mark and record.mark.image else [])
    if text or not (names or record.classes.vienna):
        words = put(made, "tmk:WordMarkSpecification")
        put_if(words, "tmk:MarkVerbalElementText", text)
        put(words, "tmk:MarkSignificantVerbalElementText", text)
    if names or record.classes.vienna:
        bag = put(made, "tmk:MarkImageBag")
        for place, name in enumerate(names or [""]):
            image = put(bag, "tmk:MarkImage")
            put(image, "com:FileName", name)
            put_if(image, "com:ImageFormatCategory", image_format(name))
            if not place and record.classes.vienna:
                _vienna(image, record.classes.vienna)


def _vienna(image: etree._Element, symbols: tuple[str, ...]) -> None:
    group = put(put(image, "tmk:MarkImageClassification"), "com:FigurativeElementClassificationBag")
    bag = put(group, "com:ViennaClassificationBag")
    for symbol in symbols:
        one = put(bag, "com:ViennaClassification")
        for name, part in zip(("Category", "Division", "Section"), symbol.split("."), strict=False):
            put(one, f"com:Vienna{name}", part)


def _goods(mark: etree._Element, record: Record) -> None:
    numbers = list(dict.fromkeys((*record.classes.nice, *record.goods)))
    if not numbers:
        return
    group = put(put(mark, "tmk:GoodsServicesBag"), "tmk:GoodsServices")
    bag = put(group, "tmk:GoodsServicesClassificationBag")
    said = dict(zip(record.classes.nice, printed.symbols(record, "nice", symbols.nice), strict=True))
    for number in numbers:
        one = put(bag, "tmk:GoodsServicesClassification")
        put(one, "tmk:ClassificationKindCode", "Nice")
        put(one, "tmk:ClassNumber", said.get(number, str(number)))
    described = [(number, record.goods[number]) for number in numbers if record.goods.get(number)]
    if not described:
        return
    listed = put(group, "tmk:ClassDescriptionBag")
    for number, texts in described:
        one = put(listed, "tmk:ClassDescription")
        put(one, "tmk:ClassNumber", said.get(number, str(number)))
        for language, words in texts.items():
            put(one, "tmk:GoodsServicesDescriptionText", words, com__languageCode=codes.language(language))
