"""Which kind of pack an archive holds, and which of its members are installed where.

Our own packs say it in `marula-pack.json`; the rest of the world's are known by their content: Argos
and OPUS-MT language packs by `metadata.json` and `model/`, law packs by `pack.toml`.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import FileRefused, _
from app.plugins import manifest
from app.plugins.archives import Unpacked
from app.plugins.manifest import Kind, Manifest
from translate import packs as language_packs

_LARGEST_MANIFEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be installed. `given` is the pack's own manifest, None where it brings none."""

    kind: Kind
    wanted: Callable[[str], str | None]
    given: Manifest | None = None


def plan(archive: zipfile.ZipFile, name: str) -> Plan:
    """What `archive` holds. Raises FileRefused where nothing is known of it."""
    files = [member.filename for member in archive.infolist() if not member.is_dir()]
    if not files:
        raise _unknown(name)
    root = _root(files)
    inside = {path[len(root) :] for path in files if path.startswith(root)}
    given = _given(archive, root, name) if manifest.NAME in inside else None
    kind = given.kind if given else _kind_of(inside)
    if kind is None:
        raise _unknown(name)
    leave = {manifest.NAME}
    skipped = language_packs.NOT_NEEDED if kind is Kind.LANGUAGE and not given else ()

    def wanted(path: str) -> str | None:
        below = path.removeprefix(root)
        if not path.startswith(root) or below in leave or below.split("/")[0] in skipped:
            return None
        return below

    if given:
        _check_complete(given, inside - leave, name)
    return Plan(kind, wanted, given)


def _root(files: list[str]) -> str:
    """The one top folder of all members with its slash, or "" where they lie bare."""
    tops = {path.partition("/")[0] + "/" if "/" in path else "" for path in files}
    tops.discard("__MACOSX/")
    return tops.pop() if len(tops) == 1 else ""


def _kind_of(inside: set[str]) -> Kind | None:
    if "metadata.json" in inside and any(path.startswith("model/") for path in inside):
        return Kind.LANGUAGE
    if "pack.toml" in inside:
        return Kind.LAW
    return None


def _given(archive: zipfile.ZipFile, root: str, name: str) -> Manifest:
    try:
        with archive.open(root + manifest.NAME) as file:
            raw = file.read(_LARGEST_MANIFEST + 1)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as trouble:
        raise _unknown(name) from trouble
    given = manifest.parse(raw, name)
    given.check_signature()
    return given


def _check_complete(given: Manifest, inside: set[str], name: str) -> None:
    if inside != set(given.files):
        odd = min(inside.symmetric_difference(given.files))
        raise FileRefused(
            _("“{name}” does not hold what its list of files says (“{path}”). Nothing was kept.").format(
                name=name, path=odd
            ),
            _("Ask its publisher for the file again."),
        )


def manifest_of(plan_: Plan, folder: Path, files: tuple[Unpacked, ...], sha256: str) -> Manifest:
    """What is written down of an unpacked pack. Raises FileRefused where content and list differ."""
    listed = {file.path: (file.size, file.sha256) for file in files}
    given = plan_.given
    if given:
        for path, facts in listed.items():
            if given.files[path] != facts:
                raise FileRefused(
                    _(
                        "“{path}” in the pack “{name}” is not what its list of files says. Nothing was kept."
                    ).format(path=path, name=given.name),
                    _("Ask its publisher for the file again."),
                )
        return Manifest(
            given.kind,
            given.name,
            given.version,
            given.title,
            listed,
            sha256,
            given.publisher,
            given.signature,
        )
    name, version, title = described(plan_.kind, folder)
    return Manifest(plan_.kind, name, version, title, listed, sha256)


def described(kind: Kind, folder: Path) -> tuple[str, str, str]:
    """(name, version, title) of an unpacked pack, from its own files. Raises FileRefused."""
    if kind is Kind.LANGUAGE:
        pack = language_packs.read(folder)
        name, version, title = pack.name, pack.version, f"{pack.source_name} - {pack.target_name}"
    elif kind is Kind.LAW:
        name, version, title = _law(folder)
    else:
        name, _dash, version = folder.name.rpartition("-")
        title = ""
    try:
        manifest.check_plain(name, version)
    except ValueError as trouble:
        raise FileRefused(
            _(
                "The pack “{name}” has no name and version made of plain letters, digits, “-”, “_” and “.”."
            ).format(name=folder.name),
            _("Ask its publisher to name it, or name the folder NAME-VERSION before building the pack."),
        ) from trouble
    return name, version, title


def _law(folder: Path) -> tuple[str, str, str]:
    try:
        written = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as trouble:
        raise FileRefused(
            _("The law pack's pack.toml cannot be read ({why}). Nothing was kept.").format(why=trouble),
            _("Ask its publisher for a sound copy."),
        ) from trouble
    title = written.get("title", "")
    if isinstance(title, dict):
        title = title.get("en") or next(iter(title.values()), "")
    return str(written.get("name", "")), str(written.get("version", "")), str(title)[:200]


def _unknown(name: str) -> FileRefused:
    return FileRefused(
        _(
            "“{name}” is not a pack this program knows: it holds neither a language model, a law, nor a list"
            " of files of ours. Nothing was kept."
        ).format(name=name),
        _("Language packs end in .argosmodel; ask where you have it from for a pack of this program."),
        command="pack build",
    )
