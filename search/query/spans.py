"""Stretches of a text that a query matches, and when two of them are near each other.

Positions are numbers of words. A stretch is *solid* when every word in it was asked for (a word, a
phrase); the stretch of a NEAR is not, and something may stand inside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from search.query.refusal import takes_too_long

MOST = 100_000  # stretches of one text; beyond, the query is refused
_STEPS = 4_096  # between two looks at the clock

Check = Callable[[], None]  # raises when the query has taken too long


def unhurried() -> None:
    """The check of whoever may wait as long as it takes."""


class Span(NamedTuple):
    """Positions `start` to `end`, both included."""

    start: int
    end: int
    solid: bool = True


def words_at(positions: Iterable[int]) -> list[Span]:
    """One-word stretches at these positions, in order."""
    return [Span(p, p) for p in positions]


def in_a_row(parts: Iterable[Iterable[int]]) -> list[Span]:
    """Where the parts stand one after another without a gap; one collection of positions a part.

    Parts are asked for one by one, and no longer once nothing is left to follow.
    """
    starts: set[int] = set()
    last = -1
    for last, part in enumerate(parts):
        starts = set(part) if last == 0 else starts & {position - last for position in part}
        if not starts:
            return []
    return [Span(start, start + last) for start in sorted(starts)]


def either(parts: Iterable[Sequence[Span]]) -> list[Span]:
    """The stretches of all parts, in order, none twice."""
    return sorted({span for part in parts for span in part})


def near(
    left: Sequence[Span], right: Sequence[Span], distance: int, ordered: bool, check: Check = unhurried
) -> list[Span]:
    """The stretches from a left to a right part that are at most `distance` positions apart.

    Between the last word of the one and the first word of the other lie at most `distance` - 1
    words. The two never share a word. Not `ordered`: either may come first, and one may stand
    inside the gaps of the other.
    """
    found = _after(left, right, distance, check)
    if not ordered:
        found |= _after(right, left, distance, check)
        found |= _within(left, right) | _within(right, left)
    if len(found) > MOST:
        raise takes_too_long()
    return sorted(found)


def _after(first: Sequence[Span], second: Sequence[Span], distance: int, check: Check) -> set[Span]:
    """Stretches where one of `second` begins 1 to `distance` positions after one of `first` ends."""
    ordered = sorted(second)
    starts = [span.start for span in ordered]
    found: set[Span] = set()
    steps = 0
    for span in first:
        index = bisect_left(starts, span.end + 1)
        while index < len(starts) and starts[index] <= span.end + distance:
            steps += 1
            if steps % _STEPS == 0:
                check()
            other = ordered[index]
            touching = other.start == span.end + 1 and span.solid and other.solid
            found.add(Span(span.start, other.end, touching))
            index += 1
        if len(found) > MOST:
            raise takes_too_long()
    return found


def _within(outer: Sequence[Span], inner: Sequence[Span]) -> set[Span]:
    """Loose stretches of `outer` that hold one of `inner` strictly between their ends."""
    loose = [span for span in outer if not span.solid]
    if not loose:
        return set()
    ordered = sorted(inner)
    starts = [span.start for span in ordered]
    found: set[Span] = set()
    for span in loose:
        index = bisect_left(starts, span.start + 1)
        while index < len(starts) and starts[index] < span.end:
            if ordered[index].end < span.end:
                found.add(span)
                break
            index += 1
    return found
