"""WIPO ST.66 trade mark XML and its dialects: EUIPO (EM-TM), DPMA, USPTO status data, e-filing (TM-XML)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import MarkSign, Record, RecordKind, Right
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import tm_ds_parts as parts
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, local, plain, value, values

STANDARD = "st66"


def read(element: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `TradeMark`, or the marks of one `TradeMarkApplication` or of a request about marks."""
    if local(element) == "TradeMark":
        yield _mark(element, [], notes, "")
        return
    request = field(element, "ApplicationRequestType") or field(element, "ApplicationFormName")
    asked = request or "request" if local(element) == "TradeMarkServicesApplication" else ""
    for mark in every(element, "TradeMarkDetails/TradeMark"):
        yield _mark(mark, [element], notes, asked)


def _mark(mark: etree._Element, around: list[etree._Element], notes: Notes, asked: str) -> Record:
    """The record of a mark. `asked`: what is wanted, where the file is a request about it."""
    registered = forms.no_zeros(field(mark, "RegistrationNumber")) or forms.day(
        field(mark, "RegistrationDate")
    )
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, RecordKind.NOTICE if asked else kind, notes, STANDARD)
    language = forms.language(field(mark, "ApplicationLanguageCode"))
    office = forms.office(field(mark, "RegistrationOfficeCode")) or forms.office(
        field(mark, "ReceivingOfficeCode")
    )
    draft.set(office=office, language=language if language != forms.UNKNOWN_LANGUAGE else "")
    number = field(mark, "ApplicationNumber") or next((n for a in around if (n := _filing_number(a))), "")
    draft.number("application_number", forms.unpadded(number), number)
    number = field(mark, "RegistrationNumber")
    draft.number("registration_number", forms.unpadded(number), number)
    filed = field(mark, "ApplicationDate", "ApplicationDateTime")
    filed = filed or next((d for a in around if (d := _filing_date(a))), "")
    draft.date("filing_date", filed)
    draft.date("registration_date", field(mark, "RegistrationDate"))
    draft.date("expiry_date", field(mark, "ExpiryDate"))
    # Later publications are of the registration and of changes.
    published = values(every(mark, "PublicationDetails/Publication/PublicationDate"))
    draft.date("publication_date", forms.earliest(published))
    words = field(mark, "TradeMarkExt/MarkCurrentStatusExternalDescriptionText")
    status = parts.status(draft, field(mark, "MarkCurrentStatusCode"), words)
    draft.set(status=asked or status)
    _sign(mark, draft)
    _figures(mark, draft, office)
    _goods(mark, draft)
    parts.claimed(draft, mark)
    _parties(mark, around, draft)
    return draft.finish()


def _filing_number(application: etree._Element) -> str:
    return field(application, "ApplicationNumber", "ApplicationFilingNumber")


def _filing_date(application: etree._Element) -> str:
    return field(application, "ApplicationDate", "ApplicationFilingDate", "ApplicationFilingDateTime")


_IMAGE_NAMES = ("MarkImageFilename", "MarkImageURI", "MarkImageIdentifier")
_SERIES = "MarkSeriesDetails"
_MEDIA = "MarkMediaDetails/MarkMedia"


def _sign(mark: etree._Element, draft: Draft) -> None:
    words = [
        *values(every(mark, "WordMarkSpecification/MarkVerbalElementText")),
        *values(every(mark, f"{_SERIES}/WordMarkSpecification/MarkVerbalElementText")),
        *values(every(mark, f"{_SERIES}/MarkSeries/WordMarkSpecification/MarkVerbalElementText")),
    ]
    feature = field(mark, "MarkFeature", "MarkFeatureDetails/MarkFeature")
    kind = marks.kind(feature, field(mark, "TradeMarkExt/MarkFeatureCode"))
    if not kind and next(every(mark, "MarkSoundDetails/MarkSound"), None) is not None:
        kind = "sound"
    if feature and kind != feature.lower():
        draft.as_filed["mark.kind"] = feature
    # Numbered by address: EUIPO gives a URI, others a file name, some only a number.
    paths = ("MarkImageDetails/MarkImage", f"{_SERIES}/MarkImage", f"{_SERIES}/MarkSeries/MarkImage")
    names = [parts.last_part(field(one, *_IMAGE_NAMES)) for path in paths for one in every(mark, path)]
    names += [parts.last_part(field(one, "MarkMediaImageFilename", "MarkMediaImageURI"))
              for one in every(mark, _MEDIA)]  # fmt: skip
    text, image = " / ".join(symbols.once(words)), next((name for name in names if name), "")
    if text or kind or image:
        draft.set(mark=MarkSign(text, kind, image))
    draft.images(names)


def _figures(mark: etree._Element, draft: Draft, office: str) -> None:
    """Vienna symbols of the mark's own pictures. The US office lists codes of its own scheme there."""
    own: list[str] = []
    for category in mark.iter("{*}MarkImageCategory"):
        above = list(parts.ancestors_below(category, mark))
        if "MarkImageDetails" not in above and _SERIES not in above:
            continue
        if any(name.startswith(("Earlier", "Opposition")) for name in above):
            continue
        kind = field(category, "CategoryKind").lower()
        vienna = "vien" in kind or "wien" in kind or (kind in ("", "undefined") and office != "US")
        for one in category.iter("{*}CategoryCode"):
            if vienna:
                draft.classify("vienna", symbols.vienna(value(one)), value(one))
            elif value(one):
                own.append(value(one))
    if own:
        draft.as_filed["classes.national_figures"] = "; ".join(own)


def _goods(mark: etree._Element, draft: Draft) -> None:
    goods = marks.Goods()
    for group in every(mark, "GoodsServicesDetails/GoodsServices"):
        scheme = field(group, "ClassificationKindCode").lower()
        if scheme in ("domestic", "other"):
            continue
        for one in every(group, "ClassDescriptionDetails/ClassDescription"):
            raw = field(one, "ClassNumber")
            klass = symbols.nice(raw)
            draft.classify("nice", klass, raw)
            if klass is None:
                continue
            for text in every(one, "GoodsServicesDescription"):
                goods.add(klass, forms.language(text.get("languageCode") or text.get("lang")), plain(text))
            if next(every(one, "GoodsServicesDescription"), None) is None:
                _terms(one, klass, goods)
    draft.set(goods=goods.texts())


def _terms(one: etree._Element, klass: int, goods: marks.Goods) -> None:
    """Goods given term by term, as front offices do that let the applicant pick from a list."""
    for details in every(one, "ClassificationTermDetails"):
        said = field(details, "ClassificationTermLanguageCode")
        for term in every(details, "ClassificationTerm"):
            own = field(term, "ClassificationTermLanguageCode") or said
            for text in every(term, "ClassificationTermText"):
                goods.add(klass, forms.language(text.get("languageCode") or own), value(text))


def _parties(mark: etree._Element, around: list[etree._Element], draft: Draft) -> None:
    """Parties of the mark; the US dialect puts the owners beside it, not into it."""
    places = [mark, *around]
    above = mark.getparent()
    if above is not None and not around:
        further = above.getparent()
        places += [above] if further is None else [above, further]
    for name, groups in (
        ("applicants", (("Applicant", "applicant"), ("Holder", "holder"))),
        ("representatives", (("Representative", "representative"),)),
    ):
        for place in places:
            ones = [(one, role) for tag, role in groups for one in every(place, f"{tag}Details/{tag}")]
            found = [p for one, role in sorted(ones, key=_age) if (p := parts.party(one, role)).name]
            if found:
                draft.set(**{name: found})
                break
        for tag, _role in groups:
            parts.keys(draft, [mark, *around], name, f"{tag}Details", STANDARD)


def _age(one: tuple[etree._Element, str]) -> int:
    """The US office lists all owners a mark ever had, each with its type: the higher, the later."""
    kind = field(one[0], "ApplicantExt/PartyTypeCode")
    return -forms.count(kind)


def _is_mark(prolog: Prolog) -> bool:
    said = prolog.claims
    if prolog.name == "Transaction" and b"TradeMarkTransactionBody" not in prolog.start:
        return b"TransactionBody" not in prolog.start and "design" not in said and "st96" not in said
    return "st96" not in said


FORMATS = (
    XmlFormat(
        "st66",
        frozenset({"Transaction", "TradeMarkTransactionBody", "TransactionContentDetails", "TransactionData",
                   "TradeMarkApplication", "TradeMark", "TradeMarkDetails"}),
        read,
        ("TradeMarkApplication", "TradeMarkServicesApplication", "TradeMark"),
        _is_mark,
    ),
)  # fmt: skip
