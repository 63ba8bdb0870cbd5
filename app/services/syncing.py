"""Exchange with other stations through a store, now or by the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.changes import Changes
from app.errors import UsageError, _
from app.progress import SILENT, Progress
from app.services import leases
from app.services.offices import Office

if TYPE_CHECKING:
    from app.sync.exchange import Travels

SETTINGS = "sync-settings"
LAST = "sync-last"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file of the store that was not applied. `healed`: a good copy was put in its place."""

    file: str
    reason: str
    sha256: str
    healed: bool


@dataclass(frozen=True, slots=True)
class TravelItem:
    """`files` files of a kind (`keys`, `changes`, `documents`), `bytes` in all."""

    kind: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class TravelPlan:
    """What an exchange would move: `out` to the store, `back` to this station. `new_store`: the store holds
    nothing of the office yet."""

    store: str
    out: tuple[TravelItem, ...]
    back: tuple[TravelItem, ...]
    bytes_out: int
    bytes_back: int
    waiting: tuple[str, ...]
    new_store: bool = False


@dataclass(frozen=True, slots=True)
class Synced:
    """What an exchange did.

    wrote, read       files put into and taken from the store; `bytes` of both together
    applied           operations of others that were new here; `documents` their files that came
    waiting           who waits for what, in sentences
    conflicts         open conflicts of the office, as `conflict list` gives them
    quarantined       files of the store that were not applied, and why
    forks             stations that went on in two copies
    digest            of the register's content after the exchange
    new_store         nothing of the office lay in the store before; a mistyped name looks like that
    """

    store: str
    wrote: int
    read: int
    applied: int
    documents: int
    bytes: int
    bytes_written: int
    bytes_read: int
    waiting: tuple[str, ...]
    conflicts: tuple[dict[str, Any], ...]
    quarantined: tuple[SetAside, ...]
    forks: tuple[str, ...]
    digest: str
    dry_run: bool = False
    new_store: bool = False
    changes: Changes = field(default_factory=Changes)


def sync(
    office: Office,
    store: str,
    *,
    dry_run: bool = False,
    before: Callable[[TravelPlan], None] | None = None,
    progress: Progress = SILENT,
) -> Synced:
    """Exchange with the store at an address (folder or URL). Safe to repeat and to interrupt.

    dry_run   only count what would travel
    before    told what will travel, before anything does
    Refused when the store cannot be used or stops answering; what was exchanged until then stays.
    """
    if dry_run:
        return _counted(office, plan(office, store, progress=progress))
    from app.sync.exchange import exchange
    from app.sync.exchange import plan as travels
    from app.sync.stores import store_at

    with closing(store_at(_address(store), office.store.station)) as shop:
        if before:
            before(_travel_plan(store, travels(office.store, shop, progress, make=True)))
        done = exchange(office.store, shop, progress)
        follow_up = leases.after_sync(office)
        if follow_up:
            # Numbers given out or made official because of what came travel at once.
            done = done.and_then(exchange(office.store, shop, progress))
    office.store.private.set(LAST, datetime.now().astimezone().isoformat(timespec="seconds").encode())
    return Synced(
        store=store, wrote=done.wrote, read=done.read, applied=done.applied, documents=done.documents,
        bytes=done.bytes_written + done.bytes_read, bytes_written=done.bytes_written,
        bytes_read=done.bytes_read, waiting=tuple(dict.fromkeys(done.waiting)), conflicts=_conflicts(office),
        quarantined=tuple(
            SetAside(_shown(one.file), one.reason, one.sha256, one.healed)
            for one in done.quarantined.values()
        ),
        forks=tuple(done.forks), digest=office.store.digest(), new_store=done.new_store,
        changes=done.changes | follow_up | Changes(frozenset({"sync"})),
    )  # fmt: skip


def plan(office: Office, store: str, *, progress: Progress = SILENT) -> TravelPlan:
    """What an exchange would move, both ways; nothing is written anywhere."""
    from app.sync.exchange import plan as travels
    from app.sync.stores import store_at

    with closing(store_at(_address(store), office.store.station)) as shop:
        return _travel_plan(store, travels(office.store, shop, progress))


def _travel_plan(store: str, found: Travels) -> TravelPlan:
    return TravelPlan(
        store, tuple(TravelItem(*one) for one in found.out), tuple(TravelItem(*one) for one in found.back),
        found.bytes_out, found.bytes_back, found.waiting, found.new_store,
    )  # fmt: skip


def _counted(office: Office, planned: TravelPlan) -> Synced:
    return Synced(
        store=planned.store, wrote=sum(one.files for one in planned.out),
        read=sum(one.files for one in planned.back), applied=0, documents=0,
        bytes=planned.bytes_out + planned.bytes_back, bytes_written=planned.bytes_out,
        bytes_read=planned.bytes_back, waiting=planned.waiting, conflicts=_conflicts(office), quarantined=(),
        forks=(), digest=office.store.digest(), dry_run=True, new_store=planned.new_store,
    )  # fmt: skip


def _shown(path: str) -> str:
    """A stranger's file name as it may stand on a screen: no control signs, no broken letters."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in path)


def _address(store: str) -> str:
    if not store.strip():
        raise UsageError(_("No store was named."), _("Name a folder, a stick or a URL."))
    return store.strip()


def _conflicts(office: Office) -> tuple[dict[str, Any], ...]:
    from app.services import conflicts

    return tuple(asdict(one) for one in conflicts.listed(office))


# -- by the clock ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the window exchanges by itself.

    on             the switch
    store          address of the store
    every_minutes  0: not by the clock
    when_stick     as soon as the stick with the store appears
    when_line      as soon as a network store can be reached again
    """

    on: bool = False
    store: str = ""
    every_minutes: int = 30
    when_stick: bool = True
    when_line: bool = True


def due(
    schedule: Schedule, now: datetime, last: datetime | None, *, stick: bool = False, line: bool = False
) -> str:
    """Why an exchange should start now (`clock`, `stick`, `line`), "" when it should not.

    last    when the last one ended, None for never
    stick   the stick with the store has just appeared; line: the network has just come back
    """
    if not schedule.on or not schedule.store:
        return ""
    if stick and schedule.when_stick:
        return "stick"
    if line and schedule.when_line:
        return "line"
    if schedule.every_minutes <= 0:
        return ""
    # A clock that was set back must not stop the exchange until it has caught up.
    if last is None or last > now or now - last >= timedelta(minutes=schedule.every_minutes):
        return "clock"
    return ""


def schedule(office: Office) -> Schedule:
    """This station's own settings; they never travel."""
    kept = office.store.private.get(SETTINGS)
    found = json.loads(kept) if kept else {}
    return replace(Schedule(), **{name: found[name] for name in asdict(Schedule()) if name in found})


def set_schedule(office: Office, wanted: Schedule) -> Schedule:
    """Keep the settings. Refused for a negative time."""
    if wanted.every_minutes < 0:
        raise UsageError(_("The time between two exchanges is less than nothing."), _("Give minutes, or 0."))
    office.store.private.set(SETTINGS, as_bytes(wanted))
    return wanted


def as_bytes(wanted: Schedule) -> bytes:
    """The settings as they are kept."""
    return json.dumps(asdict(wanted)).encode()


def last_sync(office: Office) -> datetime | None:
    """When this station last ended an exchange, with its time zone; None for never."""
    kept = office.store.private.text(LAST)
    return datetime.fromisoformat(kept) if kept else None


@dataclass(frozen=True, slots=True)
class Volume:
    """A mounted stick: `path` and the `name` a person knows it by; `store` whether the store lies on it."""

    path: str
    name: str
    store: bool


def sticks(store: str = "") -> tuple[Volume, ...]:
    """The removable volumes mounted now."""
    from app.sync import drives

    found = drives.mounted()
    on = drives.holding(found, store) if store else None
    return tuple(Volume(drive.path, drive.name, drive == on) for drive in found)
