"""WIPO ST.37 authority files, as XML of the DTD of Annex IV and as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import Record
from app.errors import _
from app.standards.epo import exchange
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat, XmlFormat
from app.standards.source import Notes, Source
from app.standards.xml.texts import every, field, first

STANDARD = "st37"
_PUBLICATION = "publication-reference/document-id"


def read(entry: etree._Element, notes: Notes) -> Iterator[Record]:
    """One entry; a number without a document is no record."""
    if field(entry, "exception-code"):
        _no_document(notes)
        return
    published = first(entry, _PUBLICATION)
    draft = _draft(field(published, "country"), field(published, "kind"), notes)
    _numbered(draft, field(published, "doc-number"), field(published, "date"))
    applied = first(entry, "application-reference")
    applied = applied if field(applied, "doc-number", "filing-date") else first(applied, "document-id")
    filed = field(applied, "doc-number")
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.date("filing_date", field(applied, "filing-date", "date"))
    for claim in every(entry, "priority-claims/priority-claim"):
        place = first(claim, "document-id", ".")
        kind = "pct" if claim.get("priority-claim-kind") == "international" else "foreign"
        draft.priority(
            forms.office(field(place, "country")), field(place, "doc-number"), field(place, "date"), kind
        )
    yield draft.finish()


def _draft(office: str, kind_code: str, notes: Notes) -> Draft:
    code = forms.office(office)
    draft = Draft(exchange.right_of(kind_code, code), exchange.kind_of(code, kind_code), notes, STANDARD)
    draft.set(office=code, kind_code=kind_code)
    return draft


def _numbered(draft: Draft, number: str, day: str) -> None:
    normal = forms.no_zeros(number) if draft.get("office") in ("WO", "IB") else forms.unpadded(number)
    draft.number("publication_number", normal, number)
    draft.date("publication_date", day)


def _no_document(notes: Notes) -> None:
    message = _("The file also lists numbers without a document (exception codes); they are no records.")
    notes.add(Severity.NOTE, "exception-code", f"{STANDARD}.exception", message, "WIPO ST.37")


_LINE = re.compile(rb"[A-Z]{2}[,;\t][A-Z0-9/.\-]{1,20}[,;\t][A-Z]?\d?[,;\t](?:\d{8})?(?:[,;\t][A-Z])?\r?\Z")
_LONGEST_LINE = 4096


def _sniff(source: Source) -> int:
    lines = source.head.removeprefix(b"\xef\xbb\xbf")[:4000].split(b"\n")
    whole = lines[:-1] if len(source.head) >= 4000 or not lines[-1] else lines
    told = sum(bool(_LINE.match(line)) for line in whole[:20])
    return 94 if told and told * 4 >= len(whole[:20]) * 3 else 0


def read_text(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a line; lines with an exception code are numbers without a document."""
    with source.open() as stream:
        number = 0
        while raw := stream.readline(_LONGEST_LINE):
            number += 1
            fields = re.split(r"[,;\t]", raw.decode("utf-8", "replace").lstrip("\ufeff").strip())
            if len(fields) < 4:
                if any(fields):
                    where = _("line {number}").format(number=number)
                    message = _("The line has fewer than four fields; it is left out.")
                    notes.add(Severity.WARNING, where, f"{STANDARD}.line", message)
            elif len(fields) > 4 and fields[4]:
                _no_document(notes)
            else:
                yield record_of_fields(fields, notes)


def record_of_fields(fields: Sequence[str], notes: Notes) -> Record:
    """Office, number, kind, date."""
    office, number, kind, day = (part.strip() for part in fields[:4])
    draft = _draft(office, kind, notes)
    _numbered(draft, number, day)
    return draft.finish()


FORMATS = (
    XmlFormat(STANDARD, frozenset({"authority-file"}), read, ("authority-file-entry",)),
    PlainFormat(STANDARD, _sniff, read_text),
)
