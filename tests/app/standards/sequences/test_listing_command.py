"""`marula listing`: the answers of each verb, and what is refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
LISTING = str(SAMPLES / "st26-listing.xml")


def asked(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> dict[str, Any]:
    assert run(["--json", "listing", *words]) == status
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "check", LISTING)
    assert answer["advisory"] is True
    assert answer["counts"] == {"sequences": 3, "skipped": 1}
    assert [one["number"] for one in answer["sequences"]] == ["1", "2", "3", "4"]
    assert [one["rule"] for one in answer["findings"]] == ["st26.total"]
    assert answer["refused"] is None


def test_check_against_an_application(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(
        capsys, "check", LISTING, "--application", str(SAMPLES / "st96-patent.xml"),
        "--validator-report", str(SAMPLES / "sequence-validator-report.xml"), "--reference", "BAO-78",
    )  # fmt: skip
    rules = {one["rule"] for one in answer["findings"]}
    assert {"st26.cross-title", "st26.cross-reference", "wipo-validator.W_NO_PRIORITY"} <= rules


def test_check_against_a_case(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    office = str(tmp_path / "office")
    assert run(["office", "init", office]) == 0
    assert run(["--office", office, "intake", str(SAMPLES / "st36-application.xml")]) == 0
    capsys.readouterr()
    assert run(["--office", office, "--json", "case", "list"]) == 0
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    assert run(["--office", office, "--json", "listing", "check", LISTING, "--case", case["id"]]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "st26.cross-title" in {one["rule"] for one in answer["findings"]}


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "show", LISTING)
    assert answer["reference"] == "BAO-77"
    assert answer["applicants"] == [{"name": "ООО «Баобаб»", "language": "ru", "latin": "OOO Baobab"}]
    first = answer["sequences"][0]
    assert first["residues"] == "ccaatggctaaacttggttgaccc"
    assert first["features"][2]["qualifiers"] == [
        {"name": "note", "value": "both ends", "other": "les deux bouts"}
    ]
    view = asked(capsys, "show", LISTING, "--sequence", "1")
    assert view["lines"][0]["segments"][0] == {
        "feature": 1, "lane": 0, "first": 3, "last": 20, "opens": True, "closes": True,
    }  # fmt: skip


def test_text_and_convert_write_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "listing.txt"
    assert asked(capsys, "text", LISTING, "-o", str(out))["lines"] == len(out.read_text("utf-8").splitlines())
    refused = asked(capsys, "text", LISTING, "-o", str(out), status=1)
    assert "already" in refused["refused"]["message"]
    assert "marula listing text FILE -o OUT --replace" in refused["refused"]["remedy"]
    assert asked(capsys, "text", LISTING, "-o", str(out), "--replace")["lines"]
    assert [path.name for path in tmp_path.iterdir()] == ["listing.txt"]
    made = tmp_path / "made.xml"
    answer = asked(capsys, "convert", str(SAMPLES / "st25-listing.txt"), "-o", str(made))
    assert answer["advisory"] is True
    again = asked(capsys, "check", str(made))
    assert again["findings"] == answer["findings"]
    assert again["counts"] == {"sequences": 4, "skipped": 1}


def test_a_listing_in_an_archive(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(SAMPLES / "st96-patent.xml", "application.xml")
        archive.write(LISTING, "listing.xml")
    assert asked(capsys, "check", str(package))["counts"]["sequences"] == 3


@pytest.mark.parametrize("words", [["check"], ["show"], ["text"]])
@pytest.mark.parametrize("name", ["st96-patent.xml", "no-such-file.xml", "README.md"])
def test_what_is_no_listing_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], name: str
) -> None:
    answer = asked(capsys, *words, str(SAMPLES / name), status=1)
    assert answer["refused"]["message"]
    assert answer["refused"]["remedy"]


def test_lines_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("check", "show", "text"):
        assert run(["listing", verb, LISTING]) == 0
        shown = capsys.readouterr().out
        assert "BAO-77" in shown
    assert run(["listing", "check", LISTING]) == 0
    assert "advisory" in capsys.readouterr().out
