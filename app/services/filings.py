"""What a file says of an application, as the start of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.domain.findings import Finding, Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import _
from app.services.recording import NewCase

NOT_CASES = frozenset(
    {RecordKind.NOTICE, RecordKind.ASSIGNMENT, RecordKind.LEGAL_EVENT, RecordKind.SEARCH_REPORT,
     RecordKind.SEQUENCE_LISTING}
)  # fmt: skip


def is_case(record: Record) -> bool:
    """Applications, publications, grants and registrations become cases; notices and the like do not."""
    return record.kind not in NOT_CASES


def identity(record: Record) -> str:
    """Names the document: the same application handed in twice has the same identity. "" without numbers."""
    number = record.application_number or record.publication_number or record.registration_number
    if not number:
        return ""
    return "/".join((str(record.right), record.office, number, record.kind_code, str(record.kind)))


def new_case(record: Record, today: date) -> NewCase:
    """The case a record starts: its right, day, facts, fields and rows."""
    filed = date.fromisoformat(record.filing_date) if record.filing_date else today
    facts = {
        "kind": str(record.kind), "office": record.office, "identity": identity(record),
        "confidential": not record.published, "language": _language(record),
    }  # fmt: skip
    return NewCase(record.right, min(filed, today), facts, _fields(record), tuple(rows(record)))


def _language(record: Record) -> str:
    if record.language:
        return record.language
    for texts in (record.titles, record.claims, record.abstracts):
        known = [language for language in texts if language != "und"]
        if known:
            return known[0]
    return ""


def _fields(record: Record) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "titles": dict(record.titles),
        "abstracts": dict(record.abstracts),
        "applicant": [_party(p) for p in record.applicants],
        "inventor": [_party(p) for p in record.inventors],
        "representative": [_party(p) for p in record.representatives],
        "priorities": [
            {
                k: v
                for k, v in (("office", p.office), ("number", p.number), ("date", p.date), ("kind", p.kind))
                if v
            }
            for p in record.priorities
        ],
        "classes": {k: [str(symbol) for symbol in v] for k, v in record.classes.as_json().items()},
        "filing_date": record.filing_date,
        "designs": record.designs,
        "images": record.images,
        "description_words": sum(len(p.split()) for texts in record.descriptions.values() for p in texts),
    }
    for name in ("kind_code", "application_number", "publication_number", "registration_number",
                 "publication_date", "registration_date", "expiry_date"):  # fmt: skip
        fields[name] = getattr(record, name)
    if record.mark:
        fields["mark"] = {"text": record.mark.text, "kind": record.mark.kind, "image": record.mark.image}
    if record.status:
        fields["status_as_filed"] = record.status
    if record.as_filed:
        fields["as_filed"] = {k: str(v) for k, v in record.as_filed.items()}
    return {name: value for name, value in fields.items() if value not in ("", 0, [], {})}


def _party(party: NamedParty) -> dict[str, str]:
    named = {"name": party.name, "country": party.country, "city": party.city, "address": party.address}
    return {k: v for k, v in named.items() if v}


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """Goods per class, claims, or designs: what later acts work on."""
    if record.right is Right.TRADE_MARK:
        for number in sorted({*record.classes.nice, *record.goods}):
            yield {"kind": "class", "label": str(number), "texts": dict(record.goods.get(number, {}))}
    elif record.right is Right.DESIGN:
        own = record.design_titles
        for number in range(1, max(record.designs, 1) + 1):
            titles = (own[number - 1] if number <= len(own) else {}) or record.titles
            yield {"kind": "design", "label": str(number), "texts": dict(titles)}
    else:
        yield from _claims(record)


def _claims(record: Record) -> Iterator[dict[str, Any]]:
    longest = max((len(texts) for texts in record.claims.values()), default=0)
    for place in range(longest):
        texts = {lang: claims[place] for lang, claims in record.claims.items() if place < len(claims)}
        yield {"kind": "claim", "label": str(place + 1), "texts": texts}


def opening_events(record: Record, today: date) -> Iterator[tuple[str, date]]:
    """The events a document proves: filed, and published, granted or registered where it says so."""
    yield "filed", min(date.fromisoformat(record.filing_date) if record.filing_date else today, today)
    published = _past(record.publication_date, today)
    registered = _past(record.registration_date, today)
    granted = record.kind in (RecordKind.GRANT, RecordKind.REGISTRATION)
    if record.right in (Right.TRADE_MARK, Right.DESIGN):
        if day := registered or (published if granted else None):
            yield "registration", day
            return
    elif granted and (day := published or registered):
        yield "grant", day
        return
    if published:
        yield "published", published


def _past(text: str, today: date) -> date | None:
    day = date.fromisoformat(text) if text else None
    return day if day and day <= today else None


def held_already(number: str, where: str) -> Finding:
    """The finding for a document that is a case already."""
    return Finding(
        Severity.WARNING, where, "intake.held",
        _("This document is held already as case {number}; it was not taken in again.").format(number=number),
        remedy=_("Attach what is new to that case."),
    )  # fmt: skip


def no_case(record: Record, where: str) -> Finding:
    """The finding for a record that is no application."""
    return Finding(
        Severity.NOTE, where, "intake.no_case",
        _("This is a {kind}, not an application; it was not taken in as a case.").format(
            kind=str(record.kind).replace("_", " ")
        ),
    )  # fmt: skip
