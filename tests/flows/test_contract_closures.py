"""A closure entered late: running limits move with their reasons, what was decided stays decided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

NOTICE = ("--instrument", "Official Notice 12 of 2026")


def open_day(day: date) -> date:
    while day.weekday() > 4 or (day.month, day.day) in ((12, 25), (1, 1), (5, 1)):
        day += timedelta(1)
    return day


@pytest.fixture
def invited(desk, samples):
    """An office with a case whose formalities limit runs; (desk, case, that limit)."""
    case = desk.done("intake", str(next(samples.glob("1-*"))))["cases"][0]["id"]
    desk.done("case", "record", case, "formalities_invited")
    limits = desk.done("case", "show", case)["deadlines"]
    return desk, case, next(d for d in limits if d["rule"] == "reply-to-formalities")


def limit_of(desk, case):
    limits = desk.done("case", "show", case)["deadlines"]
    return [d for d in limits if d["rule"] == "reply-to-formalities"]


def test_a_dry_run_only_lists(invited):
    desk, case, limit = invited
    before = desk.done("office", "status")["digest"]
    told = desk.done("closure", "add", limit["last_day"], *NOTICE, "--dry-run")
    assert [(m["case"], m["old"]) for m in told["moved"]] == [(case, limit["last_day"])]
    assert desk.done("office", "status")["digest"] == before
    assert desk.done("closure", "list")["closures"] == []


def test_the_limit_moves_to_the_next_open_day_and_says_why(invited, tmp_path):
    desk, case, limit = invited
    old = date.fromisoformat(limit["last_day"])
    new = open_day(old + timedelta(1))
    told = desk.done("closure", "add", str(old), *NOTICE, "--notices", str(tmp_path / "drafts"))
    assert told["moved"][0]["new"] == str(new)
    before, now = sorted(limit_of(desk, case), key=lambda d: d["last_day"])
    assert (before["state"], before["last_day"]) == ("lifted", str(old))
    assert (now["state"], now["last_day"], now["unrolled"]) == ("running", str(new), limit["unrolled"])
    assert "Official Notice 12 of 2026" in now["steps"][-1]["text"]
    assert desk.done("closure", "list")["closures"] == [
        {"calendar": "office", "day": str(old), "instrument": "Official Notice 12 of 2026"}
    ]
    assert [path.read_bytes()[:5] for path in (tmp_path / "drafts").iterdir()] == [b"%PDF-"]
    moved = [e for e in desk.done("case", "show", case)["events"] if e["event"] == "limit_moved"]
    assert [(e["fields"]["old"], e["fields"]["day"]) for e in moved] == [(str(old), str(new))]


def test_later_limits_are_counted_with_the_closure(invited):
    desk, _case, limit = invited
    day = limit["last_day"]
    desk.done("closure", "add", day, *NOTICE)
    start = date.fromisoformat(day) - timedelta(10)
    told = desk.done("limit", str(start), "10d", "--calendar", "office")
    assert told["last_day"] == str(open_day(date.fromisoformat(day) + timedelta(1)))


def test_what_was_decided_is_listed_and_not_moved(desk, samples):
    case = desk.done("intake", str(next(samples.glob("1-*"))))["cases"][0]["id"]
    start = date.today() - timedelta(75)
    desk.done("case", "record", case, "formalities_invited", "--on", str(start))
    limit = limit_of(desk, case)[0]
    assert limit["state"] == "missed"
    desk.done("case", "record", case, "treated_as_withdrawn")
    told = desk.done("closure", "add", limit["last_day"], *NOTICE)
    assert told["moved"] == []
    assert [(d["case"], d["status"]) for d in told["decided"]] == [(case, "Treated as withdrawn")]
    assert limit_of(desk, case) == [limit]


def test_a_missed_limit_nobody_decided_on_moves_too(desk, samples):
    case = desk.done("intake", str(next(samples.glob("1-*"))))["cases"][0]["id"]
    start = date.today() - timedelta(75)
    desk.done("case", "record", case, "formalities_invited", "--on", str(start))
    limit = limit_of(desk, case)[0]
    told = desk.done("closure", "add", limit["last_day"], *NOTICE)
    assert [m["case"] for m in told["moved"]] == [case]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "2027-01-01", *NOTICE), "closed already"),
        (("add", "2027-01-02", *NOTICE), "Saturday"),
        (("add", "2027-01-04", *NOTICE, "--calendar", "moon"), "no calendar “moon”"),
        (("remove", "2027-01-04", "--reason", "A slip."), "was not entered"),
    ],
)
def test_closures_that_cannot_be(desk, words, says):
    before = desk.done("office", "status")
    assert says in desk("closure", *words).refused["message"]
    assert desk.done("office", "status") == before


def test_a_slip_is_taken_out_again(desk):
    desk.done("closure", "add", "2027-01-04", *NOTICE)
    assert desk.done("limit", "2026-12-05", "30d", "--calendar", "office")["last_day"] == "2027-01-05"
    desk.done("closure", "remove", "2027-01-04", "--reason", "It was the year after.")
    assert desk.done("limit", "2026-12-05", "30d", "--calendar", "office")["last_day"] == "2027-01-04"
    assert desk.done("closure", "list")["closures"] == []
