"""Registers of marks that come as a table: a CSV file, or a folder of pictures with one.

`number,name,classes,office,filing_date`, and with pictures `number,name,image`. Headings that say
the same in other plain words are understood; anything else is refused with the columns that miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.domain.record import Classes, MarkSign, Record, RecordKind, Right
from app.errors import FileRefused, _
from app.services import tables
from app.text import clean, fold

WANTED = ("number", "name", "classes", "office", "filing_date")
WANTED_WITH_PICTURES = ("number", "name", "image")
# The plainest spelling first: where a table has several of them, the first counts.
_HEADINGS = {
    "number": (
        "number", "registration number", "registration no", "reg number", "reg no", "mark number",
        "mark no", "trademark number", "trademark no", "trade mark number", "trade mark no", "no", "nr",
    ),
    "application_number": ("application number", "application no", "appl no", "app no"),
    "name": (
        "name", "mark name", "trade mark name", "trademark name", "name of mark", "name of the mark", "mark",
        "trade mark", "trademark", "word mark", "wordmark", "mark text", "verbal element",
        "verbal element text", "brand", "brand name", "denomination",
    ),
    "classes": (
        "classes", "class", "nice classes", "nice class", "nice", "nice classification", "class numbers",
        "class number", "class nos", "class no", "international classes", "international class",
    ),
    "office": ("office", "office code", "ip office", "st3", "wipo st3", "country code", "country"),
    "filing_date": (
        "filing date", "filed", "filed on", "date filed", "date of filing", "application date",
        "date of application",
    ),
    "image": (
        "image", "image file", "image name", "picture", "picture file", "logo", "logo file", "file name",
        "filename", "file",
    ),
}  # fmt: skip
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp", ".ppm", ".ico")
_DATE = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)\Z")


@dataclass(frozen=True, slots=True)
class Columns:
    """Our name of a column -> its place; and the headings that are none of ours, as they stand."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Those of `wanted` that the table lacks."""
        return [name for name in wanted if name not in self.places]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the record, None where it cannot be taken; `image` is a file or None."""

    record: Record | None
    image: Path | None
    findings: tuple[Finding, ...]


def table_of(folder: Path) -> Path | None:
    """The one CSV of a folder that holds pictures beside it and nothing else; None for any other folder."""
    try:
        files = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")]
    except OSError:
        return None  # whoever reads the folder's files says why it cannot be read
    found = [p for p in files if p.suffix.lower() == ".csv"]
    others = [p for p in files if p.suffix.lower() != ".csv"]
    if len(found) != 1 or any(p.suffix.lower() not in _PICTURES for p in others):
        return None
    return found[0] if others or "image" in columns_of(found[0]).places else None


def columns_of(path: Path) -> Columns:
    """The columns of a table by its heading. Raises FileRefused when the file is no text that can be read."""
    heading = tables.heading(tables.text_of(path), path.name)
    plain = [re.sub(r"[\W_]+", " ", fold(title)).strip() for title in heading]
    places: dict[str, int] = {}
    for name, spellings in _HEADINGS.items():
        found = [(spellings.index(title), place) for place, title in enumerate(plain) if title in spellings]
        if found:
            places[name] = min(found)[1]
    if "number" not in places and "application_number" in places:
        places["number"] = places.pop("application_number")  # the one number the register has
    known = {spelling for spellings in _HEADINGS.values() for spelling in spellings}
    unknown = [clean(title) for title, said in zip(heading, plain, strict=True) if said and said not in known]
    return Columns(places, tuple(unknown))


def is_register(columns: Columns) -> bool:
    """The table is a register of marks, whole or not: it has numbers and names."""
    return not columns.missing(("number", "name"))


def refusal(columns: Columns, wanted: tuple[str, ...] = WANTED) -> FileRefused:
    """The refusal of a table, naming the columns it lacks and those nobody understands."""
    said = _("This table is no register: it has no column {missing}. Nothing of it was taken.").format(
        missing=", ".join(columns.missing(wanted))
    )
    if columns.unknown:
        said += " " + _("Its headings {unknown} are not understood.").format(
            unknown=", ".join(f"“{title}”" for title in columns.unknown[:12])
        )
    return FileRefused(
        said, _("Give the table the heading {heading}.").format(heading=",".join(wanted)), line=1
    )


def rows(path: Path, pictures: Path | None = None) -> Iterator[Row]:
    """The rows of a register. `pictures` is the folder its images lie in, None where it has none.

    The whole table is read before the first row is given, so that a table broken further down is
    refused as a whole. A column may be left out, but not when a heading is there that nobody
    understands: it may be the one, and what stands under it would be lost in silence.
    """
    columns = columns_of(path)
    wanted = WANTED_WITH_PICTURES if pictures is not None else WANTED
    needed = WANTED_WITH_PICTURES if pictures is not None else ("number", "name")
    if columns.missing(needed) or (columns.unknown and columns.missing(wanted)):
        raise refusal(columns, wanted)
    text = tables.text_of(path)
    for _checked in tables.rows(text, path.name):
        pass
    folder = pictures or (path.parent if "image" in columns.places else None)
    found = tables.rows(text, path.name)
    width = len(next(found)[1])
    lines: dict[tuple[str, str], int] = {}
    for line, cells in found:
        if any(cell.strip() for cell in cells[width:]):
            yield Row(None, None, (_finding(str(line), "register.row", _too_wide(line)),))
        else:
            named = {name: clean(cells[at]) for name, at in columns.places.items() if at < len(cells)}
            yield _row(named, folder, line, lines)


def _too_wide(line: int) -> str:
    return _("Line {line} has more cells than the heading; it was passed over.").format(line=line)


def _finding(where: str, rule: str, message: str, provision: str = "") -> Finding:
    return Finding(Severity.WARNING, where, rule, message, provision)


def _row(
    cells: Mapping[str, str], pictures: Path | None, line: int, lines: dict[tuple[str, str], int]
) -> Row:
    """The mark of a row. `lines` remembers in which line a number of an office stood before."""
    number, name, office = cells.get("number", ""), cells.get("name", ""), cells.get("office", "").upper()
    if not any(c.isalnum() for c in number):
        return Row(None, None, ())
    findings: list[Finding] = []
    before = lines.setdefault((office, number), line)
    if before != line:
        twice = _("The number {number} stands in line {before} too; line {line} took its place.")
        findings.append(
            _finding(number, "register.number", twice.format(number=number, before=before, line=line))
        )
    nice = _classes(cells.get("classes", ""), number, findings)
    filed, as_filed = _date(cells.get("filing_date", ""))
    image = _image(cells.get("image", ""), pictures, number, findings)
    kind = {(True, False): "word", (False, True): "figurative", (True, True): "combined"}
    record = Record(
        Right.TRADE_MARK,
        RecordKind.REGISTRATION,
        office=office,
        registration_number=number,
        application_number=cells.get("application_number", ""),
        filing_date=filed,
        classes=Classes(nice=nice),
        mark=MarkSign(name, kind.get((bool(name), image is not None), ""), image.name if image else ""),
        as_filed=as_filed,
    )
    return Row(record, image, tuple(findings))


def _classes(text: str, number: str, findings: list[Finding]) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[;,|/\s]+", text):
        if part.isdecimal() and 1 <= int(part) <= 45:
            found.add(int(part))
        elif part:
            said = _("“{part}” is not a class of the Nice Classification; it was left out.").format(part=part)
            findings.append(_finding(number, "register.class", said, "Nice Agreement, Article 1"))
    return tuple(sorted(found))


def _date(text: str) -> tuple[str, dict[str, str]]:
    """The date as YYYY-MM-DD; what is no date stays as it was written and counts as absent."""
    match = _DATE.match(text)
    if match is not None:
        with suppress(ValueError):  # 31 February
            return date(*map(int, match.groups())).isoformat(), {}
    return "", {"filing_date": text} if text else {}


def _image(text: str, pictures: Path | None, number: str, findings: list[Finding]) -> Path | None:
    if not text or pictures is None:
        return None
    path = pictures / text
    # A name that climbs out of the folder would read what was never handed to us.
    if path.is_file() and path.resolve().parent.is_relative_to(pictures.resolve()):
        return path
    gone = _("The picture {file} is not in the folder; the mark was taken without it.").format(file=text)
    findings.append(_finding(number, "register.image", gone))
    return None
