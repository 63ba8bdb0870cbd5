"""From a picture to the mark in it: distance from the background, cropped, and the views of its parts.

What is compared is how far each pixel is from the background, not its colour: a mark in another
colour, in black and white or reversed is then the same mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Slices = tuple[slice, slice]

SIDE = 64  # pixels of a view
_INK = 0.18  # distance from which a pixel belongs to the mark
_NARROWEST = 0.03  # of the other side: a gap that parts
_MOST_GAPS = 2  # an axis
_MOST_PARTS = 6
_LIGHTEST = 0.06  # share of the ink that makes a part
_SOLID = 0.45  # share of ink in its box from which a mark may be a badge with its figure left out


@dataclass(frozen=True, slots=True)
class View:
    """One part of a mark. `ink`: float32, shape (64, 64), 0 background to 1 mark."""

    name: str
    ink: Floats


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mark ready to be described.

    views    the whole first; then its parts
    colours  float32, shape (64,), sum one: share of the mark's pixels in 4 x 4 x 4 boxes of RGB
    aspect   width divided by height of the mark
    parts    how many pieces stand apart
    """

    views: tuple[View, ...]
    colours: Floats
    aspect: float
    parts: int


def prepare(width: int, height: int, rgba: bytes) -> Prepared | None:
    """The mark in a picture of `height` rows of `width` pixels; None for an empty picture."""
    pixels = np.frombuffer(rgba, np.uint8).reshape(height, width, 4).astype(np.float32) / np.float32(255)
    colour = _on_paper(pixels)
    ink = _distance(colour, _border_colour(colour))
    box = _box(ink)
    if box is None:
        return None
    ink, colour = ink[box], colour[box]
    views = [View("whole", _fitted(ink)), View("stretched", _resized(ink, SIDE, SIDE))]
    parts = _parts(ink)
    views += [View("part", _fitted(ink[part])) for part in parts]
    for part in (slice(None), slice(None)), *parts:
        inside = _inside(ink[part], colour[part])
        if inside is not None:
            views.append(View("inside", _fitted(inside)))
            if part == (slice(None), slice(None)):
                views += [View("part", _fitted(inside[piece])) for piece in _parts(inside)]
    return Prepared(tuple(views), _colours(ink, colour), ink.shape[1] / ink.shape[0], len(parts))


def _on_paper(pixels: Floats) -> Floats:
    """Colour on white paper; on black where the mark itself is nearly white."""
    alpha = pixels[..., 3:]
    weight = float(alpha.sum())
    mean = float((pixels[..., :3] * alpha).sum() / (3 * weight)) if weight else 0.0
    paper = 0.0 if mean > 0.9 and weight < 0.98 * alpha.size else 1.0
    return pixels[..., :3] * alpha + paper * (1 - alpha)


def _border_colour(colour: Floats) -> Floats:
    rim = np.concatenate([colour[0], colour[-1], colour[:, 0], colour[:, -1]])
    median: Floats = np.median(rim, axis=0).astype(np.float32)
    return median


def _distance(colour: Floats, background: Floats) -> Floats:
    """0 where the colour is the background's, 1 for the colours farthest from it."""
    off = colour - background
    away = np.sqrt(np.einsum("ijk,ijk->ij", off, off))
    inked = away[away > 0.08]
    if inked.size == 0:
        return np.zeros(away.shape, np.float32)
    # Light parts of a coloured mark count nearly as much as its dark ones. A sample tells how far it goes.
    typical = float(np.percentile(inked[:: max(1, inked.size // 10_000)], 60))
    reach = np.clip(away / max(typical, 0.05), 0, 1)
    found: Floats = reach.astype(np.float32)
    return found


def _box(ink: Floats) -> tuple[slice, slice] | None:
    rows, columns = np.flatnonzero((ink > _INK).any(axis=1)), np.flatnonzero((ink > _INK).any(axis=0))
    if rows.size < 2 or columns.size < 2:
        return None
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _inside(ink: Floats, colour: Floats) -> Floats | None:
    """The figure on a badge or in a frame: what differs from the colour that fills the box."""
    if float((ink > _INK).mean()) < _SOLID:
        return None
    margin_y, margin_x = ink.shape[0] // 10, ink.shape[1] // 10
    core = colour[margin_y : ink.shape[0] - margin_y, margin_x : ink.shape[1] - margin_x]
    if core.size == 0:
        return None
    boxes = (core.reshape(-1, 3) * 15.99).astype(np.int32)
    codes = boxes[:, 0] * 256 + boxes[:, 1] * 16 + boxes[:, 2]
    commonest = np.bincount(codes).argmax()
    filling = core.reshape(-1, 3)[codes == commonest].mean(axis=0)
    figure = _distance(core, filling.astype(np.float32))
    box = _box(figure)
    if box is None or float((figure > _INK).mean()) > 0.7:
        return None
    return figure[box]


def _parts(ink: Floats) -> list[Slices]:
    """Pieces of the mark on either side of its widest blank gaps, and between two of them."""
    found: dict[tuple[int, int, int, int], Slices] = {}
    for axis in (0, 1):
        gaps = _gaps(ink, axis)[:_MOST_GAPS]
        ends = sorted([0, *(edge for gap in gaps for edge in gap), ink.shape[1 - axis]])
        stretches = list(zip(ends[::2], ends[1::2], strict=True))
        wholes = [(0, start) for start, _end in gaps] + [(end, ink.shape[1 - axis]) for _start, end in gaps]
        for start, end in dict.fromkeys(stretches + wholes):
            piece = (slice(None), slice(start, end)) if axis == 0 else (slice(start, end), slice(None))
            box = _within(ink, piece)
            if box is not None and len(gaps):
                found[(box[0].start, box[0].stop, box[1].start, box[1].stop)] = box
    heavy = sorted(found.values(), key=lambda box: -float(ink[box].sum()))
    least = _LIGHTEST * float(ink.sum())
    return [box for box in heavy if float(ink[box].sum()) > least][:_MOST_PARTS]


def _within(ink: Floats, piece: Slices) -> Slices | None:
    """The box of the ink inside a piece, in the places of the whole."""
    box = _box(ink[piece])
    if box is None:
        return None
    top, left = piece[0].start or 0, piece[1].start or 0
    return slice(top + box[0].start, top + box[0].stop), slice(left + box[1].start, left + box[1].stop)


def _gaps(ink: Floats, axis: int) -> list[tuple[int, int]]:
    """Stretches without ink, from and to, the widest first; narrow ones part nothing."""
    blank = ~(ink > _INK).any(axis=axis)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], blank.astype(np.int8), [0]])))
    # Measured against the other side: letters of a word stand closer than a sign and its word.
    least = max(2.0, _NARROWEST * ink.shape[axis])
    gaps = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return sorted((gap for gap in gaps if gap[1] - gap[0] >= least), key=lambda gap: gap[0] - gap[1])


def _fitted(ink: Floats) -> Floats:
    """Scaled to fit a square of `SIDE` with its proportions, in the middle."""
    height, width = ink.shape
    scale = SIDE / max(height, width)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    square = np.zeros((SIDE, SIDE), np.float32)
    top, left = (SIDE - rows) // 2, (SIDE - columns) // 2
    square[top : top + rows, left : left + columns] = _resized(ink, rows, columns)
    return square


def _resized(ink: Floats, rows: int, columns: int) -> Floats:
    """Scaled by area: every pixel of the answer is the mean of what lies under it.

    By running sums, not by matrices: those would wake a second thread for every small picture.
    """
    return _averaged(_averaged(ink, rows).T, columns).T


def _averaged(ink: Floats, count: int) -> Floats:
    """`count` rows, each the mean of its share of the old ones."""
    before = ink.shape[0]
    sums = np.concatenate([np.zeros((1, ink.shape[1])), np.cumsum(ink, axis=0, dtype=np.float64)])
    edges = np.arange(count + 1) * (before / count)
    lower = np.minimum(edges.astype(np.int64), before - 1)
    part = (edges - lower)[:, None]
    at = sums[lower] * (1 - part) + sums[lower + 1] * part
    means: Floats = (np.diff(at, axis=0) * (count / before)).astype(np.float32)
    return means


def _colours(ink: Floats, colour: Floats) -> Floats:
    mark = colour[ink > _INK]
    if mark.size == 0:
        return np.zeros(64, np.float32)
    boxes = (mark * 3.99).astype(np.int32)
    counted = np.bincount(boxes[:, 0] * 16 + boxes[:, 1] * 4 + boxes[:, 2], minlength=64)
    shares: Floats = (counted / counted.sum()).astype(np.float32)
    return shares
