"""`marula inspect PATH…`: what is in these files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from app.cli.desk import Desk, pass_desk
from app.cli.streams import dumped, plain
from app.domain.findings import Finding
from app.domain.record import Record
from app.errors import Exit, _, plural
from app.services import inspecting


@click.command("inspect")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False))
@pass_desk
def command(desk: Desk, paths: tuple[str, ...]) -> None:
    """Read files and say what is in them. Stores nothing, needs no office.

    A PATH is a file, a folder or an archive (ZIP, TAR, GZIP); each file in it is an entry.
    """
    view = _Json(desk) if desk.as_json else _Lines()
    with desk.progress(_("Reading")) as progress:
        try:
            for event in inspecting.events(paths, progress=progress):
                view.show(event)
        finally:
            view.end()
    if view.entries and view.entries == view.refused:
        raise click.exceptions.Exit(int(Exit.REFUSED))


class _View:
    """Counts entries; what is shown and how is each view's own."""

    def __init__(self) -> None:
        self.entries = 0
        self.refused = 0

    def show(self, event: inspecting.Event) -> None:
        if isinstance(event, inspecting.Opened):
            self.entries += 1
            self.opened(event.file)
        elif isinstance(event, Record):
            self.record(event)
        elif isinstance(event, Finding):
            self.finding(event)
        else:
            self.refused += event.refused is not None
            self.closed(event)

    def opened(self, file: str) -> None: ...
    def record(self, record: Record) -> None: ...
    def finding(self, finding: Finding) -> None: ...
    def closed(self, closed: inspecting.Closed) -> None: ...
    def end(self) -> None: ...


class _Json(_View):
    """A list of `{file, format, records, findings, refused}`, each record printed as it is read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unfinished = False
        self._records = 0
        self._findings: list[dict[str, object]] = []

    def opened(self, file: str) -> None:
        self._records = 0
        self._findings = []
        self._unfinished = True
        before = ",\n" if self.entries > 1 else "[\n"
        self._write(before + '{"file": ' + dumped(file) + ', "records": [')

    def record(self, record: Record) -> None:
        self._write((",\n" if self._records else "\n") + dumped(record.as_json()))
        self._records += 1

    def finding(self, finding: Finding) -> None:
        self._findings.append(finding.as_json())

    def closed(self, closed: inspecting.Closed) -> None:
        refused = closed.refused.as_json() if closed.refused else None
        if refused is not None:
            refused.setdefault("line", None)
        rest = {"format": closed.format, "findings": self._findings, "refused": refused}
        self._unfinished = False
        self._write("], " + dumped(rest)[1:])

    def end(self) -> None:
        """Close the list, and the entry at hand when reading was broken off."""
        if self._unfinished:
            self._write('], "format": "", "findings": [], "refused": null}')
        self._write("\n]\n" if self.entries else "[]\n")

    def _write(self, text: str) -> None:
        self._desk.write(text)


class _Lines(_View):
    """A short block a record, for a person."""

    def __init__(self) -> None:
        super().__init__()
        self._total = 0
        self._findings: list[Finding] = []

    def opened(self, file: str) -> None:
        self._findings = []
        click.echo(plain(file))

    def record(self, record: Record) -> None:
        self._total += 1
        for line in _described(record):
            click.echo(plain(f"  {line}"))

    def finding(self, finding: Finding) -> None:
        self._findings.append(finding)

    def closed(self, closed: inspecting.Closed) -> None:
        if closed.refused is not None:
            click.echo(plain("  " + _("Refused: {why}").format(why=closed.refused.message)))
            if closed.refused.remedy:
                click.echo(plain(f"  {closed.refused.typed_remedy}"))
        for finding in self._findings[:MOST_SHOWN]:
            if closed.refused is None or finding.message != closed.refused.message:
                click.echo(plain(f"  {_SEVERITY[finding.severity]} {finding.where}: {finding.message}"))
        if (more := len(self._findings) - MOST_SHOWN) > 0:
            click.echo("  " + plural("and {n} finding more", "and {n} findings more", more).format(n=more))
        click.echo("")

    def end(self) -> None:
        click.echo(
            plural("{n} file", "{n} files", self.entries).format(n=self.entries)
            + ", "
            + plural("{n} record", "{n} records", self._total).format(n=self._total)
            + ", "
            + plural("{n} refused", "{n} refused", self.refused).format(n=self.refused)
        )


MOST_SHOWN = 8
_SEVERITY = {"error": "✗", "warning": "!", "note": "·"}


def _described(record: Record) -> Iterator[str]:
    """Title, numbers, people, classes and counts, a line each, empty ones left out."""
    numbers = (
        (_("publication"), record.publication_number, record.publication_date),
        (_("registration"), record.registration_number, record.registration_date),
        (_("application"), record.application_number, record.filing_date),
    )
    head = [_RIGHT[str(record.right)], _KIND[str(record.kind)], record.office, record.kind_code]
    yield "• " + " · ".join(part for part in head if part)
    if record.title:
        yield f"  {record.title}"
    told = [
        f"{name} {number}" + (f" ({day})" if day else "") if number else f"{name} {day}"
        for name, number, day in numbers
        if number or day
    ]
    yield from _line("", told)
    yield from _line(
        _("parties"), [p.name + (f" ({p.country})" if p.country else "") for p in record.applicants]
    )
    yield from _line(_("inventors"), [p.name for p in record.inventors])
    yield from _line(
        _("priorities"), [" ".join(p for p in (c.office, c.number, c.date) if p) for c in record.priorities]
    )
    yield from _line(_("classes"), _classes(record.classes.as_json()))
    yield from _line(_("contents"), _contents(record))
    yield from _line(_("status"), [record.status] if record.status else [])


def _classes(classes: Mapping[str, Iterable[Any]]) -> list[str]:
    shown = []
    for scheme, found in classes.items():
        symbols = [str(symbol) for symbol in found]
        more = f" +{len(symbols) - 4}" if len(symbols) > 4 else ""
        shown.append(f"{_SCHEME[scheme]} {', '.join(symbols[:4])}{more}")
    return shown


def _contents(record: Record) -> list[str]:
    shown = []
    for language, claims in record.claims.items():
        said = plural("{n} claim ({language})", "{n} claims ({language})", len(claims))
        shown.append(said.format(n=len(claims), language=language))
    for count, sentence in (
        (len(record.citations), plural("{n} citation", "{n} citations", len(record.citations))),
        (record.images, plural("{n} picture", "{n} pictures", record.images)),
        (record.designs, plural("{n} design", "{n} designs", record.designs)),
        (record.sequences, plural("{n} sequence", "{n} sequences", record.sequences)),
    ):
        if count:
            shown.append(sentence.format(n=count))
    return shown


def _line(name: str, parts: list[str]) -> Iterator[str]:
    if parts:
        more = f" +{len(parts) - 5}" if len(parts) > 5 else ""
        yield f"  {name + ': ' if name else ''}{'; '.join(parts[:5])}{more}"


_SCHEME = {
    "ipc": "IPC",
    "cpc": "CPC",
    "nice": "Nice",
    "locarno": "Locarno",
    "vienna": "Vienna",
    "uspc": "USPC",
}
_RIGHT = {
    "patent": _("patent"), "utility_model": _("utility model"), "plant_patent": _("plant patent"),
    "trade_mark": _("trade mark"), "design": _("design"),
    "geographical_indication": _("geographical indication"),
}  # fmt: skip
_KIND = {
    "application": _("application"), "publication": _("publication"), "grant": _("grant"),
    "registration": _("registration"), "notice": _("notice"), "assignment": _("assignment"),
    "legal_event": _("legal event"), "search_report": _("search report"),
    "sequence_listing": _("sequence listing"),
}  # fmt: skip
