"""EP full text of the publication server (`ep-patent-document`, DTD 1.0 to 1.5.1): B-codes of ST.32."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, parties
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st32_parts import priority_claims
from app.standards.wipo.st36_parts import classify, texts
from app.standards.xml.texts import (
    ST36_BLOCKS,
    children,
    every,
    field,
    first,
    leaves,
    local,
    pad,
    plain,
    value,
)


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One A or B publication of the EPO."""
    biblio = first(root, "SDOBI")
    if biblio is None and not root.get("doc-number"):
        notes.add(
            Severity.ERROR, local(root), "ep-full-text.no-bibliography",
            _("This document has no bibliographic data; nothing was taken from it."),
        )  # fmt: skip
        return
    if biblio is not None:
        pad(biblio, ST36_BLOCKS)
    kind_code = field(biblio, "B100/B130") or (root.get("kind") or "")
    draft = Draft(Right.PATENT, _kind(kind_code), notes, "ep-full-text")
    language = forms.language(field(biblio, "B200/B260") or root.get("lang"))
    draft.set(
        office=forms.office(field(biblio, "B100/B190") or root.get("country")),
        kind_code=kind_code,
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    number = field(biblio, "B100/B110") or (root.get("doc-number") or "")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(biblio, "B100/B140/date") or root.get("date-publ") or "")
    applied = field(biblio, "B200/B210")
    draft.number("application_number", forms.ep_application(applied), applied)
    draft.date("filing_date", field(biblio, "B200/B220/date"))
    for group in every(biblio, "B300"):
        for claim in priority_claims(group):
            _priority(claim, draft)
    technical = first(biblio, "B500")
    for group in every(technical, "B540"):
        _titles(group, draft)
    _classes(technical, draft)
    _related(biblio, draft)
    _parties(first(biblio, "B700"), draft, kind_code)
    cited = first(technical, "B560")
    if cited is not None:
        draft.set(citations=[_cited(one) for one in children(cited, "B561", "B562")])
    texts(root, draft)
    yield draft.finish()


def _kind(kind_code: str) -> RecordKind:
    if kind_code.startswith(("B", "C")):
        return RecordKind.GRANT
    if kind_code in ("A3", "A4"):
        return RecordKind.SEARCH_REPORT
    return RecordKind.PUBLICATION


_PROVISIONAL = re.compile(r"\s*P\Z")


def _priority(claim: dict[str, str], draft: Draft) -> None:
    """US provisionals carry a P behind their number (`60410 P`)."""
    office, number = forms.office(claim.get("B330")), claim.get("B310", "")
    provisional = office == "US" and bool(_PROVISIONAL.search(number))
    draft.priority(office, number, claim.get("B320", ""), "provisional" if provisional else "foreign")


def _titles(group: etree._Element, draft: Draft) -> None:
    """B541 names the language of the B542 that follows."""
    language = forms.UNKNOWN_LANGUAGE
    for part in children(group, "B541", "B542"):
        if local(part) == "B541":
            language = forms.language(value(part))
        else:
            draft.text_by_language("titles", language, value(part))


def _classes(technical: etree._Element | None, draft: Draft) -> None:
    for one in every(technical, "B510EP/classification-ipcr"):
        classify(draft, "ipc", one)
    for group in every(technical, "B510"):
        for one in children(group, "B511", "B512", "B513", "B514"):
            draft.ipc(value(one))
    for group in every(technical, "B520EP"):
        for one in group.iter("{*}classification-cpc"):
            classify(draft, "cpc", one)


_RELATIONS = {
    "B610": "addition", "B620": "division", "B620EP": "division", "B630": "continuation", "B640": "reissue",
    "B645": "reexamination", "B650": "related_publication", "B655": "related_publication",
    "B660": "substitution", "B670": "utility_model_basis",
}  # fmt: skip


def _related(biblio: etree._Element | None, draft: Draft) -> None:
    for group in every(biblio, "B600/*"):
        if relation := _RELATIONS.get(local(group)):
            _parents(group, relation, draft)
    international = first(biblio, "B800")
    for path, relation in (
        ("B860/B861", "international_application"),
        ("B870/B871", "international_publication"),
    ):
        for group in every(international, path):
            number = field(group, "dnum/anum", "dnum/pnum", "dnum/text", "dnum")
            printed = _printed(number)
            if printed != number:
                draft.as_filed[f"related.{relation}"] = number
            draft.relate(relation, "WO", printed, field(group, "date"))


_PCT = re.compile(r"([A-Z]{2})(\d{2}|(?:19|20)\d{2})(\d{5,6})\Z")
_WO = re.compile(r"WO((?:19|20)\d{2}|\d{2})(\d{5,6})\Z")


def _printed(number: str) -> str:
    """`JP0107711` as PCT/JP01/07711, `WO02020444` as 02/020444: the forms of the front page."""
    if found := _WO.match(number):
        return f"{found.group(1)}/{found.group(2)}"
    if found := _PCT.match(number):
        return f"PCT/{found.group(1)}{found.group(2)}/{found.group(3)}"
    return number


def _parents(group: etree._Element, relation: str, draft: Draft) -> None:
    """The documents this one comes from (`pdoc`), and those divided out of it (`cdoc`)."""
    for document in group.iter("{*}pdoc", "{*}B621EP"):
        _tie(document, relation, draft)
    if relation == "division":
        for document in group.iter("{*}cdoc", "{*}B622EP"):
            _tie(document, "divisional_application", draft)


_OFFICE_IN_FRONT = re.compile(r"([A-Z]{2})\s*(?=\d)")
_EP_FORM = re.compile(r"\d{8}\.[\dX]\Z")


def _tie(document: etree._Element, relation: str, draft: Draft) -> None:
    """One document each `dnum`; an EP application number is known by its check digit."""
    number = field(document, "dnum/anum", "dnum/pnum", "dnum/text", "dnum")
    office = forms.office(field(document, "ctry"))
    if found := _OFFICE_IN_FRONT.match(number):
        office, number = office or found.group(1), number[found.end() :]
    elif _EP_FORM.match(number):
        office = office or "EP"
    draft.relate(relation, office, forms.ep_application(number), field(document, "date"))


def _parties(parties_: etree._Element | None, draft: Draft, kind_code: str) -> None:
    """The kind code says what the party is: applicant of an A, proprietor of a B, whatever holds the name."""
    role = "proprietor" if kind_code.startswith(("B", "C")) else "applicant"
    named = [_party(one, role) for path in ("B730/B731", "B710/B711") for one in every(parties_, path)]
    people = [_party(one, "inventor") for one in every(parties_, "B720/B721")]
    agents = [_party(one, "representative") for one in every(parties_, "B740/B741")]
    draft.set(applicants=named, inventors=people, representatives=agents)


_OF_ADDRESSES = frozenset({"omc", "pbox", "str", "city", "cnty", "state"})


def _party(one: etree._Element, role: str) -> NamedParty:
    named = leaves(one, "snm", "fnm", "onm", "ttl")
    name = parties.person(named.get("snm", ""), named.get("fnm", "")) or (
        named.get("onm") or named.get("ttl", "")
    )
    told: dict[str, str] = {}
    lines: list[str] = []
    for line in every(one, "adr/*"):
        kind, text = local(line), value(line)
        told.setdefault(kind, text)
        if text and kind in _OF_ADDRESSES:
            lines.append(text)
    return NamedParty(name, forms.office(told.get("ctry")), told.get("city", ""), role, ", ".join(lines))


_CITED = re.compile(r"([A-Z]{2})\s*-\s*([A-Z]\d?)?\s*-?\s*([\dA-Z].*)\Z")


def _cited(one: etree._Element) -> CitedDocument:
    """`EP-A1- 3 109 871` is office, kind code and number; anything else is literature."""
    text = field(one, "text") or plain(one)
    found = _CITED.match(text)
    if local(one) != "B561" or not found:
        return CitedDocument(text=text)
    office, kind_code, number = found.groups()
    number = number.replace(" ", "")
    # Only plain numbers are padded: in `H07 300 979` the zero belongs to the year.
    return CitedDocument(office, number.lstrip("0") if number.isdigit() else number, kind_code or "")


FORMATS = (XmlFormat("ep-full-text", frozenset({"ep-patent-document"}), read),)
