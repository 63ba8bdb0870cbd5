"""Result lists of search services and offices as tables: CSV and old binary XLS.

A table is told by the names of its columns, wherever in the first rows they stand. CSV in UTF-8, UTF-16 or
one byte a letter, with any line end and any of the usual delimiters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from app.domain.record import Record
from app.errors import _
from app.standards.encodings import encoding
from app.standards.lists import columns, records
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.trouble import Broken

_XLS_BYTES = 64 * 1024 * 1024


def _delimiter(text: str) -> str:
    """The delimiter that makes a header of one of the first lines."""
    lines = [line for line in text.splitlines()[: records.HEADER_WITHIN + 2] if line]
    for line in lines:
        for delimiter in ",;\t|":
            row = next(iter(csv.reader([line], delimiter=delimiter)), [])
            if columns.header(row):
                return delimiter
    return ","


def rows(text: io.TextIOBase, delimiter: str) -> Iterator[list[str]]:
    """The rows of a table in text. Raises Broken with the line of one that is none."""
    reader = csv.reader(text, delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as trouble:
        why = _("a row that is no row of a table ({why})").format(why=trouble)
        raise Broken(why, reader.line_num) from None


def _sniff_csv(source: Source) -> int:
    head = source.head
    if b"\x00" in head[:2000] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0
    text = head.decode(encoding(head), "replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
        for row in islice(reader, records.HEADER_WITHIN):
            if columns.header(row):
                return 80
    except csv.Error:
        return 0
    return 0


def read_csv(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a row."""
    written = encoding(source.head)
    start = source.head.decode(written, "replace").replace("\r\n", "\n").replace("\r", "\n")
    with source.open() as stream:
        text = io.TextIOWrapper(stream, written, "replace", newline=None)
        yield from records.read(rows(text, _delimiter(start)), notes)


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
    found = (
        ([_cell(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows))
        for sheet in sheets
    )
    yield from records.of_sheets(found, notes)


def _cell(cell: object, date_mode: int) -> str:
    import xlrd

    kind, value = getattr(cell, "ctype", 0), getattr(cell, "value", "")
    if kind == xlrd.XL_CELL_DATE:
        try:
            return str(xlrd.xldate_as_datetime(value, date_mode).date())
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return str(value)
    if kind == xlrd.XL_CELL_ERROR:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


FORMATS = (
    PlainFormat("table-csv", _sniff_csv, read_csv),
    PlainFormat("table-xls", _is_xls, read_xls),
)
