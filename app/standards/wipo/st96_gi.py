"""ST.96 geographical indications: applications, register data and transactions. The name is the title."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import st96_sign
from app.standards.wipo.st96_parts import application_number, bag, language, number_of, party
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, plain, values


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `GIApplication` with its `GIData`, or one `GIData`."""
    data = next(every(root, "GIData"), root)
    places = (data, root) if data is not root else (root,)

    def one(*names: str) -> str:
        return next((text for place in places if (text := field(place, *names))), "")

    number, filed = one("RegistrationNumber"), application_number(root) or application_number(data)
    registered = forms.no_zeros(number) or forms.day(one("RegistrationDate"))
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.GEOGRAPHICAL_INDICATION, kind, notes, "st96")
    draft.set(
        office=forms.office(one("RegistrationOfficeCode", "ReceivingOfficeCode"))
        or forms.office(one("ApplicationNumber/IPOfficeCode"))
        or forms.office(one("ContractingPartyOriginCode")),
        status=one("GIStatusCategory"),
    )
    draft.number("application_number", forms.unpadded(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", one("ApplicationDate"))
    draft.date("registration_date", one("RegistrationDate"))
    draft.date("expiry_date", one("ExpiryDate"))
    path = "GIPublicationBag/GIPublication/PublicationDate"
    published = [text for place in places for text in values(every(place, path))]
    draft.date("publication_date", forms.earliest(published))
    _named(data, draft)
    for place in places:
        for claim in every(place, "GIPriorityBag/GIPriority"):
            draft.priority(
                forms.office(field(claim, "PriorityCountryCode")), application_number(claim),
                field(claim, "PriorityApplicationFilingDate"),
            )  # fmt: skip
    st96_sign.goods(draft, data, "", "ProductIndicationBag/GoodsServices")
    draft.relate(
        "parent",
        forms.office(field(root, "ParentApplicationNumber/IPOfficeCode")),
        number_of(root, "ParentApplicationNumber"),
    )
    _parties(root, places, draft)
    yield draft.finish()


def _named(data: etree._Element, draft: Draft) -> None:
    """Names of one language joined, then their translations; transliterations stay as filed."""
    found: dict[str, list[str]] = {}
    for path in ("GINameText", "GINameRichText"):
        for name in every(data, f"GINameBag/{path}"):
            if text := plain(name):
                found.setdefault(language(name), []).append(text)
    for name in every(data, "GINameBag/GINameTranslationText"):
        said = language(name)
        if (text := plain(name)) and said not in found:
            found[said] = [text]
    draft.set(titles={said: " / ".join(dict.fromkeys(texts)) for said, texts in found.items()})
    latin = values(every(data, "GINameBag/GINameTransliterationText"))
    if latin:
        draft.as_filed["titles.transliteration"] = "; ".join(latin)


def _parties(root: etree._Element, places: tuple[etree._Element, ...], draft: Draft) -> None:
    """Applicants; where there are none, those authorised to use the name are its holders."""
    around = [*places, *(above for above in (root.getparent(),) if above is not None)]
    applicants: list[NamedParty] = []
    agents: list[NamedParty] = []
    for place in around:
        applicants = applicants or bag(place, ("ApplicantBag/Applicant",), "applicant")
        agents = agents or bag(place, ("RepresentativeBag/Representative",), "representative")
    listed = [one for place in places for one in every(place, "AuthorizedUser")]
    users = [p for one in listed if (p := party(one, "holder")).name]
    draft.set(applicants=applicants or users, representatives=agents)


def _is_gi(prolog: Prolog) -> bool:
    return prolog.name.startswith("GI") or prolog.namespace.endswith("/GeographicalIndication")


FORMATS = (
    XmlFormat(
        "st96-gi",
        frozenset({"GIApplication", "GIData", "GITransaction", "GITransactionBody", "TransactionContentBag",
                   "TransactionData"}),
        read,
        ("GIApplication", "GIData"),
        _is_gi,
    ),
)  # fmt: skip
