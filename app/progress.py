"""How far, and whether to go on: one protocol for window and command line."""

from __future__ import annotations

from typing import Protocol

from app.errors import Cancelled

__all__ = ["SILENT", "Cancelled", "Progress", "Silent"]


class Progress(Protocol):
    """Told how far a job is.

    done   steps finished, of `total`; `total` is None while it is not known
    note   what is being done now, a few words for a person

    Raises Cancelled when the person asked to stop; the job lets it pass and its
    transaction is rolled back.
    """

    def step(self, done: int, total: int | None = None, note: str = "") -> None: ...


class Silent:
    """Shows nothing and never stops."""

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """Do nothing."""


SILENT = Silent()
