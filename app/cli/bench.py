"""`marula bench`: figures of this machine, beside those of a peer in the same run."""

from __future__ import annotations

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _


@click.command(
    help=_(
        "Measure one part of the program on this machine, beside a peer. Without NAME: which parts there are."
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name", required=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@pass_desk
def command(desk: Desk, name: str | None, words: tuple[str, ...]) -> None:
    """Start `bench/NAME.py`; words after the name are its own."""
    from app.services import benches

    if name is None:
        known = benches.names()
        desk.answer({"benchmarks": known}, known)
        return
    benches.run(name, [*words, *(["--json"] if desk.as_json else [])])
