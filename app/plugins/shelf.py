"""A folder of installed packs: `packs/KIND/NAME-VERSION/`.

A pack is unpacked into a hidden sibling folder, checked there, and renamed into its place: it is
there whole or not at all. Reading the shelf never fails as a whole: what is broken stands in the
list with the reason, beside the sound ones.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import FileRefused, OfficeError, _
from app.plugins import archives, layouts, manifest
from app.plugins.manifest import Kind, Manifest
from app.progress import SILENT, Progress

_COMING = ".coming-"
_GOING = ".going-"
_STALE_SECONDS = 24 * 3600

# Cases go on under the version of the law they were decided by and the edition of the classes they were
# given, so versions of these stay together.
SIDE_BY_SIDE = frozenset({Kind.LAW, Kind.CODE})

Check = Callable[[Kind, Path], None]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A pack in its place. `problem` is a whole sentence; "" for a sound one."""

    folder: Path
    kind: Kind
    name: str
    version: str
    size: int = 0
    sha256: str = ""
    signed_by: str = ""
    title: str = ""
    problem: str = ""


class Shelf:
    """The packs below one folder, which need not exist yet.

    check   called with kind and unpacked folder before the pack is put in its place; raises
            OfficeError where the content is not what the kind wants
    """

    def __init__(self, folder: Path, check: Check) -> None:
        self.folder = folder
        self._check = check

    def packs(self, kind: Kind | None = None) -> tuple[Shelved, ...]:
        """All packs, by kind and folder name; sizes are compared, contents are not read."""
        return tuple(self._shelved(kind_, folder) for kind_, folder in self._folders(kind))

    def verified(self, progress: Progress = SILENT) -> tuple[Shelved, ...]:
        """All packs, with the SHA-256 of every file compared."""
        folders = list(self._folders(None))
        found = []
        for done, (kind, folder) in enumerate(folders):
            progress.step(done, len(folders), folder.name)
            shelved = self._shelved(kind, folder)
            if not shelved.problem:
                shelved = replace(shelved, problem=_changed(folder))
            found.append(shelved)
        return tuple(found)

    def _folders(self, kind: Kind | None) -> Iterator[tuple[Kind, Path]]:
        for one in [kind] if kind else list(Kind):
            try:
                folders = sorted((self.folder / one).iterdir())
            except OSError:
                # No such folder, or no rights to read it: no packs of that kind for this person.
                continue
            yield from ((one, folder) for folder in folders if folder.name[0] != "." and folder.is_dir())

    def _shelved(self, kind: Kind, folder: Path) -> Shelved:
        name, _dash, version = folder.name.rpartition("-")
        broken = Shelved(folder, kind, name or folder.name, version)
        try:
            written = manifest.read(folder)
        except OfficeError as refusal:
            return replace(broken, problem=refusal.message)
        if written.folder != folder.name or written.kind is not kind:
            return replace(broken, problem=_("The folder was renamed or moved by hand."))
        shelved = Shelved(
            folder, kind, written.name, written.version, written.size, written.sha256, written.signed_by,
            written.title,
        )  # fmt: skip
        for path, (size, _sha256) in written.files.items():
            if _size_of(folder / path) != size:
                problem = _("“{path}” is missing or cut short.").format(path=path)
                return replace(shelved, problem=problem)
        return shelved

    def install(self, file: Path, *, replacing: bool = False, progress: Progress = SILENT) -> Shelved:
        """Put the pack in `file` on the shelf, in place of older ones of its name (laws: beside them).

        The same pack again changes nothing. Another pack of the same version, or an older one, is
        refused unless `replacing`. Raises FileRefused, StorageRefused, Cancelled; the shelf is as it
        was then.
        """
        try:
            with file.open("rb") as opened:
                sha256 = archives.digest_of(opened)
                with archives.open_pack(opened, file.name) as archive:
                    return self._install(archive, sha256, file.name, replacing, progress)
        except OSError as trouble:
            raise FileRefused(
                _("{file} cannot be read ({why}). Nothing was installed.").format(
                    file=file, why=trouble.strerror or trouble
                ),
                _("Check the file's name and rights, or copy it again."),
            ) from trouble

    def _install(
        self, archive: zipfile.ZipFile, sha256: str, name: str, replacing: bool, progress: Progress
    ) -> Shelved:
        plan = layouts.plan(archive, name)
        shelf = self.folder / plan.kind
        coming = shelf / f"{_COMING}{secrets.token_hex(8)}"
        try:
            _make(shelf, coming)
            files = archives.unpack(archive, coming, plan.wanted, progress=progress)
            written = layouts.manifest_of(plan, coming, files, sha256)
            self._check(plan.kind, coming)
            there = self._standing_in_the_way(written, replacing)
            if there:
                return there
            _sync_file(written.write(coming))
            self._put_in_place(coming, written)
        except OSError as trouble:
            raise archives.disk_refusal(shelf, trouble) from trouble
        finally:
            shutil.rmtree(coming, ignore_errors=True)
        self._tidy(shelf)
        return self._shelved(plan.kind, shelf / written.folder)

    def _standing_in_the_way(self, written: Manifest, replacing: bool) -> Shelved | None:
        """The pack itself where it is there already; refuses to go back a version unasked."""
        for other in self.packs(written.kind):
            if other.name != written.name or other.problem:
                continue
            if other.sha256 == written.sha256 and other.version == written.version:
                return other
            stands = _order(other.version) >= _order(written.version)
            if written.kind in SIDE_BY_SIDE:
                stands = other.version == written.version
            if stands and not replacing:
                raise FileRefused(
                    _(
                        "“{name}” is installed in version {there}, the file holds {comes}. Nothing changed."
                    ).format(name=written.name, there=other.version, comes=written.version),
                    _("Say that it shall be replaced if you want the pack in the file all the same."),
                    command="pack install FILE --replace",
                )
        return None

    def _put_in_place(self, coming: Path, written: Manifest) -> None:
        """Rename into place, then take away what it replaces; put the old one back if that fails."""
        shelf = coming.parent
        target = shelf / written.folder
        going = shelf / f"{_GOING}{secrets.token_hex(4)}-{target.name}"
        if target.exists():
            target.rename(going)
        try:
            coming.rename(target)
        except OSError:
            if going.exists():
                going.rename(target)
            raise
        archives.sync_folder(shelf)
        shutil.rmtree(going, ignore_errors=True)
        if written.kind in SIDE_BY_SIDE:
            return
        for other in self.packs(written.kind):
            if other.name == written.name and other.folder != target:
                self._take_away(other.folder)

    def remove(self, name: str, kind: Kind | None = None) -> tuple[Shelved, ...]:
        """Take away the packs called `name` (or `NAME-VERSION`), broken ones too; what was taken."""
        found = tuple(p for p in self.packs(kind) if name in (p.name, p.folder.name))
        try:
            for pack in found:
                self._take_away(pack.folder)
        except OSError as trouble:
            raise archives.disk_refusal(self.folder, trouble) from trouble
        return found

    def _take_away(self, folder: Path) -> None:
        # Renamed first: a folder half removed must never look like a pack.
        going = folder.with_name(f"{_GOING}{secrets.token_hex(4)}-{folder.name}")
        folder.rename(going)
        archives.sync_folder(folder.parent)
        shutil.rmtree(going, ignore_errors=True)

    def _tidy(self, shelf: Path) -> None:
        """Remove what an interrupted installation left a day ago or longer."""
        for folder in shelf.glob(".*-*"):
            if folder.name.startswith((_COMING, _GOING)) and _age(folder) > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _make(shelf: Path, coming: Path) -> None:
    shelf.mkdir(parents=True, exist_ok=True)
    coming.mkdir()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    archives.sync_folder(path.parent)


def _age(folder: Path) -> float:
    return time.time() - folder.stat().st_mtime


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() and not path.is_symlink() else -1
    except OSError:
        return -1


def _changed(folder: Path) -> str:
    """The first file of the pack in `folder` that is not what was installed, as a sentence; "" if none."""
    written = manifest.read(folder)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    for extra in sorted(there - set(written.files) - {manifest.NAME}):
        return _("“{path}” does not belong to the pack.").format(path=extra)
    for path, (_size, sha256) in written.files.items():
        try:
            with (folder / path).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            same = False
        if not same:
            return _("“{path}” was changed since it was installed.").format(path=path)
    return ""


def _order(version: str) -> tuple[tuple[int, int | str], ...]:
    """Versions in the order people mean: 1.10 after 1.9."""
    parts = version.replace("-", ".").replace("_", ".").split(".")
    return tuple((1, int(part)) if part.isdecimal() else (0, part) for part in parts)
