"""One thing to read: a name, and a door to its bytes that can be opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from app.domain.findings import Finding, Severity

HEAD_BYTES = 65_536
"""How much of a file is looked at to tell its format."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a member of an archive.

    name    as it is shown: the path as given, `outer.zip!inner/name.xml` for a member
    size    bytes, as far as known (an archive may lie; -1 where nobody says)
    head    the first `HEAD_BYTES`
    open    a new stream from the first byte; the caller closes it
    """

    name: str
    size: int
    head: bytes
    open: Callable[[], BinaryIO]

    @property
    def short(self) -> str:
        """The last part of the name, for sentences."""
        return self.name.replace("\\", "/").rsplit("!", 1)[-1].rsplit("/", 1)[-1]


@dataclass(slots=True)
class Notes:
    """Where a reader puts what it noticed. `take` hands over and empties.

    place  where in the file the reader is ("row 12"), put in front of every finding

    The same remark about the same place is kept once: a file with a thousand
    unknown entities gets one finding a name, not a thousand.
    """

    place: str = ""
    _found: list[Finding] = field(default_factory=list)
    _seen: set[tuple[str, str, str]] = field(default_factory=set)

    def add(
        self, severity: Severity, where: str, rule: str, message: str, provision: str = "", remedy: str = ""
    ) -> None:
        """Note one finding, a whole sentence in `message`."""
        where = f"{self.place}: {where}" if self.place else where
        key = (where, rule, message)
        if key in self._seen or len(self._seen) > MOST_FINDINGS:
            return
        self._seen.add(key)
        self._found.append(Finding(severity, where, rule, message, provision, remedy))

    def __bool__(self) -> bool:
        return bool(self._found)

    def take(self) -> list[Finding]:
        """What was noted since the last time."""
        found, self._found = self._found, []
        self._seen.clear()
        return found


MOST_FINDINGS = 200
"""Findings kept about one document; a document with more is past counting."""
