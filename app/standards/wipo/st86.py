"""WIPO ST.86 industrial design XML and its dialects: EUIPO (EM-DS), DPMA result lists."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo import tm_ds_parts as parts
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, local, value

STANDARD = "st86"


def read(element: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `Design` of a register, or an application (or a request) with all its designs."""
    whole = local(element) != "Design"
    designs = list(every(element, "DesignDetails/Design")) if whole else [element]
    places = [element, *(design for design in designs if design is not element)]

    def one(*names: str) -> str:
        return next((text for place in places if (text := field(place, *names))), "")

    number = one("RegistrationNumber")
    registered = forms.day(one("RegistrationDate")) or forms.no_zeros(number)
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    asked = local(element) == "DesignServicesApplication"
    draft = Draft(Right.DESIGN, RecordKind.NOTICE if asked else kind, notes, STANDARD)
    language = forms.language(one("DesignApplicationLanguageCode", "ApplicationLanguageCode"))
    status = one("DesignCurrentStatusCode", "DesignApplicationCurrentStatusCode",
                 "DesignApplicationCurrentStatus", "DesignStatus")  # fmt: skip
    draft.set(
        office=forms.office(one("RegistrationOfficeCode")) or forms.office(one("ReceivingOfficeCode")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
        status=(one("ApplicationRequestType") or "request") if asked else status,
        designs=len(designs),
    )
    filed = one("DesignApplicationNumber", "ApplicationNumber", "ApplicationFilingNumber")
    draft.number("application_number", forms.unpadded(filed), filed)
    # A register that numbers design by design has no other registration number.
    number = number or (one("DesignIdentifier") if registered else "")
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", one("DesignApplicationDate", "ApplicationDate", "DesignApplicationDateTime",
                                  "ApplicationFilingDate", "ApplicationFilingDateTime"))  # fmt: skip
    draft.date("registration_date", one("RegistrationDate"))
    draft.date("expiry_date", one("ExpiryDate"))
    draft.date("publication_date", one("PublicationDate", "PublicationDetails/Publication/PublicationDate"))
    if one("PublicationDefermentIndicator").lower() in ("true", "1") and not draft.get("publication_date"):
        draft.set(deferred=True)
    for design in designs:
        draft.design(_titles(design, language))
        _design(design, draft)
    for place in places:
        parts.claimed(draft, place)
    if whole:
        draft.declared_designs(one("TotalDesign"), len(designs))
    draft.images(view for design in designs for view in _views(design))
    _parties(places, draft)
    yield draft.finish()


_PRODUCT = "IndicationProductDetails/IndicationProduct"
_CLASSES = "ClassDescriptionDetails/ClassDescription"


def _titles(design: etree._Element, own: str) -> dict[str, str]:
    """The titles of one design by language; where it has none, the indication of product serves as one."""
    found: dict[str, list[str]] = {}
    for path in (
        "DesignTitle", f"{_PRODUCT}/IndicationProductDescription",
        f"{_PRODUCT}/{_CLASSES}/ProductDescription", _PRODUCT, f"{_CLASSES}/ProductDescription",
        "ProductDescription",
    ):  # fmt: skip
        before = set(found)
        for title in every(design, path):
            text = "" if len(title) else value(title)
            language = forms.language(title.get("languageCode") or own)
            if text and language not in before and text not in found.setdefault(language, []):
                found[language].append(text)
        found = {language: texts for language, texts in found.items() if texts}
    return {language: "; ".join(texts) for language, texts in found.items()}


def _design(design: etree._Element, draft: Draft) -> None:
    """Classes of one design."""
    for path in (f"{_CLASSES}/ClassNumber", f"{_PRODUCT}/{_CLASSES}/ClassNumber"):
        for one in every(design, path):
            draft.classify("locarno", symbols.locarno(value(one)), value(one))
    for one in design.iter("{*}CategoryCode"):
        if symbol := symbols.vienna(value(one)):
            draft.classify("vienna", symbol, value(one))


def _views(design: etree._Element) -> Iterator[str]:
    """Each view once; EUIPO pads its addresses with tabs and line ends. Sheets where there are no views."""
    views = list(design.iter("{*}View"))
    for view in views:
        yield parts.last_part(field(view, "ViewURI", "ViewFilename", "ViewIdentifier"))
    if not views:
        for sheet in design.iter("{*}DesignRepresentationSheet"):
            yield parts.last_part(field(sheet, "RepresentationSheetFilename", "RepresentationSheetURI"))


def _parties(places: list[etree._Element], draft: Draft) -> None:
    """Parties of the application and of its designs; a register may put them beside the design."""
    above = places[0].getparent()
    for name, groups in (
        ("applicants", (("Applicant", "applicant"), ("Holder", "holder"))),
        ("inventors", (("Designer", "inventor"),)),
        ("representatives", (("Representative", "representative"),)),
    ):
        for tag, role in groups:
            path = f"{tag}Details/{tag}"
            given = any(True for place in places for _one in every(place, path))
            around = places if given or above is None else [above]
            found = parts.named(around, path, role)
            draft.set(**{name: [*(draft.get(name) or []), *found]})
            parts.keys(draft, [*places, *around], name, f"{tag}Details", STANDARD)


def read_hit(hit: etree._Element, notes: Notes) -> Iterator[Record]:
    """One line of a result list of the German register."""
    draft = Draft(Right.DESIGN, RecordKind.REGISTRATION, notes, STANDARD)
    draft.set(office="DE")
    applied = field(hit, "DesignApplicationNumber")
    bare = applied.rpartition(".")[0] if applied[-2:-1] == "." else applied
    draft.number("application_number", forms.no_zeros(bare), applied)
    number = field(hit, "RegistrationNumber", "DesignIdentifier")
    draft.number("registration_number", forms.unpadded(number), number)
    if identifier := field(hit, "DesignIdentifier"):
        draft.as_filed["design"] = identifier
    draft.date("filing_date", field(hit, "DesignApplicationDate"))
    draft.date("registration_date", field(hit, "RegistrationDate"))
    draft.date("publication_date", field(hit, "PublicationDate"))
    draft.set(status=field(hit, "DesignStatus"), designs=1)
    draft.text_by_language("titles", forms.UNKNOWN_LANGUAGE, field(hit, "ProductDescription"))
    for one in every(hit, "ClassNumber"):
        draft.classify("locarno", symbols.locarno(value(one)), value(one))
    draft.images(field(hit, "FirstRepresentationSheetFilename").split()[:1])
    draft.set(images=forms.count(field(hit, "TotalRepresentationSheet")))
    draft.set(
        applicants=[_one_line(field(hit, "OwnerOrApplicant"), "holder", draft, "applicants")],
        representatives=[_one_line(field(hit, "Representative"), "representative", draft, "representatives")],
    )
    yield draft.finish()


def _one_line(text: str, role: str, draft: Draft, name: str) -> NamedParty:
    """`Samsung Electronics Co., Ltd., Suwon-si Gyeonggi-do, KR`: name, place, country in one text."""
    head, comma, country = text.rpartition(", ")
    if not comma or not forms.office(country) or len(country) != 2:
        return NamedParty(text, role=role)
    title, comma, city = head.rpartition(", ")
    if not comma:
        title, city = head, ""
    draft.as_filed[name] = text
    return NamedParty(title, country, city, role)


def _is_design(prolog: Prolog) -> bool:
    said = prolog.claims
    if "st96" in said:
        return False
    # The e-filing dialect says only inside what it is about.
    return prolog.name != "Transaction" or b"DesignTransactionBody" in prolog.start or "design" in said


def _is_list(prolog: Prolog) -> bool:
    return prolog.name == "DesignHitList"


FORMATS = (
    XmlFormat("st86", frozenset({"DesignHitList"}), read_hit, ("DesignHitListRecord",), _is_list),
    XmlFormat(
        "st86",
        frozenset({"Transaction", "DesignTransactionBody", "DesignApplication", "Design", "DesignDetails"}),
        read,
        ("DesignApplication", "DesignServicesApplication", "Design"),
        _is_design,
    ),
)
