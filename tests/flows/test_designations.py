"""Madrid, The Hague and the PCT through the command line, every limit against a table made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.services import offices

MADRID = (
    "--field", "international_number=1700001", "--field", "notified=2025-03-14",
    "--field", "registration_date=2025-01-15", "--field", "holder=Ziegel AG", "--field", "holder_country=CH",
    "--field", "mark=ZIEGEL", "--field", "basic_number=700100", "--field", "basic_office=CH",
    "--field", "goods_9=Computers; cameras", "--field", "goods_35=Advertising",
    "--field", "goods_42=Design of bricks",
)  # fmt: skip
HAGUE = (
    "--right", "design", "--field", "international_number=DM/220001", "--field", "published=2026-01-30",
    "--field", "registration_date=2025-07-01", "--field", "holder=Fjellkist AS", "--field", "title=Cool box",
    "--field", "designs=2",
)  # fmt: skip


@pytest.fixture
def on(monkeypatch):
    """Say which day it is."""
    days = [date(2026, 1, 12)]
    monkeypatch.setattr(offices.Office, "today", property(lambda _office: days[0]))
    monkeypatch.setattr(offices.Office, "refuse_jumped_clock", lambda _office: None)

    def set_day(text):
        days[0] = date.fromisoformat(text)

    return set_day


def limits(desk, case):
    return {d["rule"]: (d["unrolled"], d["last_day"], d["state"])
            for d in desk.done("case", "show", case)["deadlines"]}  # fmt: skip


def rows(desk, case):
    return {row["label"]: row["status"] for row in desk.done("case", "show", case)["rows"]}


def draft(desk, case, **fields):
    given = [part for name, text in fields.items() for part in ("--field", f"{name}={text}")]
    return desk.done("case", "record", case, "refusal_drafted", *given)


def test_a_madrid_designation_from_notice_to_further_decision(desk, on):
    (line,) = desk.done("designation", "take", *MADRID)["cases"]
    case = line["id"]
    assert line["office_limit"]["rule"] == "madrid-refusal"
    assert limits(desk, case) == {"madrid-refusal": ("2026-09-14", "2026-09-14", "running")}
    shown = desk.done("case", "show", case)
    assert shown["fields"]["route"] == "madrid" and shown["filing_date"] == "2025-01-15"
    assert shown["fields"]["basic_mark"] == {"office": "CH", "number": "700100", "date": ""}
    assert shown["status"]["code"] == "filed" and shown["fees"] == [], "they come by the Bureau"

    on("2026-02-03")
    refused = desk("letter", "issue", case, "provisional-refusal").refused
    assert "No ground of refusal is stated" in refused["message"]
    draft(
        desk, case, grounds="Descriptive of cameras.", provision="section 15(1)(b)", basis="absolute",
        scope="partial", rows="9", response_starts="2026-02-03", response_ends="2026-04-07",
    )  # fmt: skip
    heard = desk.done("designation", "rehearse", case)
    assert (heard["would_be"], heard["findings"]) == ("accepted", [])
    assert heard["response"] == {"starts": "2026-02-03", "ends": "2026-04-07"}, "Good Friday, then Easter"
    letter = desk.done("letter", "issue", case, "provisional-refusal", "--language", "en,fr")
    assert letter["opens_limit"]["last_day"] == "2026-04-07" and not letter["unprinted"]
    assert rows(desk, case) == {"9": "provisionally_refused", "35": "live", "42": "live"}
    assert limits(desk, case) == {
        "madrid-refusal": ("2026-09-14", "2026-09-14", "met"),
        "reply-to-provisional-refusal": ("2026-04-03", "2026-04-07", "running"),
    }
    assert desk.done("case", "list")["cases"][0]["office_limit"] is None

    on("2026-04-07")
    desk.done("case", "record", case, "reply", "--field", "text=Cameras are struck out.")
    assert limits(desk, case)["reply-to-provisional-refusal"][2] == "met"
    on("2026-05-20")
    desk.done("letter", "issue", case, "final-disposition", "--field", "rows=35,42")
    assert rows(desk, case) == {"9": "refused", "35": "registered", "42": "registered"}
    assert limits(desk, case)["renewal"] == ("2035-01-15", "2035-01-15", "running")
    on("2026-08-12")
    desk.done("letter", "issue", case, "further-decision", "--field", "rows=9,35,42", "--field",
              "grounds=The appeal body set the refusal aside.")  # fmt: skip
    assert set(rows(desk, case).values()) == {"registered"}
    assert desk.done("case", "show", case)["status"]["code"] == "registered"
    assert len(limits(desk, case)) == 3, "a further decision opens no limit"


def test_a_hague_designation_from_publication_to_statement(desk, on):
    on("2026-02-02")
    (line,) = desk.done("designation", "take", *HAGUE)["cases"]
    case = line["id"]
    assert limits(desk, case) == {"hague-refusal": ("2026-07-30", "2026-07-30", "running")}
    assert rows(desk, case) == {"1": "live", "2": "live"}
    on("2026-06-01")
    draft(
        desk, case, grounds="Not new over an earlier box.", provision="section 44", basis="relative",
        rows="2", scope="partial", pronounced="2026-05-29", response_starts="2026-06-01",
        response_ends="2026-08-03", review="Board of Appeal of XX, two months",
    )  # fmt: skip
    heard = desk.done("designation", "rehearse", case)
    assert heard["would_be"] == "irregular"
    assert [f["rule"] for f in heard["findings"]] == ["rehearsal.hague-earlier-design"]
    fields = ("number=XX/D/2020/000007", "filing_date=2020-02-03", "owner=Kisten Ltd", "image=box.png")
    desk.done("case", "record", case, "earlier_right", *(x for f in fields for x in ("--field", f)))
    assert desk.done("designation", "rehearse", case)["would_be"] == "accepted"
    desk.done("letter", "issue", case, "provisional-refusal", "--language", "fr")
    assert limits(desk, case) == {
        "hague-refusal": ("2026-07-30", "2026-07-30", "met"),
        "reply-to-provisional-refusal": ("2026-08-01", "2026-08-03", "running"),
    }
    on("2026-09-01")
    desk.done("letter", "issue", case, "final-disposition", "--field", "grounds=Withdrawn after the reply.")
    assert rows(desk, case) == {"1": "registered", "2": "registered"}
    assert limits(desk, case)["design-renewal"] == ("2030-07-01", "2030-07-01", "running")
    assert limits(desk, case)["reply-to-provisional-refusal"][2] == "missed", "nothing is resurrected"


def test_silence_stands_first_in_the_docket(desk, on, samples):
    desk.done("intake", str(samples))
    desk.done("designation", "take", *MADRID)
    desk.done("designation", "take", *HAGUE[:-4], "--field", "published=2026-01-05", "--field", "designs=1")
    pump = desk.done("case", "find", "pump")["cases"][0]["id"]
    desk.done("case", "record", pump, "formalities_invited", "--on", "2026-01-09")
    lines = desk.done("case", "list")["cases"]
    assert [line["office_limit"] and line["office_limit"]["last_day"] for line in lines[:3]] == [
        "2026-07-06", "2026-09-14", None,
    ]  # fmt: skip
    assert lines[2]["next_limit"]["last_day"] < "2026-07-06", "nearer, and yet after them"
    on("2026-09-15")
    first = desk.done("case", "list")["cases"][0]
    assert first["office_limit"]["state"] == "missed"


def test_a_late_refusal_needs_a_reason_and_a_statement_of_grant_none(desk, on):
    case = desk.done("designation", "take", *MADRID)["cases"][0]["id"]
    on("2026-09-15")
    draft(desk, case, grounds="Descriptive.", provision="15", scope="total", basis="absolute",
          response_starts="2026-09-15", response_ends="2026-11-16")  # fmt: skip
    heard = desk.done("designation", "rehearse", case)
    assert heard["would_be"] == "not regarded as such" and heard["last_day"] == "2026-09-14"
    assert heard["findings"][0]["provision"].startswith("Madrid Protocol, Article 5(2)")
    before = desk.done("office", "status")
    assert "would not regard" in desk("letter", "issue", case, "provisional-refusal").refused["message"]
    assert desk.done("office", "status") == before
    why = ("--reason", "Decided by the Director on file 12.")
    desk.done("letter", "issue", case, "provisional-refusal", *why)
    events = {e["event"]: e["fields"] for e in desk.done("case", "show", case)["events"]}
    assert events["provisional_refusal"]["reason"] == why[1]
    assert events["provisional_refusal"]["grounds"] == "Descriptive."
    other = desk.done("designation", "take", *HAGUE, "--field", "published=2026-09-01")["cases"][0]["id"]
    desk.done("letter", "issue", other, "grant-statement")
    assert set(rows(desk, other).values()) == {"registered"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (["international_number=1"], "not known"),
        (["international_number=1", "notified=2026-01-13"], "still to come"),
        (["notified=2026-01-05"], "number of the international registration is missing"),
        (["international_number=1", "notified=5 January"], "no date|not a date"),
        (["international_number=1", "notified=2026-01-05", "goods_46=X"], "from 1 to 45"),
        (["international_number=1", "notified=2026-01-05", "colour=red"], "no field “colour”"),
    ],
)
def test_what_cannot_be_taken_in_opens_nothing(desk, on, fields, says):
    words = [x for f in fields for x in ("--field", f)]
    answer = desk("designation", "take", *words)
    assert answer.status in (1, 2)
    said = answer.document["refused"]["message"] if answer.out else answer.err
    assert any(one in said for one in says.split("|")), said
    assert desk.done("case", "list")["cases"] == []


XML = Path(__file__).resolve().parents[1] / "data" / "standards"


def test_files_of_the_bureau_are_taken_in_once(desk, on, tmp_path):
    on("2029-04-02")
    madrid = tmp_path / "madrid.xml"
    text = (XML / "st96-madrid.xml").read_text("utf-8")
    madrid.write_text(text.replace(
        "<tmk:MadridDesignationCategory>",
        "<com:RecordNotificationDate>2029-03-01</com:RecordNotificationDate><tmk:MadridDesignationCategory>",
    ), "utf-8")  # fmt: skip
    done = desk.done("designation", "take", str(madrid), str(XML / "st96-hague.xml"))
    assert done["taken"] >= 2
    by_right = {line["right"]: line for line in done["cases"]}
    mark = desk.done("case", "show", by_right["trade_mark"]["id"])
    assert mark["fields"]["basic_mark"] == {"office": "CH", "number": "700100", "date": "2028-06-01"}
    assert [d["last_day"] for d in mark["deadlines"]] == ["2030-09-02"], "1 September 2030 is a Sunday"
    assert [d["kind"] for d in mark["documents"]] == ["designation"]
    design = desk.done("case", "show", by_right["design"]["id"])
    assert design["deadlines"][0]["last_day"] == "2029-09-17", "16 September 2029 is a Sunday"
    assert "designation.day" not in {f["rule"] for f in done["findings"]}
    again = desk.done("designation", "take", str(madrid))
    assert again["taken"] == 0 and "intake.held" in {f["rule"] for f in again["findings"]}
    silent = desk("designation", "take", str(XML / "st96-madrid.xml")).document
    assert "designation.day" in {f["rule"] for f in silent["findings"]}


def test_an_international_application_enters_in_thirty_months_and_brings_its_report(desk, on):
    fields = ("international_number=PCT/KE2028/051801", "filing_date=2025-05-20", "priority_date=2024-05-20",
              "priority_office=KE", "holder=Maji Ltd", "title=Hand pump", "language=de")  # fmt: skip
    words = [x for f in fields for x in ("--field", f)]
    case = desk.done("designation", "take", "--right", "patent", *words)["cases"][0]["id"]
    assert limits(desk, case) == {"national-phase": ("2026-11-20", "2026-11-20", "running")}
    shown = desk.done("case", "show", case)
    assert (shown["filing_date"], shown["fields"]["route"], shown["status"]["code"]) == (
        "2025-05-20", "pct", "received",
    )  # fmt: skip
    found = {f["rule"] for f in desk.done("case", "check", case)["findings"]}
    assert "pct.translation" in found
    done = desk.done("designation", "cite", case, str(XML / "st36-search-report.xml"))
    first = done["citations"][0]
    told = [first[name] for name in ("office", "number", "kind_code", "category", "claims")]
    assert told == ["WO", "2020/123456", "A1", "X,Y", "1-3"]
    assert done["added"] == len(done["citations"]) and done["findings"] == []
    assert desk.done("designation", "cite", case, str(XML / "st36-search-report.xml"))["added"] == 0
    desk.done("case", "undo", case, done["act"])
    assert desk.done("case", "show", case)["citations"] == []
    on("2026-11-20")
    desk.done("case", "record", case, "national_phase_entered")
    desk.done("case", "record", case, "translation_invited")
    assert limits(desk, case)["national-phase"][2] == "met"
    assert limits(desk, case)["translation"] == ("2027-01-20", "2027-01-20", "running")
    desk.done("case", "record", case, "translation_filed")
    assert "pct.translation" not in {f["rule"] for f in desk.done("case", "check", case)["findings"]}
    refused = desk("designation", "cite", case, str(XML / "st96-madrid.xml")).refused
    assert refused["message"].startswith("Nothing is cited in")


def basic(desk, samples):
    """The figurative sample mark in classes 3, 21 and 35, registered and the basis of a registration."""
    case = desk.done("intake", str(next(samples.glob("4-*"))))["cases"][0]["id"]
    desk.done("case", "record", case, "registration", "--on", "2026-11-20")
    desk.done("case", "record", case, "international_registration", "--on", "2026-11-23", "--field",
              "number=1800001")  # fmt: skip
    return case


def ceased(desk, case):
    return [f for f in desk.done("case", "check", case)["findings"] if f["rule"] == "madrid.ceased"]


def test_the_dependency_is_watched_for_five_years(desk, on, samples):
    on("2026-11-25")
    case = basic(desk, samples)
    assert limits(desk, case)["dependency"] == ("2031-11-23", "2031-11-23", "running")
    assert ceased(desk, case) == []
    desk.done("case", "record", case, "surrender", "--field", "rows=3,21")
    (found,) = ceased(desk, case)
    assert "1800001" in found["message"] and "class 3, 21" in found["message"]
    assert found["letter"] == "ceasing-of-effect"
    desk.done("letter", "issue", case, "ceasing-of-effect", "--field", "rows=3,21")
    assert ceased(desk, case) == []
    on("2031-12-01")
    desk.done("case", "record", case, "surrender")
    assert ceased(desk, case) == [], "after five years"
    assert desk.done("case", "record", case, "independence", "--on", "2031-11-23")


def test_an_application_is_certified_against_its_basic_mark(desk, on, samples):
    on("2026-11-25")
    case = basic(desk, samples)
    shown = desk.done("case", "show", case)
    holder = next(p["name"] for p in shown["parties"] if p["role"] == "applicant")
    goods = {row["label"]: row["text"] for row in shown["rows"]}
    same = {"holder": holder.upper(), "mark": shown["fields"]["mark"]["text"], "goods_3": goods["3"],
            "received": "2026-11-24"}  # fmt: skip

    def certify(**changed):
        given = [x for name, text in {**same, **changed}.items() for x in ("--field", f"{name}={text}")]
        done = desk.done("designation", "certify", case, *given)
        return done["certifiable"], {f["rule"].partition(".")[2] for f in done["findings"]}

    assert certify() == (True, {"picture", "two-months"})
    assert certify(holder="Other Ltd") == (False, {"picture", "two-months", "holder"})
    assert certify(mark="OTHER")[1] >= {"mark"}
    assert certify(goods_9="Cameras") == (False, {"picture", "two-months", "classes"})
    assert certify(goods_3="Rockets") == (False, {"picture", "two-months", "goods"})
    assert certify(colours="red")[0] is False
    assert certify(received="2026-11-26")[1] >= {"received"}
    done = desk.done("designation", "certify", case, "--application", str(XML / "st96-madrid.xml"))
    assert done["certifiable"] is False and done["application"]["holders"] == ["Ziegel AG"]
