"""Every kind of real file in every form it fits: valid, and only what the form cannot hold is missing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.record import Record
from app.standards.reading import Opened, read
from app.standards.writing import formats
from app.standards.writing.losses import differences

OF_A_FILE = 3
OF_A_FOLDER = 40

# form -> what of a record may be missing or otherwise, by the first part of the field's name
_PEOPLE = {"applicants.address", "inventors.address", "representatives.address"}
_PLACES = {f"{who}.{part}" for who in ("applicants", "inventors", "representatives")
           for part in ("city", "country")}  # fmt: skip
_UNSAID = {"language", "titles", "abstracts", "claims", "descriptions"}
_NAMES = {"image_names", "design_titles", "deferred"}
_LATER = {"registration_number", "registration_date", "expiry_date", "status"}
EXPECTED = {
    "csv": {"claims", "descriptions", *_NAMES, *_PEOPLE},
    "json": {"claims", "descriptions", *_NAMES, *_PEOPLE},
    "inid": {
        "descriptions", "images", "sequences", "designs", "publication_number", "kind_code", "classes.vienna",
        "related", "titles", "inventors", *_LATER, *_NAMES, *_PEOPLE,
    },
    "st96": {
        "office", "kind", "images", "designs", "sequences", "citations", "priorities", "related",
        "classes.vienna", "classes.uspc", "publication_number", "applicants.role",
        *_LATER, *_NAMES, *_PLACES, *_UNSAID, *_PEOPLE,
    },
    "st36": {
        "kind", "images", "designs", "sequences", "citations", "priorities", "related", "classes.cpc",
        "classes.uspc", "classes.locarno", "applicants.role", *_LATER, *_NAMES, *_UNSAID, *_PEOPLE,
    },
    "st66": {
        "images", "publication_number", "related", "kind", "titles", "inventors", "applicants.role",
        *_NAMES, *_PEOPLE,
    },
    "st86": {
        "images", "kind", "kind_code", "publication_number", "related", "claims", "citations", "descriptions",
        "classes.ipc", "classes.uspc", "classes.cpc", "abstracts", "language", "applicants.role",
        *_NAMES, *_PEOPLE,
    },
}  # fmt: skip


def samples(folder: Path) -> Iterator[tuple[str, Record]]:
    """The first records of every file below a folder, and not too many of the folder."""
    file, of_file, of_folder = "", 0, 0
    for event in read([folder]):
        if isinstance(event, Opened):
            file, of_file = event.file, 0
        elif isinstance(event, Record):
            of_file += 1
            if of_file <= OF_A_FILE:
                of_folder += 1
                yield file, event
            if of_folder >= OF_A_FOLDER:
                return


FOLDERS = (
    "patents/cn", "patents/dpma", "patents/ep-annotated-corpus", "patents/ep-fulltext", "patents/epo-docdb",
    "patents/epo-ops", "patents/espacenet-csv", "patents/jp", "patents/lens-csv", "patents/mixed-xml",
    "patents/st36-package-a", "patents/st96", "patents/thomson-csv", "patents/us-grants-applications",
    "patents/us-weekly-concatenated", "trademarks/st96", "trademarks/euipo-st66", "trademarks/us-tsdr",
    "trademarks/dpma-st66", "trademarks/kr-kipris", "designs/euipo-st86", "designs/dpma-st86",
    "designs/br-inpi-gazette",
)  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS)
def test_written(
    folder: str,
    shared_data: Path,
    st96_errors: Callable[[bytes], list[str]],
    st36_errors: Callable[[bytes], list[str]],
) -> None:
    checks = {"st96": st96_errors, "st36": st36_errors}
    written = 0
    for file, record in samples(shared_data / folder):
        for name in EXPECTED:
            chosen = formats.of_name(name)
            if not chosen.fits(record):
                continue
            written += 1
            out = io.BytesIO()
            writer = chosen.writer(out)
            back = writer.write(record)
            writer.close()
            where = f"{Path(file).name} {record.title[:30]} as {name}"
            assert _unexpected(name, record, back) == [], where
            if name in checks:
                assert checks[name](out.getvalue()) == [], where
    assert written


def _unexpected(name: str, record: Record, back: Record) -> list[str]:
    """The fields that are not the same and are not expected to be so."""
    expected = EXPECTED[name]
    return [
        f"{one.where} {one.how}: {one.old} -> {one.new}"
        for one in differences(record, back)
        if one.how not in ("as-filed", "order", "language")
        and one.where not in expected
        and one.where.partition(".")[0] not in expected
    ]
