"""Answers of the US Open Data Portal: file wrappers of applications, whole or a part of them, as JSON.

What a record is follows from what its wrapper holds: application data make a grant, a publication or an
application; an answer of conveyances alone makes assignments, one of events alone legal events.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.findings import Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.us.countries import office_named
from app.standards.us.json_items import object_in, objects
from app.standards.xml.texts import tidy

_UND = forms.UNKNOWN_LANGUAGE
_BAG = "patentFileWrapperDataBag"
_RIGHTS = {"DES": Right.DESIGN, "PLT": Right.PLANT_PATENT}
_RELATIONS = {
    "CON": "continuation", "CIP": "continuation_in_part", "DIV": "division", "REI": "reissue",
    "REX": "reexamination", "NST": "national_phase", "SUB": "substitution", "CPA": "continuation",
    "RCE": "continuation",
}  # fmt: skip
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Conveyances that make the assignee an owner; liens, licences and their releases do not.
_OWNERSHIP = re.compile(r"ASSIGNMENT OF|MERGER|CHANGE OF NAME|NUNC PRO TUNC", re.I)


def _sniff(source: Source) -> int:
    head = source.head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head.startswith((b"{", b"[")):
        return 0
    if f'"{_BAG}"'.encode() in head:
        return 95
    marks = (b'"applicationMetaData"', b'"parentContinuityBag"', b'"eventDataBag"', b'"assignmentBag"')
    return 85 if b'"applicationNumberText"' in head and any(mark in head for mark in marks) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The records of an answer, in its order."""
    encoding = next((name for mark, name in _ENCODINGS if source.head.startswith(mark)), "utf-8-sig")
    count = 0
    with source.open() as stream:
        for count, wrapper in enumerate(objects(stream, _BAG, encoding), start=1):
            notes.place = _text(wrapper, "applicationNumberText") or str(count)
            yield from _records(wrapper, notes)
        notes.place = ""
    declared = re.match(rb'\s*\{\s*"(?:count|recordTotalQuantity)"\s*:\s*(\d{1,9})', source.head)
    if declared and int(declared.group(1)) != count:
        # A search answers page by page: that there are more elsewhere is usual, and worth saying.
        notes.add(
            Severity.NOTE, "count", "us-odp.count",
            _("The answer speaks of {declared} applications, but holds {counted}.").format(
                declared=int(declared.group(1)), counted=count
            ),
        )  # fmt: skip


def _records(wrapper: Mapping[str, Any], notes: Notes) -> Iterator[Record]:
    told = object_in(wrapper, "applicationMetaData")
    continuity = any(_bag(wrapper, name) for name in ("parentContinuityBag", "childContinuityBag"))
    if told or continuity or _bag(wrapper, "foreignPriorityBag"):
        yield _application(wrapper, told, notes)
        return
    assignments, events = _bag(wrapper, "assignmentBag"), _bag(wrapper, "eventDataBag")
    if assignments or events:
        for one in assignments:
            yield _assignment(wrapper, one, notes)
        for one in events:
            yield _event(wrapper, one, notes)
    elif _text(wrapper, "applicationNumberText"):
        yield _application(wrapper, told, notes)


def _application(wrapper: Mapping[str, Any], told: Mapping[str, Any], notes: Notes) -> Record:
    type_ = _text(told, "applicationTypeCode").upper() or _text(told, "applicationTypeLabelName")[:3].upper()
    type_ = {"PLA": "PLT"}.get(type_, type_)
    granted, published = _text(told, "patentNumber"), _text(told, "earliestPublicationNumber")
    kind = RecordKind.GRANT if granted else RecordKind.PUBLICATION if published else RecordKind.APPLICATION
    draft = Draft(_RIGHTS.get(type_, Right.PATENT), kind, notes, "us-odp")
    draft.set(office="US", status=_text(told, "applicationStatusDescriptionText"))
    _numbers(wrapper, told, draft)
    draft.text_by_language("titles", _UND, _text(told, "inventionTitle"))
    for raw in _strings(told, "cpcClassificationBag"):
        draft.classify("cpc", symbols.ipc(raw), raw)
    if klass := _text(told, "class"):
        subclass = _text(told, "subclass")
        draft.classify("uspc", symbols.uspc_of_parts(klass, subclass), f"{klass} {subclass}".strip())
    elif raw := _text(told, "uspcSymbolText"):
        draft.classify("uspc", raw, raw)
    _priorities(wrapper, draft)
    _related(wrapper, told, draft)
    _parties(wrapper, told, draft)
    if draft.right is Right.DESIGN:
        draft.set(designs=1)
    return draft.finish()


_PUBLISHED = re.compile(r"(?:US)?[\s-]*(\d{4})[\s/-]*(\d{7})[\s-]*([A-Z]\d?)?\Z")


def _publication(raw: str) -> tuple[str, str]:
    """`US20210210819A1`, `US 2014-0167116 A1` as number and kind code."""
    found = _PUBLISHED.match(raw.strip())
    return (found.group(1) + found.group(2), found.group(3) or "") if found else (raw.strip(), "")


def _numbers(wrapper: Mapping[str, Any], told: Mapping[str, Any], draft: Draft) -> None:
    raw = _text(wrapper, "applicationNumberText")
    draft.number("application_number", forms.no_zeros(raw), raw)
    draft.date("filing_date", _text(told, "filingDate"))
    if granted := _text(told, "patentNumber"):
        draft.number("publication_number", forms.unpadded(granted), granted)
        draft.date("publication_date", _text(told, "grantDate"))
    elif raw := _text(told, "earliestPublicationNumber"):
        number, kind_code = _publication(raw)
        draft.number("publication_number", number, raw)
        draft.set(kind_code=kind_code)
        draft.date("publication_date", _text(told, "earliestPublicationDate"))


def _priorities(wrapper: Mapping[str, Any], draft: Draft) -> None:
    for claim in _bag(wrapper, "foreignPriorityBag"):
        name = _text(claim, "ipOfficeName")
        office = office_named(_text(claim, "ipOfficeCode")) or office_named(name)
        if name and not office:
            draft.as_filed["priorities.office"] = name
        draft.priority(office, _text(claim, "applicationNumberText"), _text(claim, "filingDate"))
    for tie in _bag(wrapper, "parentContinuityBag"):
        if _text(tie, "claimParentageTypeCode") == "PRO":
            number, day = _text(tie, "parentApplicationNumberText"), _text(tie, "parentApplicationFilingDate")
            draft.priority("US", number, day, "provisional")


def _related(wrapper: Mapping[str, Any], told: Mapping[str, Any], draft: Draft) -> None:
    for side, bag in (("parent", "parentContinuityBag"), ("child", "childContinuityBag")):
        for tie in _bag(wrapper, bag):
            number = _text(tie, f"{side}ApplicationNumberText")
            relation = _relation(tie)
            if relation == "provisional" and side == "parent":
                continue
            office = "WO" if number.upper().startswith("PCT") else "US"
            relation = relation if side == "parent" else f"child_{relation}"
            draft.relate(relation, office, number, _text(tie, f"{side}ApplicationFilingDate"))
    if _text(told, "patentNumber") and (raw := _text(told, "earliestPublicationNumber")):
        day = _text(told, "earliestPublicationDate")
        draft.relate("related_publication", "US", _publication(raw)[0], day)
    for relation, name in (
        ("international_publication", "pctPublication"),
        ("international_registration", "internationalRegistration"),
    ):
        number = _text(told, f"{name}Number")
        day = _text(told, f"{name}Date") or _text(told, f"{name}PublicationDate")
        draft.relate(relation, "WO", number, day)


def _relation(tie: Mapping[str, Any]) -> str:
    code = _text(tie, "claimParentageTypeCode").upper()
    if code == "PRO":
        return "provisional"
    if relation := _RELATIONS.get(code):
        return relation
    described = _text(tie, "claimParentageTypeCodeDescriptionText", "claimParentageTypeCodeDescription")
    return described or "related_application"


def _parties(wrapper: Mapping[str, Any], told: Mapping[str, Any], draft: Draft) -> None:
    applicants = [_person(one, "applicant") for one in _bag(told, "applicantBag")]
    if not applicants and (name := _text(told, "firstApplicantName")):
        applicants = [NamedParty(name, role="applicant")]
    inventors = [_person(one, "inventor") for one in _bag(told, "inventorBag")]
    if not inventors and (name := _text(told, "firstInventorName")):
        inventors = [NamedParty(name, role="inventor")]
    for one in _bag(wrapper, "assignmentBag"):
        if _OWNERSHIP.search(_text(one, "conveyanceText")):
            applicants.extend(_assignees(one))
    attorney = object_in(wrapper, "recordAttorney")
    bags = (*_bag(attorney, "attorneyBag"), *_bag(attorney, "powerOfAttorneyBag"))
    agents = [_person(one, "representative") for one in bags]
    draft.set(applicants=applicants, inventors=inventors, representatives=agents)


def _person(one: Mapping[str, Any], role: str) -> NamedParty:
    """A party with its addresses; where it lives counts more than where it gets its post."""
    given = " ".join(filter(None, (_text(one, "firstName"), _text(one, "middleName"))))
    name = parties.person(_text(one, "lastName"), given, _text(one, "nameSuffix"))
    name = name or _text(one, f"{role}NameText", "preferredName")
    addresses = _bag(one, "correspondenceAddressBag") or _bag(one, "attorneyAddressBag")
    homes = [a for a in addresses if _text(a, "postalAddressCategory").lower() == "residence"]
    home: Mapping[str, Any] = next(iter(homes or addresses), {})
    country = forms.office(_text(home, "countryCode")) or forms.office(_text(one, "countryCode"))
    return NamedParty(name, country, _text(home, "cityName"), role, _lines(home))


def _lines(address: Mapping[str, Any]) -> str:
    names = ("addressLineOneText", "addressLineTwoText", "cityName", "geographicRegionCode", "postalCode")
    return ", ".join(filter(None, (_text(address, name) for name in names)))


def _assignees(assignment: Mapping[str, Any]) -> Iterator[NamedParty]:
    for one in _bag(assignment, "assigneeBag"):
        address = object_in(one, "assigneeAddress")
        country = office_named(_text(address, "countryCode")) or office_named(_text(address, "countryName"))
        yield NamedParty(
            _text(one, "assigneeNameText"), country, _text(address, "cityName"), "assignee", _lines(address)
        )


def _assignment(wrapper: Mapping[str, Any], one: Mapping[str, Any], notes: Notes) -> Record:
    draft = Draft(Right.PATENT, RecordKind.ASSIGNMENT, notes, "us-odp")
    draft.set(office="US", status=_text(one, "conveyanceText"), applicants=list(_assignees(one)))
    number = _text(wrapper, "applicationNumberText")
    draft.number("application_number", forms.no_zeros(number), number)
    for name, key in (
        ("recorded", "assignmentRecordedDate"), ("reel", "reelNumber"), ("frame", "frameNumber"),
    ):  # fmt: skip
        if text := _text(one, key):
            draft.as_filed[name] = text
    if before := "; ".join(filter(None, (_text(a, "assignorName") for a in _bag(one, "assignorBag")))):
        draft.as_filed["assignors"] = before
    return draft.finish()


def _event(wrapper: Mapping[str, Any], one: Mapping[str, Any], notes: Notes) -> Record:
    draft = Draft(Right.PATENT, RecordKind.LEGAL_EVENT, notes, "us-odp")
    draft.set(office="US", status=_text(one, "eventDescriptionText") or _text(one, "eventCode"))
    number = _text(wrapper, "applicationNumberText")
    draft.number("application_number", forms.no_zeros(number), number)
    for name, key in (("event_date", "eventDate"), ("event_code", "eventCode")):
        if text := _text(one, key):
            draft.as_filed[name] = text
    return draft.finish()


def _text(told: Mapping[str, Any], *names: str) -> str:
    """The first of these values that is a word or number; "" for null, truth values and the like."""
    for name in names:
        value = told.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        text = tidy(value if isinstance(value, str) else json.dumps(value))
        if text and text.upper() not in ("NULL", "NONE", "N/A", "STRING"):
            return text
    return ""


def _bag(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a bag; a single one may stand without its list."""
    value = told.get(name)
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]


def _strings(told: Mapping[str, Any], name: str) -> list[str]:
    value = told.get(name)
    listed = value if isinstance(value, list) else [value]
    return [text for one in listed if isinstance(one, str) and (text := tidy(one))]


FORMATS = (PlainFormat("us-odp", _sniff, read),)
