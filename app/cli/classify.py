"""`marula classify SYMBOL…`: what class symbols mean, whether they can stand, their field of technology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from app.cli.desk import DAY, Desk, pass_desk
from app.domain.law import in_language
from app.errors import _

if TYPE_CHECKING:
    from app.services.classes import ClassTitle, SymbolCheck


@dataclass(frozen=True, slots=True)
class _Told:
    check: SymbolCheck
    title: ClassTitle | None
    technology: str


@click.command("classify")
@click.argument("symbols", nargs=-1, required=True, metavar="SYMBOL…")
@click.option("--on", type=DAY, help=_("By the edition in force on this day; else the newest."))
@click.option("--scheme", type=click.Choice(["ipc", "cpc", "nice", "locarno", "vienna"]),
              help=_("Classification; else by the form of the symbol."))  # fmt: skip
@click.option("--language", default="en", show_default=True, help=_("Language of the titles."))
@pass_desk
def command(desk: Desk, symbols: tuple[str, ...], on: date | None, scheme: str | None, language: str) -> None:
    """Titles and soundness of class symbols, by the installed packs and the tables of editions.

    Titles come from packs an office makes of its own download (`pack build ipc|cpc|nice|locarno`).
    """
    from app.services import classes

    folder = desk.opened_folder() if desk.has_office else None
    found = []
    for one in classes.check(symbols, on, scheme=scheme or "", folder=folder):
        title = field = None
        if not one.problem:
            title = classes.title(one.symbol, language, scheme=one.scheme, on=on, folder=folder)
            field = classes.technology(one.symbol) if one.scheme == "ipc" else None
        found.append(_Told(one, title, in_language(field.names, language) if field else ""))
    answer = [
        {**asdict(x.check), "title": asdict(x.title) if x.title else None, "technology": x.technology}
        for x in found
    ]
    desk.answer({"symbols": answer}, lambda: _lines(found))


def _lines(found: list[_Told]) -> Iterator[str]:
    for one in found:
        yield f"{one.check.symbol or one.check.given}  {one.check.scheme} {one.check.edition}".rstrip()
        if one.check.problem:
            yield f"  {one.check.problem}"
        if one.title:
            for symbol, text in one.title.above:
                yield f"  {symbol}  {text}"
            yield f"  {one.title.symbol}  {one.title.text}"
        elif not one.check.problem:
            yield "  " + _("No installed pack has its title.")
        if one.technology:
            yield "  " + _("Field of technology: {name}").format(name=one.technology)
