"""Files, folders and archives as a row of sources; whatever stands in the way is an entry in words.

Nothing is ever unpacked to disk: members are read in a stream. Names that would leave the folder,
links, devices, locked members and bombs are refused one by one; their neighbours are read.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import FileRefused, OfficeError, _
from app.standards import archives, refusals
from app.standards.source import HEAD_BYTES, Source

READ_TROUBLE = archives.READ_TROUBLE


@dataclass(frozen=True, slots=True)
class Barred:
    """Something named that cannot be read at all."""

    name: str
    refusal: OfficeError


def sources(paths: Iterable[Path | str]) -> Iterator[Source | Barred]:
    """Everything under `paths`: files in the order given, folders by name, archives member by member."""
    for path in paths:
        yield from _named(os.fspath(path))


def _named(given: str) -> Iterator[Source | Barred]:
    """One path; a folder with everything below it, without recursion and without following loops."""
    if not given:
        # To the system an empty name is the current folder; nobody means that.
        yield Barred(given, _unreadable(given, FileNotFoundError()))
        return
    waiting = [given]
    while waiting:
        path = waiting.pop()
        try:
            found = Path(path).stat()
        except (OSError, ValueError) as trouble:
            yield Barred(path, _unreadable(path, trouble))
            continue
        if stat.S_ISREG(found.st_mode):
            yield from _file(path, found.st_size)
        elif not stat.S_ISDIR(found.st_mode):
            yield Barred(path, _special(path))
        elif path is not given and Path(path).is_symlink():
            yield Barred(path, _link_to_folder(path))
        else:
            inside_it = _listed(path)
            if isinstance(inside_it, Barred):
                yield inside_it
            elif not inside_it and path is given:
                yield Barred(path, _no_files(path))
            else:
                waiting.extend(reversed(inside_it))


def _listed(path: str) -> list[str] | Barred:
    try:
        names = sorted(entry.name for entry in Path(path).iterdir())
    except OSError as trouble:
        return Barred(path, _unreadable(path, trouble))
    return [str(Path(path) / name) for name in names if not archives.is_junk(name)]


def _file(path: str, size: int) -> Iterator[Source | Barred]:
    try:
        with _opened(path) as stream:
            head = stream.read(HEAD_BYTES)
    except READ_TROUBLE as trouble:
        yield Barred(path, _unreadable(path, trouble))
        return
    yield from inside(Source(path, size, head, lambda: _opened(path)), depth=0)


def _opened(path: str) -> BinaryIO:
    """Open for reading without ever waiting for a writer, should the file have become a pipe."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(_("it is no longer an ordinary file"))
    return io.BufferedReader(io.FileIO(number, "rb"), 131_072)


def inside(source: Source, depth: int) -> Iterator[Source | Barred]:
    """The source itself, or what is in it when it is an archive."""
    kind = archives.kind_of(source.head)
    if kind is None:
        yield source
        return
    if depth >= archives.DEEPEST:
        yield Barred(
            source.name,
            FileRefused(
                _("{name} is an archive inside archives, {depth} deep. It was not opened.").format(
                    name=source.short, depth=depth
                ),
                _("Unpack the outer archives and inspect what is in them."),
            ),
        )
        return
    empty = True
    try:
        for member in archives.members(source, kind):
            empty = False
            if isinstance(member, archives.Locked):
                yield Barred(member.name, member.refusal)
                continue
            yield from inside(member, depth + 1)
    except READ_TROUBLE as trouble:
        yield Barred(source.name, refusals.broken(source, trouble))
        return
    if empty:
        yield Barred(source.name, refusals.nothing_in(source))


def _unreadable(path: str, trouble: Exception) -> OfficeError:
    why = getattr(trouble, "strerror", None) or str(trouble)
    if isinstance(trouble, FileNotFoundError):
        return FileRefused(
            _("There is no file or folder {name}.").format(name=path), _("Check the name and the drive.")
        )
    if isinstance(trouble, PermissionError):
        return FileRefused(
            _("{name} may not be read with your rights. It was passed over.").format(name=path),
            _("Ask whoever owns it for the right to read it, or copy it to a folder of your own."),
        )
    return FileRefused(
        _("{name} cannot be read ({why}). It was passed over.").format(name=path, why=why),
        _("Check the drive and the name, then try again."),
    )


def _no_files(path: str) -> OfficeError:
    return FileRefused(
        _("The folder {name} holds no files.").format(name=path), _("Name a folder with files in it.")
    )


def _link_to_folder(path: str) -> OfficeError:
    return FileRefused(
        _("{name} is a link to another folder. Links to folders are not followed.").format(name=path),
        _("Name the folder itself if you want what is in it."),
    )


def _special(path: str) -> OfficeError:
    return FileRefused(
        _("{name} is not a file but a pipe, a socket or a device. It was passed over.").format(name=path),
        _("Name files or folders."),
    )
