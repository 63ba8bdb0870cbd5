"""Originals, letters and scans: files named by a keyed hash of their content, sealed in an encrypted
office.

A sealed file is `MRB1` and a row of parts, each `length (4 bytes, big-endian) | sealed part`; a part is
at most 1 MiB of plain bytes and is bound to its place, so that parts cannot be moved or dropped: the
last part is bound to the word `last`. In an office without a passphrase the file is the content.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import OfficeError, StorageRefused, _
from app.seal import NotGenuine, seal, subkey, unseal
from app.storage.engine import disk_refusal

PART = 1 << 20
_MAGIC = b"MRB1"


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that lies in the shelf: its id, SHA-256 and size; `fresh` when it was not there before."""

    id: str
    sha256: str
    bytes: int
    fresh: bool


class Blobs:
    """The shelf `OFFICE/blobs`. `key` is the office's; `sealed` whether files are encrypted."""

    def __init__(self, folder: Path, key: bytes, *, sealed: bool) -> None:
        self.folder = folder
        self._name_key = subkey(key, "blob-name")
        self._seal_key = subkey(key, "blob-seal") if sealed else None

    def put(self, content: bytes | BinaryIO) -> Kept:
        """Keep a content; durable when this returns. The same content again is the same blob."""
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        waiting = self.folder / f"{secrets.token_hex(8)}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            name, sha256, size = self._write(source, waiting)
            target = self.path(name)
            if target.exists():
                return Kept(name, sha256, size, fresh=False)
            target.parent.mkdir(exist_ok=True)
            waiting.replace(target)
            _sync_folder(target.parent)
        except OSError as trouble:
            raise disk_refusal(self.folder, trouble) from trouble
        finally:
            waiting.unlink(missing_ok=True)
        return Kept(name, sha256, size, fresh=True)

    def _write(self, source: BinaryIO, waiting: Path) -> tuple[str, str, int]:
        naming, plain, size = hmac.new(self._name_key, digestmod=hashlib.sha256), hashlib.sha256(), 0
        with waiting.open("xb") as out:
            if self._seal_key:
                out.write(_MAGIC)
            for index, (part, last) in enumerate(_parts(source)):
                naming.update(part)
                plain.update(part)
                size += len(part)
                if self._seal_key:
                    sealed = seal(self._seal_key, part, _place(index, last))
                    out.write(len(sealed).to_bytes(4, "big") + sealed)
                else:
                    out.write(part)
            out.flush()
            os.fsync(out.fileno())
        return naming.hexdigest(), plain.hexdigest(), size

    def get(self, name: str) -> bytes:
        """The content. Refused when it is not here yet, or was damaged."""
        return b"".join(self.parts(name))

    def parts(self, name: str) -> Iterator[bytes]:
        """The content in parts of at most 1 MiB."""
        path = self.path(name)
        try:
            with path.open("rb") as source:
                yield from self._read(source, name)
        except FileNotFoundError as trouble:
            raise StorageRefused(
                _("This document has not arrived on this station yet."),
                _("Synchronise with the store or the stick that carries it."),
            ) from trouble
        except OSError as trouble:
            raise disk_refusal(path, trouble) from trouble

    def _read(self, source: BinaryIO, name: str) -> Iterator[bytes]:
        if not self._seal_key:
            while part := source.read(PART):
                yield part
            return
        if source.read(len(_MAGIC)) != _MAGIC:
            raise _damaged(name)
        index, length = 0, source.read(4)
        while length:
            sealed = source.read(int.from_bytes(length, "big"))
            length = source.read(4)
            try:
                yield unseal(self._seal_key, sealed, _place(index, not length))
            except NotGenuine as trouble:
                raise _damaged(name) from trouble
            index += 1
        if not index:
            raise _damaged(name)

    def has(self, name: str) -> bool:
        """Whether the content is on this station."""
        return self.path(name).is_file()

    def path(self, name: str) -> Path:
        """Where the blob `name` (64 hex digits) lies or would lie."""
        if len(name) != 64 or set(name) - set("0123456789abcdef"):
            raise ValueError("not a blob id")
        return self.folder / name[:2] / name

    def ids(self) -> Iterator[str]:
        """Ids of all contents on this station."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if len(path.name) == 64:
                yield path.name

    def drop(self, name: str) -> None:
        """Remove a content that no operation names (a step that was taken back)."""
        self.path(name).unlink(missing_ok=True)

    def whole(self, name: str, sha256: str) -> bool:
        """Whether the content is here and still is what the log says."""
        check = hashlib.sha256()
        try:
            for part in self.parts(name):
                check.update(part)
        except OfficeError:
            return False
        return check.hexdigest() == sha256


def _parts(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    part = source.read(PART)
    while True:
        following = source.read(PART) if part else b""
        yield part, not following
        if not following:
            return
        part = following


def _place(index: int, last: bool) -> bytes:
    return f"{index}:{'last' if last else 'more'}".encode()


def _damaged(name: str) -> StorageRefused:
    return StorageRefused(
        _("The stored document {name}… is damaged; it was not opened.").format(name=name[:12]),
        _("Synchronise with a station that holds it, or restore it from a backup."),
    )


def _sync_folder(folder: Path) -> None:
    """Make a rename durable where the system lets a folder be synchronised."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
