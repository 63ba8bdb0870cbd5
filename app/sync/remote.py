"""A store reached through fsspec: WebDAV, S3, SFTP, or memory in tests.

One request costs a tenth of a second and more, so files we know are compared by size, and read anew
only when another station says it could not read them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from app.errors import _
from app.sync import stores
from app.sync.layout import Entry

_WEBDAV = {"webdav": "https", "webdavs": "https", "webdav+https": "https", "webdav+http": "http",
           "dav": "https", "davs": "https"}  # fmt: skip
_EXTRAS = {"webdav": "webdav", "s3": "stores", "sftp": "stores", "ssh": "stores"}
# Families of errors the libraries below raise for the world's troubles; anything else is our fault.
_OUTSIDE = frozenset({"httpx", "httpcore", "webdav4", "botocore", "aiohttp", "asyncssh", "aiobotocore"})


class RemoteStore:
    """Files below a URL. Name and password: in the URL, or `$MARULA_STORE_USER`/`$MARULA_STORE_PASSWORD`;
    neither is shown again."""

    near = False

    def __init__(self, url: str) -> None:
        self._url = url
        self.address = _without_password(url)
        self._fs: Any = None
        self._base = ""

    def open(self, *, make: bool) -> None:
        """Connect, and make the folder where it is missing."""
        with self._in_words():
            self._fs, self._base = _filesystem(self._url)
            if self._base and make and not self._fs.exists(self._base):
                self._fs.makedirs(self._base, exist_ok=True)
            self._fs.ls(self._base or "/", detail=False)

    def _path(self, path: str) -> str:
        return f"{self._base}/{path}" if self._base else path

    def list(self, prefix: str) -> list[Entry]:
        """All files below."""
        start = self._path(prefix.strip("/"))
        with self._in_words():
            try:
                self._fs.invalidate_cache()
                found = self._fs.find(start, detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return []
        cut = len(self._base.strip("/")) + 1 if self._base.strip("/") else 0
        names = ((str(name).strip("/")[cut:], info) for name, info in found.items())
        return sorted(
            (Entry(name, int(info.get("size") or 0)) for name, info in names), key=lambda entry: entry.path
        )

    def read(self, path: str, limit: int) -> bytes:
        """The bytes; a server may hand them over in pieces."""
        with self._in_words(path), self._fs.open(self._path(path), "rb") as source:
            pieces, size = [], 0
            while size <= limit and (piece := source.read(limit + 1 - size)):
                pieces.append(piece)
                size += len(piece)
            return b"".join(pieces)

    def write(self, path: str, data: bytes) -> None:
        """Put and read back. A torn file is seen by its size or its hash and put again."""
        with self._in_words(path):
            where = self._path(path)
            try:
                self._fs.pipe_file(where, data)
            except Exception as trouble:
                if not _no_folder(trouble):
                    raise
                self._fs.makedirs(where.rpartition("/")[0], exist_ok=True)
                self._fs.pipe_file(where, data)
        try:
            back = self.read(path, len(data))
        except FileNotFoundError as trouble:
            raise stores.failing(self.address, path) from trouble
        if back != data:
            raise stores.failing(self.address, path)

    def remove(self, path: str) -> None:
        """Take one file away."""
        with self._in_words(path):
            try:
                self._fs.rm_file(self._path(path))
            except FileNotFoundError:
                return

    def close(self) -> None:
        """Hang up."""
        client = getattr(getattr(self._fs, "client", None), "http", None)
        if client is not None:
            client.close()

    def tidy(self) -> None:
        """Nothing to do: no half-written file has a name of its own here."""

    @contextmanager
    def _in_words(self, path: str = "") -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, stores.StoreTrouble):
            raise
        except Exception as trouble:
            if not isinstance(trouble, OSError) and type(trouble).__module__.split(".")[0] not in _OUTSIDE:
                raise
            raise _refusal(self.address, path, trouble) from trouble


def _filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the folder within it."""
    import fsspec

    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    kind = "webdav" if scheme in _WEBDAV else scheme
    try:
        if kind == "webdav":
            from webdav4.fsspec import WebdavFileSystem

            above, _slash, last = parts.path.rstrip("/").rpartition("/")
            base = urlunsplit((_WEBDAV[scheme], _host(parts.netloc), above, "", ""))
            # A file system is remembered by its address; a fresh one sees what others wrote.
            return WebdavFileSystem(base, auth=_who(url), skip_instance_cache=True), unquote(last)
        found, path = fsspec.core.url_to_fs(url)
    except ImportError as trouble:
        raise stores.StoreTrouble(
            _("This installation has no connection to “{scheme}” stores. Nothing was exchanged.").format(
                scheme=scheme
            ),
            _("Install the extra “{extra}”, or use a folder or a stick.").format(
                extra=_EXTRAS.get(kind, "stores")
            ),
        ) from trouble
    except ValueError as trouble:
        raise stores.StoreTrouble(
            _("“{scheme}” is not a kind of store that is known here. Nothing was exchanged.").format(
                scheme=scheme
            ),
            _("Use a folder, webdav://, s3:// or sftp://."),
        ) from trouble
    return found, str(path).rstrip("/")


def _who(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    user = unquote(parts.username or "") or os.environ.get("MARULA_STORE_USER", "")
    password = unquote(parts.password or "") or os.environ.get("MARULA_STORE_PASSWORD", "")
    return (user, password) if user else None


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2]


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, _host(parts.netloc), parts.path, parts.query, ""))


def _no_folder(trouble: Exception) -> bool:
    """Whether a file could not be put because its folder is missing."""
    response = getattr(trouble, "response", None) or getattr(trouble, "_response", None)
    status = getattr(response, "status_code", 0) or getattr(trouble, "status_code", 0)
    return (
        isinstance(trouble, FileNotFoundError) or status in (404, 409) or "Conflict" in type(trouble).__name__
    )


def _refusal(address: str, path: str, trouble: Exception) -> stores.StoreTrouble:
    response = getattr(trouble, "response", None)
    status = getattr(response, "status_code", 0) or getattr(trouble, "status_code", 0)
    words = str(trouble).partition("\n")[0] or type(trouble).__name__
    if status in (401, 403) or isinstance(trouble, PermissionError) or "Forbidden" in type(trouble).__name__:
        return stores.barred(address, words)
    if status == 507 or type(trouble).__name__ == "InsufficientStorage":
        return stores.full(address)
    return stores.gone(address, words)
