"""`marula case divide | merge | request`: what concerns several cases at once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from app.cli.desk import DAY, Desk, fields_of, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.domain.case import Case, CaseLine


@click.command()
@click.argument("case_id", metavar="ID")
@click.option("--rows", required=True, help=_("The rows that leave, by label: 9,42 or 1-3."))
@click.option("--on", type=DAY, help=_("Legal date of the division; else today."))
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("A field of the event."))
@pass_desk
def divide(desk: Desk, case_id: str, rows: str, on: date | None, fields: tuple[str, ...]) -> None:
    """Divide rows out of a case into a new one, which keeps its dates."""
    from app.services import dividing

    done = dividing.divide(desk.office(), case_id, rows, on=on, fields=fields_of(fields))
    desk.answer(
        {"case": _short(done.case), "new": _short(done.new), "act": done.act},
        lambda: [
            _("{number} was divided; {new} came of it.").format(number=done.case.number, new=done.new.number),
            *_rows(done.case),
            *_rows(done.new),
            _("Act {act}").format(act=done.act),
        ],
    )


@click.command()
@click.argument("case_id", metavar="ID")
@click.argument("into", metavar="INTO")
@click.option("--on", type=DAY, help=_("Legal date of the merger; else today."))
@pass_desk
def merge(desk: Desk, case_id: str, into: str, on: date | None) -> None:
    """Merge a case into INTO, from which it was once divided."""
    from app.services import dividing

    done = dividing.merge(desk.office(), case_id, into, on=on)
    desk.answer(
        {"case": _short(done.case), "gone": _short(done.gone), "act": done.act},
        lambda: [
            _("{gone} was merged into {number}.").format(gone=done.gone.number, number=done.case.number),
            *_rows(done.case),
            _("Act {act}").format(act=done.act),
        ],
    )


@click.command()
@click.argument("event")
@click.argument("case_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--on", type=DAY, help=_("Legal date of the event; else today."))
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("A field of the event."))
@pass_desk
def request(
    desk: Desk, event: str, case_ids: tuple[str, ...], on: date | None, fields: tuple[str, ...]
) -> None:
    """Record EVENT on several cases by one request; each has its own result."""
    from app.services import requests

    with desk.progress(_("Recording")) as progress:
        done = requests.request(
            desk.office(), event, case_ids, on=on, fields=fields_of(fields), progress=progress
        )
    desk.answer(
        {
            "event": done.event, "done": [_line(line) for line in done.done],
            "refused": [asdict(one) for one in done.refused], "act": done.act,
        },
        lambda: [
            *(f"{line.number:<20} {line.status.name}" for line in done.done),
            *(_("not on {case}: {reason}").format(case=one.case, reason=one.message) for one in done.refused),
            _("Act {act}").format(act=done.act),
        ],
    )  # fmt: skip


def _short(case: Case) -> dict[str, Any]:
    rows = [
        {"id": r.id, "label": r.label, "status": r.status, "since": r.since, "live": r.live}
        for r in case.rows
    ]
    return {"id": case.id, "number": case.number, "status": asdict(case.status), "rows": rows}


def _line(line: CaseLine) -> dict[str, Any]:
    return {"id": line.id, "number": line.number, "title": line.title, "status": asdict(line.status)}


def _rows(case: Case) -> list[str]:
    return [f"  {case.number}  {row.label:<6} {row.status_name or row.status}" for row in case.rows]
