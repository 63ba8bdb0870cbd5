"""`marula designation`: Madrid, The Hague and the PCT; as designated office and as office of origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.case import docket_lines, line_json
from app.cli.desk import DAY, PATH, Desk, fields_of, pass_desk
from app.errors import Exit, _

if TYPE_CHECKING:
    from app.domain.findings import Finding
    from app.services.designations import Designated


@click.group()
def command() -> None:
    """International designations: taken in, refused in time, certified, watched."""


_fields = click.option(
    "--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("A field of the form, repeatable.")
)


@command.command()
@click.argument("files", nargs=-1, type=PATH)
@click.option("--right", default="trade_mark", show_default=True, help=_("Right, where no file is given."))
@_fields
@pass_desk
def take(desk: Desk, files: tuple[Path, ...], right: str, fields: tuple[str, ...]) -> None:
    """Take designations in: from FILES of the International Bureau, or one by its fields.

    notified is the day the International Bureau sent it, published that of the Hague publication;
    goods_9 are the goods of class 9.
    """
    from app.services import designations

    office, given = desk.office(), fields_of(fields)
    if files:
        with desk.progress(_("Taking designations in")) as progress:
            done = designations.take(office, files, fields=given, progress=progress)
    else:
        done = designations.by_hand(office, right, given)
    desk.answer(_taken(done), lambda: _taken_lines(done))
    if done.refused and not done.cases:
        click.get_current_context().exit(int(Exit.REFUSED))


def _taken(done: Designated) -> dict[str, Any]:
    return {
        "taken": len(done.cases),
        "cases": [line_json(line) for line in done.cases],
        "findings": [finding.as_json() for finding in done.findings],
        "refused": [{"file": one.file, **one.refused.as_json()} for one in done.refused],
    }


def _taken_lines(done: Designated) -> list[str]:
    said = docket_lines(done.cases)
    said += _finding_lines(done.findings)
    return said + [f"{one.file}: {one.refused.message}" for one in done.refused]


def _finding_lines(findings: Iterable[Finding]) -> list[str]:
    said = []
    for finding in findings:
        where = f"{finding.where}: " if finding.where else ""
        said.append(f"{finding.severity}: {where}{finding.message} {finding.provision}".rstrip())
        if finding.remedy:
            said.append(f"  {finding.remedy}")
    return said


@command.command()
@click.argument("case_id", metavar="CASE")
@click.option("--on", type=DAY, help=_("Day of sending; else today."))
@click.option("--language", "languages", help=_("Languages of the letter, the first prevails: en,fr."))
@_fields
@pass_desk
def rehearse(
    desk: Desk, case_id: str, on: date | None, languages: str | None, fields: tuple[str, ...]
) -> None:
    """Play the International Bureau before a provisional refusal leaves. Nothing is recorded.

    The refusal is the one drafted on CASE (event refusal_drafted); fields given here stand instead.
    """
    from app.services import dispatching

    chosen = [code.strip() for code in (languages or "").split(",") if code.strip()]
    done = dispatching.rehearse(
        desk.office(), case_id, on=on, fields=fields_of(fields), languages=tuple(chosen)
    )
    found = done.rehearsal
    answer = {
        "case": done.case.id, "number": done.case.number, "route": done.route.id, "on": done.on,
        "last_day": found.last_day, "would_be": str(found.would_be),
        "response": {"starts": found.answer_by[0], "ends": found.answer_by[1]} if found.answer_by else None,
        "findings": [finding.as_json() for finding in found.findings],
    }  # fmt: skip
    heading = _("Sent on {day}, it would be: {verdict}.").format(
        day=done.on, verdict=_verdict(found.would_be)
    )
    desk.answer(answer, lambda: [heading, *_finding_lines(found.findings)])


def _verdict(would_be: str) -> str:
    return {
        "accepted": _("accepted"),
        "irregular": _("irregular"),
        "not regarded as such": _("not regarded as such"),
    }[str(would_be)]


@command.command()
@click.argument("case_id", metavar="CASE")
@click.option("--application", type=PATH, help=_("File of the international application."))
@_fields
@pass_desk
def certify(desk: Desk, case_id: str, application: Path | None, fields: tuple[str, ...]) -> None:
    """Compare an international application with its basic mark, CASE. Nothing is recorded.

    Fields: holder, mark, mark_kind, colours, goods_9, received.
    """
    from app.services import originating

    with desk.progress(_("Comparing")) as progress:
        done = originating.certify(
            desk.office(), case_id, application=application, fields=fields_of(fields), progress=progress
        )
    answer = {
        "case": done.case.id, "number": done.case.number, "certifiable": done.certifiable,
        "application": asdict(done.application), "findings": [f.as_json() for f in done.findings],
    }  # fmt: skip
    heading = (
        _("The office can certify it.")
        if done.certifiable
        else _("The office cannot certify it as it stands.")
    )
    desk.answer(answer, lambda: [heading, *_finding_lines(done.findings)])


@command.command()
@click.argument("case_id", metavar="CASE")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_desk
def cite(desk: Desk, case_id: str, files: tuple[Path, ...]) -> None:
    """Bring the citations of international search reports (FILES, XML) into CASE."""
    from app.services import citing

    with desk.progress(_("Reading reports")) as progress:
        done = citing.cite(desk.office(), case_id, files, progress=progress)
    answer = {
        "case": done.case.id, "added": done.added, "known": done.known, "act": done.act,
        "citations": [asdict(cited) for cited in done.case.citations],
        "findings": [finding.as_json() for finding in done.findings],
    }  # fmt: skip
    said = [
        f"{c.category:<6} {' '.join(p for p in (c.office, c.number, c.kind_code) if p)}  {c.claims}".rstrip()
        for c in done.case.citations
    ]
    counted = _("Added: {added}. Known already: {known}.").format(added=done.added, known=done.known)
    desk.answer(answer, lambda: [*said, counted, *_finding_lines(done.findings)])
