"""Marks like a name or a picture, each with the reasons why it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import OfficeError, _
from app.progress import SILENT, Progress
from app.storage import collections as shelves
from app.storage import samples
from app.storage.shelf import Line, Shelf
from search.marks import likeness
from search.marks.likeness import Likeness, Name

AT_LEAST = 10


@dataclass(frozen=True, slots=True)
class MarkHit:
    """A mark of a register. `score` 0 to 100, best first; `reasons` say why it is here."""

    id: str
    collection: str
    name: str
    score: float
    reasons: tuple[str, ...]
    office: str
    number: str
    nice: tuple[int, ...]
    image: str

    def as_json(self) -> dict[str, object]:
        """The form of the command line."""
        return {
            "id": self.id,
            "collection": self.collection,
            "name": self.name,
            "score": self.score,
            "reasons": list(self.reasons),
            "office": self.office,
            "number": self.number,
            "nice": list(self.nice),
            "image": self.image,
        }


def find(
    office_folder: Path,
    name: str,
    *,
    nice: Collection[int] = (),
    collections: Sequence[str] = (),
    limit: int = 50,
) -> tuple[MarkHit, ...]:
    """Marks whose names are like `name`, best first: at least ten where there are ten.

    `nice` keeps marks of these classes alone. It is applied after the search, because goods of
    different classes may be alike: whoever narrows does so knowingly.
    """
    if not any(c.isalnum() for c in name):
        raise OfficeError(
            _("There is no letter and no digit in this name."), _("Write the name to look for.")
        )
    wanted = max(limit, AT_LEAST)
    hits: list[MarkHit] = []
    for shelf in _shelves(office_folder, collections):
        try:
            hits += _names_like(shelf, name, frozenset(nice), wanted)
        finally:
            shelf.close()
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.id))[:wanted])


def look(
    office_folder: Path,
    image: Path,
    *,
    collections: Sequence[str] = (),
    limit: int = 50,
    progress: Progress = SILENT,
) -> tuple[MarkHit, ...]:
    """Marks whose pictures are like the one in `image`, best first."""
    from app.services import pictures
    from search.images.nearest import nearest

    asked = pictures.prepared(image)
    wanted = max(limit, AT_LEAST)
    hits: list[MarkHit] = []
    for shelf in _shelves(office_folder, collections):
        try:
            progress.step(0, None, shelf.name)
            known = pictures.described(shelf)
            found = nearest(asked, [one for _row, one in known], wanted)
            lines = shelf.lines(known[hit.place][0] for hit in found)
            hits += [_hit(shelf, lines[known[h.place][0]], "", h.score, h.reasons, ()) for h in found]
        finally:
            shelf.close()
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.id))[:wanted])


def compare(one: str, other: str) -> Likeness:
    """How alike two names are, and why."""
    for name in (one, other):
        if not any(c.isalnum() for c in name):
            raise OfficeError(
                _("There is no letter and no digit in “{name}”.").format(name=name),
                _("Write two names to compare."),
            )
    return likeness.compare(one, other)


def _names_like(shelf: Shelf, name: str, nice: frozenset[int], count: int) -> list[MarkHit]:
    rows = shelf.names()
    known = [Name(n.text, n.key, n.sound, n.skeleton) for _row, n in rows]
    # Classes are looked at afterwards, so more than enough must be at hand for them.
    asked = count if not nice else len(known)
    found = [
        (place, like)
        for place, like in likeness.nearest(name, known, asked)
        if not nice or nice.intersection(rows[place][1].nice)
    ][: count * 2]
    lines = shelf.lines(rows[place][0] for place, _like in found)
    hits: dict[str, MarkHit] = {}
    for place, like in found:
        row, called = rows[place]
        hit = _hit(shelf, lines[row], called.text, like.score, like.reasons, called.nice)
        hits.setdefault(hit.id, hit)  # a mark of several names is shown once, by its best
    return list(hits.values())[:count]


def _hit(
    shelf: Shelf, line: Line, name: str, score: float, reasons: Iterable[str], nice: tuple[int, ...]
) -> MarkHit:
    picture = shelf.picture(line.row)
    return MarkHit(
        f"{shelf.name}:{line.key}",
        shelf.name,
        name or line.title,
        score,
        tuple(reasons),
        line.office,
        line.number,
        nice,
        str(picture) if picture else "",
    )


def _shelves(office_folder: Path, names: Sequence[str]) -> Iterable[Shelf]:
    """The collections asked, one after another; the caller closes each."""
    office_folder = samples.searched(office_folder)
    wanted = tuple(dict.fromkeys(names)) or shelves.names(office_folder)
    if not wanted:
        raise OfficeError(
            _("There is no collection to look in. Nothing was searched."),
            _("Make a collection, then add a register to it."),
            command="collection create NAME",
        )
    return (shelves.open_shelf(office_folder, name) for name in wanted)
