"""INPADOC: members of a family, and the legal events of each (`ops:legal`, fields L001EP to L533EP).

An event says the day of its gazette; what else it says (state, fee year, owner) is of the patent in one
state and stays with the words of the event. The sentences of `ops:pre` say the same in columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.epo import exchange, numberings
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.source import Notes
from app.standards.xml.texts import every, field, value

STANDARD = "epo-inpadoc"
_ORDER = ("docdb", "epodoc", "original", "")
# L005EP, the kind of right, in INPADOC's letters.
_RIGHTS = {
    "UM": Right.UTILITY_MODEL, "DU": Right.UTILITY_MODEL, "DE": Right.DESIGN, "DS": Right.DESIGN,
    "PP": Right.PLANT_PATENT,
}  # fmt: skip


def read_member(member: etree._Element, notes: Notes) -> Iterator[Record]:
    """What a member of a family holds: its documents, its events, or its numbers alone."""
    documents = list(every(member, "exchange-document"))
    events = list(every(member, "legal"))
    for one in documents:
        yield from exchange.read(one, notes)
    for one in events:
        yield from read_event(one, notes)
    if not documents and not events:
        yield from read_numbers(member, notes)


def read_numbers(place: etree._Element, notes: Notes) -> Iterator[Record]:
    """A document of which only the numbers are told: publication, application, priorities."""
    published = numberings.document(place, "publication-reference", _ORDER)
    applied = numberings.document(place, "application-reference", _ORDER)
    if published is None and applied is None:
        return
    office, number = numberings.of(published)
    kind_code = field(published, "kind") or numberings.kind_behind(field(published, "doc-number"))
    kind = exchange.kind_of(office, kind_code) if published is not None else RecordKind.APPLICATION
    draft = Draft(exchange.right_of(kind_code, office), kind, notes, STANDARD)
    filed_at, filed = numberings.of(applied)
    draft.set(office=office or filed_at, kind_code=kind_code)
    draft.number("publication_number", numberings.printed(office, number), field(published, "doc-number"))
    draft.date("publication_date", field(published, "date"))
    draft.number("application_number", numberings.unchecked(filed), field(applied, "doc-number"))
    draft.date("filing_date", field(applied, "date"))
    numberings.priorities(every(place, "priority-claim"), draft)
    yield draft.finish()


def read_event(event: etree._Element, notes: Notes) -> Iterator[Record]:
    """One legal event of a member of a family, or of the document it names itself."""
    member = event.getparent()
    published = numberings.document(member, "publication-reference", _ORDER)
    applied = numberings.document(member, "application-reference", _ORDER)
    office, number = numberings.of(published)
    kind_code = field(published, "kind")
    right = _RIGHTS.get(_told(event, "L005EP"), exchange.right_of(kind_code, office))
    draft = Draft(right, RecordKind.LEGAL_EVENT, notes, STANDARD)
    draft.set(office=office or forms.office(_told(event, "L001EP")), kind_code=kind_code)
    draft.number("publication_number", numberings.printed(office, number), field(published, "doc-number"))
    _numbered(event, applied, draft)
    code, words = (event.get("code") or "").strip(), (event.get("desc") or "").strip()
    code = code or _told(event, "L008EP")
    draft.set(status=words or code)
    if code and words:
        draft.as_filed["status"] = code
    draft.date("publication_date", _told(event, "L007EP"))
    if owner := _told(event, "L509EP"):
        draft.set(applicants=[NamedParty(owner, role="proprietor")])
    # Of a national code the document it refers to, which has a number of its own there.
    draft.relate(
        "reference_document", forms.office(_told(event, "L504EP") or _told(event, "L501EP")),
        _told(event, "L503EP"), _told(event, "L505EP"),
    )  # fmt: skip
    yield draft.finish()


def _numbered(event: etree._Element, applied: etree._Element | None, draft: Draft) -> None:
    """The application of the event: beside it, or in its own fields (F: filed, P: published)."""
    number = numberings.of(applied)[1]
    if not number and not draft.get("publication_number"):
        own, kind_code = _told(event, "L003EP"), _told(event, "L004EP")
        if _told(event, "L002EP") == "P":
            draft.number("publication_number", numberings.printed(draft.get("office") or "", own), own)
            draft.set(kind_code=kind_code)
        else:
            number = own
    draft.number("application_number", numberings.unchecked(number), field(applied, "doc-number"))
    draft.date("filing_date", field(applied, "date"))


def _told(event: etree._Element, name: str) -> str:
    """A field of an event, whatever prefix it carries."""
    return next((text for one in event.iter(f"{{*}}{name}") if (text := value(one))), "")
