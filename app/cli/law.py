"""`marula law`: the law pack in force, checked and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.domain.law import Extension, LawPack, in_language
from app.errors import Exit, _
from app.services import laws


@click.group()
def command() -> None:
    """Law packs: periods, calendars, events, formalities and letters as data."""


@command.command()
@click.argument("name", required=False)
@pass_desk
def show(desk: Desk, name: str | None) -> None:
    """The law pack NAME, else the office's, else the bundled one."""
    folder = desk.opened_folder() if desk.has_office else None
    if name is None and folder is not None:
        law = desk.office().law
    else:
        law = laws.named(name or laws.BUNDLED, office_folder=folder)
    desk.answer(as_json(law), lambda: lines(law))


@command.command()
@click.argument("file", type=PATH)
@click.pass_context
@pass_desk
def check(desk: Desk, ctx: click.Context, file: Path) -> None:
    """Check the pack in FILE (its folder, pack.toml, or packed file), test vectors included."""
    found = laws.check(file)
    answer = {
        "file": found.file, "name": found.name, "version": found.version, "ok": found.ok,
        "findings": [finding.as_json() for finding in found.findings],
    }  # fmt: skip
    said = [f"{f.severity}: {f.where}: {f.message}" for f in found.findings]
    if not said:
        said = [_("{name} {version}: nothing is wrong.").format(name=found.name, version=found.version)]
    desk.answer(answer, said)
    if not found.ok:
        ctx.exit(int(Exit.REFUSED))


@command.command("what-if")
@click.argument("old")
@click.argument("new")
@pass_desk
def what_if(desk: Desk, old: str, new: str) -> None:
    """The limits counted otherwise under NEW than under OLD, and what that does to the office's cases."""
    office = desk.office() if desk.has_office else None
    with desk.progress(_("Limits of this office")) as progress:
        found = laws.what_if(old, new, office=office, progress=progress)
    desk.answer(what_if_json(found), lambda: what_if_lines(found))


def what_if_json(found: laws.WhatIf) -> dict[str, Any]:
    """Differences of the two packs, and the running limits that change; days are null where there is none."""
    limits = [
        {
            "case": one.case, "number": one.number, "rule": one.rule, "why": one.why,
            "old": one.old.isoformat() if one.old else None, "new": one.new.isoformat() if one.new else None,
        }
        for one in found.limits
    ]  # fmt: skip
    differences = [
        {"what": d.what, "id": d.id, "key": d.key, "old": d.old, "new": d.new} for d in found.differences
    ]
    return {"old": found.old, "new": found.new, "differences": differences, "limits": limits}


def what_if_lines(found: laws.WhatIf) -> Iterable[str]:
    """The differences first, then the limits by case."""
    for d in found.differences:
        yield f"{d.what} {d.id}" + (f", {d.key}" if d.key else "") + f": {d.old} → {d.new}"
    if not found.differences:
        yield _("{old} and {new} count every limit the same way.").format(old=found.old, new=found.new)
    if found.limits:
        yield ""
        yield _("Running limits of this office that would change: {count}").format(count=len(found.limits))
    for one in found.limits:
        old, new = one.old or _("none"), one.new or _("none")
        yield f"{one.number}  {one.rule}: {old} → {new}  ({one.why})"


_TOLD = {
    "rights": "id name series row_kind term provision",
    "events": "id name rights allowed_when fields required opens closes two_person provision",
    "statuses": "code name after only_from rights st27 st61 st87 closed provision",
    "limits": "id name opened_by rights period counted_from roll calendar owner extend met_by on_miss "
    "provision",
    "calendars": "id name version provision",
    "checks": "id name rights how test severity provision letter limit",
    "letters": "id name rights languages event opens about provision",
    "fees": "id name rights amount currency due_on provision",
}
"""What is told of each kind of rule."""


def as_json(law: LawPack) -> dict[str, Any]:
    """The pack: what it is, and its rules with their provisions."""
    named = "name version title jurisdiction languages valid_from valid_to sources"
    answer = _told(law, named)
    for kind, names in _TOLD.items():
        rules = getattr(law, kind)
        answer[kind] = [_told(rule, names) for rule in (rules.values() if isinstance(rules, dict) else rules)]
    return answer


def _told(thing: object, names: str) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in names.split()}


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return asdict(value) if isinstance(value, Extension) else value


def lines(law: LawPack) -> Iterable[str]:
    """The pack for a person: its limits first, each with its provision."""
    yield _("{title} ({name} {version}), {jurisdiction}").format(
        title=in_language(law.title, "en"), name=law.name, version=law.version, jurisdiction=law.jurisdiction
    )
    yield _("In force from {day}").format(day=law.valid_from)
    yield ""
    yield _("Limits:")
    for rule in law.limits.values():
        owner = _("office's own") if rule.owner == "office" else _("applicant's")
        yield f"  {rule.id:<28} {rule.period:>4}  {owner:<12}  {rule.provision}"
    yield ""
    yield _("Rights: {names}").format(names=", ".join(law.rights))
    yield _("Calendars: {names}").format(
        names=", ".join(f"{c.id} ({c.version})" for c in law.calendars.values())
    )
    yield _("Letters: {names}").format(names=", ".join(law.letters))
    yield _("Formalities: {count}").format(count=len(law.checks))
