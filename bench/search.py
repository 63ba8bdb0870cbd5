"""Search: Whoosh beside tantivy on made-up records, names of marks, pictures of logos.

    search.py [RECORDS] [--logos FOLDER]

RECORDS (1000 unless given) records with title, abstract and claims in two languages are made from a
made-up vocabulary whose words are as unequal as those of a language. `--logos` names a folder of
SVG files with a table `pairs.csv` beside it (full mark, icon alone), and prints how often the other
half of a pair is among the first ten.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

# This file is called like the package it measures: the checkout must be found first.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from madeup import Maker
from measure import Row, seconds, show

from search.marks.keys import keys_of
from search.marks.likeness import Name, nearest
from search.query.parser import parse
from search.text.documents import Doc
from search.text.index import SearchIndex
from search.text.tantivy_engine import TantivyIndex
from search.text.whoosh_engine import WhooshIndex

QUERIES = {
    "one rare word": "{rare}",
    "one common word": "{common}",
    "three words, AND": "{common} {middle} {middle2}",
    "phrase": '"{common} {common2}"',
    "NEAR/5": "{common} NEAR/5 {middle}",
    "ADJ/3": "{common} ADJ/3 {middle}",
    "NEAR of a choice and a phrase": '({middle} OR {middle2}) NEAR/9 "{common} {common2}"',
    "beginning of a word": "{start}*",
    "middle of a word": "*{start}*",
    "word and class": "{common} ic=F04D",
    "word and dates": "{common} pd>=2015",
    "six words, OR": "{common} OR {middle} OR {middle2} OR {rare} OR {common2} OR {start}",
}


def queries(maker: Maker) -> dict[str, str]:
    """The queries, filled with words of a vocabulary."""
    w = maker.words
    words = {
        "common": w[2],
        "common2": w[3],
        "middle": w[60],
        "middle2": w[90],
        "rare": w[9_000],
        "start": w[40][:4],
    }
    return {name: pattern.format(**words) for name, pattern in QUERIES.items()}


def built(engine: Callable[[Path, set[str]], SearchIndex], folder: Path, docs: list[Doc]) -> SearchIndex:
    """An index of these records in a folder of its own."""
    index = engine(folder, set())
    index.apply(docs)
    return index


def texts(count: int, home: Path) -> list[Row]:
    """Build and query, engine beside engine; both must name equally many records."""
    maker = Maker(1)
    made = [maker.doc(row) for row in range(1, count + 1)]
    for doc in made:  # analysed once, so that the engines alone are measured
        doc.languages()
    fetch = {doc.row: doc for doc in made}.__getitem__
    costs = {}
    engines: dict[str, SearchIndex] = {}
    for name, engine in (("whoosh", WhooshIndex), ("tantivy", TantivyIndex)):
        folder = home / name
        began = process_time()
        engines[name] = built(engine, folder, made)
        costs[name] = process_time() - began
    rows = [Row(f"build {count} records", "s", costs["tantivy"], costs["whoosh"], "s Whoosh")]
    for name, text in queries(maker).items():
        node = parse(text)
        asked = {n: partial(i.search, node, fetch, sort="score", first=50) for n, i in engines.items()}
        pages = {n: ask() for n, ask in asked.items()}
        assert pages["whoosh"].total == pages["tantivy"].total, text
        taken = {n: seconds(ask, rounds=3) for n, ask in asked.items()}
        label = f"{name} ({pages['whoosh'].total} hits)"
        rows.append(Row(label, "ms", taken["tantivy"] * 1000, taken["whoosh"] * 1000, "ms Whoosh"))
    return rows


def marks(count: int) -> list[Row]:
    """Names of marks: the ten nearest, and how often a distorted name finds its own."""
    maker = Maker(2)
    names = []
    for text in maker.words[:count]:
        keys = keys_of(text)
        names.append(Name(text, keys.key, keys.sound, keys.skeleton))
    picked = random.Random(3).sample(range(len(names)), 60)
    found = sum(
        any(place == wanted for place, _like in nearest(_distorted(names[wanted].text), names, 10))
        for wanted in picked
    )
    cost = seconds(lambda: nearest(names[picked[0]].text, names, 10))
    return [
        Row(f"ten nearest of {len(names)} names", "ms", cost * 1000),
        Row("one or two letters changed: found among ten", "%", 100 * found / len(picked)),
    ]


def _distorted(name: str) -> str:
    """Two neighbours change places, and one sound is written another way."""
    middle = len(name) // 2
    swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
    return swapped.replace("c", "k", 1) if "c" in swapped else swapped.replace("f", "ph", 1)


def logos(folder: Path) -> list[Row]:
    """Pairs of logos: how often one finds the other among ten, and what describing costs."""
    from app.imaging.pictures import load
    from search.images import nearest as look
    from search.images.descriptors import described
    from search.images.prepared import prepare

    ready = {}
    for file in sorted(folder.rglob("*.svg")):
        pixels = load(file.read_bytes(), 512)
        prepared = prepare(pixels.width, pixels.height, pixels.rgba)
        if prepared is not None:
            ready[file.name] = prepared
    names = list(ready)
    shelf = [described(ready[name]) for name in names]
    pairs = [tuple(line) for line in csv.reader((folder / "pairs.csv").open(encoding="utf-8"))][1:]
    both = [pair for pair in pairs + [(b, a) for a, b in pairs] if set(pair) <= set(names)]
    found = 0
    for one, other in both:
        best = [names[hit.place] for hit in look.nearest(ready[one], shelf, 11) if names[hit.place] != one]
        found += other in best[:10]
    cost = seconds(lambda: described(ready[names[0]]))
    return [
        Row(f"{len(both)} pairs among {len(names)} logos: found among ten", "%", 100 * found / len(both)),
        Row("describe one prepared logo", "ms", cost * 1000),
        Row("ten nearest", "ms", seconds(lambda: look.nearest(ready[names[0]], shelf, 10)) * 1000),
    ]


def main() -> None:
    """Measure and print."""
    words = [word for word in sys.argv[1:] if word != "--json"]
    folder = None
    if "--logos" in words:
        place = words.index("--logos")
        folder = Path(words[place + 1])
        del words[place : place + 2]
    count = int(words[0]) if words else 1_000
    with tempfile.TemporaryDirectory() as home:
        rows = texts(count, Path(home)) + marks(20_000)
    show("search: tantivy beside Whoosh, processor time", rows + (logos(folder) if folder else []))


if __name__ == "__main__":
    main()
