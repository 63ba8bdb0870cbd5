"""Which fields of a record each family of files gives, counted over real files: a page of the manual.

    coverage.py [DATA]

DATA is a folder with the folders patents, trademarks, designs and sequences (else `shared/data` beside the
checkout). The page is `resources/help/en/formats.md`; a test fails while it says something else.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.domain.record import Record
from app.standards.reading import Closed, Opened, read

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "resources" / "help" / "en" / "formats.md"
DATA = ROOT.parent / "shared" / "data"
FOLDERS = ("patents", "trademarks", "designs", "sequences")
FIELDS = (
    "office", "kind_code", "publication_number", "application_number", "registration_number",
    "publication_date", "filing_date", "registration_date", "expiry_date", "language", "titles", "abstracts",
    "applicants", "inventors", "representatives", "priorities", "related", "classes", "claims",
    "description_words", "sequences", "mark", "goods", "designs", "images", "citations", "status", "as_filed",
)  # fmt: skip
_HEAD = """# Formats that are read

What `marula inspect` finds in real files of each family. A number says in how many files of the family a
field was there; nothing stands where no file gave it. A field that a file does not give stays empty: nothing
is guessed.

Counted were {all:,} files: {files:,} with {records:,} records, {attached:,} to be attached as documents
(pictures, pages, texts), and {refused:,} that were refused with the reason.
"""
ABREAST = 6
"""Families in one table."""


@dataclass(slots=True)
class Family:
    """A family of files: how many were read, with how many records; field -> files that give it."""

    files: int = 0
    records: int = 0
    fields: Counter[str] = field(default_factory=Counter)


def counted(data: Path) -> tuple[dict[str, Family], int, int]:
    """Families by name, files without records (documents to attach), files that were refused."""
    families: dict[str, Family] = {}
    attached = refused = records = 0
    given: set[str] = set()
    for event in read([data / name for name in FOLDERS]):
        if isinstance(event, Opened):
            records, given = 0, set()
        elif isinstance(event, Record):
            records += 1
            given |= event.as_json().keys()
        elif isinstance(event, Closed):
            refused += event.refused is not None
            attached += event.refused is None and not records
            if records:
                family = families.setdefault(event.format, Family())
                family.files += 1
                family.records += records
                family.fields.update(given)
    return dict(sorted(families.items())), attached, refused


def page(families: Mapping[str, Family], attached: int, refused: int) -> str:
    """The page in Markdown."""
    files = sum(family.files for family in families.values())
    records = sum(family.records for family in families.values())
    told = _HEAD.format(
        all=files + attached + refused, files=files, records=records, attached=attached, refused=refused
    )
    return "\n".join([told, *_tables(families)])


def _tables(families: Mapping[str, Family]) -> Iterator[str]:
    names = list(families)
    for at in range(0, len(names), ABREAST):
        some = names[at : at + ABREAST]
        yield f"## {some[0]} to {some[-1]}" if len(some) > 1 else f"## {some[0]}"
        yield ""
        yield f"| field | {' | '.join(some)} |"
        yield "| --- |" + " --- |" * len(some)
        yield f"| *files* | {' | '.join(f'{families[name].files:,}' for name in some)} |"
        yield f"| *records* | {' | '.join(f'{families[name].records:,}' for name in some)} |"
        for field_ in FIELDS:
            counts = [families[name].fields[field_] for name in some]
            if any(counts):
                yield f"| {field_} | {' | '.join(f'{count:,}' if count else '' for count in counts)} |"
        yield ""


def main(words: list[str]) -> int:
    """Write the page."""
    data = Path(words[0]) if words else DATA
    if not data.is_dir():
        print(f"{data} is not there: name the folder of real files.", file=sys.stderr)
        return 1
    PAGE.write_text(page(*counted(data)), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
