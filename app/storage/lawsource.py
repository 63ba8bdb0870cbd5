"""The files of a law pack as they stand on disk, and every fault of their form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.findings import Finding, Severity
from app.errors import FileRefused, _
from app.storage import lawschema
from app.storage.lawkinds import InTable
from app.storage.lawlines import Lines, Place, parse

_LARGEST = 4 * 1024 * 1024
"""Bytes of one file; the bundled pack's largest has a hundredth of that."""


@dataclass(slots=True)
class Source:
    """A pack as read: tables and texts by file name, and the faults found so far."""

    folder: Path
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def blame(
        self, file: str, place: Place, rule: str, message: str, *, mention: str = "", mild: bool = False
    ) -> None:
        """Note a fault at `place` of `file`; `mild` ones do not keep the pack from being used."""
        line = Lines(self.texts[file]).of(place, mention) if file in self.texts else 0
        where = _("{file}, line {line}").format(file=file, line=line) if line else file
        severity = Severity.WARNING if mild else Severity.ERROR
        found = Finding(
            severity, where, f"lawpack.{rule}", message, id=f"{file}:{line}:{rule}:{len(self.faults)}"
        )
        self.lines[found.id] = line
        self.faults.append(found)

    @property
    def errors(self) -> list[Finding]:
        """The faults for which the pack cannot be used."""
        return [fault for fault in self.faults if fault.severity is Severity.ERROR]

    def rows(self, file: str) -> list[dict[str, Any]]:
        """The tables of a file's array."""
        rows = self.tables.get(file, {}).get(lawschema.TABLES[file][0], [])
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def read(folder: Path) -> Source:
    """The files of a pack with every fault of form.

    Raises FileRefused when a file is no TOML, is not text, or `pack.toml` is not there.
    """
    source = Source(folder)
    if not (folder / "pack.toml").is_file():
        raise FileRefused(
            _("{folder} is no law pack: it has no pack.toml. Nothing was read.").format(folder=folder.name),
            _("Name the folder that holds pack.toml."),
        )
    for file in ("pack.toml", *lawschema.TABLES):
        _read_file(source, file)
    _check_table(source, "pack.toml", (), source.tables["pack.toml"], lawschema.PACK)
    for file, (array, keys) in lawschema.TABLES.items():
        _check_file(source, file, array, keys)
    return source


def _read_file(source: Source, file: str) -> None:
    path = source.folder / file
    if not path.is_file():
        source.tables[file] = {}
        # Vectors, fees, statuses of rows and international routes may be left out; the rest makes the law.
        if file not in ("vectors.toml", "fees.toml", "rows.toml", "routes.toml", "rehearsal.toml"):
            source.blame(file, (), "missing-file", _("The file is missing."))
        return
    try:
        if path.stat().st_size > _LARGEST:
            raise FileRefused(
                _("{file} is larger than a file of a law pack can be. Nothing was read.").format(file=file),
                _("Ask the sender for the pack again."),
            )
        source.texts[file] = path.read_text("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = trouble.object[: trouble.start].count(b"\n") + 1
        raise FileRefused(
            _("{file} stops making sense at line {line} (it is not UTF-8 text). Nothing was read.").format(
                file=file, line=line
            ),
            _("Save the file as UTF-8."),
            line=line,
        ) from trouble
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}). Nothing was read.").format(file=path, why=trouble.strerror),
            _("Check the rights on the pack's folder."),
        ) from trouble
    source.tables[file] = parse(source.texts[file], file)


def _check_file(source: Source, file: str, array: str, keys: Mapping[str, lawschema.Key]) -> None:
    tables = source.tables[file]
    for name in tables:
        if name != array:
            message = _("“{key}” is not known here; this file holds [[{array}]].").format(
                key=name, array=array
            )
            source.blame(file, (name,), "unknown-key", message)
    rows = tables.get(array, [])
    if not isinstance(rows, list):
        source.blame(file, (array,), "kind", _("Write [[{array}]] with two brackets.").format(array=array))
        return
    seen: dict[str, int] = {}
    identity = identity_of(array)
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            source.blame(file, (array,), "kind", _("Write [[{array}]] for each.").format(array=array))
            continue
        _check_table(source, file, (array, place), row, keys)
        name = str(row.get(identity, ""))
        if name and name in seen:
            message = _("“{id}” stands here a second time.").format(id=name)
            source.blame(file, (array, place, identity), "twice", message)
        seen[name] = place


def _check_table(
    source: Source, file: str, at: Place, row: Mapping[str, object], keys: Mapping[str, lawschema.Key]
) -> None:
    for name, value in row.items():
        if name not in keys:
            message = _("“{key}” is not known here. Known: {keys}.").format(key=name, keys=", ".join(keys))
            source.blame(file, (*at, name), "unknown-key", message)
        elif fault := keys[name].fault(value):
            message = _("{key}: {fault}.").format(key=name, fault=fault.rstrip("."))
            inside = (fault.key,) if isinstance(fault, InTable) else ()
            source.blame(file, (*at, name, *inside), "kind", message)
    for name, key in keys.items():
        if key.must and name not in row:
            source.blame(file, at, "missing-key", _("“{key}” is missing.").format(key=name))


def identity_of(array: str) -> str:
    """The key by which the tables of an array are told apart."""
    return "code" if array == "status" else "id"


def closures(row: Mapping[str, Any]) -> dict[date, str]:
    """The single closures of a table."""
    return {date.fromisoformat(day): why for day, why in row.get("closed", {}).items()}


def each(source: Source, file: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The tables of a file, each with its place."""
    array = lawschema.TABLES[file][0]
    for place, row in enumerate(source.rows(file)):
        yield (array, place), row
