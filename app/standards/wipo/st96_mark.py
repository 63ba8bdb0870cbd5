"""ST.96 trade marks: applications and transactions, V6.0 and earlier, also the US office's status data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms, marks
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import st96_sign
from app.standards.wipo.st96_parts import application_number, claimed, earliest, party
from app.standards.wipo.tm_ds_parts import status
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, first

_AGENTS = ("RepresentativeBag/Representative", "RecordAttorney", "NationalRepresentative")


def read(mark: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `Trademark`."""
    number = field(mark, "RegistrationNumber", "InternationalRegistrationNumber")
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
    draft.date("registration_date", field(mark, "RegistrationDate", "InternationalRegistrationDate"))
    draft.date("expiry_date", field(mark, "ExpiryDate"))
    draft.date("publication_date", earliest(mark))
    words = field(mark, "NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText")
    draft.set(status=status(draft, field(mark, "MarkCurrentStatusCode"), words))
    _sign(mark, draft)
    st96_sign.goods(draft, mark, said)
    claimed(draft, mark)
    _parties(mark, draft)
    yield draft.finish()


def _parties(mark: etree._Element, draft: Draft) -> None:
    """Parties of the mark; a transaction may list them beside the marks."""
    data = mark.getparent()
    data = data.getparent() if data is not None else None
    for name, owners in (
        ("applicants", (("ApplicantBag/Applicant", "applicant"), ("HolderBag/Holder", "holder"))),
        ("representatives", tuple((path, "representative") for path in _AGENTS)),
    ):
        for place in (mark, data):
            ones = [(one, role) for path, role in owners for one in every(place, path)]
            if name == "applicants" and draft.get("office") == "US":
                ones.sort(key=_age)
            found = [p for one, role in ones if (p := party(one, role)).name]
            if found:
                draft.set(**{name: found})
                break


def _age(one: tuple[etree._Element, str]) -> int:
    """The US office lists all owners a mark ever had, numbered by their type: the higher, the later."""
    for name, said in one[0].attrib.items():
        if str(name).endswith("sequenceNumber"):
            return -forms.count(str(said))
    return 0


def _sign(mark: etree._Element, draft: Draft) -> None:
    shown = first(mark, "MarkRepresentation")
    made = first(shown, "MarkReproduction")
    feature = field(shown, "MarkFeatureCategory")
    code = field(shown, "MarkDescriptionBag/NationalMarkDescription/MarkFeatureCode")
    kind = marks.kind(feature, code)
    if not kind and field(made, "MarkSoundBag/MarkSound/FileName"):
        kind = "sound"
    if not kind and field(made, "MarkMultimediaBag/MarkMultimedia/FileName"):
        kind = "multimedia"
    texts = [t for spec in every(made, "WordMarkSpecification") for t in st96_sign.words(spec)]
    st96_sign.sign(draft, kind, feature or code, texts, st96_sign.pictures(made))
    st96_sign.figures(draft, made)


def _is_st96(prolog: Prolog) -> bool:
    """Drafts before V1 wrote `TradeMark`, as ST.66 does."""
    return "st96" in prolog.claims


_ROOTS = frozenset(
    {"TrademarkApplication", "TrademarkTransaction", "TrademarkTransactionBody", "TrademarkBag", "Trademark"}
)
FORMATS = (
    XmlFormat("st96-trademark", _ROOTS, read, ("Trademark",)),
    XmlFormat(
        "st96-trademark",
        frozenset({"TransactionContentBag", "TransactionData"}),
        read,
        ("Trademark",),
        lambda prolog: _is_st96(prolog) and prolog.namespace.rstrip("/").endswith("Trademark"),
    ),
    XmlFormat(
        "st96-trademark",
        frozenset(root.replace("Trademark", "TradeMark") for root in _ROOTS),
        read,
        ("TradeMark",),
        _is_st96,
    ),
)
