"""`marula demo`: an examiner's day on the sample office."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.errors import _


@click.command()
@click.option("--keep", type=PATH, help=_("Folder to leave everything in; new or empty."))
@click.option("--data", type=PATH, help=_("Walk the day on the real files of this folder."))
@pass_desk
def command(desk: Desk, keep: Path | None, data: Path | None) -> None:
    """Walk an examiner's day and say where each result lies."""
    from app.services import demo

    with desk.progress(_("Sample office")) as progress:
        walked = demo.walk(keep, data, progress=progress)

    def lines() -> list[str]:
        said = [
            f"{n:>2}  {step.name:<36} {step.seconds:6.2f} s  {step.result}"
            for n, step in enumerate(walked.steps, 1)
        ]
        said += ["", _("Where it lies:")]
        said += [f"    {name:<46} {path}" for name, path in walked.places]
        said += ["", _("Look around: marula --office {folder} case list").format(folder=walked.places[0][1])]
        return said

    desk.answer({"steps": [asdict(step) for step in walked.steps], "folder": walked.folder}, lines)
