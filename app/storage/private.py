"""What is this station's own: keys, counters, settings. In the database, never in the log."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

# Names others rely on.
OFFICE_KEY = "office-key"  # 32 bytes, the same on every station; names and seals blobs
STATION_SEED = "station-seed"  # 32 bytes, seed of this station's identity
ROOT_SEED = "office-root-seed"  # 32 bytes, only where the office was founded (the registrar's)
OFFICE_ID = "office-id"  # text; the office file must say the same
CLOCK = "clock"  # the hybrid clock's last stamp, text
LAW = "law"  # name of the law pack an office was made with, text
INCARNATION = "incarnation"  # 16 hex, text
OFFICER = "officer"  # text
CLOCK_TRUSTED = "clock-trusted"  # entries until this day (YYYY-MM-DD) come from a clock that was ahead


class Private:
    """Named bytes. `db` gives the connection of the calling thread."""

    def __init__(self, db: Callable[[], Database]) -> None:
        self._db = db

    def get(self, name: str) -> bytes | None:
        """The bytes under `name`, None where there are none."""
        row = self._db().execute("SELECT value FROM private WHERE name = ?", [name]).fetchone()
        return bytes(row[0]) if row else None

    def set(self, name: str, value: bytes) -> None:
        """Keep bytes under a name; part of the transaction that is open, if one is."""
        self._db().execute("INSERT OR REPLACE INTO private (name, value) VALUES (?, ?)", [name, value])

    def text(self, name: str, default: str = "") -> str:
        """The same, as text."""
        found = self.get(name)
        return found.decode() if found is not None else default
