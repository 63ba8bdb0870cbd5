"""Law packs on disk: found, read, and refused with the line where they go wrong.

A pack is a folder of TOML files (see `resources/law/README.md`); the bundled ones lie in
`resources/law`, installed ones in `OFFICE/packs/law/NAME-VERSION`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.domain.case import Owner
from app.domain.findings import Finding, Severity
from app.domain.law import (
    Calendar,
    CheckRule,
    DemandRule,
    EventRule,
    Extension,
    FeeRule,
    LawPack,
    LetterRule,
    LimitRule,
    RightRule,
    RouteRule,
    RowStatusRule,
    StatusRule,
)
from app.errors import FileRefused, OfficeError, _, plural
from app.paths import resources
from app.rules import calendars
from app.rules.feasts import WEEKDAYS, weekday_rule
from app.storage.lawlines import parse
from app.storage.lawlinks import check_links
from app.storage.lawsource import Source, closures, read
from app.storage.lawvectors import run_vectors

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*\Z")


def find(name: str, installed: Path | None = None) -> Path:
    """The folder of the pack `name` (or `NAME-VERSION`): newest installed one, else the bundled one.

    Raises OfficeError with the names there are.
    """
    named = shelf(installed)
    if _NAME.match(name) and name in named:
        return named[name]
    raise OfficeError(
        _("There is no law pack “{name}” here. Nothing was changed.").format(name=name),
        _("Packs here: {names}. Install the one you need.").format(
            names=", ".join(sorted(named)) or _("none")
        ),
        command="pack install FILE",
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


def identity(folder: Path) -> tuple[str, str]:
    """Name and version as pack.toml gives them, empty where it cannot be read."""
    try:
        pack = parse((folder / "pack.toml").read_text("utf-8-sig"), "pack.toml")
    except (OSError, UnicodeDecodeError, FileRefused):
        return "", ""
    return str(pack.get("name", "")), str(pack.get("version", ""))


def load(folder: Path) -> LawPack:
    """The pack of a folder, as values; its test vectors are run, so that no pack that counts wrongly is used.

    Raises FileRefused with file, line and what is wrong, and how many more faults there are.
    """
    source = _linked(folder)
    law = None if source.errors else values(source)
    if law is not None:
        run_vectors(source, law)
    if law is not None and not source.errors:
        return law
    first, more = source.errors[0], len(source.errors) - 1
    message = _("The law pack {pack} cannot be used. {where}: {message}").format(
        pack=folder.name, where=first.where, message=first.message
    )
    if more:
        message += " " + plural(
            "{count} more place is wrong.", "{count} more places are wrong.", more
        ).format(count=more)
    raise FileRefused(
        message + " " + _("The pack was not loaded."),
        _("Put every place right, or install the pack again."),
        command="law check FILE",
        line=source.lines[first.id] or None,
    )


def _linked(folder: Path) -> Source:
    """The files, faults of form noted; where there are none, those of reference."""
    source = read(folder)
    if not source.faults:
        check_links(source)
    return source


def check(folder: Path) -> tuple[Finding, ...]:
    """Everything wrong with the pack of a folder, its test vectors included; empty when all is well.

    A file that is not TOML at all ends the search: what leans on it would be blamed in vain.
    """
    try:
        source = _linked(folder)
    except FileRefused as refusal:
        where = _("line {line}").format(line=refusal.line) if refusal.line else folder.name
        return (
            Finding(
                Severity.ERROR, where, "lawpack.form", refusal.message, remedy=refusal.remedy, id="form"
            ),
        )  # fmt: skip
    if not source.errors:
        run_vectors(source, values(source))
    return tuple(source.faults)


def values(source: Source) -> LawPack:
    """The pack as values. Only for a source without errors."""
    pack = source.tables["pack.toml"]
    return LawPack(
        name=pack["name"], version=pack["version"], title=pack["title"], jurisdiction=pack["jurisdiction"],
        languages=tuple(pack["languages"]), valid_from=pack["valid_from"], valid_to=pack.get("valid_to"),
        office=pack["office"], sources=tuple(pack["sources"]),
        rights={r["id"]: RightRule(**_frozen(r)) for r in source.rows("rights.toml")},
        events={e["id"]: EventRule(**_frozen(e)) for e in source.rows("events.toml")},
        row_statuses={r["id"]: RowStatusRule(**_frozen(r)) for r in source.rows("rows.toml")},
        statuses=tuple(StatusRule(**_frozen(s)) for s in source.rows("statuses.toml")),
        limits={x["id"]: _limit(x) for x in source.rows("limits.toml")},
        calendars=_calendars(source.rows("calendars.toml")),
        checks=tuple(CheckRule(**({"rights": ()} | _frozen(c))) for c in source.rows("checklists.toml")),
        fees={f["id"]: FeeRule(**({"rights": ()} | _frozen(f))) for f in source.rows("fees.toml")},
        letters={x["id"]: LetterRule(**_frozen(x)) for x in source.rows("letters/letters.toml")},
        letters_folder=str(source.folder / "letters"),
        routes={r["id"]: RouteRule(**_frozen(r)) for r in source.rows("routes.toml")},
        demands=tuple(DemandRule(**_frozen(d)) for d in source.rows("rehearsal.toml")),
        also_show=tuple(pack.get("also_show", ())),
        **{key: pack[key] for key in ("receipts", "payment_counts") if key in pack},
    )  # fmt: skip


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with lists as tuples, ready for a dataclass of the same names."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _limit(row: Mapping[str, Any]) -> LimitRule:
    extend = row.get("extend")
    extension = Extension(extend["max"], extend.get("from", "unrolled")) if extend else None
    return LimitRule(**(_frozen(row) | {"owner": Owner(row["owner"]), "extend": extension}))


def _calendars(rows: Iterable[Mapping[str, Any]]) -> dict[str, Calendar]:
    """The calendars, each with the closed days of those it is based on; bases go in no circle (checked)."""
    own = {row["id"]: _calendar(row) for row in rows}

    def whole(name: str) -> Calendar:
        found = own.get(name) or calendars.BUILT_IN[name]
        for base in found.based_on:
            found = calendars.joined(found, whole(base))
        return found

    return {name: whole(name) for name in own}


def _calendar(row: Mapping[str, Any]) -> Calendar:
    based_on = row.get("based_on", ())
    rules = ((weekday_rule(text), name) for text, name in row.get("by_weekday", {}).items())
    return Calendar(
        id=row["id"], name=row["name"], version=row["version"], provision=row["provision"],
        rest=_weekdays(row.get("rest", ())),
        yearly={(int(day[:2]), int(day[3:])): name for day, name in row.get("yearly", {}).items()},
        easter={int(days): name for days, name in row.get("easter", {}).items()},
        orthodox={int(days): name for days, name in row.get("orthodox", {}).items()},
        by_weekday={rule: name for rule, name in rules if rule is not None},
        observed=row.get("observed", ""), observed_from=_weekdays(row.get("observed_from", ())),
        closed=closures(row), based_on=(based_on,) if isinstance(based_on, str) else tuple(based_on),
    )  # fmt: skip


def _weekdays(names: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(WEEKDAYS.index(name) for name in names))
