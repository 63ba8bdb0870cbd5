"""CSV: one row a record under the names of RECORD, UTF-8, cells defused."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards.source import Notes
from app.standards.writing import cells


class Table:
    """Rows as RFC 4180 has them."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._row(list(cells.COLUMNS))

    def write(self, record: Record) -> Record:
        """Write one; what the reader of this table makes of the row."""
        from app.standards.lists import record_table as reader

        row = cells.row(record)
        self._row(row)
        return reader.record_of(reader.named(row), Notes()) or record

    def close(self) -> tuple[Finding, ...]:
        """Nothing stands behind the last row."""
        return ()

    def _row(self, row: list[str]) -> None:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        self._out.write(line.getvalue().encode("utf-8", "replace"))
