"""Madrid and Hague transactions of ST.96: a registration becomes a record of its own, all else a notice.

Notified designations and registrations carry the whole mark or design; refusals, renewals, changes and the
like only name the international registration they are about.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms, marks
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import st96_design, st96_sign
from app.standards.wipo.st96_parts import application_number, bag, claimed, number_of
from app.standards.xml.texts import every, field, local, value, values

_WHOLE_MARKS = ("MadridDesignation", "MadridInternationalRegistrationCreation")
_MARK_FILINGS = ("MadridApplication", "MadridSubsequentDesignation")
_MARK_NOTICES = (
    "MadridDesignationTermination", "MadridRenewal", "MadridProtectionRestriction",
    "MadridHolderRepresentativeChange", "MadridPartialChangeOwnership",
    "MadridInternationalRegistrationDivision", "MadridInternationalRegistrationMerger",
    "MadridBasicRegistrationApplicationChange", "MadridCompletedProcessing", "MadridCorrection",
    "MadridLicenseeRecordChange", "MadridSecondPartPayment", "MadridIrregularityNotification",
    "MadridAbandonmentNotification", "MadridNationalRegistrationReplacement",
    "MadridInternationalRegistrationDivisionRequest", "MadridInternationalRegistrationMergerRequest",
    "MadridHolderDisposalRightRestriction", "MadridInvalidation", "MadridGoodsServicesLimitationRequest",
    "MadridRepresentativeAppointment", "MadridRepresentativeNameAddressChange",
    "MadridRepresentativeCancellation", "MadridHolderNameAddressChange", "MadridCancellation",
    "MadridRenewalRequest", "MadridRenunciation", "MadridOwnershipChange", "MadridGrantProtection",
    "MadridInterimStatus", "MadridProvisionalRefusal", "MadridCeasingEffect", "MadridFinalDecision",
    "MadridPossibleOppositionNotification", "MadridFurtherDecision", "MadridGenericOfficeCommunication",
)  # fmt: skip
_DESIGN_NOTICES = (
    "HagueRenewal", "HagueExpiration", "HagueOwnershipChange", "HagueOwnershipChangeRefusal",
    "HagueOwnershipChangeRefusalWithdrawal", "HagueMerger", "HagueHolderNameAddressChange",
    "HagueCreatorNameAddressChange", "HagueRenunciation", "HagueLimitation", "HagueRefusal",
    "HagueRefusalWithdrawal", "HagueGrantProtection", "HagueInvalidation", "HagueCancellationNonPayment",
    "HagueCorrection", "HagueCorrectionRefusal", "HagueCorrectionRefusalWithdrawal", "HagueSecondPartFeePaid",
    "HagueSecondPartFeeNotPaid", "HaguePublicationCancellation", "HagueIrregularityNotification",
    "HagueGrantProtectionRequest", "HagueRefusalRequest", "HagueRefusalWithdrawalRequest",
    "HagueInvalidationRequest", "HagueDivision", "HagueSecondPartFeePayable",
    "HagueCancellationNonPaymentRequest", "HagueGenericOfficeCommunication",
)  # fmt: skip


def read(element: etree._Element, notes: Notes) -> Iterator[Record]:
    """One transaction."""
    name = local(element)
    if name in ("HagueRegistration", "HagueApplication"):
        yield from st96_design.read(element, notes)
    elif name in _WHOLE_MARKS or name in _MARK_FILINGS:
        yield _mark(element, notes)
    else:
        yield from _notices(element, notes)


def _mark(one: etree._Element, notes: Notes) -> Record:
    """An international mark, as notified to an office or as filed through it."""
    kind = RecordKind.REGISTRATION if local(one) in _WHOLE_MARKS else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, kind, notes, "st96")
    said = forms.language(field(one, "NotificationLanguage", "ApplicationLanguageCode", "FilingLanguageCode"))
    category = field(one, "MadridDesignationCategory", "MadridInternationalRegistrationCreationCategory")
    draft.set(
        office="WO", language=said if said != forms.UNKNOWN_LANGUAGE else "", status=category,
    )  # fmt: skip
    number = field(one, "InternationalRegistrationNumber")
    draft.number("registration_number", forms.unpadded(number), number)
    filed = application_number(one)
    draft.number("application_number", forms.unpadded(filed), filed)
    draft.date("registration_date", field(one, "InternationalRegistrationDate"))
    draft.date("filing_date", field(one, "ApplicationDate", "ApplicationDateTime"))
    draft.date("expiry_date", field(one, "ExpiryDate"))
    if origin := field(one, "OfficeOriginCode"):
        draft.as_filed["office_of_origin"] = origin
    _told(draft, one)
    feature = field(one, "MarkFeatureCategoryBag/MarkFeatureCategory", "MarkFeatureCategory")
    texts = st96_sign.words(one)
    st96_sign.sign(draft, marks.kind(feature), feature, texts, st96_sign.pictures(one))
    st96_sign.figures(draft, one)
    st96_sign.goods(draft, one, said)
    claimed(draft, one)
    draft.set(
        applicants=[
            *bag(one, ("ApplicantBag/Applicant",), "applicant"), *bag(one, ("HolderBag/Holder",), "holder")
        ],
        representatives=bag(one, ("RepresentativeBag/Representative", "Representative"), "representative"),
    )  # fmt: skip
    return draft.finish()


def _told(draft: Draft, one: etree._Element) -> None:
    """What a designated office needs besides the mark: days, the basic mark, colours, a limitation."""
    said = {
        "notified": field(one, "RecordNotificationDate"),
        "designated": field(one, "RecordEffectiveDate"),
        "colours": "; ".join(
            values(every(one, "MarkImageColourClaimedTextBag/MarkImageColourClaimedText"))
        ),
    }  # fmt: skip
    for basic in every(one, "BasicRegistrationApplicationBag/BasicRegistrationApplication"):
        office = field(basic, "RegistrationOfficeCode") or field(one, "OfficeOriginCode")
        for kind in ("Registration", "Application"):
            for tie in every(basic, f"Basic{kind}Bag/Basic{kind}"):
                number = number_of(tie, f"Basic{kind}Number")
                draft.relate("basic_mark", office, number, field(tie, f"Basic{kind}Date"))
    limits = every(one, "GoodsServicesLimitationBag/GoodsServicesLimitation")
    said["limitation"] = " | ".join(text for limit in limits if (text := _limited(limit)))
    draft.as_filed.update({name: text for name, text in said.items() if text})


def _limited(limit: etree._Element) -> str:
    """A limitation in one line: the offices it concerns, what is done, and the goods of each class."""
    offices = values(every(limit, "LimitationCountryCodeBag/LimitationCountryCode"))
    lists = [each for each in limit.iter("{*}*") if local(each).endswith("ClassDescription")]
    goods = [
        f"{field(each, 'ClassNumber')}: {'; '.join(values(every(each, 'GoodsServicesDescriptionText')))}"
        for each in lists
    ]
    parts = (" ".join(offices), field(limit, "GoodsServicesLimitationCategory"), *goods)
    return " ".join(part for part in parts if part)


def _notices(one: etree._Element, notes: Notes) -> Iterator[Record]:
    """What is said about a registration; one that concerns several is a notice on each."""
    number_tag = "InternationalRegistrationNumber"
    single = [field(one, number_tag)]
    several = values(every(one, f"{number_tag}Bag/{number_tag}"))
    name = local(one)
    right = Right.TRADE_MARK if name.startswith("Madrid") else Right.DESIGN
    for number in dict.fromkeys(n for n in (*single, *several) if n):
        draft = Draft(right, RecordKind.NOTICE, notes, "st96")
        said = next((value(e) for e in one if local(e).endswith("Category") and not len(e) and value(e)), "")
        draft.set(office="WO", status=said or name.removeprefix("Madrid").removeprefix("Hague"))
        draft.as_filed["status"] = name
        draft.number("registration_number", forms.unpadded(number), number)
        draft.date("expiry_date", field(one, "ExpiryDate"))
        filed = number_of(one, "ApplicationNumber")
        draft.number("application_number", forms.unpadded(filed), filed)
        draft.set(applicants=bag(one, ("HolderBag/Holder", "HolderChangeBag/NewHolderBag/Holder"), "holder"))
        yield draft.finish()


_MARKS = (*_WHOLE_MARKS, *_MARK_FILINGS, *_MARK_NOTICES)
_DESIGNS = ("HagueRegistration", "HagueApplication", *_DESIGN_NOTICES)
FORMATS = (
    XmlFormat(
        "st96-madrid",
        frozenset({"MadridIBToOfficeTransaction", "MadridOfficeToIBTransaction", *_MARKS}),
        read,
        _MARKS,
    ),
    XmlFormat(
        "st96-hague",
        frozenset({"HagueIBToOfficeTransaction", "HagueOfficeToIBTransaction", "HagueBulletin", *_DESIGNS}),
        read,
        _DESIGNS,
    ),
)
