"""The office as a whole: make, open, check, rebuild, back up, restore."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app import __version__
from app.domain.changes import Changes
from app.domain.law import LawPack
from app.errors import OfficeError, UsageError, _
from app.progress import SILENT, Progress
from app.rules import clocks
from app.storage import backups, checking, log, officefile, private, projections
from app.storage.office import Founding, OfficeStore
from app.text import clean

if TYPE_CHECKING:
    from app.services.indexes import IndexState


LONGEST_NAME = 200


class Office:
    """An open office and the day it is. Services take it first; nothing else holds a connection."""

    def __init__(self, store: OfficeStore, today: date | None = None) -> None:
        self.store = store
        self._today = today

    @property
    def path(self) -> Path:
        """The office folder."""
        return self.store.path

    @property
    def law(self) -> LawPack:
        """The law pack in force."""
        return self.store.law

    @property
    def today(self) -> date:
        """The day all reckoning starts from."""
        return self._today or date.today()

    def newest_entry(self) -> date | None:
        """The day (UTC) of the newest operation in the log, None in an empty one."""
        stamp = log.newest(self.store.db)
        try:
            return date.fromisoformat(stamp[:10])
        except ValueError:
            return None

    def refuse_jumped_clock(self) -> None:
        """Raises RuleRefused when this machine's clock cannot be believed; a day that was given is."""
        if self._today is None:
            clocks.refuse(self.today, self.newest_entry(), trusted_until(self))

    def close(self) -> None:
        """Close it. Safe to repeat."""
        self.store.close()

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def trusted_until(office: Office) -> date | None:
    """Entries up to this day were said to come from a clock that was ahead; None where nobody said so."""
    text = office.store.private.text(private.CLOCK_TRUSTED)
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class StationLine:
    """One station of the office as the log knows it."""

    id: str
    officer: str
    operations: int
    here: bool


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """What `office status` tells. `unsynced` counts operations no other station or store has yet."""

    path: str
    office_id: str
    version: str
    law: str
    officer: str
    station: str
    encrypted: bool
    operations: int
    cases: int
    digest: str
    unsynced: int
    conflicts: int
    stations: tuple[StationLine, ...]
    indexes: tuple[IndexState, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """`problems` is empty for a whole office; `rebuild_helps` when only the tables differ from the log."""

    ok: bool
    operations: int
    documents: int
    problems: tuple[str, ...]
    rebuild_helps: bool = False


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`same`: the tables had these very bytes before."""

    cases: int
    digest: str
    same: bool
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Where the backup lies, its size in bytes and SHA-256."""

    file: str
    bytes: int
    sha256: str


def init_office(
    path: Path,
    *,
    law: str = "model",
    officer: str | None = None,
    secret: bytes | None = None,
    today: date | None = None,
) -> Office:
    """Make a new office in the folder `path` and open it.

    secret   passphrase: the office is encrypted from its first byte
    Refused when the folder is not empty or the law pack is unknown.
    """
    store = OfficeStore.create(path, Founding(officer=officer_name(officer), law=law, secret=secret))
    pack = store.law
    entity = f"office:{store.office_id}"
    with store.act() as act:
        act.set(entity, "law", {"pack": pack.name, "version": pack.version})
        act.event(f"officer:{store.station}", "joined", {"name": store.officer, "role": "registrar"})
    return Office(store, today)


def officer_name(given: str | None) -> str:
    """The officer's name: as given, else the login name."""
    try:
        name = clean((given or "").encode().decode())
    except UnicodeEncodeError as trouble:
        raise UsageError(
            _("The officer's name holds half a character."), _("Give it anew, in UTF-8.")
        ) from trouble
    if given is not None and not name:
        raise UsageError(
            _("The officer's name is empty."),
            _("Give the name of whoever works here."),
            command="office init FOLDER --officer NAME",
        )
    if len(name) > LONGEST_NAME:
        raise UsageError(
            _("The officer's name is longer than {n} characters. Nothing was made.").format(n=LONGEST_NAME),
            _("Give the name as it should stand beside each entry."),
        )
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return _("officer")


def open_office(path: Path, *, secret: bytes | None = None, today: date | None = None) -> Office:
    """Open the office in the folder `path`."""
    return Office(OfficeStore.open(path, secret), today)


def needs_secret(path: Path) -> bool:
    """Whether the office in `path` is locked with a passphrase; False where there is no office."""
    try:
        return officefile.read(path).derivation is not None
    except OfficeError:
        return False


def remembered_secret(path: Path) -> bytes | None:
    """The passphrase a person put into the system's keyring for this office, None without one."""
    from app.storage import keyrings

    return keyrings.remembered(officefile.read(path).office_id)


def status(office: Office) -> OfficeStatus:
    """What the office holds, in figures."""
    from app.services import indexes

    store = office.store
    counted = checking.counts(store)
    return OfficeStatus(
        path=str(office.path), office_id=store.office_id, version=__version__,
        law=f"{office.law.name} {office.law.version}", officer=store.officer, station=store.station,
        encrypted=store.encrypted, operations=counted.operations, cases=counted.cases,
        digest=store.digest(), unsynced=counted.unsynced, conflicts=counted.conflicts,
        stations=tuple(
            StationLine(w, officer, n, w == store.station) for w, officer, n in checking.stations(store)
        ),
        indexes=indexes.states(office.path),
    )  # fmt: skip


def verify(office: Office, *, progress: Progress = SILENT) -> Verified:
    """Check the chains of the log, the projections, the database file and every document's hash."""
    checked = checking.check(office.store, progress)
    return Verified(
        not checked.problems, checked.operations, checked.documents, checked.problems, checked.rebuild_helps
    )


def rebuild(office: Office, *, progress: Progress = SILENT) -> Rebuilt:
    """Make all tables anew from the log, and the indexes of the collections that are behind."""
    store = office.store
    before = projections.dump(store.db)
    cases = checking.rebuild(store, progress)
    same = projections.dump(store.db) == before
    from app.services import indexes

    indexes.catch_up(office.path, progress=progress)
    return Rebuilt(cases, store.digest(), same, Changes(frozenset({"case", "collection"})))


def backup(office: Office, file: Path, *, progress: Progress = SILENT) -> BackedUp:
    """Write the whole office into one file; an encrypted office stays encrypted in it."""
    written = backups.write(office.store, file, progress)
    return BackedUp(str(file), written.bytes, written.sha256)


def backup_needs_secret(file: Path) -> bool:
    """Whether the backup is of an office locked with a passphrase; False where it is no backup."""
    return backups.locked(file)


def restore(file: Path, folder: Path, *, secret: bytes | None = None, progress: Progress = SILENT) -> Office:
    """Make an office folder from a backup. It goes on under a new incarnation, so that what the lost
    office wrote after the backup is read back from the others without a clash."""
    backups.unpack(file, folder, progress)
    try:
        store = OfficeStore.open(folder, secret)
        store.new_incarnation()
    except BaseException:
        # Left there under the old incarnation it would write what the lost office has written already.
        backups.remove(folder)
        raise
    return Office(store)
