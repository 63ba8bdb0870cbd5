"""An office on this disk: one folder, one database, one shelf of files.

Every thread that asks gets its own connection (SQLite connections are not shared between threads);
writers wait for one another, readers never wait.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from app.domain.changes import Changes
from app.domain.law import LawPack
from app.errors import StorageRefused, _
from app.history import clock
from app.history.content import closed_days
from app.history.operation import GENESIS, BadOperation, Operation
from app.history.registers import History
from app.paths import data_folder
from app.rules.closures import with_office_closures
from app.seal import Derivation, Identity, new_key, subkey
from app.storage import engine, lawpacks, log, migrations, officefile, private, projections
from app.storage.act import Act, new_id
from app.storage.blobs import Blobs
from app.storage.private import Private

DATABASE = "office.db"


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new office folder starts from.

    office_id, office_key   given when the folder joins an office that exists; a joining station has
                            the id at once and the key when it was accepted
    """

    officer: str
    law: str = "model"
    secret: bytes | None = None
    office_id: str = ""
    office_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """How many operations of others were new, and what they touched."""

    applied: int
    changes: Changes


class OfficeStore:
    """The door to one office's data. Make it with `create` or `open`; close it when done."""

    def __init__(self, path: Path, file: officefile.OfficeFile, key: bytes | None) -> None:
        self.path = path
        self.office_id = file.office_id
        self.encrypted = file.derivation is not None
        self._key = key
        self._local = threading.local()
        self._opened: list[Database] = []
        self._law: LawPack | None = None
        self.private = Private(lambda: self.db)
        migrations.bring_up(self.db, path / DATABASE)
        self._load_identity()

    @classmethod
    def create(cls, path: Path, founding: Founding) -> OfficeStore:
        """Make a new office folder. Refused when the folder holds something already."""
        law = lawpacks.find(founding.law, data_folder() / "packs" / "law")
        lawpacks.load(law)
        made = _make_folder(path)
        derivation = Derivation.fresh() if founding.secret else None
        file = officefile.OfficeFile(founding.office_id or new_id(), derivation)
        try:
            key = database_key(derivation, founding.secret)
            with engine.plain_troubles(path):
                db = engine.connect(path / DATABASE, key)
                migrations.bring_up(db, path / DATABASE)
                _write_founding(db, founding, file.office_id, path)
                db.close()
                _bring_law(law, path)
            file.write(path)
            return cls(path, file, key)
        except BaseException:
            _take_back_folder(path, made)
            raise

    @classmethod
    def open(cls, path: Path, secret: bytes | None = None) -> OfficeStore:
        """Open an office. Refused without its passphrase, or when it was made by a newer program."""
        file = officefile.read(path)
        if file.derivation and not secret:
            raise StorageRefused(
                _("The office in {folder} is locked with a passphrase. Nothing was opened.").format(
                    folder=path
                ),
                _("Give the passphrase: in a file named by MARULA_PASSPHRASE_FILE, or when asked."),
            )
        if not (path / DATABASE).is_file():
            raise StorageRefused(
                _("The office in {folder} has lost its database {name}.").format(folder=path, name=DATABASE),
                _("Restore it from a backup, or join the office again from a stick or store."),
            )
        return cls(path, file, database_key(file.derivation, secret))

    def _load_identity(self) -> None:
        seed = self.private.get(private.STATION_SEED)
        if seed is None:
            raise StorageRefused(
                _("The office in {folder} was not made to its end. Nothing was opened.").format(
                    folder=self.path
                ),
                _("Remove the folder and make the office again."),
            )
        if self.private.text(private.OFFICE_ID) != self.office_id:
            raise StorageRefused(
                _("{file} names another office than the database beside it. Nothing was opened.").format(
                    file=self.path / officefile.NAME
                ),
                _("Restore the folder from a backup of the office."),
            )
        self.identity = Identity(seed)
        self.station = self.identity.sign_public.hex()[:32]
        self.incarnation = self.private.text(private.INCARNATION)
        self.officer = self.private.text(private.OFFICER)

    @property
    def db(self) -> Database:
        """The connection of the calling thread."""
        db = getattr(self._local, "db", None)
        if db is None:
            db = engine.connect(self.path / DATABASE, self._key)
            self._local.db = db
            self._opened.append(db)
        return db

    @property
    def blobs(self) -> Blobs:
        """The shelf of files. Refused on a station that was not accepted into the office yet."""
        key = self.private.get(private.OFFICE_KEY)
        if key is None:
            raise StorageRefused(
                _("This station was not accepted by its office yet; it holds no files."),
                _("Bring its answer file to the office, then synchronise."),
            )
        return Blobs(self.path / "blobs", key, sealed=self.encrypted)

    @property
    def is_registrar(self) -> bool:
        """This station founded the office: it gives out blocks of numbers and accepts stations."""
        return self.private.get(private.ROOT_SEED) is not None

    @property
    def law(self) -> LawPack:
        """The law pack in force in this office."""
        if self._law is None:
            named = History(log.of_case(self.db, "")).value(f"office:{self.office_id}", "law") or {}
            name = named.get("pack") or self.private.text(private.LAW, "model")
            pack = lawpacks.load(lawpacks.find(name, self.path / "packs" / "law"))
            self._law = with_office_closures(pack, closed_days(self.office_history()))
        return self._law

    @contextmanager
    def act(self, *, authority: str = "") -> Iterator[Act]:
        """One act = one transaction: all of it is kept, or nothing."""
        act: Act | None = None
        try:
            with engine.writing(self.db, self.path / DATABASE):
                act = Act(self, authority)
                yield act
                act.project()
        except BaseException:
            if act is not None:
                act.take_back_files()
            raise
        if act.changes.kinds & {"office", "calendar"}:
            self._law = None

    def apply(self, raw: Iterable[bytes]) -> Applied:
        """Take in operations of other stations (or our own from before a restore). Idempotent.

        Raises BadOperation, and nothing of the call is kept, when bytes are not an operation.
        """
        applied, cases, kinds = 0, set(), set()
        with engine.writing(self.db, self.path / DATABASE) as db:
            ours = self.private.text(private.CLOCK)
            for content in raw:
                operation = Operation.from_bytes(content)
                if not log.append(db, content, operation):
                    continue
                applied += 1
                ours = clock.heard(ours, operation.h, datetime.now(UTC))
                kinds.add(operation.e.partition(":")[0])
                if operation.case:
                    cases.add(operation.case)
                elif operation.e.startswith("number:"):
                    projections.take_number(db, operation)
            self.private.set(private.CLOCK, ours.encode())
            if kinds & {"office", "calendar"}:
                self._law = None
            for case_id in sorted(cases):
                projections.refresh(db, case_id, self.law)
        return Applied(applied, Changes(frozenset(kinds), frozenset(cases)))

    def heads(self) -> dict[tuple[str, str], log.Head]:
        """The head of every chain, by (station, incarnation)."""
        return log.heads(self.db)

    def after(self, station: str, incarnation: str, n: int) -> Iterator[bytes]:
        """Raw operations of one chain beyond `n`, in order."""
        return log.after(self.db, station, incarnation, n)

    def office_history(self) -> History:
        """The office's own facts: stations, law."""
        return History(log.of_case(self.db, ""))

    def case_history(self, case_id: str) -> History:
        """All operations of one case."""
        return History(log.of_case(self.db, case_id))

    def digest(self) -> str:
        """SHA-256 (hex) over the register's content, equal on stations that hold the same."""
        return projections.digest(self.db)

    def new_incarnation(self) -> None:
        """Go on under a new chain: after a restore from a backup, or when this station was cloned."""
        with engine.writing(self.db, self.path / DATABASE):
            self.incarnation = secrets.token_hex(8)
            self.private.set(private.INCARNATION, self.incarnation.encode())

    def close(self) -> None:
        """Close every connection. The store cannot be used afterwards."""
        for db in self._opened:
            db.close()
        self._opened.clear()
        self._local = threading.local()


def database_key(derivation: Derivation | None, secret: bytes | None) -> bytes | None:
    """The key of the database, None for an office without a passphrase."""
    if derivation is None or secret is None:
        return None
    return subkey(derivation.key(secret), "database")


def _write_founding(db: Database, founding: Founding, office_id: str, path: Path) -> None:
    joining = bool(founding.office_id)
    with engine.writing(db, path / DATABASE):
        own = Private(lambda: db)
        own.set(private.STATION_SEED, new_key())
        own.set(private.INCARNATION, secrets.token_hex(8).encode())
        own.set(private.OFFICE_ID, office_id.encode())
        own.set(private.OFFICER, founding.officer.encode())
        own.set(private.LAW, founding.law.encode())
        if not joining:
            own.set(private.ROOT_SEED, new_key())
        if founding.office_key or not joining:
            own.set(private.OFFICE_KEY, founding.office_key or new_key())


def _bring_law(law: Path, path: Path) -> None:
    """A law pack from the person's shelf goes into the office, which must not hang on that shelf."""
    if law.is_relative_to(data_folder()):
        shutil.copytree(law, path / "packs" / "law" / "-".join(lawpacks.identity(law)))


def _make_folder(path: Path) -> bool:
    """Make the folder, or take an empty one; whether it was made."""
    with engine.plain_troubles(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StorageRefused(
                _("{folder} is not empty. Nothing was made there.").format(folder=path),
                _("Name a new folder for the office."),
            )
        made = not path.exists()
        path.mkdir(parents=True, exist_ok=True)
        return made


def _take_back_folder(path: Path, made: bool) -> None:
    """Leave the folder as empty as it was found, or away where there was none."""
    for name in (DATABASE, DATABASE + "-wal", DATABASE + "-shm", officefile.NAME, officefile.NAME + ".part"):
        (path / name).unlink(missing_ok=True)
    shutil.rmtree(path / "packs", ignore_errors=True)
    if made:
        path.rmdir()


__all__ = ["GENESIS", "Applied", "BadOperation", "Founding", "OfficeStore", "database_key"]
