"""`marula export`: its answer, its refusals, what it leaves as it was; and cases of an office."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run
from app.services import intake, offices
from app.services.exporting import Wish, export_case
from app.services.inspecting import inspect

SAMPLES = Path(__file__).parents[2] / "data" / "standards"


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    status = run(["export", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_the_answer_names_the_file_and_what_it_holds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    status, answer = asked(capsys, "--format", "json", SAMPLES / "us-weekly.xml", "-o", out)
    assert status == 0
    assert {"file", "format", "records", "sha256", "findings"} <= set(answer)
    assert (answer["file"], answer["format"], answer["records"]) == (str(out), "json", 3)
    assert answer["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    written = json.loads(out.read_text(encoding="utf-8"))
    (entry,) = inspect([SAMPLES / "us-weekly.xml"])
    assert written == [record.as_json() for record in entry.records]


def test_a_file_that_is_there_is_left_unless_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    words = ("--format", "csv", SAMPLES / "st66-us.xml", "-o", out)
    status, answer = asked(capsys, *words)
    assert status == 1
    assert "left as it is" in answer["refused"]["message"]
    assert out.read_text(encoding="utf-8") == "mine"
    assert asked(capsys, *words, "--replace")[0] == 0
    assert out.read_text(encoding="utf-8").startswith("right,")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(
    ("form", "sample", "said", "remedy"),
    [
        (
            "st66",
            "st96-patent.xml",
            "no form for what is here (application of a patent)",
            "st96, st36, inid, csv, json",
        ),
        ("st86", "st66-us.xml", "of a trade mark", "st96, st66, inid, csv, json"),
        ("st37", "st96-patent.xml", "application of a patent", "st36"),
        ("st96", "us-assignment.xml", "assignment of a patent", "csv, json"),
        ("st36", "br-gazette.txt", "notice of a design", "st86"),
        ("st96", "br-gazette.txt", "here are several", "--record"),
    ],
)
def test_refused(form: str, sample: str, said: str, remedy: str, capsys: pytest.CaptureFixture[str],
                 tmp_path: Path) -> None:  # fmt: skip
    status, answer = asked(capsys, "--format", form, SAMPLES / sample, "-o", tmp_path / "out")
    assert status == 1
    assert said in answer["refused"]["message"]
    assert remedy in answer["refused"]["remedy"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_the_refusal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty.xml").touch()
    status, answer = asked(capsys, "--format", "csv", tmp_path / "empty.xml", "-o", tmp_path / "out.csv")
    assert status == 1
    assert "is empty" in answer["refused"]["message"]
    assert not (tmp_path / "out.csv").exists()


def test_authority_file_of_two_offices_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = (
        "--format",
        "st37",
        SAMPLES / "us-weekly.xml",
        SAMPLES / "ep-full-text.xml",
        "-o",
        tmp_path / "af",
    )
    status, answer = asked(capsys, *words)
    assert status == 1
    assert "those of several" in answer["refused"]["message"]


def test_one_record_is_chosen_by_its_number(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("--format", "st96", SAMPLES / "us-weekly.xml")
    assert asked(capsys, *words, "-o", tmp_path / "a.xml")[0] == 1
    status, answer = asked(capsys, *words, "-o", tmp_path / "a.xml", "--record", "3")
    assert (status, answer["records"]) == (0, 1)
    (entry,) = inspect([tmp_path / "a.xml"])
    assert entry.records[0].publication_number == "PP12345"
    status, answer = asked(capsys, *words, "-o", tmp_path / "b.xml", "--record", "9")
    assert status == 1
    assert "no such record" in answer["refused"]["message"]


def test_what_does_not_fit_beside_what_does_is_a_finding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.xml"
    empty.touch()
    words = (SAMPLES / "st66-us.xml", SAMPLES / "st96-patent.xml", empty)
    status, answer = asked(capsys, "--format", "st66", *words, "-o", tmp_path / "marks.xml")
    assert (status, answer["records"]) == (0, 1)
    rules = [finding["rule"] for finding in answer["findings"]]
    assert "export.no-form" in rules
    assert "export.unread" in rules


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "csv", "-o", "x"),
        ("--format", "csv", "a", "--case", "1", "-o", "x"),
        ("--format", "doc", "a", "-o", "x"),
        ("--format", "csv", "a"),
    ],
)
def test_usage(words: tuple[str, ...]) -> None:
    assert run(["export", *words]) == 2


def test_no_place_for_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "none" / "out"):
        status, answer = asked(capsys, "--format", "csv", SAMPLES / "st66-us.xml", "-o", out)
        assert status == 1
        assert "Nothing was written" in answer["refused"]["message"]


@pytest.mark.parametrize(
    ("sample", "form", "lost"),
    [
        ("st96-patent.xml", "st96", {"applicants.city", "applicants.country"}),
        ("st66-euipo.xml", "st66", set()),
        ("st86-application.xml", "st86", set()),
        ("st36-application.xml", "st36", {"citations"}),
    ],
)
def test_a_case_goes_out_as_it_came_in(sample: str, form: str, lost: set[str], tmp_path: Path) -> None:
    shutil.copy(SAMPLES / sample, tmp_path / sample)
    with offices.init_office(tmp_path / "office") as office:
        (case,) = intake.take_in(office, [tmp_path / sample]).cases
        done = export_case(office, case.id, tmp_path / "out.xml", Wish(form))
    warned = {f.where for f in done.findings if f.severity == "warning"}
    confidential = any(f.rule == "export.confidential" for f in done.findings)
    (before,) = inspect([SAMPLES / sample])
    (after,) = inspect([tmp_path / "out.xml"])
    assert confidential is not before.records[0].published
    assert warned - {"confidential"} <= lost | {"office"}
    was, now = before.records[0].as_json(), after.records[0].as_json()
    for name in (
        "right",
        "application_number",
        "filing_date",
        "titles",
        "claims",
        "description_words",
        "goods",
        "mark",
    ):
        assert now.get(name) == was.get(name), name
