"""Tables as people save them from a spreadsheet: which letters, which separator, which line ends.

Nothing is guessed that changes what is read: text that is not Unicode is refused with its line,
because one byte stands for another letter in Lagos than in Lima.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from app.errors import FileRefused, _

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # how spreadsheets save "Unicode text"
_NAMED_SEPARATOR = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)


def text_of(path: Path) -> str:
    """The text of a table. Refused with the line from which on it is not Unicode."""
    try:
        raw = path.read_bytes()
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}).").format(file=path.name, why=trouble.strerror),
            _("Check its name and its rights."),
        ) from trouble
    try:
        return raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as trouble:
        before = raw[: trouble.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        raise FileRefused(
            _("{file} is not written in UTF-8 from line {line} on. Nothing of it was taken.").format(
                file=path.name, line=line
            ),
            _("Save the table as CSV in UTF-8 and add it again."),
            line=line,
        ) from trouble


def rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row that is not empty, the heading first. Lines end in LF, CR or both.

    The separator is the one the heading uses most: comma, semicolon or tab, unless a first line
    `sep=;` names it. `name` is the file's, for the refusal of a row that is none.
    """
    lines = StringIO(text, newline="")
    first = next((line for line in StringIO(text, newline="") if line.strip()), "")
    named = _NAMED_SEPARATOR.match(first)
    reader = csv.reader(lines, delimiter=named[1] if named else max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (named and line == 1):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as trouble:
        raise FileRefused(
            _(
                "{file} is no table that can be read from line {line} on ({why}). Nothing of it was taken."
            ).format(file=name, line=line, why=trouble),
            _("Look for a quotation mark that is not closed there, save the table and add it again."),
            line=line,
        ) from trouble


def heading(text: str, name: str) -> list[str]:
    """The cells of the first row, none in an empty table."""
    return next((cells for _line, cells in rows(text, name)), [])
