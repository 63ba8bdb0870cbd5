"""Dates, classes and numbers as people write them, and the one form in which they are compared."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from app.domain.publication import number_key

EARLIEST, LATEST = 1, 99991231
_DATE = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?\Z")
_CLASS = re.compile(
    r"(?P<section>[A-HY])(?:(?P<cls>\d\d)(?:(?P<sub>[A-Z])(?:0*(?P<group>\d{1,4})(?:/(?P<point>\d{2,6}))?)?)?)?\Z"
)
_ST8 = re.compile(r"([A-HY]\d\d[A-Z])(\d{4})(\d{6})\Z")
_NUMBER = re.compile(r"(?P<office>[A-Z]{2})?(?P<digits>[A-Z]{0,3}\d+)(?P<kind>[A-Z]\d?)?\Z")
_YEARLY = re.compile(r"(?P<office>[A-Z]{2})?(?P<year>(?:19|20)\d\d)/?0*(?P<serial>\d+)\Z")


def dates(text: str) -> tuple[int, int] | None:
    """First and last day of `2019`, `201903`, `2019-03`, `20190315`, `2019-03-15`; None for no date."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month, day = match.groups()
    if month is not None and not 1 <= int(month) <= 12:
        return None
    if day is not None and not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    return int(year + (month or "01") + (day or "01")), int(year + (month or "12") + (day or "31"))


def day_number(date: str) -> int:
    """YYYYMMDD of an ISO date, 0 where there is none."""
    digits = date.replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isdigit() else 0


def class_symbol(text: str) -> str | None:
    """`a01b 33/00` -> `A01B33/00`, also from the column form of ST.8; None when it is no symbol."""
    packed = "".join(text.split()).upper()
    column = _ST8.match(packed)
    if column is not None:
        sub, group, point = column.groups()
        packed = f"{sub}{int(group)}/{point[:2] + point[2:].rstrip('0')}"
    match = _CLASS.match(packed)
    if match is None:
        return None
    section, cls, sub, group, point = match.group("section", "cls", "sub", "group", "point")
    return section + (cls or "") + (sub or "") + (group or "") + (f"/{point}" if point else "")


def class_steps(symbol: str) -> Iterator[str]:
    """A symbol and all above it: A01B33/08 -> A, A01, A01B, A01B33, A01B33/08."""
    written = class_symbol(symbol)
    if written is None:
        yield "".join(symbol.split()).upper()
        return
    for length in (1, 3, 4):
        if len(written) >= length:
            yield written[:length]
    group, point, _sub = written.partition("/")
    if len(group) > 4:
        yield group
    if point:
        yield written


def number_spellings(office: str, number: str, kind: str = "") -> frozenset[str]:
    """Every key under which a number of a record is found."""
    bare = number_key(number)
    if not bare:
        return frozenset()
    keys = {bare}
    yearly = _YEARLY.match("".join(number.split()).upper())
    if yearly is not None:
        keys.add(yearly["year"] + yearly["serial"])
    starts = {key for key in keys if not key.startswith(office)} if office else set()
    keys |= {office + key for key in starts}
    keys |= {key.removeprefix(office) for key in keys if office and key.removeprefix(office)}
    return frozenset(keys | {key + kind.upper() for key in keys if kind})


def number_asked(text: str) -> frozenset[str]:
    """The keys to try for a number as a person types it, check digit and yearly form included."""
    keys = {number_key(text)}
    without_check = re.sub(r"\.\d\Z", "", text.strip())
    keys.add(number_key(without_check))
    packed = "".join(c for c in text.upper() if c.isalnum() or c == "/")
    kind = re.search(r"(?<=\d)[A-Z]\d?\Z", packed)
    yearly = _YEARLY.match(packed[: kind.start()] if kind else packed)
    if yearly is not None:
        joined = (yearly["office"] or "") + yearly["year"] + yearly["serial"]
        keys.add(joined + (kind.group() if kind else ""))
    return frozenset(key for key in keys if key)
