"""Answers of the US assignment search: one conveyance, its properties in arrays that run in parallel."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import children, value


def read(document: etree._Element, notes: Notes) -> Iterator[Record]:
    """One record for each property conveyed. The literal NULL and the year 1 stand for nothing."""
    single = {e.get("name") or "": value(e) for e in children(document, "str", "int", "date", "bool")}
    arrays = {e.get("name") or "": [value(v) for v in e] for e in children(document, "arr")}
    count = max((len(arrays.get(name, ())) for name in ("applNum", "patNum", "publNum")), default=0)
    for place in range(count):

        def at(name: str, place: int = place) -> str:
            listed = arrays.get(name, [])
            return listed[place] if place < len(listed) else ""

        draft = Draft(Right.PATENT, RecordKind.ASSIGNMENT, notes, "us-assignment")
        draft.set(office="US", status=single.get("conveyanceText", ""))
        granted = forms.no_zeros(at("patNum"))
        number = granted or forms.no_zeros(at("publNum"))
        draft.number("publication_number", forms.unpadded(number), number)
        draft.date("publication_date", at("issueDate") if granted else at("publDate"))
        draft.number("application_number", forms.no_zeros(at("applNum")), at("applNum"))
        draft.date("filing_date", at("filingDate"))
        draft.text_by_language("titles", forms.language(at("inventionTitleLang")), at("inventionTitle"))
        draft.set(
            applicants=list(_assignees(arrays)),
            inventors=[NamedParty(name.strip(), role="inventor") for name in at("inventors").split(";")],
        )
        for name, key in (("recorded", "recordedDate"), ("reel", "reelNo"), ("frame", "frameNo")):
            if single.get(key):
                draft.as_filed[name] = single[key]
        if before := "; ".join(name for name in arrays.get("patAssignorName", []) if name):
            draft.as_filed["assignors"] = before
        yield draft.finish()


def _assignees(arrays: dict[str, list[str]]) -> Iterator[NamedParty]:
    for place, name in enumerate(arrays.get("patAssigneeName", [])):
        cities, lines = arrays.get("patAssigneeCity", []), arrays.get("patAssigneeAddress1", [])
        city = cities[place] if place < len(cities) else ""
        yield NamedParty(name, "", city, "assignee", lines[place] if place < len(lines) else "")


def _is_assignment(prolog: Prolog) -> bool:
    return b"Assignor" in prolog.start or b"responseHeader" in prolog.start


FORMATS = (XmlFormat("us-assignment", frozenset({"response"}), read, ("doc",), _is_assignment),)
