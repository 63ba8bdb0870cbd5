"""`marula letter …`: look, issue, print, serve."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.desk import DAY, PATH, Desk, fields_of, pass_desk
from app.errors import StorageRefused, _, plural


@click.group("letter")
def command() -> None:
    """Letters: see, issue, print and serve them."""


def _wording(languages: str | None, layout: str | None, fields: tuple[str, ...]) -> Any:
    from app.services.letters import Wording

    chosen = tuple(code.strip() for code in (languages or "").split(",") if code.strip())
    return Wording(chosen, layout or "", fields_of(fields))


def _writable(out: Path) -> None:
    """Refuse, before anything is recorded, a place where nothing can be written."""
    place = out if os.path.lexists(out) else out.parent
    if not os.access(place, os.W_OK) or out.is_dir():
        raise StorageRefused(
            _("{file} cannot be written. Nothing was recorded.").format(file=out),
            _("Name a new file in a folder that is there and may be written to."),
        )


def _written(content: bytes, out: Path) -> dict[str, Any]:
    """Write the file; its facts."""
    try:
        out.write_bytes(content)
    except OSError as trouble:
        raise StorageRefused(
            _("{file} cannot be written ({why}).").format(file=out, why=trouble.strerror),
            _("Name another file; what was recorded stays recorded."),
        ) from trouble
    return {"file": str(out), "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


_languages = click.option("--language", "languages", help=_("One or more, the first prevails: en,fr."))
_layout = click.option(
    "--layout", type=click.Choice(["side", "after"]), help=_("Columns, or one after the other.")
)
_on = click.option("--on", type=DAY, help=_("Date of the letter, YYYY-MM-DD; today if not given."))
_fields = click.option(
    "--field", "fields", multiple=True, metavar="NAME=VALUE", help=_("Your own words, repeatable.")
)


@command.command("list")
@pass_desk
def list_letters(desk: Desk) -> None:
    """Templates of the law pack, and the letters of the office."""
    from app.services import letters

    office = desk.office()
    templates, known = letters.templates(office), letters.listed(office)
    answer = {
        "templates": [
            {"id": t.id, "name": t.name, "rights": t.rights, "languages": t.languages, "opens": t.opens}
            for t in templates
        ],
        "letters": [
            {"id": x.id, "number": x.number, "case": x.case, "case_number": x.case_number, "state": x.state,
             "template": x.template, "date": x.date, "document": x.document}
            for x in known
        ],
    }  # fmt: skip
    lines = [f"{t.id:24} {', '.join(t.languages):12} {', '.join(t.rights)}" for t in templates]
    lines += [f"{x.number}  {x.date}  {x.case_number}  {x.template}  {x.state}" for x in known]
    desk.answer(answer, lines)


@command.command()
@click.argument("case")
@click.argument("template")
@click.option("-o", "--out", type=PATH, required=True, help=_("PDF to write."))
@_on
@_languages
@_layout
@_fields
@pass_desk
def preview(desk: Desk, case: str, template: str, out: Path, on: date | None, languages: str | None,
            layout: str | None, fields: tuple[str, ...]) -> None:  # fmt: skip
    """Write the letter as a draft. Nothing is recorded."""
    from app.services import letters

    _writable(out)
    wording = _wording(languages, layout, fields)
    content = letters.preview(desk.office(), case, template, on=on, wording=wording)
    desk.answer(_written(content, out), [_("Draft written to {file}.").format(file=out)])


@command.command()
@click.argument("case")
@click.argument("template")
@_on
@_languages
@_layout
@_fields
@click.option("-o", "--out", type=PATH, help=_("Also write the PDF here."))
@click.option("--reason", help=_("Why it leaves although the International Bureau would not regard it."))
@pass_desk
def issue(desk: Desk, case: str, template: str, on: date | None, languages: str | None, layout: str | None,
          fields: tuple[str, ...], out: Path | None, reason: str | None) -> None:  # fmt: skip
    """Number the letter, put it into the dossier, open its limit."""
    from app.services import letters

    if out:
        _writable(out)
    wording = _wording(languages, layout, (*fields, *([f"reason={reason}"] if reason else [])))
    sent = letters.issue(desk.office(), case, template, on=on, wording=wording)
    written = _written(sent.pdf, out) if out else {"file": sent.document}
    limit = sent.opens_limit
    answer = {
        "id": sent.letter, "number": sent.number, "file": written["file"], "document": sent.document,
        "sha256": sent.sha256, "unprinted": sent.unprinted,
        "opens_limit": {"id": limit.id, "rule": limit.rule, "unrolled": limit.unrolled,
                        "last_day": limit.last_day} if limit else None,
    }  # fmt: skip
    lines = [_("Letter {number} is issued.").format(number=sent.number)]
    if limit:
        lines.append(_("Limit: {name}, last day {day}.").format(name=limit.name, day=limit.last_day))
    if sent.unprinted:
        lines.append(_("No bundled font prints: {characters}").format(characters=sent.unprinted))
    desk.answer(answer, lines)


@command.command("print")
@click.argument("letters_", metavar="ID…", nargs=-1, required=True)
@click.option("--run", "run", type=PATH, required=True, help=_("PDF of the whole run to write."))
@click.option("--duplex", is_flag=True, help=_("Begin each letter on a new sheet."))
@click.option("--separators/--no-separators", default=True, help=_("A sheet before each letter."))
@pass_desk
def print_letters(desk: Desk, letters_: tuple[str, ...], run: Path, duplex: bool, separators: bool) -> None:
    """Letters as one PDF for the printer: ORIGINAL the first time, COPY afterwards."""
    from app.services import letters

    _writable(run)
    printed = letters.print_run(desk.office(), letters_, separators=separators, duplex=duplex)
    answer = _written(printed.pdf, run) | {
        "sheets": printed.sheets,
        "letters": [{"number": number, "pages": pages} for number, pages in printed.pages],
    }
    lines = [f"{number}  {pages}" for number, pages in printed.pages]
    said = plural("{count} sheet in {file}.", "{count} sheets in {file}.", printed.sheets)
    desk.answer(answer, [*lines, said.format(count=printed.sheets, file=run)])


@command.command()
@click.argument("letter")
@click.option("--reason", required=True, help=_("Why the copy is made; printed on it."))
@click.option("-o", "--out", type=PATH, required=True, help=_("PDF to write."))
@pass_desk
def reprint(desk: Desk, letter: str, reason: str, out: Path) -> None:
    """A copy of a letter, stamped COPY; the reason is recorded."""
    from app.services import letters

    _writable(out)
    content = letters.reprint(desk.office(), letter, reason)
    desk.answer({"letter": letter, **_written(content, out)}, [_("Copy written to {file}.").format(file=out)])


@command.command()
@click.argument("letter")
@click.option("--on", type=DAY, required=True, help=_("Day of service, YYYY-MM-DD."))
@click.option("--proof", type=PATH, required=True, help=_("Receipt, card or report that proves it."))
@pass_desk
def serve(desk: Desk, letter: str, on: date, proof: Path) -> None:
    """Record when a letter was served, and the proof."""
    from app.services import letters

    served = letters.serve(desk.office(), letter, on, proof)
    limit = served.limit
    answer = {
        "letter": served.letter, "number": served.number, "served": served.on,
        "opens_limit": {"id": limit.id, "rule": limit.rule, "unrolled": limit.unrolled,
                        "last_day": limit.last_day} if limit else None,
    }  # fmt: skip
    lines = [_("Letter {number} was served on {day}.").format(number=served.number, day=served.on)]
    if limit:
        lines.append(_("The limit now ends on {day}.").format(day=limit.last_day))
    desk.answer(answer, lines)


@command.command()
@click.argument("letters_", metavar="ID…", nargs=-1, required=True)
@click.option("-o", "--out", type=PATH, required=True, help=_("PDF to write."))
@click.option(
    "--first", type=click.IntRange(0, 13), default=0, help=_("First free place on the sheet, from 0.")
)
@pass_desk
def label(desk: Desk, letters_: tuple[str, ...], out: Path, first: int) -> None:
    """Address labels: one alone, or sheets of fourteen for several."""
    from app.services import letters

    _writable(out)
    office = desk.office()
    one = len(letters_) == 1 and not first
    content = letters.label(office, letters_[0]) if one else letters.labels(office, letters_, first=first)
    desk.answer(_written(content, out), [_("Labels written to {file}.").format(file=out)])


@command.command()
@click.argument("letter")
@click.option("-o", "--out", type=PATH, required=True, help=_("PDF to write."))
@pass_desk
def save(desk: Desk, letter: str, out: Path) -> None:
    """Write the letter's frozen PDF as it lies in the dossier."""
    from app.services import letters

    _writable(out)
    content = letters.pdf(desk.office(), letter)
    desk.answer(
        {"letter": letter, **_written(content, out)}, [_("Letter written to {file}.").format(file=out)]
    )
