"""`marula listing check|show|text|convert`: sequence listings. What a check finds is advisory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.cli.streams import dumped, plain
from app.domain.sequences import ApplicationName, Listing, PersonName, Sequence
from app.domain.sequenceview import SequenceView
from app.errors import Exit, _, plural
from app.services import listingfiles, listings
from app.services.listings import Checked, SequenceLine, Wish

_SEVERITY = {"error": "✗", "warning": "!", "note": "·"}
_ADVISORY = _("This check is advisory: whether a listing complies is for the authority that searches.")


@click.group()
def command() -> None:
    """Sequence listings in ST.26, ST.25, US sequence XML and the data banks' flat files. Needs no office."""


@command.command()
@click.argument("file", type=PATH)
@click.option("--application", type=PATH, help=_("A file with the application the listing belongs to."))
@click.option("--case", metavar="ID", default="", help=_("The case the listing belongs to."))
@click.option("--reference", default="", help=_("The file reference the request gives."))
@click.option("--validator-report", "report", type=PATH, help=_("A report of the WIPO Sequence Validator."))
@pass_desk
def check(desk: Desk, /, file: Path, **held: Any) -> None:
    """Hold a listing against ST.26, and against its application where one is named. Advisory."""
    wish = Wish(**held)
    office = desk.office() if wish.case else None
    with desk.progress(_("Checking")) as progress:
        stream = listings.check(file, wish, office=office, progress=progress)
        checked = _Json(desk).show(stream) if desk.as_json else _lines(stream)
    if checked is None or checked.refused is not None:
        raise click.exceptions.Exit(int(Exit.REFUSED))


@command.command()
@click.argument("file", type=PATH)
@click.option("--sequence", "number", default="", metavar="NUMBER", help=_("Only this sequence, laid out."))
@click.option("--from-line", type=click.IntRange(1), default=1, help=_("The first line of it to show."))
@click.option("--lines", type=click.IntRange(1), help=_("How many lines of it to show; all by default."))
@pass_desk
def show(desk: Desk, file: Path, number: str, from_line: int, lines: int | None) -> None:
    """What a listing says: its general part and its sequences with their features."""
    if number:
        seen = listings.view(file, number, first_line=from_line - 1, lines=lines)
        desk.answer(_view_json(seen), lambda: listings.text(file, number=number))
        return
    stream = listings.events(file)
    first = next(stream)
    general = first if isinstance(first, Listing) else Listing("")
    if desk.as_json:
        rest = (_sequence_json(one) for one in stream if isinstance(one, Sequence))
        _streamed(desk, {"file": str(file), **_general_json(general)}, rest, dict)
        return
    for line in listings.outline(general):
        click.echo(plain(line))
    for one in stream:
        if isinstance(one, Sequence):
            click.echo(plain(_outlined(listings.line_of(one))))


@command.command()
@click.argument("file", type=PATH)
@click.option("--sequence", "number", default="", metavar="NUMBER", help=_("Only this sequence."))
@click.option("--three-letter", "three", is_flag=True, help=_("Amino acids in three-letter codes."))
@click.option("-o", "out", type=PATH, help=_("Write into this file instead of printing."))
@click.option("--replace", is_flag=True, help=_("Replace the file where it is there already."))
@pass_desk
def text(desk: Desk, file: Path, number: str, three: bool, out: Path | None, replace: bool) -> None:
    """A listing as plain text to read: sixty residues a line in groups of ten."""
    lines = listings.text(file, number=number, three=three)
    if out is not None:
        count = listingfiles.save_text(lines, out, replace=replace)
        desk.answer(
            {"file": str(out), "lines": count},
            [plural("{n} line written.", "{n} lines written.", count).format(n=count)],
        )
        return
    if desk.as_json:
        desk.answer({"file": str(file), "text": "\n".join(lines)}, ())
        return
    for line in lines:
        click.echo(plain(line))


@command.command()
@click.argument("file", type=PATH)
@click.option("-o", "out", type=PATH, required=True, help=_("The file to write."))
@click.option("--replace", is_flag=True, help=_("Replace the file where it is there already."))
@pass_desk
def convert(desk: Desk, file: Path, out: Path, replace: bool) -> None:
    """Write a listing of any form in ST.26. What ST.26 asks and the listing lacks is said; advisory."""
    findings = listingfiles.convert(file, out, replace=replace)
    answer = {"file": str(out), "findings": [one.as_json() for one in findings], "advisory": True}
    desk.answer(answer, [*(_found(one.severity, one.where, one.message) for one in findings), _ADVISORY])


class _Json:
    """One document, each sequence printed as it is read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._checked: Checked | None = None

    def show(self, stream: Iterator[listings.Event]) -> Checked | None:
        """Print the document; the end of the check."""
        first = next(stream)
        general = _general_json(first) if isinstance(first, Listing) else {}
        _streamed(self._desk, {"general": general}, self._sequences(stream), self._rest)
        return self._checked

    def _sequences(self, stream: Iterator[listings.Event]) -> Iterator[dict[str, Any]]:
        for event in stream:
            if isinstance(event, SequenceLine):
                yield _line_json(event)
            elif isinstance(event, Checked):
                self._checked = event

    def _rest(self) -> dict[str, Any]:
        rest: dict[str, Any] = {"advisory": True, "note": _ADVISORY}
        if (checked := self._checked) is not None:
            rest |= {
                "file": checked.file,
                "form": checked.form,
                "counts": {"sequences": checked.sequences, "skipped": checked.skipped},
                "findings": [one.as_json() for one in checked.findings],
                "left_out": dict(checked.left_out),
                "refused": checked.refused.as_json() if checked.refused else None,
            }
        return rest


def _streamed(
    desk: Desk,
    head: Mapping[str, Any],
    sequences: Iterable[Mapping[str, Any]],
    rest: Callable[[], Mapping[str, Any]],
) -> None:
    """One JSON document with a long `sequences` array in its middle; whole whatever stops the array."""
    desk.write(f'{dumped(head)[:-1]}, "sequences": [')
    try:
        for index, one in enumerate(sequences):
            desk.write((",\n" if index else "\n") + dumped(one))
    finally:
        end = dumped(rest())[1:]
        desk.write("\n]" + (", " if len(end) > 1 else "") + end + "\n")


def _lines(stream: Iterator[listings.Event]) -> Checked | None:
    checked: Checked | None = None
    for event in stream:
        if isinstance(event, Listing):
            for line in listings.outline(event):
                click.echo(plain(line))
        elif isinstance(event, Checked):
            checked = event
    if checked is None:
        return None
    click.echo("")
    for one in checked.findings:
        click.echo(plain(_found(one.severity, one.where, one.message, one.provision)))
    for rule, count in checked.left_out:
        said = plural("and {n} finding more of {rule}", "and {n} findings more of {rule}", count)
        click.echo(plain(f"  {said.format(n=count, rule=rule)}"))
    counted = plural("{n} sequence", "{n} sequences", checked.sequences).format(n=checked.sequences)
    skipped = _("{n} skipped").format(n=checked.skipped)
    found = plural("{n} finding", "{n} findings", len(checked.findings)).format(n=len(checked.findings))
    click.echo(f"{counted}, {skipped}, {found}.")
    click.echo(_ADVISORY)
    return checked


def _found(severity: str, where: str, message: str, provision: str = "") -> str:
    return f"{_SEVERITY[severity]} {where}: {message}" + (f" {provision}." if provision else "")


def _outlined(line: SequenceLine) -> str:
    if line.skipped:
        return _("{number}: skipped on purpose").format(number=line.number)
    features = plural("{n} feature", "{n} features", line.features).format(n=line.features)
    return f"{line.number}: " + " · ".join(
        filter(None, (line.name, line.molecule, str(line.length), line.organism, features))
    )


def _line_json(line: SequenceLine) -> dict[str, Any]:
    found = {
        "number": line.number, "name": line.name, "molecule": line.molecule, "length": line.length,
        "organism": line.organism, "features": line.features, "skipped": line.skipped,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in ("", None)}


def _general_json(listing: Listing) -> dict[str, Any]:
    found = {
        "form": listing.form, "version": listing.version, "file_name": listing.file_name,
        "software": " ".join(filter(None, (listing.software, listing.software_version))),
        "produced": listing.produced, "reference": listing.reference,
        "application": _application(listing.application),
        "priorities": [_application(one) for one in listing.priorities],
        "applicants": [_person(one) for one in listing.applicants],
        "inventors": [_person(one) for one in listing.inventors],
        "titles": [{"language": language, "text": title} for language, title in listing.titles],
        "declared": listing.declared,
        "languages": [one for one in (listing.original_language, listing.other_language) if one],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _application(one: ApplicationName | None) -> dict[str, str] | None:
    if one is None:
        return None
    found = {"office": one.office, "number": one.number, "date": one.date}
    return {name: value for name, value in found.items() if value}


def _person(one: PersonName) -> dict[str, str]:
    found = {"name": one.text, "language": one.language, "latin": one.latin}
    return {name: value for name, value in found.items() if value}


def _sequence_json(one: Sequence) -> dict[str, Any]:
    return _line_json(listings.line_of(one)) | {
        "features": [
            {
                "key": feature.key,
                "location": feature.location,
                "qualifiers": [
                    {"name": q.name, "value": q.value} | ({"other": q.other} if q.other else {})
                    for q in feature.qualifiers
                ],
            }
            for feature in one.features
        ],
        "residues": "" if one.skipped else one.residues,
    }


def _view_json(seen: SequenceView) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(seen)
