"""One file that holds a whole office: a ZIP of the office folder without what can be made again.

The database goes in by SQLite's own backup, so that a backup made while others write is one state. In an
encrypted office it stays encrypted under the same passphrase, and so do the sealed files.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.errors import StorageRefused, _
from app.progress import SILENT, Progress
from app.storage import engine, officefile
from app.storage.office import DATABASE, OfficeStore

_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """Size and SHA-256 of the backup."""

    bytes: int
    sha256: str


def write(store: OfficeStore, file: Path, progress: Progress = SILENT) -> Written:
    """Write the backup beside `file` and put it there whole. Refused when `file` exists."""
    if os.path.lexists(file):
        raise StorageRefused(
            _("{file} exists already and was left as it is.").format(file=file),
            _("Give the backup another name."),
        )
    waiting = file.with_name(file.name + ".part")
    copy = store.path / "backup.part"
    try:
        with engine.plain_troubles(file):
            copy.unlink(missing_ok=True)
            # VACUUM INTO writes one consistent state, encrypted with the same key where there is one.
            store.db.execute("VACUUM INTO ?", [str(copy)])
            _pack(store, copy, waiting, progress)
            waiting.replace(file)
            return Written(file.stat().st_size, _sha256(file))
    finally:
        for left in (copy, waiting):
            with contextlib.suppress(OSError):
                left.unlink()


def _pack(store: OfficeStore, database: Path, waiting: Path, progress: Progress) -> None:
    files = [p for folder in ("blobs", "packs", "collections") for p in _files(store.path / folder)]
    with zipfile.ZipFile(waiting, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
        out.write(store.path / officefile.NAME, officefile.NAME)
        out.write(database, DATABASE)
        for done, path in enumerate(files):
            progress.step(done, len(files), path.name[:16])
            out.write(path, path.relative_to(store.path).as_posix())
    with waiting.open("rb+") as written:
        os.fsync(written.fileno())


def _files(folder: Path) -> list[Path]:
    """Files of a folder, without indexes (they are made again) and what is half-written."""
    made_again = {"whoosh", "tantivy"}
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and path.suffix != ".part"
        and not made_again & set(path.relative_to(folder).parts)
    ]


def unpack(file: Path, folder: Path, progress: Progress = SILENT) -> None:
    """Lay a backup out in a new folder. Refused when it is no backup or the folder is not empty."""
    with engine.plain_troubles(folder):
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken:
        raise StorageRefused(
            _("{folder} is not empty. Nothing was restored.").format(folder=folder),
            _("Name a new folder for the restored office."),
        )
    try:
        with engine.plain_troubles(file), zipfile.ZipFile(file) as packed:
            members = [m for m in packed.infolist() if not m.is_dir()]
            names = {m.filename for m in members}
            if not {officefile.NAME, DATABASE} <= names or not all(_is_ours(name) for name in names):
                raise _no_backup(file)
            folder.mkdir(parents=True, exist_ok=True)
            for done, member in enumerate(members):
                progress.step(done, len(members), member.filename[-16:])
                target = folder / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(member) as source, target.open("xb") as out:
                    shutil.copyfileobj(source, out, _PART)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as trouble:
        remove(folder)
        raise _no_backup(file) from trouble
    except BaseException:
        remove(folder)
        raise


def locked(file: Path) -> bool:
    """Whether the office in a backup has a passphrase; False where the file is no backup."""
    try:
        with zipfile.ZipFile(file) as packed:
            about = json.loads(packed.read(officefile.NAME))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError):
        return False
    return isinstance(about, dict) and bool(about.get("key"))


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = all(part not in ("..", "") and "\\" not in part and ":" not in part for part in parts)
    return plain and (name in (officefile.NAME, DATABASE) or parts[0] in ("blobs", "packs", "collections"))


def _no_backup(file: Path) -> StorageRefused:
    return StorageRefused(
        _("{file} is not a whole backup of an office. Nothing was restored.").format(file=file),
        _("Take another copy of the backup."),
    )


def remove(folder: Path) -> None:
    """Take away what `unpack` laid out."""
    for name in ("blobs", "packs", "collections"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (officefile.NAME, DATABASE, DATABASE + "-wal", DATABASE + "-shm"):
        (folder / name).unlink(missing_ok=True)


def _sha256(file: Path) -> str:
    total = hashlib.sha256()
    with file.open("rb") as source:
        while part := source.read(_PART):
            total.update(part)
    return total.hexdigest()
