"""`marula office`: make, look at, check, rebuild, back up, restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.desk import PATH, Desk, ask_passphrase, pass_desk, passphrase_of_environment, read_passphrase
from app.errors import OfficeError, _, plural

if TYPE_CHECKING:
    from app.services.offices import Verified


@click.group()
def command() -> None:
    """The office as a whole."""


@command.command()
@click.argument("folder", type=PATH)
@click.option("--law", default="model", show_default=True, help=_("Law pack to work under."))
@click.option("--officer", help=_("Name of the officer at this station; else the login name."))
@click.option(
    "--passphrase-file",
    "file",
    type=PATH,
    help=_("File whose first line is the passphrase."),
)
@pass_desk
def init(desk: Desk, folder: Path, law: str, officer: str | None, file: Path | None) -> None:
    """Make a new office in FOLDER."""
    from app.services import offices

    secret = read_passphrase(file) if file else None
    with offices.init_office(folder, law=law, officer=officer, secret=secret) as office:
        status = offices.status(office)
    desk.answer(
        {**asdict(status), "office": status.office_id},
        [
            _("Made the office {id} in {folder}.").format(id=status.office_id[:8], folder=folder),
            _("Officer {officer}, law pack {law}.").format(officer=status.officer, law=status.law),
            encryption_line(status.encrypted),
        ],
    )


def encryption_line(encrypted: bool) -> str:
    """Whether the office is encrypted, and what that means."""
    if encrypted:
        return _("Encrypted with its passphrase. Without the passphrase nobody can read it: keep it safe.")
    return _("NOT encrypted: whoever takes this disk can read every case and this office's keys.")


@command.command()
@click.option(
    "--trust", default="", metavar="REASON", help=_("The clock is right; a later entry is from a wrong one.")
)
@pass_desk
def clock(desk: Desk, trust: str) -> None:
    """The day by this machine against the newest entry."""
    from app.services import clocks

    office = desk.office()
    found = clocks.trust(office, trust) if trust else clocks.clock(office)
    desk.answer(
        {"today": found.today, "newest": found.newest, "trusted": found.trusted, "believed": found.believed},
        lambda: [
            _("Today is {today}; the newest entry is of {newest}.").format(
                today=found.today, newest=found.newest or "-"
            ),
            _("Dates are accorded.") if found.believed else _("No date is accorded: set the clock."),
        ],
    )


@command.command()
@pass_desk
def status(desk: Desk) -> None:
    """What the office holds."""
    from app.services import offices

    found = offices.status(desk.office())

    def lines() -> list[str]:
        said = [
            _("Office {id} in {path}").format(id=found.office_id[:8], path=found.path),
            _("Law pack {law} · officer {officer}").format(law=found.law, officer=found.officer),
            _(
                "Cases {cases} · operations {operations} · only here {unsynced} · conflicts {conflicts}"
            ).format(
                cases=found.cases,
                operations=found.operations,
                unsynced=found.unsynced,
                conflicts=found.conflicts,
            ),
            _("Digest {digest}").format(digest=found.digest[:16]),
            encryption_line(found.encrypted),
        ]
        for station in found.stations:
            here = _(" (this one)") if station.here else ""
            said.append(
                _("Station {id} {officer}: {n} operations{here}").format(
                    id=station.id[:8], officer=station.officer, n=station.operations, here=here
                )
            )
        for index in found.indexes:
            state = _("current") if index.current else _("behind; it catches up at the next search")
            said.append(
                _("Collection {name}: {engine}, {n} records, {state}").format(
                    name=index.collection, engine=index.engine, n=index.records, state=state
                )
            )
        return said

    desk.answer(asdict(found), lines)


@command.command()
@pass_desk
def verify(desk: Desk) -> None:
    """Check the log's chains, the database and every document."""
    from app.services import offices

    with desk.progress(_("Checking")) as progress:
        found = offices.verify(desk.office(), progress=progress)
    if not found.ok and not desk.as_json:
        for problem in found.problems:
            click.echo(problem, err=True)
    if not found.ok:
        desk.answer(asdict(found), []) if desk.as_json else None
        raise _not_whole(found) if not desk.as_json else SystemExit(1)
    desk.answer(
        asdict(found),
        [
            _("The office is whole: {operations} operations, {documents} documents checked.").format(
                operations=found.operations, documents=found.documents
            )
        ],
    )


def _not_whole(found: Verified) -> OfficeError:
    if found.rebuild_helps:
        return OfficeError(
            _("The log is whole, but the tables made from it differ. Nothing was changed."),
            _("Make them anew with “marula office rebuild”."),
        )
    return OfficeError(
        plural(
            "The office is not whole: {count} problem is listed above. Nothing was changed.",
            "The office is not whole: {count} problems are listed above. Nothing was changed.",
            len(found.problems),
        ).format(count=len(found.problems)),
        _("Stop working in it. Restore a backup, or join the office again from a store that is whole."),
    )


@command.command()
@pass_desk
def rebuild(desk: Desk) -> None:
    """Make all tables and indexes anew from the log."""
    from app.services import offices

    with desk.progress(_("Rebuilding")) as progress:
        found = offices.rebuild(desk.office(), progress=progress)
    same = _("They are the same bytes as before.") if found.same else _("They differ from what stood there.")
    desk.answer(
        {"cases": found.cases, "digest": found.digest, "same": found.same},
        [_("Rebuilt the tables of {cases} cases.").format(cases=found.cases), same],
    )


@command.command()
@click.argument("file", type=PATH)
@pass_desk
def backup(desk: Desk, file: Path) -> None:
    """Write the whole office into FILE."""
    from app.services import offices

    with desk.progress(_("Writing the backup")) as progress:
        found = offices.backup(desk.office(), file, progress=progress)
    desk.answer(
        asdict(found),
        [
            _("Wrote {file}: {size:,} bytes, SHA-256 {sha}.").format(
                file=file, size=found.bytes, sha=found.sha256
            )
        ],
    )


@command.command()
@click.argument("file", type=PATH)
@click.argument("folder", type=PATH)
@pass_desk
def restore(desk: Desk, file: Path, folder: Path) -> None:
    """Make an office in FOLDER from the backup FILE."""
    from app.services import offices

    secret = passphrase_of_environment()
    if secret is None and offices.backup_needs_secret(file):
        secret = ask_passphrase()
    with (
        desk.progress(_("Restoring")) as progress,
        offices.restore(file, folder, secret=secret, progress=progress) as office,
    ):
        found = offices.status(office)
    desk.answer(
        asdict(found),
        [
            _("Restored {cases} cases into {folder}.").format(cases=found.cases, folder=folder),
            _("Synchronise now: what this station wrote after the backup comes back from the others."),
        ],
    )
