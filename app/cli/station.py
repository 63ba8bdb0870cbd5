"""`marula station`: invite, join, accept, list and remove stations of the office."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.desk import PATH, Desk, pass_desk, read_passphrase
from app.cli.office import encryption_line
from app.errors import OfficeError, _

if TYPE_CHECKING:
    from app.services.stations import Applicant


@click.group()
def command() -> None:
    """The stations that share this office."""


@command.command()
@click.option("--out", "out", type=PATH, required=True, help=_("The file to write."))
@click.option("--store", default="", help=_("Address of the exchange folder, for the new station."))
@pass_desk
def invite(desk: Desk, out: Path, store: str) -> None:
    """Write an invitation for one new station. It holds no secret."""
    from app.services import stations

    done = stations.invite(desk.office(), out, store=store)
    desk.answer(
        asdict(done),
        [_("Invitation written to {file}. Carry it to the new station.").format(file=done.file)],
    )


@command.command()
@click.argument("file", type=PATH)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--officer", help=_("The officer's name at the new station; else the login name."))
@click.option("--passphrase-file", type=PATH, help=_("Encrypt this station's copy of the office."))
@pass_desk
def join(desk: Desk, file: Path, folder: Path, officer: str | None, passphrase_file: Path | None) -> None:
    """Make a new station's office folder from an invitation, and write FILE.answer for the office."""
    from app.services import stations

    secret = read_passphrase(passphrase_file) if passphrase_file else None
    done = stations.join(file, folder, officer=officer, secret=secret)
    desk.answer(
        asdict(done),
        [
            _("The new station lies in {folder}.").format(folder=done.folder),
            _("Bring {file} back to the office to be accepted.").format(file=done.answer),
            _("Words to compare aloud: {words}").format(words=done.words),
            encryption_line(secret is not None),
        ],
    )


@command.command()
@click.argument("file", type=PATH)
@click.option("--yes", is_flag=True, help=_("The words were compared; do not ask."))
@click.option(
    "--role",
    type=click.Choice(["examiner", "registrar"]),
    default="examiner",
    help=_("What the station may do. An examiner's enters, edits, notes and decides on cases."),
)
@pass_desk
def accept(desk: Desk, file: Path, yes: bool, role: str) -> None:
    """Accept the station that answered an invitation, after comparing the words."""
    from app.services import stations

    def agree(applicant: Applicant) -> bool:
        return yes or _asked(applicant)

    done = stations.accept(desk.office(), file, agree=agree, role=role)
    answer = asdict(done)
    del answer["changes"]
    desk.answer(
        answer,
        [
            _("Accepted: {officer}, station {id} ({role}). Words: {words}").format(
                officer=done.officer, id=done.station, role=done.role, words=done.words
            ),
            _("The next sync here and there completes it."),
        ],
    )


def _asked(applicant: Applicant) -> bool:
    """Ask on a terminal whether the words are the same on both sides."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise OfficeError(
            _(
                "The words of {officer}'s station are {words}; nobody confirmed them. Nothing was changed."
            ).format(officer=applicant.officer, words=applicant.words),
            _("Compare them with what the new station showed, then repeat with --yes."),
        )
    click.echo(
        _("Station of {officer}. Its words: {words}").format(
            officer=applicant.officer, words=applicant.words
        ),
        err=True,
    )
    return click.confirm(_("Does the new station show the same words?"), err=True)


@command.command("list")
@pass_desk
def listing(desk: Desk) -> None:
    """List the stations of the office."""
    from app.services import stations

    found = stations.listed(desk.office())

    def lines() -> list[str]:
        here = _("this one")
        return [
            f"{one.id}  {one.officer}  {one.role or '-'}  {one.state}  {one.operations}"
            + (f"  ({here})" if one.here else "")
            for one in found
        ]

    desk.answer({"stations": [asdict(one) for one in found]}, lines)


@command.command()
@click.argument("station", metavar="ID")
@click.option("--reason", default="", help=_("Why; kept in the log."))
@pass_desk
def revoke(desk: Desk, station: str, reason: str) -> None:
    """Take a station off the list: what it writes from now on counts nowhere."""
    from app.services import stations

    gone = stations.revoke(desk.office(), station, reason=reason)
    desk.answer(
        asdict(gone),
        [
            _("Removed: {officer}, station {id}.").format(officer=gone.officer, id=gone.id),
            _("Synchronise, so that the others learn of it. What it has read, it has read."),
        ],
    )
