"""EPO exchange documents: DOCDB records and the biblio answers of OPS.

The same document stands side by side in several numberings (docdb, epodoc, original) and its parties in
several spellings; one of each is taken. A US provisional or a PCT application is told by its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify
from app.standards.xml.texts import ST36_BLOCKS, every, field, first, pad, plain, value


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `exchange-document`."""
    pad(root, ST36_BLOCKS)
    biblio = first(root, "bibliographic-data")
    published = _document(biblio, "publication-reference", ("docdb", "epodoc", "original", ""))
    office = forms.office(root.get("country") or field(published, "country"))
    number = (root.get("doc-number") or field(published, "doc-number")).strip()
    kind_code = (root.get("kind") or field(published, "kind")).strip()
    draft = Draft(right_of(kind_code, office), kind_of(office, kind_code), notes, "epo-exchange")
    language = forms.language(field(biblio, "language-of-publication"))
    draft.set(
        office=office, kind_code=kind_code, language=language if language != forms.UNKNOWN_LANGUAGE else ""
    )
    draft.number("publication_number", printed(office, number), number)
    draft.date("publication_date", root.get("date-publ") or field(published, "date"))
    _applied(biblio, draft)
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang")), plain(title))
    for abstract in every(root, "abstract"):
        draft.text_by_language("abstracts", forms.language(abstract.get("lang")), plain(abstract))
    _classes(biblio, draft)
    _priorities(biblio, draft)
    draft.set(
        applicants=listed(
            biblio, "applicant", "proprietor" if is_granted(office, kind_code) else "applicant"
        ),
        inventors=listed(biblio, "inventor", "inventor"),
        citations=list(_cited(biblio)),
    )
    yield draft.finish()


def right_of(kind_code: str, office: str) -> Right:
    """Utility models carry U, Y or Z, US designs S and plants P (ST.16)."""
    if kind_code[:1] in ("U", "Y", "Z"):
        return Right.UTILITY_MODEL
    if kind_code[:1] == "S":
        return Right.DESIGN
    return Right.PLANT_PATENT if kind_code[:1] == "P" and office == "US" else Right.PATENT


def kind_of(office: str, kind_code: str) -> RecordKind:
    """B and C are later levels of publication; the US office granted under A until 2000."""
    if office == "EP" and kind_code in ("A3", "A4"):
        return RecordKind.SEARCH_REPORT
    granted = kind_code[:1] in ("B", "C", "S")
    if office == "US":
        granted = granted or kind_code == "A" or kind_code[:1] == "E" or kind_code in ("P", "P2", "P3")
    return RecordKind.GRANT if granted else RecordKind.PUBLICATION


def is_granted(office: str, kind_code: str) -> bool:
    """For EP the kind code says whether the party is an applicant or a proprietor."""
    return office == "EP" and kind_code[:1] in ("B", "C")


_WO_NUMBER = re.compile(r"((?:19|20)\d{2})(\d{6})\Z|(\d{2})(\d{5,6})\Z")


def printed(office: str, number: str) -> str:
    """A publication number as printed: `2022259205` of WIPO is 2022/259205."""
    if office != "WO" or not (found := _WO_NUMBER.match(number)):
        return forms.unpadded(number) if office != "WO" else number
    return f"{found.group(1) or found.group(3)}/{found.group(2) or found.group(4)}"


def _format(element: etree._Element) -> str:
    return element.get("data-format") or element.get("document-id-type") or ""


def _document(biblio: etree._Element | None, name: str, order: tuple[str, ...]) -> etree._Element | None:
    """The `document-id` in the first numbering of `order` that is there."""
    found = {
        _format(document) or _format(reference): document
        for reference in every(biblio, name)
        for document in every(reference, "document-id")
    }
    return next((found[key] for key in order if key in found), None)


def _applied(biblio: etree._Element | None, draft: Draft) -> None:
    order = ("docdb", "epodoc", "original", "")
    docdb = _document(biblio, "application-reference", order)
    own = _document(biblio, "application-reference", ("original", *order))
    number = field(own, "doc-number") or field(docdb, "doc-number")
    if own is not None and _format(own) == "epodoc":
        number = native(number)[1]
    if draft.get("office") == "WO" and _PCT_OWN.match(number):
        number = f"PCT/{number}"
    draft.number("application_number", forms.no_zeros(number), field(docdb, "doc-number"))
    days = (
        field(_document(biblio, "application-reference", (key,)), "date")
        for key in ("docdb", "epodoc", "original", "")
    )
    draft.date("filing_date", next((day for day in days if day), ""))


def _classes(biblio: etree._Element | None, draft: Draft) -> None:
    for one in every(biblio, "classifications-ipcr/classification-ipcr"):
        classify(draft, "ipc", one)
    if not any(True for _one in every(biblio, "classifications-ipcr/classification-ipcr")):
        for old in every(biblio, "classification-ipc"):
            for one in (
                *every(old, "main-classification"),
                *every(old, "further-classification"),
                *every(old, "text"),
            ):
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


def _priorities(biblio: etree._Element | None, draft: Draft) -> None:
    """One claim a sequence number in docdb form; epodoc where there is nothing else."""
    claims: dict[tuple[str, str], dict[str, etree._Element]] = {}
    for claim in every(biblio, "priority-claims/priority-claim"):
        for document in every(claim, "document-id"):
            key = _format(document) or _format(claim)
            claims.setdefault((claim.get("sequence") or "", ""), {})[key] = document
    for by_format in claims.values():
        document = by_format.get("docdb", by_format.get("epodoc", by_format.get("original")))
        if document is None:
            document = next(iter(by_format.values()))
        office, number = forms.office(field(document, "country")), field(document, "doc-number")
        if not office:
            office, number = native(number)
        day = next((d for one in (document, *by_format.values()) if (d := field(one, "date"))), "")
        kind = {"W": "pct", "P": "provisional"}.get(field(document, "kind")[:1], "foreign")
        if office == "US" and number.endswith("P"):
            kind = "provisional"
        draft.priority(office, number, day, kind)


_EPODOC = re.compile(r"([A-Z]{2})\s*(\d.*|[A-Z]?\d.*)\Z")
_PCT_EPODOC = re.compile(r"((?:19|20)\d{2})([A-Z]{2})(\d{1,6})\Z")
_PCT_OWN = re.compile(r"[A-Z]{2}\d{2,4}/\d{5,6}\Z")
_EP_EPODOC = re.compile(r"(?:19|20)(\d{2})0(\d{6})\Z")


def native(number: str) -> tuple[str, str]:
    """`EP20100167109` as office EP and number 10167109; of others only the office is taken off."""
    found = _EPODOC.match(number)
    if not found:
        return "", number
    office, rest = found.groups()
    if office == "WO" and (pct := _PCT_EPODOC.match(rest)):
        return office, f"PCT/{pct.group(2)}{pct.group(1)}/{pct.group(3).zfill(6)}"
    if office == "EP" and (own := _EP_EPODOC.match(rest)):
        return office, own.group(1) + own.group(2)
    return office, rest


_COUNTRY_BEHIND = re.compile(r"\s*\[([A-Z]{2})\]\s*\Z")


def listed(biblio: etree._Element | None, name: str, role: str) -> list[NamedParty]:
    """Parties once each: counted by the standard list, named as they spell themselves.

    `docdb` and `epodoc` list every party once and know its country; `docdba` and `original` have the
    proper spelling, the latter sometimes twice (of the application and of the grant).
    """
    by_format: dict[str, list[tuple[str, NamedParty]]] = {}
    for one in every(biblio, f"parties/{name}s/{name}"):
        raw = field(one, f"{name}-name/name", f"{name}-name/orgname", "addressbook/name", "name")
        country = forms.office(field(one, "residence/country", "addressbook/address/country"))
        if found := _COUNTRY_BEHIND.search(raw):
            country = country or found.group(1)
            raw = raw[: found.start()]
        party = NamedParty(raw.strip(" ,;"), country, "", role)
        by_format.setdefault(_format(one), []).append((one.get("sequence") or "", party))
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


def _cited(biblio: etree._Element | None) -> Iterator[CitedDocument]:
    for one in every(biblio, "references-cited/citation"):
        category = ",".join(symbols.once(value(c) for c in one.iter("{*}category")))
        documents = list(every(one, "patcit/document-id"))
        documents.sort(key=lambda d: {"docdb": 0, "": 1, "epodoc": 2}.get(_format(d), 3))
        if documents:
            office, number = forms.office(field(documents[0], "country")), field(documents[0], "doc-number")
            if not office:
                office, number = native(number)
            yield CitedDocument(office, printed(office, number), field(documents[0], "kind"), category)
        elif text := field(one, "nplcit/text", "nplcit"):
            yield CitedDocument(category=category, text=text)


FORMATS = (
    XmlFormat(
        "epo-docdb", frozenset({"exchange-documents", "exchange-document"}), read, ("exchange-document",)
    ),
)
