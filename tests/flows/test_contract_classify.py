"""`classify`: symbols by the tables that come with the program, and by a pack an office made."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("symbol", "on", "scheme", "written", "problem"),
    [
        ("g06f15/16", "2020-01-01", "ipc", "G06F 15/16", ""),
        ("9", "2020-01-01", "nice", "9", ""),
        ("43", "2001-12-31", "nice", "43", "classes go to 42"),
        ("46", "2020-01-01", "nice", "", "classes go to 45"),
        ("1.1.2", "2020-01-01", "vienna", "01.01.02", ""),
        ("xyz", "2020-01-01", "", "", "form of no class symbol"),
    ],
)
def test_a_symbol_is_held_against_the_edition_of_its_day(marula, symbol, on, scheme, written, problem):
    answer = marula("--json", "classify", symbol, "--on", on)
    (told,) = answer.document["symbols"]
    assert (told["scheme"], told["symbol"]) == (scheme, written)
    assert (problem in told["problem"]) if problem else not told["problem"]
    assert told["title"] is None, "no classification is shipped"


def test_titles_come_from_the_pack_an_office_built(desk, tmp_path):
    table = tmp_path / "classes.tsv"
    table.write_text("A61\tMedical science\nA61K\tPreparations for medical purposes\n", encoding="utf-8")
    pack = tmp_path / "ipc.marulapack"
    desk.done("pack", "build", "ipc", str(table), "--edition", "2026.01", "--language", "en", "-o", str(pack))
    desk.done("pack", "install", str(pack))
    (told,) = desk.done("classify", "A61K")["symbols"]
    assert told["title"]["text"] == "Preparations for medical purposes"
    assert told["title"]["above"] == [["A61", "Medical science"]]
    assert told["technology"] == "", "the subclass lies in two fields"
    (told,) = desk.done("classify", "A61K 9/16")["symbols"]
    assert told["technology"] == "Pharmaceuticals"


def test_a_record_is_not_chosen_in_a_case(desk, tmp_path):
    answer = desk("export", "--format", "json", "--case", "x", "--record", "1", "-o", str(tmp_path / "a"))
    assert answer.status == 2 and "one record" in answer.document["refused"]["message"]
