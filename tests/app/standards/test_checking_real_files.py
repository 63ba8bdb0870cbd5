"""No false alarms: real publications give nearly no finding of the rules, and each that is left is right.

What is left is named here file by file, with the reason.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.domain.findings import Finding
from app.standards.checking.stream import checked
from app.standards.reading import Closed, Opened, read

RIGHT = {
    # An example with invented numbers.
    "st36-sample-1.xml": {"check.number", "check.number-year"},
    # A slip: published before it was filed.
    "pizza_lens_1000_raw.csv": {"check.date-order"},
    # "ol" stands for "original language" where no language is known.
    "ops-search_with_constituent.xml": {"check.language"},
    # A mark that never got its filing date.
    "018229614.xml": {"check.minimum"},
    # The register's own answer has no kind codes.
    "ops-get_patent.json": {"check.minimum"},
}


LONG = {"in-grants-csv", "patentscope-xls"}
"""Lists of many thousand lines, left out: what is said about lists the other lists show."""


def _found(folder: Path) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    file = ""
    parts = [part for part in sorted(folder.iterdir()) if part.name not in LONG]
    for event in checked(read(parts), today=date(2026, 11, 25)):
        if isinstance(event, Opened):
            file = event.file.rpartition("/")[2]
        elif isinstance(event, Finding) and event.rule.startswith("check."):
            found.setdefault(file, Counter())[event.rule] += 1
        elif isinstance(event, Closed):
            assert event.file
    return found


@pytest.mark.parametrize("kind", ["patents", "trademarks", "designs", "sequences"])
def test_only_what_is_right_is_said(shared_data: Path, kind: str) -> None:
    wrong = {
        file: dict(rules)
        for file, rules in _found(shared_data / kind).items()
        if not set(rules) <= RIGHT.get(file, set())
    }
    assert wrong == {}


def test_the_slips_of_real_files_are_found(shared_data: Path) -> None:
    lens = _found(shared_data / "patents" / "lens-csv")["pizza_lens_1000_raw.csv"]
    assert lens["check.date-order"] >= 1
    assert "check.minimum" in _found(shared_data / "trademarks" / "euipo-st66")["018229614.xml"]
