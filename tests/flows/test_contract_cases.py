"""`case …` as CLI.md and RECORDS.md 2 say it: names, keys, types, refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

# RECORDS.md section 2: the keys of the case and of what lies in it.
CASE = {
    "id": str, "number": str, "provisional": bool, "right": str, "kind": str, "title": str, "status": dict,
    "office": str, "filing_date": str, "confidential": bool, "law": dict, "officer": str, "events": list,
    "deadlines": list, "parties": list, "rows": list, "priorities": list, "documents": list, "letters": list,
    "fees": list, "findings": list, "conflicts": list,
}  # fmt: skip
PARTS = {
    "events": "id event on recorded fields who station act voided",
    "deadlines": "id rule event owner unrolled last_day state steps",
    "parties": "id role as_filed name address country from to person",
    "rows": "id kind label text status since",
    "priorities": "office number date kind rows state",
    "documents": "id kind name sha256 bytes received language confidential",
    "letters": "id template number state date sha256 opens",
    "findings": "id severity where rule provision message remedy settled",
}
RIGHTS = ("patent", "utility_model", "trade_mark", "design")


@pytest.fixture
def pump(desk):
    """An office with one case opened by hand; (desk, case)."""
    fields = ("--field", "title=Hand pump", "--field", "applicant=Kofi Mensah")
    return desk, desk.done("case", "new", "patent", *fields)


def test_a_case_has_the_keys_of_the_records(full):
    seen = set()
    for line in full.done("case", "list")["cases"]:
        case = full.done("case", "show", line["id"])
        assert {k: type(case[k]) for k in CASE} == CASE
        assert set(case["status"]) >= {"code", "name", "since", "st27"}
        assert set(case["law"]) == {"pack", "version"}
        for part, keys in PARTS.items():
            for entry in case[part]:
                seen.add(part)
                assert set(keys.split()) <= set(entry), (part, entry)
        for deadline in case["deadlines"]:
            assert deadline["owner"] in ("applicant", "office")
            assert deadline["state"] in ("running", "met", "missed", "lifted")
            assert all(set(step) >= {"rule", "provision", "text"} for step in deadline["steps"])
        assert {row["kind"] for row in case["rows"]} <= {"class", "claim", "design"}
    assert seen >= {"events", "deadlines", "parties", "rows", "priorities", "documents", "findings"}


def test_list_and_find_give_lines(full):
    lines = full.done("case", "list")["cases"]
    assert len(lines) == 6
    for line in lines:
        assert set(line) >= {"id", "number", "right", "title", "status", "next_limit"}
        for named in (line["number"], line["number"].lower().replace("/", " "), line["title"]):
            assert line["id"] in [found["id"] for found in full.done("case", "find", named)["cases"]], named
    assert full.done("case", "find", "zebra crossing") == {"cases": []}
    limited = [line["next_limit"]["last_day"] for line in lines if line["next_limit"]]
    assert limited == sorted(limited)
    far = (date.fromisoformat(limited[-1]) - date.today()).days
    due = full.done("case", "list", "--due", str(far))["cases"]
    assert [line["next_limit"]["last_day"] for line in due] == limited
    assert full.done("case", "list", "--due", "0")["cases"] == []


@pytest.mark.parametrize("right", RIGHTS)
def test_every_right_takes_the_common_fields_and_a_note(desk, right):
    made = desk.done("case", "new", right, "--field", "title=First", "--field", "applicant=A")
    assert made["right"] == right and made["act"]
    fields = {"title": "Second", "applicant": "B & Co", "representative": "R", "tags": "x,y", "remark": "…",
              "officer": "Bintou"}  # fmt: skip
    words = [word for name, value in fields.items() for word in ("--field", f"{name}={value}")]
    edited = desk.done("case", "edit", made["id"], *words)
    assert edited["title"] == "Second" and edited["officer"] == "Bintou"
    assert {p["role"]: p["name"] for p in edited["parties"]} == {"applicant": "B & Co", "representative": "R"}
    noted = desk.done("case", "record", made["id"], "note", "--field", "text=called, no answer")
    assert noted["events"][-1]["event"] == "note"
    assert noted["events"][-1]["fields"] == {"text": "called, no answer"}
    assert noted["events"][-1]["who"] == "Awa"


def test_history_keeps_what_was_replaced(pump):
    desk, case = pump
    edited = desk.done("case", "edit", case["id"], "--field", "title=Foot pump")
    changes = desk.done("case", "history", case["id"])["changes"]
    for change in changes:
        assert set(change) >= {"id", "when", "who", "station", "old", "new"}
        assert ("event" in change) != ("field" in change)
        assert change["who"] == "Awa" and len(change["station"]) == 32
    titles = [(c["old"], c["new"]) for c in changes if c.get("field") == "title"]
    assert titles == [(None, "Hand pump"), ("Hand pump", "Foot pump")]
    undone = desk.done("case", "undo", case["id"], edited["act"])
    assert undone["title"] == "Hand pump"
    after = desk.done("case", "history", case["id"])["changes"]
    assert len(after) == len(changes) + 1, "both stay"
    assert "already" in desk("case", "undo", case["id"], edited["act"]).refused["message"]


def test_undo_takes_the_newest_act_and_stops_at_the_opening(pump):
    desk, case = pump
    desk.done("case", "record", case["id"], "note", "--field", "text=one")
    assert desk.done("case", "undo", case["id"])["events"][-1]["voided"]
    refused = desk("case", "undo", case["id"]).refused
    assert "left as it was" in refused["message"]
    assert desk("case", "undo", case["id"], "f" * 32).refused


def test_as_of_and_known_are_two_questions(desk):
    """A note written today about last week was in force then, and not known then."""
    day, before = date.today() - timedelta(7), date.today() - timedelta(1)
    made = desk.done("case", "new", "patent", "--field", "title=T", "--field", f"filing_date={day}")
    shown = desk.done("case", "show", made["id"], "--as-of", str(before))
    assert [e["event"] for e in shown["events"]] == ["filed"]
    assert desk("case", "show", made["id"], "--known", str(before)).refused
    assert desk("case", "show", made["id"], "--as-of", str(day - timedelta(1))).refused
    today = desk.done("case", "show", made["id"], "--known", str(date.today()))
    assert today["title"] == "T"


def test_attach_keeps_files_whole_or_none(pump, tmp_path):
    desk, case = pump
    scan, odd = tmp_path / "scan.pdf", tmp_path / "n\udcff.txt"
    scan.write_bytes(b"%PDF-1.7 not really")
    odd.write_text("plain")
    kept = desk.done("case", "attach", case["id"], str(scan), "--kind", "drawing", "--confidential")
    document = kept["documents"][-1]
    assert (document["kind"], document["name"], document["confidential"]) == ("drawing", "scan.pdf", True)
    assert document["bytes"] == scan.stat().st_size and len(document["sha256"]) == 64
    missing = tmp_path / "missing.pdf"
    assert (
        "Nothing was attached"
        in desk("case", "attach", case["id"], str(scan), str(missing)).refused["message"]
    )
    assert "Nothing was attached" in desk("case", "attach", case["id"], str(tmp_path)).refused["message"]
    assert len(desk.done("case", "show", case["id"])["documents"]) == 1
    assert desk.done("case", "attach", case["id"], str(odd))["documents"][-1]["name"] == "n.txt"


def test_check_lists_findings(full):
    for line in full.done("case", "list")["cases"]:
        found = full.done("case", "check", line["id"])
        assert set(found) >= {"findings"}
        for finding in found["findings"]:
            assert finding["message"] and finding["severity"] in ("error", "warning", "note")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "no-such-case"), "no case"),
        (("show", "\udcff"), "no case"),
        (("show", ""), "no case"),
        (("history", "x" * 100_000), "no case"),
        (("record", "{id}", "surrender"), "Nothing was recorded"),
        (("record", "{id}", "no-such-event"), "Nothing was recorded"),
        (("record", "{id}", "note"), "Nothing was recorded"),
        (("record", "{id}", "note", "--field", "text= "), "Nothing was recorded"),
        (("record", "{id}", "note", "--field", "text=\udcff"), "Nothing was recorded"),
        (("record", "{id}", "note", "--field", "text=a", "--on", "2999-01-01"), "Nothing was recorded"),
        (("edit", "{id}", "--field", "title= "), "Nothing was changed"),
        (("edit", "{id}", "--field", "title=Caf\udce9"), "Nothing was recorded"),
        (("attach", "{id}", "/dev/zero"), "Nothing was attached"),
        (("new", "copyright"), "Nothing was opened"),
        (("undo", "{id}", "\udcff"), "left as it was"),
    ],
)
def test_refusals_leave_the_case_as_it_was(pump, words, said):
    desk, case = pump
    refused = desk("case", *(word.replace("{id}", case["id"]) for word in words)).refused
    assert said in refused["message"]
    now = desk.done("case", "show", case["id"])
    assert now == {k: v for k, v in case.items() if k != "act"}
    assert len(desk.done("case", "list")["cases"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "{id}"),
        ("edit", "{id}", "--field", "number=1"),
        ("edit", "{id}", "--field", "title"),
        ("edit", "{id}", "--field", "=x"),
        ("list", "--due", "-1"),
        ("list", "--due", "soon"),
        ("show", "{id}", "--as-of", "2026-02-30"),
        ("record", "{id}", "note", "--field", "text=a", "--on", "0001-01-01"),
        ("new", "patent", "--field", "filing_date=2026-02-30"),
        ("new", "patent", "--field", "filing_date=0001-01-01"),
        ("new", "patent", "--field", "colour=red"),
        ("new", "patent", "--field", "confidential=perhaps"),
        ("show",),
        ("find",),
        ("find", "--", "--json", "--office"),
    ],
)
def test_words_that_say_nothing_are_usage(pump, words):
    desk, case = pump
    answer = desk("case", *(word.replace("{id}", case["id"]) for word in words))
    assert answer.status == 2 and "Traceback" not in answer.err
    assert answer.err or answer.document["refused"]["message"]


def test_names_are_kept_on_one_line(desk):
    made = desk.done(
        "case", "new", "design", "--field", "title= Lamp\n\x1b[31m  stand\t", "--field", "applicant=A"
    )
    assert made["title"] == "Lamp [31m stand"
