"""What ST.66 and ST.86 have in common, some of it with ST.96 too: names, addresses, priorities, ties,
status, places of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import NamedParty
from app.errors import _
from app.standards.fields import forms, parties
from app.standards.fields.draft import Draft
from app.standards.xml.texts import every, field, first, local, value, values

_ADDRESS = (
    "AddressLine", "AddressPostOfficeBox", "AddressBuilding", "AddressRoom", "AddressFloor", "AddressStreet",
    "AddressStreetNumber", "AddressCity", "AddressState", "AddressPostcode",
)  # fmt: skip


def party(one: etree._Element, role: str) -> NamedParty:
    """Name, country, town and address of a party, in whichever of the forms its address book has."""
    book = next((e for e in one if local(e).endswith("AddressBook") and "Corr" not in local(e)), None)
    named = first(book, "FormattedNameAddress")
    lines = values(every(book, "FreeFormatAddressDetails/FreeFormatNameAddressLine"))
    title = _name(first(named, "Name"), role) or (lines[0] if lines else "")
    place = first(named, "Address")
    address = first(place, "FormattedAddress")
    free = values(every(place, "FreeFormatAddress/FreeFormatAddressLine")) or lines[1:]
    country = (
        forms.office(field(address, "FormattedAddressCountryCode"))
        or forms.office(field(place, "FormattedAddressCountryCode", "AddressCountryCode"))
        # The German register writes the country where the standard has the county.
        or forms.office(field(address, "AddressCounty"))
        or forms.office(field(one, f"{local(one)}DomicileCountry"))
    )
    return NamedParty(title, country, field(address, "AddressCity"), role, ", ".join(free or _lines(address)))


def _name(name: etree._Element | None, role: str) -> str:
    """Of a representative the first line is the person, the next the firm; of others all are the name."""
    lines = values(every(name, "FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"))
    if lines:
        return lines[0] if role == "representative" else " ".join(lines)
    formatted = first(name, "FormattedName")
    last = " ".join(p for p in (field(formatted, "LastName"), field(formatted, "SecondLastName")) if p)
    given = " ".join(p for p in (field(formatted, "FirstName"), field(formatted, "MiddleName")) if p)
    return field(formatted, "OrganizationName") or parties.person(last, given, field(formatted, "NameSuffix"))


def _lines(address: etree._Element | None) -> Iterable[str]:
    if address is None:
        return ()
    return [text for part in _ADDRESS for text in values(every(address, part))]


def named(places: Iterable[etree._Element], path: str, role: str) -> list[NamedParty]:
    """The parties that have a name at a path of these places, in order."""
    return [p for place in places for one in every(place, path) if (p := party(one, role)).name]


def keys(draft: Draft, places: Iterable[etree._Element], name: str, group: str, standard: str) -> None:
    """EUIPO delivers persons as numbers of another file: kept, and said, where no name came with them."""
    tags = {"Identifier", f"{group.removesuffix('Details')}Identifier"}
    found = [
        text
        for place in places
        for details in every(place, group)
        for one in details.iter("{*}*")
        if local(one) in tags and (text := value(one))
    ]
    if found and not draft.get(name):
        draft.as_filed[name] = "; ".join(dict.fromkeys(found))
        draft.notes.add(
            Severity.NOTE, name, f"{standard}.party-number",
            _("The file names this party only by number; the name stands in another file of the office."),
        )  # fmt: skip


def claimed(draft: Draft, place: etree._Element) -> None:
    """Priorities, and what else ties a filing to an earlier right: exhibition, seniority, division …"""
    for claim in every(place, "PriorityDetails/Priority"):
        draft.priority(
            forms.office(field(claim, "PriorityCountryCode")), field(claim, "PriorityNumber"),
            field(claim, "PriorityDate"),
        )  # fmt: skip
    for relation, path, office, number, day in _TIES:
        for tie in every(place, path):
            draft.relate(relation, forms.office(field(tie, *office)), field(tie, *number), field(tie, *day))


_TIES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("exhibition", "ExhibitionPriorityDetails/ExhibitionPriority", ("ExhibitionCountryCode",),
     ("ExhibitionName",), ("ExhibitionFirstDisplayDate", "ExhibitionDate")),
    ("seniority", "SeniorityDetails/Seniority", ("SeniorityCountryCode",),
     ("SeniorityRegistrationNumber", "SeniorityApplicationNumber"),
     ("SeniorityFilingDate", "SeniorityApplicationDate", "SeniorityRegistrationDate")),
    ("division", "DivisionalApplicationDetails", (), ("InitialApplicationNumber",),
     ("InitialApplicationDate",)),
    ("transformation", "TransformationPriorityDetails/TransformationPriority", ("TransformationCountryCode",),
     ("RegistrationNumber",), ("RegistrationDate",)),
    ("conversion", "ConversionPriorityDetails/ConversionPriority", (), ("ConversionApplicationNumber",),
     ("ConversionApplicationDate",)),
    ("previous_registration", "PreviousRegistrationDetails/PreviousRegistration", ("RegistrationOfficeCode",),
     ("PreviousRegistrationNumber",), ("PreviousRegistrationDate",)),
    ("basic_application",
     "BasicRegistrationApplicationDetails/BasicRegistrationApplication/BasicApplicationDetails/BasicApplication",
     (), ("BasicApplicationNumber",), ("BasicApplicationDate",)),
    ("basic_registration",
     "BasicRegistrationApplicationDetails/BasicRegistrationApplication/BasicRegistrationDetails/BasicRegistration",
     (), ("BasicRegistrationNumber",), ("BasicRegistrationDate",)),
    ("related", "RelatedApplicationDetails/RelatedApplication", (), ("RelatedApplicationNumber",),
     ("RelatedApplicationDate",)),
)  # fmt: skip


def status(draft: Draft, code: str, words: str) -> str:
    """The status in words; where the file has a bare code and words beside it, the words."""
    if not words or (code and not code.isdigit()):
        return code
    if code:
        draft.as_filed["status"] = code
    return words


def last_part(name: str) -> str:
    """The file's name of an address or path."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def ancestors_below(element: etree._Element, root: etree._Element) -> Iterator[str]:
    """The names of what stands between an element and its record, from the inside out."""
    for above in element.iterancestors():
        if above is root:
            return
        yield local(above)
