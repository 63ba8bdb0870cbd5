"""`letter`, `limit`, `law`, `pack`, `translate`: keys, files, refusals."""

from __future__ import annotations

import hashlib
from datetime import date

import pikepdf
import pytest


@pytest.fixture(scope="module")
def posted(new_office, samples, tmp_path_factory):
    """An office with the patent application and one letter of it, issued today."""
    desk = new_office()
    taken = desk.done("intake", str(samples / "1-patent-hand-pump-st96.xml"))
    case = taken["cases"][0]
    out = tmp_path_factory.mktemp("out") / "letter.pdf"
    sent = desk.done("letter", "issue", case["id"], "filing-receipt", "--language", "en,fr", "-o", str(out))
    return desk, case, sent, out


def pdf_part(file):
    """Which part of PDF/A a file says it keeps to."""
    with pikepdf.open(file) as pdf, pdf.open_metadata() as told:
        return told.get("pdfaid:part")


def test_list_has_templates_and_letters(posted):
    desk, case, sent, _out = posted
    listed = desk.done("letter", "list")
    assert {t["id"] for t in listed["templates"]} >= {"filing-receipt", "formalities-invitation"}
    for template in listed["templates"]:
        assert {"id", "name", "rights", "languages"} <= set(template)
        assert isinstance(template["rights"], list) and {"en", "fr"} <= set(template["languages"])
    (letter,) = listed["letters"]
    assert (letter["id"], letter["number"], letter["case"]) == (sent["id"], sent["number"], case["id"])
    assert letter["state"]


def test_issue_files_a_pdf_a_and_tells_its_hash(posted):
    desk, case, sent, out = posted
    assert {"number", "file", "sha256", "opens_limit"} <= set(sent)
    assert sent["file"] == str(out) and pdf_part(out) == "2"
    assert hashlib.sha256(out.read_bytes()).hexdigest() == sent["sha256"]
    shown = desk.done("case", "show", case["id"])
    assert [x["sha256"] for x in shown["letters"]] == [sent["sha256"]]
    assert shown["documents"][-1]["sha256"] == sent["sha256"]


def test_an_invitation_opens_its_limit(desk, samples):
    case = desk.done("intake", str(samples / "1-patent-hand-pump-st96.xml"))["cases"][0]
    sent = desk.done("letter", "issue", case["id"], "formalities-invitation")
    limit = sent["opens_limit"]
    assert set(limit) >= {"unrolled", "last_day"} and limit["last_day"] > str(date.today())
    shown = desk.done("case", "show", case["id"])
    assert limit["id"] in [d["id"] for d in shown["deadlines"] if d["state"] == "running"]
    assert desk("case", "undo", case["id"], shown["events"][-1]["act"]).refused, "a letter is never undone"


def test_preview_writes_a_draft_and_records_nothing(posted, tmp_path):
    desk, case, _sent, _out = posted
    before = desk.done("office", "status")["operations"]
    draft = desk.done("letter", "preview", case["id"], "filing-receipt", "-o", str(tmp_path / "draft.pdf"))
    assert draft["bytes"] == (tmp_path / "draft.pdf").stat().st_size
    assert desk.done("office", "status")["operations"] == before


def test_print_reprint_serve(posted, tmp_path):
    desk, _case, sent, out = posted
    run = desk.done("letter", "print", sent["id"], "--run", str(tmp_path / "run.pdf"))
    assert run["sheets"] and run["letters"][0]["number"] == sent["number"]
    copy = desk.done(
        "letter", "reprint", sent["number"], "--reason", "lost", "-o", str(tmp_path / "copy.pdf")
    )
    assert copy["sha256"] != sent["sha256"]
    desk.done("letter", "label", sent["id"], "-o", str(tmp_path / "label.pdf"))
    saved = desk.done("letter", "save", sent["id"], "-o", str(tmp_path / "saved.pdf"))
    assert saved["sha256"] == sent["sha256"], "the letter itself is frozen"
    served = desk.done("letter", "serve", sent["id"], "--on", str(date.today()), "--proof", str(out))
    assert served["served"] == str(date.today())


def test_nothing_is_recorded_where_the_file_cannot_be_written(posted, tmp_path):
    desk, case, sent, _out = posted
    before = desk.done("office", "status")["operations"]
    for place in (tmp_path, tmp_path / "none" / "x.pdf"):
        for words in (
            ("issue", case["id"], "filing-receipt", "-o", str(place)),
            ("reprint", sent["id"], "--reason", "r", "-o", str(place)),
            ("print", sent["id"], "--run", str(place)),
        ):
            assert "Nothing was recorded" in desk("letter", *words).refused["message"]
    assert desk.done("office", "status")["operations"] == before


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "{case}", "no-such-template"),
        ("issue", "no-such-case", "filing-receipt"),
        ("issue", "{case}", "filing-receipt", "--on", "2999-01-01"),
        ("issue", "{case}", "filing-receipt", "--on", "1900-01-01"),
        ("print", "no-such-letter", "--run", "{out}"),
        ("reprint", "\udcff", "--reason", "r", "-o", "{out}"),
        ("serve", "{letter}", "--on", "2999-01-01", "--proof", "{out}"),
        ("serve", "{letter}", "--on", "2026-01-01", "--proof", "/nowhere"),
        ("save", "", "-o", "{out}"),
    ],
)
def test_letters_that_cannot_be(posted, tmp_path, words):
    desk, case, sent, _out = posted
    places = {"case": case["id"], "letter": sent["id"], "out": tmp_path / "out.pdf"}
    before = desk.done("office", "status")["operations"]
    assert desk("letter", *(word.format(**places) for word in words)).refused
    assert desk.done("office", "status")["operations"] == before and not (tmp_path / "out.pdf").exists()


LIMITS = [
    # from, period, more words, unrolled, last day; the table of PCT Rule 80 and two closures
    ("2026-01-31", "1m", (), "2026-02-28", "2026-03-02"),
    ("2024-02-29", "1y", (), "2025-02-28", "2025-02-28"),
    ("2026-01-02", "60d", ("--calendar", "none"), "2026-03-03", "2026-03-03"),
    ("2026-03-06", "7d", ("--calendar", "fri-sat"), "2026-03-13", "2026-03-15"),
    ("2026-01-05", "1m", ("--closed", "2026-02-05", "--closed", "2026-02-06"), "2026-02-05", "2026-02-09"),
]


@pytest.mark.parametrize(("start", "period", "more", "unrolled", "last_day"), LIMITS)
def test_limit_counts_and_says_why(marula, start, period, more, unrolled, last_day):
    told = marula("limit", start, period, *more, "--json").document
    assert (told["unrolled"], told["last_day"]) == (unrolled, last_day)
    assert told["steps"] and all(step["rule"] and step["source"] for step in told["steps"])


def test_rule_80_6_is_in_unrolled(marula):
    plain = marula("--json", "limit", "2026-01-05", "1m").document
    late = marula("--json", "limit", "2026-01-05", "1m", "--received", "2026-01-20").document
    assert date.fromisoformat(late["unrolled"]) > date.fromisoformat(plain["unrolled"])


@pytest.mark.parametrize(
    "words",
    [("2026-02-30", "2m"), ("2026-01-01", "2"), ("2026-01-01", ""), ("", "2m"), ("2026-01-01", "-2m"),
     ("2026-01-01", "9" * 400 + "y"), ("9999-12-31", "1y"), ("2026-01-01", "2m", "--calendar", "lunar"),
     ("2026-01-01", "2m", "--rule", "x"), ("2026-01-01", "2m", "--closed", "x"),
     ("2026-01-01", "2m", "--received", "2025-01-01")],
)  # fmt: skip
def test_limits_that_cannot_be_counted(marula, words):
    answer = marula("--json", "limit", *words)
    assert answer.status in (1, 2) and "Traceback" not in answer.err
    assert answer.err or answer.document["refused"]["remedy"]


def test_law_and_packs(marula, tmp_path, desk):
    assert marula("--json", "law", "show").document["name"] == "model"
    broken = tmp_path / "pack"
    broken.mkdir()
    (broken / "pack.toml").write_text('name = "x"\nversion = 1\n')
    answer = marula("--json", "law", "check", str(broken))
    assert answer.status == 1 and answer.document["findings"]
    packs = desk.done("pack", "list")["packs"]
    assert packs
    for pack in packs:
        assert {"name", "kind", "version", "size", "signed_by", "state"} <= set(pack)
    assert desk("pack", "install", str(tmp_path / "gone")).refused
    assert desk("pack", "install", str(broken / "pack.toml")).refused
    assert desk("pack", "remove", "nothing").refused
    assert desk.done("pack", "verify")
