"""EPO exchange documents: DOCDB records and the biblio answers of OPS.

The same document stands side by side in several numberings (docdb, epodoc, original) and its parties in
several spellings; one of each is taken. A US provisional or a PCT application is told by its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.epo import numberings
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import categories, claims_cited_against, classify, party_of
from app.standards.xml.texts import ST36_BLOCKS, every, field, first, pad, plain, value


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `exchange-document`; what the service did not find, or took out, is noted."""
    said = (root.get("status") or "").strip()
    if said.lower().startswith("not found"):
        name = " ".join(filter(None, (root.get("country"), root.get("doc-number"), root.get("kind"))))
        message = _("The service that made this file did not find {document}; there is nothing of it here.")
        where = name or "exchange-document"
        notes.add(Severity.NOTE, where, "epo-exchange.not-found", message.format(document=name))
        return
    pad(root, ST36_BLOCKS)
    biblio = first(root, "bibliographic-data")
    if biblio is None:
        biblio = root
    published = numberings.document(biblio, "publication-reference", ("docdb", "epodoc", "original", ""))
    office = forms.office(root.get("country") or field(published, "country"))
    number = (root.get("doc-number") or field(published, "doc-number")).strip()
    kind_code = (root.get("kind") or field(published, "kind")).strip()
    draft = Draft(right_of(kind_code, office), kind_of(office, kind_code), notes, "epo-exchange")
    language = forms.language(field(biblio, "language-of-publication") or _said_language(biblio))
    draft.set(
        office=office, kind_code=kind_code, language=language if language != forms.UNKNOWN_LANGUAGE else ""
    )
    if said.upper() == "D":
        draft.set(status=said)
        message = _("The file says that this document is taken out of the collection it comes from.")
        notes.add(Severity.WARNING, "status", "epo-exchange.deleted", message)
    draft.number("publication_number", numberings.printed(office, number), number)
    draft.date("publication_date", root.get("date-publ") or field(published, "date"))
    _granted_when_printed(biblio, draft)
    _applied(biblio, draft)
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang")), plain(title))
    for abstract in every(root, "abstract"):
        draft.text_by_language("abstracts", forms.language(abstract.get("lang")), plain(abstract))
    _classes(biblio, draft)
    numberings.priorities(every(biblio, "priority-claims/priority-claim"), draft)
    draft.set(
        applicants=listed(
            biblio, "applicant", "proprietor" if is_granted(office, kind_code) else "applicant"
        ),
        inventors=[
            *listed(biblio, "inventor", "inventor"),
            *listed(biblio, "deceased-inventor", "inventor", "inventor"),
        ],
        representatives=[party_of(one, "representative") for one in every(biblio, "parties/agents/agent")],
        citations=list(_cited(root, biblio)),
    )
    yield draft.finish()


def _said_language(biblio: etree._Element | None) -> str:
    """The language beside the number of the publication."""
    ids = (d for reference in every(biblio, "publication-reference") for d in every(reference, "document-id"))
    return next((said for document in ids if (said := document.get("lang"))), "")


def _granted_when_printed(biblio: etree._Element | None, draft: Draft) -> None:
    """Some offices print a grant under a code of the first level; its kind of availability says so."""
    path = "dates-of-public-availability/printed-with-grant"
    days = {forms.day(field(one, "document-id/date", "date")) for one in every(biblio, path)}
    if draft.kind is RecordKind.PUBLICATION and draft.get("publication_date") in days:
        draft.kind = RecordKind.GRANT


def right_of(kind_code: str, office: str) -> Right:
    """Utility models carry U, Y or Z, US designs S and plants P (ST.16)."""
    if kind_code[:1] in ("U", "Y", "Z"):
        return Right.UTILITY_MODEL
    if kind_code[:1] == "S":
        return Right.DESIGN
    return Right.PLANT_PATENT if kind_code[:1] == "P" and office == "US" else Right.PATENT


def kind_of(office: str, kind_code: str) -> RecordKind:
    """B and C are later levels of publication; the US office granted under A until 2000."""
    if (office == "EP" and kind_code in ("A3", "A4")) or (office == "WO" and kind_code == "A3"):
        return RecordKind.SEARCH_REPORT
    granted = kind_code[:1] in ("B", "C", "S", "Y")
    if office == "US":
        granted = granted or kind_code == "A" or kind_code[:1] == "E" or kind_code in ("P", "P2", "P3")
    return RecordKind.GRANT if granted else RecordKind.PUBLICATION


def is_granted(office: str, kind_code: str) -> bool:
    """For EP the kind code says whether the party is an applicant or a proprietor."""
    return office == "EP" and kind_code[:1] in ("B", "C")


def _applied(biblio: etree._Element | None, draft: Draft) -> None:
    order = ("docdb", "epodoc", "original", "")
    docdb = numberings.document(biblio, "application-reference", order)
    own = numberings.document(biblio, "application-reference", ("original", *order))
    number = field(own, "doc-number") or field(docdb, "doc-number")
    if own is not None and numberings.form_of(own) == "epodoc":
        number = numberings.native(number)[1]
    if draft.get("office") == "WO" and numberings.PCT_OWN.match(number):
        number = f"PCT/{number}"
    draft.number("application_number", numberings.unchecked(number), field(docdb, "doc-number"))
    days = (
        field(numberings.document(biblio, "application-reference", (key,)), "date")
        for key in ("docdb", "epodoc", "original", "")
    )
    draft.date("filing_date", next((day for day in days if day), ""))


def _classes(biblio: etree._Element | None, draft: Draft) -> None:
    reformed = list(every(biblio, "classifications-ipcr/classification-ipcr"))
    for one in reformed:
        classify(draft, "ipc", one)
    for old in every(biblio, "classification-ipc") if not reformed else ():
        for name in ("main-classification", "further-classification", "text"):
            for one in every(old, name):
                draft.ipc(value(one))
    for one in every(biblio, "patent-classifications/patent-classification"):
        scheme = first(one, "classification-scheme")
        name = (scheme.get("scheme") or "") if scheme is not None else ""
        if not name.startswith("CPC"):
            continue
        text = field(one, "classification-symbol")
        if text:
            draft.classify("cpc", symbols.ipc(text), text)
        else:
            classify(draft, "cpc", one)
    for one in every(biblio, "classification-locarno/main-classification"):
        draft.classify("locarno", symbols.locarno(value(one)), value(one))
    for national in every(biblio, "classification-national"):
        if field(national, "country") == "US":
            for name in ("main-classification", "further-classification", "text"):
                for one in every(national, name):
                    draft.classify("uspc", symbols.uspc((one.text or "").strip()), value(one))


_COUNTRY_BEHIND = re.compile(r"\s*\[([A-Z]{2})\]\s*\Z")


def listed(biblio: etree._Element | None, name: str, role: str, group: str = "") -> list[NamedParty]:
    """Parties once each: counted by the standard list, named as they spell themselves.

    `docdb` and `epodoc` list every party once and know its country; `docdba` and `original` have the
    proper spelling, the latter sometimes twice (of the application and of the grant).
    """
    by_format: dict[str, list[tuple[str, NamedParty]]] = {}
    for one in every(biblio, f"parties/{group or name}s/{name}"):
        named = f"{group or name}-name"
        raw = field(one, f"{named}/name", f"{named}/orgname", "addressbook/name", "name")
        country = forms.office(field(one, "residence/country", "addressbook/address/country"))
        if found := _COUNTRY_BEHIND.search(raw):
            country = country or found.group(1)
            raw = raw[: found.start()]
        party = NamedParty(raw.strip(" ,;"), country, "", role)
        by_format.setdefault(numberings.form_of(one), []).append((one.get("sequence") or "", party))
    base = by_format.get("docdb") or by_format.get("epodoc") or []
    proper = by_format.get("docdba") or by_format.get("original") or by_format.get("") or []
    if not base or not proper:
        return [party for _sequence, party in base or proper]
    names = {sequence: party.name for sequence, party in reversed(proper)}
    return [
        NamedParty(_better(party.name, names.get(sequence, "")), party.country, "", role)
        for sequence, party in base
    ]


def _better(standard: str, proper: str) -> str:
    """The proper spelling, if it is of the same party (numbers of the two lists do not always agree)."""
    ours, theirs = parties.key(standard), parties.key(proper)
    return (
        proper
        if theirs and (ours[:3] == theirs[:3] or ours[:4] in theirs or theirs[:4] in ours)
        else standard
    )


def _cited(root: etree._Element, biblio: etree._Element | None) -> Iterator[CitedDocument]:
    places = (
        *every(biblio, "references-cited/citation"),
        *every(root, "search-report-data/srep-citations/citation"),
    )
    for one in places:
        category, claims = categories(one), claims_cited_against(one)
        documents = list(every(one, "patcit/document-id"))
        documents.sort(key=lambda d: {"docdb": 0, "": 1, "epodoc": 2}.get(numberings.form_of(d), 3))
        if documents:
            office, number = forms.office(field(documents[0], "country")), field(documents[0], "doc-number")
            if not office:
                office, number = numberings.native(number)
            kind, printed = field(documents[0], "kind"), numberings.printed(office, number)
            yield CitedDocument(office, printed, kind, category, claims=claims)
        elif text := field(one, "nplcit/text", "nplcit"):
            yield CitedDocument(category=category, text=text, claims=claims)


FORMATS = (
    XmlFormat(
        "epo-docdb", frozenset({"exchange-documents", "exchange-document"}), read, ("exchange-document",)
    ),
)
