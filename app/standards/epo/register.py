"""Files of the European Patent Register: bibliography, procedure and events, as the EPO's services answer.

Of each field that changed the register keeps every state, the newest first. A file lists all its
publications: the record is of the first, the others are tied to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.epo import exchange, numberings
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.source import Notes
from app.standards.wipo.st36_parts import categories, claims_cited_against, classify, party_of
from app.standards.xml.texts import ST36_BLOCKS, every, field, first, local, pad, plain, value

STANDARD = "epo-register"
_RELATIONS = {
    "division": "division", "previously-filed-application": "previously_filed_application",
    "addition": "addition", "continuation": "continuation", "correction": "correction",
}  # fmt: skip
_ET_AL = re.compile(r",?\s+et al\.?\Z", re.I)


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One file: a record of its bibliography, and one of each event."""
    biblio = first(root, "bibliographic-data")
    if biblio is not None:
        pad(root, ST36_BLOCKS)
        yield _file(root, biblio, notes)
    for event in every(root, "events-data/dossier-event"):
        yield _event(root, biblio, event, notes)


def _file(root: etree._Element, biblio: etree._Element, notes: Notes) -> Record:
    documents = _publications(biblio)
    published = documents[0] if documents else None
    office = forms.office(field(published, "country") or biblio.get("country"))
    kind_code = field(published, "kind")
    kind = exchange.kind_of(office, kind_code) if documents else RecordKind.APPLICATION
    draft = Draft(Right.PATENT, kind, notes, STANDARD)
    _numbered(draft, office, published, first(biblio, "application-reference/document-id"))
    for other in documents[1:]:
        number = numberings.printed(field(other, "country"), field(other, "doc-number"))
        draft.relate("publication", forms.office(field(other, "country")), number, field(other, "date"))
    said = forms.language(field(biblio, "language-of-filing", "language-of-publication"))
    draft.set(
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
        status=field(root, "ep-patent-statuses/ep-patent-status")
        or (root.get("status") or biblio.get("status") or ""),
    )
    for one in _newest(biblio, "classifications-ipcr", "classification-ipcr"):
        for text in re.split(r"[,;]", field(one, "text").replace("//", " ")):
            if text.strip():
                draft.ipc(text.strip())
        if not field(one, "text"):
            classify(draft, "ipc", one)
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang")), plain(title))
    _parties(biblio, draft, "proprietor" if exchange.is_granted(office, kind_code) else "applicant")
    for claim in _newest(biblio, "priority-claims", "priority-claim"):
        source = first(claim, "document-id")
        source = claim if source is None else source
        number = field(source, "doc-number")
        where = forms.office(field(source, "country"))
        draft.priority(where, numberings.unchecked(number), field(source, "date"), original=number)
    _related(biblio, draft)
    draft.set(citations=list(_cited(biblio)))
    return draft.finish()


def _publications(biblio: etree._Element | None) -> list[etree._Element]:
    """All publications of a file, those of the EPO before that of the international application."""
    documents = every(biblio, "publication-reference/document-id")
    return sorted(documents, key=lambda one: field(one, "country") not in ("EP", ""))


def _numbered(
    draft: Draft, office: str, published: etree._Element | None, applied: etree._Element | None
) -> None:
    number = field(published, "doc-number")
    draft.set(office=office or forms.office(field(applied, "country")), kind_code=field(published, "kind"))
    draft.number("publication_number", numberings.printed(office, number), number)
    draft.date("publication_date", field(published, "date"))
    number = field(applied, "doc-number")
    draft.number("application_number", numberings.unchecked(number), number)
    draft.date("filing_date", field(applied, "date"))


def _newest(place: etree._Element | None, group: str, name: str) -> list[etree._Element]:
    """The entries of the newest of several states of a group that has any."""
    states = (list(every(state, name)) for state in every(place, group))
    return next((entries for entries in states if entries), [])


def _parties(biblio: etree._Element, draft: Draft, role: str) -> None:
    group = first(biblio, "parties")
    draft.set(
        applicants=_people(group, "applicants", "applicant", role),
        inventors=_people(group, "inventors", "inventor", "inventor"),
        representatives=_people(group, "agents", "agent", "representative"),
    )


def _people(group: etree._Element | None, plural: str, single: str, role: str) -> list[NamedParty]:
    found = (party_of(one, role) for one in _newest(group, plural, single))
    return [
        NamedParty(_ET_AL.sub("", one.name), one.country, one.city, one.role, one.address) for one in found
    ]


def _related(biblio: etree._Element, draft: Draft) -> None:
    for tie in every(biblio, "related-documents/*"):
        relation = _RELATIONS.get(local(tie))
        for document in every(tie, "relation/parent-doc/document-id") if relation else ():
            office, number = numberings.of(document)
            draft.relate(relation or "", office, numberings.unchecked(number), field(document, "date"))
    for path, relation in (
        ("pct-or-regional-filing-data", "international_application"),
        ("pct-or-regional-publishing-data", "international_publication"),
    ):
        for document in every(biblio, f"{path}/document-id"):
            office, number = numberings.of(document)
            draft.relate(relation, office, number, field(document, "date"))


def _cited(biblio: etree._Element) -> Iterator[CitedDocument]:
    for one in every(biblio, "references-cited/citation"):
        if (document := first(one, "patcit/document-id")) is not None:
            office, number = numberings.of(document)
            yield CitedDocument(
                office, numberings.printed(office, number), field(document, "kind"), categories(one),
                claims=claims_cited_against(one),
            )  # fmt: skip
        elif text := field(one, "nplcit/text", "nplcit", "patcit/text"):
            claims = claims_cited_against(one)
            yield CitedDocument(category=categories(one), text=text, claims=claims)


_ASKED = re.compile(r"(publication|application|pn|ap)\s*=\s*\"?([A-Z]{2}\d+)\"?\Z")


def _event(
    root: etree._Element, biblio: etree._Element | None, event: etree._Element, notes: Notes
) -> Record:
    """An event of the file. Without bibliography beside it the number is that of the question asked."""
    draft = Draft(Right.PATENT, RecordKind.LEGAL_EVENT, notes, STANDARD)
    published = next(iter(_publications(biblio)), None)
    applied = first(biblio, "application-reference/document-id")
    office = forms.office(field(published, "country") or field(applied, "country") or root.get("country"))
    _numbered(draft, office, published, applied)
    search = next((above for above in root.iterancestors() if local(above) == "register-search"), None)
    found = _ASKED.match(field(search, "query"))
    if biblio is None and found and search is not None and search.get("total-result-count") == "1":
        office, number = numberings.native(found.group(2))
        name = "publication_number" if found.group(1) in ("publication", "pn") else "application_number"
        draft.set(office=office)
        draft.number(name, number, found.group(2))
    words, code = field(event, "event-text"), field(event, "event-code")
    draft.set(status=words or code)
    if words and code:
        draft.as_filed["status"] = code
    draft.as_filed.pop("publication_date", None)
    raw = field(event, "gazette-reference/date") or value(first(event, "event-date/date", "event-date"))
    draft.set(publication_date="")
    draft.date("publication_date", raw)
    return draft.finish()
