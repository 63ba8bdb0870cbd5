"""`marula conflict`: list and settle what two stations set differently."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _


@click.group()
def command() -> None:
    """Guarded fields that were set differently on two stations."""


@command.command("list")
@pass_desk
def listing(desk: Desk) -> None:
    """List open conflicts; letters of their cases wait."""
    from app.services import conflicts

    found = conflicts.listed(desk.office())

    def lines() -> list[str]:
        said = []
        for conflict in found:
            said.append(f"{conflict.number}  {conflict.field}  {conflict.id}")
            said += [f"    {v.value}  ({v.who}, {v.when}, {v.station[:8]})" for v in conflict.values]
        return said or [_("No conflicts.")]

    desk.answer({"conflicts": [asdict(conflict) for conflict in found]}, lines)


@command.command()
@click.argument("ident", metavar="ID")
@click.option("--keep", required=True, help=_("The value to keep: one of those shown, or another."))
@click.option("--reason", required=True, help=_("Why; kept with the settlement."))
@pass_desk
def settle(desk: Desk, ident: str, keep: str, reason: str) -> None:
    """Settle a conflict. Every value stays in the history."""
    from app.services import conflicts

    found = conflicts.settle(desk.office(), ident, keep=keep, reason=reason)
    desk.answer(
        {"id": found.id, "case": found.case, "field": found.field, "value": found.value},
        [_("Settled {field}: {value}").format(field=found.field, value=found.value)],
    )
