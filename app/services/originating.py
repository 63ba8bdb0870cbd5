"""The office of origin: an international application compared with its basic mark before it is certified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.case import Case
from app.domain.findings import Finding
from app.domain.record import Record, Right
from app.errors import FileRefused, RuleRefused, _, spoken_language
from app.progress import SILENT, Progress
from app.rules import certification
from app.rules.days import day_or_none
from app.services import designationforms, filings, inspecting
from app.services.offices import Office
from app.storage import register
from app.storage.casefiles import text_in


@dataclass(frozen=True, slots=True)
class Certified:
    """What was compared, what differs, and whether the office can certify it as it stands."""

    case: Case
    application: certification.Application
    certifiable: bool
    findings: tuple[Finding, ...]


def certify(
    office: Office,
    case_id: str,
    *,
    application: Path | None = None,
    fields: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> Certified:
    """Compare an international application (a file, fields, or fields over a file) with the basic mark.

    Writes nothing. Refused for a case that is no mark, and a file that holds no application for one.
    """
    case = register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    if case.right is not Right.TRADE_MARK or case.fields.get("route"):
        raise RuleRefused(
            _("{number} is no mark of this office. Nothing was compared.").format(number=case.number),
            _("Name the basic application or registration."),
        )
    given = designationforms.checked(fields or {})
    known = _of_file(application, progress) if application else certification.Application()
    whole = _over(known, given)
    found, sound = certification.compare(office.law, case, whole, office.today, spoken_language())
    return Certified(case, whole, sound, found)


def _of_file(path: Path, progress: Progress) -> certification.Application:
    for seen in inspecting.inspect([path], progress=progress):
        if seen.refused is not None:
            raise seen.refused
        whole = filter(filings.is_case, seen.records)
        marks = [record for record in whole if record.right is Right.TRADE_MARK]
        if len(marks) == 1:
            return _application(marks[0])
    raise FileRefused(
        _("{file} does not hold exactly one application for a mark. Nothing was compared.").format(file=path),
        _("Name the file of the international application, or give its fields."),
    )


def _application(record: Record) -> certification.Application:
    language = record.language
    goods = {str(label): text_in(texts, language) for label, texts in record.goods.items()}
    return certification.Application(
        holders=tuple(party.name for party in record.applicants),
        mark=record.mark.text if record.mark else "",
        mark_kind=record.mark.kind if record.mark else "", colours=record.as_filed.get("colours", ""),
        goods=goods, language=language,
    )  # fmt: skip


def _over(known: certification.Application, given: Mapping[str, str]) -> certification.Application:
    """The application with what was given by hand in place of what the file says."""
    return replace(
        known,
        holders=designationforms.names_of(given, "holder") or known.holders,
        mark=given.get("mark", known.mark),
        mark_kind=given.get("mark_kind", known.mark_kind),
        colours=given.get("colours", known.colours),
        goods=designationforms.goods_of(given) or known.goods,
        received=day_or_none(given.get("received")) or known.received,
        basic_number=given.get("basic_number", known.basic_number),
        language=given.get("language", known.language),
    )
