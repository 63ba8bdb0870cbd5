"""Sequence listings written into files: as text to read, or in ST.26 whatever form they had."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.domain.findings import Finding
from app.domain.sequences import Listing, Sequence
from app.services.listings import Checked, check, events
from app.services.newfile import new_file
from app.standards.sequences import st26_writing


def save_text(lines: Iterable[str], out: Path, *, replace: bool = False) -> int:
    """Write lines of text into a file; how many there were. Refused where it is there already."""
    count = 0
    with new_file(out, replace=replace, command="listing text FILE -o OUT --replace") as stream:
        for line in lines:
            count += 1
            stream.write(f"{line}\n".encode())
    return count


def convert(path: Path | str, out: Path, *, replace: bool = False) -> tuple[Finding, ...]:
    """Write a listing of any form in ST.26. The findings are those of the new listing. Advisory.

    Refused, with nothing written, where `out` is there already and is not to be replaced.
    """
    with new_file(out, replace=replace, command="listing convert FILE -o OUT --replace") as stream:
        stream.writelines(piece.encode() for piece in _in_st26(path, out.name))
    *_others, checked = check(out)
    return checked.findings if isinstance(checked, Checked) else ()


def _in_st26(path: Path | str, name: str) -> Iterable[str]:
    """The document in pieces. The listing is read twice: how many sequences there are stands in front."""
    total = sum(isinstance(event, Sequence) for event in events(path))
    stream = events(path)
    first = next(stream)
    listing = first if isinstance(first, Listing) else Listing("st26")
    sequences = (one for one in stream if isinstance(one, Sequence))
    if listing.form == "st26":
        return st26_writing.written(listing, sequences, total)
    changed = map(st26_writing.sequence_for_st26, sequences)
    return st26_writing.written(st26_writing.for_st26(listing, name), changed, total)
