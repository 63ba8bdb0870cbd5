"""Law packs: shown, checked line by line, and compared."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.findings import Finding, Severity
from app.domain.law import Calendar, LawPack, LimitRule
from app.errors import FileRefused, _
from app.progress import SILENT, Progress
from app.storage import lawpacks

if TYPE_CHECKING:
    from app.services.offices import Office
    from app.services.whatif import LimitChange

BUNDLED = "model"


@dataclass(frozen=True, slots=True)
class LawChecked:
    """What checking a pack found. `name` and `version` are empty where pack.toml does not say."""

    file: str
    name: str
    version: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """The pack can be used: nothing found, or warnings alone."""
        return all(found.severity is not Severity.ERROR for found in self.findings)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing two packs say otherwise: `what` is `limit` or `calendar`, `key` "" where the whole is
    new or gone."""

    what: str
    id: str
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What changes from one pack to another in limits and in the calendars they roll by; `limits`: those
    that run in the office and would change."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    limits: tuple[LimitChange, ...] = ()


def named(name: str = BUNDLED, *, office_folder: Path | None = None) -> LawPack:
    """The pack of a name: installed in the office folder, else bundled with the program."""
    return lawpacks.load(lawpacks.find(name, _installed(office_folder)))


def check(path: Path) -> LawChecked:
    """Every fault of the pack at `path`: its folder, a file of that folder, or a packed file.

    Raises FileRefused where nothing there can be read as a pack.
    """
    if path.is_dir():
        return _checked(path, path)
    if path.is_file() and path.suffix == ".toml":
        folder = path.parent.parent if path.parent.name == "letters" else path.parent
        return _checked(path, folder)
    if path.is_file() and zipfile.is_zipfile(path):
        return _check_packed(path)
    raise FileRefused(
        _("{file} is no law pack. Nothing was read.").format(file=path),
        _("Name the pack's folder, its pack.toml, or the file it was packed in."),
    )


def what_if(old: str, new: str, *, office: Office | None = None, progress: Progress = SILENT) -> WhatIf:
    """The limits that would be counted otherwise under `new` than under `old`; with an office, the running
    limits of its cases that `new` would change besides.

    Each is the name of a pack (`model`, `model-1.0`), a folder, or a file as `check` takes it.
    """
    folder = office.path if office else None
    before, after = (_read(side, folder) for side in (old, new))
    differences = [
        *_compare("limit", before.limits, after.limits),
        *_compare("calendar", before.calendars, after.calendars),
    ]
    changed: tuple[LimitChange, ...] = ()
    if office is not None:
        from app.services import whatif

        changed = whatif.changed_limits(office, after, progress=progress)
    return WhatIf(
        f"{before.name} {before.version}", f"{after.name} {after.version}", tuple(differences), changed
    )


def _installed(office_folder: Path | None) -> Path | None:
    return office_folder / "packs" / "law" if office_folder else None


def _checked(path: Path, folder: Path) -> LawChecked:
    findings = lawpacks.check(folder)
    name, version = lawpacks.identity(folder)
    return LawChecked(str(path), name, version, findings)


def _check_packed(path: Path) -> LawChecked:
    with tempfile.TemporaryDirectory(prefix="marula-law-") as place:
        return _checked(path, _unpacked(path, Path(place)))


def _unpacked(path: Path, place: Path) -> Path:
    from app.plugins import archives, layouts
    from app.plugins.manifest import Kind

    folder = place / path.stem
    folder.mkdir()
    with path.open("rb") as opened, archives.open_pack(opened, path.name) as archive:
        plan = layouts.plan(archive, path.name)
        if plan.kind is not Kind.LAW:
            raise FileRefused(
                _("{file} holds a pack of another kind ({kind}). Nothing was read.").format(
                    file=path.name, kind=plan.kind
                ),
                _("Name a law pack."),
            )
        archives.unpack(archive, folder, plan.wanted)
    return folder


def _read(side: str, office_folder: Path | None) -> LawPack:
    path = Path(side)
    if path.is_dir():
        return lawpacks.load(path)
    if path.is_file() and path.suffix == ".toml":
        return lawpacks.load(path.parent)
    if path.is_file() and zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory(prefix="marula-law-") as place:
            return lawpacks.load(_unpacked(path, Path(place)))
    return named(side, office_folder=office_folder)


def _compare(
    what: str, old: Mapping[str, LimitRule | Calendar], new: Mapping[str, LimitRule | Calendar]
) -> list[Difference]:
    found = []
    for id_ in dict.fromkeys((*old, *new)):
        before, after = old.get(id_), new.get(id_)
        if before is None or after is None:
            found.append(Difference(what, id_, "", shown(before is not None), shown(after is not None)))
            continue
        for key in fields(before):
            was, is_now = getattr(before, key.name), getattr(after, key.name)
            if was != is_now and key.name not in ("name", "note"):
                found.append(Difference(what, id_, key.name, shown(was), shown(is_now)))
    return found


def shown(value: object) -> str:
    """A value of a rule in words, for saying in what two laws differ."""
    if isinstance(value, bool):
        return _("there") if value else _("not there")
    if isinstance(value, (tuple, list)):
        return ", ".join(str(item) for item in value) or "—"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in value.items()) or "—"
    return str(value) if value not in (None, "") else "—"
