"""Reading of files: megabytes a processor second beside a bare walk of the parser, and memory at the most.

    standards.py FOLDER… [--large]

Each FOLDER holds XML files of one family (a week of US grants, EP full text). Their well-formed documents are
read as one file, repeated to 24 MB, by the reader and by `lxml.etree.iterparse` in turn, warm. `--large` also
makes a file of 500 MB of the first folder and one of a single endless element under the temporary folder,
and prints the memory `marula --json inspect` takes for each.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lxml import etree
from measure import Row, once, show

from app.services import inspecting
from app.standards import reading

MEGABYTE = 1_000_000
ROUNDS = 5
SIZE = 24 * MEGABYTE
LARGE = 500 * MEGABYTE
ENDLESS = 1024 * MEGABYTE
AIM = "at least 0.5 of the walk"


def documents(folder: Path) -> list[bytes]:
    """The well-formed documents of a folder's XML files, each with its own declaration."""
    found: list[bytes] = []
    for path in sorted(folder.glob("*.xml")):
        for document in re.split(rb"(?=<\?xml\s)", path.read_bytes()):
            if document.strip() and well_formed(document):
                found.append(document)
    return found


def well_formed(document: bytes) -> bool:
    """Whether the parser alone comes to its end."""
    try:
        walk([document])
    except etree.XMLSyntaxError:
        return False
    return True


def walk(found: list[bytes]) -> None:
    """Every element once, and nothing done with it."""
    for document in found:
        for _event, _element in etree.iterparse(
            io.BytesIO(document), no_network=True, resolve_entities=False
        ):
            pass


def in_turn(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Median processor seconds of each, all of them in every round: what else the machine does hits all."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(ROUNDS + 1):
        for name, work in works.items():
            began = process_time()
            work()
            taken[name].append(process_time() - began)
    return {name: median(seconds[1:]) for name, seconds in taken.items()}


def speeds(folder: Path, space: Path) -> Iterator[Row]:
    """Megabytes a second of the stream of records, and of the service with its checks."""
    found = documents(folder)
    if not found:
        sys.exit(f"{folder}: no XML file that is well-formed")
    found *= max(1, SIZE // sum(map(len, found)))
    path = space / f"{folder.name}.xml"
    path.write_bytes(b"\n".join(found))
    size = path.stat().st_size / MEGABYTE
    works: dict[str, Callable[[], object]] = {
        "walk": lambda: walk(found),
        "records": lambda: sum(1 for _event in reading.read([path])),
        "records and checks": lambda: sum(1 for _event in inspecting.events([path])),
    }
    speed = {name: size / taken for name, taken in in_turn(works).items()}
    for what in ("records", "records and checks"):
        aim = AIM if what == "records" else ""
        yield Row(f"{folder.name}: {what}", "MB/s", speed[what], speed["walk"], "iterparse", aim)
    path.unlink()


def large(folder: Path, space: Path) -> Iterator[Row]:
    """Memory at the most for a very long file, and for one that is a single element without end."""
    block = b"\n".join(documents(folder)) + b"\n"
    path = space / "long.xml"
    with path.open("wb") as file:
        for _time in range(max(1, LARGE // len(block))):
            file.write(block)
    size = path.stat().st_size / MEGABYTE
    command = [sys.executable, "-m", "app.cli.main", "--json", "inspect", str(path)]
    used = once(command)
    yield Row(f"{size:.0f} MB of documents: memory", "MB", used.peak, aim="under 150")
    yield Row(f"{size:.0f} MB of documents: speed", "MB/s", size / used.cpu)
    with path.open("wb") as file:
        file.write(b"<us-patent-grant><description><p>")
        for _time in range(ENDLESS // MEGABYTE):
            file.write(b"a word " * (MEGABYTE // 7))
    # The file is refused, with exit status 1; that is what is measured.
    used = once([sys.executable, "-c", REFUSED, *command])
    yield Row("1 GB of one element: memory until refused", "MB", used.peak, aim="under 150")
    path.unlink()


REFUSED = """
import os, sys
status = os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
sys.exit(0 if status == 1 else 3)
"""


def measured() -> list[Row]:
    """All rows."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if not folders:
        sys.exit("Name one or more folders of XML files.")
    with tempfile.TemporaryDirectory() as name:
        rows = [row for folder in folders for row in speeds(folder, Path(name))]
        return [*rows, *large(folders[0], Path(name))] if "--large" in sys.argv else rows


if __name__ == "__main__":
    show("standards: files read, beside a bare walk of the parser", measured())
