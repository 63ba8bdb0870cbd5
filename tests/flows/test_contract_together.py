"""`station …`, `sync`, `conflict …`, `lease …`: two stations, one office."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.fixture(scope="module")
def pair(new_office, marula, tmp_path_factory):
    """Two stations that met over a stick, with one case; each a desk."""
    first = new_office()
    folder = tmp_path_factory.mktemp("pair")
    stick, invitation = folder / "stick", folder / "invitation"
    stick.mkdir()
    case = first.done("case", "new", "patent", "--field", "title=Pump", "--field", "applicant=Kofi")
    assert first.done("station", "invite", "--out", str(invitation))["file"] == str(invitation)
    there = type(first)(folder / "second")
    joined = marula("--json", "station", "join", str(invitation), str(there.folder), "--officer", "Bintou")
    assert joined.status == 0
    answer = folder / "invitation.answer"
    assert answer.is_file(), "the answer lies beside the invitation"
    silent = first("station", "accept", str(answer))
    assert "--yes" in silent.refused["remedy"], "nobody confirmed the words"
    accepted = first.done("station", "accept", str(answer), "--yes")
    assert accepted["words"] == joined.document["words"]
    pair = SimpleNamespace(first=first, second=there, stick=str(stick), case=case["id"])
    for desk in (first, there, first):
        desk.done("sync", pair.stick)
    return pair


def exchange(pair):
    """Sync until both have everything; the last answers."""
    answers = [desk.done("sync", pair.stick) for desk in (pair.first, pair.second, pair.first)]
    assert answers[-1]["digest"] == answers[-2]["digest"]
    return answers


def test_sync_has_its_keys_and_both_hold_the_same(pair):
    for answer in exchange(pair):
        for key in ("wrote", "read", "applied", "bytes"):
            assert isinstance(answer[key], int), key
        for key in ("waiting", "conflicts", "quarantined"):
            assert answer[key] == [], key
        assert len(answer["digest"]) == 64
    again = pair.first.done("sync", pair.stick)
    assert (again["wrote"], again["applied"]) == (0, 0), "safe to repeat"
    dry = pair.first.done("sync", pair.stick, "--dry-run")
    assert dry["wrote"] == 0
    assert pair.second.done("case", "show", pair.case)["title"] == "Pump"
    assert pair.first.done("office", "status")["unsynced"] == 0


def test_stations_and_who(pair):
    stations = pair.first.done("station", "list")["stations"]
    assert {s["officer"] for s in stations} == {"Awa", "Bintou"}
    assert [s["here"] for s in stations if s["officer"] == "Awa"] == [True]
    pair.second.done("case", "record", pair.case, "note", "--field", "text=seen")
    exchange(pair)
    last = pair.first.done("case", "show", pair.case)["events"][-1]
    assert (last["who"], last["fields"]) == ("Bintou", {"text": "seen"})
    assert len(pair.second.done("lease", "list")["leases"]) == len(pair.first.done("lease", "list")["leases"])


@pytest.mark.parametrize("field", ["title", "applicant", "representative"])
def test_a_guarded_field_set_on_both_sides_blocks_letters_until_settled(pair, field):
    pair.first.done("case", "edit", pair.case, "--field", f"{field}=One")
    pair.second.done("case", "edit", pair.case, "--field", f"{field}=Two")
    answers = exchange(pair)
    assert len(answers[-1]["conflicts"]) == 1
    for desk in (pair.first, pair.second):
        (conflict,) = desk.done("conflict", "list")["conflicts"]
        assert {"id", "case", "field", "values"} <= set(conflict)
        assert (conflict["case"], conflict["field"]) == (pair.case, field)
        assert {(v["value"], v["who"]) for v in conflict["values"]} == {("One", "Awa"), ("Two", "Bintou")}
        assert all(v["when"] and len(v["station"]) == 32 for v in conflict["values"])
        assert "No letter was made" in desk("letter", "issue", pair.case, "filing-receipt").refused["message"]
        assert [c["id"] for c in desk.done("case", "show", pair.case)["conflicts"]] == [conflict["id"]]
    assert pair.first("conflict", "settle", conflict["id"], "--keep", "Two", "--reason", " ").status == 2
    settled = pair.first.done("conflict", "settle", conflict["id"], "--keep", "Two", "--reason", "telephoned")
    assert settled["value"] == "Two"
    assert pair.first("conflict", "settle", conflict["id"], "--keep", "Two", "--reason", "again").refused
    exchange(pair)
    for desk in (pair.first, pair.second):
        assert desk.done("conflict", "list") == {"conflicts": []}
        changes = desk.done("case", "history", pair.case)["changes"]
        values = [c["new"] for c in changes if c.get("field") == field]
        assert {"One", "Two"} <= {str(v) for v in values}, "the losing value stays in the history"
    assert pair.second.done("letter", "issue", pair.case, "filing-receipt")["number"]
    exchange(pair)


def test_a_soft_field_set_on_both_sides_takes_the_later(pair):
    pair.first.done("case", "edit", pair.case, "--field", "remark=one")
    pair.second.done("case", "edit", pair.case, "--field", "remark=two")
    assert exchange(pair)[-1]["conflicts"] == []


def test_what_cannot_be_exchanged_is_said(pair, tmp_path):
    (tmp_path / "file").write_text("x")
    for store in (tmp_path / "file", tmp_path / "file" / "below"):
        assert pair.first("sync", str(store)).refused
    for store in ("nonsense://x", "webdav://127.0.0.1:9/none"):
        assert pair.first("sync", store).refused
    for file in (tmp_path / "gone", tmp_path, tmp_path / "file"):
        assert pair.first("station", "accept", str(file), "--yes").refused
        assert pair.first("station", "join", str(file), str(tmp_path / "new")).refused
    assert not (tmp_path / "new").exists()
    assert pair.first("station", "revoke", "nobody").refused
    assert pair.first("lease", "request").refused, "the registrar's station gives them out itself"


def test_a_case_has_one_id_everywhere(pair):
    """And a number of its own until the two have met."""
    made = pair.second.done("case", "new", "design", "--field", "title=Lamp", "--field", "applicant=B")
    exchange(pair)
    assert pair.first.done("case", "show", made["id"])["title"] == "Lamp"
