"""Numbers of an authority file: their order, and the gaps in a series.

Source: WIPO ST.37, exception codes. Why a number was never published the office alone can say (N not used,
W withdrawn, M missing, D deleted …), so a gap is listed as U, unknown, for the office to correct.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.findings import Finding, Severity
from app.errors import _

UNKNOWN = "U"
MISSING = "Unknown publication number: no document of this number was among those the file was made from."
MOST_MISSING = 100_000
"""Missing numbers listed in one file."""

_NUMBER = re.compile(r"(.*?)(\d{1,15})\Z", re.S)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers missing between two that are there: `first` to `last` after `prefix`, `width` digits.

    dense   whether the series is whole enough for the gap to be one: at least half of it is there
    """

    kind: str
    prefix: str
    first: int
    last: int
    width: int
    dense: bool

    def numbers(self) -> Iterator[str]:
        """The missing numbers as they would be printed."""
        return (f"{self.prefix}{number:0{self.width}d}" for number in range(self.first, self.last + 1))


def number_key(number: str) -> tuple[str, int, str]:
    """Sorts numbers as people do: by what stands before the last digits, then by their value."""
    found = _NUMBER.match(number)
    return (found.group(1), int(found.group(2)), number) if found else (number, -1, number)


def gaps(numbers: Iterable[tuple[str, str]]) -> list[Gap]:
    """The gaps of every series: numbers of one letter of the kind code with the same beginning.

    numbers   (kind code, number)
    """
    series: dict[tuple[str, str], dict[int, int]] = {}
    for kind, number in numbers:
        if found := _NUMBER.match(number):
            digits = found.group(2)
            padded = len(digits) if digits.startswith("0") else 0
            series.setdefault((kind[:1], found.group(1)), {})[int(digits)] = padded
    found_gaps: list[Gap] = []
    listed = 0
    for (kind, prefix), held in sorted(series.items()):
        values = sorted(held)
        dense = len(values) * 2 > values[-1] - values[0]
        width = max(held.values())
        for one, following in pairwise(values):
            if following > one + 1:
                listed += following - one - 1 if dense else 0
                found_gaps.append(
                    Gap(kind, prefix, one + 1, following - 1, width, dense and listed <= MOST_MISSING)
                )
    return found_gaps


_MOST_TOLD = 50


def gap_findings(found: list[Gap]) -> Iterator[Finding]:
    """Each gap that was listed, and how many there are in series that are but a selection."""
    dense = [gap for gap in found if gap.dense]
    for gap in dense[:_MOST_TOLD]:
        numbers = f"{gap.prefix}{gap.first:0{gap.width}d}"
        if gap.last > gap.first:
            numbers += f"–{gap.prefix}{gap.last:0{gap.width}d}"
        message = _("No document has the number {numbers} ({kind}); it is listed with the exception code U.")
        yield Finding(
            Severity.WARNING, _("gap"), "export.gap", message.format(numbers=numbers, kind=gap.kind or "-"),
            "WIPO ST.37", _("Put the code that fits: N not used, W withdrawn, M missing, D deleted."),
        )  # fmt: skip
    if (more := len(dense) - _MOST_TOLD) > 0:
        message = _("There are {n} gaps more; they are listed with the exception code U.").format(n=more)
        yield Finding(Severity.WARNING, _("gap"), "export.gap", message, "WIPO ST.37")
    if loose := sum(not gap.dense for gap in found):
        message = _(
            "The documents are a selection: {n} stretches of numbers between them are not listed, because "
            "more numbers are missing than there."
        ).format(n=loose)
        yield Finding(
            Severity.WARNING, _("gap"), "export.selection", message, "WIPO ST.37",
            _("An authority file to be sent to others is made from all publications of the office."),
        )  # fmt: skip
