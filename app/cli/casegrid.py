"""`marula case feature | grid | grid-set`: features of claims against the documents cited."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.services.gridding import Grid


@click.group()
def feature() -> None:
    """The features of a claim."""


@feature.command()
@click.argument("case_id", metavar="ID")
@click.argument("claim")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@pass_desk
def add(desk: Desk, case_id: str, claim: str, texts: tuple[str, ...]) -> None:
    """Add features to CLAIM."""
    from app.services import gridding

    _tell(desk, gridding.add(desk.office(), case_id, claim, texts))


@feature.command()
@click.argument("case_id", metavar="ID")
@click.argument("claim")
@pass_desk
def split(desk: Desk, case_id: str, claim: str) -> None:
    """Split CLAIM into features where its text parts."""
    from app.services import gridding

    _tell(desk, gridding.split(desk.office(), case_id, claim))


@feature.command()
@click.argument("case_id", metavar="ID")
@click.argument("number", metavar="FEATURE")
@pass_desk
def remove(desk: Desk, case_id: str, number: str) -> None:
    """Take FEATURE out of its claim."""
    from app.services import gridding

    _tell(desk, gridding.remove(desk.office(), case_id, number))


@click.command()
@click.argument("case_id", metavar="ID")
@pass_desk
def grid(desk: Desk, case_id: str) -> None:
    """Features against citations, and the categories that follow."""
    from app.services import gridding

    _tell(desk, gridding.grid(desk.office(), case_id))


@click.command("grid-set")
@click.argument("case_id", metavar="ID")
@click.argument("number", metavar="FEATURE")
@click.argument("citation")
@click.argument("state", metavar="yes|no|partly")
@click.option("--passage", default="", help=_("Where in the document."))
@pass_desk
def grid_set(desk: Desk, case_id: str, number: str, citation: str, state: str, passage: str) -> None:
    """Say whether CITATION shows FEATURE, and where."""
    from app.services import gridding

    _tell(desk, gridding.mark(desk.office(), case_id, number, citation, state, passage=passage))


def grid_json(grid: Grid) -> dict[str, Any]:
    """The grid for others."""
    return {
        "id": grid.case.id, "number": grid.case.number, "features": [asdict(f) for f in grid.features],
        "citations": [asdict(c) for c in grid.citations], "cells": [asdict(c) for c in grid.cells],
        "proposals": [asdict(p) for p in grid.proposals], "unsplit": list(grid.unsplit),
    } | ({"act": grid.act} if grid.act else {})  # fmt: skip


def _tell(desk: Desk, grid: Grid) -> None:
    desk.answer(grid_json(grid), lambda: _lines(grid))


def _lines(grid: Grid) -> list[str]:
    place = {citation.id: str(n) for n, citation in enumerate(grid.citations, 1)}
    shown = {(cell.feature, cell.citation): cell for cell in grid.cells}
    said = [f"{n}  {c.office} {c.number} {c.kind_code}" for n, c in enumerate(grid.citations, 1)]
    for one in grid.features:
        cells = [(place[c], shown.get((one.id, c))) for c in place]
        marks = "  ".join(f"{n}:{cell.state} {cell.passage}".rstrip() for n, cell in cells if cell)
        said += [f"{one.number:<6} {one.text}", *([f"       {marks}"] if marks else [])]
    for proposal in grid.proposals:
        documents = "; ".join(
            f"{place[c]} {letters}" for c, letters in zip(proposal.citations, proposal.letters, strict=True)
        )
        said.append(_("Claim {n}: {documents}").format(n=proposal.claim, documents=documents))
    return said + ([_("Act {act}").format(act=grid.act)] if grid.act else [])
