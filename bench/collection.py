"""Collections: made-up publications from a weekly file into a collection, index included, by engine.

    collection.py [RECORDS]

RECORDS (10000 unless given) applications in the XML of the USPTO's weekly file, each with a title,
an abstract and three claims (240 words), are read, kept and indexed as `marula collection add` does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import process_time

# The benchmark `search.py` beside this one is called like a package: the checkout must be found first.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from madeup import Maker
from measure import Row, show

from app.progress import SILENT
from app.services import collections
from app.storage import collections as shelves
from search.text import keeping


def written(path: Path, count: int) -> Path:
    """The weekly file: one XML document after another."""
    maker = Maker(4)
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            claims = "".join(
                f'<claim id="CLM-{n}" num="{n:05d}"><claim-text>{n}. {maker.text(40)}.</claim-text></claim>'
                for n in (1, 2, 3)
            )
            file.write(
                '<?xml version="1.0" encoding="UTF-8"?>\n'
                '<us-patent-application lang="EN" dtd-version="v4.2 2006-08-23">'
                "<us-bibliographic-data-application><publication-reference><document-id><country>US</country>"
                f"<doc-number>2020{number:07d}</doc-number><kind>A1</kind><date>20200102</date>"
                '</document-id></publication-reference><application-reference appl-type="utility">'
                f"<document-id><country>US</country><doc-number>{16_000_000 + number}</doc-number>"
                f"<date>20190102</date></document-id></application-reference>"
                f'<invention-title id="t">{maker.text(9)}</invention-title>'
                "</us-bibliographic-data-application>"
                f'<abstract id="abstract"><p id="p-1">{maker.text(110)}</p></abstract>'
                f"<claims>{claims}</claims></us-patent-application>\n"
            )
    return path


def added(home: Path, engine: str, file: Path, count: int) -> tuple[float, float]:
    """Processor seconds of one addition in all, and of its index alone."""
    keeping.COMFORTABLE = count if engine == "whoosh" else 0
    collections.create(home, engine)
    began = process_time()
    done = collections.add(home, engine, [file])
    whole = process_time() - began
    assert (done.added, done.engine, done.refused) == (count, engine, ()), done
    shelf = shelves.open_shelf(home, engine)
    began = process_time()
    keeping.rebuild(shelf.folder, engine, shelf, SILENT).close()
    index = process_time() - began
    shelf.close()
    return whole, index


def main() -> None:
    """Measure and print."""
    words = [word for word in sys.argv[1:] if word != "--json"]
    count = int(words[0]) if words else 10_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = written(home / "week.xml", count)
        costs = {engine: added(home, engine, file, count) for engine in ("whoosh", "tantivy")}
    tantivy, whoosh = costs["tantivy"], costs["whoosh"]
    rows = [
        Row(f"{count} records read, kept and indexed", "s", tantivy[0], whoosh[0], "s Whoosh"),
        Row("of that the index alone", "s", tantivy[1], whoosh[1], "s Whoosh"),
        Row("records a second, all included", "", count / tantivy[0], count / whoosh[0], "Whoosh"),
    ]
    show("collection: tantivy beside Whoosh, processor time", rows)


if __name__ == "__main__":
    main()
