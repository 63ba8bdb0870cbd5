"""Class symbols in printed form: IPC, CPC `G06F 15/16`, Locarno `12-11`, Vienna `01.01.02`, USPC `709/202`.

Sources: IPC Guide (form of symbols), ST.8 (column positions), Locarno and Vienna classifications, US Manual
of Classification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from app.domain.sequences import is_number

_T = TypeVar("_T")

_SLASHED = re.compile(
    r"(?:\d{1,2}\s*(?=[A-HY]))?([A-HY])\s*(\d\d)\s*([A-Z])\s*0*(\d{1,4})\s*([/:])\s*(\d{2,6}|\d)(?!\d)"
)
_COLUMNS = re.compile(r"([A-HY]\d\d[A-Z])([ \d]{3})(\d{2,6})\s*\Z")
# Two blanks of a column folded into one by whoever re-indented the file.
_FOLDED = re.compile(r"([A-HY]\d\d[A-Z]) (\d)(\d\d)\Z")
_LOOSE = re.compile(r"([A-HY]\d\d[A-Z])\s+(\d{1,3})\s+(\d{2,6})\Z")
# Four digits of group and two of subgroup, padded with zeros: `C12N000902` is C12N 9/02.
_PADDED = re.compile(r"([A-HY]\d\d[A-Z])00(?!00)(\d\d)(\d\d)\Z")
_SCHEME_FORM = re.compile(r"([A-HY]\d\d[A-Z])(\d{4})(\d{6})\Z")
_LONGEST = 80
# A subclass alone, in ST.8 columns the date of its edition behind it.
_SUBCLASS = re.compile(r"([A-HY])\s*(\d\d)\s*([A-Z])(?:\s*0*|\s+(?:19|20)\d{6}\s*[A-Z].*)\Z")


def ipc(raw: str) -> str:
    """One IPC or CPC symbol in printed form, "" where it is none.

    Read are `G06F 15/16`, `G06F015/16`, ` 7G 06F  15/16   A`, ST.8 columns
    (`G06F  15/16        20060101A I20051008RMEP`), and US columns without the stroke (`G06F 1516`).
    """
    return _ipc(raw.upper().strip("\r\n")[:_LONGEST])


@lru_cache(maxsize=4096)
def _ipc(text: str) -> str:
    if found := _SLASHED.match(text.strip()):
        section, klass, subclass, group, stroke, sub = found.groups()
        return f"{section}{klass}{subclass} {int(group)}{stroke}{sub}"
    bare = text.strip()
    if found := _PADDED.match(bare):
        return f"{found.group(1)} {int(found.group(2))}/{found.group(3)}"
    if found := _COLUMNS.match(bare):
        group = found.group(2).strip()
        if is_number(group):
            return f"{found.group(1)} {int(group)}/{found.group(3)}"
    if found := _SCHEME_FORM.match(bare):
        sub = found.group(3).rstrip("0").ljust(2, "0")
        return f"{found.group(1)} {int(found.group(2))}/{sub}"
    if found := _FOLDED.match(bare) or _LOOSE.match(bare):
        return f"{found.group(1)} {int(found.group(2))}/{found.group(3)}"
    if found := _SUBCLASS.match(bare):
        return "".join(found.groups())
    return ""


def ipc_of_parts(section: str, klass: str, subclass: str, group: str, sub: str) -> str:
    """A symbol given in parts; "" unless section, class and subclass are there."""
    if not (section and klass and subclass):
        return ""
    head = f"{section.upper()}{klass.zfill(2)}{subclass.upper()}"
    if not (group and sub):
        return head
    return f"{head} {_unpadded(group)}/{sub}"


def _unpadded(digits: str) -> str:
    """A number without its padding zeros; as it stands where it is none."""
    return str(int(digits)) if is_number(digits) else digits


_LOCARNO_CLASSES = frozenset({*range(1, 33), 99})
"""Class 99 (99-00 alone) holds what has no place elsewhere."""
_LOCARNO = re.compile(r"(\d{1,2})\s*[-.\s/]\s*(\d{1,2})(?!\d)")
_LOCARNO_SOLID = re.compile(r"(\d\d)(\d\d)(?!\d)")


def locarno(raw: str) -> str:
    """`12.11`, `1211`, `12 - 11`, `CL12-11` as `12-11`, a class alone as `14`; "" where it is none."""
    text = raw.strip().upper().removeprefix("LOC").removeprefix("CL").strip("() .")
    if is_number(text) and len(text) <= 2 and int(text) in _LOCARNO_CLASSES:
        return f"{int(text):02d}"
    found = _LOCARNO.match(text) or _LOCARNO_SOLID.match(text)
    if not found:
        return ""
    klass, sub = int(found.group(1)), int(found.group(2))
    return f"{klass:02d}-{sub:02d}" if klass in _LOCARNO_CLASSES and (klass < 99 or not sub) else ""


_VIENNA = re.compile(r"(\d{1,2})[.\s-](\d{1,2})(?:[.\s-](\d{1,2}))?\Z")
_VIENNA_SOLID = re.compile(r"(\d\d)(\d\d)(\d\d)?\Z")
# `CFE(8) 1.1.2`, `VC8 010102`, `1.1.2 (8)`: the edition stands before or behind.
# An A marks auxiliary sections.
_VIENNA_EDITION = re.compile(
    r"\([^()]*\)|\A\s*(?:VCL?|CFE|VIENNA)\b[\s:]*(?:\d{1,2}\s+(?=\d))?|\A\s*VC\d{1,2}\s+|\A\s*A\s*(?=\d)",
    re.I,
)


def vienna(raw: str) -> str:
    """`1.1.2`, `010102`, `CFE(8) 1.1.2` as `01.01.02`; a division `0101` as `01.01`; "" where it is none."""
    text = _VIENNA_EDITION.sub(" ", raw).strip()
    text = _VIENNA_EDITION.sub(" ", text).strip()
    found = _VIENNA.match(text) or _VIENNA_SOLID.match(text)
    if not found or not 1 <= int(found.group(1)) <= 29:
        return ""
    return ".".join(f"{int(part):02d}" for part in found.groups() if part)


def nice(raw: str) -> int | None:
    """`009`, `9`, `IC 9` as 9; None outside 1 to 45 (US classes A, B, 200 are not of Nice)."""
    digits = raw.strip().upper().removeprefix("IC").strip()
    number = int(digits) if is_number(digits) else 0
    return number if 1 <= number <= 45 else None


def uspc(raw: str) -> str:
    """A US national class in columns (`709202`, ` 24 305 S`, `D14480`, `360 9701`) as `709/202`.

    Three columns for the class, three for the subclass, digits after that are decimals. Already
    printed forms are kept.
    """
    text = raw.rstrip()
    if not text.strip() or text.strip().lower() in ("none", "000000"):
        return ""
    if "/" in text:
        return text.strip()
    klass, sub, rest = text[:3], text[3:6], text[6:]
    name = _unpadded(klass.replace(" ", ""))
    if not sub.strip():
        return name
    sub = _unpadded(sub.strip())
    rest = rest.strip() if rest.strip().isdigit() else rest
    rest = rest.rstrip("0") if rest.isdigit() and not rest.strip("0") else rest
    decimals = re.match(r"\.?(\d*)(.*)", rest)
    assert decimals is not None
    digits, letters = decimals.groups()
    return f"{name}/{sub.strip()}{'.' + digits if digits else ''}{letters.replace(' ', '')}"


def uspc_of_parts(klass: str, subclass: str) -> str:
    """`134` and `031000` (three columns and three decimals) as `134/31`."""
    name = _unpadded(klass.strip())
    sub = subclass.strip()
    if len(sub) == 6 and is_number(sub):
        whole, decimals = str(int(sub[:3])), sub[3:].rstrip("0")
        sub = f"{whole}.{decimals}" if decimals else whole
    return f"{name}/{sub}" if name and sub else name


def once(symbols: Iterable[_T]) -> tuple[_T, ...]:
    """In order, each once, empty ones left out."""
    return tuple(dict.fromkeys(s for s in symbols if s))
