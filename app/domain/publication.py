"""What a published record is known by: its number in a form that can be compared, and its key."""

from __future__ import annotations

import re

from app.domain.record import Record, Right
from app.text import fold

# Numbered by themselves in most offices: the same office and number may be a patent and a mark.
_APART = {Right.TRADE_MARK: "mark", Right.DESIGN: "design", Right.GEOGRAPHICAL_INDICATION: "gi"}


def number_key(text: str) -> str:
    """A number without blanks, signs, case and accents; leading zeros of its digits go.

    `EP 0 123 456` and `ep0123456` both are `EP123456`.
    """
    packed = "".join(c for c in fold(text).upper() if c.isalnum())
    return re.sub(r"\A([A-Z]*)0+(?=\d)", r"\1", packed)


def number_of(record: Record) -> str:
    """The number a record is published or registered under, "" where it has none."""
    return record.publication_number or record.registration_number


def date_of(record: Record) -> str:
    """The day it was published, else registered: YYYY-MM-DD or ""."""
    return record.publication_date or record.registration_date


def key_of(record: Record) -> str:
    """Office, number and kind code: what makes a record the same record."""
    parts = [record.office, number_key(number_of(record)), record.kind_code.upper()]
    if record.right in _APART:
        parts.append(_APART[record.right])
    return "-".join(parts)


def may_be_shown(record: Record) -> bool:
    """Published, under a number of its own: only such a record may lie in clear beside an office."""
    return record.published and bool(number_of(record))
