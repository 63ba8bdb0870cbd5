"""What the stream of a reading is made of."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.findings import Finding
from app.domain.record import Record
from app.errors import OfficeError
from app.standards.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A file or member begins; every event up to Closed is about it. `source` opens its bytes again;
    None where they cannot be had."""

    file: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """It ended. `format` is "" where none was recognised; `refused` is why nothing of it was read."""

    file: str
    format: str
    refused: OfficeError | None = None


Event = Opened | Record | Finding | Closed
