"""What concerns several cases at once: division, merger, one request for many marks."""

from __future__ import annotations

import pytest


@pytest.fixture
def soap(desk, samples):
    """An office with a figurative mark in classes 3, 21 and 35 and a word mark; (desk, mark, word)."""
    files = [str(next(samples.glob(f"{n}-*"))) for n in (4, 3)]
    taken = desk.done("intake", *files)["cases"]
    return desk, taken[0]["id"], taken[1]["id"]


def rows(desk, case_id):
    case = desk.done("case", "show", case_id)
    return {row["label"]: row["status"] for row in case["rows"]}


def test_a_refused_class_leaves_the_others_standing(soap):
    desk, mark, _word = soap
    refused = ("--field", "rows=3", "--field", "reasons=Descriptive of soaps.")
    after = desk.done("case", "record", mark, "refusal", *refused)
    assert after["status"]["code"] == "filed"
    assert rows(desk, mark) == {"3": "refused", "21": "live", "35": "live"}
    assert desk("case", "record", mark, "refusal", *refused).refused["message"].startswith("“refusal” cannot")
    desk.done("case", "record", mark, "registration")
    assert rows(desk, mark) == {"3": "refused", "21": "registered", "35": "registered"}
    desk.done("case", "undo", mark)
    assert rows(desk, mark) == {"3": "refused", "21": "live", "35": "live"}


def test_a_division_gives_the_rows_a_case_of_their_own(soap):
    desk, mark, _word = soap
    before = desk.done("case", "show", mark)
    desk.done("case", "record", mark, "objection", "--field", "provision=section 5", "--field", "rows=3")
    done = desk.done("case", "divide", mark, "--rows", "3", "--on", "2026-11-24")
    assert rows(desk, mark) == {"3": "divided", "21": "live", "35": "live"}
    child = desk.done("case", "show", done["new"]["id"])
    assert {row["label"]: row["status"] for row in child["rows"]} == {"3": "live"}
    same = ("right", "title", "filing_date", "priorities", "confidential", "language")
    assert [child[name] for name in same] == [before[name] for name in same]
    assert child["number"] != before["number"]
    assert {p["name"] for p in child["parties"]} == {p["name"] for p in before["parties"]}
    linked = {e["event"]: e["fields"] for c in (child, desk.done("case", "show", mark)) for e in c["events"]}
    assert linked["division"]["number"] == child["number"]
    assert linked["divided_from"]["number"] == before["number"]
    assert child["classes"]["nice"] == ["3"]


def test_a_registered_mark_gives_a_registered_part_with_its_own_renewal(soap):
    desk, mark, _word = soap
    desk.done("case", "record", mark, "registration", "--on", "2026-11-20")
    child = desk.done("case", "divide", mark, "--rows", "21,35")["new"]
    shown = desk.done("case", "show", child["id"])
    assert shown["status"]["code"] == "registered"
    due = {d["rule"]: d["last_day"] for d in shown["deadlines"] if d["state"] == "running"}
    parent = desk.done("case", "show", mark)
    assert due == {d["rule"]: d["last_day"] for d in parent["deadlines"] if d["state"] == "running"}
    assert "renewal" in due


def test_a_limit_goes_with_the_rows_it_was_opened_for(soap):
    desk, mark, _word = soap
    desk.done("case", "record", mark, "published")
    desk.done("case", "record", mark, "opposition", "--field", "rows=21", "--field", "opponent=Dala Ltd")
    limit = next(
        d for d in desk.done("case", "show", mark)["deadlines"] if d["rule"] == "counter-statement"
    )
    child = desk.done("case", "divide", mark, "--rows", "21")["new"]
    moved = desk.done("case", "show", child["id"])["deadlines"]
    assert [(d["rule"], d["last_day"], d["state"]) for d in moved] == [
        ("counter-statement", limit["last_day"], "running")
    ]
    left = {d["id"]: d["state"] for d in desk.done("case", "show", mark)["deadlines"]}
    assert left[limit["id"]] == "lifted"


@pytest.mark.parametrize(
    ("named", "says"),
    [("3,21,35", "would leave nothing"), ("99", "the case has no 99"), ("", "needs the field “rows”")],
)
def test_a_division_that_cannot_be_leaves_everything(soap, named, says):
    desk, mark, _word = soap
    before = desk.done("office", "status")
    assert says in desk("case", "divide", mark, "--rows", named).refused["message"]
    assert desk.done("office", "status") == before


def test_a_divisional_patent_has_the_claims_and_the_parent_keeps_them(desk, samples):
    pump = desk.done("intake", str(next(samples.glob("1-*"))))["cases"][0]["id"]
    claims = rows(desk, pump)
    child = desk.done("case", "divide", pump, "--rows", "2-3")["new"]
    assert list(rows(desk, child["id"])) == ["2", "3"]
    assert rows(desk, pump) == claims


def test_parts_are_merged_again_and_parted_by_undo(soap):
    desk, mark, word = soap
    child = desk.done("case", "divide", mark, "--rows", "3")["new"]["id"]
    assert "same applicants" in desk("case", "merge", child, word).refused["message"]
    assert "itself" in desk("case", "merge", child, child).refused["message"]
    merged = desk.done("case", "merge", child, mark)
    assert merged["gone"]["status"]["code"] == "merged"
    live = [row["label"] for row in merged["case"]["rows"] if row["live"]]
    assert sorted(live) == ["21", "3", "35"]
    digest = desk.done("office", "status")["digest"]
    desk.done("case", "undo", child, merged["act"])
    assert [r["status"] for r in desk.done("case", "show", child)["rows"]] == ["live"]
    assert rows(desk, mark)["3"] == "divided"
    assert desk.done("office", "status")["digest"] != digest
    assert desk("case", "undo", mark, merged["act"]).refused["message"]


def test_one_request_has_a_result_for_each_case_and_is_undone_as_one(soap):
    desk, mark, word = soap
    desk.done("case", "record", word, "withdrawal")
    fields = ("--field", "what=address", "--field", "text=1 New Road")
    done = desk.done("case", "request", "recordal", mark, word, "0" * 32, *fields)
    assert [line["id"] for line in done["done"]] == [mark]
    assert [one["case"] for one in done["refused"]] == [word, "0" * 32]
    assert all(one["message"] and one["remedy"] for one in done["refused"])
    both = desk.done("case", "request", "note", mark, word, "--field", "text=Called the agent.")
    desk.done("case", "undo", word, both["act"])
    for case in (mark, word):
        events = desk.done("case", "show", case)["events"]
        assert [e["voided"] for e in events if e["event"] == "note"] == [True]
    assert "none of the 2 cases" in desk("case", "request", "grant", mark, word).refused["message"]


def test_an_act_over_two_cases_is_not_undone_when_one_has_gone_on(soap):
    desk, mark, word = soap
    desk.done("case", "request", "published", mark, word)
    done = desk.done("case", "request", "opposition", mark, word, "--field", "opponent=Dala Ltd")
    assert [one["case"] for one in done["refused"]] == []
    desk.done("case", "record", word, "reply", "--field", "text=No likelihood of confusion.")
    assert "other cases too" in desk("case", "undo", mark, done["act"]).refused["message"]
