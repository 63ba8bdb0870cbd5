"""A file that comes into being whole or not at all: written beside its place, put there at the end."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.errors import OfficeError, StorageRefused, _


@contextmanager
def new_file(out: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A stream to write; on leaving, `out` is what was written, and after an error as it was before.

    Refused where `out` is there already and `replace` is False, and where nothing can be written.
    """
    _refuse_what_stands_there(out, replace)
    waiting: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name[:40]}.", dir=out.parent)
        waiting = Path(name)
        _usual_rights(waiting)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(waiting, out, replace)
    except OSError as why:
        raise _unwritable(out, why) from why
    finally:
        if waiting is not None:
            with suppress(FileNotFoundError):
                waiting.unlink()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _usual_rights(waiting: Path) -> None:
    """A temporary file is for its owner alone; a document has the rights any new file has."""
    mask = os.umask(0)
    os.umask(mask)
    with suppress(OSError):
        waiting.chmod(0o666 & ~mask)


def _refuse_what_stands_there(out: Path, replace: bool) -> None:
    if out.is_dir() or not out.parent.is_dir():
        raise StorageRefused(
            _("{file} is no place for a file. Nothing was written.").format(file=out),
            _("Name a new file in a folder that is there."),
        )
    if os.path.lexists(out) and not replace:
        raise StorageRefused(
            _("{file} is there already. It was left as it is.").format(file=out),
            _("Name another file, or ask for this one to be replaced."),
            command="export … --replace",
        )


def _put_in_place(waiting: Path, out: Path, replace: bool) -> None:
    """Take the name; without leave to replace, a file that came meanwhile keeps it."""
    if not replace:
        try:
            os.link(waiting, out)
            return
        except FileExistsError:
            _refuse_what_stands_there(out, replace)
        except OSError:
            # Sticks in FAT have no second names for a file.
            _refuse_what_stands_there(out, replace)
    waiting.replace(out)


def _unwritable(out: Path, why: OSError) -> OfficeError:
    return StorageRefused(
        _("{file} cannot be written ({why}). Nothing was written.").format(file=out, why=why.strerror or why),
        _("Look at the name, the rights and the space left."),
    )
