"""Elements of the ST.96 Common component: numbers, names, addresses, languages."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from app.domain.record import NamedParty
from app.standards.fields import forms, parties
from app.standards.fields.draft import Draft
from app.standards.xml.texts import every, field, first, value, values


def language(element: etree._Element, otherwise: str = "") -> str:
    """`com:languageCode` of an element, whichever namespace version it stands in."""
    for name, said in element.attrib.items():
        if str(name).rpartition("}")[2] == "languageCode":
            return forms.language(str(said))
    return forms.language(otherwise)


def application_number(element: etree._Element | None) -> str:
    """The number of an application: see `number_of`."""
    return number_of(element, "ApplicationNumber")


def number_of(element: etree._Element | None, *names: str) -> str:
    """A number as text where there is one, else its ST.13 form; plain text in old drafts."""
    for name in names:
        found = field(element, f"{name}/ApplicationNumberText", f"{name}/ST13ApplicationNumber")
        own = first(element, name)
        if not found and own is not None and not len(own):
            found = value(own)
        if found:
            return found
    return ""


def claimed(draft: Draft, place: etree._Element) -> None:
    """Priorities, and what else ties a filing to an earlier right: exhibition, seniority, division …"""
    for claim in every(place, "PriorityBag/Priority"):
        office = forms.office(field(claim, "PriorityCountryCode")) or forms.office(
            field(claim, "ApplicationNumber/IPOfficeCode")
        )
        number = number_of(claim, "ApplicationNumber", "PriorityApplicationNumber", "PriorityNumber")
        draft.priority(office, number, field(claim, "PriorityApplicationFilingDate", "PriorityDate"))
    for shown in every(place, "ExhibitionPriorityBag/ExhibitionPriority"):
        draft.relate(
            "exhibition", forms.office(field(shown, "ExhibitionCountryCode")), field(shown, "ExhibitionName"),
            field(shown, "ExhibitionFirstDisplayDate", "ExhibitionDate"),
        )  # fmt: skip
    for senior in every(place, "SeniorityBag/Seniority"):
        draft.relate(
            "seniority", forms.office(field(senior, "SeniorityCountryCode")),
            field(senior, "SeniorityRegistrationNumber") or number_of(senior, "SeniorityApplicationNumber"),
            field(senior, "SeniorityFilingDate", "SeniorityApplicationDate", "SeniorityRegistrationDate"),
        )  # fmt: skip
    for relation, bag_name in (("division", "Divisional"), ("conversion", "Conversion")):
        for tie in (*every(place, f"{bag_name}ApplicationBag"),
                    *every(place, f"{bag_name}ApplicationBag/{bag_name}Application")):  # fmt: skip
            number = number_of(tie, "InitialApplicationNumber")
            draft.relate(relation, _office_of(tie, "InitialApplicationNumber"), number,
                         field(tie, "InitialApplicationDate"))  # fmt: skip
    for tie in every(place, "PreviousRegistrationBag/PreviousRegistration"):
        draft.relate(
            "previous_registration", forms.office(field(tie, "RegistrationOfficeCode")),
            field(tie, "PreviousRegistrationNumber"), field(tie, "PreviousRegistrationDate"),
        )  # fmt: skip
    for tie in every(place, "RelatedApplicationBag/RelatedApplication"):
        said = field(tie, "RelatedApplicationCategory").lower()
        draft.relate(
            "division" if said == "division" else said or "related",
            _office_of(tie, "RelatedApplicationNumber"),
            number_of(tie, "RelatedApplicationNumber") or field(tie, "RelatedApplicationRegistrationNumber"),
            field(tie, "RelatedApplicationDate"),
        )  # fmt: skip
    _basic(draft, place)


def _office_of(element: etree._Element, name: str) -> str:
    return forms.office(field(element, f"{name}/IPOfficeCode"))


def _basic(draft: Draft, place: etree._Element) -> None:
    """The national mark an international registration rests on."""
    for base in every(place, "BasicRegistrationApplicationBag/BasicRegistrationApplication"):
        office = forms.office(field(base, "RegistrationOfficeCode"))
        for one in every(base, "BasicApplicationBag/BasicApplication"):
            draft.relate("basic_application", office,
                         number_of(one, "BasicApplicationNumber", "ApplicationNumber"),
                         field(one, "BasicApplicationDate", "ApplicationDate"))  # fmt: skip
        for one in every(base, "BasicRegistrationBag/BasicRegistration"):
            draft.relate("basic_registration", office, number_of(one, "BasicRegistrationNumber"),
                         field(one, "BasicRegistrationDate"))  # fmt: skip


def party(one: etree._Element, role: str) -> NamedParty:
    """Name, country and town of a party with a `Contact` or a `PublicationContact`."""
    contact = first(one, "Contact", "PublicationContact")
    contact = one if contact is None else contact
    address = first(
        contact, "PostalAddressBag/PostalAddress/PostalStructuredAddress", "PostalStructuredAddress"
    )
    country = (
        field(address, "CountryCode") or field(contact, "CountryCode") or field(one, "ResidenceCountryCode")
    )
    city = field(address, "CityName") or field(contact, "CityName")
    regions = values(every(address, "GeographicRegionName"))
    place = (field(address, "CityName"), *regions, field(address, "PostalCode"))
    lines = [*values(every(address, "AddressLineText")), *place]
    free = values(every(contact, "PostalAddressBag/PostalAddress/PostalAddressText"))
    line = ", ".join(part for part in (lines if address is not None else free) if part)
    return NamedParty(name(first(contact, "Name")), forms.office(country), city, role, line)


def name(element: etree._Element | None) -> str:
    """A person's or company's name; a company beside a person is the party, as on a letter head."""
    structured = first(element, "PersonName/PersonStructuredName")
    given = " ".join(p for p in (field(structured, "FirstName"), field(structured, "MiddleName")) if p)
    last = field(structured, "LastName") or " ".join(
        p for p in (field(structured, "FirstLastName"), field(structured, "SecondLastName")) if p
    )
    return (
        field(element, "OrganizationName/OrganizationStandardName", "EntityName")
        or _plain(element, "OrganizationName")
        or field(element, "PersonName/PersonFullName")
        or parties.person(last, given, field(structured, "NameSuffix"))
        or _plain(element, "PersonName")
    )


def _plain(element: etree._Element | None, tag: str) -> str:
    """A name old drafts write straight into the element that holds its parts today."""
    found = first(element, tag)
    return value(found) if found is not None and not len(found) else ""


def bag(element: etree._Element | None, paths: Iterable[str], role: str) -> list[NamedParty]:
    """The named parties at these paths, in order."""
    return [p for path in paths for one in every(element, path) if (p := party(one, role)).name]


def earliest(place: etree._Element | None) -> str:
    """The first of the publication dates, as written; later ones are of changes."""
    return forms.earliest(values(every(place, "PublicationBag/Publication/PublicationDate")))
