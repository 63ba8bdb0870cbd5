"""One exchange of an office at a time on this computer: a lock on a file in the office folder, which the
system drops by itself when the program ends, however it ends. Never a lock in the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import StorageRefused, _

NAME = "exchange.lock"


@contextmanager
def our_turn(folder: Path) -> Iterator[None]:
    """Hold the lock. Refused when another exchange of this office is running."""
    try:
        lock = (folder / NAME).open("ab")
    except OSError as trouble:
        raise StorageRefused(
            _("{folder} cannot be written ({why}). Nothing was exchanged.").format(
                folder=folder, why=trouble.strerror
            ),
            _("Look at the free space and the rights of this folder, then try again."),
        ) from trouble
    with lock:
        try:
            _take(lock)
        except OSError as trouble:
            raise StorageRefused(
                _("Another exchange of this office is running on this computer. Nothing was changed."),
                _("Wait until it has ended, then repeat if there is something left to do."),
            ) from trouble
        yield


def _take(lock: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        lock.seek(0)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
