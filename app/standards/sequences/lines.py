"""Lines of a text file however they end, in whatever of the usual encodings, never one without end."""

from __future__ import annotations

import io
from collections.abc import Iterator

from app.errors import _
from app.standards.encodings import encoding
from app.standards.source import Source
from app.standards.trouble import Broken

_LONGEST = 4 * 1024 * 1024
"""Characters one line may have."""


def lines(source: Source) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of each line, without its end. Raises Broken at a line that is none."""
    with source.open() as raw, io.TextIOWrapper(raw, encoding(source.head), errors="replace") as text:
        number = 0
        while line := text.readline(_LONGEST):
            number += 1
            if len(line) >= _LONGEST:
                raise Broken(_("a line is longer than {size} MB").format(size=_LONGEST >> 20), number)
            yield number, line.rstrip("\n").lstrip("\ufeff\x0c")


def head_lines(source: Source) -> list[str]:
    """The lines of the first bytes, for telling the format."""
    text = source.head.decode(encoding(source.head), "replace")
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
