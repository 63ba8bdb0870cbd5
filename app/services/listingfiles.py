"""Sequence listings written into files: as text to read, or in ST.26 whatever form they had."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from app.domain.findings import Finding
from app.domain.sequences import Listing, Sequence
from app.errors import StorageRefused, _
from app.services.listings import Checked, check, events
from app.standards.sequences import st26_writing


def save_text(lines: Iterable[str], out: Path, *, replace: bool = False) -> int:
    """Write lines of text into a file; how many there were. Refused where it is there already."""
    _refuse_existing(out, replace)
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for line in lines:
            count += 1
            yield line + "\n"

    _write(out, counted())
    return count


def convert(path: Path | str, out: Path, *, replace: bool = False) -> tuple[Finding, ...]:
    """Write a listing of any form in ST.26. The findings are those of the new listing. Advisory.

    Refused, with nothing written, where `out` is there already and is not to be replaced.
    """
    _refuse_existing(out, replace)
    total = sum(isinstance(event, Sequence) for event in events(path))
    stream = events(path)
    first = next(stream)
    listing = first if isinstance(first, Listing) else Listing("st26")
    strict = listing.form == "st26"
    general = listing if strict else st26_writing.for_st26(listing, out.name)
    sequences = (
        one if strict else st26_writing.sequence_for_st26(one) for one in stream if isinstance(one, Sequence)
    )
    _write(out, st26_writing.written(general, sequences, total))
    *_others, checked = check(out)
    return checked.findings if isinstance(checked, Checked) else ()


def _refuse_existing(out: Path, replace: bool) -> None:
    if out.exists() and not replace:
        raise StorageRefused(
            _("{file} is there already. It was left as it is.").format(file=out), _("Choose another name.")
        )


def _write(out: Path, pieces: Iterable[str]) -> None:
    """Beside the place first, then in its place at once."""
    try:
        number, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name[:40]}.")
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            Path(name).replace(out)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as trouble:
        raise StorageRefused(
            _("{file} could not be written ({why}). Nothing was left there.").format(
                file=out, why=trouble.strerror
            ),
            _("Check the folder and the room on the drive."),
        ) from trouble
