"""`marula case`: list, find, open, look at, act on and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import caseamend, casegrid, casehistory, caseread, casesearch, caseseveral
from app.cli.desk import DAY, PATH, Desk, fields_of, pass_desk
from app.domain.case import Case, CaseLine, Deadline
from app.errors import _, spoken_language

if TYPE_CHECKING:
    from app.services.cases import Recorded
    from app.services.offices import Office


@click.group()
def command() -> None:
    """The cases of the office."""


command.add_command(caseread.read)
command.add_command(caseseveral.divide)
command.add_command(caseseveral.merge)
command.add_command(caseseveral.request)
for verb in (
    caseamend.amend, caseamend.versions, caseamend.diff, casegrid.feature, casegrid.grid, casegrid.grid_set,
    casesearch.searched, casesearch.unity, casesearch.search_report,
):  # fmt: skip
    command.add_command(verb)


def line_json(line: CaseLine) -> dict[str, Any]:
    """A line of the docket for others."""
    return {
        "id": line.id, "number": line.number, "right": str(line.right), "title": line.title,
        "applicant": line.applicant, "status": asdict(line.status), "filing_date": line.filing_date,
        "next_limit": limit_json(line.next_limit), "office_limit": limit_json(line.office_limit),
        "confidential": line.confidential,
        "conflicts": line.conflicts, "officer": line.officer,
    }  # fmt: skip


def limit_json(limit: Deadline | None) -> dict[str, Any] | None:
    """A limit in short, null where there is none."""
    if limit is None:
        return None
    return {
        "id": limit.id, "rule": limit.rule, "name": limit.name, "last_day": limit.last_day,
        "owner": str(limit.owner), "state": str(limit.state),
    }  # fmt: skip


def docket_lines(found: Iterable[CaseLine]) -> list[str]:
    """The docket for a person: number, next limit, title, state; `!` where the office's silence protects."""
    said = []
    for line in found:
        limit = line.office_limit or line.next_limit
        mark = "!" if line.office_limit else " "
        due = f"{mark}{limit.last_day} {limit.name}" if limit else "-"
        said.append(f"{line.number:<20} {due:<34.34} {line.status.name:<22.22} {line.title}")
    return said or [_("No cases.")]


@command.command("list")
@click.option("--due", type=int, help=_("Only cases whose next limit ends within so many days."))
@pass_desk
def listing(desk: Desk, due: int | None) -> None:
    """The docket, nearest limit first."""
    from app.services import cases

    found = cases.docket(desk.office(), due=due)
    if desk.as_json:
        desk.stream("cases", map(line_json, found), lambda item: ())
    else:
        desk.answer({}, docket_lines(found))


@command.command()
@click.argument("text")
@pass_desk
def find(desk: Desk, text: str) -> None:
    """Find cases by number in any spelling, name or words of the file."""
    from app.services import cases

    found = cases.find(desk.office(), text)
    desk.answer({"cases": [line_json(line) for line in found]}, lambda: docket_lines(found))


@command.command()
@click.argument("right")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("Set a field."))
@pass_desk
def new(desk: Desk, right: str, fields: tuple[str, ...]) -> None:
    """Open a case of RIGHT by hand."""
    from app.services import cases

    _tell(desk, cases.new(desk.office(), right, fields_of(fields)))


@command.command()
@click.argument("case_id", metavar="ID")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--kind", default="annex", show_default=True, help=_("Kind of document."))
@click.option("--confidential", is_flag=True, help=_("Keep it out of everything others may see."))
@pass_desk
def attach(desk: Desk, case_id: str, files: tuple[Path, ...], kind: str, confidential: bool) -> None:
    """Put FILES into the dossier."""
    from app.services import cases

    _tell(desk, cases.attach(desk.office(), case_id, files, kind=kind, confidential=confidential))


@command.command()
@click.argument("case_id", metavar="ID")
@click.option("--as-of", type=DAY, help=_("What was in force on this day."))
@click.option("--known", type=DAY, help=_("What had been written by this day."))
@pass_desk
def show(desk: Desk, case_id: str, as_of: date | None, known: date | None) -> None:
    """The whole file."""
    from app.services import cases

    office = desk.office()
    case = cases.show(office, case_id, as_of=as_of, known=known)
    told = case_json(case)
    for limit in told["deadlines"] if office.law.also_show else ():
        limit["also"] = beside(office, limit["last_day"])
    desk.answer(told, lambda: case_lines(case, lambda day: beside(office, day).values()))


@command.command()
@click.argument("case_id", metavar="ID")
@pass_desk
def check(desk: Desk, case_id: str) -> None:
    """Run the automatic formalities; list what a person must look at."""
    from app.services import cases

    found = cases.check(desk.office(), case_id).findings
    desk.answer(
        {"findings": [f.as_json() for f in found]},
        lambda: [f"{f.severity}: {f.message} {f.provision}".rstrip() for f in found] or [_("Nothing found.")],
    )


@command.command()
@click.argument("case_id", metavar="ID")
@click.argument("event")
@click.option("--on", type=DAY, help=_("Legal date of the event; else today."))
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("A field of the event."))
@pass_desk
def record(desk: Desk, case_id: str, event: str, on: date | None, fields: tuple[str, ...]) -> None:
    """Record EVENT on the case, with the limits that follow."""
    from app.services import cases

    _tell(desk, cases.record(desk.office(), case_id, event, on=on, fields=fields_of(fields)))


@command.command()
@click.argument("case_id", metavar="ID")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=VALUE", required=True, help=_("A field to set.")
)
@pass_desk
def edit(desk: Desk, case_id: str, fields: tuple[str, ...]) -> None:
    """Set fields; what they replace stays in the history."""
    from app.services import cases

    _tell(desk, cases.edit(desk.office(), case_id, fields_of(fields)))


@command.command()
@click.argument("case_id", metavar="ID")
@click.argument("act", required=False)
@pass_desk
def undo(desk: Desk, case_id: str, act: str | None) -> None:
    """Take back the newest act, or ACT."""
    from app.services import cases

    _tell(desk, cases.undo(desk.office(), case_id, act))


@command.command()
@click.argument("case_id", metavar="ID")
@pass_desk
def history(desk: Desk, case_id: str) -> None:
    """Every change, replaced and losing values included."""
    from app.services import cases

    found = cases.history(desk.office(), case_id)

    def change(line: Any) -> dict[str, Any]:
        told = asdict(line)
        told["field" if line.kind in ("field", "settled") else "event"] = line.what
        return told

    desk.answer(
        {"changes": [change(line) for line in found]},
        lambda: casehistory.lines(found),
    )


def _tell(desk: Desk, written: Recorded) -> None:
    case = written.case
    desk.answer(
        {**case_json(case), "act": written.act},
        lambda: [
            *_head(case),
            *(f"  {d.last_day}  {d.name}  {d.state}" for d in case.deadlines if d.state != "lifted"),
            _("Act {act}").format(act=written.act),
        ],
    )


def case_json(case: Case) -> dict[str, Any]:
    """The case as `case show` gives it."""
    told = asdict(case)
    told["right"] = str(case.right)
    told["next_limit"] = limit_json(case.next_limit)
    told["office_limit"] = limit_json(case.office_limit)
    for party, shown in zip(case.parties, told["parties"], strict=True):
        shown["from"], shown["to"] = party.since, party.until
    told["findings"] = [finding.as_json() for finding in case.findings]
    return told


def _head(case: Case) -> list[str]:
    return [
        f"{case.number}  {case.title}",
        _("{right} · {status} · filed {filed}").format(
            right=str(case.right).replace("_", " "), status=case.status.name, filed=case.filing_date or "-"
        ),
        _("Id {id} · officer {officer}").format(id=case.id, officer=case.officer or "-"),
    ]


def beside(office: Office, day: date) -> Mapping[str, str]:
    """The day in the calendars that the law pack shows beside the Gregorian."""
    if not office.law.also_show:
        return {}
    from app.services import calendars

    return calendars.also(day, office.law.also_show, spoken_language())


def case_lines(case: Case, beside: Callable[[date], Iterable[str]] = lambda day: ()) -> list[str]:
    """The file for a person; `beside` gives a last day in other calendars."""
    said = _head(case)
    said += [f"  {p.role}: {p.name}" + (f", {p.country}" if p.country else "") for p in case.parties]
    said += [_("Limits:")] if case.deadlines else []
    for d in case.deadlines:
        said += [
            f"  {d.last_day}  {d.name}  {d.state} ({d.provision})",
            *(f"    {x}" for x in beside(d.last_day)),
        ]
    said += [_("Events:")] if case.events else []
    said += [f"  {e.on}  {e.name}" + (_("  (taken back)") if e.voided else "") for e in case.events]
    said += [_("Objections:")] if case.objections else []
    said += [
        f"  {o.number}  {o.provision}  {', '.join(o.rows) or '-'}  {o.state}  {o.grounds}".rstrip()
        for o in case.objections
    ]
    said += [_("Letters:")] if case.letters else []
    said += [f"  {x.date}  {x.number}  {x.name}  {x.state}" for x in case.letters]
    said += [_("Documents:")] if case.documents else []
    said += [f"  {d.id}  {d.name}  {d.bytes:,} bytes" for d in case.documents]
    said += [_("Conflicts:")] if case.conflicts else []
    said += [f"  {c.field}: " + " | ".join(str(v.value) for v in c.values) for c in case.conflicts]
    said += [_("Findings:")] if case.findings else []
    said += [f"  {f.severity}: {f.message}" for f in case.findings]
    return said
