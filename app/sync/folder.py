"""A store that is a plain folder: USB stick, mounted share, disk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import _
from app.sync import stores
from app.sync.layout import TOP, Entry

_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_BARRED = {errno.EROFS, errno.EACCES, errno.EPERM}
_DEPTH = 6


class FolderStore:
    """Files below one folder. Links are never followed; a half-written file ends in `.<station>.tmp`."""

    near = True

    def __init__(self, root: Path, station: str) -> None:
        self.root = root
        self.address = str(root)
        self._mark = f".{station[:12]}.tmp"
        self._identity: tuple[int, int] | None = None

    def open(self, *, make: bool) -> None:
        """Find the folder, and remember which one it is: after a stick was pulled the same path may be an
        empty folder of the computer's own disk."""
        with self._in_words():
            if not self.root.exists() and self.root.parent.is_dir() and make:
                self.root.mkdir()
            if not self.root.is_dir():
                raise stores.StoreTrouble(
                    _("{store} is not a folder that can be reached. Nothing was exchanged.").format(
                        store=self.address
                    ),
                    _("Plug the stick in or connect the share, and look at the name."),
                )
            found = self.root.stat()
            self._identity = (found.st_dev, found.st_ino)

    def _still_there(self) -> None:
        try:
            found = self.root.stat()
        except OSError as trouble:
            raise stores.gone(self.address) from trouble
        if self._identity != (found.st_dev, found.st_ino):
            raise stores.gone(self.address)

    def list(self, prefix: str) -> list[Entry]:
        """All plain files below, whatever the case of their folders' names."""
        self._still_there()
        wanted = prefix.strip("/").split("/")
        with self._in_words():
            return sorted(_files(str(self.root), "", wanted, 0), key=lambda entry: entry.path)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes, through no link."""
        with self._in_words(path):
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            handle = os.open(f"{self.address}/{path}", flags)
            try:
                found = os.fstat(handle)
                if not stat.S_ISREG(found.st_mode):
                    raise FileNotFoundError(errno.ENOENT, "not a plain file", path)
                return _all(handle, min(limit, found.st_size) + 1)
            finally:
                os.close(handle)

    def write(self, path: str, data: bytes) -> None:
        """Write beside, flush to the disk, rename, open again and compare."""
        self._still_there()
        try:
            with self._in_words(path):
                self._replace(self._folder(path), self.root / path, data)
            back = self.read(path, len(data))
        except FileNotFoundError as trouble:
            raise stores.gone(self.address, trouble.strerror or "") from trouble
        if back != data:
            raise stores.failing(self.address, path)

    def _replace(self, folder: Path, target: Path, data: bytes) -> None:
        waiting = target.with_name(target.name + self._mark)
        try:
            self._put(waiting, data)
            waiting.replace(target)
        except BaseException:
            _forget(waiting)
            raise
        _flush(folder)

    def _put(self, waiting: Path, data: bytes) -> None:
        flags = (
            os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(os.open(waiting, flags, 0o644), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())

    def _folder(self, path: str) -> Path:
        """The folder of `path`, made where missing; a link in its place is refused."""
        here = self.root
        for name in path.split("/")[:-1]:
            here = here / name
            try:
                found = here.lstat()
            except FileNotFoundError:
                here.mkdir(exist_ok=True)
                continue
            if not stat.S_ISDIR(found.st_mode):
                raise stores.StoreTrouble(
                    _("{path} in the store is not a folder. Nothing was written through it.").format(
                        path=here
                    ),
                    _("Remove it from the store, or use another folder."),
                )
        return here

    def remove(self, path: str) -> None:
        """Take one file away."""
        with self._in_words(path):
            (self.root / path).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing to let go of."""

    def tidy(self) -> None:
        """Remove what an interrupted exchange of this station left half-written."""
        with self._in_words():
            for entry in _files(str(self.root), "", [TOP], 0):
                if entry.path.endswith(self._mark):
                    (self.root / entry.path).unlink(missing_ok=True)

    @contextmanager
    def _in_words(self, path: str = "") -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            self._still_there()
            raise
        except OSError as trouble:
            raise _refusal(self.address, path, trouble) from trouble


def _all(handle: int, most: int) -> bytes:
    """At most `most` bytes; the system may hand over a file in pieces."""
    data = os.read(handle, most)
    while data and len(data) < most and (piece := os.read(handle, most - len(data))):
        data += piece
    return data


def _files(root: str, below: str, wanted: list[str], depth: int) -> Iterator[Entry]:
    """Plain files of `root`/`below`; the first folders must be called `wanted`, in any case."""
    if depth > _DEPTH:
        return
    try:
        with os.scandir(Path(root, below)) as entries:
            found = list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in found:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth >= len(wanted) or entry.name.lower() == wanted[depth]:
                yield from _files(root, path, wanted, depth + 1)
        elif depth >= len(wanted) and entry.is_file(follow_symlinks=False):
            # Another station may take its old statement away between the two calls.
            with suppress(FileNotFoundError):
                yield Entry(path, entry.stat(follow_symlinks=False).st_size)


def _refusal(address: str, path: str, trouble: OSError) -> stores.StoreTrouble:
    if trouble.errno in _GONE:
        return stores.gone(address, trouble.strerror or "")
    if trouble.errno in _FULL:
        return stores.full(address)
    if trouble.errno in _BARRED:
        return stores.barred(address, trouble.strerror or "")
    return stores.StoreTrouble(
        _("{store} could not be used ({why}).").format(
            store=f"{address}/{path}" if path else address, why=trouble.strerror or trouble
        ),
        _("Look at the stick or share, then repeat; the rest follows by itself."),
    )


def _forget(waiting: Path) -> None:
    """Take the half-written file away where the store still lets us; the next exchange tidies up."""
    try:
        waiting.unlink(missing_ok=True)
    except OSError:
        return


def _flush(folder: Path) -> None:
    """Make the rename durable where the system lets a folder be synchronised."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as trouble:
        # Some network file systems do not know it; the file itself was flushed before.
        if trouble.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
