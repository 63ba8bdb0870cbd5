"""From paths to events: opened, records as they come, findings, refused, closed.

This is the stream everything else is a view of: `inspect --json` prints from it, intake and collections
take records from it. It holds one record at a time, however large the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind
from app.errors import FileRefused, OfficeError, _, plural
from app.progress import SILENT, Progress
from app.standards import container, registry
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml import hardened


@dataclass(frozen=True, slots=True)
class Opened:
    """A file or member begins; every event up to Closed is about it. `source` opens its bytes again;
    None where they cannot be had."""

    file: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """It ended. `format` is "" where none was recognised; `refused` is why nothing of it was read."""

    file: str
    format: str
    refused: OfficeError | None = None


Event = Opened | Record | Finding | Closed


def read(paths: Iterable[Path | str], *, progress: Progress = SILENT) -> Iterator[Event]:
    """Read everything under `paths`. Raises nothing but Cancelled: trouble is an event in words."""
    package = _Package()
    for done, source in enumerate(container.sources(paths)):
        progress.step(done, None, source.name)
        yield Opened(source.name, source if isinstance(source, Source) else None)
        if isinstance(source, container.Barred):
            yield Closed(source.name, "", source.refusal)
            continue
        yield from _bounded(package.once(source.name, _file(source, progress)))


def of_source(source: Source, *, progress: Progress = SILENT) -> Iterator[Event]:
    """The same events of one source alone, whose bytes need not lie in a file."""
    yield from _bounded(_file(source, progress))


MOST_OF_A_KIND = 200
"""Findings of one rule shown for a file; further ones are counted. A table of 15,000 rows may have more."""


def _bounded(events: Iterator[Event]) -> Iterator[Event]:
    """The events of a file; of a remark made again and again, the first ones and how many more there are."""
    seen: set[tuple[str, str, str]] = set()
    counted: dict[str, int] = {}
    for event in events:
        if isinstance(event, Finding):
            key = (event.rule, event.where, event.message)
            counted[event.rule] = counted.get(event.rule, 0) + (key not in seen)
            if key in seen or counted[event.rule] > MOST_OF_A_KIND:
                continue
            seen.add(key)
        elif isinstance(event, Closed):
            for rule, count in counted.items():
                if (more := count - MOST_OF_A_KIND) > 0:
                    message = plural(
                        "There is {count} finding more of the kind “{rule}” in this file.",
                        "There are {count} findings more of the kind “{rule}” in this file.",
                        more,
                    )
                    yield Finding(Severity.NOTE, rule, rule, message.format(count=more, rule=rule))
        yield event


class _Package:
    """One publication delivered twice in one package (as XML and as text) is one record and a finding.

    A package is an archive; a gazette also where its two forms lie side by side in a folder.
    """

    def __init__(self) -> None:
        self._place = ""
        self._first_in: dict[tuple[str, ...], str] = {}

    def once(self, file: str, events: Iterator[Event]) -> Iterator[Event]:
        """The events of a file without the records another file of the package has given already."""
        archive, inside, _member = file.partition("!")
        place = archive if inside else str(Path(file).parent)
        if place != self._place:
            self._place, self._first_in = place, {}
        again: dict[str, int] = {}
        for event in events:
            if isinstance(event, Record) and (first := self._seen(event, file, bool(inside))):
                again[first] = again.get(first, 0) + 1
                continue
            if isinstance(event, Closed):
                yield from (_again(first, count) for first, count in again.items())
            yield event

    def _seen(self, record: Record, file: str, inside: bool) -> str | None:
        number = record.publication_number or record.registration_number
        if record.kind is RecordKind.NOTICE:
            number = f"{record.application_number} {record.as_filed.get('status', '')}"
        elif not inside:
            return None
        if not number or record.kind is RecordKind.SEQUENCE_LISTING:
            return None
        key = (record.right, record.kind, record.office, number, record.kind_code)
        first = self._first_in.setdefault(key, file)
        return first if first != file else None


def _again(first: str, count: int) -> Finding:
    message = plural(
        "{count} document of this file was read from {file} already; it is one record.",
        "{count} documents of this file were read from {file} already; each is one record.",
        count,
    )
    return Finding(Severity.NOTE, first, "package.twice", message.format(count=count, file=first))


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
        any_record = False
        for element in document.elements(format_.tags):
            for record in format_.read(element, self._notes):
                any_record = True
                self._records += 1
                yield record
            yield from self._placed(document.line)
        if not any_record:
            self._passed += 1
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
