"""What a published record is known by: its number in a form that can be compared, and its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from app.domain.record import Classes, Record, RecordKind, Right
from app.text import fold

_PRINTED = (RecordKind.PUBLICATION, RecordKind.GRANT)
_YEARLY = re.compile(r"((?:19|20)\d\d)0*(\d+)\Z")
# Numbered by themselves in most offices: the same office and number may be a patent and a mark.
_APART = {Right.TRADE_MARK: "mark", Right.DESIGN: "design", Right.GEOGRAPHICAL_INDICATION: "gi"}


def number_key(text: str) -> str:
    """A number without blanks, signs, case and accents; leading zeros of its digits go.

    `EP 0 123 456` and `ep0123456` both are `EP123456`.
    """
    packed = "".join(c for c in fold(text).upper() if c.isalnum())
    return re.sub(r"\A([A-Z]*)0+(?=\d)", r"\1", packed)


def number_of(record: Record) -> str:
    """The number a record is published or registered under, "" where it has none.

    The European Union's register of marks knows one number from filing to registration: Regulation (EU)
    2017/1001, Article 111(2)(b), and files of EUIPO give no other. There, once the file says that the
    application was published or the mark registered, it is the number of the publication too.
    """
    return record.publication_number or record.registration_number or _number_throughout(record)


def _number_throughout(record: Record) -> str:
    european = record.office == "EM" and record.right is Right.TRADE_MARK
    return record.application_number if european and date_of(record) else ""


def date_of(record: Record) -> str:
    """The day it was published, else registered: YYYY-MM-DD or ""."""
    return record.publication_date or record.registration_date


def key_of(record: Record) -> str:
    """Office, number and kind code: what makes a record the same record.

    A number that begins with its year is the same with any padding of what follows: `2015/0056336`,
    `20150056336` and `2015056336` are one (ST.6 asks for the first, DOCDB writes the last).
    """
    number = number_key(number_of(record))
    yearly = _YEARLY.match(number)
    if yearly and (len(number) > 8 or "/" in number_of(record)):
        number = f"{yearly[1]}-{yearly[2]}"
    parts = [record.office, number, record.kind_code.upper()]
    if record.right in _APART:
        parts.append(_APART[record.right])
    return "-".join(parts)


def completed(newer: Record, older: Record) -> Record:
    """`newer`, with what it is silent about taken from `older`, the same publication read elsewhere.

    A publication does not change once it is out, so a list of titles or a legal event read after the
    full text takes nothing away from it. A register does change: there the newer record stands alone.
    """
    if newer.right in _APART:
        return newer
    if newer.kind not in _PRINTED:
        newer, older = older, newer  # what was said about a publication is not the publication
    kept: dict[str, Any] = {}
    for field in fields(Record):
        new, old = getattr(newer, field.name), getattr(older, field.name)
        if isinstance(new, Mapping) and new and old and field.name != "as_filed":
            # "und" is a language nobody named: beside named ones it would be the same text twice.
            kept[field.name] = {lang: text for lang, text in old.items() if lang != "und"} | dict(new)
        elif old and not new:
            kept[field.name] = old
    classes = Classes(
        **{f.name: getattr(newer.classes, f.name) or getattr(older.classes, f.name) for f in fields(Classes)}
    )
    return replace(newer, **kept | {"classes": classes})


def may_be_shown(record: Record) -> bool:
    """Published, under a number of its own: only such a record may lie in clear beside an office.

    A number has a digit: tables made from printed pages bring lines whose cells are one place off.
    """
    return record.published and any(c.isdigit() for c in number_of(record))
