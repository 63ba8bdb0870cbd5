"""Law packs on disk: found, read, and refused with the line where they go wrong.

A pack is a folder of TOML files (see the manual's page on law packs); the bundled ones lie in
`resources/law`, installed ones in `OFFICE/packs/law/NAME-VERSION`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.case import Owner
from app.domain.findings import Finding, Severity
from app.domain.law import (
    Calendar,
    CheckRule,
    EventRule,
    Extension,
    FeeRule,
    LawPack,
    LetterRule,
    LimitRule,
    RightRule,
    StatusRule,
)
from app.errors import FileRefused, OfficeError, _, plural
from app.paths import resources
from app.storage import lawschema
from app.storage.lawlines import Lines, Place, parse

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*\Z")
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

    def rows(self, file: str) -> list[dict[str, Any]]:
        """The tables of a file's array."""
        rows = self.tables.get(file, {}).get(lawschema.TABLES[file][0], [])
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def find(name: str, installed: Path | None = None) -> Path:
    """The folder of the pack `name` (or `NAME-VERSION`): newest installed one, else the bundled one.

    Raises OfficeError with the names there are.
    """
    named = shelf(installed)
    if _NAME.match(name) and name in named:
        return named[name]
    raise OfficeError(
        _("There is no law pack “{name}” here. Nothing was changed.").format(name=name),
        _("Packs here: {names}. Install the one you need with “marula pack install FILE”.").format(
            names=", ".join(sorted(named)) or _("none")
        ),
    )


def shelf(installed: Path | None = None) -> Mapping[str, Path]:
    """Every pack by name, and each installed one by NAME-VERSION too."""
    bundled = resources() / "law"
    named = (
        {f.name: f for f in sorted(bundled.iterdir()) if (f / "pack.toml").is_file()}
        if bundled.is_dir()
        else {}
    )
    if installed is not None and installed.is_dir():
        for folder in sorted(installed.iterdir(), key=_version_order):
            if (folder / "pack.toml").is_file():
                named[folder.name] = folder
                named[folder.name.rpartition("-")[0] or folder.name] = folder
    return named


def _version_order(folder: Path) -> tuple[str, tuple[int, ...]]:
    name, _dash, version = folder.name.rpartition("-")
    return name, tuple(int(part) for part in re.findall(r"[0-9]+", version))


def load(folder: Path) -> LawPack:
    """The pack of a folder, as values.

    Raises FileRefused with file, line and what is wrong, and how many more faults there are.
    """
    source = read(folder)
    errors = [fault for fault in source.faults if fault.severity is Severity.ERROR]
    if errors:
        first, more = errors[0], len(errors) - 1
        message = _("The law pack {pack} cannot be used. {where}: {message}").format(
            pack=folder.name, where=first.where, message=first.message
        )
        if more:
            message += " " + plural(
                "{count} more place is wrong.", "{count} more places are wrong.", more
            ).format(count=more)
        raise FileRefused(
            message + " " + _("The pack was not loaded."),
            _("“marula law check” lists every place. Put them right, or install the pack again."),
            line=source.lines[first.id] or None,
        )
    return values(source)


def check(folder: Path) -> tuple[Finding, ...]:
    """Everything wrong with the pack of a folder, its test vectors included; empty when all is well.

    A file that is not TOML at all ends the search: what leans on it would be blamed in vain.
    """
    from app.storage.lawvectors import run_vectors

    try:
        source = read(folder)
    except FileRefused as refusal:
        where = _("line {line}").format(line=refusal.line) if refusal.line else folder.name
        return (
            Finding(Severity.ERROR, where, "lawpack.form", refusal.message, remedy=refusal.remedy, id="form"),
        )
    if not any(fault.severity is Severity.ERROR for fault in source.faults):
        run_vectors(source, values(source))
    return tuple(source.faults)


def read(folder: Path) -> Source:
    """The files of a pack with every fault of form and of reference.

    Raises FileRefused when a file is no TOML, is not text, or `pack.toml` is not there.
    """
    from app.storage.lawlinks import check_links

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
    if not source.faults:
        check_links(source)
    return source


def _read_file(source: Source, file: str) -> None:
    path = source.folder / file
    if not path.is_file():
        source.tables[file] = {}
        # Vectors and fees may be left out; the rest makes the law.
        if file not in ("vectors.toml", "fees.toml"):
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
    identity = "code" if array == "status" else "id"
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
            source.blame(file, (*at, name), "kind", message)
    for name, key in keys.items():
        if key.must and name not in row:
            source.blame(file, at, "missing-key", _("“{key}” is missing.").format(key=name))


def values(source: Source) -> LawPack:
    """The pack as values. Only for a source without errors."""
    pack = source.tables["pack.toml"]
    return LawPack(
        name=pack["name"], version=pack["version"], title=pack["title"], jurisdiction=pack["jurisdiction"],
        languages=tuple(pack["languages"]), valid_from=pack["valid_from"], valid_to=pack.get("valid_to"),
        office=pack["office"], sources=tuple(pack["sources"]),
        rights={r["id"]: RightRule(**_frozen(r)) for r in source.rows("rights.toml")},
        events={e["id"]: EventRule(**_frozen(e)) for e in source.rows("events.toml")},
        statuses=tuple(StatusRule(**_frozen(s)) for s in source.rows("statuses.toml")),
        limits={x["id"]: _limit(x) for x in source.rows("limits.toml")},
        calendars={c["id"]: _calendar(c) for c in source.rows("calendars.toml")},
        checks=tuple(CheckRule(**({"rights": ()} | _frozen(c))) for c in source.rows("checklists.toml")),
        fees={f["id"]: FeeRule(**({"rights": ()} | _frozen(f))) for f in source.rows("fees.toml")},
        letters={x["id"]: LetterRule(**_frozen(x)) for x in source.rows("letters/letters.toml")},
        letters_folder=str(source.folder / "letters"),
    )  # fmt: skip


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with lists as tuples, ready for a dataclass of the same names."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _limit(row: Mapping[str, Any]) -> LimitRule:
    extend = row.get("extend")
    extension = Extension(extend["max"], extend.get("from", "unrolled")) if extend else None
    return LimitRule(**(_frozen(row) | {"owner": Owner(row["owner"]), "extend": extension}))


def _calendar(row: Mapping[str, Any]) -> Calendar:
    yearly = row.get("yearly", {}).items()
    return Calendar(
        id=row["id"], name=row["name"], version=row["version"], provision=row["provision"],
        rest=tuple(sorted(lawschema.WEEKDAYS.index(day) for day in row.get("rest", ()))),
        yearly={(int(day[:2]), int(day[3:])): name for day, name in yearly},
        easter={int(days): name for days, name in row.get("easter", {}).items()},
        closed=closures(row),
    )  # fmt: skip


def closures(row: Mapping[str, Any]) -> dict[date, str]:
    """The single closures of a table."""
    return {date.fromisoformat(day): why for day, why in row.get("closed", {}).items()}


def each(source: Source, file: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The tables of a file, each with its place."""
    array = lawschema.TABLES[file][0]
    for place, row in enumerate(source.rows(file)):
        yield (array, place), row
