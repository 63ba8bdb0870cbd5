"""The stream of a reading with the findings of the rules put in behind each record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import plural
from app.standards import registry
from app.standards.checking import days, images, kinds, letters, missing, numbers, schemas, symbols
from app.standards.reading import Closed, Event, Opened
from app.standards.source import Source

Rule = Callable[[Record, str], Iterable[Finding]]
"""Asked about a record and today (YYYY-MM-DD). For a sound record, as nearly all are, it is `()`, at once."""

_ALWAYS: tuple[Rule, ...] = (
    days.order,
    days.to_come,
    letters.offices,
    letters.languages,
)
_AS_PRINTED: tuple[Rule, ...] = (
    numbers.forms,
    kinds.kinds,
    symbols.classes,
    days.priorities,
    missing.minimum,
    numbers.check_digits,
    images.named,
)
"""Rules for documents of an office. Lists of search services write numbers and kinds in ways of their own and
give a part of the data; there these would find fault with every line."""
_ALL = (*_ALWAYS, *_AS_PRINTED)
MOST_OF_A_RULE = 20
"""Findings of one rule shown for a file; further ones are counted."""


def of_record(record: Record, now: str, *, listed: bool = False) -> list[Finding]:
    """All findings about a record; `listed` where it is a line of a list, not a document of an office."""
    found: list[Finding] = []
    for rule in _ALWAYS if listed else _ALL:
        if told := rule(record, now):
            found.extend(told)
    return found


def checked(
    events: Iterable[Event], *, today: date, schema_packs: Callable[[], Sequence[Path]] = tuple
) -> Iterator[Event]:
    """The events with findings behind the record or before the end of the file they are about.

    schema_packs   folders of installed packs of schemas; asked at the first XML file
    """
    installed = cache(schema_packs)
    file = _File(None, "", today)
    for event in events:
        if isinstance(event, Opened):
            file = _File(event.source, event.file, today)
        elif isinstance(event, Closed):
            yield from file.ending(event, installed)
        yield event
        if isinstance(event, Record) and (told := file.about(event)):
            yield from told


class _File:
    """One file: counts what was said, so that a rule that fits every record is not said a thousand times."""

    def __init__(self, source: Source | None, name: str, today: date) -> None:
        self._source = source
        self._now = today.isoformat()
        # A file name may hold bytes that are no text; a finding is kept and printed, and must be.
        self._short = (source.short if source else name).encode("utf-8", "replace").decode("utf-8")
        self._listed = source is not None and _is_list(source)
        self._said: Counter[str] = Counter()
        self._records = 0

    def about(self, record: Record) -> list[Finding]:
        self._records += 1
        shown = []
        for finding in of_record(record, self._now, listed=self._listed):
            self._said[finding.rule] += 1
            if self._said[finding.rule] <= MOST_OF_A_RULE:
                shown.append(replace(finding, where=self._where(record)))
        return shown

    def _where(self, record: Record) -> str:
        """`file#number`, the number with its office and kind code as it is cited."""
        number = record.publication_number or record.registration_number or record.application_number
        named = f"{record.office}{number}{record.kind_code if record.publication_number else ''}"
        return f"{self._short}#{named if number else self._records}".replace(" ", "")

    def ending(self, closed: Closed, schema_packs: Callable[[], Sequence[Path]]) -> Iterator[Finding]:
        for rule, count in self._said.items():
            if (more := count - MOST_OF_A_RULE) > 0:
                message = plural(
                    "There is {count} finding more of the kind “{rule}” in this file.",
                    "There are {count} findings more of the kind “{rule}” in this file.",
                    more,
                )
                yield Finding(Severity.NOTE, self._short, rule, message.format(count=more, rule=rule))
        source = self._source
        if source is None or closed.refused is not None:
            return
        if registry.is_xml(source.head):
            if folders := schema_packs():
                yield from schemas.faults(source, folders, self._short)
        elif not self._records:
            yield from images.member(source, self._short)


def _is_list(source: Source) -> bool:
    if not source.head or registry.is_xml(source.head):
        return False
    format_ = registry.plain_format(source)
    return format_ is not None and format_.name.startswith("table")
