"""A file that comes into being whole or not at all: written beside its place, put there at the end."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.errors import OfficeError, StorageRefused, _


@contextmanager
def new_file(out: Path, *, replace: bool = False, command: str = "") -> Iterator[BinaryIO]:
    """A stream to write; on leaving, `out` is what was written, and after an error as it was before.

    Refused where `out` is there already and `replace` is False, and where nothing can be written.

    command   how a file is replaced on the command line, for the refusal
    """
    _refuse_what_stands_there(out, replace, command)
    waiting = out.with_name(f".{out.name[:40]}.{secrets.token_hex(8)}")
    try:
        with waiting.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(waiting, out, replace, command)
    except OSError as why:
        raise _unwritable(out, why) from why
    finally:
        with suppress(OSError):
            waiting.unlink()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_what_stands_there(out: Path, replace: bool, command: str) -> None:
    if out.is_dir() or not out.parent.is_dir():
        raise StorageRefused(
            _("{file} is no place for a file. Nothing was written.").format(file=out),
            _("Name a new file in a folder that is there."),
        )
    if os.path.lexists(out) and not replace:
        raise StorageRefused(
            _("{file} is there already. It was left as it is.").format(file=out),
            _("Name another file, or ask for this one to be replaced."),
            command=command,
        )


def _put_in_place(waiting: Path, out: Path, replace: bool, command: str) -> None:
    """Take the name; without leave to replace, a file that came meanwhile keeps it."""
    if not replace:
        try:
            os.link(waiting, out)
            return
        except OSError:
            # There is one by now; or sticks in FAT, which have no second names for a file.
            _refuse_what_stands_there(out, replace, command)
    waiting.replace(out)


def _unwritable(out: Path, why: OSError) -> OfficeError:
    return StorageRefused(
        _("{file} cannot be written ({why}). Nothing was written.").format(file=out, why=why.strerror or why),
        _("Look at the name, the rights and the space left."),
    )
