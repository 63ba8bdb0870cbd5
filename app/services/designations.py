"""Designations come in: Madrid and Hague notifications, international applications that may enter here.

From a file of the International Bureau or by hand, each becomes a case whose own limit runs from the day the
law pack says (Madrid Protocol, Article 5(2); Hague Agreement (1999 Act), Article 12(2); PCT Article 22).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.case import CaseLine
from app.domain.changes import NOTHING, Changes
from app.domain.findings import Finding, Severity
from app.domain.law import RouteRule
from app.domain.record import Record
from app.errors import OfficeError, _
from app.progress import SILENT, Progress
from app.rules import designations as rules
from app.rules.days import day_or_none, spoken
from app.services import designationforms, filings, inspecting, recording
from app.services.cases import document_facts
from app.services.offices import Office
from app.storage import register

if TYPE_CHECKING:
    from app.standards.reading import Opened
    from app.storage.act import Act

LIMITATION = "limitation"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file nothing was taken from, and why."""

    file: str
    refused: OfficeError


@dataclass(frozen=True, slots=True)
class Designated:
    """What came in: the cases, findings with the file they are about, files that were refused."""

    cases: tuple[CaseLine, ...]
    findings: tuple[Finding, ...]
    refused: tuple[Refused, ...] = ()
    changes: Changes = NOTHING


@dataclass(slots=True)
class _Tray:
    cases: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    changes: Changes = NOTHING


def take(
    office: Office,
    paths: Iterable[Path],
    *,
    fields: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> Designated:
    """Take the designations in files in; each file whole, in one act. `fields` (`notified`, `published` and
    the others of `by_hand`) add to what a file says where it is silent.

    Notices about registrations, and designations without the day their limit counts from, are told and not
    taken. One held already is told.
    """
    tray = _Tray()
    given = designationforms.checked(fields or {})
    events = inspecting.events(tuple(paths), progress=progress, folder=office.path, today=office.today)
    opened: Opened | None = None
    records: list[Record] = []
    for event in events:
        if isinstance(event, Record):
            records.append(event)
        elif isinstance(event, Finding):
            tray.findings.append(event)
        elif isinstance(event, inspecting.Closed):
            if opened is not None and records:
                _take_file(office, opened, records, given, tray)
            elif event.refused is not None:
                tray.refused.append(Refused(event.file, event.refused))
            records = []
        else:
            opened = event
    return _answer(office, tray)


def by_hand(office: Office, right: str, fields: Mapping[str, str]) -> Designated:
    """Take one designation in from its fields (`app.services.designationforms`).

    Refused where the day its limit counts from is missing or still to come; nothing is opened then.
    """
    tray = _Tray()
    given = designationforms.checked(fields)
    record = designationforms.record_of(right, given)
    route = rules.route_for(office.law, right)
    day = rules.clock_starts(route, record, given)
    if trouble := rules.why_not_from(route, day, office.today):
        raise OfficeError(_("{trouble} Nothing was opened.").format(trouble=trouble.message), trouble.remedy)
    with office.store.act() as act:
        tray.findings += _open(act, office, _Coming(route, record, given, day or office.today), tray)
    tray.changes |= act.changes
    return _answer(office, tray)


@dataclass(frozen=True, slots=True)
class _Coming:
    """A designation on its way in. `day`: that of the event its limit counts from."""

    route: RouteRule
    record: Record
    given: Mapping[str, str]
    day: date


def _answer(office: Office, tray: _Tray) -> Designated:
    lines = tuple(register.line(office.store, case_id, office.today) for case_id in tray.cases)
    return Designated(lines, tuple(tray.findings), tuple(tray.refused), tray.changes)


def _take_file(
    office: Office, opened: Opened, records: Iterable[Record], given: Mapping[str, str], tray: _Tray
) -> None:
    with office.store.act() as act:
        kept: Any = None
        for record in records:
            coming = _coming(office, record, given, opened.file)
            if isinstance(coming, Finding):
                tray.findings.append(coming)
                continue
            before = len(tray.cases)
            tray.findings += _open(act, office, coming, tray, opened.file)
            if len(tray.cases) == before or opened.source is None:
                continue
            if kept is None:
                with opened.source.open() as stream:
                    kept = act.keep(stream)
            facts = document_facts(opened.source.short, "designation", office.today, language=record.language)
            act.document(tray.cases[-1], kept, facts)
            act.finish(tray.cases[-1])
    tray.changes |= act.changes


def _coming(office: Office, record: Record, given: Mapping[str, str], where: str) -> _Coming | Finding:
    """The designation a record is, or the finding that says why it is none."""
    if not filings.is_case(record):
        return filings.no_case(record, where)
    try:
        route = rules.route_for(office.law, str(record.right))
    except OfficeError as refusal:
        return Finding(Severity.WARNING, where, "designation.route", refusal.message, remedy=refusal.remedy)
    day = rules.clock_starts(route, record, given)
    if trouble := rules.why_not_from(route, day, office.today):
        return replace(trouble, where=where)
    assert day is not None
    return _Coming(route, record, given, day)


def _open(act: Act, office: Office, coming: _Coming, tray: _Tray, where: str = "") -> Iterator[Finding]:
    """Make the case with its event and limits; what is to be said about it."""
    record, route = coming.record, coming.route
    new = filings.new_case(record, office.today)
    identity = str(new.facts["identity"])
    held = register.identities(office.store, identity) if identity else ()
    if held:
        yield filings.held_already(held[0][1], where)
        return
    facts = {**new.facts, "kind": "designation", "confidential": rules.is_secret(route, record)}
    fields = {**new.fields, **_fields(coming)}
    filed = date.fromisoformat(fields["filing_date"]) if fields.get("filing_date") else coming.day
    case_id = recording.start_case(
        act, office, replace(new, facts=facts, fields=fields, filed=min(filed, office.today))
    )
    tray.cases.append(case_id)
    number = fields.get(rules.NUMBER, "")
    told = recording.plain_fields({rules.NUMBER: number})
    _event, opened = recording.put_event(act, office, case_id, route.notified, coming.day, told)
    if fields.get(LIMITATION) and LIMITATION in office.law.events:
        text = {"text": fields[LIMITATION]}
        recording.put_event(act, office, case_id, LIMITATION, coming.day, text)
        message = _("The designation comes with a limitation: read the list of each class before examining.")
        yield Finding(Severity.WARNING, where, "designation.limitation", message)
    if not number:
        message = _("The designation has no number of the international registration.")
        yield Finding(Severity.WARNING, where, "designation.number", message, route.provision)
    for limit in opened:
        if limit.rule == route.refusal_limit and limit.last_day < office.today:
            message = _("“{name}” ended on {day}: silence counts as protection.").format(
                name=limit.name, day=spoken(limit.last_day)
            )
            yield Finding(Severity.WARNING, where, "designation.late", message, limit.provision)


def _fields(coming: _Coming) -> dict[str, Any]:
    """What the case keeps beside the usual fields of a filing."""
    record, given, as_filed = coming.record, coming.given, coming.record.as_filed
    basic = next((tie for tie in record.related if tie.relation == rules.BASIC), None)
    number = record.registration_number
    if coming.route.id == rules.PCT:
        number = given.get(rules.NUMBER) or record.application_number or record.publication_number
    fields: dict[str, Any] = {
        "route": coming.route.id,
        rules.NUMBER: number,
        rules.NOTIFIED: coming.day.isoformat(),
        "filing_date": record.filing_date or _designated(as_filed) or record.registration_date,
        "colours": given.get("colours") or as_filed.get("colours", ""),
        LIMITATION: given.get(LIMITATION) or as_filed.get(LIMITATION, ""),
    }
    if basic is not None:
        fields[rules.BASIC] = {"office": basic.office, "number": basic.number, "date": basic.date}
    return {name: value for name, value in fields.items() if value}


def _designated(as_filed: Mapping[str, str]) -> str:
    """The day of a later designation; the day of the registration otherwise stands for it."""
    day = day_or_none(as_filed.get("designated", "")[:10])
    return day.isoformat() if day else ""
