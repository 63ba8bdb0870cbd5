"""Connections to SQLite: pragmas, the key, and troubles of the disk in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite3
from sqlite_utils import Database

from app.errors import OfficeError, StorageRefused, _

DatabaseError = sqlite3.DatabaseError
WAIT_SECONDS = 15.0

_SETTINGS = (
    "PRAGMA cipher_log_level = NONE",  # it would write to standard error; troubles are told in words
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)


def connect(path: Path, key: bytes | None = None) -> Database:
    """A connection to `path`, encrypted by the 32-byte `key` where there is one.

    Refused (StorageRefused) when the file is no database, the key is wrong, or the disk says no.
    """
    with plain_troubles(path):
        connection = sqlite3.connect(str(path), timeout=WAIT_SECONDS, check_same_thread=False)
        try:
            if key is not None:
                # A pragma takes no parameters; the key is 64 hex digits made here.
                connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for setting in _SETTINGS:
                connection.execute(setting)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        connection.isolation_level = None
        return Database(connection, execute_plugins=False)


@contextmanager
def writing(db: Database, path: Path) -> Iterator[Database]:
    """One transaction that holds the write lock from its start; rolled back on any trouble."""
    with plain_troubles(path):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


@contextmanager
def plain_troubles(path: Path) -> Iterator[None]:
    """Turn what the disk or another program does into a refusal; our own faults pass unchanged."""
    try:
        yield
    except OfficeError:
        raise
    except sqlite3.Error as trouble:
        refusal = _refusal(path, trouble)
        if refusal is None:
            raise
        raise refusal from trouble
    except OSError as trouble:
        raise disk_refusal(path, trouble) from trouble


def disk_refusal(path: Path, trouble: OSError) -> StorageRefused:
    """An OSError in words."""
    return StorageRefused(
        _("{path} could not be used ({why}). Nothing was changed.").format(
            path=trouble.filename or path, why=trouble.strerror or trouble
        ),
        _("Look at the free space and the rights of this folder, then try again."),
    )


def _refusal(path: Path, trouble: sqlite3.Error) -> StorageRefused | None:
    words = str(trouble)
    if "locked" in words or "busy" in words:
        return StorageRefused(
            _("Another copy of the program is writing to this office. Nothing was changed."),
            _("Try again in a minute; if it stays, close the program on the other desk."),
        )
    if "not a database" in words or "encrypted" in words:
        return StorageRefused(
            _("{path} does not open with this passphrase, or is not an office. Nothing was changed.").format(
                path=path
            ),
            _("Check the passphrase; if it is right, restore the office from a backup."),
        )
    if "malformed" in words or "corrupt" in words:
        return StorageRefused(
            _("The database {path} is damaged. Nothing was changed.").format(path=path),
            _("Restore the office from a backup, or join it again from a stick or store."),
        )
    if "full" in words:
        return StorageRefused(
            _("The disk is full. The last step was taken back; everything before it is kept."),
            _("Free some space, then repeat the step."),
        )
    if "readonly" in words or "unable to open" in words or "disk I/O" in words:
        return StorageRefused(
            _("{path} cannot be written ({why}). Nothing was changed.").format(path=path, why=words),
            _("Look at the free space and the rights of this folder, then try again."),
        )
    return None
