"""Blocks of numbers: who may give out which, and what happens when a block arrives.

The registrar's station answers requests when it synchronises; a station that numbered cases
provisionally gives them their official numbers as soon as it holds a block.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.changes import NOTHING, Changes
from app.errors import RuleRefused, _
from app.history.content import NUMBER
from app.services import recording
from app.services.offices import Office
from app.storage import numbers, register
from app.storage.act import Act


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """One block: `free` is how many of its numbers are left."""

    series: str
    year: int
    first: int
    last: int
    free: int
    station: str
    here: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The series that were asked for."""

    series: tuple[str, ...]
    changes: Changes


def series_of(office: Office) -> tuple[str, ...]:
    """The office's series: one for each right of the law pack, one for each series of letters."""
    letters = dict.fromkeys(recording.letter_series(rule) for rule in office.law.letters.values())
    return (*(f"case-{right}" for right in office.law.rights), *letters)


def listed(office: Office) -> tuple[LeaseLine, ...]:
    """All blocks, with what is left of each."""
    store = office.store
    lines = []
    for lease in numbers.leases(store.db):
        free = lease.last - lease.first + 1 - len(numbers.used(store.db, lease))
        here = (lease.station, lease.incarnation) == (store.station, store.incarnation)
        lines.append(LeaseLine(lease.series, lease.year, lease.first, lease.last, free, lease.station, here))
    return tuple(lines)


def request(office: Office) -> Asked:
    """Ask for a block of every series; the registrar's station answers at its next two syncs.

    Refused at the registrar's own station, which takes its blocks as it needs them.
    """
    store = office.store
    if store.is_registrar:
        raise RuleRefused(
            _("This station gives out the numbers itself; nothing was asked for."),
            _("Other stations ask for numbers and receive blocks at the next exchange."),
            command="lease request",
        )
    wanted = series_of(office)
    with store.act() as act:
        for series in wanted:
            _ask(act, series, office.today.year, store.station, store.incarnation)
    return Asked(wanted, act.changes)


def _ask(act: Act, series: str, year: int, station: str, incarnation: str) -> None:
    value = {"year": year, "station": station, "incarnation": incarnation}
    act.event(f"number:{series}", numbers.ASKED, value)


def grant(office: Office, station: str, incarnation: str) -> Changes:
    """Give a station its first blocks of this year, one of every series. The registrar's station only."""
    with office.store.act() as act:
        for series in series_of(office):
            act.lease(series, office.today.year, station, incarnation)
    return act.changes


def after_sync(office: Office) -> Changes:
    """What a sync makes possible: the registrar answers requests; others replace provisional numbers."""
    if office.store.is_registrar:
        return _answer(office)
    return _make_official(office)


def _answer(office: Office) -> Changes:
    waiting = numbers.open_requests(office.store.db)
    if not waiting:
        return NOTHING
    with office.store.act() as act:
        for asked in waiting:
            act.lease(asked.series, asked.year, asked.station, asked.incarnation, asked.operation)
    return act.changes


def _make_official(office: Office) -> Changes:
    store = office.store
    here = (store.station, store.incarnation)
    waiting = [
        (case_id, right)
        for case_id, right in register.provisional_cases(store)
        if numbers.free(store.db, f"case-{right}", office.today.year, here)
    ]
    if not waiting:
        return NOTHING
    with store.act() as act:
        for case_id, right in waiting:
            if not _numbered_here(act, case_id, store.station):
                continue
            serial = act.number(f"case-{right}", office.today.year, case_id)
            if serial is not None:
                number = office.law.rights[right].series.format(year=office.today.year, serial=serial)
                value = {"number": number, "provisional": False, "on": office.today.isoformat()}
                act.event(f"case:{case_id}", NUMBER, value)
    return act.changes


def _numbered_here(act: Act, case_id: str, station: str) -> bool:
    """Only the station that opened a case numbers it, or two stations would."""
    return any(o.f == NUMBER and o.w == station for o in act.history(case_id).standing)
