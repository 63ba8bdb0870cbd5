"""The law in force and the days the office was closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.services.closures import Closed
    from app.services.offices import Office


@dataclass(frozen=True, slots=True)
class Closing:
    """Days to be entered as closed, by what instrument, in which calendar."""

    days: tuple[date, ...]
    instrument: str
    calendar: str = "office"


def entered(office: Office, progress: Progress) -> tuple[tuple[str, date, str], ...]:
    """The days this office entered: calendar, day, instrument."""
    from app.services import closures

    return closures.entered(office)


def close(office: Office, progress: Progress, wanted: Closing, dry_run: bool) -> Closed:
    """Enter days and move the limits that end on them; or only list them."""
    from app.services import closures

    return closures.close(
        office, wanted.days, wanted.instrument, calendar=wanted.calendar, dry_run=dry_run, progress=progress
    )


def notices(office: Office, progress: Progress, closed: Closed, folder: Path) -> Sequence[Path]:
    """Draft the letters that tell of the new last days."""
    from app.services import closures

    return closures.notices(office, closed, folder, progress=progress)
