"""Answers of the EPO's Open Patent Services: biblio, full text, legal events, register, and its refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import FileRefused, _
from app.standards.epo import exchange
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify, paragraphs, party_of
from app.standards.xml.texts import ST36_BLOCKS, every, field, first, local, pad, plain, value

STANDARD = "epo-ops"


def read(element: etree._Element, notes: Notes) -> Iterable[Record]:
    """One record of an answer, whatever it is."""
    return {
        "exchange-document": exchange.read,
        "fulltext-document": _full_text,
        "legal": _legal,
        "register-document": _register,
    }[local(element)](element, notes)


def _head(draft: Draft, document: etree._Element | None) -> None:
    office, number = forms.office(field(document, "country")), field(document, "doc-number")
    draft.set(office=office, kind_code=field(document, "kind"))
    draft.number("publication_number", exchange.printed(office, number), number)


def _full_text(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """Claims or description of one publication; a whole claim set stands in one element."""
    document = first(root, "bibliographic-data/publication-reference/document-id")
    office, kind_code = forms.office(field(document, "country")), field(document, "kind")
    draft = Draft(exchange.right_of(kind_code, office), exchange.kind_of(office, kind_code), notes, STANDARD)
    _head(draft, document)
    descriptions: dict[str, tuple[str, ...]] = {}
    claims: dict[str, list[str]] = {}
    for group in every(root, "claims"):
        found = claims.setdefault(forms.language(group.get("lang")), [])
        for claim in every(group, "claim"):
            found.extend(_divided(claim))
    pad(root, ST36_BLOCKS)
    for description in every(root, "description"):
        descriptions[forms.language(description.get("lang"))] = paragraphs(description)
    draft.set(descriptions={key: texts for key, texts in descriptions.items() if texts})
    draft.claims(claims)
    yield draft.finish()


_NUMBERED = re.compile(r"\s*(\d{1,3})\s*[.)]?\s+\S")


def _divided(claim: etree._Element) -> list[str]:
    """The claims of one element: a new one begins where the next number in order stands in front."""
    texts = [value(text) for text in every(claim, "claim-text")] or [plain(claim)]
    parts: list[str] = []
    number = 0
    for text in texts:
        found = _NUMBERED.match(text)
        if found and int(found.group(1)) == number + 1:
            number += 1
            parts.append(text)
        elif parts:
            parts[-1] = f"{parts[-1]} {text}"
        else:
            parts.append(text)
    return [part for text in parts for part in _split_inside(text) if part]


def _split_inside(text: str) -> list[str]:
    """`1. A … 2. The …` in one text, divided where the numbers go up by one after a full stop."""
    first_number = re.match(r"\s*(\d{1,3})\.\s", text)
    if not first_number:
        return [text]
    parts, start, number = [], 0, int(first_number.group(1))
    while found := re.search(rf"(?<=[.;])\s+{number + 1}\.\s+(?=[A-Z\u00c0-\u00de])", text[start:]):
        parts.append(text[start : start + found.start()].strip())
        start += found.start()
        number += 1
    return [*parts, text[start:].strip()]


def _legal(event: etree._Element, notes: Notes) -> Iterator[Record]:
    """One INPADOC legal event of a member of a family."""
    member = event.getparent()
    ids = [d for reference in every(member, "publication-reference") for d in every(reference, "document-id")]
    document = next((d for d in ids if d.get("document-id-type") == "docdb"), ids[0] if ids else None)
    kind_code = field(document, "kind")
    draft = Draft(exchange.right_of(kind_code, ""), RecordKind.LEGAL_EVENT, notes, STANDARD)
    _head(draft, document)
    applied = first(member, "application-reference/document-id")
    draft.set(application_number=forms.no_zeros(field(applied, "doc-number")))
    code, words = (event.get("code") or "").strip(), (event.get("desc") or "").strip()
    draft.set(status=words or code)
    if code:
        draft.as_filed["status"] = code
    raw = next((value(e) for e in event.iter("{*}L007EP", "{*}L018EP") if value(e)), "")
    if day := forms.day(raw):
        draft.set(publication_date=day)
        draft.as_filed["publication_date"] = raw
    yield draft.finish()


def _register(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One file of the European register: of each field that changed, the newest entry."""
    biblio = first(root, "bibliographic-data")
    if biblio is None:
        return
    pad(root, ST36_BLOCKS)
    documents = list(every(biblio, "publication-reference/document-id"))
    document = documents[0] if documents else None
    office = forms.office(field(document, "country") or biblio.get("country"))
    kind_code = field(document, "kind")
    draft = Draft(Right.PATENT, exchange.kind_of(office, kind_code), notes, STANDARD)
    _head(draft, document)
    draft.set(office=office)
    draft.date("publication_date", field(document, "date"))
    applied = first(biblio, "application-reference/document-id")
    number = field(applied, "doc-number")
    draft.number("application_number", forms.ep_application(number), number)
    draft.date("filing_date", field(applied, "date"))
    draft.set(status=field(root, "ep-patent-statuses/ep-patent-status") or (root.get("status") or ""))
    for one in _newest(biblio, "classifications-ipcr", "classification-ipcr"):
        for text in re.split(r"[,;]", field(one, "text").replace("//", " ")):
            if text.strip():
                draft.ipc(text.strip())
        if not field(one, "text"):
            classify(draft, "ipc", one)
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang")), plain(title))
    role = "proprietor" if exchange.is_granted(office, kind_code) else "applicant"
    group = first(biblio, "parties")
    draft.set(
        applicants=_people(group, "applicants", "applicant", role),
        inventors=_people(group, "inventors", "inventor", "inventor"),
        representatives=_people(group, "agents", "agent", "representative"),
    )
    for claim in _newest(biblio, "priority-claims", "priority-claim"):
        source = first(claim, "document-id")
        source = claim if source is None else source
        draft.priority(
            forms.office(field(source, "country")), field(source, "doc-number"), field(source, "date")
        )
    yield draft.finish()


def _newest(place: etree._Element | None, group: str, name: str) -> list[etree._Element]:
    """The entries of the newest of several states of a group; the register lists the newest first."""
    states = list(every(place, group))
    return list(every(states[0], name)) if states else []


def _people(group: etree._Element | None, plural: str, single: str, role: str) -> list[NamedParty]:
    return [party_of(one, role) for one in _newest(group, plural, single)]


def refuse(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """The service answered that it has no answer."""
    raise FileRefused(
        _("The file holds no data but an answer of the service that made it: {why} ({code}).").format(
            why=field(root, "message", "description") or "?", code=field(root, "code") or "?"
        ),
        _("Ask the service again and inspect what it sends then."),
    )
    yield


FORMATS = (
    XmlFormat(
        "epo-ops", frozenset({"world-patent-data"}), read,
        ("exchange-document", "fulltext-document", "legal", "register-document"),
    ),
    XmlFormat("epo-ops", frozenset({"fault"}), refuse),
)  # fmt: skip
