"""WIPO ST.36 as PCT Annex F has it: one `wo-published-application`, valid against its DTD V1.11.

The document type was made for international applications and is the one of the Annex that carries
bibliographic data and texts together; applications that are not published leave out the publication
reference. It has no place for citations, CPC, national classes and related documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from lxml import etree

from app.domain.findings import Finding
from app.domain.record import NamedParty, PriorityClaim, Record, Right
from app.standards.fields import forms
from app.standards.source import Notes
from app.standards.writing import printed
from app.standards.writing.tree import again, document, put, put_if

DTD = "wo-published-application-v1-11.dtd"
VERSION = "v1.11"
REGIONAL = frozenset({"AP", "EA", "EM", "EP", "GC", "OA", "BX"})
_TYPES = {Right.UTILITY_MODEL: "utility-model", Right.PLANT_PATENT: "plant", Right.DESIGN: "design"}
_IMAGES = {"jpg": "jpg", "jpeg": "jpg", "tif": "tif", "tiff": "tif"}


class St36:
    """One document."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, record: Record) -> Record:
        """Write it; what the reader of ST.36 makes of it."""
        from app.standards.wipo import st36 as reader

        element = application(record)
        self._out.write(document(element, f'<!DOCTYPE wo-published-application SYSTEM "{DTD}">'))
        return next(iter(reader.read(again(etree.tostring(element)), Notes())))

    def close(self) -> tuple[Finding, ...]:
        """The document was written whole."""
        return ()


def application(record: Record) -> etree._Element:
    """The document, its parts in the order of the DTD."""
    top = etree.Element("wo-published-application")
    top.set("lang", record.language)
    top.set("dtd-version", VERSION)
    maker = _maker(record.office)
    top.set("produced-by", maker)
    _bibliography(put(top, "wo-bibliographic-data", produced_by=maker), record)
    for language, text in record.abstracts.items():
        _paragraphs(put(top, "abstract", lang=_said(language, record)), [text])
    language = _first(record.descriptions, record)
    if paragraphs := record.descriptions.get(language):
        _paragraphs(put(top, "description", lang=_said(language, record)), paragraphs)
    language = _first(record.claims, record)
    if claims := record.claims.get(language):
        group = put(top, "claims", lang=_said(language, record))
        for number, text in enumerate(claims, 1):
            put(put(group, "claim", num=f"{number:04d}"), "claim-text", text)
    _drawings(top, record)
    return top


def _maker(office: str) -> str:
    if office in ("WO", "IB"):
        return "IB"
    return "regional-office" if office in REGIONAL else "national-office"


def _said(language: str, record: Record) -> str:
    """The language of a part; that of the document need not be said again."""
    return "" if language == record.language else language


def _first(texts: Iterable[str], record: Record) -> str:
    """The language written where the DTD has one description and one set of claims."""
    languages = list(texts)
    return record.language if record.language in languages else next(iter(languages), "")


def _paragraphs(parent: etree._Element, texts: Iterable[str]) -> None:
    for number, text in enumerate(texts, 1):
        put(parent, "p", text, num=f"{number:04d}")


def _bibliography(biblio: etree._Element, record: Record) -> None:
    if record.publication_number or record.publication_date:
        number = printed.number(record, "publication_number", _publication_form(record))
        _document(put(biblio, "publication-reference"), record.office, number, record.kind_code,
                  record.publication_date)  # fmt: skip
    if record.application_number or record.filing_date or record.right in _TYPES:
        applied = put(biblio, "application-reference", appl_type=_TYPES.get(record.right, ""))
        number = printed.number(record, "application_number", _application_form(record))
        _document(applied, record.office, number, "", record.filing_date)
    for language, title in record.titles.items():
        put(biblio, "invention-title", title, lang=_said(language, record))
    _parties(biblio, record)
    if record.priorities:
        _priorities(put(biblio, "wo-priority-info"), record.priorities)
    if record.classes.ipc:
        group = put(biblio, "classifications-ipcr")
        for symbol in record.classes.ipc:
            put(put(group, "classification-ipcr"), "text", symbol)


def _publication_form(record: Record) -> Callable[[str], str]:
    return forms.no_zeros if record.office in ("WO", "IB") else forms.unpadded


def _application_form(record: Record) -> Callable[[str], str]:
    return forms.ep_application if record.office == "EP" else forms.no_zeros


def _document(parent: etree._Element, office: str, number: str, kind: str, day: str) -> None:
    made = put(parent, "document-id")
    put(made, "country", office)
    put(made, "doc-number", number)
    put_if(made, "kind", kind)
    put_if(made, "date", day.replace("-", ""))


def _parties(biblio: etree._Element, record: Record) -> None:
    """Whatever their role in the record, the DTD knows owners as applicants only."""
    if not (record.applicants or record.inventors or record.representatives):
        return
    group = put(biblio, "parties")
    applicants = put(group, "applicants")
    for number, party in enumerate(record.applicants or (NamedParty(""),), 1):
        one = put(applicants, "applicant", sequence=str(number), app_type="applicant", designation="all")
        _book(one, party)
        put(put(one, "nationality"), "country")
        put(put(one, "residence"), "country", party.country)
    for name, listed, kinds in (
        ("inventor", record.inventors, {}),
        ("agent", record.representatives, {"rep_type": "agent"}),
    ):
        people = put(group, f"{name}s") if listed else None
        for number, party in enumerate(listed, 1):
            _book(put(people, name, sequence=str(number), **kinds), party)


def _book(parent: etree._Element, party: NamedParty) -> None:
    """The address is cut where the city stands in it; without a city it is one line."""
    book = put(parent, "addressbook")
    put(book, "name", party.name)
    place = put(book, "address")
    before, city, after = party.address.rpartition(party.city) if party.city else (party.address, "", "")
    if party.city and not city:
        before, city, after = party.address, party.city, ""
    put_if(place, "address-1", before.rstrip(", "))
    put_if(place, "city", city)
    rest = after.strip(", ")
    put_if(place, "postcode" if any(c.isdigit() for c in rest) else "state", rest)
    put(place, "country", party.country)


def _priorities(group: etree._Element, claims: Iterable[PriorityClaim]) -> None:
    for number, claim in enumerate(claims, 1):
        kind = "regional" if claim.office in REGIONAL else "national"
        kind = "international" if claim.kind == "pct" else kind
        one = put(group, "priority-claim", sequence=str(number), kind=kind)
        put(one, "country", claim.office)
        put_if(one, "doc-number", claim.number)
        put(one, "date", claim.date.replace("-", ""))


def _drawings(top: etree._Element, record: Record) -> None:
    """Pictures in the formats the DTD names; nobody said their size."""
    known = [(name, form) for name in record.image_names if (form := _IMAGES.get(_ending(name)))]
    drawings = put(top, "drawings") if known else None
    for number, (name, form) in enumerate(known, 1):
        put(put(drawings, "figure", num=str(number)), "img", he="0", wi="0", file=name, img_format=form)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
