"""`marula intake`: take applications in."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.case import docket_lines, line_json
from app.cli.desk import PATH, Desk, pass_desk
from app.errors import _, plural


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@pass_desk
def command(desk: Desk, paths: tuple[Path, ...]) -> None:
    """Take the applications in PATHS (files, folders, archives) in as cases."""
    from app.services import intake

    with desk.progress(_("Taking in")) as progress:
        found = intake.take_in(desk.office(), paths, progress=progress)

    def lines() -> list[str]:
        said = [plural("{n} case taken in.", "{n} cases taken in.", found.taken).format(n=found.taken)]
        said += docket_lines(found.cases) if found.cases else []
        said += [f"{f.severity}: {f.where}: {f.message}" for f in found.findings]
        said += [f"{r.file}: {r.refused}" for r in found.refused]
        return said

    desk.answer(
        {
            "taken": found.taken,
            "cases": [line_json(line) for line in found.cases],
            "findings": [f.as_json() for f in found.findings],
            "refused": [{"file": r.file, **r.refused.as_json()} for r in found.refused],
        },
        lines,
    )
    if not found.taken and found.refused:
        raise SystemExit(1)
