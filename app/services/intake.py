"""Taking applications in: each file whole with all its cases, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.case import CaseLine
from app.domain.changes import NOTHING, Changes
from app.domain.findings import Finding
from app.domain.record import Record
from app.errors import OfficeError, _
from app.progress import SILENT, Progress
from app.services import enclosures, filings, inspecting, parcels, recording
from app.services.cases import document_facts
from app.services.offices import Office
from app.standards import reading
from app.storage import register

if TYPE_CHECKING:
    from app.standards.source import Source
    from app.storage.act import Act
    from app.storage.blobs import Kept


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A file nothing was taken from, and why."""

    file: str
    refused: OfficeError


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in: `taken` cases, findings with the file they are about, files that were refused."""

    taken: int
    cases: tuple[CaseLine, ...]
    findings: tuple[Finding, ...]
    refused: tuple[FileRefusal, ...]
    changes: Changes = NOTHING


@dataclass(slots=True)
class _Tray:
    """What has been gathered over all files."""

    cases: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: list[FileRefusal] = field(default_factory=list)
    changes: Changes = NOTHING


def take_in(office: Office, paths: Iterable[Path], *, progress: Progress = SILENT) -> Taken:
    """Take the applications in `paths` (files, folders, archives) in as cases.

    The original bytes are kept by hash in every case they make. What lies with an application in a folder
    or archive goes into its case as documents. A document held already is reported, not taken again.
    Documents without publication data stay confidential.
    Refused as a whole while the clock of this machine cannot be believed.
    Raises Cancelled when stopped: applications finished before stay, the one at hand leaves nothing.
    """
    office.refuse_jumped_clock()
    tray = _Tray()
    paths = tuple(paths)
    events = inspecting.events(paths, progress=progress, folder=office.path, today=office.today)
    for parcel in parcels.gathered(events, paths):
        if isinstance(parcel, parcels.Long):
            _take_file(office, parcel.opened, parcel.events, tray)
        else:
            _take_parcel(office, parcel, tray)
    lines = tuple(register.line(office.store, case_id, office.today) for case_id in tray.cases)
    return Taken(len(lines), lines, tuple(tray.findings), tuple(tray.refused), tray.changes)


def _take_parcel(office: Office, parcel: parcels.Parcel, tray: _Tray) -> None:
    joined = parcel.joined()
    taken = {id(part) for parts in joined.values() for part in parts}
    for place, held in enumerate(parcel.files):
        if id(held) not in taken:
            _take_file(office, held.opened, held.again(), tray, joined.get(place, ()))


def _take_file(
    office: Office,
    opened: reading.Opened,
    events: Iterator[reading.Event],
    tray: _Tray,
    parts: Sequence[parcels.Held] = (),
) -> None:
    """One file with its cases in one act; `parts` are the files that belong to its application."""
    cases: list[str] = []
    findings: list[Finding] = []
    closed: reading.Closed | None = None
    with office.store.act() as act:
        file = _File(act, office, opened)
        for event in events:
            if isinstance(event, reading.Closed):
                closed = event
                break
            if isinstance(event, Finding):
                findings.append(event)
                file.findings.append(event)
            elif isinstance(event, Record):
                found = file.take(enclosures.completed(event, parts))
                if isinstance(found, Finding):
                    findings.append(found)
                else:
                    cases.append(found)
        enclosed = enclosures.joined(act, office, file.case, parts)
        file.finish()
    tray.changes |= act.changes
    tray.cases += cases
    tray.findings += [_about(opened.file, f) for f in findings] + enclosed
    if closed is not None and closed.refused is not None:
        tray.refused.append(FileRefusal(opened.file, closed.refused))
    elif closed is not None and not cases and not findings:
        tray.refused.append(FileRefusal(opened.file, _nothing_in_it(opened.file)))


class _File:
    """One file on its way into the office, within one act."""

    def __init__(self, act: Act, office: Office, opened: reading.Opened) -> None:
        self.findings: list[Finding] = []
        self._act = act
        self._office = office
        self._source: Source | None = opened.source
        self._name = opened.file
        self._kept: Kept | None = None
        self._open_case = ""
        self._seen: dict[str, tuple[str, str]] = {}
        self.case: enclosures.Enclosing | None = None

    def take(self, record: Record) -> str | Finding:
        """Make a case of a record: its id, or the finding that says why it is none."""
        self.finish()
        if not filings.is_case(record):
            return filings.no_case(record, self._name)
        identity = filings.identity(record)
        held = self._seen.get(identity) or self._held(identity)
        if identity and held:
            self.case = enclosures.Enclosing(held[0], held[1], new=False, confidential=not record.published)
            return filings.held_already(held[1], self._name)
        new = filings.new_case(record, self._office.today)
        case_id = recording.start_case(self._act, self._office, new)
        self._keep_original(case_id, record)
        for event, on in filings.opening_events(record, self._office.today):
            recording.put_past_event(self._act, self._office, case_id, event, on)
        self._seen[identity] = (case_id, case_id)
        self.case = enclosures.Enclosing(
            case_id, "", new=True, confidential=not record.published, pictures=record.image_names
        )
        self._open_case = case_id
        self.findings.clear()
        return case_id

    def _held(self, identity: str) -> tuple[str, str] | None:
        found = register.identities(self._office.store, identity) if identity else ()
        return found[0] if found else None

    def _keep_original(self, case_id: str, record: Record) -> None:
        if self._source is None:
            return
        if self._kept is None:
            with self._source.open() as stream:
                self._kept = self._act.keep(stream)
        facts = document_facts(
            self._source.short, "application", self._office.today, language=record.language,
            confidential=not record.published,
        )  # fmt: skip
        self._act.document(case_id, self._kept, facts)

    def finish(self) -> None:
        """Close the case at hand: what the reader noticed about it stays with it."""
        if not self._open_case:
            return
        if self.findings:
            noted = [
                {"severity": str(f.severity), "where": f.where, "rule": f.rule, "message": f.message,
                 "provision": f.provision, "remedy": f.remedy}
                for f in self.findings
            ]  # fmt: skip
            self._act.set(f"case:{self._open_case}", "findings", noted)
        self._act.finish(self._open_case)
        self._open_case = ""
        self.findings.clear()


def _about(file: str, finding: Finding) -> Finding:
    return finding if finding.where == file else replace(finding, where=f"{file}: {finding.where}")


def _nothing_in_it(file: str) -> OfficeError:
    return OfficeError(
        _("{file} holds no application. Nothing was taken from it.").format(file=file),
        _("If it belongs to a case, attach it there as a document."),
    )
