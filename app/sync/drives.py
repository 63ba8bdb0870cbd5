"""Sticks: which removable volumes are mounted now, so that the window notices one that appears.

Asked every few seconds by the window; nothing is mounted, opened or written here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_REMOVABLE = 2  # GetDriveTypeW: DRIVE_REMOVABLE
_USER_MOUNTS = ("/media/", "/run/media/")


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable volume. `path` where it is mounted, `name` as a person knows it."""

    path: str
    name: str


def mounted() -> tuple[Drive, ...]:
    """The removable volumes mounted now, in order of their paths."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return of_volumes(_names(Path("/Volumes")), os.path.ismount)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return of_mounts(mounts, _is_removable)


def appeared(before: Iterable[Drive], now: Iterable[Drive]) -> tuple[Drive, ...]:
    """What is there now and was not before."""
    known = {drive.path for drive in before}
    return tuple(drive for drive in now if drive.path not in known)


def holding(drives: Iterable[Drive], address: str) -> Drive | None:
    """The drive a store's folder lies on, None when it lies on none of them."""
    inside = [
        drive
        for drive in drives
        if address == drive.path or address.startswith(drive.path.rstrip("/\\") + os.sep)
    ]
    return max(inside, key=lambda drive: len(drive.path), default=None)


def of_mounts(mounts: str, is_removable: Callable[[str], bool]) -> tuple[Drive, ...]:
    """Removable volumes in the text of /proc/mounts. Blanks in it are written `\\040` (proc(5)).

    is_removable   asked with the device (`/dev/sdb1`); a volume that a desktop mounted for its user under
                   /media or /run/media counts even where the system does not call the device removable
    """
    found = []
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3 or not fields[0].startswith("/dev/"):
            continue
        device, path = fields[0], _plain(fields[1])
        if is_removable(device) or path.startswith(_USER_MOUNTS):
            found.append(Drive(path, path.rstrip("/").rpartition("/")[2] or path))
    return tuple(sorted(set(found), key=lambda drive: drive.path))


def of_volumes(names: Iterable[str], is_mount: Callable[[str], bool]) -> tuple[Drive, ...]:
    """Volumes of macOS: what is mounted under /Volumes (the start disk is only a link there)."""
    paths = ((f"/Volumes/{name}", name) for name in sorted(names))
    return tuple(Drive(path, name) for path, name in paths if is_mount(path))


def of_letters(mask: int, kind: Callable[[str], int]) -> tuple[Drive, ...]:
    """Removable drives of Windows. `mask` as GetLogicalDrives gives it: bit 0 is A:."""
    roots = (f"{chr(ord('A') + bit)}:\\" for bit in range(26) if mask >> bit & 1)
    return tuple(Drive(root, root[:2]) for root in roots if kind(root) == _REMOVABLE)


def _windows() -> tuple[Drive, ...]:
    if sys.platform != "win32":
        return ()
    import ctypes

    kernel = ctypes.windll.kernel32
    return of_letters(kernel.GetLogicalDrives(), kernel.GetDriveTypeW)


def _plain(field: str) -> str:
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(written, meant)
    return field


def _is_removable(device: str) -> bool:
    """Whether the system calls the disk of a partition removable (/sys/block/*/removable)."""
    name = device.rpartition("/")[2]
    for disk in _names(Path("/sys/block")):
        if name == disk or (name.startswith(disk) and name[len(disk) :].lstrip("p").isdigit()):
            try:
                return Path("/sys/block", disk, "removable").read_text().strip() == "1"
            except OSError:
                return False
    return False


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
