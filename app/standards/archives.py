"""ZIP, TAR and GZIP read as a row of members, with every trick of hostile archives refused in words."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from app.errors import FileRefused, OfficeError, _
from app.standards import refusals
from app.standards.source import HEAD_BYTES, Source

READ_TROUBLE = (
    OSError, EOFError, zlib.error, zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, lzma.LZMAError,
    NotImplementedError,
)  # fmt: skip
"""What a damaged disk or archive raises while it is read."""
DEEPEST = 4
MOST_MEMBERS = 200_000
LARGEST_MEMBER = 8 * 1024**3
LARGEST_ARCHIVE = 64 * 1024**3
BOMB_RATIO = 400
"""Deflated text reaches 1:30; no honest member beyond `BOMB_FROM` bytes shrinks more than this."""
BOMB_FROM = 64 * 1024**2
IN_MEMORY = 48 * 1024**2
"""An archive in an archive is held in memory up to this size; nothing is written to disk."""

_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|clock\$)(\..*)?$")
_JUNK = re.compile(r"^(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|\.Spotlight.*|\.Trash.*)$", re.I)
_PACKED_DOCUMENT = (
    b"[Content_Types].xml", b"mimetypeapplication/", b"META-INF/MANIFEST.MF", b"docProps/app.xml",
    b"docProps/core.xml", b"xl/workbook.xml", b"xl/worksheets/", b"_rels/.rels",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Locked:
    """A member that cannot be read."""

    name: str
    refusal: OfficeError


def is_junk(name: str) -> bool:
    """What file managers leave behind; no entry of a delivery."""
    return bool(_JUNK.match(name))


def kind_of(head: bytes) -> str | None:
    """`zip`, `tar` or `gzip` by content; word processor and spreadsheet files are documents, not archives."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")):
        return None if any(mark in head[:2000] for mark in _PACKED_DOCUMENT) else "zip"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    return None


def members(source: Source, kind: str) -> Iterator[Source | Locked]:
    """The members in the order of the archive. May raise one of `READ_TROUBLE`."""
    if kind == "zip":
        yield from _zip(source)
    elif kind == "tar":
        yield from _tar(source)
    else:
        yield from _gzip(source)


def _zip(source: Source) -> Iterator[Source | Locked]:
    with seekable(source) as stream, listed(stream) as archive:
        total = 0
        for count, info in enumerate(archive.infolist()):
            name = f"{source.name}!{_shown(info.filename)}"
            parts = info.filename.replace("\\", "/").split("/")
            if info.is_dir() or any(is_junk(part) for part in parts):
                continue
            total += info.file_size
            if count >= MOST_MEMBERS or total > LARGEST_ARCHIVE:
                yield Locked(name, refusals.too_much(source))
                return
            refusal = _zip_refusal(info, source)
            if refusal is not None:
                yield Locked(name, refusal)
                continue
            yield _member(name, info.file_size, _zip_opener(archive, info, source), source)


def listed(stream: BinaryIO) -> zipfile.ZipFile:
    """A ZIP with its list of contents read. Raises one of `READ_TROUBLE`."""
    try:
        return zipfile.ZipFile(stream)
    except (ValueError, IndexError, struct.error, RuntimeError) as trouble:
        # Lists of contents with lengths that point nowhere end in one of these.
        raise zipfile.BadZipFile(str(trouble)) from trouble


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> Callable[[], BinaryIO]:
    """A door to a member; once the archive has been gone through, it is opened anew for it."""

    def opened() -> BinaryIO:
        limit = max(BOMB_FROM, info.compress_size * BOMB_RATIO)
        if archive.fp is not None:
            return cast(BinaryIO, io.BufferedReader(_Counted(archive.open(info), limit), 131_072))
        under = seekable(source)
        try:
            member = listed(under).open(info)
        except BaseException:
            under.close()
            raise
        return cast(BinaryIO, io.BufferedReader(_Counted(member, limit, under), 131_072))

    return opened


def _zip_refusal(info: zipfile.ZipInfo, source: Source) -> OfficeError | None:
    shown = _shown(info.filename)
    mode = info.external_attr >> 16
    if trick := _name_trick(info.filename):
        return refusals.passed_over(shown, trick)
    if stat.S_ISLNK(mode):
        return refusals.passed_over(shown, _("it is a link"))
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return refusals.passed_over(shown, _("it is a device or a pipe"))
    if info.flag_bits & 0x1:
        return FileRefused(
            _("{name} in {archive} is locked with a password. It was passed over.").format(
                name=shown, archive=source.short
            ),
            _("Ask the sender for the archive without a password."),
        )
    if info.file_size > LARGEST_MEMBER or (
        info.file_size > BOMB_FROM and info.file_size > info.compress_size * BOMB_RATIO
    ):
        return refusals.bomb(shown)
    return None


def _tar(source: Source) -> Iterator[Source | Locked]:
    """Read as a stream, front to back: a week's delivery is too large to be held, and may be packed."""
    with source.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for count, info in enumerate(archive):
            name = f"{source.name}!{_shown(info.name)}"
            if info.isdir() or any(is_junk(part) for part in info.name.split("/")):
                continue
            if count >= MOST_MEMBERS:
                yield Locked(name, refusals.too_much(source))
                return
            trick = _name_trick(info.name)
            if trick is None and not info.isfile():
                trick = _("it is a link or a device")
            member = archive.extractfile(info) if trick is None else None
            if trick is not None or member is None:
                yield Locked(name, refusals.passed_over(_shown(info.name), trick or _("it is no file")))
                continue
            if info.size <= IN_MEMORY:
                data = member.read()
                yield Source(name, info.size, data[:HEAD_BYTES], _of(data))
                continue
            head = member.read(HEAD_BYTES)
            yield Source(name, info.size, head, _resumed(head, cast(BinaryIO, member)))


def _of(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)


def _resumed(head: bytes, rest: BinaryIO) -> Callable[[], BinaryIO]:
    """A door to a large member whose first bytes have been read already; it opens once, front to back."""
    opened: list[bool] = []

    def door() -> BinaryIO:
        if opened:
            raise tarfile.StreamError(_("it is too large to be read twice"))
        opened.append(True)
        return cast(BinaryIO, io.BufferedReader(_Joined(head, rest), 131_072))

    return door


class _Joined(io.RawIOBase):
    """Bytes read before, then the stream they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)


def _gzip(source: Source) -> Iterator[Source | Locked]:
    inner = re.sub(r"(?i)\.t?gz$", lambda m: ".tar" if "t" in m.group().lower() else "", source.short)

    def opened() -> BinaryIO:
        limit = max(BOMB_FROM, source.size * BOMB_RATIO)
        packed = source.open()
        unpacked = gzip.GzipFile(fileobj=packed)
        return cast(BinaryIO, io.BufferedReader(_Counted(cast(IO[bytes], unpacked), limit, packed), 131_072))

    yield _member(f"{source.name}!{inner or 'content'}", -1, opened, source)


def _member(name: str, size: int, opened: Callable[[], BinaryIO], source: Source) -> Source | Locked:
    try:
        with opened() as stream:
            head = stream.read(HEAD_BYTES)
    except READ_TROUBLE as trouble:
        return Locked(name, refusals.broken(Source(name, size, b"", opened), trouble))
    return Source(name, size, head, opened)


class _Counted(io.RawIOBase):
    """A stream that stops giving once it has given more than its packed size can honestly hold."""

    def __init__(self, stream: IO[bytes], limit: int, under: BinaryIO | None = None) -> None:
        self._stream = stream
        self._under = under
        self._limit = limit
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        self._given += len(data)
        if self._given > self._limit:
            raise zipfile.BadZipFile(_("it swells beyond all measure while being unpacked"))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        if self._under is not None:
            self._under.close()
        super().close()


def seekable(source: Source) -> BinaryIO:
    """A stream to jump about in; a member of an archive is held in memory while it is small."""
    if "!" not in source.name or not 0 <= source.size <= IN_MEMORY:
        stream = source.open()
        if stream.seekable():
            return stream
        stream.close()
    with source.open() as stream:
        data = stream.read(IN_MEMORY + 1)
    if len(data) > IN_MEMORY:
        raise zipfile.BadZipFile(_("it is too large for an archive inside an archive"))
    return io.BytesIO(data)


def _name_trick(name: str) -> str | None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or re.match(r"^[A-Za-z]:", name):
        return _("its name points to a fixed place on the disk")
    if ".." in parts:
        return _("its name leads out of the folder it would be put in")
    if any(_DEVICES.match(part) for part in parts):
        return _("its name is that of a device")
    if not name or "\x00" in name:
        return _("it has no usable name")
    return None


def _shown(name: str) -> str:
    return name.replace("\\", "/") or "?"
