"""The statement of a bank as CSV: its columns by name, its amounts and days in the usual forms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from app.errors import FileRefused, _
from app.services import tables
from app.text import fold

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "amount": ("amount", "credit", "montant", "credit amount", "paid in", "المبلغ"),
    "currency": ("currency", "ccy", "devise", "العملة"),
    "reference": ("reference", "text", "description", "details", "narrative", "libelle", "motif", "البيان"),
    "payer": ("payer", "name", "from", "remitter", "ordering party", "donneur d'ordre", "payeur", "الدافع"),
    "id": ("transaction id", "transaction", "id", "bank reference", "reference banque"),
    "value": ("value date", "date de valeur", "valeur", "تاريخ الاستحقاق"),
    "booked": ("booking date", "date", "posting date", "transaction date", "date operation", "التاريخ"),
    "ordered": ("order date", "date of order", "date d'ordre", "ordered"),
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y", "%d.%m.%y")


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line: `on` is the day that counts, `key` what tells it from every other line."""

    line: int
    amount: Decimal
    currency: str
    on: date
    reference: str
    payer: str
    key: str


def read(path: Path, counts: str) -> Iterator[BankLine]:
    """The lines of a statement. `counts` is the day that counts: `ordered`, `value` or `booked`; where the
    table lacks that column, another day of it stands in.

    Refused with the line, and nothing is taken: a table without amount, text or any day; an amount or a day
    that cannot be read.
    """
    text = tables.text_of(path)
    columns = _columns(tables.heading(text, path.name), path.name)
    day = next(name for name in (counts, "value", "booked", "ordered") if name in columns)
    rows = iter(tables.rows(text, path.name))
    next(rows, None)
    return iter([_line(path.name, number, cells, columns, day) for number, cells in rows])


def _columns(heading: list[str], name: str) -> dict[str, int]:
    known = {fold(label): key for key, labels in _COLUMNS.items() for label in labels}
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        if key := known.get(fold(cell.strip())):
            found.setdefault(key, place)
    missing = [key for key in ("amount", "reference") if key not in found]
    if not {"value", "booked", "ordered"} & set(found):
        missing.append("date")
    if missing:
        raise FileRefused(
            _("{file} lacks the columns {columns}. Nothing was booked.").format(
                file=name, columns=", ".join(missing)
            ),
            _("Give the table a heading with amount, reference and date; currency and payer are welcome."),
            line=1,
        )
    return found


def _line(name: str, number: int, cells: list[str], columns: Mapping[str, int], day: str) -> BankLine:
    def cell(key: str) -> str:
        place = columns.get(key, len(cells))
        return " ".join(cells[place].split()) if place < len(cells) else ""

    amount, on = _amount(cell("amount")), _day(cell(day))
    if amount is None or on is None:
        what = cell("amount") if amount is None else cell(day)
        raise FileRefused(
            _("Line {line} of {file}: “{text}” is no {kind}. Nothing was booked.").format(
                line=number, file=name, text=what, kind=_("amount") if amount is None else _("date")
            ),
            _("Put that line right and import the statement again."),
            line=number,
        )
    named = cell("id") or "|".join((on.isoformat(), str(amount), cell("reference"), cell("payer")))
    key = hashlib.sha256(named.encode()).hexdigest()[:32]
    return BankLine(number, amount, cell("currency").upper(), on, cell("reference"), cell("payer"), key)


def _amount(text: str) -> Decimal | None:
    """`1,234.56`, `1.234,56`, `1 234,56`, `120`: the last mark before one or two digits parts the cents."""
    plain = re.sub(r"[\s\u00a0\u202f'’+]", "", text)
    match = re.fullmatch(r"(-?)(\d[\d.,]*?)(?:[.,](\d{1,2}))?", plain)
    if match is None:
        return None
    try:
        return Decimal(f"{match[1]}{re.sub('[.,]', '', match[2])}.{match[3] or '0'}")
    except InvalidOperation:
        return None


def _day(text: str) -> date | None:
    """A day in one of the usual forms; the day comes before the month."""
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10].strip(), form).date()
        except ValueError:
            continue
    return None
