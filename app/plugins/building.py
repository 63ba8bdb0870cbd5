"""Making a pack's file from a folder: the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from app.errors import FileRefused, UsageError, _
from app.plugins import archives, layouts, manifest
from app.plugins.manifest import Kind, Manifest
from app.progress import SILENT, Progress
from app.seal import KEY_BYTES, Identity, new_key

_DAY = (1980, 1, 1, 0, 0, 0)


def build(
    kind: Kind,
    paths: Iterable[Path],
    out: Path,
    *,
    signer: Identity | None = None,
    progress: Progress = SILENT,
) -> Manifest:
    """Write the pack `out` from one folder, or from files and folders laid side by side.

    Links are refused; hidden files are left out. Raises FileRefused, UsageError, StorageRefused; an
    older `out` stays as it was then.
    """
    files = _gathered(list(paths))
    folder = next(iter(files.values())).parent if len(files) == 1 else _common(files)
    name, version, title = layouts.described(kind, folder)
    listed = {path: _facts(file) for path, file in files.items()}
    made = Manifest(kind, name, version, title, listed)
    if signer:
        made = made.signed_with(signer)
    waiting = out.with_name(out.name + ".part")
    try:
        _write(waiting, made, files, progress)
        with waiting.open("rb") as file, archives.open_pack(file, out.name):
            pass
        waiting.replace(out)
    except OSError as trouble:
        raise archives.disk_refusal(out.parent, trouble) from trouble
    finally:
        waiting.unlink(missing_ok=True)
    return made


def signer_of(path: Path) -> Identity:
    """The publisher's key in `path` (64 hex digits); a new one is written there where nothing is.

    Whoever has the file can sign in the publisher's name: it is made readable by its owner alone.
    """
    try:
        if not path.exists():
            seed = new_key()
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(seed.hex() + "\n")
            return Identity(seed)
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(seed) != KEY_BYTES:
            raise ValueError("not 32 bytes")
    except (OSError, ValueError) as trouble:
        raise FileRefused(
            _("{file} is not a publisher's key, or cannot be read. Nothing was built.").format(file=path),
            _("Name the file of 64 hexadecimal digits, or a new name for a new key."),
        ) from trouble
    return Identity(seed)


def _gathered(paths: list[Path]) -> dict[str, Path]:
    """Path in the pack -> file. One folder is the pack's root; several paths lie side by side in it."""
    if len(paths) == 1 and paths[0].is_dir():
        found = {p.relative_to(paths[0]).as_posix(): p for p in sorted(paths[0].rglob("*")) if not p.is_dir()}
    else:
        found = {}
        for path in paths:
            inner = sorted(path.rglob("*")) if path.is_dir() else [path]
            found |= {p.relative_to(path.parent).as_posix(): p for p in inner if not p.is_dir()}
    found = {
        name: path
        for name, path in found.items()
        if name != manifest.NAME and not any(part.startswith(".") for part in name.split("/"))
    }
    if not found:
        raise UsageError(
            _("There is nothing to pack in {paths}.").format(paths=", ".join(map(str, paths))),
            _("Name the folder that holds the pack's files."),
        )
    for path in found.values():
        if path.is_symlink() or not path.is_file():
            raise FileRefused(
                _("{file} is a link, a device or gone. Nothing was built.").format(file=path),
                _("Put the file itself in its place."),
            )
    return found


def _common(files: dict[str, Path]) -> Path:
    name, path = next(iter(files.items()))
    return path.parents[name.count("/")]


def _facts(path: Path) -> tuple[int, str]:
    try:
        with path.open("rb") as file:
            return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}). Nothing was built.").format(file=path, why=trouble.strerror),
            _("Check its rights."),
        ) from trouble


def _write(out: Path, made: Manifest, files: dict[str, Path], progress: Progress) -> None:
    root = made.folder + "/"
    written = manifest.json_of(made)
    with out.open("wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(root + manifest.NAME), written)
        for done, (name, path) in enumerate(sorted(files.items())):
            progress.step(done, len(files), name)
            entry = _entry(root + name)
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while part := source.read(archives.PART):
                    target.write(part)
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    return entry
