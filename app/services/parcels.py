"""Files on their way in, gathered to packages: what was handed over together is looked at together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards import reading
from app.standards.packages import sorting

LONG_FILE = 20
"""Records after which a file is a collection, not an application: it is taken in as it is read."""
FULL = 40
"""Records after which a package that has many folders is looked at folder by folder."""
_MOST_FILES = 4000
_MOST_BYTES = 256 << 20


@dataclass(slots=True)
class Held:
    """A file that was read: what it is, and what came out of it, in order."""

    opened: reading.Opened
    events: list[Record | Finding] = field(default_factory=list)
    closed: reading.Closed | None = None

    @property
    def records(self) -> list[Record]:
        """The records alone."""
        return [event for event in self.events if isinstance(event, Record)]

    @property
    def unknown(self) -> bool:
        """In no format that is read here, and not damaged as far as can be told."""
        source, closed = self.opened.source, self.closed
        if source is None or closed is None or closed.refused is None:
            return False
        return bool(source.head) and not closed.format and closed.refused.line is None

    def again(self) -> Iterator[reading.Event]:
        """The events of the file once more."""
        yield from self.events
        if self.closed is not None:
            yield self.closed


@dataclass(slots=True)
class Parcel:
    """Files that were handed over together. `outermost`: folders outside of the package."""

    outermost: int
    root: str
    files: list[Held] = field(default_factory=list)
    bytes: int = 0

    def joined(self) -> dict[int, list[Held]]:
        """Place of an application -> the files that belong to it, in order."""
        members = [
            sorting.Member(one.opened.file, one.records, one.unknown or _kept(one)) for one in self.files
        ]
        found: dict[int, list[Held]] = {}
        for place, owner in sorting.assigned(members, self.outermost).items():
            found.setdefault(owner, []).append(self.files[place])
        return found


@dataclass(slots=True)
class Long:
    """A file of very many records: its events come as it is read."""

    opened: reading.Opened
    events: Iterator[reading.Event]


def _kept(one: Held) -> bool:
    return one.opened.source is not None and one.closed is not None and one.closed.refused is None


def gathered(events: Iterator[reading.Event], paths: Iterable[Path | str]) -> Iterator[Parcel | Long]:
    """The stream of files as packages: a folder or archive that was named, and files named side by side.

    Every event of a file is read before the next file begins; a `Long` has to be read to its end.
    """
    given = [os.fspath(path) for path in paths]
    parcel = Parcel(0, "")
    seen = 0
    for event in events:
        if not isinstance(event, reading.Opened):
            continue
        root, outermost = _root(event.file, given)
        if parcel.files and (root != parcel.root or _full(parcel, seen, event.file)):
            yield parcel
            parcel, seen = Parcel(outermost, root), 0
        parcel.root, parcel.outermost = root, outermost
        held = Held(event)
        for one in events:
            if isinstance(one, reading.Closed):
                held.closed = one
                break
            if isinstance(one, Record | Finding):
                held.events.append(one)
            if isinstance(one, Record) and len(held.records) > LONG_FILE:
                break
        if held.closed is None and len(held.records) > LONG_FILE:
            if parcel.files:
                yield parcel
            yield Long(event, chain(held.events, events))
            parcel, seen = Parcel(outermost, root), 0
            continue
        parcel.files.append(held)
        seen += len(held.records)
        parcel.bytes += _in_memory(event)
    if parcel.files:
        yield parcel


def _full(parcel: Parcel, seen: int, file: str) -> bool:
    if len(parcel.files) >= _MOST_FILES or parcel.bytes >= _MOST_BYTES:
        return True
    last = sorting.Member(parcel.files[-1].opened.file).folders
    return seen >= FULL and last != sorting.Member(file).folders


def _in_memory(opened: reading.Opened) -> int:
    """Bytes held while a package is gathered: of members of archives that are read front to back."""
    archive, inside, _member = opened.file.partition("!")
    if not inside or archive.lower().endswith(".zip") or opened.source is None:
        return 0
    return max(opened.source.size, 0)


def _root(file: str, given: list[str]) -> tuple[str, int]:
    """The folder or archive a file was handed over in, and how many folders lie outside of it."""
    inside = [path for path in given if file.startswith((path.rstrip("/\\") + os.sep, f"{path}!"))]
    root = max(inside, key=len, default="")
    if root:
        return root, len(sorting.Member(f"{root.rstrip('/').rstrip(os.sep)}/x").folders)
    folders = sorting.Member(file).folders
    return "/".join(folders), len(folders)
