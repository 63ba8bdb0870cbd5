"""Opening a pack's file without trusting it: names, kinds, sizes and ratios are checked before and
while it is unpacked.

A pack is a ZIP. It comes from a stick or a download and may be broken on the way, or made to write
outside its folder, to fill the disk, or to run when it is looked at.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import FileRefused, StorageRefused, _
from app.progress import SILENT, Progress

PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Caps:
    """What a pack may be at most.

    members    entries, folders included
    total      bytes unpacked, all members together
    ratio      unpacked bytes to one packed byte, asked of members above `small` bytes
    directory  bytes of the ZIP's own table of contents
    """

    members: int = 4_000
    total: int = 3 << 30
    ratio: int = 150
    small: int = 1 << 20
    directory: int = 4 << 20


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One file that now lies in the folder."""

    path: str
    size: int
    sha256: str


def digest_of(file: BinaryIO) -> str:
    """SHA-256 (hex) of an open file from its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(PART):
        digest.update(part)
    return digest.hexdigest()


def open_pack(file: BinaryIO, name: str, caps: Caps = CAPS) -> zipfile.ZipFile:
    """The archive in an open file, its members checked. Raises FileRefused; writes nothing."""
    _check_directory(file, name, caps)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as trouble:
        raise _no_archive(name) from trouble
    _check_members(archive.infolist(), name, caps)
    return archive


def _check_directory(file: BinaryIO, name: str, caps: Caps) -> None:
    """Look at the end record by hand: a table of a million entries must not be read into memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise _no_archive(name)
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    # The 64-bit end record would overrule these numbers; nothing of a pack's size needs one.
    large = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if large or entries > caps.members or directory > caps.directory:
        raise _refused(name, _("it has more members than a pack may have ({most})").format(most=caps.members))


def _check_members(members: Iterable[zipfile.ZipInfo], name: str, caps: Caps) -> None:
    seen: dict[str, bool] = {}
    total = 0
    for member in members:
        why = _fault_of_name(member.filename) or _fault_of_kind(member)
        if why:
            raise _refused(name, why.format(member=_shown(member.filename)))
        key = unicodedata.normalize("NFC", member.filename.rstrip("/")).casefold()
        if key in seen:
            raise _refused(name, _("“{member}” stands in it twice").format(member=_shown(member.filename)))
        seen[key] = member.is_dir()
        total += member.file_size
        if member.file_size > caps.small and member.file_size > caps.ratio * max(1, member.compress_size):
            raise _refused(
                name,
                _("“{member}” would swell more than {most}-fold").format(
                    member=_shown(member.filename), most=caps.ratio
                ),
            )
    if len(seen) > caps.members:
        raise _refused(name, _("it has more members than a pack may have ({most})").format(most=caps.members))
    if total > caps.total:
        raise _too_large(name, caps)
    for key in seen:
        for folder in _parents(key):
            if seen.get(folder) is False:
                raise _refused(name, _("“{member}” is a file and a folder").format(member=_shown(folder)))


def _parents(key: str) -> Iterable[str]:
    parts = key.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE
)


def _fault_of_name(name: str) -> str:
    """What is wrong with a member's name, as a sentence with {member}; "" where nothing is."""
    if not name or len(name) > 240 or len(name.encode("utf-8", "replace")) > 400:
        return _("the name “{member}” is empty or too long")
    if name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name):
        return _("“{member}” points outside of the pack")
    if not name.isprintable() or any(c in '<>:"|?*' for c in name):
        return _("the name “{member}” has characters that not every system takes")
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        return _("“{member}” points outside of the pack")
    if len(parts) > 12 or "" in parts or "." in parts:
        return _("the path “{member}” is not a plain one")
    if any(
        part != part.rstrip(". ") or part != part.lstrip(" ") or _DEVICE.fullmatch(part) for part in parts
    ):
        return _("“{member}” has a name that some systems keep for devices or cannot write")
    return ""


def _fault_of_kind(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _("“{member}” is a link or a device, not a file")
    if member.flag_bits & 0x1:
        return _("“{member}” is locked with a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("“{member}” is packed in a way that is not used for packs")
    return ""


def unpack(
    archive: zipfile.ZipFile,
    into: Path,
    wanted: Callable[[str], str | None],
    *,
    caps: Caps = CAPS,
    progress: Progress = SILENT,
) -> tuple[Unpacked, ...]:
    """Write the archive's files below `into`, which is new and empty; each is on the disk on return.

    wanted   member name -> path below `into`, or None to leave it out

    Sizes are counted while streaming: what a member says of itself is not believed. Raises
    FileRefused, StorageRefused, Cancelled; the caller removes `into` then.
    """
    name = Path(archive.filename or "").name or into.name
    members = [m for m in archive.infolist() if not m.is_dir() and wanted(m.filename)]
    announced = sum(m.file_size for m in members)
    _check_room(into, announced)
    written, files = 0, []
    for member in members:
        path = wanted(member.filename) or ""
        progress.step(written, announced, path)
        try:
            file = _write(archive, member, into / path, caps.total - written)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            ValueError,
            zlib.error,
            RuntimeError,
        ) as trouble:
            raise _refused(
                name, _("“{member}” in it is damaged").format(member=_shown(member.filename))
            ) from trouble
        except _TooMuch as trouble:
            raise _too_large(name, caps) from trouble
        except OSError as trouble:
            raise disk_refusal(into, trouble) from trouble
        files.append(Unpacked(path, *file))
        written += file[0]
    for folder in {into, *(p.parent for f in files for p in [into / f.path])}:
        sync_folder(folder)
    return tuple(files)


class _TooMuch(Exception):
    pass


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: int) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(member) as source, target.open("xb") as out:
        while part := source.read(PART):
            size += len(part)
            if size > room or size > member.file_size:
                raise _TooMuch
            digest.update(part)
            out.write(part)
        if size != member.file_size:
            raise EOFError
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise disk_refusal(folder, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


def sync_folder(folder: Path) -> None:
    """Make what was renamed or made in `folder` durable where the system lets a folder be synchronised."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_refusal(folder: Path, trouble: OSError) -> StorageRefused:
    """The disk stands in the way, in words."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageRefused(
            _("The disk that holds {folder} is full. The pack was not kept, not even a part of it.").format(
                folder=folder
            ),
            _("Make room, then try again."),
        )
    return StorageRefused(
        _("{folder} cannot be written to ({why}). Nothing was changed.").format(
            folder=folder, why=trouble.strerror or trouble
        ),
        _("Check the rights of the folder, or choose another one."),
        command="--office FOLDER …",
    )


def _shown(name: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in name)
    return shown if len(shown) <= 80 else shown[:77] + "…"


def _no_archive(name: str) -> FileRefused:
    return FileRefused(
        _("“{name}” is not a pack: it is no ZIP archive, or only a part of one. Nothing was kept.").format(
            name=name
        ),
        _("Copy the file again, and compare its SHA-256 with the one of where it came from."),
    )


def _too_large(name: str, caps: Caps) -> FileRefused:
    return _refused(
        name, _("unpacked it is larger than a pack may be ({most} MB)").format(most=caps.total >> 20)
    )


def _refused(name: str, why: str) -> FileRefused:
    return FileRefused(
        _("“{name}” was not opened as a pack: {why}. Nothing was kept.").format(name=name, why=why),
        _("Ask whoever made the pack for a sound copy; do not unpack it by hand."),
    )
