"""WIPO ST.66 trade mark XML and its dialects: EUIPO (EM-TM), DPMA, USPTO status data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, marks, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, first, local, plain, value, values

STANDARD = "st66"


def read(mark: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `TradeMark`."""
    registered = forms.no_zeros(field(mark, "RegistrationNumber")) or forms.day(
        field(mark, "RegistrationDate")
    )
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, kind, notes, STANDARD)
    language = forms.language(field(mark, "ApplicationLanguageCode"))
    draft.set(
        office=forms.office(field(mark, "RegistrationOfficeCode")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    number = field(mark, "ApplicationNumber")
    draft.number("application_number", forms.unpadded(number), number)
    number = field(mark, "RegistrationNumber")
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", field(mark, "ApplicationDate"))
    draft.date("registration_date", field(mark, "RegistrationDate"))
    draft.date("expiry_date", field(mark, "ExpiryDate"))
    _published(mark, draft)
    _status(mark, draft)
    _sign(mark, draft)
    _goods(mark, draft)
    for claim in every(mark, "PriorityDetails/Priority"):
        draft.priority(
            forms.office(field(claim, "PriorityCountryCode")), field(claim, "PriorityNumber"),
            field(claim, "PriorityDate"),
        )  # fmt: skip
    _parties(mark, draft)
    yield draft.finish()


def _published(mark: etree._Element, draft: Draft) -> None:
    """The first publication; later ones are of the registration and of changes."""
    raw = values(every(mark, "PublicationDetails/Publication/PublicationDate"))
    days = sorted((day, text) for text in raw if (day := forms.day(text)))
    if days:
        draft.date("publication_date", days[0][1])
    elif raw:
        draft.date("publication_date", raw[0])


def _status(mark: etree._Element, draft: Draft) -> None:
    """The status in words; where the file has a bare code and words beside it, the words."""
    status = field(mark, "MarkCurrentStatusCode")
    words = field(mark, "TradeMarkExt/MarkCurrentStatusExternalDescriptionText")
    if words and status.isdigit():
        draft.as_filed["status"] = status
        status = words
    draft.set(status=status)


def _sign(mark: etree._Element, draft: Draft) -> None:
    words = values(every(mark, "WordMarkSpecification/MarkVerbalElementText"))
    image = next(iter(every(mark, "MarkImageDetails/MarkImage")), None)
    name = _last_part(field(image, "MarkImageFilename", "MarkImageURI", "MarkImageIdentifier"))
    feature = field(mark, "MarkFeature", "MarkFeatureDetails/MarkFeature")
    kind = marks.kind(feature, field(mark, "TradeMarkExt/MarkFeatureCode"))
    if feature and kind != feature.lower():
        draft.as_filed["mark.kind"] = feature
    text = " / ".join(symbols.once(words))
    if text or kind or name:
        draft.set(mark=MarkSign(text, kind, name))
    # Numbered by address: EUIPO gives a URI, others a file name, some only a number.
    names = [_last_part(field(i, "MarkImageFilename", "MarkImageURI", "MarkImageIdentifier"))
             for i in every(mark, "MarkImageDetails/MarkImage")]  # fmt: skip
    draft.images(names)
    for one in mark.iter("{*}CategoryCode"):
        if _within(one, mark, "MarkImageDetails", "MarkImageCategory"):
            draft.classify("vienna", symbols.vienna(value(one)), value(one))


def _within(element: etree._Element, root: etree._Element, *names: str) -> bool:
    """Whether one of `names` stands between an element and its record (earlier marks have images too)."""
    above = [local(a) for a in element.iterancestors()]
    depth = sum(1 for _a in element.iterancestors()) - sum(1 for _a in root.iterancestors())
    path = above[: depth - 1]
    return any(name in path for name in names) and not any(
        p.startswith(("Earlier", "Opposition")) for p in path
    )


def _last_part(name: str) -> str:
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _goods(mark: etree._Element, draft: Draft) -> None:
    goods = marks.Goods()
    for one in every(mark, "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"):
        raw = field(one, "ClassNumber")
        klass = symbols.nice(raw)
        draft.classify("nice", klass, raw)
        for text in every(one, "GoodsServicesDescription"):
            language = forms.language(text.get("languageCode") or text.get("lang"))
            if klass is not None:
                goods.add(klass, language, plain(text))
    draft.set(goods=goods.texts())


def _parties(mark: etree._Element, draft: Draft) -> None:
    """Parties of the mark; the US dialect puts the owners beside it, not into it."""
    owners = list(every(mark, "ApplicantDetails/Applicant"))
    above = mark.getparent()
    for place in (above, above.getparent() if above is not None else None):
        if not owners and place is not None:
            owners = list(every(place, "ApplicantDetails/Applicant"))
    applicants = [party for one in owners if (party := _party(one, "Applicant", "applicant")).name]
    holders = every(mark, "HolderDetails/Holder")
    applicants += [party for one in holders if (party := _party(one, "Holder", "holder")).name]
    agents = [
        party
        for one in every(mark, "RepresentativeDetails/Representative")
        if (party := _party(one, "Representative", "representative")).name
    ]
    draft.set(applicants=applicants, representatives=agents)
    _keys(mark, draft, "applicants", "ApplicantDetails", bool(applicants))
    _keys(mark, draft, "representatives", "RepresentativeDetails", bool(agents))


def _keys(mark: etree._Element, draft: Draft, name: str, group: str, named: bool) -> None:
    """EUIPO delivers persons as numbers of another file."""
    keys = [
        key
        for details in every(mark, group)
        for one in details.iter("{*}Identifier", "{*}ApplicantIdentifier", "{*}RepresentativeIdentifier")
        if (key := value(one))
    ]
    if keys and not named:
        draft.as_filed[name] = "; ".join(keys)
        draft.notes.add(
            Severity.NOTE, name, f"{STANDARD}.party-number",
            _("The file names this party only by number; the name stands in another file of the office."),
        )  # fmt: skip


def _party(one: etree._Element, prefix: str, role: str) -> NamedParty:
    book = first(one, f"{prefix}AddressBook/FormattedNameAddress")
    name = first(book, "Name")
    lines = values(every(name, "FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"))
    formatted = first(name, "FormattedName")
    given = " ".join(p for p in (field(formatted, "FirstName"), field(formatted, "MiddleName")) if p)
    # Of a representative the first line is the person, the next the firm; of an owner all are the name.
    title = (
        (lines[0] if role == "representative" and lines else " ".join(lines))
        or field(formatted, "OrganizationName")
        or parties.person(field(formatted, "LastName"), given)
    )
    address = first(book, "Address/FormattedAddress")
    free = values(every(book, "Address/FreeFormatAddress/FreeFormatAddressLine"))
    country = forms.office(field(address, "FormattedAddressCountryCode")) or forms.office(
        field(book, "Address/FormattedAddressCountryCode", "Address/AddressCountryCode")
    )
    # The German register writes the country where the standard has the county.
    country = country or (forms.office(field(address, "AddressCounty")) if address is not None else "")
    return NamedParty(title, country, field(address, "AddressCity"), role, ", ".join(free or _lines(address)))


def _lines(address: etree._Element | None) -> Iterable[str]:
    if address is None:
        return ()
    names = (
        "AddressBuilding",
        "AddressRoom",
        "AddressStreet",
        "AddressCity",
        "AddressState",
        "AddressPostcode",
    )
    return [text for name in names for text in values(every(address, name))]


def _is_mark(prolog: Prolog) -> bool:
    said = f"{prolog.namespace} {' '.join(prolog.attributes.values())}".lower()
    return "design" not in said and "st96" not in said


FORMATS = (
    XmlFormat(
        "st66", frozenset({"Transaction", "TradeMarkTransactionBody", "TradeMark", "TradeMarkDetails"}), read,
        ("TradeMark",), _is_mark,
    ),
)  # fmt: skip
