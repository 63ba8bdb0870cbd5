"""The tables of `resources/codes`: offices, kinds, INID codes, number forms, editions, fields, languages.

Each table is read when it is first asked for and kept; its file says source, edition and validity. Days are
`YYYY-MM-DD` strings, "" where there is none, so that they compare with those of a record.
"""

from __future__ import annotations

import csv
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.paths import resources


@dataclass(frozen=True, slots=True)
class OfficeCode:
    """A code of ST.3. `kind`: state, territory, organisation, former, address (ISO 3166-1 alone), unknown.

    last   last day of a former code; `now` the codes that took its place
    """

    code: str
    name: str
    kind: str
    first: str
    last: str
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindCode:
    """A kind code an office uses. `certain` days are the office's own, others those of a sample.

    documents   how many the sample held, 0 where there is none
    """

    office: str
    code: str
    first_number: str
    last_number: str
    first: str
    last: str
    documents: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Inid:
    """An INID code of ST.9, ST.60 or ST.80 in our words; `minimum` where every document should carry it."""

    standard: str
    code: str
    minimum: bool
    wording: str


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A way an office writes numbers.

    pattern   of the whole number without blanks, in capitals; group `y` the year, group `c` a check digit
    year      "filing" or "publication": the day the year is that of; "" where it says nothing
    kinds     kind codes for which the year holds; none means all
    check     "ep", "cn" or "br": how the check digit is reckoned
    """

    pattern: re.Pattern[str]
    first: str
    last: str
    year: str
    kinds: frozenset[str]
    check: str
    example: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a classification, in force from `first`. `classes` is the highest class, 0 for none."""

    name: str
    first: str
    classes: int


@dataclass(frozen=True, slots=True)
class TechnologyField:
    """One of WIPO's 35 fields. `places`: IPC subclasses, or main groups as `H04N 3`, that make it up."""

    number: int
    sector: str
    names: Mapping[str, str]
    places: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (resources() / "codes" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((resources() / "codes" / name).read_text(encoding="utf-8"))


@cache
def offices() -> Mapping[str, OfficeCode]:
    """Two-letter code -> what it stands for (WIPO ST.3, ISO 3166)."""
    return {
        row["code"]: OfficeCode(
            row["code"], row["name"], row["kind"], row["first"], row["last"], tuple(row["now"].split())
        )
        for row in _rows("st3.csv")
    }


@cache
def kinds() -> Mapping[tuple[str, str], KindCode]:
    """(office, kind code) -> when it was in use (WIPO ST.16, de facto)."""
    return {
        (row["office"], row["kind"]): KindCode(
            row["office"], row["kind"], row["first_number"], row["last_number"], row["first"], row["last"],
            int(row["documents"] or 0), row["source"] == "office",
        )
        for row in _rows("kinds.csv")
    }  # fmt: skip


_ENOUGH_KINDS = 5


@cache
def offices_with_kinds() -> frozenset[str]:
    """Offices of which so many kind codes are known that one more is worth a remark."""
    counted = Counter(office for office, _code in kinds())
    return frozenset(office for office, count in counted.items() if count >= _ENOUGH_KINDS)


def kind_letter(letter: str) -> tuple[str, str]:
    """(group, meaning) of the letter of a kind code in words of ST.16, ("", "") where it has none."""
    table = _toml("st16.toml")
    group, meaning = table["letters"].get(letter, (0, ""))
    return (table["groups"][str(group)], meaning) if group else ("", "")


@cache
def inid() -> Mapping[tuple[str, str], Inid]:
    """(standard, code) -> the INID code: ("ST.9", "21"), ("ST.60", "511"), ("ST.80", "54")."""
    return {
        (row["standard"], row["code"]): Inid(
            row["standard"], row["code"], row["minimum"] == "1", row["wording"]
        )
        for row in _rows("inid.csv")
    }


@cache
def number_forms() -> Mapping[tuple[str, str, str], tuple[NumberForm, ...]]:
    """(office, right, "application" | "publication" | "registration") -> the forms its numbers have."""
    found: dict[tuple[str, str, str], tuple[NumberForm, ...]] = {}
    for entry in _toml("numbers.toml")["form"]:
        form = NumberForm(
            re.compile(entry["pattern"], re.IGNORECASE),
            str(entry.get("from", "")), str(entry.get("until", "")), entry.get("year", ""),
            frozenset(entry.get("kinds", "").split()), entry.get("check", ""), entry["example"],
        )  # fmt: skip
        for right in entry["rights"]:
            key = (entry["office"], right, entry["of"])
            found[key] = (*found.get(key, ()), form)
    return found


@cache
def editions(scheme: str) -> tuple[Edition, ...]:
    """The editions of `nice`, `locarno`, `vienna`, `ipc` or `cpc` in order; none for other schemes."""
    lines = _toml("editions.toml").get(scheme, {}).get("editions", ())
    return tuple(Edition(line[0], line[1], line[-1] if len(line) > 2 else 0) for line in lines)


def edition_on(scheme: str, day: str) -> Edition | None:
    """The edition in force on a day, None before the first."""
    all_ = editions(scheme)
    at = bisect_right([edition.first for edition in all_], day)
    return all_[at - 1] if at else None


@cache
def subclasses_of_locarno() -> Mapping[int, frozenset[int]]:
    """Locarno class -> its subclasses, those of any edition."""
    return {
        int(number): _spans(text) for number, text in _toml("editions.toml")["locarno"]["subclasses"].items()
    }


@cache
def classes_of_patents(scheme: str) -> frozenset[str]:
    """The classes (`A01`) of `ipc` or `cpc`, those of any edition."""
    table = _toml("editions.toml")
    sections = [*table["ipc"]["classes"].items()]
    if scheme == "cpc":
        sections += table["cpc"]["classes"].items()
    return frozenset(f"{section}{number:02d}" for section, text in sections for number in _spans(text))


def new_classes_of_patents() -> Mapping[str, str]:
    """Class of the IPC -> the day it came, for those that came after the first edition."""
    since: Mapping[str, str] = _toml("editions.toml")["ipc"]["since"]
    return since


def _spans(text: str) -> frozenset[int]:
    """`1-3 99` as {1, 2, 3, 99}."""
    found: set[int] = set()
    for part in text.split():
        first, _dash, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


@cache
def languages() -> frozenset[str]:
    """The codes of ISO 639-1 in force."""
    return frozenset(_toml("languages.toml")["current"].split())


@cache
def former_languages() -> Mapping[str, str]:
    """Withdrawn language code -> the code that took its place."""
    former: Mapping[str, str] = _toml("languages.toml")["former"]
    return former


@cache
def technology_fields() -> tuple[TechnologyField, ...]:
    """The 35 fields in order (WIPO, IPC-Technology Concordance Table)."""
    return tuple(
        TechnologyField(
            int(row["field"]), row["sector"], {name: row[name] for name in ("en", "fr", "es")},
            tuple(_places(row["ipc"])),
        )
        for row in _rows("technology.csv")
    )  # fmt: skip


def _places(text: str) -> Iterator[str]:
    """`F21HK; H04N 3 5` as F21H, F21K, H04N 3, H04N 5."""
    for part in text.split("; "):
        head, *groups = part.split()
        if groups:
            yield from (f"{head} {group}" for group in groups)
        else:
            yield from (head[:3] + letter for letter in head[3:])


@cache
def _field_of_place() -> Mapping[str, TechnologyField]:
    return {place: field for field in technology_fields() for place in field.places}


def technology(ipc: str) -> TechnologyField | None:
    """The field an IPC symbol (`H04N 5/225`, `H04N`) belongs to; None where the table has no place for it."""
    table = _field_of_place()
    subclass, _blank, group = ipc.partition(" ")
    return table.get(f"{subclass} {group.partition('/')[0]}") or table.get(subclass)
