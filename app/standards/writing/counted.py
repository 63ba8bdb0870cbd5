"""JSON: the RECORD of the command line, one document that is a list, written as the records come."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import BinaryIO

from app.domain.findings import Finding
from app.domain.record import NamedParty, Record


class JsonList:
    """`[RECORD, …]` in UTF-8, one record a line."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._records = 0
        out.write(b"[")

    def write(self, record: Record) -> Record:
        """Write one; what the list holds of it."""
        # Half of a surrogate pair is no character; what is left of a broken one becomes a question mark.
        raw = json.dumps(record.as_json(), ensure_ascii=False).encode("utf-8", "replace")
        self._out.write((b",\n" if self._records else b"\n") + raw)
        self._records += 1
        return counted(record)

    def close(self) -> tuple[Finding, ...]:
        """End the list."""
        self._out.write(b"\n]\n")
        return ()


def counted(record: Record) -> Record:
    """What a form with counts instead of texts holds."""
    return replace(
        record, claims={}, descriptions={}, image_names=(),
        applicants=tuple(_short(p) for p in record.applicants),
        inventors=tuple(replace(_short(p), role=p.role) for p in record.inventors),
        representatives=tuple(_short(p) for p in record.representatives),
    )  # fmt: skip


def _short(party: NamedParty) -> NamedParty:
    return replace(party, address="")
