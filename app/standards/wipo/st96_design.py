"""ST.96 designs: applications of one or many designs, and register transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import Record, RecordKind, Right
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st96_parts import application_number, bag, language
from app.standards.xml.texts import every, field, local, value


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """An application with all its designs, or a single design."""
    designs = list(every(root, "DesignBag/Design")) if local(root) != "Design" else [root]
    lead = designs[0] if designs else root
    number = field(lead, "RegistrationNumber") or field(
        root, "RegistrationNumber", "InternationalRegistrationNumber"
    )
    day = field(lead, "RegistrationDate")
    registered = forms.no_zeros(number) or forms.day(day)
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.DESIGN, kind, notes, "st96")
    said = forms.language(field(root, "DesignApplicationLanguageCode", "ApplicationLanguageCode"))
    draft.set(
        office=forms.office(field(root, "RegistrationOfficeCode"))
        or forms.office(field(root, "ReceivingOfficeCode", "ApplicationNumber/IPOfficeCode")),
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
        designs=len(designs),
        status=field(root, "DesignApplicationCurrentStatusCategory")
        or field(lead, "DesignCurrentStatusCategory"),
    )
    filed = application_number(root)
    draft.number("application_number", forms.unpadded(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", field(root, "ApplicationDate", "ApplicationDateTime"))
    draft.date("registration_date", day)
    draft.date("expiry_date", field(lead, "ExpiryDate"))
    draft.date("publication_date", field(lead, "PublicationBag/Publication/PublicationDate"))
    declared = field(root, "DesignTotalQuantity")
    _designs(designs, draft, said)
    _parties(root, designs, draft)
    if declared.isdigit() and int(declared) != len(designs):
        draft.as_filed["designs"] = declared
    yield draft.finish()


def _designs(designs: Iterable[etree._Element], draft: Draft, said: str) -> None:
    views: list[str] = []
    for design in designs:
        for title in every(design, "DesignTitleText"):
            draft.text_by_language("titles", language(title, said), value(title))
        for one in design.iter("{*}LocarnoClassification"):
            raw, sub = field(one, "LocarnoClass"), field(one, "LocarnoSubclassBag/LocarnoSubclass")
            draft.classify("locarno", symbols.locarno(f"{raw}-{sub}" if sub else raw), f"{raw} {sub}".strip())
        for one in design.iter("{*}LocarnoClassificationText"):
            if symbol := symbols.locarno(value(one)):
                draft.classify("locarno", symbol, value(one))
        for claim in every(design, "PriorityBag/Priority"):
            draft.priority(
                forms.office(field(claim, "PriorityCountryCode")),
                application_number(claim),
                field(claim, "PriorityApplicationFilingDate"),
            )
        views.extend(field(view, "FileName", "ViewIdentifier") for view in design.iter("{*}View"))
        if not any(True for _view in design.iter("{*}View")):
            views.extend(field(sheet, "FileName") for sheet in design.iter("{*}DesignRepresentationSheet"))
        draft.text_by_language("titles", said, _product(design))
    draft.images(views)


def _product(design: etree._Element) -> str:
    """The indication of product where the design has no title of its own."""
    if field(design, "DesignTitleText"):
        return ""
    return next((value(e) for e in design.iter("{*}LocarnoSubclassProductIndicationText") if value(e)), "")


def _parties(root: etree._Element, designs: list[etree._Element], draft: Draft) -> None:
    places = [root, *(design for design in designs if design is not root)]
    draft.set(
        applicants=[p for place in places for p in bag(place, ("ApplicantBag/Applicant",), "applicant")],
        inventors=[p for place in places for p in bag(place, ("DesignerBag/Designer",), "inventor")],
        representatives=[
            p for place in places for p in bag(place, ("RepresentativeBag/Representative",), "representative")
        ],
    )


FORMATS = (
    XmlFormat(
        "st96-design", frozenset({"DesignApplication", "DesignApplicationBag"}), read, ("DesignApplication",)
    ),
    XmlFormat(
        "st96-design", frozenset({"DesignTransaction", "Design"}), read, ("DesignApplication", "Design")
    ),
)
