"""Workbooks of today (XLSX): the parts of the package that hold cells, read by the hardened parser.

Only what a table needs: sheets in their order, shared and inline texts, numbers, and which numbers are
dates by their format (ECMA-376 Part 1, 18.3, 18.4, 18.8). Nothing is calculated; formulas give the value
that was saved beside them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

from lxml import etree

from app.domain.record import Record
from app.domain.sequences import is_number
from app.errors import _
from app.standards import archives
from app.standards.lists import records
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml import hardened
from app.standards.xml.texts import children, every, first

_PART_BYTES = 512 * 1024 * 1024
_TEXT_CHARACTERS = 128 * 1024 * 1024
_COLUMNS = 400
_LOCKED = 0x1
"""Flag of a part that asks for a password."""
# Number formats that are dates without a pattern of their own (ECMA-376 Part 1, 18.8.30).
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))


def _sniff(source: Source) -> int:
    if not source.head.startswith(b"PK\x03\x04"):
        return 0
    if b"xl/" in source.head:
        return 95
    # The writer may have put its other parts in front; the directory at the end knows.
    try:
        with archives.seekable(source) as stream, archives.listed(stream) as package:
            return 95 if "xl/workbook.xml" in package.NameToInfo else 0
    except archives.READ_TROUBLE:
        return 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a row of every sheet that has the columns of a result list."""
    with ExitStack() as opened:
        try:
            package = opened.enter_context(archives.listed(opened.enter_context(archives.seekable(source))))
        except archives.READ_TROUBLE as trouble:
            raise _unreadable() from trouble
        book = _Book(package, notes)
        yield from records.of_sheets((book.rows(part) for part in book.sheets), notes)


def _unreadable() -> Broken:
    return Broken(_("it is no workbook that can be read"), 1)


class _Book:
    """The texts and date formats of a package, and its sheets one row at a time."""

    def __init__(self, package: zipfile.ZipFile, notes: Notes) -> None:
        self._package = package
        self._notes = notes
        self._early = False
        self.sheets = list(self._sheets())
        self._texts = list(self._shared())
        self._dates = set(self._date_styles())

    def rows(self, part: str) -> Iterator[list[str]]:
        """The rows of a sheet; a cell left out is an empty one."""
        for row in self._elements(part, "row"):
            cells: list[str] = []
            for cell in children(row, "c"):
                place = _column(cell.get("r") or "")
                place = len(cells) if place is None else place
                if place < _COLUMNS:
                    cells.extend([""] * (place - len(cells)))
                    cells[place:] = [self._value(cell)]
            yield cells

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t") or "n"
        said = first(cell, "v")
        text = "".join(said.itertext()) if said is not None else ""
        if kind == "s":
            return self._texts[int(text)] if is_number(text) and int(text) < len(self._texts) else ""
        if kind == "inlineStr":
            return _run_texts(first(cell, "is"))
        if kind == "e":
            return ""
        if kind != "n":
            return text
        style = cell.get("s") or ""
        return self._number(text, is_number(style) and int(style) in self._dates)

    def _number(self, text: str, is_date: bool) -> str:
        try:
            value = float(text)
            if is_date:
                start = datetime(1904, 1, 1) if self._early else datetime(1899, 12, 30)
                return str((start + timedelta(days=value)).date())
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else text
        except (ValueError, OverflowError):
            return text

    def _sheets(self) -> Iterator[str]:
        targets: dict[str, str] = {}
        for tie in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = tie.get("Target") or ""
            targets[tie.get("Id") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for part in self._elements("xl/workbook.xml", "workbook"):
            said = first(part, "workbookPr")
            self._early = said is not None and (said.get("date1904") or "") in ("1", "true")
            for sheet in every(part, "sheets/sheet"):
                tie_id = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
                if targets.get(tie_id, "") in self._package.NameToInfo:
                    yield targets[tie_id]

    def _shared(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" not in self._package.NameToInfo:
            return
        size = 0
        for item in self._elements("xl/sharedStrings.xml", "si"):
            text = _run_texts(item)
            size += len(text)
            if size > _TEXT_CHARACTERS:
                raise _unreadable()
            yield text

    def _date_styles(self) -> Iterator[int]:
        if "xl/styles.xml" not in self._package.NameToInfo:
            return
        for part in self._elements("xl/styles.xml", "styleSheet"):
            own = {
                int(number): _is_date(one.get("formatCode") or "")
                for one in every(part, "numFmts/numFmt")
                if is_number(number := one.get("numFmtId") or "")
            }
            for place, style in enumerate(every(part, "cellXfs/xf")):
                said = style.get("numFmtId") or ""
                if is_number(said) and own.get(int(said), int(said) in _DATE_FORMATS):
                    yield place

    def _elements(self, part: str, tag: str) -> Iterator[etree._Element]:
        """The elements of that name in a part. What is read of the package is read here: `open` refuses other
        kinds of packing and a wrong head, reading a wrong sum, data cut off or a damaged disk."""
        info = self._package.NameToInfo.get(part)
        if info is None or info.flag_bits & _LOCKED or info.file_size > _PART_BYTES:
            raise _unreadable()
        if info.file_size > 1_000_000 + archives.BOMB_RATIO * info.compress_size:
            raise _unreadable()
        try:
            with self._package.open(info) as stream:
                for document in hardened.documents(stream, self._notes):
                    if isinstance(document, Broken):
                        raise document
                    yield from document.elements((tag,))
        except archives.READ_TROUBLE as trouble:
            raise _unreadable() from trouble


def _run_texts(item: etree._Element | None) -> str:
    """The text of a shared or inline string; the reading aids of East Asian texts (`rPh`) are left out."""
    runs = (*every(item, "t"), *every(item, "r/t"))
    return "".join("".join(run.itertext()) for run in runs)


_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def _is_date(pattern: str) -> bool:
    return bool(re.search(r"[dy]|m{3}|mm?[/.-]", _QUOTED.sub("", pattern.lower())))


def _column(reference: str) -> int | None:
    """`C7` as 2, None where there is no reference."""
    letters = re.match(r"[A-Z]{1,3}(?=\d)", reference)
    if not letters:
        return None
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


FORMATS = (PlainFormat("table-xlsx", _sniff, read),)
