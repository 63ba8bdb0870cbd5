"""What stands in the cells of result lists: dates of every style, numbers, parties, priorities, citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.domain.record import CitedDocument, NamedParty
from app.standards.epo import numberings
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.xml.texts import tidy
from app.text import fold

_BETWEEN = re.compile(r"\s*(?:;;|\||;|\n|\r)\s*")


def several(cell: str) -> list[str]:
    """The values of a cell: `;;`, `;`, ` | ` and line ends stand between them."""
    return [text for text in _BETWEEN.split(cell) if text.strip(" ,_")]


_WRITTEN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d\d)(?:\s.*)?\Z")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})\.?[\s\-]+(?:de\s+)?(?P<month>[^\W\d]{3,10})\.?[\s\-,]+(?:de\s+)?(?P<year>\d{4})\Z"
)
_NAMED_FIRST = re.compile(r"(?P<month>[^\W\d]{3,10})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})\Z")
# The months in English, French, German, Spanish and Portuguese, by as many letters as tell them apart.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene", "feb fev", "mar", "apr avr abr", "may mai", "jun juin", "jul juil", "aug aou ago",
            "sep set", "oct okt out", "nov", "dec dez dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?\Z")


def month_first(cells: Iterable[str]) -> bool:
    """Whether the dates of a column are written month first: some could not be otherwise, none the other
    way round."""
    pairs = [(int(m.group(1)), int(m.group(2))) for cell in cells if (m := _WRITTEN.match(cell.strip()))]
    return any(second > 12 for _first, second in pairs) and not any(first > 12 for first, _second in pairs)


def day(raw: str, latest: int = 9999, *, exact: bool = False, american: bool = False) -> str:
    """A date of a table in a form `forms.day` reads, `raw` where it is none of a table's own.

    latest    a year no later than which a two-digit year lies; with `exact` one beside which it lies
    american  month first
    """
    text = raw.strip()
    if _SERIAL.match(text):
        # A spreadsheet counts days from the end of 1899.
        return (date(1899, 12, 30) + timedelta(days=int(text[:5]))).isoformat()
    if named := _NAMED.match(text) or _NAMED_FIRST.match(text):
        parts = named.groupdict()
        name = fold(parts["month"])
        if month_number := _MONTHS.get(name[:4]) or _MONTHS.get(name[:3]):
            return f"{parts['year']}-{month_number:02d}-{int(parts['day']):02d}"
    found = _WRITTEN.match(text)
    if not found:
        return text
    number, month, year = found.groups()
    if american:
        number, month = month, number
    if len(year) == 2:
        years = [century + int(year) for century in (1800, 1900, 2000)]
        if exact:
            fitting = [full for full in years if abs(full - latest) <= 1]
        else:
            fitting = [full for full in years if full <= latest]
        if not fitting:
            return text
        year = str(fitting[-1])
    return f"{year}-{int(month):02d}-{int(number):02d}"


def is_day(text: str) -> bool:
    """Whether a cell is a date and nothing else: day, month and year with separators."""
    return bool(_WRITTEN.match(text.strip()))


_PUBLICATION = re.compile(
    r"([A-Z]{2})[\s/\-]*([A-Z]{0,2}\d(?:[\d\s/.,\-]*\d)?)[\s\-]*\(?\s*([A-Z]\d?)?\s*\)?\Z"
)


def publication(raw: str) -> tuple[str, str, str]:
    """Office, number and kind code of `KR20150000637  (U)`, `US-20240000001-A1`, `WO/2019/123456`."""
    found = _PUBLICATION.match(raw)
    if not found:
        return "", raw, ""
    office, number, kind_code = found.groups("")
    return office, re.sub(r"[\s,]", "", number), kind_code


_APPLICATION = re.compile(r"([A-Z]{2})[\s\-]*(\d[\d/.\-]*|\d{4}[A-Z]{2}\d+)\s*([A-Z]\d?)?\Z")


def application(text: str, office: str) -> str:
    """Without office code in front and kind letter behind: `US 201213657122 A`, `KR20130006425U`."""
    found = _APPLICATION.match(text)
    if not found or (office and found.group(1) not in (office, "WO")):
        return numberings.unchecked(text)
    return numberings.unchecked(numberings.native(found.group(1) + found.group(2))[1])


_SINCE = re.compile(r"\s*\(\d{4}-\d\d-\d\d\)\s*\Z")
_COUNTRY_BEHIND = re.compile(r"(?:[\s_]*\[([A-Z]{2})\]|\s*\(([A-Z]{2})\)|\s{3,}([A-Z]{2}))\s*\Z")


def party(text: str, role: str) -> NamedParty:
    """A name with its country behind it: `ELWHA LLC [US]`, `ELWHA LLC_[US]`, `SOLDIN STEVEN J    US`."""
    text = _SINCE.sub("", text.replace("\u2002", " "))
    found = _COUNTRY_BEHIND.search(text)
    country = next((code for code in found.groups() if code), "") if found else ""
    return NamedParty(tidy(text[: found.start()] if found else text).strip(" ,_"), country, "", role)


_LISTED = re.compile(r"([A-Z]{2})\s*(\d[\d/.\-]*|\d{4}[A-Z]{2}\d+)\s*([A-Z])?\s*(\d{8})?\Z")
_BRACKETED = re.compile(r"\[(\S+)\s+(\d{4}-\d\d-\d\d)\S*\s+([A-Z]{2})\]")
_DATED = re.compile(r"(\S.*?)\s+(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d)\s+([A-Z]{2})\Z")


def priorities(cell: str, first_filed: str, draft: Draft) -> None:
    """The priorities of a cell. `first_filed`, the earliest priority date, is the date of a single one."""
    texts = several(cell)
    for text in texts:
        only = first_filed if len(texts) == 1 else ""
        if bracketed := _BRACKETED.findall(text):
            for number, filed, office in bracketed:
                draft.priority(forms.office(office), number, filed)
        elif found := _LISTED.match(text):
            office, number, letter, filed = found.groups("")
            provisional = office == "US" and letter == "P"
            kind = "provisional" if provisional else "pct" if letter == "W" else "foreign"
            draft.priority(*numberings.native(office + number), filed or only, kind)
        elif dated := _DATED.match(text):
            draft.priority(forms.office(dated.group(3)), dated.group(1), dated.group(2))
        else:
            draft.priority("", text, only)
    if not texts:
        draft.priority("", "", first_filed)


_CITED = re.compile(
    r"([A-Z]{2})[\s\-]*([A-Z]{0,2}\d[\d/]*)[\s\-]*\(?\s*([A-Z]\d?)?\s*\)?(?:\s*\[([A-Z&, ]+)\])?\Z"
)


def cited(patents: str, literature: str) -> Iterator[CitedDocument]:
    """Cited documents: `US2003060222 (A1)`; what is no number stays a text, as literature does."""
    for text in several(patents):
        if found := _CITED.match(tidy(text)):
            office, number, kind_code, category = found.groups("")
            yield CitedDocument(office, numberings.printed(office, number), kind_code, category.strip())
        else:
            yield CitedDocument(text=tidy(text))
    for text in several(literature):
        yield CitedDocument(text=tidy(text))
