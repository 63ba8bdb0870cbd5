"""Status answers of the US trade mark register (TSDR) in JSON, and its lists of a case's documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.domain.sequences import is_number
from app.errors import _
from app.standards.fields import forms, marks
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat, XmlFormat
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.us.daily_marks import nice
from app.standards.us.json_items import object_in, objects_in
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import tidy

STANDARD = "us-tsdr"
_MOST_BYTES = 64 * 1024 * 1024
_NO_OWNER = 70


def _sniff(source: Source) -> int:
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{") or b'"trademarks"' not in head[:2000]:
        return 0
    return 90 if b'"serialNumber"' in head or b'"gsList"' in head else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The marks of an answer."""
    with source.open() as stream:
        raw = stream.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise Broken(_("it is larger than any answer of this register"), 1)
    try:
        answer = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as trouble:
        raise Broken(_("it holds bytes that are no UTF-8"), raw[: trouble.start].count(b"\n") + 1) from None
    except json.JSONDecodeError as trouble:
        raise Broken(_("it is cut off or no JSON"), trouble.lineno) from None
    except (RecursionError, ValueError):
        raise Broken(_("a number in it has too many digits, or it is nested too deep"), 1) from None
    for one in objects_in(answer, "trademarks"):
        yield _mark(one, notes)


def _mark(one: dict[str, Any], notes: Notes) -> Record:
    told = object_in(one, "status")
    number = _text(told, "usRegistrationNumber")
    kind = RecordKind.REGISTRATION if forms.no_zeros(number) else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, kind, notes, STANDARD)
    code, words = _text(told, "status"), _text(told, "extStatusDesc")
    draft.set(office="US", status=words or code)
    if words and code:
        draft.as_filed["status"] = code
    filed = _text(told, "serialNumber") or _text(one, "serialNumber")
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", _text(told, "filingDate"))
    draft.date("registration_date", _text(told, "usRegistrationDate"))
    issues = [_text(g, "issueDate") or _text(g, "publicationDate") for g in
              objects_in(object_in(one, "publication"), "officialGazettes")]  # fmt: skip
    days = sorted((day, text) for text in issues if (day := forms.day(text)))
    draft.date("publication_date", days[0][1] if days else "")
    _sign(told, draft)
    _goods(one, draft)
    _ties(one, told, draft)
    _parties(one, told, draft)
    return draft.finish()


def _sign(told: dict[str, Any], draft: Draft) -> None:
    text, code = _text(told, "markElement"), _text(told, "markDrawingCd")
    kind = marks.kind(_text(told, "markDrawDesc"), code)
    if text or kind:
        draft.set(mark=MarkSign(text, kind))
    if code or _text(told, "markDrawDesc"):
        draft.as_filed["mark.kind"] = _text(told, "markDrawDesc") or code
    searched = [_text(search, "code") for search in objects_in(told, "designSearchList")]
    if any(searched):
        draft.as_filed["classes.national_figures"] = "; ".join(text for text in searched if text)


def _goods(one: dict[str, Any], draft: Draft) -> None:
    goods = marks.Goods()
    for group in objects_in(one, "gsList"):
        text = _text(group, "description")
        for klass in objects_in(group, "internationalClasses"):
            if number := nice(draft, _text(klass, "code")):
                goods.add(number, forms.UNKNOWN_LANGUAGE, text)
    draft.set(goods=goods.texts())


def _ties(one: dict[str, Any], told: dict[str, Any], draft: Draft) -> None:
    """Division, and earlier registrations of the owner."""
    split = object_in(one, "divisional")
    draft.relate("division", "US", _text(split, "childOf"))
    numbers = told.get("prevRegNumList")
    for number in numbers if isinstance(numbers, list) else []:
        if isinstance(number, str | int):
            draft.relate("prior_registration", "US", forms.unpadded(str(number)))


def _parties(one: dict[str, Any], told: dict[str, Any], draft: Draft) -> None:
    """Owners, those of the latest party type first."""
    groups = object_in(object_in(one, "parties"), "ownerGroups")
    numbered = sorted((key for key in groups if is_number(key)), key=int, reverse=True)
    owners = [_owner(o) for key in numbered if int(key) != _NO_OWNER for o in objects_in(groups, key)]
    draft.set(applicants=[owner for owner in owners if owner.name])
    agent = _text(object_in(told, "correspondence"), "attorneyName")
    draft.set(representatives=[NamedParty(agent, role="representative")] if agent else [])


def _owner(one: dict[str, Any]) -> NamedParty:
    country = forms.office(_text(object_in(object_in(one, "addressStateCountry"), "iso"), "code"))
    lines = [_text(one, name) for name in ("address1", "address2", "city", "zip")]
    return NamedParty(
        _text(one, "name"), country, _text(one, "city"), "applicant", ", ".join(filter(None, lines))
    )


def _text(one: object, name: str) -> str:
    """A value as text; numbers as they are, nothing for null, lists and objects."""
    found = one.get(name) if isinstance(one, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return tidy(str(found))


def read_list(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """A list of the documents of a case: no record of its own."""
    notes.add(
        Severity.NOTE, "DocumentList", "us-tsdr.document-list",
        _("This is a list of documents of the US register; there is nothing in it to read into fields."),
    )  # fmt: skip
    yield from ()


def _is_tsdr(prolog: Prolog) -> bool:
    return "uspto" in prolog.namespace


FORMATS = (
    PlainFormat("us-tsdr-json", _sniff, read),
    XmlFormat("us-tsdr-documents", frozenset({"DocumentList"}), read_list, (), _is_tsdr),
)
