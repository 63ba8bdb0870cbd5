"""What every command shares: the office it speaks of, the form of the answer, the progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import streams
from app.errors import OfficeError, _
from app.paths import default_office
from app.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.services.offices import Office


class _Named(click.Path):
    """A path as given. Services open it and refuse in words; click must not look first."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; an empty name would be read as the current folder."""
        if value == "":
            self.fail(_("An empty name names no file and no folder."), param, ctx)
        return super().convert(value, param, ctx)


PATH = _Named()


class DayType(click.ParamType[date]):
    """A day as `YYYY-MM-DD`; anything else is told how to be written."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if len(str(value)) == 10:
                return date.fromisoformat(str(value))
        except ValueError:
            pass
        raise click.UsageError(
            _("“{text}” is no date. Write dates as year-month-day, like 2026-11-25.").format(text=value), ctx
        )


DAY = DayType()


@dataclass
class Desk:
    """One call of the command line."""

    folder: Path | None
    as_json: bool
    begun: bool = False
    _office: Office | None = field(default=None, repr=False)

    @property
    def office_folder(self) -> Path:
        """`--office`, `$MARULA_OFFICE`, or the person's data folder."""
        return self.folder or default_office()

    def office(self) -> Office:
        """The office, opened once a call; asks for the passphrase where one is needed."""
        if self._office is None:
            from app.services import offices

            self._office = offices.open_office(self.office_folder, secret=self.secret())
        return self._office

    def close(self) -> None:
        """Close what was opened."""
        if self._office is not None:
            self._office.close()

    def opened_folder(self) -> Path:
        """The office folder, once the office has opened: its shelves are for those who may open it."""
        return self.office().path

    @property
    def has_office(self) -> bool:
        """Whether an office, whole or not, lies there; a folder that may not be looked into counts as one."""
        try:
            (self.office_folder / "office.json").lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def folder_of_any_office(self) -> Path:
        """The office folder for what needs no office; refused where there is one that does not open."""
        return self.opened_folder() if self.has_office else self.office_folder

    def office_at_hand(self) -> Office | None:
        """The office that was named, or the person's own where it opens without a question."""
        from app.services import offices

        named = self.folder is not None or bool(os.environ.get("MARULA_OFFICE"))
        if not self.has_office or (not named and offices.needs_secret(self.office_folder)):
            return None
        return self.office()

    def secret(self) -> bytes | None:
        """The passphrase: file named by the environment, keyring, or a question on a terminal."""
        from app.services import offices

        if not offices.needs_secret(self.office_folder):
            return None
        return (
            passphrase_of_environment() or offices.remembered_secret(self.office_folder) or ask_passphrase()
        )

    def answer(self, answer: Mapping[str, Any], text: Callable[[], Iterable[str]] | Iterable[str]) -> None:
        """Print the answer once: one JSON document, or lines for a person."""
        if self.as_json:
            self.write(streams.dumped(answer) + "\n")
            return
        for line in text() if callable(text) else text:
            click.echo(streams.plain(line))

    def stream(
        self, name: str, items: Iterable[Mapping[str, Any]], text: Callable[[Any], Iterable[str]]
    ) -> None:
        """Print a long array as it comes. `name` "" makes the document a bare list."""
        if not self.as_json:
            for item in items:
                for line in text(item):
                    click.echo(streams.plain(line))
            return
        self.write(f'{{"{name}": [' if name else "[")
        try:
            for index, item in enumerate(items):
                self.write((",\n" if index else "\n") + streams.dumped(item))
        finally:
            # Whatever stops the array, what was printed stays one whole document.
            self.write("\n]}\n" if name else "\n]\n")

    def write(self, text: str) -> None:
        """A piece of the one document on standard output."""
        self.begun = True
        sys.stdout.write(text)

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """A bar on standard error where a person is looking, silence elsewhere."""
        if self.as_json or not sys.stderr.isatty():
            yield SILENT
            return
        from app.cli.bars import Bar

        with Bar(title) as bar:
            yield bar


pass_desk = click.make_pass_decorator(Desk)


def passphrase_of_environment() -> bytes | None:
    """The passphrase in the file that `$MARULA_PASSPHRASE_FILE` names."""
    named = os.environ.get("MARULA_PASSPHRASE_FILE")
    return read_passphrase(Path(named)) if named else None


def read_passphrase(path: Path) -> bytes:
    """The first line of `path`, without its line end. Refused when empty or unreadable."""
    try:
        secret = path.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    except OSError as trouble:
        raise OfficeError(
            _("The passphrase file {file} cannot be read ({why}).").format(file=path, why=trouble.strerror),
            _("Check its name and its rights, then repeat the command."),
        ) from trouble
    if not secret:
        raise OfficeError(
            _("The passphrase file {file} is empty. Nothing was opened.").format(file=path),
            _("Write the passphrase on its first line."),
        )
    return secret


def ask_passphrase() -> bytes | None:
    """Ask on a terminal; None where there is none to ask at."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return click.prompt(_("Passphrase of the office"), hide_input=True, err=True, type=str).encode()


def fields_of(pairs: Iterable[str]) -> dict[str, str]:
    """`k=v` options as a mapping; a pair without `=` is a usage error."""
    fields: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.UsageError(_("--field takes NAME=VALUE, and “{pair}” has no “=”.").format(pair=pair))
        fields[name] = value
    return fields
