"""Descriptors of figurative marks: directions of edges, part by part.

Each view of a mark (whole, stretched, what stands on a badge, pieces that stand apart) becomes one
vector: histograms of gradient directions, 8 x 8 cells of 8 directions with the contrast of their
neighbourhood taken out, and the same over 4 x 4 cells, which forgives shifts. On hand-made shapes
this finds as many real pairs as a small trained network; no weights are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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
    return _unit(np.concatenate(halves))


def _softened(ink: Floats) -> Floats:
    """Blurred a little: the edge of a thin line and of a thick one then point the same way."""
    padded = np.pad(ink, 1, mode="edge")
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    soft = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4
    return soft.astype(np.float32)


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
    places = np.arange(ink.size).reshape(ink.shape) * DIRECTIONS
    first, second = places + lower % DIRECTIONS, places + (lower + 1) % DIRECTIONS
    size = ink.size * DIRECTIONS
    votes = np.bincount(first.ravel(), (strength * (1 - share)).ravel(), size)
    votes += np.bincount(second.ravel(), (strength * share).ravel(), size)
    return votes.astype(np.float32).reshape(*ink.shape, DIRECTIONS)


def _cells(votes: Floats, size: int) -> Floats:
    """Votes summed over cells of `size` pixels, each pixel shared with the cells around it."""
    shares = _shares(size)
    rows: Floats = np.tensordot(shares, votes, (1, 0))
    cells: Floats = np.matmul(shares, rows)
    return cells


@cache
def _shares(size: int) -> Floats:
    """How much of each pixel of a row belongs to each cell, shape (cells, SIDE)."""
    centres = (np.arange(SIDE // size) + 0.5) * size - 0.5
    away = np.abs(np.arange(SIDE)[None, :] - centres[:, None])
    return np.clip(1 - away / size, 0, 1).astype(np.float32)


def _neighbourhood(cells: Floats) -> Floats:
    """Edge strength of each cell and those around it, one number a cell."""
    total = cells.sum(axis=2)
    padded = np.pad(total, 1)
    around = sum(
        padded[1 + dy : 1 + dy + total.shape[0], 1 + dx : 1 + dx + total.shape[1]]
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    )
    return np.asarray(around, np.float32)[..., None] / np.float32(9)


def _unit(values: Floats) -> Floats:
    length = float(np.linalg.norm(values))
    return (values / length).astype(np.float32) if length else values
