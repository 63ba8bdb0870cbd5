"""WIPO ST.86 industrial design XML and its dialects: EUIPO (EM-DS), DPMA result lists."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, first, local, value, values

STANDARD = "st86"


def read(element: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `Design` of a register, or a `DesignApplication` with all its designs."""
    designs = (
        list(every(element, "DesignDetails/Design")) if local(element) == "DesignApplication" else [element]
    )
    places = [element, *(design for design in designs if design is not element)]

    def one(*names: str) -> str:
        return next((text for place in places if (text := field(place, *names))), "")

    number = one("RegistrationNumber")
    registered = forms.day(one("RegistrationDate")) or forms.no_zeros(number)
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.DESIGN, kind, notes, STANDARD)
    language = forms.language(one("DesignApplicationLanguageCode", "ApplicationLanguageCode"))
    draft.set(
        office=forms.office(one("RegistrationOfficeCode")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
        status=one("DesignCurrentStatusCode", "DesignApplicationCurrentStatus", "DesignStatus"),
        designs=len(designs),
    )
    filed = one("DesignApplicationNumber", "ApplicationNumber")
    draft.number("application_number", forms.unpadded(filed), filed)
    # A register that numbers design by design has no other registration number.
    number = number or (one("DesignIdentifier") if registered else "")
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", one("DesignApplicationDate", "ApplicationDate"))
    draft.date("registration_date", one("RegistrationDate"))
    draft.date("expiry_date", one("ExpiryDate"))
    draft.date("publication_date", one("PublicationDate", "PublicationDetails/Publication/PublicationDate"))
    for design in designs:
        _design(design, draft, language)
    draft.images(view for design in designs for view in _views(design))
    _parties(places, draft)
    yield draft.finish()


def _design(design: etree._Element, draft: Draft, own: str) -> None:
    """Titles, classes and priorities of one design; the indication of product serves as a title."""
    for path in (
        "DesignTitle",
        "IndicationProductDetails/IndicationProduct",
        "IndicationProductDetails/IndicationProduct/ClassDescriptionDetails/ClassDescription/ProductDescription",
    ):
        for title in every(design, path):
            if not len(title):
                draft.text_by_language(
                    "titles", forms.language(title.get("languageCode") or own), value(title)
                )
    for path in (
        "ClassDescriptionDetails/ClassDescription/ClassNumber",
        "IndicationProductDetails/IndicationProduct/ClassDescriptionDetails/ClassDescription/ClassNumber",
    ):
        for one in every(design, path):
            draft.classify("locarno", symbols.locarno(value(one)), value(one))
    for one in design.iter("{*}CategoryCode"):
        if symbol := symbols.vienna(value(one)):
            draft.classify("vienna", symbol, value(one))
    for claim in every(design, "PriorityDetails/Priority"):
        draft.priority(
            forms.office(field(claim, "PriorityCountryCode")),
            field(claim, "PriorityNumber"),
            field(claim, "PriorityDate"),
        )


def _views(design: etree._Element) -> Iterator[str]:
    """Each view once; EUIPO pads its addresses with tabs and line ends."""
    for view in design.iter("{*}View"):
        name = field(view, "ViewURI", "ViewFilename", "ViewIdentifier")
        yield name.replace("\\", "/").rpartition("/")[2]


def _parties(places: list[etree._Element], draft: Draft) -> None:
    """Parties of the application and of its designs; a register may put them beside the design."""
    for name, path, role in (
        ("applicants", "ApplicantDetails/Applicant", "applicant"),
        ("applicants", "HolderDetails/Holder", "holder"),
        ("inventors", "DesignerDetails/Designer", "inventor"),
        ("representatives", "RepresentativeDetails/Representative", "representative"),
    ):
        elements = [one for place in places for one in every(place, path)]
        above = places[0].getparent()
        if not elements and above is not None:
            elements = list(every(above, path))
        named = [party for one in elements if (party := _party(one, role)).name]
        draft.set(**{name: [*(draft.get(name) or []), *named]})
        keys = [k for one in elements if (k := _key(one))]
        if keys and not named:
            draft.as_filed[name] = "; ".join(keys)
            draft.notes.add(
                Severity.NOTE,
                name,
                f"{STANDARD}.party-number",
                _("The file names this party only by number; the name stands in another file of the office."),
            )


def _key(one: etree._Element) -> str:
    return next((value(e) for e in one.iter("{*}*") if str(e.tag).endswith("Identifier") and value(e)), "")


def _party(one: etree._Element, role: str) -> NamedParty:
    book = next(one.iter("{*}FormattedNameAddress"), None)
    name = first(book, "Name")
    lines = values(every(name, "FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"))
    formatted = first(name, "FormattedName")
    given = " ".join(p for p in (field(formatted, "FirstName"), field(formatted, "MiddleName")) if p)
    title = (
        " ".join(lines)
        or field(formatted, "OrganizationName")
        or parties.person(field(formatted, "LastName"), given)
    )
    address = first(book, "Address/FormattedAddress")
    country = forms.office(field(address, "FormattedAddressCountryCode")) or forms.office(
        field(book, "Address/AddressCountryCode")
    )
    parts = ("AddressBuilding", "AddressStreet", "AddressCity", "AddressState", "AddressPostcode")
    line = ", ".join(text for part in parts if (text := field(address, part)))
    return NamedParty(title, country, field(address, "AddressCity"), role, line)


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
    sheets = field(hit, "TotalRepresentationSheet")
    if sheets.isdigit():
        draft.set(images=int(sheets))
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
    said = f"{prolog.namespace} {' '.join(prolog.attributes.values())}".lower()
    return prolog.name != "Transaction" or ("design" in said and "st96" not in said)


def _is_list(prolog: Prolog) -> bool:
    return prolog.name == "DesignHitList"


FORMATS = (
    XmlFormat("st86", frozenset({"DesignHitList"}), read_hit, ("DesignHitListRecord",), _is_list),
    XmlFormat(
        "st86",
        frozenset({"Transaction", "DesignTransactionBody", "Design", "DesignDetails"}),
        read,
        ("DesignApplication", "Design"),
        _is_design,
    ),
)
