"""Cases: the docket, one case, what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.progress import Progress

if TYPE_CHECKING:
    from app.domain.case import Case, CaseLine
    from app.domain.docket import DocketAsk, DocketChoices, DocketPage
    from app.domain.law import EventRule
    from app.services.cases import HistoryLine, Recorded
    from app.services.dividing import Divided
    from app.services.intake import Taken
    from app.services.offices import Office, OfficeStatus
    from app.services.requests import Requested


PAGE = 200
"""Cases a page of the docket holds."""


def docket_page(
    office: Office, progress: Progress, asked: DocketAsk, limit: int = PAGE, after: tuple[str, ...] = ()
) -> DocketPage:
    """Some cases of the docket, those behind `after`."""
    from app.services import cases

    return cases.docket_page(office, asked, limit=limit, after=after)


def docket_first(
    office: Office, progress: Progress, asked: DocketAsk, limit: int = PAGE
) -> tuple[DocketPage, DocketChoices]:
    """The first page, and what the docket can be narrowed by."""
    from app.services import cases

    return cases.docket_page(office, asked, limit=limit), cases.docket_choices(office)


def find(office: Office, progress: Progress, text: str) -> tuple[CaseLine, ...]:
    """Cases by number in any spelling, or by words."""
    from app.services import cases

    return cases.find(office, text)


def show(office: Office, progress: Progress, case_id: str, as_of: date | None = None) -> Case:
    """One case, as of today or of another day."""
    from app.services import cases

    return cases.show(office, case_id, as_of=as_of)


def allowed(office: Office, progress: Progress, case_id: str) -> tuple[EventRule, ...]:
    """The events the law allows on it now."""
    from app.services import cases

    return cases.allowed(office, case_id)


def history(office: Office, progress: Progress, case_id: str) -> tuple[HistoryLine, ...]:
    """Every change of it."""
    from app.services import cases

    return cases.history(office, case_id)


def record(
    office: Office, progress: Progress, case_id: str, event: str, on: date, fields: Mapping[str, Any]
) -> Recorded:
    """Record an event."""
    from app.services import cases

    return cases.record(office, case_id, event, on=on, fields=fields)


def allowed_on_any(office: Office, progress: Progress, case_ids: Sequence[str]) -> tuple[EventRule, ...]:
    """The events the law allows on at least one of the cases, in the law's order."""
    from app.services import requests

    return requests.allowed_on_any(office, case_ids)


def request(
    office: Office,
    progress: Progress,
    event: str,
    case_ids: Sequence[str],
    on: date,
    fields: Mapping[str, Any],
) -> Requested:
    """Record one event on several cases, all in one act."""
    from app.services import requests

    return requests.request(office, event, case_ids, on=on, fields=fields, progress=progress)


def divides(event: str) -> bool:
    """Whether a case is divided by this event: a new case comes with it."""
    from app.services import dividing

    return event in dividing.DIVISIONS


def divide(office: Office, progress: Progress, case_id: str, rows: str, on: date, text: str) -> Divided:
    """Divide rows out of a case into a new one."""
    from app.services import dividing

    return dividing.divide(office, case_id, rows, on=on, fields={"text": text} if text else {})


def edit(office: Office, progress: Progress, case_id: str, fields: Mapping[str, str]) -> Recorded:
    """Set guarded and soft fields."""
    from app.services import cases

    return cases.edit(office, case_id, fields)


def undo(office: Office, progress: Progress, case_id: str, act: str | None = None) -> Recorded:
    """Take back an act, the newest one unless it is named."""
    from app.services import cases

    return cases.undo(office, case_id, act)


def attach(office: Office, progress: Progress, case_id: str, files: Sequence[Path]) -> Recorded:
    """Put files into the dossier."""
    from app.services import cases

    return cases.attach(office, case_id, files)


def new(office: Office, progress: Progress, right: str, fields: Mapping[str, str]) -> Recorded:
    """Open a case by hand."""
    from app.services import cases

    return cases.new(office, right, fields)


def take_in(office: Office, progress: Progress, paths: Sequence[Path]) -> Taken:
    """Take application files in as cases."""
    from app.services import intake

    return intake.take_in(office, paths, progress=progress)


def status(office: Office, progress: Progress) -> OfficeStatus:
    """The office in figures."""
    from app.services import offices

    return offices.status(office)


def document_bytes(office: Office, progress: Progress, document_id: str) -> bytes:
    """The original bytes of a document."""
    from app.services import cases

    return cases.document_bytes(office, document_id)
