"""Where segments are exchanged: what a store must do, what may go wrong, and which address opens which.

A store is never trusted: not its names, its times, nor that something is there or not. It need not
rename, lock or keep order. A file that is read is judged by its content; a file that is written is read
back and compared.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from app.errors import OfficeError, _
from app.sync.layout import Entry

_URL = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Store(Protocol):
    """A folder of files that others can reach too. Paths begin with `ipx1/` and use `/`.

    near   reading costs next to nothing: every file we know is compared anew at each exchange
    """

    address: str
    near: bool

    def open(self, *, make: bool) -> None:
        """Look whether the store is there; `make` it where only its last folder is missing."""

    def list(self, prefix: str) -> list[Entry]:
        """All files below a folder (`ipx1/w/`), in order of their paths; none where it is missing."""

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, never more than `limit` + 1 of them. Raises FileNotFoundError."""

    def write(self, path: str, data: bytes) -> None:
        """Put a whole file in place, durable and read back, when this returns."""

    def remove(self, path: str) -> None:
        """Take away a file of our own that a newer one replaces; nothing when it is gone."""

    def close(self) -> None:
        """Let go of the line, if there is one. Safe to repeat."""

    def tidy(self) -> None:
        """Remove what an interrupted exchange of this station left half-written."""


class StoreTrouble(OfficeError):
    """The store, not the office, stands in the way. Nothing in the office is lost by it; a repeat goes on
    where this one stopped."""


def gone(address: str, why: str = "") -> StoreTrouble:
    """The store vanished: stick pulled, line dropped, folder removed."""
    told = _("{store} is not there any more.").format(store=address)
    if why:
        told = _("{store} does not answer ({why}).").format(store=address, why=why)
    return StoreTrouble(told, _("Plug it in or connect again, then repeat; the rest follows by itself."))


def full(address: str) -> StoreTrouble:
    """No space left."""
    return StoreTrouble(
        _("{store} is full.").format(store=address),
        _("Free some space there, or use another stick, then repeat; the rest follows by itself."),
    )


def barred(address: str, why: str) -> StoreTrouble:
    """Read-only, or no rights."""
    return StoreTrouble(
        _("{store} may not be written or read ({why}).").format(store=address, why=why),
        _("Look at its write-protection and your rights there, then repeat."),
    )


def failing(address: str, path: str) -> StoreTrouble:
    """What was written reads back differently."""
    return StoreTrouble(
        _("{store} gives back other bytes than were written ({path}).").format(store=address, path=path),
        _("The stick or the line may be failing: use another one."),
    )


def store_at(address: str, station: str) -> Store:
    """The store an address names: a folder, or a URL (`webdav://`, `webdav+http://`, `s3://`, `sftp://`).

    station   id of the station that uses it: marks its half-written files as its own
    """
    if not _URL.match(address):
        from app.sync.folder import FolderStore

        return FolderStore(Path(address).expanduser(), station)
    if address.lower().startswith("file://"):
        from urllib.parse import unquote, urlsplit

        from app.sync.folder import FolderStore

        return FolderStore(Path(unquote(urlsplit(address).path)), station)
    from app.sync.remote import RemoteStore

    return RemoteStore(address)
