"""Writing records out: read from files or taken from a case, in a form of the field, as one document."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import FileRefused, OfficeError, StorageRefused, UsageError, _
from app.progress import SILENT, Progress
from app.services import exportcase
from app.standards.reading import Closed, read
from app.standards.writing import formats
from app.standards.writing.formats import Format
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


def export(paths: Iterable[Path | str], out: Path, wish: Wish, *, progress: Progress = SILENT) -> Exported:
    """Write what `paths` hold into `out` as one document. Needs no office.

    Refused, with nothing written, where `out` is there already, where no record fits the format, and
    where the format holds one document and the files hold several.
    """
    chosen = _format(wish.format)
    trouble: list[Finding] = []
    records = _Numbered(_read(paths, trouble, progress), wish.record)
    return _written(records, chosen, out, wish, trouble)


def export_case(office: Office, case_id: str, out: Path, wish: Wish) -> Exported:
    """Write a case as it stands today. An unpublished one is written all the same, and a finding says so."""
    chosen = _format(wish.format)
    record, findings = exportcase.record_of(office, case_id)
    return _written(_Numbered(iter([record]), None), chosen, out, wish, list(findings))


def _format(name: str) -> Format:
    if name not in formats.NAMES:
        raise UsageError(
            _("There is no format “{name}” to write.").format(name=name),
            _("Formats are: {names}.").format(names=", ".join(formats.NAMES)),
        )
    return formats.of_name(name)


def _read(paths: Iterable[Path | str], trouble: list[Finding], progress: Progress) -> Iterator[Record]:
    """The records of all files; what went wrong goes into `trouble`. Refused where nothing could be read."""
    any_record, refused = False, None
    for event in read(paths, progress=progress):
        if isinstance(event, Record):
            any_record = True
            yield event
        elif isinstance(event, Finding) and event.severity is not Severity.NOTE:
            trouble.append(event)
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


def _written(records: _Numbered, chosen: Format, out: Path, wish: Wish, trouble: list[Finding]) -> Exported:
    """Into a file beside `out`, which takes its place once whole."""
    _refuse_what_stands_there(out, wish)
    losses = Losses(chosen.title, chosen.counted)
    waiting = _waiting_file(out)
    try:
        with waiting.file as stream:
            count = _fill(stream, records, chosen, out, losses)
            stream.flush()
            os.fsync(stream.fileno())
        sha256 = _sha256(waiting.path)
        _put_in_place(waiting.path, out, wish)
    except OSError as why:
        raise _unwritable(out, why) from why
    finally:
        with suppress(FileNotFoundError):
            waiting.path.unlink()
    findings = (*trouble, *_unfit(records, chosen), *losses.findings(count))
    return Exported(str(out), chosen.name, count, sha256, findings)


def _fill(stream: FileIO, records: _Numbered, chosen: Format, out: Path, losses: Losses) -> int:
    """Write every record that fits; how many. Refused where none does, or one too many."""
    writer = None
    first: Record | None = None
    count = 0
    for number, record in records.fitting(chosen):
        if writer is None or first is None:
            writer, first = chosen.writer(stream, plain=out.suffix.lower() in (".txt", ".csv")), record
        elif not chosen.joins(first, record):
            raise _one_too_many(chosen)
        losses.add(number, record, writer.write(record))
        count += 1
    if writer is None:
        raise _none_fits(records, chosen)
    writer.close()
    return count


def _refuse_what_stands_there(out: Path, wish: Wish) -> None:
    if out.is_dir() or not out.parent.is_dir():
        raise StorageRefused(
            _("{file} is no place for a file. Nothing was written.").format(file=out),
            _("Name a new file in a folder that is there."),
        )
    if os.path.lexists(out) and not wish.replace:
        raise StorageRefused(
            _("{file} is there already. It was left as it is.").format(file=out),
            _("Name another file, or ask for this one to be replaced."),
            command="export … --replace",
        )


@dataclass(frozen=True, slots=True)
class _Waiting:
    path: Path
    file: FileIO


def _waiting_file(out: Path) -> _Waiting:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name[:40]}.", dir=out.parent)
    except OSError as why:
        raise _unwritable(out, why) from why
    mask = os.umask(0)
    os.umask(mask)
    with suppress(OSError):
        Path(name).chmod(0o666 & ~mask)
    return _Waiting(Path(name), FileIO(handle, "w"))


def _put_in_place(waiting: Path, out: Path, wish: Wish) -> None:
    """Take the name; without leave to replace, a file that came meanwhile keeps it."""
    if wish.replace:
        waiting.replace(out)
        return
    try:
        os.link(waiting, out)
    except FileExistsError:
        _refuse_what_stands_there(out, wish)
        raise
    except OSError:
        # Sticks in FAT have no hard links.
        waiting.replace(out)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unwritable(out: Path, why: OSError) -> OfficeError:
    return StorageRefused(
        _("{file} cannot be written ({why}). Nothing was written.").format(file=out, why=why.strerror or why),
        _("Look at the name, the rights and the space left."),
    )


def _one_too_many(chosen: Format) -> OfficeError:
    return FileRefused(
        _(
            "A document of {format} holds one patent or one design application, and here are several. "
            "Nothing was written."
        ).format(format=chosen.title),
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
