"""A clock that jumped back accords no date; nothing is half done, and a person can set it right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.services import offices


@pytest.fixture
def wakes(monkeypatch):
    """Set the day by which the machine goes."""

    def on(day):
        class Frozen(date):
            @classmethod
            def today(cls):
                return day

        monkeypatch.setattr(offices, "date", Frozen)

    return on


def test_an_old_year_accords_no_date(desk, samples, wakes):
    files = [str(next(samples.glob(f"{n}-*"))) for n in (1, 3)]
    case = desk.done("intake", files[0])["cases"][0]["id"]
    before = desk.done("office", "status")["digest"]
    real = date.today()
    wakes(date(2020, 1, 1))
    for words in (
        ("intake", files[1]),
        ("case", "new", "patent", "--field", "title=Pump", "--field", "applicant=Kito"),
        ("case", "record", case, "accorded"),
        ("case", "request", "filed", case),
    ):
        refused = desk(*words).refused
        assert "1 Jan 2020" in refused["message"] and "et the clock" in refused["remedy"], words
    assert desk.done("office", "status")["digest"] == before
    assert desk.done("office", "clock")["believed"] is False
    desk.done("case", "record", case, "note", "--field", "text=The clock is wrong.", "--on", "2020-01-01")
    wakes(real - timedelta(days=1))
    assert desk.done("office", "clock")["believed"] is True
    assert desk.done("intake", files[1])["taken"] == 1


def test_a_person_says_that_the_clock_is_right(desk, samples, wakes):
    sample = str(next(samples.glob("1-*")))
    assert "Nothing speaks against" in desk("office", "clock", "--trust", "It is right.").refused["message"]
    earlier = date.today() - timedelta(days=400)
    wakes(earlier)
    assert desk("intake", sample).refused
    told = desk.done("office", "clock", "--trust", "The entry of the branch office is from a wrong clock.")
    assert told["believed"] is True and told["trusted"] == told["newest"]
    assert desk.done("intake", sample)["taken"] == 1
    assert desk.done("office", "verify")["ok"] is True
