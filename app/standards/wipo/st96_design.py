"""ST.96 designs: applications of one or many designs, register transactions, Hague registrations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st96_parts import application_number, bag, claimed, earliest, language
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, local, value

_NUMBERS = ("RegistrationNumber", "InternationalRegistrationNumber")


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """An application or Hague registration with all its designs, or a single design."""
    designs = [root] if local(root) == "Design" else [*every(root, "DesignBag/Design"),
                                                      *every(root, "HagueDesignBag/HagueDesign")]  # fmt: skip
    lead = designs[0] if designs else root
    number = field(lead, "RegistrationNumber") or field(root, *_NUMBERS)
    day = field(lead, "RegistrationDate") or field(root, "InternationalRegistrationDate")
    registered = forms.no_zeros(number) or forms.day(day)
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.DESIGN, kind, notes, "st96")
    said = forms.language(
        field(root, "DesignApplicationLanguageCode", "ApplicationLanguageCode", "FilingLanguageCode")
    )
    hague = "WO" if local(root) == "HagueRegistration" else ""
    draft.set(
        office=forms.office(field(root, "RegistrationOfficeCode"))
        or hague
        or forms.office(field(root, "ReceivingOfficeCode", "ApplicationNumber/IPOfficeCode", "IPOfficeCode")),
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
        designs=len(designs),
        status=field(root, "DesignApplicationCurrentStatusCategory")
        or field(lead, "DesignCurrentStatusCategory"),
    )
    filed = application_number(root)
    draft.number("application_number", forms.unpadded(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    filed = field(root, "ApplicationDate", "ApplicationDateTime", "InternationalFilingDate")
    draft.date("filing_date", filed)
    draft.date("registration_date", day)
    draft.date("expiry_date", field(lead, "ExpiryDate") or field(root, "ExpiryDate"))
    draft.date("publication_date", earliest(lead) or _bulletin(root))
    _deferred(root, designs, draft)
    _designs(designs, draft, said)
    for place in [root, *(design for design in designs if design is not root)]:
        claimed(draft, place)
    _parties(root, designs, draft)
    draft.declared_designs(field(root, "DesignTotalQuantity"), len(designs))
    yield draft.finish()


def _bulletin(root: etree._Element) -> str:
    """The day of the bulletin a Hague registration is published in, which stands once for all of them.

    The header is freed with the first registration; its day is left on the bulletin for the others.
    """
    for above in root.iterancestors():
        if local(above) == "HagueBulletin":
            if day := field(above, "HagueBulletinTransactionHeader/PublicationDate"):
                above.set("day", day)
            return above.get("day") or ""
    return ""


def _deferred(root: etree._Element, designs: list[etree._Element], draft: Draft) -> None:
    """Publication put off, and not made yet."""
    said = {field(place, "PublicationDefermentIndicator").lower() for place in (root, *designs)}
    if (said & {"true", "1"} or field(root, "DefermentExpiryDate")) and not draft.get("publication_date"):
        draft.set(deferred=True)


def _designs(designs: Iterable[etree._Element], draft: Draft, said: str) -> None:
    views: list[str] = []
    for design in designs:
        draft.design(_titles(design, said))
        for one in design.iter("{*}LocarnoClassification"):
            raw = field(one, "LocarnoClass")
            subs = [value(sub) for sub in every(one, "LocarnoSubclassBag/LocarnoSubclass") if value(sub)]
            for sub in subs or [""]:
                draft.classify(
                    "locarno", symbols.locarno(f"{raw}-{sub}" if sub else raw), f"{raw} {sub}".strip()
                )
        for one in design.iter("{*}LocarnoClassificationText"):
            if symbol := symbols.locarno(value(one)):
                draft.classify("locarno", symbol, value(one))
        for one in design.iter("{*}ViennaClassificationText"):
            draft.classify("vienna", symbols.vienna(value(one)), value(one))
        shown = list(design.iter("{*}View"))
        views.extend(field(view, "FileName", "ViewIdentifier") for view in shown)
        if not shown:
            views.extend(field(sheet, "FileName") for sheet in design.iter("{*}DesignRepresentationSheet"))
    draft.images(views)


def _titles(design: etree._Element, said: str) -> dict[str, str]:
    """The titles of one design by language; the indication of product where it has none of its own."""
    found: dict[str, str] = {}
    for path in ("DesignTitleText", "ProductDescriptionTextBag/ProductDescriptionText"):
        for title in every(design, path):
            if text := value(title):
                found.setdefault(language(title, said), text)
    if not found:
        for product in design.iter("{*}LocarnoSubclassProductIndicationText"):
            if text := value(product):
                found.setdefault(language(product, said), text)
    return found


def _parties(root: etree._Element, designs: list[etree._Element], draft: Draft) -> None:
    places = [root, *(design for design in designs if design is not root)]
    for name, paths in (
        ("applicants", (("ApplicantBag/Applicant", "applicant"), ("HolderBag/Holder", "holder"))),
        ("inventors", (("DesignerBag/Designer", "inventor"),)),
        ("representatives", (("RepresentativeBag/Representative", "representative"),
                             ("Representative", "representative"))),
    ):  # fmt: skip
        found = [p for path, role in paths for place in places for p in bag(place, (path,), role)]
        draft.set(**{name: found})


def _is_st96(prolog: Prolog) -> bool:
    return "st96" in prolog.claims


FORMATS = (
    XmlFormat(
        "st96-design",
        frozenset({"DesignApplication", "DesignApplicationBag", "DesignTransactionBody"}),
        read,
        ("DesignApplication", "Design"),
        _is_st96,
    ),
    XmlFormat(
        "st96-design",
        frozenset({"DesignTransaction", "Design", "DesignBag"}),
        read,
        ("DesignApplication", "Design"),
        lambda prolog: prolog.name == "DesignTransaction" or _is_st96(prolog),
    ),
    XmlFormat(
        "st96-design",
        frozenset({"TransactionContentBag", "TransactionData"}),
        read,
        ("DesignApplication", "Design"),
        lambda prolog: _is_st96(prolog) and prolog.namespace.rstrip("/").endswith("Design"),
    ),
)
