"""The columns of our own table of records, both ways: a record as cells, cells as a record.

A cell with several values has one a line, each in the form of `lines`. A cell that a spreadsheet would take
for a formula gets an apostrophe in front, which the reader takes away again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.record import Record
from app.standards.writing import lines

_VALUES = (
    "office", "kind_code", "publication_number", "application_number", "registration_number",
    "publication_date", "filing_date", "registration_date", "expiry_date", "language",
)  # fmt: skip
_SCHEMES = ("ipc", "cpc", "nice", "locarno", "vienna", "uspc")
COLUMNS = (
    "right", "kind", *_VALUES, "titles", "abstracts", "applicants", "inventors", "representatives",
    "priorities", "related", *_SCHEMES, "claims", "description_words", "sequences", "mark_text", "mark_kind",
    "mark_image", "goods", "designs", "images", "citations", "status", "as_filed",
)  # fmt: skip
"""The header, in this order; the names are those of RECORD."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defused(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula: an apostrophe before = + - @, tab, line ends."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """What `defused` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def row(record: Record) -> list[str]:
    """The cells of a record, in the order of COLUMNS, defused."""
    cells = _cells(record)
    return [defused(cells.get(name, "")) for name in COLUMNS]


def _cells(record: Record) -> dict[str, str]:
    cells = {"right": str(record.right), "kind": str(record.kind), "status": record.status}
    cells |= {name: getattr(record, name) for name in _VALUES}
    cells |= {name: _lines(lines.text(k, t) for k, t in getattr(record, name).items())
              for name in ("titles", "abstracts")}  # fmt: skip
    cells |= {name: _lines(lines.party(p, usual) for p in getattr(record, name)) for name, usual in _USUAL}
    cells["priorities"] = _lines(map(lines.priority, record.priorities))
    cells["related"] = _lines(map(lines.related, record.related))
    cells["citations"] = _lines(map(lines.cited, record.citations))
    cells |= {name: _lines(map(str, getattr(record.classes, name))) for name in _SCHEMES}
    counts = record.as_json()
    for name in ("claims", "description_words"):
        found = counts.get(name)
        if isinstance(found, dict):
            cells[name] = _lines(lines.text(language, str(count)) for language, count in found.items())
    counted = {name: getattr(record, name) for name in ("sequences", "designs", "images")}
    cells |= {name: str(count) for name, count in counted.items() if count}
    if record.mark:
        cells |= {f"mark_{part}": getattr(record.mark, part) for part in ("text", "kind", "image")}
    cells["goods"] = _lines(
        f"{number} {lines.text(language, words)}"
        for number, texts in record.goods.items()
        for language, words in texts.items()
    )
    cells["as_filed"] = _lines(f"{key} = {text}" for key, text in record.as_filed.items())
    return cells


_USUAL = (("applicants", "applicant"), ("inventors", "inventor"), ("representatives", "representative"))


def _lines(values: Iterable[str]) -> str:
    """One value a line; a line end inside a value would begin another."""
    return "\n".join(" ".join(value.splitlines()) for value in values)
