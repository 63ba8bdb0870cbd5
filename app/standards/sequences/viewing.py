"""The view of a sequence for a window: lines, and the features that touch each, laid out in lanes."""

from __future__ import annotations

from app.domain import locations
from app.domain.locations import BadLocation
from app.domain.sequences import Feature, Sequence
from app.domain.sequenceview import Segment, SequenceView, ShownFeature, ViewLine
from app.standards.sequences.rendering import PER_LINE

_MOST_RANGES = 10_000


def view(sequence: Sequence, *, first_line: int = 0, lines: int | None = None) -> SequenceView:
    """The view of a sequence. `lines` limits how many are laid out, from `first_line` (counted from 0)."""
    features = tuple(_shown(index, one) for index, one in enumerate(sequence.features))
    residues = "" if sequence.skipped else sequence.residues
    count = -(-len(residues) // PER_LINE)
    begin = min(max(first_line, 0), count)
    end = count if lines is None else min(count, begin + max(lines, 0))
    return SequenceView(
        sequence.number, sequence.name, sequence.molecule, sequence.organism, len(residues), sequence.skipped,
        features, tuple(_line(residues, at, features) for at in range(begin, end)), begin, count,
    )  # fmt: skip


def _shown(index: int, feature: Feature) -> ShownFeature:
    details: list[tuple[str, str]] = []
    for one in feature.qualifiers:
        details.append((one.name, one.value))
        if one.other:
            details.append((one.name, one.other))
    try:
        found = locations.parse(feature.location)
    except BadLocation:
        return ShownFeature(index, feature.key, feature.location, (), False, tuple(details))
    ranges = tuple((span.first, span.last) for span in locations.spans(found))[:_MOST_RANGES]
    complement = "complement" in locations.operators(found)
    return ShownFeature(index, feature.key, feature.location, ranges, complement, tuple(details))


def _line(residues: str, at: int, features: tuple[ShownFeature, ...]) -> ViewLine:
    start = at * PER_LINE + 1
    shown = residues[start - 1 : start - 1 + PER_LINE]
    end = start + len(shown) - 1
    taken: list[int] = []
    segments: list[Segment] = []
    for feature in features:
        if feature.key == "source":
            continue  # it spans every line of every sequence
        for first, last in feature.ranges:
            if last < start or first > end or first > last:
                continue
            begin, close = max(first, start) - start, min(last, end) - start
            lane = next((lane for lane, used in enumerate(taken) if used < begin), len(taken))
            if lane == len(taken):
                taken.append(close)
            else:
                taken[lane] = close
            segments.append(Segment(feature.index, lane, begin, close, first >= start, last <= end))
    return ViewLine(start, end, shown, tuple(segments))
