"""From the rows of a result list to records: the header found, each row read cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from app.domain.findings import Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.epo import exchange, numberings
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.fields.mending import mended
from app.standards.lists import columns, values
from app.standards.source import Notes
from app.standards.xml.texts import tidy

_UND = forms.UNKNOWN_LANGUAGE
HEADER_WITHIN = 12
_LOOKED_AT = 300
"""Rows looked at to tell whether a column of dates is written month first."""
_MOST_HEADERS = 6
_NOTHING = frozenset(("none", "null", "n/a", "nan", "-", "#n/a"))
_INDIAN = re.compile(r"\d+/(?:DEL|MUM|CHE|KOL|MAS|CAL|BOM)(?:NP)?/\d{4}\Z")
_INDIAN_SEATS = frozenset(("DELHI", "MUMBAI", "CHENNAI", "KOLKATA"))
_RIGHTS = (("design", Right.DESIGN), ("plant", Right.PLANT_PATENT), ("utility", Right.UTILITY_MODEL),
           ("limited patent", Right.UTILITY_MODEL))  # fmt: skip


def read(rows: Iterable[list[str]], notes: Notes) -> Iterator[Record]:
    """One record a row below the header.

    A header repeated further down, or one with other columns, is for the rows it fits; what fits none
    and has no number is noted and left out.
    """
    numbered = enumerate(rows, start=1)
    keys = None
    for _place, row in islice(numbered, HEADER_WITHIN + 1):
        if keys := columns.header(row):
            break
    if keys is None:
        return
    first = list(islice(numbered, _LOOKED_AT))
    american = _american(keys, (row for _place, row in first))
    headers = [keys]
    for place, row in chain(first, numbered):
        if other := columns.header(row):
            if other not in headers and len(headers) < _MOST_HEADERS:
                headers.insert(0, other)
            continue
        notes.place = _("row {number}").format(number=place)
        if cells := _fitting(headers, row):
            yield _record(cells, american, notes)
        elif sum(1 for cell in row if cell.strip()) > 2:
            message = _("The row has no number of a document where its column says one; it is left out.")
            notes.add(Severity.WARNING, "number", "table.row", message, remedy=_("Look at the original."))


def of_sheets(sheets: Iterable[Iterable[list[str]]], notes: Notes) -> Iterator[Record]:
    """The records of a workbook; one without any result list is a document like another."""
    empty = True
    for rows in sheets:
        for record in read(rows, notes):
            empty = False
            yield record
        notes.place = ""
    if empty:
        message = _(
            "No sheet of this workbook has the columns of a result list; nothing was read into fields."
        )
        remedy = _("If it belongs to a case, attach it there as a document.")
        notes.add(Severity.NOTE, "workbook", "file.attachment", message, remedy=remedy)


def _american(keys: list[str], rows: Iterable[list[str]]) -> bool:
    """Whether the dates of the table are written month first."""
    cells = [_cells(keys, row) for row in rows]
    return values.month_first(one.get(key, "") for key in columns.DATES for one in cells)


def _fitting(headers: list[list[str]], row: list[str]) -> dict[str, str]:
    """The cells under the header they fit best; none where no header finds a number in the row."""
    read_as = [_cells(keys, row) for keys in headers]
    named = [cells for cells in read_as if _has_number(cells)]
    return next((cells for cells in named if _is_sound(cells)), named[-1] if named else {})


def _has_number(cells: Mapping[str, str]) -> bool:
    number = cells.get("number", "")
    if not number and cells.get("title"):
        number = cells.get("applied", "")
    return any(sign.isdigit() for sign in number)


def _is_sound(cells: Mapping[str, str]) -> bool:
    """Dates where dates belong, and none where words do."""
    days = (one for key in columns.DATES for one in values.several(cells.get(key, ""))[:1])
    words = (cells.get(key, "") for key in ("title", "applicants", "patentees", "number"))
    dated = all(forms.day(values.day(one)) is not None for one in days)
    return dated and not any(values.is_day(one) for one in words)


def _cells(keys: list[str], row: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, cell in zip(keys, row, strict=False):
        text = cell.strip()
        if not key or not text or text.lower() in _NOTHING:
            continue
        if key not in cells:
            cells[key] = text
        elif key in columns.SEVERAL:
            cells[key] = f"{cells[key]};{text}"
    return cells


def _record(cells: Mapping[str, str], american: bool, notes: Notes) -> Record:
    numbers = [values.publication(tidy(text)) for text in values.several(cells.get("number", ""))]
    office, number, kind_code = numbers[0] if numbers else ("", "", "")
    office = office or _office(cells)
    kind_code = kind_code or cells.get("kind", "").strip()
    draft = Draft(_right(cells, kind_code, office), _kind(cells, kind_code, office), notes, "table")
    said = forms.language(cells.get("language"))
    draft.set(office=office, kind_code=kind_code, language=said if said != _UND else "")
    draft.set(status=cells.get("status", ""))
    raw = tidy(values.several(cells["number"])[0]) if numbers else ""
    draft.number("publication_number", numberings.printed(office, number), raw)
    for other, listed, _kind_code in numbers[1:]:
        draft.relate("family_member", other, numberings.printed(other, listed))
    _dates(cells, american, draft)
    applied = tidy((values.several(cells.get("applied", "")) or [""])[0])
    draft.number("application_number", values.application(applied, office), applied)
    for name, key in (("titles", "title"), ("abstracts", "abstract")):
        draft.text_by_language(name, said, _mended(tidy(cells.get(key, "")), name, draft))
    for scheme, normal in (
        ("ipc", symbols.ipc), ("cpc", symbols.ipc), ("uspc", symbols.uspc), ("locarno", symbols.locarno),
    ):  # fmt: skip
        for text in values.several(cells.get(scheme, "")):
            for symbol in _apart(text):
                draft.classify(scheme, normal(symbol), symbol)
    _people(cells, draft)
    draft.set(citations=list(values.cited(cells.get("cited", ""), cells.get("cited_text", ""))))
    draft.set(sequences=forms.count(cells.get("sequences", "")))
    return draft.finish()


def _office(cells: Mapping[str, str]) -> str:
    said = cells.get("office", "").strip()
    if said.upper() in _INDIAN_SEATS or _INDIAN.match(cells.get("applied", "")):
        return "IN"
    found = values.publication(tidy(cells.get("applied", "")))[0] if not cells.get("number") else ""
    return forms.office(said) or found


def _right(cells: Mapping[str, str], kind_code: str, office: str) -> Right:
    said = cells.get("type", "").lower()
    return next((right for word, right in _RIGHTS if word in said), exchange.right_of(kind_code, office))


def _kind(cells: Mapping[str, str], kind_code: str, office: str) -> RecordKind:
    """The kind code says it; without one the words of the service, or that the party is a patentee."""
    said = cells.get("type", "").lower()
    if "search report" in said:
        return RecordKind.SEARCH_REPORT
    if not cells.get("number"):
        return RecordKind.APPLICATION
    indian = office == "IN" and re.fullmatch(r"\d{5,7}", cells["number"].strip())
    if "grant" in said or (not kind_code and ("patentees" in cells or "granted" in cells or indian)):
        return RecordKind.GRANT
    return exchange.kind_of(office, kind_code)


def _dates(cells: Mapping[str, str], american: bool, draft: Draft) -> None:
    year = cells.get("year", "").strip()
    told = int(year) if re.fullmatch(r"\d{4}", year) else 9999

    def one(key: str, latest: int, exact: bool = False) -> str:
        text = next(iter(values.several(cells.get(key, ""))), "")
        return values.day(text, latest, exact=exact, american=american)

    for key in ("published", "first_published", "granted"):
        raw = one(key, told, told != 9999)
        if raw and not draft.get("publication_date"):
            _date("publication_date", raw, cells[key], draft)
    published = draft.get("publication_date") or ""
    latest = int(published[:4]) if published else told
    _date("filing_date", one("filed", latest), cells.get("filed", ""), draft)
    earliest, raw = one("first_filed", latest), cells.get("first_filed", "")
    values.priorities(cells.get("priorities", ""), earliest, draft)
    if forms.day(earliest) and earliest != raw and len(values.several(cells.get("priorities", ""))) < 2:
        draft.as_filed["priorities.0.date"] = raw


def _date(name: str, day: str, raw: str, draft: Draft) -> None:
    draft.date(name, day)
    original = next(iter(values.several(raw)), "")
    if draft.get(name) and draft.get(name) != original:
        draft.as_filed[name] = original


_GIVEN_BY = re.compile(r"\s*\([A-Z]{2}(?:,\s*[A-Z]{2})*\)")


def _apart(text: str) -> list[str]:
    """Symbols a service wrote with commas between them, without the offices that gave them in brackets."""
    return [part for part in re.split(r"\s*,\s*", _GIVEN_BY.sub("", text)) if part]


def _people(cells: Mapping[str, str], draft: Draft) -> None:
    found: dict[str, list[NamedParty]] = {}
    for key, name, role in (
        ("applicants", "applicants", "applicant"), ("assignees", "applicants", "assignee"),
        ("patentees", "applicants", "proprietor"), ("owners", "applicants", "proprietor"),
        ("inventors", "inventors", "inventor"), ("authors", "inventors", "inventor"),
        ("agents", "representatives", "representative"),
    ):  # fmt: skip
        text = _mended(cells.get(key, ""), name, draft)
        if key == "authors":
            text = re.sub(r",\s+", ";", text)
        found.setdefault(name, []).extend(values.party(one, role) for one in values.several(text))
    draft.set(**found)


def _mended(text: str, name: str, draft: Draft) -> str:
    better = mended(text)
    if better != text:
        draft.as_filed[name] = text
        message = _(
            "The text was encoded twice on its way (“{raw}”); it was put right, the original is kept."
        )
        draft.notes.add(Severity.NOTE, name, "table.encoded-twice", message.format(raw=text[:80]))
    elif "\ufffd" in text:
        draft.notes.add(
            Severity.WARNING, name, "table.lost-character",
            _("A character of this text was lost before it came here; it is shown as “\ufffd”."),
            remedy=_("Look at the original."),
        )  # fmt: skip
    return better
