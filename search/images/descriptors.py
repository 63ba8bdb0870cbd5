"""Descriptors of figurative marks: directions of edges, part by part.

Each view of a mark (whole, stretched, what stands on a badge, pieces that stand apart) becomes one
vector: histograms of gradient directions, 8 x 8 cells of 8 directions with the contrast of their
neighbourhood taken out, and the same over 4 x 4 cells, which forgives shifts. On hand-made shapes
this finds as many real pairs as a small trained network; no weights are needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.images.prepared import SIDE, Floats, Prepared, View

VERSION = 1  # raise it when vectors change: pictures are described anew then
DIRECTIONS = 8
LENGTH = 8 * 8 * DIRECTIONS + 4 * 4 * DIRECTIONS
_COARSE = 0.8  # weight of the coarse half

TURNS = tuple((quarter, mirrored) for mirrored in (False, True) for quarter in range(4))


@dataclass(frozen=True, slots=True)
class Described:
    """The vectors of one mark.

    vectors  float32, shape (views, LENGTH), rows of length one
    names    what each view is: whole, stretched, inside, part
    colours  see `Prepared`
    """

    vectors: Floats
    names: tuple[str, ...]
    colours: Floats
    aspect: float

    def to_bytes(self) -> bytes:
        """Names, aspect, colours and vectors (int8) for keeping."""
        head = f"{','.join(self.names)};{self.aspect:.4f}\n".encode()
        scaled = np.round(self.vectors * 127 / np.abs(self.vectors).max(axis=1, keepdims=True))
        colours: bytes = self.colours.astype(np.float16).tobytes()
        return head + colours + bytes(scaled.astype(np.int8).tobytes())

    @classmethod
    def from_bytes(cls, raw: bytes) -> Described:
        """What `to_bytes` wrote, to the accuracy of int8."""
        head, _line, rest = raw.partition(b"\n")
        names, aspect = head.decode().split(";")
        colours = np.frombuffer(rest[:128], np.float16).astype(np.float32)
        vectors = np.frombuffer(rest[128:], np.int8).reshape(-1, LENGTH).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return cls(vectors, tuple(names.split(",")), colours, float(aspect))


def described(prepared: Prepared) -> Described:
    """The vectors of a mark as it stands."""
    vectors = np.stack([vector(view.ink) for view in prepared.views])
    return Described(vectors, tuple(v.name for v in prepared.views), prepared.colours, prepared.aspect)


def turned(view: View, quarter: int, mirrored: bool) -> Floats:
    """The vector of a view turned by quarters of a circle and mirrored first."""
    ink = np.fliplr(view.ink) if mirrored else view.ink
    return vector(np.rot90(ink, quarter))


def vector(ink: Floats) -> Floats:
    """float32, shape (LENGTH,), length one. `ink` has shape (64, 64)."""
    votes = _votes(_softened(ink))
    fine = _cells(votes, 8)
    coarse = _cells(votes, 16)
    fine = fine / (_neighbourhood(fine) + np.float32(0.05))
    halves = [_unit(np.sqrt(fine).ravel()), _COARSE * _unit(np.sqrt(coarse).ravel())]
    joined: Floats = np.concatenate(halves).astype(np.float32)
    return _unit(joined)


def _softened(ink: Floats) -> Floats:
    """Blurred a little: the edge of a thin line and of a thick one then point the same way."""
    padded = np.pad(ink, 1, mode="edge")
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    soft: Floats = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4
    return soft


def _votes(ink: Floats) -> Floats:
    """Strength of the edge at each pixel, shared between the two nearest directions: (64, 64, 8)."""
    padded = np.pad(ink, 1)
    across = padded[1:-1, 2:] - padded[1:-1, :-2]
    down = padded[2:, 1:-1] - padded[:-2, 1:-1]
    strength = np.hypot(across, down)
    # A light figure on dark has the same outline as a dark one on light: half a circle is enough.
    direction = (np.arctan2(down, across) % np.pi) * (DIRECTIONS / np.pi)
    lower = np.floor(direction).astype(np.int32)
    share = (direction - lower).astype(np.float32)
    votes = np.zeros((*ink.shape, DIRECTIONS), np.float32)
    rows, columns = np.indices(ink.shape)
    np.add.at(votes, (rows, columns, lower % DIRECTIONS), strength * (1 - share))
    np.add.at(votes, (rows, columns, (lower + 1) % DIRECTIONS), strength * share)
    return votes


def _cells(votes: Floats, size: int) -> Floats:
    """Votes summed over cells of `size` pixels, each pixel shared with the cells around it."""
    count = SIDE // size
    centres = (np.arange(count) + 0.5) * size - 0.5
    shares = np.clip(1 - np.abs(np.arange(SIDE)[None, :] - centres[:, None]) / size, 0, 1).astype(np.float32)
    summed: Floats = np.einsum("rp,pqd,cq->rcd", shares, votes, shares, optimize=True)
    return summed


def _neighbourhood(cells: Floats) -> Floats:
    """Edge strength of each cell and those around it, one number a cell."""
    total = cells.sum(axis=2)
    padded = np.pad(total, 1)
    around = sum(
        padded[1 + dy : 1 + dy + total.shape[0], 1 + dx : 1 + dx + total.shape[1]]
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    )
    mean: Floats = np.asarray(around, np.float32)[..., None] / 9
    return mean


def _unit(values: Floats) -> Floats:
    length = float(np.linalg.norm(values))
    return values / length if length else values
