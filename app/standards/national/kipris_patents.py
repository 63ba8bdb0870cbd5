"""Answers of KIPRIS for patents and utility models: hits of a search, and one document in detail.

A hit holds everything in one `item`; in the detailed answer each part has an array of its own, and the dates
are written with points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, first

STANDARD = "kipris"
# Countries as the service writes them; others stay without a code.
_COUNTRIES = {
    "대한민국": "KR", "미국": "US", "일본": "JP", "중국": "CN", "독일": "DE", "프랑스": "FR", "영국": "GB",
    "대만": "TW", "스위스": "CH", "네덜란드": "NL", "스웨덴": "SE", "이탈리아": "IT", "캐나다": "CA",
    "유럽특허청(EPO)": "EP", "세계지적재산권기구(WIPO)": "WO", "PCT": "WO",
}  # fmt: skip
_PATENT = re.compile(r"([A-Z]{2})\s*-?\s*(\d[\d\-/]*)\s*([A-Z]\d?)?\*{0,3}\Z")


def read(item: etree._Element, notes: Notes) -> Iterator[Record]:
    """One document."""
    told = first(item, "biblioSummaryInfoArray/biblioSummaryInfo", "biblioSummaryInfo")
    told = item if told is None else told
    number = field(told, "applicationNumber")
    if not number and not field(told, "inventionTitle"):
        return
    right = Right.UTILITY_MODEL if re.match(r"2[0-2]", number) else Right.PATENT
    draft = Draft(right, _kind(told), notes, STANDARD)
    draft.set(office="KR", status=field(told, "registerStatus", "finalDisposal"))
    for name, tags in (
        ("application_number", ("applicationNumber",)), ("registration_number", ("registerNumber",)),
        ("publication_number", ("openNumber", "publicationNumber")),
    ):  # fmt: skip
        raw = field(told, *tags)
        draft.number(name, forms.no_zeros(raw), raw)
    draft.date("filing_date", field(told, "applicationDate"))
    draft.date("publication_date", field(told, "openDate", "publicationDate"))
    draft.date("registration_date", field(told, "registerDate"))
    draft.text_by_language("titles", "ko", field(told, "inventionTitle"))
    draft.text_by_language("titles", "en", field(told, "inventionTitleEng"))
    abstract = field(item, "abstractInfoArray/abstractInfo/astrtCont") or field(told, "astrtCont")
    draft.text_by_language("abstracts", "ko", abstract)
    found = [field(one, "ipcNumber") for one in every(item, "ipcInfoArray/ipcInfo")]
    for raw in found or re.split(r"\s*[|;]\s*", field(told, "ipcNumber")):
        draft.ipc(raw)
    _ties(item, told, draft)
    _people(item, told, draft)
    claims = [field(one, "claim") for one in every(item, "claimInfoArray/claimInfo")]
    draft.claims({"ko": claims}, field(told, "claimCount"))
    draft.images(filter(None, (field(item, "bigDrawing", "drawing"), field(item, "imagePathInfo/docName"))))
    yield draft.finish()


def _kind(told: etree._Element) -> RecordKind:
    if forms.no_zeros(field(told, "registerNumber")):
        return RecordKind.GRANT
    out = forms.no_zeros(field(told, "openNumber")) or forms.no_zeros(field(told, "publicationNumber"))
    return RecordKind.PUBLICATION if out else RecordKind.APPLICATION


def _country(name: str) -> str:
    return _COUNTRIES.get(name.strip(), "") or forms.office(name)


def _ties(item: etree._Element, told: etree._Element, draft: Draft) -> None:
    for one in every(item, "priorityInfoArray/priorityInfo"):
        office = _country(field(one, "priorityApplicationCountry"))
        draft.priority(office, field(one, "priorityApplicationNumber"), field(one, "priorityApplicationDate"))
    for one in every(item, "internationalInfoArray/internationalInfo"):
        for relation, number, day in (
            ("application", "internationalApplicationNumber", "internationalApplicationDate"),
            ("publication", "internationOpenNumber", "internationOpenDate"),
        ):
            draft.relate(f"international_{relation}", "WO", field(one, number), field(one, day))
    parent = field(told, "originalApplicationNumber")
    draft.relate("original_application", "KR", parent, field(told, "originalApplicationDate"))
    cited = []
    for one in every(item, "priorArtDocumentsInfoArray/priorArtDocumentsInfo"):
        raw = field(one, "documentsNumber")
        if found := _PATENT.match(raw):
            cited.append(CitedDocument(found.group(1), found.group(2), found.group(3) or ""))
        elif raw:
            cited.append(CitedDocument(text=raw))
    draft.set(citations=cited)


def _people(item: etree._Element, told: etree._Element, draft: Draft) -> None:
    def named(kind: str, role: str) -> list[NamedParty]:
        return [
            NamedParty(
                field(one, "name", "engName"),
                _country(field(one, "country")),
                "",
                role,
                field(one, "address"),
            )
            for one in every(item, f"{kind}InfoArray/{kind}Info")
        ]

    listed = [
        NamedParty(name, role="applicant") for name in re.split(r"\s*\|\s*", field(told, "applicantName"))
    ]
    draft.set(
        applicants=named("applicant", "applicant") or listed,
        inventors=named("inventor", "inventor"),
        representatives=named("agent", "representative"),
    )


def _is_patents(prolog: Prolog) -> bool:
    return any(mark in prolog.start for mark in (b"<inventionTitle", b"<biblioSummaryInfo", b"<ipcNumber"))


FORMATS = (XmlFormat("kipris-patent", frozenset({"response"}), read, ("item",), _is_patents),)
