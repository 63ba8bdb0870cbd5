"""Ethiopian, Hijri and Buddhist dates beside the Gregorian one: against published pairs of dates."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.cli.main import run
from app.domain.law import LawPack
from app.errors import UsageError
from app.letters import eras
from app.letters.draft import Draft
from app.letters.limitbox import limit_box
from app.letters.words import printed
from app.services import calendars, cases, letters, offices

# New year, the leap day, Christmas, and days in between, as printed in almanacs.
ETHIOPIAN = [
    ("2007-09-12", "1 Meskerem 2000"), ("2023-09-11", "6 Pagume 2015"), ("2023-09-12", "1 Meskerem 2016"),
    ("2024-09-11", "1 Meskerem 2017"), ("2025-01-07", "29 Tahsas 2017"), ("2026-01-19", "11 Tir 2018"),
    ("2026-11-25", "16 Hidar 2019"), ("2027-09-11", "6 Pagume 2019"), ("2028-02-29", "21 Yekatit 2020"),
]  # fmt: skip
# First days of months by the Umm al-Qura calendar, and others.
HIJRI = [
    ("2023-03-23", "1 Ramadan 1444"), ("2024-03-11", "1 Ramadan 1445"), ("2024-07-07", "1 Muharram 1446"),
    ("2025-03-01", "1 Ramadan 1446"), ("2025-06-26", "1 Muharram 1447"), ("2026-02-18", "1 Ramadan 1447"),
    ("2026-03-20", "1 Shawwal 1447"), ("2026-05-27", "10 Dhu al-Hijjah 1447"),
]  # fmt: skip

MONTHS = (
    "Meskerem", "Tikimt", "Hidar", "Tahsas", "Tir", "Yekatit", "Megabit", "Miazia", "Ginbot", "Sene", "Hamle",
    "Nehase", "Pagume",
)  # fmt: skip


@pytest.mark.parametrize(("day", "wanted"), ETHIOPIAN)
def test_an_ethiopian_date_is_the_one_in_the_almanac(day: str, wanted: str) -> None:
    assert calendars.shown(date.fromisoformat(day), "ethiopian") == f"{wanted} (Ethiopian calendar)"


@pytest.mark.parametrize(("day", "wanted"), HIJRI)
def test_a_hijri_date_is_that_of_the_tables_and_says_so(day: str, wanted: str) -> None:
    said = calendars.shown(date.fromisoformat(day), "hijri")
    assert said.startswith(f"{wanted} AH")
    assert "the announced day may differ" in said


def test_every_ethiopian_day_of_two_centuries_follows_the_one_before() -> None:
    """Thirteen months, the last of five days, of six before a leap year: no day twice, none left out."""
    day, year, month, number = date(1900, 1, 1), 1892, 4, 23
    while day < date(2099, 9, 11):
        name = MONTHS[month - 1]
        assert eras.shown(day, "ethiopian", "en").startswith(f"{number} {name} {year} "), day
        length = 30 if month < 13 else 6 if year % 4 == 3 else 5
        number += 1
        if number > length:
            number, month = 1, month + 1
        if month > 13:
            month, year = 1, year + 1
        day += timedelta(days=1)


def test_a_buddhist_date_has_the_days_and_months_of_the_gregorian() -> None:
    assert calendars.shown(date(2028, 2, 29), "buddhist") == "29 Feb 2571 BE"
    assert calendars.shown(date(1, 1, 1), "buddhist") == "1 Jan 544 BE"


@pytest.mark.parametrize("language", ["en", "fr", "ar", "am", "th"])
def test_each_language_has_the_words_it_knows(language: str) -> None:
    day = date(2026, 11, 25)
    for calendar in eras.CALENDARS:
        said = calendars.shown(day, calendar, language)
        assert said and "{" not in said
    assert calendars.shown(day, "hijri", "ar").startswith("15 جمادى الآخرة 1448 هـ")
    assert calendars.shown(day, "ethiopian", "am") == "ህዳር 16 ቀን 2019 ዓ.ም."
    assert printed(day, "fr").startswith("25 nov")


@pytest.mark.parametrize(
    "day", [date.min, date.max, date(1899, 12, 31), date(2099, 9, 11), date(1924, 7, 31)]
)
def test_where_the_tables_end_nothing_is_shown(day: date) -> None:
    assert "buddhist" in calendars.also(day, eras.CALENDARS)
    assert calendars.shown(day, "hijri") == ""
    assert bool(calendars.shown(day, "ethiopian")) is (day.year == 1924)


def test_what_a_person_asked_comes_before_the_law() -> None:
    law = LawPack("x", "1", {"en": "X"}, "QX", ("en",), date(2020, 1, 1), also_show=("hijri",))
    assert calendars.asked(None, law) == ("hijri",)
    assert calendars.asked("", law) == ()
    assert calendars.asked(" buddhist, hijri,buddhist", law) == ("buddhist", "hijri")
    with pytest.raises(UsageError, match="no calendar “moon”"):
        calendars.asked("hijri,moon")


def test_a_limit_is_shown_besides(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["limit", "2026-11-25", "2m"]
    assert run(["--json", *words, "--also", "ethiopian,buddhist"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["also"] == {"ethiopian": "17 Tir 2019 (Ethiopian calendar)", "buddhist": "25 Jan 2570 BE"}
    assert run(["--json", *words]) == 0
    assert "also" not in json.loads(capsys.readouterr().out)
    assert run([*words, "--also", "ethiopian"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Last day: Mon 25 Jan 2027",
        "  17 Tir 2019 (Ethiopian calendar)",
    ]
    assert run([*words, "--also", "lunar"]) == 2


def test_a_law_that_shows_hijri_shows_it_in_cases_limits_and_letters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "office"
    with offices.init_office(folder, law="friday", officer="Salma", today=date(2026, 6, 1)) as office:
        case = cases.new(office, "patent", {"title": "Pump", "filing_date": "2026-02-10"}).case
        issued = letters.issue(office, case.id, "formalities-invitation", on=date(2026, 6, 1))
        assert issued.opens_limit is not None and issued.opens_limit.last_day == date(2026, 8, 11)
        rule = office.law.letters["formalities-invitation"]
        draft = Draft(case, rule, office.law, ("ar", "en"), date(2026, 6, 1), limit=issued.opens_limit)
        box = limit_box(draft)
    assert box is not None
    # Counted from the day the letter counts as served, not from its own.
    assert "11 Jun 2026" in box["count"]["en"] and "1 Jun 2026" not in box["count"]["en"].replace(
        "11 Jun", ""
    )
    assert box["also"]["en"][0].startswith("28 Safar 1448 AH")
    words = ["--office", str(folder), "case", "show", case.id]
    assert run(["--json", *words]) == 0
    limits = json.loads(capsys.readouterr().out)["deadlines"]
    hijri = {limit["last_day"]: limit["also"]["hijri"] for limit in limits}
    assert hijri["2026-08-11"].startswith("28 Safar 1448 AH")
    assert run(words) == 0
    assert "    28 Safar 1448 AH" in capsys.readouterr().out
    assert run(["--json", "--office", str(folder), "limit", "2026-06-11", "2m"]) == 0
    assert json.loads(capsys.readouterr().out)["also"]["hijri"].startswith("28 Safar 1448 AH")
