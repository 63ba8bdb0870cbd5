"""A sequence as a window shows it: lines of residues, features drawn beneath them in lanes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownFeature:
    """A feature of the view. `index` is its place in the feature table, counted from 0.

    ranges      (first, last) residues, counted from 1; empty where the location cannot be read
    complement  it lies on the other strand
    details     (name, value) of its qualifiers; a value in another language follows the English one
    """

    index: int
    key: str
    location: str
    ranges: tuple[tuple[int, int], ...]
    complement: bool
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """The piece of a feature that lies on one line.

    feature   index of the feature
    lane      row beneath the residues, from 0; pieces in one lane do not touch
    first, last   columns of the line, counted from 0, both included
    opens, closes   whether the range itself begins and ends here, or goes on beyond the line
    """

    feature: int
    lane: int
    first: int
    last: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One line. `start` is the position of its first residue, counted from 1; `end` that of its last."""

    start: int
    end: int
    residues: str
    segments: tuple[Segment, ...]

    @property
    def lanes(self) -> int:
        """How many rows of features it needs."""
        return max((segment.lane for segment in self.segments), default=-1) + 1


@dataclass(frozen=True, slots=True)
class SequenceView:
    """One sequence. `lines` may be a part of all `line_count` lines, from `first_line` on."""

    number: str
    name: str
    molecule: str
    organism: str
    length: int
    skipped: bool
    features: tuple[ShownFeature, ...]
    lines: tuple[ViewLine, ...]
    first_line: int
    line_count: int
