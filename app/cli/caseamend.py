"""`marula case amend | versions | diff`: amendments and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.desk import DAY, PATH, Desk, fields_of, pass_desk
from app.domain.amendments import Amendment, RowDiff, Version
from app.errors import UsageError, _


@click.command()
@click.argument("case_id", metavar="ID")
@click.option(
    "--row", "rows", multiple=True, metavar="N=TEXT", help=_("A row and its new text; none strikes it out.")
)
@click.option("--claims", type=PATH, help=_("A whole new set, numbered, in a text file."))
@click.option("--basis", "bases", multiple=True, metavar="N=PLACE", help=_("Where the text stands as filed."))
@click.option("--on", type=DAY, help=_("Day the amendment was filed; else today."))
@pass_desk
def amend(
    desk: Desk,
    case_id: str,
    rows: tuple[str, ...],
    claims: Path | None,
    bases: tuple[str, ...],
    on: date | None,
) -> None:
    """Record an amendment; the texts it replaces are kept as a version."""
    from app.services import amending

    if bool(rows) == (claims is not None):
        raise UsageError(
            _("Nothing was recorded: give either rows or a file of claims."),
            _("Name each row that changes, or the file of the whole set."),
            command="case amend CASE --row 1=TEXT",
        )
    basis = fields_of(bases)
    if claims is not None:
        given = amending.from_file(claims, basis)
    else:
        given = Amendment(fields_of(rows), basis)
    done = amending.amend(desk.office(), case_id, given, on=on)
    desk.answer(
        {
            "id": done.case.id, "number": done.case.number, "version": _version(done.version),
            "findings": [f.as_json() for f in done.findings], "act": done.act,
        },
        lambda: [
            *_lines(done.version),
            *(f"{f.severity}: {f.message}" for f in done.findings),
            _("Act {act}").format(act=done.act),
        ],
    )  # fmt: skip


@click.command()
@click.argument("case_id", metavar="ID")
@pass_desk
def versions(desk: Desk, case_id: str) -> None:
    """Every version of the claims, goods or designs."""
    from app.services import amending

    known = amending.versions(desk.office(), case_id)
    desk.answer(
        {"versions": [_version(one) for one in known]}, lambda: [line for v in known for line in _lines(v)]
    )


@click.command()
@click.argument("case_id", metavar="ID")
@click.option("--from", "first", type=int, help=_("The earlier version; else the one before the later."))
@click.option("--to", "last", type=int, help=_("The later version; else the newest."))
@pass_desk
def diff(desk: Desk, case_id: str, first: int | None, last: int | None) -> None:
    """What one version has that another has not, word by word."""
    from app.services import amending

    rows = amending.diff(desk.office(), case_id, first, last)
    desk.answer({"rows": [asdict(row) for row in rows]}, lambda: _differences(rows))


def _version(version: Version) -> dict[str, Any]:
    return asdict(version)


def _lines(version: Version) -> list[str]:
    said = _("Version {number}, {on}").format(number=version.number, on=version.on or "-")
    return [said, *(f"  {r.label:<6} {r.change:<8} {r.basis}".rstrip() for r in version.rows)]


def _differences(rows: Iterable[RowDiff]) -> list[str]:
    signs = {"same": "{}", "new": "{{+{}+}}", "gone": "[-{}-]"}
    said = []
    for row in rows:
        text = "".join(signs[piece.op].format(piece.text) for piece in row.pieces)
        said.append(f"{row.label}  {text if row.change != 'same' else row.change}")
    return said
