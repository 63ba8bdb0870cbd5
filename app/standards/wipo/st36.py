"""WIPO ST.36 and its dialects: `patent-document`, the EP exchange dialect of the same name, PCT Annex F.

Read are published documents (`patent-document`, `wo-published-application`) as well as what an applicant
files (`request`, `application-body`). A document without publication data is an application.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.epo import numberings
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import classify, described, party_of
from app.standards.wipo.st36_ties import cited, related
from app.standards.xml.texts import ST36_BLOCKS, children, every, field, first, local, pad, plain, value

_BIBLIOGRAPHIES = ("bibliographic-data", "wo-bibliographic-data", "request")
# Which of several spellings of one party is the party's own: the dialect lists each.
_FORMAT_ORDER = {"original": 0, "": 1, "intermediate": 2, "epo": 3, "epodoc": 4, "docdb": 5, "docdba": 6}


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One document."""
    pad(root, ST36_BLOCKS)
    biblio = first(root, *_BIBLIOGRAPHIES)
    if biblio is None:
        biblio = root
    published = _document(biblio, "publication-reference")
    applied = _document(biblio, "application-reference")
    application = first(biblio, "application-reference")
    number = field(published, "doc-number") or root.get("doc-number") or root.get("docnumber") or ""
    day = field(published, "date") or root.get("date-publ") or root.get("date-published") or ""
    kind_code = field(published, "kind") or root.get("kind") or ""
    appl_type = (application.get("appl-type") or "") if application is not None else ""
    out = published is not None or bool(number)
    draft = Draft(_right(kind_code, appl_type), _kind(root, kind_code, out), notes, "st36")
    draft.set(
        office=forms.office(field(published, "country") or root.get("country") or field(applied, "country")),
        kind_code=kind_code,
        language=_language(root, biblio),
    )
    office = draft.get("office") or ""
    bare = number.removeprefix(office).lstrip(" /") if office == "WO" else number
    draft.number("publication_number", numberings.printed(office, bare), number)
    draft.date("publication_date", day)
    filed = field(applied, "doc-number")
    own = f"PCT/{filed}" if numberings.PCT_OWN.match(filed) else filed
    draft.number("application_number", numberings.unchecked(own), filed)
    draft.date("filing_date", field(applied, "date") or field(biblio, "date-of-filing/date", "filing-date"))
    _titles(biblio, draft)
    _classes(biblio, draft)
    _priorities(biblio, draft)
    related(biblio, draft)
    _parties(biblio, draft, office, kind_code)
    draft.set(citations=list(cited(root, biblio)))
    _texts(root, draft)
    yield draft.finish()


def _document(biblio: etree._Element, name: str) -> etree._Element | None:
    """The number in the office's own form where several stand side by side."""
    found = [d for reference in every(biblio, name) for d in every(reference, "document-id")]
    found.sort(key=lambda d: _FORMAT_ORDER.get(_format(d), 1))
    return found[0] if found else None


def _format(element: etree._Element) -> str:
    return (
        element.get("format") or element.get("document-id-type") or element.get("data-format") or ""
    ).lower()


def _right(kind_code: str, appl_type: str) -> Right:
    kind = appl_type.lower().replace("_", "-")
    if kind_code[:1] in ("U", "Y", "Z") or "utility-model" in kind:
        return Right.UTILITY_MODEL
    if kind_code[:1] == "S" or kind == "design":
        return Right.DESIGN
    return Right.PLANT_PATENT if kind == "plant" else Right.PATENT


def _kind(root: etree._Element, kind_code: str, out: bool) -> RecordKind:
    if not out or local(root) in ("request", "application-body"):
        return RecordKind.APPLICATION
    if kind_code in ("A3", "A4") and root.get("country") == "EP":
        return RecordKind.SEARCH_REPORT
    return RecordKind.GRANT if kind_code[:1] in ("B", "C", "Y") else RecordKind.PUBLICATION


def _language(root: etree._Element, biblio: etree._Element) -> str:
    raw = (
        root.get("lang")
        or field(biblio, "language-of-publication", "language-of-filing")
        or biblio.get("lang")
    )
    found = forms.language(raw)
    return found if found != forms.UNKNOWN_LANGUAGE else ""


def _own(draft: Draft) -> str:
    return draft.get("language") or forms.UNKNOWN_LANGUAGE


def _titles(biblio: etree._Element, draft: Draft) -> None:
    for path in ("invention-title", "technical-data/invention-title"):
        for title in every(biblio, path):
            draft.text_by_language("titles", forms.language(title.get("lang") or _own(draft)), value(title))


def _classes(biblio: etree._Element, draft: Draft) -> None:
    for place in (biblio, *every(biblio, "technical-data")):
        for one in (
            *every(place, "classifications-ipcr/classification-ipcr"),
            *every(place, "classification-ipcr"),
        ):
            classify(draft, "ipc", one)
        for old in every(place, "classification-ipc"):
            for one in children(old, "main-classification", "further-classification"):
                draft.ipc(value(one))
            if first(old, "main-classification") is None and (text := field(old, "text") or value(old)):
                draft.ipc(text)
        for group in (*every(place, "classifications-cpc"), *every(place, "patent-classifications")):
            for one in group.iter("{*}classification-cpc", "{*}patent-classification"):
                classify(draft, "cpc", one)
        for one in every(place, "classification-locarno/main-classification"):
            draft.classify("locarno", symbols.locarno(value(one)), value(one))
        for national in every(place, "classification-national"):
            if field(national, "country") == "US":
                for one in children(national, "main-classification", "further-classification"):
                    draft.classify("uspc", symbols.uspc((one.text or "").rstrip()), value(one))


def _priorities(biblio: etree._Element, draft: Draft) -> None:
    for path in ("priority-claims/priority-claim", "wo-priority-info/priority-claim"):
        for claim in every(biblio, path):
            ids = sorted(every(claim, "document-id"), key=lambda d: _FORMAT_ORDER.get(_format(d), 1))
            source = ids[0] if ids else claim
            kind = "pct" if claim.get("kind") == "international" else "foreign"
            number, office = field(source, "doc-number"), forms.office(field(source, "country"))
            if kind == "pct" and numberings.PCT_OWN.match(number):
                number = f"PCT/{number}"
            day, kept = field(source, "date"), field(source, "doc-number")
            draft.priority(office, numberings.unchecked(number), day, kind, kept)


def _parties(biblio: etree._Element, draft: Draft, office: str, kind_code: str) -> None:
    group = first(biblio, "parties")
    group = biblio if group is None else group
    role = "applicant"
    if office == "EP" and kind_code.startswith(("B", "C")):
        role = "proprietor"
    owners = [
        *every(group, "applicants/applicant"),
        *every(group, "assignees/assignee"),
        *every(group, "grantees/grantee"),
        *every(biblio, "assignees/assignee"),
    ]
    named = []
    for one in _best(owners):
        own = role if role == "proprietor" or local(one) == "applicant" else local(one)
        named.append(party_of(one, "proprietor" if own == "grantee" else own))
    people = [party_of(one, "inventor") for one in _best(every(group, "inventors/inventor"))]
    people.extend(party_of(one, "inventor") for one in every(group, "inventors/deceased-inventor"))
    for one in every(group, "applicants/applicant"):
        if "inventor" in (one.get("app-type") or one.get("apptype") or ""):
            people.append(party_of(one, "inventor"))
    agents = [
        *_best(every(group, "agents/agent")),
        *_best(every(group, "representatives/representative")),
    ]
    draft.set(applicants=named, inventors=people, representatives=_parts(agents, "representative"))


def _parts(elements: Iterable[etree._Element], role: str) -> list[NamedParty]:
    return [party_of(one, role) for one in elements]


def _best(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Of parties listed once a format, the list in the best format alone."""
    listed = list(elements)
    if not listed:
        return []
    best = min(_FORMAT_ORDER.get(_format(one), 1) for one in listed)
    return [one for one in listed if _FORMAT_ORDER.get(_format(one), 1) == best]


def _texts(root: etree._Element, draft: Draft) -> None:
    """The texts; those of an international application may stand in a part of their own, converted."""
    inner = first(root, "wo-xml-application")
    if inner is not None and first(root, "description", "claims") is None:
        root = inner
    for abstract in every(root, "abstract"):
        draft.text_by_language(
            "abstracts", forms.language(abstract.get("lang") or _own(draft)), plain(abstract)
        )
    descriptions: dict[str, tuple[str, ...]] = {}
    for description in every(root, "description"):
        if not draft.get("titles") and (title := first(description, "invention-title")) is not None:
            draft.text_by_language("titles", forms.language(title.get("lang") or _own(draft)), value(title))
        key = forms.language(description.get("lang") or _own(draft))
        descriptions[key] = descriptions.get(key, ()) + described(description)
    draft.set(descriptions={key: texts for key, texts in descriptions.items() if texts})
    claims: dict[str, list[str]] = {}
    for group in every(root, "claims"):
        key = forms.language(group.get("lang") or _own(draft))
        claims.setdefault(key, []).extend(plain(claim) for claim in children(group, "claim"))
    draft.claims(claims, field(root, "bibliographic-data/number-of-claims"))
    pages = (page for drawings in every(root, "drawings") for page in every(drawings, "doc-page"))
    draft.images(image.get("file") or "" for image in (*root.iter("{*}img"), *pages))


FORMATS = (
    XmlFormat(
        "st36",
        frozenset(
            {
                "patent-document",
                "wo-published-application",
                "wo-patent-document",
                "application-body",
                "wo-application-body",
                "request",
                "wo-request",
                "wo-international-application-status",
            }
        ),
        read,
    ),
)
