"""The office together: stations, exchange, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.dossier import Conflict
from app.progress import Progress

if TYPE_CHECKING:
    from app.services.conflicts import Settled
    from app.services.offices import Office
    from app.services.stations import Accepted, Invited, Station
    from app.services.syncing import Schedule, Synced, TravelPlan, Volume


@dataclass(frozen=True, slots=True)
class Picture:
    """What the room shows: stations, the settings, the last exchange, sticks, what is only here."""

    stations: tuple[Station, ...]
    schedule: Schedule
    last: datetime | None
    sticks: tuple[Volume, ...]
    unsynced: int
    registrar: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What the clock found: why an exchange is due ("" when none is), where, and the stick's presence."""

    why: str
    store: str
    stick: bool


def picture(office: Office, progress: Progress) -> Picture:
    """Everything the room shows but the conflicts."""
    from app.services import offices, stations, syncing

    schedule = syncing.schedule(office)
    return Picture(
        stations.listed(office),
        schedule,
        syncing.last_sync(office),
        syncing.sticks(schedule.store),
        offices.status(office).unsynced,
        office.store.is_registrar,
    )


def turn(
    office: Office, progress: Progress, *, had_stick: bool, line: bool, tried: datetime | None, now: datetime
) -> Turn:
    """Whether an exchange is due now. `had_stick`: the stick was there at the last look."""
    from app.services import syncing

    schedule = syncing.schedule(office)
    stick = any(volume.store for volume in syncing.sticks(schedule.store)) if schedule.on else False
    last = syncing.last_sync(office)
    seen = max((t for t in (last, tried) if t is not None), default=None)
    why = syncing.due(schedule, now, seen, stick=stick and not had_stick, line=line)
    return Turn(why, schedule.store, stick)


def plan(office: Office, progress: Progress, store: str) -> TravelPlan:
    """What would travel."""
    from app.services import syncing

    return syncing.plan(office, store, progress=progress)


def sync(office: Office, progress: Progress, store: str) -> Synced:
    """Exchange with a store."""
    from app.services import syncing

    return syncing.sync(office, store, progress=progress)


def schedule(office: Office, progress: Progress) -> Schedule:
    """This station's settings."""
    from app.services import syncing

    return syncing.schedule(office)


def set_schedule(office: Office, progress: Progress, wanted: Wanted) -> Schedule:
    """Keep this station's settings."""
    from app.services import syncing

    kept = syncing.Schedule(
        wanted.on, wanted.store, wanted.every_minutes, wanted.when_stick, wanted.when_line
    )
    return syncing.set_schedule(office, kept)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The settings of the exchange as the person wants them."""

    on: bool
    store: str
    every_minutes: int
    when_stick: bool
    when_line: bool


def conflicts(office: Office, progress: Progress) -> tuple[Conflict, ...]:
    """Open conflicts."""
    from app.services import conflicts as service

    return service.listed(office)


def settle(office: Office, progress: Progress, conflict_id: str, keep: str, reason: str) -> Settled:
    """End a conflict."""
    from app.services import conflicts as service

    return service.settle(office, conflict_id, keep=keep, reason=reason)


def invite(office: Office, progress: Progress, out: Path, store: str) -> Invited:
    """Write an invitation."""
    from app.services import stations

    return stations.invite(office, out, store=store)


def accept(office: Office, progress: Progress, file: Path) -> Accepted:
    """Put a station on the list; the words were compared."""
    from app.services import stations

    return stations.accept(office, file)


def words_of(office: Office, progress: Progress, file: Path) -> tuple[str, str]:
    """Officer and words of an answer, for comparing aloud. Nothing is changed."""
    from app.errors import RuleRefused
    from app.services import stations

    asked: list[tuple[str, str]] = []

    def look(applicant: stations.Applicant) -> bool:
        asked.append((applicant.officer, applicant.words))
        return False

    try:
        done = stations.accept(office, file, agree=look)
    except RuleRefused:
        if not asked:
            raise
        return asked[0]
    return done.officer, done.words


def revoke(office: Office, progress: Progress, station: str, reason: str) -> Station:
    """Take a station off the list."""
    from app.services import stations

    return stations.revoke(office, station, reason=reason)
