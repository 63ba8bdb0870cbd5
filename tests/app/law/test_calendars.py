"""Calendars of a law pack: moving feasts against printed tables, feasts put off, calendars on calendars."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.law import Calendar
from app.paths import resources
from app.rules import calendars, feasts
from app.storage import lawpacks

# Year, Easter Sunday, Easter Sunday of the Orthodox churches: as printed in church calendars.
EASTERS = """
2010 04-04 04-04
2011 04-24 04-24
2012 04-08 04-15
2013 03-31 05-05
2014 04-20 04-20
2015 04-05 04-12
2016 03-27 05-01
2017 04-16 04-16
2018 04-01 04-08
2019 04-21 04-28
2020 04-12 04-19
2021 04-04 05-02
2022 04-17 04-24
2023 04-09 04-16
2024 03-31 05-05
2025 04-20 04-20
2026 04-05 04-12
2027 03-28 05-02
2028 04-16 04-16
2029 04-01 04-08
2030 04-21 04-28
2031 04-13 04-13
2032 03-28 05-02
2033 04-17 04-24
2034 04-09 04-09
2035 03-25 04-29
2036 04-13 04-20
2037 04-05 04-05
2038 04-25 04-25
2039 04-10 04-17
2040 04-01 05-06
"""


@pytest.mark.parametrize("line", EASTERS.split("\n")[1:-1])
def test_easter_is_that_of_the_printed_tables(line: str) -> None:
    year, western, eastern = line.split()
    assert feasts.easter(int(year)) == date.fromisoformat(f"{year}-{western}")
    assert feasts.orthodox_easter(int(year)) == date.fromisoformat(f"{year}-{eastern}")


@given(st.integers(1583, 9999))
def test_both_easters_are_sundays_and_the_orthodox_one_is_never_earlier(year: int) -> None:
    western, eastern = feasts.easter(year), feasts.orthodox_easter(year)
    assert western.weekday() == eastern.weekday() == 6
    assert western <= eastern or year > 3000  # the Julian moon falls behind by more than a month in the end


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("last monday of august", "2024-08-26 2025-08-25 2026-08-31"),
        ("first monday of may", "2024-05-06 2025-05-05 2026-05-04"),
        ("second monday of october", "2024-10-14 2025-10-13 2026-10-12"),
        ("third monday of january", "2024-01-15 2025-01-20 2026-01-19"),
        ("fourth thursday of november", "2024-11-28 2025-11-27 2026-11-26"),
        ("last monday of february", "2024-02-26 2027-02-22 2028-02-28"),
        ("monday until 05-24", "2024-05-20 2025-05-19 2026-05-18"),
        ("saturday from 06-20", "2024-06-22 2025-06-21 2026-06-20"),
        ("monday from 06-29", "2024-07-01 2025-06-30 2026-06-29"),
        ("thursday from 09-05", "2024-09-05 2025-09-11 2026-09-10"),
        ("monday from 12-29", "2024-12-30 2025-12-29 2027-01-04 2028-01-03"),
        ("friday until 01-03", "2025-01-03 2026-01-02 2027-01-01 2027-12-31"),
    ],
)
def test_a_feast_of_a_day_of_the_week_falls_on_the_days_it_was_kept(rule: str, days: str) -> None:
    parsed = feasts.weekday_rule(rule)
    assert parsed is not None
    calendar = Calendar("x", "X", by_weekday={parsed: "Feast"})
    wanted = [date.fromisoformat(day) for day in days.split()]
    for day in wanted:
        assert calendars.closing(calendar, day) == ("named", "Feast")
        assert calendars.is_open(calendar, day - timedelta(days=7))
        assert calendars.is_open(calendar, day + timedelta(days=7))


@pytest.mark.parametrize(
    "rule",
    ["", "monday", "fifth monday of may", "last Monday of august", "monday from 13-01", "monday from 02-30",
     "last monday of aug", "monday until 5-24", "monday from 06-29 "],
)  # fmt: skip
def test_what_is_no_rule_of_a_weekday_is_none(rule: str) -> None:
    assert feasts.weekday_rule(rule) is None


CHRISTMAS = {(12, 25): "Christmas Day", (12, 26): "Boxing Day", (1, 1): "New Year's Day"}


@pytest.mark.parametrize(
    ("observed", "source", "closed", "open_days"),
    [
        # 25 December 2021 was a Saturday, 2022 a Sunday; the substitute days were these.
        ("next-open", (), "2021-12-27 2021-12-28 2022-01-03 2022-12-26 2022-12-27 2023-01-02", "2021-12-29"),
        ("next-open", (6,), "2021-12-27 2022-12-26 2022-12-27 2023-01-02", "2021-12-28 2022-01-03"),
        ("nearest-open", (), "2021-12-24 2021-12-27 2021-12-31 2022-12-26 2022-12-27 2023-01-02",
         "2022-01-03 2021-12-28 2022-12-23"),
        ("", (), "2022-12-26", "2021-12-27 2022-01-03 2022-12-27 2023-01-02"),
    ],
)  # fmt: skip
def test_a_feast_on_a_day_of_rest_is_kept_on_another(
    observed: str, source: tuple[int, ...], closed: str, open_days: str
) -> None:
    calendar = Calendar("x", "X", rest=(5, 6), yearly=CHRISTMAS, observed=observed, observed_from=source)
    for day in closed.split():
        assert calendars.why_closed(calendar, date.fromisoformat(day)), day
    for day in open_days.split():
        assert calendars.is_open(calendar, date.fromisoformat(day)), day


def test_a_feast_put_off_says_which_it_is() -> None:
    calendar = Calendar("x", "X", rest=(5, 6), yearly=CHRISTMAS, observed="next-open")
    last, passed = calendars.roll(calendar, date(2021, 12, 25))
    assert last == date(2021, 12, 29)
    assert [name for _day, _kind, name in passed] == [
        "Christmas Day", "Boxing Day", "Christmas Day", "Boxing Day",
    ]  # fmt: skip
    assert calendars.why_closed(calendar, date(2021, 12, 27)) == "Christmas Day, which fell on a day of rest"


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 1, 7), date(9999, 12, 30)])
def test_the_ends_of_the_calendar_do_no_harm(day: date) -> None:
    rules = [feasts.weekday_rule(f"monday {way} {anchor}") for way in ("from", "until")
             for anchor in ("01-01", "12-31")]  # fmt: skip
    for observed in ("next-open", "nearest-open"):
        calendar = Calendar(
            "x", "X", rest=(5, 6), yearly=CHRISTMAS, easter={-2: "Good Friday"}, orthodox={0: "Easter"},
            by_weekday={rule: "Feast" for rule in rules if rule}, observed=observed,
        )  # fmt: skip
        calendars.closing(calendar, day)


def test_orthodox_feasts_stand_by_their_easter() -> None:
    """Ethiopian and Orthodox Good Friday (Siklet) of 2024 to 2027."""
    calendar = Calendar("x", "X", orthodox={-2: "Good Friday"})
    for day in ("2024-05-03", "2025-04-18", "2026-04-10", "2027-04-30"):
        assert calendars.closing(calendar, date.fromisoformat(day)) == ("named", "Good Friday")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the model pack with calendars that lean on others."""
    folder = Path(shutil.copytree(resources() / "law" / "model", tmp_path / "pack"))
    with (folder / "calendars.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[calendar]]\nid = "coast"\nname = "Branch on the coast"\nversion = "1"\n'
            'provision = "Order 3"\nbased_on = "office"\nyearly = { "08-15" = "Feast of the Sea" }\n'
            '\n[[calendar]]\nid = "filing"\nname = "Office and post"\nversion = "2"\n'
            'provision = "PCT Rule 80.5"\nbased_on = ["coast", "fri-sat"]\n'
        )
    return folder


def test_a_branch_has_the_closed_days_of_its_office(pack: Path) -> None:
    law = lawpacks.load(pack)
    coast, filing = law.calendars["coast"], law.calendars["filing"]
    assert coast.version == "1, office 2026-1"
    assert coast.rest == (5, 6) and filing.rest == (4, 5, 6)
    for calendar in (coast, filing):
        for day in ("2026-08-15", "2026-05-01", "2026-04-03", "2026-03-20"):
            assert calendars.why_closed(calendar, date.fromisoformat(day)), day
    assert "Feast of the Sea" in calendars.why_closed(filing, date(2026, 8, 15))
    assert not calendars.why_closed(law.calendars["office"], date(2028, 8, 15))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('based_on = "office"', 'based_on = "town"', "based_on names “town”, which does not stand in"),
        ('based_on = "office"', 'based_on = "filing"', "based_on goes in a circle: “coast” leans on itself."),
        ('based_on = "office"', "based_on = 3", "based_on: a list of texts is wanted"),
        ('based_on = "office"', 'observed = "monday"', "“monday” is none of next-open, nearest-open"),
        ('based_on = "office"', 'observed_from = ["sun"]', "“sun” is none of monday"),
        ('based_on = "office"', 'orthodox = { "x" = "y" }', "“x” is not written like"),
        ('based_on = "office"', 'by_weekday = { "last monday" = "y" }', "“last monday” is not written like"),
        ('based_on = "office"', 'by_weekday = { "last monday of may" = 1 }', "a text in quotes is wanted"),
    ],
)
def test_a_fault_of_a_calendar_is_told_with_its_line(pack: Path, old: str, new: str, says: str) -> None:
    file = pack / "calendars.toml"
    text = file.read_text("utf-8")
    line = text[: text.index(old)].count("\n") + 1
    file.write_text(text.replace(old, new), "utf-8")
    told = [found for found in lawpacks.check(pack) if says in found.message]
    assert told and told[0].where == f"calendars.toml, line {line}", lawpacks.check(pack)
