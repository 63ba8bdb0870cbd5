"""Result lists of search services and offices as tables: Espacenet, Lens, PATENTSCOPE, Thomson style, India.

A table is told by the names of its columns, wherever in the first rows they stand. CSV in UTF-8, UTF-16 or
one byte a letter, with any line end; old binary XLS.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from app.domain.record import NamedParty, Record, RecordKind
from app.errors import _
from app.standards.epo import exchange, numberings
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml.texts import tidy

_UND = forms.UNKNOWN_LANGUAGE
_COLUMNS = {
    "title": "title",
    "title of invention": "title",
    "invention title": "title",
    "publication number": "number",
    "patent number": "number",
    "publication no": "number",
    "kind": "kind",
    "kind code": "kind",
    "jurisdiction": "office",
    "publication date": "published",
    "date of application publication": "published",
    "publication year": "year",
    "application number": "applied",
    "date of application": "filed",
    "application date": "filed",
    "filing date": "filed",
    "priority number(s)": "priorities",
    "priority numbers": "priorities",
    "priority data": "priorities",
    "priority document": "priorities",
    "earliest priority date": "first_filed",
    "date of priority": "first_filed",
    "applicant(s)": "applicants",
    "applicants": "applicants",
    "applicant": "applicants",
    "patentee name": "applicants",
    "inventor(s)": "inventors",
    "inventors": "inventors",
    "international classification": "ipc",
    "ipcr classifications": "ipc",
    "ipc": "ipc",
    "ipc classes": "ipc",
    "cooperative patent classification": "cpc",
    "cpc classifications": "cpc",
    "us classifications": "uspc",
    "abstract": "abstract",
    "type": "type",
    "grant or application type": "type",
    "grant or application type families": "type",
    "sequence count": "sequences",
}
_HEADER_WITHIN = 12
_XLS_BYTES = 64 * 1024 * 1024


def _key(name: object) -> str:
    return _COLUMNS.get(tidy(str(name)).lower(), "")


def _header(row: Iterable[object]) -> list[str] | None:
    """The fields of the columns, if this row names them: a number, and two others at least."""
    keys = [_key(cell) for cell in row]
    known = {key for key in keys if key}
    return keys if "number" in known and len(known) >= 4 else None


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: max(len(head) - 4, 1)].decode("utf-8")
    except UnicodeDecodeError as trouble:
        return "utf-8-sig" if trouble.start > len(head) - 8 else "cp1252"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    line = next(
        (
            line
            for line in text.splitlines()
            if any(name in line.lower() for name in ("publication", "patent n"))
        ),
        "",
    )
    return max(",;\t", key=line.count) if line else ","


def _rows(text: io.TextIOBase, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as trouble:
            raise Broken(
                _("a row that is no row of a table ({why})").format(why=trouble), reader.line_num
            ) from None


def _sniff_csv(source: Source) -> int:
    head = source.head
    if b"\x00" in head[:2000] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0
    text = head.decode(_encoding(head), "replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        for _number, row in zip(
            range(_HEADER_WITHIN), csv.reader(io.StringIO(text), delimiter=_delimiter(text)), strict=False
        ):
            if _header(row):
                return 80
    except csv.Error:
        return 0
    return 0


def read_csv(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a row."""
    encoding = _encoding(source.head)
    start = source.head.decode(encoding, "replace").replace("\r", "\n")
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding, "replace", newline=None)
        yield from _records(_rows(text, _delimiter(start)), notes)


def _is_xls(source: Source) -> int:
    if not source.head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or not 0 <= source.size <= _XLS_BYTES:
        return 0
    return 95 if b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k" in _raw(source) else 0


def _raw(source: Source) -> bytes:
    with source.open() as stream:
        return stream.read(_XLS_BYTES)


def read_xls(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a row of every sheet that has the columns."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=_raw(source), on_demand=True, logfile=io.StringIO())
        sheets = [book.sheet_by_index(place) for place in range(book.nsheets)]
    except Exception as trouble:  # whatever a damaged workbook makes the library raise
        raise Broken(_("it is no workbook that can be read"), 1) from trouble
    for sheet in sheets:
        rows = ([_cell(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows))
        yield from _records(rows, notes)


def _cell(cell: object, date_mode: int) -> str:
    import xlrd

    kind, value = getattr(cell, "ctype", 0), getattr(cell, "value", "")
    if kind == xlrd.XL_CELL_DATE:
        try:
            return str(xlrd.xldate_as_datetime(value, date_mode).date())
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _records(rows: Iterable[list[str]], notes: Notes) -> Iterator[Record]:
    keys: list[str] | None = None
    for place, row in enumerate(rows):
        if keys is None:
            keys = _header(row)
            if keys is None and place >= _HEADER_WITHIN:
                return
            continue
        cells: dict[str, str] = {}
        for key, cell in zip(keys, row, strict=False):
            text = cell.strip()
            if key and key not in cells and text and text.lower() not in ("none", "null", "n/a", "nan"):
                cells[key] = text
        if "number" in cells:
            notes.place = _("row {number}").format(number=place + 1)
            yield _record(cells, notes)


_PUBLICATION = re.compile(r"([A-Z]{2})\s*([A-Z]{0,2}[\d/.\-]*\d)\s*\(?\s*([A-Z]\d?)?\s*\)?\Z")
_INDIAN = re.compile(r"\d+/(?:DEL|MUM|CHE|KOL|MAS|CAL|BOM)(?:NP)?/\d{4}\Z")


def _record(cells: dict[str, str], notes: Notes) -> Record:
    raw = tidy(cells["number"])
    found = _PUBLICATION.match(raw)
    office, number, kind_code = found.groups("") if found else ("", raw, "")
    office = office or forms.office(cells.get("office"))
    kind_code = kind_code or cells.get("kind", "")
    if not office and _INDIAN.match(cells.get("applied", "")):
        office = "IN"
    granted = "grant" in cells.get("type", "").lower() or (office == "IN" and not kind_code)
    kind = RecordKind.GRANT if granted else exchange.kind_of(office, kind_code)
    draft = Draft(exchange.right_of(kind_code, office), kind, notes, "table")
    draft.set(office=office, kind_code=kind_code)
    draft.number("publication_number", numberings.printed(office, number), raw)
    year = cells.get("year", "")
    published = _century(
        cells.get("published", ""), int(year) if year.isdigit() else 9999, exact=year.isdigit()
    )
    draft.date("publication_date", published)
    latest = int(published[:4]) if published[:4].isdigit() else (int(year) if year.isdigit() else 9999)
    applied = tidy(cells.get("applied", ""))
    draft.number("application_number", _application(applied, office), applied)
    draft.date("filing_date", _century(cells.get("filed", ""), latest))
    draft.text_by_language("titles", _UND, tidy(cells.get("title", "")))
    draft.text_by_language("abstracts", _UND, tidy(cells.get("abstract", "")))
    for scheme in ("ipc", "cpc"):
        for text in _several(cells.get(scheme, "")):
            draft.classify(scheme, symbols.ipc(text), text)
    for text in _several(cells.get("uspc", "")):
        draft.classify("uspc", symbols.uspc(text), text)
    _priorities(cells, draft)
    draft.set(
        applicants=[_party(text, "applicant") for text in _several(cells.get("applicants", ""))],
        inventors=[_party(text, "inventor") for text in _several(cells.get("inventors", ""))],
    )
    count = cells.get("sequences", "")
    draft.set(sequences=int(count) if count.isascii() and count.isdigit() else 0)
    return draft.finish()


_TWO_DIGITS = re.compile(r"(\d\d)/(\d\d)/(\d\d)\Z")


def _century(raw: str, latest: int, *, exact: bool = False) -> str:
    """`25/04/13` with its century: that of the year named beside it, else the last not after `latest`."""
    found = _TWO_DIGITS.match(raw)
    if not found:
        return raw
    day, month, short = found.groups()
    years = [century + int(short) for century in (1800, 1900, 2000)]
    if exact:
        year = min(years, key=lambda year: abs(year - latest))
        return f"{year}-{month}-{day}" if abs(year - latest) <= 1 else raw
    fitting = [year for year in years if year <= latest]
    return f"{fitting[-1]}-{month}-{day}" if fitting else raw


def _application(text: str, office: str) -> str:
    """Without office code in front and kind letter behind: `US 201213657122 A`, `KR20130006425U`."""
    found = _APPLICATION.match(text)
    if not found or (office and found.group(1) != office):
        return forms.no_zeros(text)
    return numberings.native(found.group(1) + found.group(2))[1]


_APPLICATION = re.compile(r"([A-Z]{2})\s*(\d[\d/.\-]*|\d{4}[A-Z]{2}\d+)\s*([A-Z]\d?)?\Z")
_BETWEEN = re.compile(r"\s*(?:;;|\||;|\n|\u2002)\s*")


def _several(cell: str) -> list[str]:
    """`;;`, `;` and ` | ` stand between values."""
    return [text for text in _BETWEEN.split(cell) if text]


_COUNTRY_BEHIND = re.compile(r"(?:\s*\[([A-Z]{2})\]|\s{3,}([A-Z]{2}))\s*\Z")


def _party(text: str, role: str) -> NamedParty:
    found = _COUNTRY_BEHIND.search(text)
    country = next((code for code in found.groups() if code), "") if found else ""
    return NamedParty(tidy(text[: found.start()] if found else text).strip(" ,_"), country, "", role)


_LISTED = re.compile(r"([A-Z]{2})\s*(\d[\d/.\-]*|\d{4}[A-Z]{2}\d+)\s*([A-Z])?\s*(\d{8})?\Z")
_BRACKETED = re.compile(r"\[(\S+)\s+(\d{4}-\d\d-\d\d)\S*\s+([A-Z]{2})\]")


def _priorities(cells: dict[str, str], draft: Draft) -> None:
    texts = _several(cells.get("priorities", ""))
    for text in texts:
        if bracketed := _BRACKETED.findall(text):
            for number, day, office in bracketed:
                draft.priority(forms.office(office), number, day)
        elif found := _LISTED.match(text):
            office, number, letter, day = found.groups("")
            kind = (
                {"P": "provisional", "W": "pct"}.get(letter, "foreign")
                if office == "US" or letter == "W"
                else "foreign"
            )
            only = cells.get("first_filed", "") if len(texts) == 1 else ""
            draft.priority(*numberings.native(office + number), day or only, kind)
        else:
            draft.priority("", text, "")


FORMATS = (
    PlainFormat("table-csv", _sniff_csv, read_csv),
    PlainFormat("table-xls", _is_xls, read_xls),
)
