"""`marula limit FROM PERIOD`: a time limit and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from app.cli.desk import Desk, pass_desk
from app.domain.law import LawPack
from app.errors import _, spoken_language
from app.services import calendars, limits


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("period")
@click.option("--calendar", metavar="NAME", help=_("none, sat-sun, fri-sat, or one of the law pack."))
@click.option(
    "--rule", metavar="NAME", default=limits.DEFAULT_RULE, show_default=True,
    help=_("How to count: pct-80, paris-4c, madrid-4, hague-4, or a limit of the law pack."),
)  # fmt: skip
@click.option("--received", metavar="DATE", help=_("Day the document arrived (PCT Rule 80.6)."))
@click.option("--closed", metavar="DATE", multiple=True, help=_("A day the office is closed besides."))
@click.option("--extend", metavar="PERIOD", help=_("Extend the limit by PERIOD."))
@click.option(
    "--from", "extend_from", type=click.Choice(["unrolled", "rolled"]), default="unrolled",
    show_default=True, help=_("The last day the extension is counted from."),
)  # fmt: skip
@click.option(
    "--also", metavar="CALENDARS", help=_("Show the last day in these besides: ethiopian,hijri,buddhist.")
)
@pass_desk
def command(
    desk: Desk, /, start: str, period: str, closed: tuple[str, ...], also: str | None, **asked: Any
) -> None:
    """The last day of PERIOD (2m, 60d, 1y) from the day FROM, and why it is that day."""
    law = _law(desk)
    wanted = calendars.asked(also, law)
    answer = limits.limit(start, period, closed=closed, law=law, **asked)
    shown = calendars.also(answer.last_day, wanted, spoken_language())
    desk.answer(as_json(answer) | ({"also": shown} if wanted else {}), lambda: lines(answer, shown.values()))


def _law(desk: Desk) -> LawPack | None:
    """The law of the office that was named, or of the person's own where it opens without a question."""
    office = desk.office_at_hand()
    return office.law if office else None


def as_json(answer: limits.Limit) -> dict[str, Any]:
    """The keys of the command line; `source` of a step is its provision."""
    return {
        "from": answer.start.isoformat(),
        "unrolled": answer.unrolled.isoformat(),
        "last_day": answer.last_day.isoformat(),
        "calendar": answer.calendar,
        "calendar_version": answer.version,
        "steps": [
            {"rule": step.rule, "provision": step.provision, "source": step.provision, "text": step.text}
            for step in answer.steps
        ],
    }


def lines(answer: limits.Limit, also: Iterable[str] = ()) -> list[str]:
    """The answer first, in other calendars too, then each step with the rule it stands on."""
    said = [_("Last day: {day}").format(day=limits.spoken(answer.last_day))]
    said += [f"  {day}" for day in also]
    if answer.unrolled != answer.last_day:
        said.append(_("Before rolling: {day}").format(day=limits.spoken(answer.unrolled)))
    said.append("")
    for number, step in enumerate(answer.steps, 1):
        said += [f"{number}. {step.text}", f"   {step.provision}"]
    said.append("")
    calendar = answer.calendar if not answer.version else f"{answer.calendar} ({answer.version})"
    said.append(_("Calendar: {calendar}").format(calendar=calendar))
    return said
