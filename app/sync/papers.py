"""Invitations and answers as files: read whole, written whole, never over another."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import FileRefused, StorageRefused, _
from app.storage import engine
from app.sync import enrolment


def read(file: Path) -> bytes:
    """The bytes of an invitation or answer. Refused when it cannot be read."""
    try:
        with file.open("rb") as source:
            return source.read(enrolment.FILE_MAX + 1)
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}). Nothing was changed.").format(file=file, why=trouble.strerror),
            _("Look at its name and its rights."),
        ) from trouble


def write(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, whole or not at all."""
    if path.exists():
        raise StorageRefused(
            _("{file} exists already and was left as it is.").format(file=path), _("Give another name.")
        )
    waiting = path.with_name(path.name + ".part")
    with engine.plain_troubles(path):
        try:
            with waiting.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
