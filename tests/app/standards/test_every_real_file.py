"""Every file of the folder of real data given to inspect: plain sentences, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.inspecting import inspect

# The readable families: what is refused among them is named here, with the reason.
NOT_WELL_FORMED = {
    "ep-application-v1-2-A1.xml",
    "ep-application-v1-4-A1.xml",
    "ep-application-v1-5-1-A1-2.xml",
}
READABLE = (
    "patents/us-grants-applications", "patents/us-weekly-concatenated", "patents/ep-fulltext",
    "patents/ep-annotated-corpus", "patents/st36-package-a", "patents/st96", "trademarks/st96",
    "trademarks/euipo-st66", "trademarks/us-tsdr", "trademarks/dpma-st66", "designs/euipo-st86",
    "designs/dpma-st86",
)  # fmt: skip


@pytest.mark.parametrize(
    "folder", ["ai", "classifications", "codes", "designs", "languages", "logos", "ocr", "patents", "schemas",
               "sequences", "trademarks", "SOURCES.md"],
)  # fmt: skip
def test_every_file_gives_sentences(shared_data: Path, folder: str) -> None:
    entries = 0
    for entry in inspect([shared_data / folder]):
        entries += 1
        assert entry.file
        assert entry.refused or entry.records or entry.findings, entry.file
        if entry.refused is not None:
            assert entry.refused.message.endswith(".") and entry.refused.remedy, entry.file
        for finding in entry.findings:
            assert finding.message.endswith((".", "?")) and finding.rule and finding.where, (
                entry.file,
                finding,
            )
    assert entries or not (shared_data / folder).exists()


@pytest.mark.parametrize("folder", READABLE)
def test_the_readable_families_refuse_only_what_is_broken(shared_data: Path, folder: str) -> None:
    refused = {Path(e.file).name for e in inspect([shared_data / folder]) if e.refused is not None}
    assert refused <= NOT_WELL_FORMED
