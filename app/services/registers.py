"""Registers of marks that come as a table: a CSV file, or a folder of pictures with one.

`number,name,classes,office,filing_date`, and with pictures `number,name,image`. Headings that say
the same in other plain words are understood; anything else is refused with the columns that miss.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.domain.record import Classes, MarkSign, Record, RecordKind, Right
from app.errors import FileRefused, _
from app.text import clean, fold

_HEADINGS = {
    "number": ("number", "no", "nr", "registration number", "registration no", "reg no", "mark number"),
    "name": ("name", "mark", "mark name", "trade mark", "trademark", "word mark", "verbal element"),
    "classes": ("classes", "class", "nice", "nice class", "nice classes"),
    "office": ("office", "office code", "country", "st3"),
    "filing_date": ("filing date", "date of filing", "filed", "application date"),
    "image": ("image", "picture", "image file", "file"),
}
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp", ".ppm", ".ico")
_DATE = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the record, None where it has no number; `image` is a file or None."""

    record: Record | None
    image: Path | None
    findings: tuple[Finding, ...]


def table_of(folder: Path) -> Path | None:
    """The one CSV of a folder that holds pictures beside it and nothing else; None for any other folder."""
    try:
        files = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")]
    except OSError:
        return None  # whoever reads the folder's files says why it cannot be read
    tables = [p for p in files if p.suffix.lower() == ".csv"]
    others = [p for p in files if p.suffix.lower() != ".csv"]
    if len(tables) != 1 or any(p.suffix.lower() not in _PICTURES for p in others):
        return None
    return tables[0] if others or "image" in columns_of(tables[0]) else None


def columns_of(path: Path) -> Mapping[str, int]:
    """Our name of a column -> its place, for the columns that are understood.

    Raises FileRefused when the file is not UTF-8 text.
    """
    with _opened(path) as lines:
        heading = next(_rows(lines, path), [])
    places: dict[str, int] = {}
    for place, title in enumerate(heading):
        plain = re.sub(r"[\W_]+", " ", fold(title)).strip()
        for name, spellings in _HEADINGS.items():
            if plain in spellings and name not in places:
                places[name] = place
    return places


def is_register(columns: Mapping[str, int]) -> bool:
    """The table has what a register needs."""
    return "number" in columns and "name" in columns


def refusal(columns: Mapping[str, int], *, pictures: bool = False) -> FileRefused:
    """The refusal of a table, naming the columns it lacks."""
    wanted = (
        ("number", "name", "image") if pictures else ("number", "name", "classes", "office", "filing_date")
    )
    missing = ", ".join(name for name in wanted if name not in columns)
    return FileRefused(
        _("This table is no register: it has no column {missing}. Nothing of it was taken.").format(
            missing=missing
        ),
        _("Give the table the heading {heading}.").format(heading=",".join(wanted)),
        line=1,
    )


def rows(path: Path, pictures: Path | None = None) -> Iterator[Row]:
    """The rows of a register. `pictures` is the folder its images lie in, None where it has none."""
    columns = columns_of(path)
    if not is_register(columns) or (pictures is not None and "image" not in columns):
        raise refusal(columns, pictures=pictures is not None)
    with _opened(path) as lines:
        read = _rows(lines, path)
        next(read, None)
        for cells in read:
            if any(cell.strip() for cell in cells):
                yield _row({n: clean(cells[p]) for n, p in columns.items() if p < len(cells)}, pictures)


def _opened(path: Path):  # type: ignore[no-untyped-def]  # a text file, whatever typing calls it
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}).").format(file=path.name, why=trouble.strerror),
            _("Check its name and its rights."),
        ) from trouble


def _rows(lines, path: Path) -> Iterator[list[str]]:  # type: ignore[no-untyped-def]
    """The cells of a table; the separator is the one its heading uses."""
    number = 1
    try:
        heading = lines.readline()
        lines.seek(0)
        separator = max(",;\t", key=heading.count)
        reader = csv.reader(lines, delimiter=separator, strict=False)
        for cells in reader:
            number = reader.line_num + 1
            yield cells
    except UnicodeDecodeError as trouble:
        raise FileRefused(
            _("{file} is not written in UTF-8 from line {line} on. Nothing of it was taken.").format(
                file=path.name, line=number
            ),
            _("Save the table as CSV in UTF-8 and add it again."),
            line=number,
        ) from trouble
    except csv.Error as trouble:
        raise FileRefused(
            _("{file} is no table that can be read from line {line} on ({why}).").format(
                file=path.name, line=number, why=trouble
            ),
            _("Save the table as CSV in UTF-8 and add it again."),
            line=number,
        ) from trouble


def _row(cells: Mapping[str, str], pictures: Path | None) -> Row:
    number, name = cells.get("number", ""), cells.get("name", "")
    if not any(c.isalnum() for c in number):
        return Row(None, None, ())
    findings: list[Finding] = []
    nice = _classes(cells.get("classes", ""), number, findings)
    filed, as_filed = _date(cells.get("filing_date", ""))
    image = _image(cells.get("image", ""), pictures, number, findings)
    kind = {(True, False): "word", (False, True): "figurative", (True, True): "combined"}
    record = Record(
        Right.TRADE_MARK,
        RecordKind.REGISTRATION,
        office=cells.get("office", "").upper(),
        registration_number=number,
        filing_date=filed,
        classes=Classes(nice=nice),
        mark=MarkSign(name, kind.get((bool(name), image is not None), ""), image.name if image else ""),
        as_filed=as_filed,
    )
    return Row(record, image, tuple(findings))


def _classes(text: str, number: str, findings: list[Finding]) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[;,\s]+", text):
        if part.isdecimal() and 1 <= int(part) <= 45:
            found.add(int(part))
        elif part:
            findings.append(
                Finding(
                    Severity.WARNING,
                    number,
                    "register.class",
                    _("“{part}” is not a class of the Nice Classification; it was left out.").format(
                        part=part
                    ),
                    "Nice Agreement, Article 1",
                )
            )
    return tuple(sorted(found))


def _date(text: str) -> tuple[str, dict[str, str]]:
    """The date as YYYY-MM-DD; what is no date stays as it was written and counts as absent."""
    match = _DATE.match(text)
    if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
        return "-".join(match.groups()), {}
    return "", {"filing_date": text} if text else {}


def _image(text: str, pictures: Path | None, number: str, findings: list[Finding]) -> Path | None:
    if not text or pictures is None:
        return None
    path = pictures / text
    # A name that climbs out of the folder would read what was never handed to us.
    if path.is_file() and path.resolve().parent.is_relative_to(pictures.resolve()):
        return path
    findings.append(
        Finding(
            Severity.WARNING,
            number,
            "register.image",
            _("The picture {file} is not in the folder; the mark was taken without it.").format(file=text),
        )
    )
    return None
