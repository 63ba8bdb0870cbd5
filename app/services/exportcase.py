"""A case of the office as a record: what its file says today, and the texts of the document it began with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from app.domain.case import Case
from app.domain.findings import Finding, Severity
from app.domain.record import (
    CitedDocument,
    Classes,
    MarkSign,
    NamedParty,
    PriorityClaim,
    Record,
    RecordKind,
    Right,
)
from app.errors import _
from app.services import filings
from app.services.offices import Office
from app.standards.reading import of_source
from app.standards.source import HEAD_BYTES, Source
from app.storage import register

CONFIDENTIAL = "export.confidential"


def record_of(office: Office, case_id: str) -> tuple[Record, tuple[Finding, ...]]:
    """The case as a record, and what a person should know before sending it."""
    case = register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    content = register.content(office.store, case.id)
    record = _record(case, content["parties"])
    filed = _filed(office, case, content["identity"])
    findings = list(_findings(case, filed))
    if filed is not None:
        record = replace(
            record, descriptions=filed.descriptions, image_names=filed.image_names, related=filed.related,
            sequences=filed.sequences, deferred=filed.deferred, citations=record.citations or filed.citations,
        )  # fmt: skip
    return record, tuple(findings)


def _findings(case: Case, filed: Record | None) -> Iterator[Finding]:
    if case.confidential:
        yield Finding(
            Severity.WARNING, "confidential", CONFIDENTIAL,
            _("This case is not published: what was written is confidential."),
            remedy=_("Keep it from others, and delete it when it has served."),
        )  # fmt: skip
    if filed is None and case.fields.get("description_words"):
        yield Finding(
            Severity.WARNING, "descriptions", "export.left-out",
            _("The document the case began with is not at this station; its description is left out."),
            remedy=_("Export again once the document has arrived."),
        )  # fmt: skip


def _record(case: Case, parties: Iterable[Mapping[str, Any]]) -> Record:
    fields = case.fields
    marks = fields.get("mark")
    applied, published, registered = (
        _text(case, f"{name}_number") for name in ("application", "publication", "registration")
    )
    as_filed = fields.get("as_filed")
    designs = [dict(row.texts) for row in case.rows if row.kind == "design" and row.live]
    return Record(
        case.right,
        RecordKind(case.kind) if case.kind in set(RecordKind) else RecordKind.APPLICATION,
        office=case.office,
        kind_code=_text(case, "kind_code"),
        publication_number=published,
        application_number=applied or ("" if published or registered else case.number),
        registration_number=registered,
        publication_date=_text(case, "publication_date"),
        filing_date=_day(case.filing_date),
        registration_date=_text(case, "registration_date"),
        expiry_date=_text(case, "expiry_date"),
        language=case.language,
        titles=_titles(case),
        abstracts=case.abstracts,
        applicants=_parties(parties, "applicant"),
        inventors=_parties(parties, "inventor"),
        representatives=_parties(parties, "representative"),
        priorities=tuple(PriorityClaim(p.office, p.number, _day(p.date), p.kind) for p in case.priorities),
        classes=_classes(case),
        claims=_claims(case),
        goods=_goods(case),
        mark=MarkSign(**{k: str(v) for k, v in marks.items()}) if isinstance(marks, dict) else None,
        designs=len(designs),
        design_titles=tuple(designs) if any(designs) else (),
        images=_count(fields.get("images")),
        citations=tuple(CitedDocument(c.office, c.number, c.kind_code, c.category) for c in case.citations),
        status=_text(case, "status_as_filed"),
        as_filed={str(k): str(v) for k, v in as_filed.items()} if isinstance(as_filed, dict) else {},
    )


def _text(case: Case, name: str) -> str:
    return str(case.fields.get(name) or "")


def _titles(case: Case) -> dict[str, str]:
    """The titles, that of today among them; what a mark is called in the register is no title."""
    titles = dict(case.titles)
    if case.title and case.right is not Right.TRADE_MARK and case.title not in titles.values():
        titles[case.language or "und"] = case.title
    return titles


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _parties(parties: Iterable[Mapping[str, Any]], role: str) -> tuple[NamedParty, ...]:
    """Those who hold the role, city and address apart as the document had them."""
    return tuple(
        NamedParty(p.get("name", ""), p.get("country", ""), p.get("city", ""), role, p.get("address", ""))
        for p in parties
        if p["role"] == role
    )


def _classes(case: Case) -> Classes:
    found: dict[str, Any] = {k: tuple(v) for k, v in case.classes.items()}
    nice = dict.fromkeys(int(row.label) for row in case.rows if row.kind == "class" and row.live)
    if case.right is Right.TRADE_MARK:
        found["nice"] = tuple(nice)
    elif "nice" in found:
        found["nice"] = tuple(int(number) for number in found["nice"])
    return Classes(**found)


def _claims(case: Case) -> dict[str, tuple[str, ...]]:
    """The live claims; amended ones as amended."""
    claims: dict[str, list[str]] = {}
    for row in case.rows:
        if row.kind == "claim" and row.live:
            for language, text in (row.texts or {case.language or "und": row.text}).items():
                claims.setdefault(language, []).append(text)
    return {language: tuple(texts) for language, texts in claims.items()}


def _goods(case: Case) -> dict[int, dict[str, str]]:
    return {
        int(row.label): dict(row.texts)
        for row in case.rows
        if row.kind == "class" and row.live and row.label.isdigit() and row.texts
    }


def _filed(office: Office, case: Case, identity: str) -> Record | None:
    """The record of the document the case began with, read again from the dossier."""
    for document in case.documents:
        if document.kind != "application" or document.media_type.startswith(("image/", "application/pdf")):
            continue
        blob, name, _type = register.document_blob(office.store, document.id)
        if not office.store.blobs.has(blob):
            continue
        raw = office.store.blobs.get(blob)
        source = Source(name, len(raw), raw[:HEAD_BYTES], partial(BytesIO, raw))
        for event in of_source(source):
            if isinstance(event, Record) and identity and filings.identity(event) == identity:
                return event
    return None
