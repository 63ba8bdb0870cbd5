"""Search reports of Annex F of the PCT Administrative Instructions (`search-report`, ST.36)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.epo import numberings
from app.standards.fields import forms, parties
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import categories, claims_cited_against, classify, literature
from app.standards.xml.texts import ST36_BLOCKS, children, every, field, first, leaves, pad, plain, value

STANDARD = "st36"


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One report: the application searched, and what was found with its categories."""
    pad(root, ST36_BLOCKS)
    info = first(root, "srep-info")
    applied = first(info, "application-reference/document-id")
    draft = Draft(Right.PATENT, RecordKind.SEARCH_REPORT, notes, STANDARD)
    said = forms.language(root.get("lang"))
    office = forms.office(field(applied, "country")) or forms.office(root.get("srep-office"))
    draft.set(office=office, language=said if said != forms.UNKNOWN_LANGUAGE else "")
    raw = field(applied, "doc-number")
    number = f"PCT/{raw}" if numberings.PCT_OWN.match(raw) else raw
    draft.number("application_number", numberings.unchecked(number), raw)
    draft.date("filing_date", field(applied, "date"))
    draft.priority("", "", field(info, "date-of-earliest-priority/date"))
    for title in every(info, "srep-invention-title/invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang") or root.get("lang")), plain(title))
    for abstract in every(info, "srep-abstract/abstract"):
        language = forms.language(abstract.get("lang") or root.get("lang"))
        draft.text_by_language("abstracts", language, plain(abstract))
    named = leaves(first(info, "applicant-name"))
    given = " ".join(filter(None, (named.get("first-name"), named.get("middle-name"))))
    name = parties.person(named.get("last-name", ""), given) or named.get("orgname") or named.get("name", "")
    draft.set(applicants=[NamedParty(name, role="applicant")])
    published = first(root, "srep-for-pub")
    for one in every(published, "classifications-ipcr/classification-ipcr"):
        classify(draft, "ipc", one)
    for old in every(published, "classification-ipc"):
        for one in children(old, "main-classification", "further-classification"):
            draft.ipc(value(one))
    draft.set(citations=list(cited(published)))
    yield draft.finish()


def cited(published: etree._Element | None) -> Iterator[CitedDocument]:
    """The citations of a report, each with the categories of all its passages."""
    for one in every(published, "srep-citations/citation"):
        document = first(one, "patcit/document-id")
        category, claims = categories(one), claims_cited_against(one)
        if document is not None:
            office, number = forms.office(field(document, "country")), field(document, "doc-number")
            number = number.removeprefix(office).lstrip(" /") if office else number
            kind, printed = field(document, "kind"), numberings.printed(office, number)
            yield CitedDocument(office, printed, kind, category, claims=claims)
        elif text := literature(one):
            yield CitedDocument(category=category, text=text, claims=claims)


FORMATS = (XmlFormat("st36-search-report", frozenset({"search-report", "wo-search-report"}), read),)
