"""Figurative marks: found in another colour, reversed, turned, mirrored, and as a part of another."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from app.errors import FileRefused
from app.imaging.pictures import load
from search.images.descriptors import Described, described
from search.images.nearest import PictureHit, nearest
from search.images.prepared import Prepared, prepare

SHAPES = {
    "star": "M50 5 61 39 97 39 68 60 79 95 50 73 21 95 32 60 3 39 39 39Z",
    "arrow": "M5 40H60V15L95 50 60 85V60H5Z",
    "moon": "M70 8A44 44 0 1 0 92 66 36 36 0 1 1 70 8Z",
    "cross": "M38 5H62V38H95V62H62V95H38V62H5V38H38Z",
    "house": "M50 5 95 45H82V95H60V65H40V95H18V45H5Z",
    "flash": "M60 3 15 58H46L36 97 85 38H53Z",
    "heart": "M50 92 10 48A22 22 0 0 1 50 22 22 22 0 0 1 90 48Z",
    "steps": "M5 95V75H27V55H49V35H71V15H95V95Z",
    "ring": "M50 5A45 45 0 1 0 50 95 45 45 0 1 0 50 5ZM50 28A22 22 0 1 1 50 72 22 22 0 1 1 50 28Z",
    "leaf": "M10 90C10 30 40 10 92 8 92 60 70 90 10 90Z",
    "hook": "M20 5H45V60A15 15 0 0 0 75 60V45H97V60A38 38 0 0 1 20 60Z",
    "wave": "M3 40C20 10 35 10 50 40S80 70 97 40V65C80 95 65 95 50 65S20 35 3 65Z",
}


def drawing(inside: str, *, box: str = "0 0 100 100", paper: str = "") -> Prepared:
    back = f'<rect width="400" height="400" x="-100" y="-100" fill="{paper}"/>' if paper else ""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{back}{inside}</svg>'
    pixels = load(svg.encode(), 256)
    found = prepare(pixels.width, pixels.height, pixels.rgba)
    assert found is not None
    return found


def shape(name: str, colour: str = "#123", turn: str = "") -> str:
    return f'<path d="{SHAPES[name]}" fill="{colour}" fill-rule="evenodd" transform="{turn}"/>'


@pytest.fixture(scope="module")
def shelf() -> list[Described]:
    return [described(drawing(shape(name))) for name in SHAPES]


def best(asked: Prepared, shelf: list[Described]) -> tuple[str, PictureHit]:
    hit = nearest(asked, shelf, 10)[0]
    return list(SHAPES)[hit.place], hit


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "#e60"}, "outline"),
        ({"turn": "rotate(90 50 50)"}, ""),
        ({"turn": "translate(100 0) scale(-1 1)"}, ""),
        ({"turn": "translate(30 30) scale(.4)"}, "outline"),
    ],
    ids=["colour", "turned", "mirrored", "small"],
)
def test_a_changed_mark_finds_itself(shelf, name, change, said):
    found, hit = best(drawing(shape(name, **change)), shelf)
    assert found == name
    assert any(said in reason for reason in hit.reasons)


@pytest.mark.parametrize("name", SHAPES)
def test_reversed_and_with_something_added(shelf, name):
    reversed_mark = drawing(shape(name, "#fff"), box="-10 -10 120 120", paper="#222")
    beside = drawing(
        shape(name) + "".join(f'<rect x="{120 + 22 * n}" y="30" width="12" height="40"/>' for n in range(5)),
        box="0 0 240 100",
    )
    badge = drawing(
        f'<circle cx="50" cy="50" r="90" fill="#06c"/>{shape(name, "#fff")}', box="-60 -60 220 220"
    )
    for asked in (reversed_mark, beside, badge):
        assert name in [list(SHAPES)[hit.place] for hit in nearest(asked, shelf, 3)]


def test_turned_and_mirrored_are_said(shelf):
    _name, hit = best(drawing(shape("flash", turn="translate(100 0) scale(-1 1)")), shelf)
    assert "mirrored" in hit.reasons
    _name, hit = best(drawing(shape("house", turn="rotate(90 50 50)")), shelf)
    assert any(reason.startswith("turned by") for reason in hit.reasons)


def test_colours_are_a_reason():
    shelf = [described(drawing(shape("star", "#e60")))]
    assert "much the same colours" in nearest(drawing(shape("star", "#e60")), shelf, 1)[0].reasons
    assert "much the same colours" not in nearest(drawing(shape("star", "#06c")), shelf, 1)[0].reasons


def test_a_description_survives_keeping(shelf):
    again = Described.from_bytes(shelf[0].to_bytes())
    assert again.names == shelf[0].names
    assert np.allclose(again.vectors, shelf[0].vectors, atol=0.02)
    assert np.allclose(np.linalg.norm(again.vectors, axis=1), 1, atol=1e-5)


def test_an_empty_picture_shows_nothing():
    pixels = load(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    assert prepare(pixels.width, pixels.height, pixels.rgba) is None
    assert nearest(drawing(shape("star")), [], 5) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"<svg",
        b"<svg xmlns='x'><path d='",
        b"%PDF-1.4",
        b"%!PS",
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(FileRefused):
        load(data)


def test_real_pairs_of_logos_find_each_other(shared_data):
    """A full mark and its icon alone, from twenty brands among one another and forty more."""
    folder: Path = shared_data / "logos"
    with (folder / "pairs.csv").open(encoding="utf-8") as lines:
        pairs = [tuple(line) for line in csv.reader(lines)][1:21]
    files = [folder / "gilbarbara-svg" / name for pair in pairs for name in pair]
    files += sorted((folder / "simple-icons-svg").glob("*.svg"))[:40]
    ready = {}
    for file in files:
        pixels = load(file.read_bytes(), 512)
        found = prepare(pixels.width, pixels.height, pixels.rgba)
        assert found is not None
        ready[file.name] = found
    names = list(ready)
    shelf = [described(ready[name]) for name in names]
    hits = 0
    for full, icon in pairs:
        near = [names[hit.place] for hit in nearest(ready[icon], shelf, 11)]
        hits += full in [name for name in near if name != icon][:10]
    assert hits >= 15
