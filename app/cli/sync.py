"""`marula sync STORE`: exchange with a stick, a share or a network store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.services.syncing import Synced, TravelPlan


@click.command()
@click.argument("store", metavar="STORE")
@click.option("--dry-run", is_flag=True, help=_("Only say what would travel, and how many bytes."))
@pass_desk
def command(desk: Desk, store: str, dry_run: bool) -> None:
    """Exchange with the other stations through STORE: a folder, a stick, or a URL (webdav://, s3://,
    sftp://). Safe to repeat and to interrupt."""
    from app.services import syncing

    office = desk.office()
    before = None if desk.as_json else _announce
    with desk.progress(_("Exchanging")) as progress:
        done = syncing.sync(office, store, dry_run=dry_run, before=before, progress=progress)
    answer = asdict(done)
    del answer["changes"]
    desk.answer(answer, lambda: _lines(done))


def _announce(plan: TravelPlan) -> None:
    """Say what will travel before it does."""
    if plan.new_store:
        told = _("{store} holds nothing of this office yet: it becomes a new exchange folder.")
        click.echo(told.format(store=plan.store), err=True)
    told = _("To be written: {out} bytes. To be read: {back} bytes.")
    click.echo(told.format(out=f"{plan.bytes_out:,}", back=f"{plan.bytes_back:,}"), err=True)


def _lines(done: Synced) -> Iterator[str]:
    told = _(
        "Written: {wrote} files, {out} bytes. Read: {read} files, {back} bytes. Applied: {applied} changes."
    )
    if done.dry_run:
        told = _("Would be written: {wrote} files, {out} bytes. Would be read: {read} files, {back} bytes.")
    yield told.format(
        wrote=done.wrote, out=f"{done.bytes_written:,}", read=done.read, back=f"{done.bytes_read:,}",
        applied=done.applied,
    )  # fmt: skip
    if done.new_store:
        told = _("Nothing of this office lay in {store} before. If that is a surprise, look at the name.")
        yield told.format(store=done.store)
    for line in (*done.waiting, *done.forks):
        yield f"  {line}"
    for one in done.quarantined:
        yield _("  not taken: {file}: {reason}").format(file=one.file or one.sha256[:16], reason=one.reason)
    if done.conflicts:
        yield _("Open conflicts: {count} (“marula conflict list”)").format(count=len(done.conflicts))
    yield _("Register: {digest}").format(digest=done.digest)
