"""Writing records out: read from files or taken from a case, in a form of the field, as one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import FileRefused, OfficeError, UsageError, _
from app.progress import SILENT, Progress
from app.services.newfile import new_file, sha256_of
from app.standards.reading import Closed, Opened, read
from app.standards.writing import formats
from app.standards.writing.formats import Format, Writer
from app.standards.writing.losses import Losses

if TYPE_CHECKING:
    from app.services.offices import Office

FORMATS = formats.NAMES
_MOST_UNFIT = 50


@dataclass(frozen=True, slots=True)
class Exported:
    """The document written. `records` is how many it holds; `findings` what it could not hold."""

    file: str
    format: str
    records: int
    sha256: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """How the document is to be.

    format   one of FORMATS
    record   the number of one record of the files, counted from 1 as `inspect` lists them; None for all
    replace  whether a file that is there already may be replaced
    """

    format: str
    record: int | None = None
    replace: bool = False


def export(
    paths: Iterable[Path | str],
    out: Path,
    wish: Wish,
    *,
    today: date | None = None,
    progress: Progress = SILENT,
) -> Exported:
    """Write what `paths` hold into `out` as one document. Needs no office.

    Refused, with nothing written, where `out` is there already, where no record fits the format, and
    where the format holds one document and the files hold several.
    """
    chosen = _format(wish.format)
    trouble: list[Finding] = []
    records = _Numbered(_read(paths, trouble, progress), wish.record)
    return _written(records, chosen, out, wish, trouble, today or date.today())


def export_case(office: Office, case_id: str, out: Path, wish: Wish) -> Exported:
    """Write a case as it stands today. An unpublished one is written all the same, and a finding says so."""
    from app.services import exportcase  # the database, which files need not

    chosen = _format(wish.format)
    record, findings = exportcase.record_of(office, case_id)
    records = _Numbered(iter([record]), None)
    return _written(records, chosen, out, wish, list(findings), office.today)


def _format(name: str) -> Format:
    if name not in formats.NAMES:
        raise UsageError(
            _("There is no format “{name}” to write.").format(name=name),
            _("Formats are: {names}.").format(names=", ".join(formats.NAMES)),
        )
    return formats.of_name(name)


def _read(paths: Iterable[Path | str], trouble: list[Finding], progress: Progress) -> Iterator[Record]:
    """The records of all files; what went wrong goes into `trouble`. Refused where nothing could be read."""
    any_record, refused, file = False, None, ""
    for event in read(paths, progress=progress):
        if isinstance(event, Opened):
            file = Path(event.file).name
        elif isinstance(event, Record):
            any_record = True
            yield event
        elif isinstance(event, Finding) and event.severity is not Severity.NOTE:
            trouble.append(replace(event, where=f"{file}: {event.where}"))
        elif isinstance(event, Closed) and event.refused is not None:
            refused = refused or event.refused
            message, remedy = event.refused.message, event.refused.remedy
            trouble.append(Finding(Severity.ERROR, event.file, "export.unread", message, remedy=remedy))
    if not any_record and refused is not None:
        raise refused


class _Numbered:
    """The records with their numbers, or the one that was asked for; what does not fit is kept count of."""

    def __init__(self, records: Iterator[Record], only: int | None) -> None:
        self._records = records
        self._only = only
        self.unfit: list[tuple[int, Record]] = []
        self.unfit_count = 0
        self.seen = 0

    def fitting(self, chosen: Format) -> Iterator[tuple[int, Record]]:
        """Those the format can hold, in order."""
        for number, record in enumerate(self._records, 1):
            self.seen = number
            if self._only is not None and number != self._only:
                continue
            if chosen.fits(record):
                yield number, record
            else:
                self.unfit_count += 1
                if len(self.unfit) < _MOST_UNFIT:
                    self.unfit.append((number, record))
            if self._only is not None:
                return


@dataclass(slots=True)
class _Page:
    """The document under way: its format, what it could not hold, what was noted besides."""

    chosen: Format
    losses: Losses
    noted: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    count: int = 0

    def note(self, findings: Iterable[Finding]) -> None:
        """Keep each remark once."""
        for finding in findings:
            self.noted.setdefault((finding.rule, finding.where, finding.message), finding)

    def fill(self, writer: Writer, records: Iterator[tuple[int, Record]]) -> None:
        """Write the records; refused where the document cannot take in a further one."""
        first: Record | None = None
        for number, record in records:
            if first is not None and not self.chosen.joins(first, record):
                raise _one_too_many(self.chosen)
            first = first or record
            self.losses.add(number, record, writer.write(record))
            self.count += 1
        if self.count:
            self.note(writer.close())


def _written(
    records: _Numbered, chosen: Format, out: Path, wish: Wish, trouble: list[Finding], today: date
) -> Exported:
    """Into a file that is there once it is whole."""
    page = _Page(chosen, Losses(chosen.title, chosen.counted, chosen.only))
    with new_file(out, replace=wish.replace, command="export … --replace") as stream:
        writer = chosen.writer(stream, plain=out.suffix.lower() in (".txt", ".csv"), today=today)
        page.fill(writer, records.fitting(chosen))
        if not page.count:
            raise _none_fits(records, chosen)
    findings = (
        *trouble, *_unfit(records, chosen), *page.noted.values(), *page.losses.findings(page.count)
    )  # fmt: skip
    return Exported(str(out), chosen.name, page.count, sha256_of(out), findings)


def _one_too_many(chosen: Format) -> OfficeError:
    return FileRefused(
        chosen.many,
        _("Choose one by its number, as the list of records of the file has it; or take csv, json or inid."),
        command=f"export --format {chosen.name} --record 1 PATH -o OUT",
    )


def _none_fits(records: _Numbered, chosen: Format) -> OfficeError:
    if not records.unfit:
        return FileRefused(
            _("There is no such record: {n} were read. Nothing was written.").format(n=records.seen),
            _("Look what the file holds."),
            command="inspect PATH",
        )
    record = records.unfit[0][1]
    return FileRefused(
        _("{format} has no form for what is here ({kind} of a {right}). Nothing was written.").format(
            format=chosen.title, kind=_spoken(record.kind), right=_spoken(record.right)
        ),
        _("It can be written as: {names}.").format(names=", ".join(formats.fitting(record))),
    )


def _unfit(records: _Numbered, chosen: Format) -> Iterator[Finding]:
    """What was left out whole."""
    for number, record in records.unfit:
        said = _("This record ({kind} of a {right}) has no form in {format}; it is left out whole.")
        message = said.format(kind=_spoken(record.kind), right=_spoken(record.right), format=chosen.title)
        where = _("record {number}").format(number=number)
        remedy = _("It can be written as: {names}.").format(names=", ".join(formats.fitting(record)))
        yield Finding(Severity.WARNING, where, "export.no-form", message, remedy=remedy)
    if (more := records.unfit_count - len(records.unfit)) > 0:
        message = _("{n} records more have no form in {format} and are left out.").format(
            n=more, format=chosen.title
        )
        yield Finding(Severity.WARNING, _("records"), "export.no-form", message)


def _spoken(word: str) -> str:
    return str(word).replace("_", " ")
