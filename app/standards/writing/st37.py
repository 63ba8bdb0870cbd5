"""WIPO ST.37: the authority file of an office, the list of its publication numbers with their gaps.

As XML it has the elements of the DTD of Annex IV; as text one line a document, fields between commas, CRLF
at the end (paragraphs on the text format). Both are in the order of kind and number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from lxml import etree

from app.domain.findings import Finding
from app.domain.record import PriorityClaim, Record
from app.standards import codes as tables
from app.standards.source import Notes
from app.standards.writing.authority import MISSING, UNKNOWN, gap_findings, gaps, number_key
from app.standards.writing.tree import document, piece, put, put_if

DTD = "ST37AuthorityFile_V2-2.dtd"


@dataclass(frozen=True, slots=True)
class Entry:
    """One number. `exception` is a code of ST.37 where there is no document to go with it."""

    office: str
    number: str
    kind: str = ""
    day: str = ""
    exception: str = ""
    application: str = ""
    filed: str = ""
    priorities: tuple[PriorityClaim, ...] = ()


class AuthorityFile:
    """All entries are kept until the last, because the file begins with what it covers."""

    def __init__(self, out: BinaryIO, plain: bool, today: date | None) -> None:
        self._out = out
        self._plain = plain
        self._today = today
        self._entries: list[Entry] = []

    def write(self, record: Record) -> Record:
        """Take one in; what the reader of ST.37 makes of its entry."""
        from app.standards.wipo import st37 as reader

        entry = Entry(
            record.office, record.publication_number, record.kind_code, record.publication_date, "",
            "" if self._plain else record.application_number, "" if self._plain else record.filing_date,
            () if self._plain else record.priorities,
        )  # fmt: skip
        self._entries.append(entry)
        if self._plain:
            return reader.record_of_fields(_fields(entry), Notes())
        return next(iter(reader.read(_element(entry), Notes())))

    def close(self) -> Iterator[Finding]:
        """Write the file: what was taken in, and the numbers that lie between."""
        found = gaps([(e.kind, e.number) for e in self._entries])
        office = self._entries[0].office if self._entries else ""
        missing = [
            (gap.kind, Entry(office, number, exception=UNKNOWN))
            for gap in found
            if gap.dense
            for number in gap.numbers()
        ]
        listed = [(entry.kind[:1], entry) for entry in self._entries] + missing
        listed.sort(key=lambda one: (one[0], number_key(one[1].number), one[1].kind, one[1].day))
        entries = [entry for _letter, entry in listed]
        if self._plain:
            for entry in entries:
                self._out.write((",".join(_fields(entry)) + "\r\n").encode("utf-8", "replace"))
        else:
            self._xml(office, entries, len(missing))
        return gap_findings(found)

    def _xml(self, office: str, entries: list[Entry], missing: int) -> None:
        top = etree.Element("authority-file")
        top.set("country", office)
        if self._today:
            top.set("date-produced", f"{self._today:%Y%m%d}")
        _definition(top, self._entries, missing)
        head = document(top, f'<!DOCTYPE authority-file SYSTEM "{DTD}">')
        self._out.write(head.removesuffix(b"</authority-file>"))
        for entry in entries:
            self._out.write(piece(_element(entry)) + b"\n")
        self._out.write(b"</authority-file>\n")


def _fields(entry: Entry) -> list[str]:
    """Office, number, kind, date, and an exception code where there is one."""
    fields = [entry.office, entry.number, entry.kind, entry.day.replace("-", "")]
    fields = [field.replace(",", "").strip() for field in fields]
    return [*fields, entry.exception] if entry.exception else fields


def _element(entry: Entry) -> etree._Element:
    made = etree.Element("authority-file-entry")
    numbers = put(put(made, "publication-reference"), "document-id")
    put(numbers, "country", entry.office)
    put(numbers, "doc-number", entry.number)
    put_if(numbers, "kind", entry.kind)
    put_if(numbers, "date", entry.day.replace("-", ""))
    put_if(made, "exception-code", entry.exception)
    if entry.application or entry.filed:
        applied = put(made, "application-reference")
        put(applied, "country", entry.office)
        put(applied, "doc-number", entry.application)
        put_if(applied, "filing-date", entry.filed.replace("-", ""))
    if entry.priorities:
        _priorities(put(made, "priority-claims"), entry.priorities)
    return made


def _priorities(group: etree._Element, claims: tuple[PriorityClaim, ...]) -> None:
    for place, claim in enumerate(claims, 1):
        kind = "international" if claim.kind == "pct" else "national"
        one = put(group, "priority-claim", sequence=str(place), priority_claim_kind=kind)
        put(one, "country", claim.office)
        put(one, "doc-number", claim.number)
        put_if(one, "date", claim.date.replace("-", ""))


def _definition(top: etree._Element, entries: list[Entry], missing: int) -> None:
    """What the file covers: codes used, newest document, first and last days and numbers, counts."""
    definition = put(top, "authority-file-definition", grouped_af_indicator="no", update_af_category="full")
    if missing:
        one = put(put(definition, "exception-code-list"), "exception-code-definition")
        put(one, "exception-code", UNKNOWN)
        put(one, "exception-code-description", MISSING)
    kinds = Counter(entry.kind for entry in entries if entry.kind)
    listed = put(definition, "document-kind-code-list")
    for kind in sorted(kinds):
        one = put(listed, "document-kind-code-definition")
        put(one, "kind", kind)
        put(one, "document-kind-code-description", "; ".join(_described(kind)))
    newest = max(entries, key=lambda e: (e.day, number_key(e.number)))
    put(definition, "most-recent-document", publication_number=newest.number,
        publication_date=newest.day.replace("-", ""))  # fmt: skip
    coverage = put(definition, "data-coverage")
    days = sorted(entry.day for entry in entries if entry.day) or [""]
    put(coverage, "publication-date-range", start_date=days[0].replace("-", ""),
        end_date=days[-1].replace("-", ""))  # fmt: skip
    numbers = sorted((entry.number for entry in entries), key=number_key)
    put(coverage, "publication-number-range", begin_range_number=numbers[0], end_range_number=numbers[-1])
    by_kind = put(coverage, "kind-code-coverage")
    for kind, count in sorted(kinds.items()):
        put(by_kind, "kind", kind)
        put(by_kind, "document-total-quantity", str(count))
    if missing:
        by_exception = put(coverage, "exception-code-coverage")
        put(by_exception, "exception-code", UNKNOWN)
        put(by_exception, "document-total-quantity", str(missing))


def _described(kind: str) -> Iterator[str]:
    """The words of ST.16 for the letter of a kind code."""
    return (words for words in tables.kind_letter(kind[:1]) if words)
