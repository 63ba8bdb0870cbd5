"""`marula collection`: published records to search in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.errors import _, plural


@click.group(help=_("Collections of published records: prior art, registers of marks, pictures."))
def command() -> None:
    """`collection`."""


@command.command("create", help=_("Make an empty collection."))
@click.argument("name")
@pass_desk
def create(desk: Desk, name: str) -> None:
    """`collection create`."""
    from app.services import collections

    made = collections.create(desk.folder_of_any_office(), name)
    desk.answer(
        {"name": made.name, "records": 0},
        [_("Collection “{name}” is there, empty.").format(name=made.name)],
    )


@command.command(
    "add",
    help=_(
        "Read files or folders into a collection. A register of marks may come as a table with the heading "
        "number,name,classes,office,filing_date, or as a folder of pictures with a table number,name,image."
    ),
)
@click.argument("name")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@pass_desk
def add(desk: Desk, name: str, paths: tuple[Path, ...]) -> None:
    """`collection add`."""
    from app.services import collections

    with desk.progress(_("Adding")) as progress:
        done = collections.add(desk.folder_of_any_office(), name, paths, progress=progress)

    def lines() -> Iterator[str]:
        yield plural("{count} record added.", "{count} records added.", done.added).format(count=done.added)
        if done.updated:
            yield plural(
                "{count} record was here and took on what is new.",
                "{count} records were here and took on what is new.",
                done.updated,
            ).format(count=done.updated)
        if done.held:
            yield plural("{count} was here already.", "{count} were here already.", done.held).format(
                count=done.held
            )
        if done.unnumbered:
            yield plural(
                "{count} passed over: it has no publication or registration number.",
                "{count} passed over: they have no publication or registration number.",
                done.unnumbered,
            ).format(count=done.unnumbered)
        for refused in done.refused:
            yield f"{refused.file}: {refused.refusal}"
        for finding in done.findings[:20]:
            yield f"{finding.where}: {finding.message}"
        yield _("The collection holds {records} records, searched by {engine}.").format(
            records=done.records, engine=done.engine
        )

    coverage = done.coverage.as_json()
    desk.answer(
        {
            "collection": done.collection,
            "added": done.added,
            "updated": done.updated,
            "skipped": done.skipped,
            "held": done.held,
            "refused": [refused.as_json() for refused in done.refused],
            "engine": done.engine,
            "records": done.records,
            "coverage": {key: coverage[key] for key in ("first", "last", "offices")},
            "findings": [finding.as_json() for finding in done.findings],
        },
        lines,
    )
    if done.refused and not (done.added or done.updated or done.skipped):
        raise click.exceptions.Exit(1)


@command.command("list", help=_("Show the collections, how much they hold and what they reach over."))
@pass_desk
def list_(desk: Desk) -> None:
    """`collection list`."""
    from app.services import collections

    found = collections.listed(desk.folder_of_any_office())

    def lines() -> Iterator[str]:
        if not found:
            yield _("There is no collection yet.")
        for one in found:
            reach = one.coverage
            yield _("{name}: {records} records, {first} to {last}, {offices}; {engine}").format(
                name=one.name,
                records=reach.records,
                first=reach.first or "–",
                last=reach.last or "–",
                offices=" ".join(reach.offices) or "–",
                engine=one.engine,
            )

    desk.answer(
        {
            "collections": [
                {
                    "name": one.name,
                    "records": one.coverage.records,
                    "engine": one.engine,
                    "indexes": [
                        {"engine": i.engine, "records": i.records, "current": i.current} for i in one.indexes
                    ],
                    "coverage": one.coverage.as_json(),
                }
                for one in found
            ]
        },
        lines,
    )


@command.command("drop", help=_("Remove a collection, its indexes and its pictures."))
@click.argument("name")
@pass_desk
def drop(desk: Desk, name: str) -> None:
    """`collection drop`."""
    from app.services import collections

    collections.drop(desk.folder_of_any_office(), name)
    desk.answer({"dropped": name}, [_("Collection “{name}” was removed.").format(name=name)])
