"""`marula lease`: the blocks of numbers stations may give out."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _


@click.group()
def command() -> None:
    """Blocks of case and letter numbers, leased to stations."""


@command.command("list")
@pass_desk
def listing(desk: Desk) -> None:
    """All blocks and what is left of them."""
    from app.services import leases

    found = leases.listed(desk.office())
    desk.answer(
        {"leases": [asdict(line) for line in found]},
        lambda: (
            [
                f"{x.series:<24} {x.year}  {x.first:>6}-{x.last:<6} "
                + _("{free} free · station {station}").format(free=x.free, station=x.station[:8])
                + (_(" (this one)") if x.here else "")
                for x in found
            ]
            or [_("No blocks yet; the first number takes one.")]
        ),
    )


@command.command()
@pass_desk
def request(desk: Desk) -> None:
    """Ask the registrar's station for blocks."""
    from app.services import leases

    found = leases.request(desk.office())
    desk.answer(
        {"series": list(found.series)},
        [
            _("Asked for {n} blocks. They arrive after the registrar's station has synchronised.").format(
                n=len(found.series)
            )
        ],
    )
