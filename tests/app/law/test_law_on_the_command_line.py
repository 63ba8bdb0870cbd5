"""`marula limit` and `marula law`: what they answer, what they refuse, with and without an office."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run
from app.errors import OfficeError
from app.paths import resources
from app.services import laws, limits
from app.storage import lawpacks

MODEL = resources() / "law" / "model"


@pytest.fixture
def marula(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command; its exit status, answer and messages."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the model pack."""
    return Path(shutil.copytree(MODEL, tmp_path / "pack"))


@pytest.mark.parametrize(
    ("words", "unrolled", "last_day"),
    [
        ("2012-02-29 1y", "2013-02-28", "2013-02-28"),
        ("2026-01-31 1m", "2026-02-28", "2026-03-02"),
        ("2027-08-31 6m", "2028-02-29", "2028-02-29"),
        ("2023-02-28 1m", "2023-03-28", "2023-03-28"),
        ("2025-06-30 6m", "2025-12-30", "2025-12-30"),
        ("2025-03-15 12m", "2026-03-15", "2026-03-16"),
        ("2026-11-30 3m", "2027-02-28", "2027-03-01"),
        ("2026-03-02 60d --closed 2026-05-01", "2026-05-01", "2026-05-04"),
        ("2026-03-02 60d --closed 2026-05-01 --closed 2026-05-04", "2026-05-01", "2026-05-05"),
        ("2026-03-02 2m --received 2026-03-13", "2026-05-06", "2026-05-06"),
        ("2026-03-02 2m --extend 1m --from unrolled", "2026-06-02", "2026-06-02"),
        ("2026-03-02 2m --extend 1m --from rolled", "2026-06-04", "2026-06-04"),
        ("2026-03-02 2m --extend 1m", "2026-06-02", "2026-06-02"),
        ("2026-03-01 2m --calendar fri-sat", "2026-05-01", "2026-05-03"),
        ("2026-03-02 2m --calendar none", "2026-05-02", "2026-05-02"),
        ("2026-03-02 2m --calendar sat-sun --rule madrid-4", "2026-05-02", "2026-05-04"),
    ],
)
def test_a_limit_is_answered_with_its_steps(marula: Any, words: str, unrolled: str, last_day: str) -> None:
    status, out, err = marula("--json", "limit", *words.split())
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert (answer["unrolled"], answer["last_day"]) == (unrolled, last_day)
    assert len(answer["steps"]) >= 3
    assert all(
        step["rule"] and step["source"] and step["provision"] and step["text"] for step in answer["steps"]
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("2026-02-30 2m", "February 2026 has 28 days"),
        ("2026-11-31 2m", "November 2026 has 30 days"),
        ("yesterday 2m", "is not a date"),
        ("2026-03-02 0m", "is no period"),
        ("2026-03-02 soon", "is not a period"),
        ("2026-03-02 9000y", "outside the years 1 to 9999"),
        ("2026-03-02 2m --calendar moon", "no calendar “moon”"),
        ("2026-03-02 2m --rule moon", "no rule “moon”"),
        ("2026-03-02 2m --received 2026-03-01", "cannot have arrived"),
        ("2026-03-02 2m --received 2026-02-30", "is not a date"),
        ("2026-03-02 2m --closed monday", "is not a date"),
        ("2026-03-02 2m --extend 0d", "is no period"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(marula: Any, words: str, says: str) -> None:
    status, out, _err = marula("--json", "limit", *words.split())
    refused = json.loads(out)["refused"]
    assert status == 1
    assert says in refused["message"]
    assert "Nothing was reckoned." in refused["message"]
    assert refused["remedy"]
    status, out, err = marula("limit", *words.split())
    assert (status, out) == (1, "")
    assert says in err


@pytest.mark.parametrize("words", ["2026-03-02", "", "2026-03-02 2m --from start", "2026-03-02 2m --what"])
def test_words_that_are_no_command_are_a_usage_error(marula: Any, words: str) -> None:
    assert marula("limit", *words.split())[0] == 2


def test_a_limit_reads_well(marula: Any) -> None:
    _status, out, _err = marula("limit", "2026-01-31", "1m")
    assert out.splitlines() == [
        "Last day: Mon 2 Mar 2026",
        "Before rolling: Sat 28 Feb 2026",
        "",
        "1. 1 month from Sat 31 Jan 2026: the day itself is not counted, "
        "the first day counted is Sun 1 Feb 2026.",
        "   PCT Rule 80.2",
        "2. 1 month on, February 2026 has no day 31, so its last day counts: Sat 28 Feb 2026.",
        "   PCT Rule 80.2",
        "3. Sat 28 Feb 2026 closed (Saturday); Sun 1 Mar 2026 closed (Sunday). "
        "The last day is the next open day: Mon 2 Mar 2026.",
        "   PCT Rule 80.5",
        "",
        "Calendar: sat-sun",
    ]


def test_an_office_lends_its_calendar_and_its_limits(marula: Any, tmp_path: Path) -> None:
    from app.services import offices

    offices.init_office(tmp_path / "office", officer="Amina").close()
    there = ("--json", "--office", tmp_path / "office", "limit", "2026-02-03", "2m")
    answer = json.loads(marula(*there)[1])
    assert (answer["last_day"], answer["calendar"]) == (
        "2026-04-07",
        "office",
    )  # Good Friday to Easter Monday
    assert "Calendar “office”, version 2026-1." in answer["steps"][-1]["text"]
    assert json.loads(marula(*there, "--calendar", "sat-sun")[1])["last_day"] == "2026-04-03"
    own = json.loads(marula(*there, "--rule", "publication")[1])
    assert own["last_day"] == own["unrolled"] == "2026-04-03"
    assert own["steps"][0]["rule"] == "publication"


def test_the_bundled_law_is_shown_without_an_office(marula: Any) -> None:
    status, out, _err = marula("--json", "law", "show")
    law = json.loads(out)
    assert (status, law["name"], law["valid_from"]) == (0, "model", "2020-01-01")
    assert {"rights", "events", "statuses", "limits", "calendars", "checks", "letters", "fees"} <= law.keys()
    assert all(limit["provision"] for limit in law["limits"])
    status, out, _err = marula("law", "show", "model")
    assert status == 0
    assert "reply-to-report" in out
    assert marula("law", "show", "../../etc")[0] == 1


def test_a_sound_pack_is_told_so(marula: Any, pack: Path) -> None:
    for path in (pack, pack / "pack.toml", pack / "letters" / "letters.toml"):
        status, out, _err = marula("--json", "law", "check", path)
        answer = json.loads(out)
        assert (status, answer["ok"], answer["findings"]) == (0, True, [])
        assert (answer["name"], answer["version"]) == ("model", "1.0")
    assert marula("law", "check", pack)[1] == "model 1.0: nothing is wrong.\n"


def test_a_broken_pack_is_told_line_by_line(marula: Any, pack: Path) -> None:
    file = pack / "limits.toml"
    file.write_text(file.read_text("utf-8").replace('period = "3m"', 'period = "3q"'), "utf-8")
    status, out, _err = marula("--json", "law", "check", pack)
    answer = json.loads(out)
    assert (status, answer["ok"]) == (1, False)
    assert {finding["severity"] for finding in answer["findings"]} == {"error"}
    assert answer["findings"][0]["where"].startswith("limits.toml, line ")
    status, out, _err = marula("law", "check", pack)
    assert status == 1
    assert "“3q” is not a period." in out


@pytest.mark.parametrize("name", ["gone", "a.txt", "empty"])
def test_what_is_no_pack_is_refused(marula: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("nothing")
    (tmp_path / "empty").mkdir()
    status, out, _err = marula("--json", "law", "check", tmp_path / name)
    assert status == 1
    answer = json.loads(out)
    assert "is no law pack" in json.dumps(answer, ensure_ascii=False)


def test_a_packed_file_is_checked_without_installing(pack: Path, tmp_path: Path) -> None:
    packed = tmp_path / "model.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(pack.rglob("*")):
            archive.write(file, f"model/{file.relative_to(pack)}")
    found = laws.check(packed)
    assert (found.name, found.version, found.ok, found.findings) == ("model", "1.0", True, ())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.zip", "pack"]


def test_two_laws_are_compared_in_what_they_count(marula: Any, pack: Path) -> None:
    for file, old, new in [
        ("limits.toml", 'period = "3m"', 'period = "4m"'),
        ("limits.toml", 'id = "reinstatement-request"', 'id = "answer"'),
        ("calendars.toml", '"07-09" = "Independence Day"\n', ""),
        ("pack.toml", 'version = "1.0"', 'version = "1.1"'),
    ]:
        path = pack / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    status, out, _err = marula("--json", "law", "what-if", "model", pack)
    answer = json.loads(out)
    assert (status, answer["old"], answer["new"]) == (0, "model 1.0", "model 1.1")
    told = [(d["what"], d["id"], d["key"], d["old"], d["new"]) for d in answer["differences"]]
    assert ("limit", "reply-to-report", "period", "3m", "4m") in told
    assert ("limit", "reinstatement-request", "", "there", "not there") in told
    assert ("limit", "answer", "", "not there", "there") in told
    assert [(d["id"], d["key"]) for d in answer["differences"] if d["what"] == "calendar"] == [
        ("office", "yearly")
    ]
    assert "count every limit the same way" in marula("law", "what-if", "model", "model")[1]
    assert marula("law", "what-if", "model", "gone")[0] == 1


def test_a_service_takes_days_or_their_text() -> None:
    law = lawpacks.load(MODEL)
    by_text = limits.limit("2026-03-02", "2m", received="2026-03-13", law=law)
    by_day = limits.limit(
        by_text.start, "2m", received=limits.limit("2026-03-12", "1d", calendar="none").last_day, law=law
    )
    assert by_text == by_day
    with pytest.raises(OfficeError, match="counted from “unrolled” or “rolled”"):
        limits.limit("2026-03-02", "2m", extend="1m", extend_from="today")
