"""Which kind of listing a file is, and its events: the general part, then sequence after sequence."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from app.domain.findings import Severity
from app.domain.sequences import Listing, Sequence
from app.errors import FileRefused, _
from app.standards import registry
from app.standards.container import READ_TROUBLE
from app.standards.sequences import flat, st25, st26, us_xml
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml import hardened

_XML: dict[str, Callable[[hardened.Document, Notes], Iterator[Listing | Sequence]]] = {
    "st26": st26.events,
    "insdseq": st26.bank_events,
    "us-sequence-listing": us_xml.events,
}
_PLAIN: dict[str, Callable[[Source, Notes], Iterator[Listing | Sequence]]] = {
    "st25": st25.source_events,
    "embl": flat.source_events,
    "genbank": flat.source_events,
}


_MARKS = (b"<ST26SequenceListing", b"<INSDSe", b"<sequence-cwu", b"<sequence-list-", b"<us-sequence-listing")


def is_listing(source: Source) -> bool:
    """Whether a file looks like a listing, by its first bytes."""
    if not source.head:
        return False
    if registry.is_xml(source.head):
        head = source.head.replace(b"\x00", b"")
        return any(mark in head for mark in _MARKS)
    format_ = registry.plain_format(source)
    return format_ is not None and format_.name in _PLAIN


def events(source: Source, notes: Notes) -> Iterator[Listing | Sequence]:
    """The events of a file. Raises FileRefused where it is no listing, or stops making sense."""
    any_listing = False
    try:
        for event in _xml(source, notes) if registry.is_xml(source.head) else _plain(source, notes):
            any_listing = True
            yield event
    except Broken as broken:
        raise FileRefused(
            _("{name} stops making sense at line {line}: {why}. What follows was not read.").format(
                name=source.short, line=broken.line, why=broken.why
            ),
            _("Ask the sender for the file again."),
            line=broken.line,
        ) from None
    except READ_TROUBLE as trouble:
        raise FileRefused(
            _("{name} could not be read to its end ({why}).").format(name=source.short, why=trouble),
            _("Check the drive, or ask the sender for the file again."),
        ) from trouble
    if not any_listing:
        raise FileRefused(
            _("{name} holds no sequence listing. Nothing was read from it.").format(name=source.short),
            _("Listings are read in ST.26, ST.25, US sequence XML and the flat files of the data banks."),
        )


def _xml(source: Source, notes: Notes) -> Iterator[Listing | Sequence]:
    with source.open() as raw:
        watched = _Watched(raw)
        for document in hardened.documents(io.BufferedReader(watched, hardened.BLOCK), notes):
            if isinstance(document, Broken):
                raise document
            format_ = registry.xml_format(document.prolog)
            if format_ is not None and (reader := _XML.get(format_.name)):
                yield from reader(document, notes)
                if format_.name == "st26":
                    watched.report(notes)


def _plain(source: Source, notes: Notes) -> Iterator[Listing | Sequence]:
    format_ = registry.plain_format(source)
    if format_ is not None and (reader := _PLAIN.get(format_.name)):
        yield from reader(source, notes)


class _Watched(io.RawIOBase):
    """Hands bytes on and counts numeric character references, which ST.26 does not allow."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = raw
        self._line = 1
        self._last = b""
        self._first = self._count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """The next bytes."""
        view = memoryview(cast(bytearray, buffer))
        data = self._raw.read(len(view))
        seen = self._last + data
        if (found := seen.find(b"&#")) >= 0:
            self._count += seen.count(b"&#")
            if not self._first:
                self._first = self._line + seen.count(b"\n", 0, found)
        self._line += data.count(b"\n")
        self._last = b"&" if data.endswith(b"&") else b""
        view[: len(data)] = data
        return len(data)

    def report(self, notes: Notes) -> None:
        """Say what was seen, once."""
        if self._count:
            notes.add(
                Severity.ERROR, _("line {line}").format(line=self._first), "st26.character-reference",
                _("Characters are written as numbers (“&#…;”) {count} times.").format(count=self._count),
                "ST.26, paragraph 41", _("Write the characters themselves, in UTF-8."),
            )  # fmt: skip
            self._count = 0
