"""`marula mark`: marks that are like a name or a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.services.marks import MarkHit


@click.group(help=_("Marks like a name or a picture, with the reasons."))
def command() -> None:
    """`mark`."""


@command.command("find", help=_("Marks whose names look or sound like NAME."))
@click.argument("name")
@click.option("--nice", default="", metavar="LIST", help=_("Only these Nice classes, for example 5,30."))
@click.option("--in", "names", multiple=True, metavar="NAME", help=_("Look in this collection."))
@click.option("--limit", default=20, type=click.IntRange(1, 1_000), help=_("Hits shown, ten at least."))
@pass_desk
def find(desk: Desk, name: str, nice: str, names: tuple[str, ...], limit: int) -> None:
    """`mark find`."""
    from app.services import marks

    hits = marks.find(
        desk.folder_of_any_office(), name, nice=_classes(nice), collections=_split(names), limit=limit
    )
    _answer(desk, {"name": name}, hits)


@command.command("look", help=_("Marks whose pictures look like IMAGE."))
@click.argument("image", type=PATH)
@click.option("--in", "names", multiple=True, metavar="NAME", help=_("Look in this collection."))
@click.option("--limit", default=20, type=click.IntRange(1, 1_000), help=_("Hits shown, ten at least."))
@pass_desk
def look(desk: Desk, image: Path, names: tuple[str, ...], limit: int) -> None:
    """`mark look`."""
    from app.services import marks

    with desk.progress(_("Looking")) as progress:
        hits = marks.look(
            desk.folder_of_any_office(), image, collections=_split(names), limit=limit, progress=progress
        )
    _answer(desk, {"image": str(image)}, hits)


@command.command("compare", help=_("How alike two names are, and why."))
@click.argument("a")
@click.argument("b")
@pass_desk
def compare(desk: Desk, a: str, b: str) -> None:
    """`mark compare`."""
    from app.services import marks

    like = marks.compare(a, b)
    desk.answer(
        {"a": a, "b": b, "score": like.score, "reasons": list(like.reasons)},
        [_("{a} and {b}: {score:.0f} of 100").format(a=a, b=b, score=like.score), *like.reasons],
    )


def _split(given: Sequence[str]) -> list[str]:
    return [name.strip() for group in given for name in group.split(",") if name.strip()]


def _classes(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not part.isdecimal() or not 1 <= int(part) <= 45:
            raise click.UsageError(_("“{part}” is not a Nice class; they go from 1 to 45.").format(part=part))
    return [int(part) for part in parts]


def _answer(desk: Desk, asked: dict[str, str], hits: Sequence[MarkHit]) -> None:
    def lines() -> Iterator[str]:
        if not hits:
            yield _("No mark was found. The collections searched hold none, or none with a picture.")
        for number, hit in enumerate(hits, 1):
            printed = " ".join(part for part in (hit.office, hit.number) if part)
            classes = ", ".join(str(number) for number in hit.nice)
            name = click.style(hit.name, bold=True)
            yield f"{number:>3}. {hit.score:5.1f}  {name}  {printed}  {classes}".rstrip()
            yield "            " + "; ".join(hit.reasons)

    desk.answer({**asked, "hits": [hit.as_json() for hit in hits]}, lines)
