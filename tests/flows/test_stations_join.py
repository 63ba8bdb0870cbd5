"""The office together, as the command line does it: invite, join, accept, sync, conflict, removal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.main import run


@pytest.fixture
def marula(capsys):
    """Run a command with `--json`; (exit status, answer)."""

    def call(office: Path, *words: str):
        status = run(["--json", "--office", str(office), *words])
        out = capsys.readouterr().out
        return status, json.loads(out) if out else None

    return call


@pytest.fixture
def places(tmp_path, marula):
    """An office with one case, a stick, and the folder a second station will have."""
    first = tmp_path / "office"
    assert marula(first, "office", "init", str(first), "--officer", "Awa")[0] == 0
    fields = ("--field", "title=Solar dryer", "--field", "applicant=Kofi Mensah")
    assert marula(first, "case", "new", "patent", *fields)[0] == 0
    stick = tmp_path / "stick"
    stick.mkdir()
    return first, tmp_path / "station-2", stick


def joined(marula, places, *more: str) -> str:
    """Bring the second station in; its id."""
    first, second, stick = places
    invitation = stick / "invitation"
    assert marula(first, "station", "invite", "--out", str(invitation), "--store", str(stick))[0] == 0
    status, there = marula(
        first, "station", "join", str(invitation), str(second), "--officer", "Bintou", *more
    )
    assert status == 0
    assert there["answer"] == f"{invitation}.answer"
    status, here = marula(first, "station", "accept", there["answer"], "--yes")
    assert status == 0
    assert here["words"] == there["words"], "both sides show the same words"
    return there["station"]


def test_two_stations_share_an_office(marula, places):
    first, second, stick = places
    joined(marula, places)
    for office in (first, second, first):
        status, synced = marula(office, "sync", str(stick))
        assert status == 0 and synced["quarantined"] == [] and synced["waiting"] == []
    assert marula(first, "office", "status")[1]["digest"] == marula(second, "office", "status")[1]["digest"]
    assert marula(second, "office", "status")[1]["unsynced"] == 0
    case_id = marula(second, "case", "list")[1]["cases"][0]["id"]
    for office, title in ((first, "Dryer, Awa"), (second, "Dryer, Bintou")):
        assert marula(office, "case", "edit", case_id, "--field", f"title={title}")[0] == 0
    for office in (first, second, first):
        status, synced = marula(office, "sync", str(stick))
    (conflict,) = synced["conflicts"]
    assert (conflict["case"], conflict["field"]) == (case_id, "title")
    assert {value["who"] for value in conflict["values"]} == {"Awa", "Bintou"}
    settle = ("conflict", "settle", conflict["id"], "--keep", "Dryer, Awa", "--reason", "as filed")
    assert marula(second, *settle)[0] == 0
    for office in (second, first):
        status, synced = marula(office, "sync", str(stick))
    assert synced["conflicts"] == []


def test_before_it_is_accepted_a_station_waits(marula, places):
    first, second, stick = places
    marula(first, "sync", str(stick))
    marula(first, "station", "invite", "--out", str(stick / "invitation"))
    marula(first, "station", "join", str(stick / "invitation"), str(second), "--officer", "Bintou")
    status, synced = marula(second, "sync", str(stick))
    assert (status, synced["wrote"], synced["applied"]) == (0, 0, 0)
    assert synced["waiting"] == ["waiting to be accepted by the office"]
    assert marula(second, "station", "list")[1]["stations"][0]["state"] == "waiting"


def test_a_dry_run_says_what_would_travel_and_moves_nothing(marula, places):
    first, second, stick = places
    joined(marula, places)
    status, planned = marula(first, "sync", str(stick), "--dry-run")
    assert status == 0 and planned["dry_run"] and planned["wrote"] > 0 and planned["bytes"] > 0
    assert not (stick / "ipx1").exists()
    marula(first, "sync", str(stick))
    before = sorted(stick.rglob("*"))
    status, planned = marula(second, "sync", str(stick), "--dry-run")
    assert planned["read"] > 0 and planned["bytes_read"] > 0
    assert sorted(stick.rglob("*")) == before
    assert marula(second, "case", "list")[1]["cases"] == []


def test_the_list_and_a_removal(marula, places):
    first, second, stick = places
    station = joined(marula, places)
    stations = marula(first, "station", "list")[1]["stations"]
    assert [(s["officer"], s["role"], s["state"]) for s in stations] == [
        ("Awa", "registrar", "active"), ("Bintou", "examiner", "active"),
    ]  # fmt: skip
    marula(first, "sync", str(stick))
    marula(second, "sync", str(stick))
    assert marula(first, "station", "revoke", station[:8], "--reason", "left")[0] == 0
    marula(first, "sync", str(stick))
    status, answer = marula(second, "sync", str(stick))
    assert status == 1 and "taken off" in answer["refused"]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ("station", "join", "{missing}", "{second}"),
        ("station", "join", "{garbage}", "{second}"),
        ("station", "join", "{invitation}", "{first}"),
        ("station", "accept", "{garbage}", "--yes"),
        ("station", "accept", "{invitation}", "--yes"),
        ("station", "invite", "--out", "{garbage}"),
        ("station", "invite", "--out", "{missing}/x"),
        ("station", "revoke", "no such station"),
        ("sync", "{garbage}"),
        ("sync", "{missing}/deeper/stick"),
        ("sync", "nosuch+kind://x"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(marula, places, tmp_path, words):
    first, second, _stick = places
    garbage, invitation = tmp_path / "garbage", tmp_path / "invitation"
    garbage.write_bytes(b"\x00\xff not json")
    marula(first, "station", "invite", "--out", str(invitation))
    names = {
        "missing": tmp_path / "missing", "garbage": garbage, "invitation": invitation, "first": first,
        "second": second,
    }  # fmt: skip
    status, answer = marula(first, *(word.format(**names) for word in words))
    assert status == 1
    assert answer["refused"]["message"] and answer["refused"]["remedy"]
    assert not second.exists() or not any(second.iterdir()), "nothing half-made is left"


def test_an_answer_counts_once_and_for_its_own_office(marula, places, tmp_path):
    first, _second, stick = places
    joined(marula, places)
    status, _again = marula(first, "station", "accept", str(stick / "invitation.answer"), "--yes")
    assert status == 0, "accepting the same station again changes nothing"
    assert len(marula(first, "station", "list")[1]["stations"]) == 2
    copied = tmp_path / "copied"
    copied.write_bytes((stick / "invitation").read_bytes())
    third = marula(first, "station", "join", str(copied), str(tmp_path / "station-3"), "--officer", "C")[1]
    status, answer = marula(first, "station", "accept", third["answer"], "--yes")
    assert status == 1 and "another station" in answer["refused"]["message"]
    other = tmp_path / "other"
    marula(other, "office", "init", str(other), "--officer", "Zola")
    status, answer = marula(other, "station", "accept", str(stick / "invitation.answer"), "--yes")
    assert status == 1 and "no invitation of this office" in answer["refused"]["message"]


def test_without_yes_nobody_is_accepted_unasked(marula, places):
    first, second, stick = places
    marula(first, "station", "invite", "--out", str(stick / "invitation"))
    there = marula(first, "station", "join", str(stick / "invitation"), str(second), "--officer", "B")[1]
    status, answer = marula(first, "station", "accept", there["answer"])
    assert status == 1 and there["words"] in answer["refused"]["message"]
    assert len(marula(first, "station", "list")[1]["stations"]) == 1


def test_for_a_person_the_lines_say_bytes_and_who_waits(places, marula, capsys):
    first, second, stick = places
    joined(marula, places)
    assert run(["--office", str(first), "sync", str(stick)]) == 0
    out, err = capsys.readouterr()
    assert "To be written:" in err
    assert "Written:" in out and "bytes" in out and "Register:" in out
    assert run(["--office", str(second), "station", "list"]) == 0
    assert "waiting" in capsys.readouterr().out


def test_the_window_looks_at_an_answer_before_it_asks(places, marula):
    from app.services import offices, stations

    first, second, stick = places
    marula(first, "station", "invite", "--out", str(stick / "invitation"))
    there = marula(first, "station", "join", str(stick / "invitation"), str(second), "--officer", "B")[1]
    with offices.open_office(first) as office:
        asking = stations.applicant(office, there["answer"])
        assert (asking.officer, asking.words) == ("B", there["words"])
        assert len(stations.listed(office)) == 1
