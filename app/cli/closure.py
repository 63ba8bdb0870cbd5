"""`marula closure`: days the office is closed besides those of the law pack."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from app.cli.desk import DAY, PATH, Desk, pass_desk
from app.errors import _


@click.group()
def command() -> None:
    """Closures announced late: strikes, storms, feasts fixed by the moon; and the limits they move."""


@command.command()
@click.argument("days", nargs=-1, required=True, type=DAY)
@click.option("--instrument", required=True, help=_("The notice or act that closed the office."))
@click.option("--calendar", default="office", show_default=True, help=_("Calendar of the law pack."))
@click.option("--dry-run", is_flag=True, help=_("Only list the limits that would move."))
@click.option("--notices", type=PATH, metavar="DIR", help=_("Draft the letters to the applicants there."))
@pass_desk
def add(
    desk: Desk, days: tuple[date, ...], instrument: str, calendar: str, dry_run: bool, notices: Path | None
) -> None:
    """Enter DAYS as closed and move the running limits that end on them."""
    from app.services import closures

    office = desk.office()
    with desk.progress(_("Moving limits")) as progress:
        done = closures.close(office, days, instrument, calendar=calendar, dry_run=dry_run, progress=progress)
        drafts = closures.notices(office, done, notices, progress=progress) if notices and done.act else ()
    answer = asdict(done)
    del answer["changes"]
    answer["notices"] = [str(path) for path in drafts]
    said = [f"{one.number:<20} {one.name}: {one.old} → {one.new}" for one in done.moved]
    said += [
        _(
            "{number}: {name} ended on {day}; the case is {status}. Nothing was moved: look at the decision."
        ).format(number=one.number, name=one.name, day=one.last_day, status=one.status)
        for one in done.decided
    ]
    desk.answer(answer, said or [_("No running limit ends on these days.")])


@command.command("list")
@pass_desk
def listing(desk: Desk) -> None:
    """The days this office entered."""
    from app.services import closures

    found = closures.entered(desk.office())
    desk.answer(
        {"closures": [{"calendar": c, "day": d, "instrument": i} for c, d, i in found]},
        [f"{day}  {calendar}  {instrument}" for calendar, day, instrument in found]
        or [_("None was entered.")],
    )


@command.command()
@click.argument("days", nargs=-1, required=True, type=DAY)
@click.option("--reason", required=True, help=_("Why the days are open after all."))
@click.option("--calendar", default="office", show_default=True, help=_("Calendar of the law pack."))
@pass_desk
def remove(desk: Desk, days: tuple[date, ...], reason: str, calendar: str) -> None:
    """Take DAYS out that were entered by mistake; limits they moved stay moved."""
    from app.services import closures

    closures.reopen(desk.office(), days, reason=reason, calendar=calendar)
    desk.answer({"removed": list(days)}, [_("Taken out: {count} days.").format(count=len(days))])
