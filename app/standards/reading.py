"""From paths to events: opened, records as they come, findings, refused, closed.

This is the stream everything else is a view of: `inspect --json` prints from it, intake and collections
take records from it. It holds one record at a time, however large the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import FileRefused, OfficeError, _
from app.progress import SILENT, Progress
from app.standards import container, registry
from app.standards.events import Closed, Event, Opened
from app.standards.repeats import Package, bounded
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml import hardened

__all__ = ["Closed", "Event", "Opened", "of_source", "read"]


def read(paths: Iterable[Path | str], *, progress: Progress = SILENT) -> Iterator[Event]:
    """Read everything under `paths`. Raises nothing but Cancelled: trouble is an event in words."""
    package = Package()
    for done, source in enumerate(container.sources(paths)):
        progress.step(done, None, source.name)
        yield Opened(source.name, source if isinstance(source, Source) else None)
        if isinstance(source, container.Barred):
            yield Closed(source.name, "", source.refusal)
            continue
        yield from bounded(package.once(source.name, _file(source, progress)))


def of_source(source: Source, *, progress: Progress = SILENT) -> Iterator[Event]:
    """The same events of one source alone, whose bytes need not lie in a file."""
    yield from bounded(_file(source, progress))


def _file(source: Source, progress: Progress) -> Iterator[Event]:
    if not source.head:
        yield Closed(source.name, "", _empty(source))
        return
    if registry.is_xml(source.head):
        yield from _XmlFile(source, progress).events()
        return
    format_ = registry.plain_format(source)
    if format_ is None:
        yield Closed(source.name, "", _unknown(source))
        return
    notes = Notes()
    count = 0
    try:
        for record in format_.read(source, notes):
            count += 1
            yield record
            yield from notes.take()
            progress.step(count, None, source.name)
    except container.READ_TROUBLE as trouble:
        refusal = _stopped(source, trouble)
        if not count:
            yield Closed(source.name, format_.name, refusal)
            return
        notes.add(Severity.ERROR, source.short, "file.cut-off", refusal.message, remedy=refusal.remedy)
    except Broken as broken:
        refusal = _broken(source, broken)
        if not count:
            yield Closed(source.name, format_.name, refusal)
            return
        notes.add(
            Severity.ERROR, _("line {line}").format(line=broken.line), "file.broken", refusal.message,
            remedy=refusal.remedy,
        )  # fmt: skip
    yield from notes.take()
    yield Closed(source.name, format_.name)


class _XmlFile:
    """One XML file of one or many documents."""

    def __init__(self, source: Source, progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self._notes = Notes()
        self._format = ""
        self._documents = 0
        self._records = 0
        self._passed = 0
        self._first_trouble: OfficeError | None = None
        self._unknown: dict[str, int] = {}

    def events(self) -> Iterator[Event]:
        """The records and findings of the file, then Closed."""
        try:
            with self._source.open() as stream:
                yield from self._documents_of(stream)
        except container.READ_TROUBLE as trouble:
            yield from self._trouble(_stopped(self._source, trouble), self._source.short)
        yield from self._strangers()
        yield from self._notes.take()
        refused = None
        if not self._records and not self._passed:
            refused = self._first_trouble or _unknown(self._source)
        yield Closed(self._source.name, self._format, refused)

    def _documents_of(self, stream: BinaryIO) -> Iterator[Event]:
        for document in hardened.documents(stream, self._notes):
            self._documents += 1
            self._progress.step(self._documents, None, self._source.name)
            if isinstance(document, Broken):
                yield from self._broken(document)
                continue
            format_ = registry.xml_format(document.prolog)
            if format_ is None:
                name = document.prolog.name
                if name in self._unknown or len(self._unknown) < 100:
                    self._unknown.setdefault(name, document.line)
                continue
            self._format = self._format or format_.name
            try:
                yield from self._records_of(document, format_)
            except Broken as broken:
                yield from self._broken(broken)
            except FileRefused as refusal:
                yield from self._trouble(refusal, self._source.short)

    def _records_of(self, document: hardened.Document, format_: registry.XmlFormat) -> Iterator[Event]:
        any_record = said = False
        for record in _records(document, format_, self._notes):
            if record is not None:
                any_record = True
                self._records += 1
                yield record
            said = said or bool(self._notes)
            yield from self._placed(document.line)
        if not any_record:
            self._passed += 1
            if not said:
                yield from self._placed(document.line) if self._notes else self._hollow(document)

    def _hollow(self, document: hardened.Document) -> Iterator[Finding]:
        yield Finding(
            Severity.NOTE,
            _("line {line}").format(line=document.line),
            "xml.no-record",
            _("The document is of a kind that is read here (“{name}”), but holds no record.").format(
                name=document.prolog.name
            ),
        )

    def _placed(self, line: int) -> Iterator[Finding]:
        """Findings of a document; in a file of many each says where its document begins."""
        for finding in self._notes.take():
            if self._documents > 1:
                where = _("document at line {line}: {where}").format(line=line, where=finding.where)
                yield replace(finding, where=where)
            else:
                yield finding

    def _broken(self, broken: Broken) -> Iterator[Finding]:
        yield from self._trouble(_broken(self._source, broken), _("line {line}").format(line=broken.line))

    def _trouble(self, refusal: OfficeError, where: str) -> Iterator[Finding]:
        """The first trouble is held back: should nothing be read, it is the refusal of the file."""
        if self._first_trouble is None:
            self._first_trouble = refusal
        yield from self._notes.take()
        yield Finding(Severity.ERROR, where, "xml.broken", refusal.message, remedy=refusal.remedy)

    def _strangers(self) -> Iterator[Finding]:
        """Documents whose root no reader knows."""
        for name, line in self._unknown.items():
            message = _(
                "A document that begins at line {line} is “{name}”, which is none of the kinds that are read."
            ).format(line=line, name=name)
            if not self._records and not self._passed:
                self._first_trouble = self._first_trouble or _stranger(self._source, name)
            yield Finding(Severity.NOTE, _("line {line}").format(line=line), "xml.unknown-kind", message)


def _records(
    document: hardened.Document, format_: registry.XmlFormat, notes: Notes
) -> Iterator[Record | None]:
    """The records of a document; None after each element, when what was noted about it may be told."""
    if format_.stream is not None:
        yield from format_.stream(document, notes)
        yield None
        return
    for element in document.elements(format_.tags):
        yield from format_.read(element, notes)
        yield None


def _empty(source: Source) -> OfficeError:
    return FileRefused(
        _("{name} is empty: it has no bytes at all. Nothing was taken from it.").format(name=source.short),
        _("Ask the sender for the file again."),
    )


def _unknown(source: Source) -> OfficeError:
    return FileRefused(
        _("{name} is in no format that is read here. Nothing was taken from it.").format(name=source.short),
        _("If it belongs to a case, attach it there as a document."),
    )


def _stranger(source: Source, root: str) -> OfficeError:
    return FileRefused(
        _(
            "{name} is XML, but “{root}” is none of the kinds that are read here. Nothing was taken from it."
        ).format(name=source.short, root=root),
        _("If it belongs to a case, attach it there as a document."),
    )


def _broken(source: Source, broken: Broken) -> OfficeError:
    return FileRefused(
        _("{name} stops making sense at line {line}: {why}. That document was left out.").format(
            name=source.short, line=broken.line, why=broken.why
        ),
        _("Ask the sender for the file again, or take it in as a scan."),
        line=broken.line,
    )


def _stopped(source: Source, trouble: Exception) -> OfficeError:
    why = getattr(trouble, "strerror", None) or str(trouble) or type(trouble).__name__
    return FileRefused(
        _("{name} could not be read to its end ({why}). What came after was left out.").format(
            name=source.short, why=why
        ),
        _("Check the drive, or ask the sender for the file again."),
    )
