"""Figurative marks most like a picture: flat search over the views of a shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.errors import _
from search.images.descriptors import TURNS, Described, described, turned
from search.images.prepared import Floats, Prepared

_PARTLY = 0.99  # of two likenesses that are nearly equal, the one of whole marks is told
_TURNED = 0.96  # a likeness found only by turning or mirroring is worth a little less
_FAR = 0.35  # cosine of two pictures that have nothing to do with each other
_COLOURS_AGREE = 0.6
_WHOLE = ("whole", "stretched")


@dataclass(frozen=True, slots=True)
class PictureHit:
    """A mark of the shelf, by its place there. `score` 0 to 100; `reasons` never empty."""

    place: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The best pair of views of one mark."""

    cosine: float
    asked: str
    theirs: str
    quarter: int
    mirrored: bool


def nearest(prepared: Prepared, shelf: Sequence[Described], count: int) -> list[PictureHit]:
    """The marks of `shelf` most like the picture, best first, ties in the order of the shelf.

    A mark's likeness is that of its best pair of views; whole marks are also compared turned by
    quarters and mirrored.
    """
    if not shelf:
        return []
    owner = np.concatenate([np.full(len(one.names), place) for place, one in enumerate(shelf)])
    vectors = np.concatenate([one.vectors for one in shelf])
    names = [name for one in shelf for name in one.names]
    whole = np.array([1.0 if name in _WHOLE else _PARTLY for name in names], np.float32)
    asked = described(prepared)
    best: list[_Found | None] = [None] * len(shelf)
    for name, vector in zip(asked.names, asked.vectors, strict=True):
        weight = whole if name in _WHOLE else np.float32(_PARTLY)
        cosines: Floats = (vectors @ vector) * weight
        _better(best, cosines, owner, names, (name, 0, False))
    for quarter, mirrored in TURNS[1:]:
        for view in prepared.views[:1]:
            likeness = np.asarray(vectors @ turned(view, quarter, mirrored), dtype=np.float32)
            cosines = np.float32(_TURNED) * whole * likeness
            _better(best, cosines, owner, names, (view.name, quarter, mirrored))
    hits = [_hit(place, found, asked, shelf[place]) for place, found in enumerate(best) if found is not None]
    return sorted(hits, key=lambda hit: (-hit.score, hit.place))[:count]


def _better(
    best: list[_Found | None],
    cosines: Floats,
    owner: np.ndarray[tuple[int], np.dtype[np.int64]],
    names: Sequence[str],
    asked: tuple[str, int, bool],
) -> None:
    """Keep for each mark the pair of views that is most alike so far."""
    peaks = np.full(len(best), -1.0, np.float32)
    np.maximum.at(peaks, owner, cosines)
    name, quarter, mirrored = asked
    for row in np.flatnonzero(cosines >= peaks[owner]).tolist():
        place, cosine = int(owner[row]), float(cosines[row])
        known = best[place]
        if known is None or cosine > known.cosine:
            best[place] = _Found(cosine, name, names[row], quarter, mirrored)


def _hit(place: int, found: _Found, asked: Described, theirs: Described) -> PictureHit:
    colours = float(np.minimum(asked.colours, theirs.colours).sum())
    shape = max(0.0, (found.cosine - _FAR) / (1 - _FAR))
    score = round(100 * min(1.0, 0.98 * shape + 0.02 * colours), 2)
    return PictureHit(place, score, tuple(_reasons(found, colours)))


def _reasons(found: _Found, colours: float) -> list[str]:
    percent = round(100 * max(0.0, found.cosine))
    if found.asked in _WHOLE and found.theirs in _WHOLE:
        reasons = [_("same outline as a whole, {percent} %").format(percent=percent)]
        if "stretched" in (found.asked, found.theirs):
            reasons.append(_("when one is stretched to the other"))
    elif found.theirs in _WHOLE:
        reasons = [_("the mark is like a part of the picture, {percent} %").format(percent=percent)]
    elif found.asked in _WHOLE:
        reasons = [_("a part of the mark is like the picture, {percent} %").format(percent=percent)]
    else:
        reasons = [_("a part of each is alike, {percent} %").format(percent=percent)]
    if found.mirrored and found.quarter:
        reasons.append(_("mirrored and turned"))
    elif found.mirrored:
        reasons.append(_("mirrored"))
    elif found.quarter:
        reasons.append(_("turned by {degrees}°").format(degrees=90 * found.quarter))
    if colours >= _COLOURS_AGREE:
        reasons.append(_("much the same colours"))
    return reasons
