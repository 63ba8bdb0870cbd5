"""What is in these files: records, findings, refusals. Stores nothing, needs no office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.findings import Finding
from app.domain.record import Record
from app.errors import OfficeError
from app.progress import SILENT, Progress
from app.standards.checking.stream import checked
from app.standards.reading import Closed, Event, Opened, read

__all__ = ["Closed", "Event", "Inspected", "Opened", "events", "inspect"]


@dataclass(frozen=True, slots=True)
class Inspected:
    """One file or member of an archive.

    file      the path as given, `outer.zip!inner/name.xml` for a member
    format    the family it was read as, "" where none was recognised
    refused   why nothing of it could be read; None when something could, or it is a document to attach
    """

    file: str
    format: str
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    refused: OfficeError | None


def inspect(paths: Iterable[Path | str], *, progress: Progress = SILENT) -> Iterator[Inspected]:
    """One entry a file or member, in order, each with all its records.

    For files of thousands of documents take `events`, which holds one record at a time.
    Raises nothing but Cancelled.
    """
    records: list[Record] = []
    findings: list[Finding] = []
    for event in events(paths, progress=progress):
        if isinstance(event, Record):
            records.append(event)
        elif isinstance(event, Finding):
            findings.append(event)
        elif isinstance(event, Closed):
            yield Inspected(event.file, event.format, tuple(records), tuple(findings), event.refused)
            records, findings = [], []


def events(
    paths: Iterable[Path | str],
    *,
    progress: Progress = SILENT,
    folder: Path | None = None,
    today: date | None = None,
    check: bool = True,
) -> Iterator[Event]:
    """The same as a stream: Opened, then records and findings as they are read, then Closed.

    folder  of an office, whose packs of schemas are used before the person's own
    today   against which days to come are told; today where it is None
    check   False for what is only searched or translated: no findings of the rules
    """
    found = read(paths, progress=progress)
    if not check:
        return found
    from app.services import codepacks

    return checked(found, today=today or date.today(), schema_packs=lambda: codepacks.schema_folders(folder))
