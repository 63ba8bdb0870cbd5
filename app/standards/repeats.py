"""Remarks made again and again, and publications delivered twice in one package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind
from app.errors import plural
from app.standards.events import Closed, Event

MOST_OF_A_KIND = 200
"""Findings of one rule shown for a file; further ones are counted. A table of 15,000 rows may have more."""


def bounded(events: Iterator[Event]) -> Iterator[Event]:
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


class Package:
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
            about = record.application_number or record.registration_number
            number = f"{about} {record.as_filed.get('status', '')}"
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
