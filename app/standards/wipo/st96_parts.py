"""Elements of the ST.96 Common component: numbers, names, addresses, languages."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from app.domain.record import NamedParty
from app.standards.fields import forms, parties
from app.standards.xml.texts import every, field, first, value, values


def language(element: etree._Element, otherwise: str = "") -> str:
    """`com:languageCode` of an element, whichever namespace version it stands in."""
    for name, said in element.attrib.items():
        if str(name).rpartition("}")[2] == "languageCode":
            return forms.language(str(said))
    return forms.language(otherwise)


def application_number(element: etree._Element | None) -> str:
    """A number as text where there is one, else its ST.13 form; plain text in old drafts."""
    found = field(
        element, "ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber"
    )
    if found:
        return found
    own = first(element, "ApplicationNumber")
    return value(own) if own is not None and not len(own) else ""


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
    place = (field(address, "CityName"), field(address, "PostalCode"))
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
        or field(element, "PersonName/PersonFullName")
        or parties.person(last, given, field(structured, "NameSuffix"))
    )


def bag(element: etree._Element | None, paths: Iterable[str], role: str) -> list[NamedParty]:
    """The named parties at these paths, in order."""
    return [p for path in paths for one in every(element, path) if (p := party(one, role)).name]
