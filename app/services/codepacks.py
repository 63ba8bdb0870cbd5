"""Packs of classifications and of schemas: made from an office's own download, found where installed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import FileRefused, OfficeError, UsageError, _
from app.plugins.manifest import Kind
from app.services.newfile import sha256_of

if TYPE_CHECKING:
    from app.standards.classifications.scheme import Scheme

KINDS = {"classification": "code", "ipc": "code", "cpc": "code", "nice": "code", "locarno": "code",
         "vienna": "code", "schemas": "schema"}  # fmt: skip
"""Other names of kinds of packs; that of a classification says which one it must be."""
_INDEX = "schemas.json"
_FACTS = "classification.json"


def is_used(kind: Kind, folder: Path) -> bool:
    """Whether an installed pack is one that is looked into here."""
    if kind is Kind.CODE:
        return (folder / _FACTS).is_file()
    return kind is Kind.SCHEMA


def check(kind: Kind, folder: Path) -> None:
    """Raises FileRefused where a pack's content makes no sense; code packs of another making are let be."""
    if kind is Kind.CODE and (folder / _FACTS).is_file():
        from app.standards.classifications import scheme

        scheme.load(folder)
    elif kind is Kind.SCHEMA:
        from app.standards.checking import schemas

        if not (folder / _INDEX).is_file():
            raise FileRefused(
                _("The pack of schemas has no list of its root elements ({name}).").format(name=_INDEX),
                _("Build the pack again from the folder of schemas."),
                command="pack build schema FOLDER -o FILE",
            )
        schemas.index(folder)


@contextmanager
def laid_out(
    kind: Kind, named: str, paths: Sequence[Path], edition: str, language: str
) -> Iterator[Sequence[Path]]:
    """What the pack is built from: a folder NAME-VERSION made for it, or `paths` as they are.

    named   the kind as it was asked for: `nice` makes a code pack of that classification and no other
    """
    for path in paths:
        if not path.exists():
            raise FileRefused(
                _("{file} is not there. Nothing was built.").format(file=path),
                _("Look at how its name is written."),
            )
    ready = len(paths) == 1 and any((paths[0] / name).is_file() for name in (_INDEX, _FACTS))
    if ready or kind not in (Kind.CODE, Kind.SCHEMA) or (named == "code" and _is_of_another_making(paths)):
        yield paths
        return
    with tempfile.TemporaryDirectory(prefix="marula-pack-") as place:
        make = _classification if kind is Kind.CODE else _schemas
        yield [make(Path(place), named, paths, edition, language)]


def _is_of_another_making(paths: Sequence[Path]) -> bool:
    """A folder named NAME-VERSION that holds no classification: packed as it is."""
    from app.standards.classifications import reading

    if len(paths) != 1 or not paths[0].is_dir() or "-" not in paths[0].name:
        return False
    try:
        reading.read(paths)
    except UsageError:
        return False
    except OfficeError:
        return True
    return False


def _classification(place: Path, named: str, paths: Sequence[Path], edition: str, language: str) -> Path:
    from app.standards.classifications import reading, scheme

    wanted = named if named in scheme.SCHEMES else ""
    found = reading.read(paths, scheme=wanted, edition=edition, language=language)
    folder = place / f"{found.scheme}-{found.edition}"
    folder.mkdir()
    scheme.write(found, folder, {path.name: sha256_of(path) for path in paths if path.is_file()})
    return folder


def _schemas(place: Path, _named: str, paths: Sequence[Path], edition: str, _language: str) -> Path:
    from app.standards.checking import schemas

    if len(paths) != 1 or not paths[0].is_dir():
        raise UsageError(
            _("A pack of schemas is made of one folder. Nothing was built."),
            _("Put all schemas the set needs into one folder and name it."),
        )
    source = paths[0]
    roots = schemas.index(source)
    version = edition or schemas.version(source) or "1"
    folder = place / f"{_plain(source.name)}-{_plain(version, '.')}"
    folder.mkdir()
    for path in sorted(source.rglob("*.xsd")):
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    written = json.dumps({"version": version, "roots": roots}, indent=1, ensure_ascii=False)
    (folder / _INDEX).write_text(written + "\n", encoding="utf-8")
    return folder


def _plain(text: str, sign: str = "_") -> str:
    """A name or version of plain letters, digits and `sign`."""
    return sign.join("".join(c if c.isascii() and c.isalnum() else " " for c in text).split()) or "schemas"


def schema_folders(folder: Path | None = None) -> tuple[Path, ...]:
    """The installed packs of schemas that are sound: those of the office in `folder`, then the person's."""
    return _folders(folder, Kind.SCHEMA)


def classifications(wanted: str, folder: Path | None = None) -> tuple[Scheme, ...]:
    """The installed editions of a classification (`ipc`, `nice` …), the newest first.

    folder  of an office, whose packs come before the person's own
    """
    from app.standards.classifications import scheme

    found = []
    for pack in _folders(folder, Kind.CODE):
        if pack.name.startswith(f"{wanted}-") and is_used(Kind.CODE, pack):
            try:
                found.append(scheme.load(pack))
            except OfficeError:
                # A pack that turned bad after it was installed is told of by `pack verify`.
                continue
    return tuple(sorted(found, key=lambda one: _order(one.edition), reverse=True))


def _order(edition: str) -> tuple[int, ...]:
    return tuple(int(part) for part in edition.split(".") if part.isdigit())


def _folders(folder: Path | None, kind: Kind) -> tuple[Path, ...]:
    from app.services import packs

    return tuple(
        pack.folder for shelf in packs.shelves(folder) for pack in shelf.packs(kind) if not pack.problem
    )
