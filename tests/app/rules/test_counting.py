"""Counting of days, months and years, as PCT Rule 80 has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.law import Calendar
from app.errors import OfficeError
from app.rules import calendars
from app.rules.calendars import BUILT_IN, is_open, why_closed, with_closures
from app.rules.days import parse_day, spoken
from app.rules.feasts import easter
from app.rules.limits import COUNTINGS, NO_ROLL, PREVIOUS_OPEN, ROLLED, UNROLLED, Limit, Terms, limit
from app.rules.periods import Period, Unit, last_counted_day, parse_period

NONE, SAT_SUN, FRI_SAT = BUILT_IN["none"], BUILT_IN["sat-sun"], BUILT_IN["fri-sat"]
day = parse_day

days = st.dates(date(1, 1, 2), date(9000, 1, 1))
periods = st.builds(Period, st.integers(1, 600), st.sampled_from(Unit))


def reckoned(start: str, period: str, **terms: object) -> Limit:
    return limit(day(start), parse_period(period), Terms(**terms))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "period", "unrolled", "last_day"),
    [
        ("2012-02-29", "1y", "2013-02-28", "2013-02-28"),  # no such day a year on
        ("2026-01-31", "1m", "2026-02-28", "2026-03-02"),  # a Saturday
        ("2027-08-31", "6m", "2028-02-29", "2028-02-29"),  # a leap year
        ("2023-02-28", "1m", "2023-03-28", "2023-03-28"),  # not the end of March
        ("2025-06-30", "6m", "2025-12-30", "2025-12-30"),  # not the 31st
        ("2025-03-15", "12m", "2026-03-15", "2026-03-16"),  # priority; a Sunday
        ("2026-11-30", "3m", "2027-02-28", "2027-03-01"),  # a Sunday
        ("2026-03-02", "60d", "2026-05-01", "2026-05-01"),  # a Friday, open here
        ("2012-02-29", "4y", "2016-02-29", "2016-02-29"),  # the same number again
        ("2025-12-31", "2m", "2026-02-28", "2026-03-02"),  # over the end of a year
        ("2026-03-02", "1d", "2026-03-03", "2026-03-03"),
        ("2026-03-02", "2w", "2026-03-16", "2026-03-16"),
        ("1900-01-31", "1m", "1900-02-28", "1900-02-28"),  # 1900 was no leap year
        ("2000-01-31", "1m", "2000-02-29", "2000-02-29"),  # 2000 was one
    ],
)
def test_a_limit_counts_as_rule_80_says(start: str, period: str, unrolled: str, last_day: str) -> None:
    answer = reckoned(start, period)
    assert (answer.unrolled, answer.last_day) == (day(unrolled), day(last_day))


@pytest.mark.parametrize(
    ("closed", "last_day"),
    [([], "2026-05-01"), (["2026-05-01"], "2026-05-04"), (["2026-05-01", "2026-05-04"], "2026-05-05")],
)
def test_a_closure_moves_the_last_day_on(closed: list[str], last_day: str) -> None:
    shut = with_closures(SAT_SUN, map(day, closed))
    answer = reckoned("2026-03-02", "60d", calendar=shut)
    assert (answer.unrolled, answer.last_day) == (day("2026-05-01"), day(last_day))


@pytest.mark.parametrize(
    ("received", "unrolled", "last_day"),
    [
        ("2026-03-02", "2026-05-02", "2026-05-04"),  # the day itself
        ("2026-03-09", "2026-05-02", "2026-05-04"),  # seven days: nothing is added
        ("2026-03-10", "2026-05-03", "2026-05-04"),  # eight: one day more
        ("2026-03-13", "2026-05-06", "2026-05-06"),  # eleven: four days more
        ("2026-04-20", "2026-06-13", "2026-06-15"),
    ],
)
def test_days_beyond_seven_are_given_back(received: str, unrolled: str, last_day: str) -> None:
    answer = reckoned("2026-03-02", "2m", received=day(received))
    assert (answer.unrolled, answer.last_day) == (day(unrolled), day(last_day))
    assert [s.provision for s in answer.steps].count("PCT Rule 80.6") == 1


@pytest.mark.parametrize(
    ("counted_from", "unrolled", "last_day"),
    [(UNROLLED, "2026-06-02", "2026-06-02"), (ROLLED, "2026-06-04", "2026-06-04")],
)
def test_an_extension_says_which_day_it_counts_from(counted_from: str, unrolled: str, last_day: str) -> None:
    answer = reckoned("2026-03-02", "2m", extend=parse_period("1m"), extend_from=counted_from)
    assert (answer.unrolled, answer.last_day) == (day(unrolled), day(last_day))


@pytest.mark.parametrize(
    ("roll", "last_day"),
    [("next-open", "2026-05-04"), (PREVIOUS_OPEN, "2026-05-01"), (NO_ROLL, "2026-05-02")],
)
def test_a_limit_rolls_as_it_is_told(roll: str, last_day: str) -> None:
    answer = reckoned("2026-03-02", "2m", roll=roll)
    assert (answer.unrolled, answer.last_day) == (day("2026-05-02"), day(last_day))


@pytest.mark.parametrize(
    ("calendar", "on", "why"),
    [
        (SAT_SUN, "2026-05-02", "Saturday"),
        (SAT_SUN, "2026-05-01", ""),
        (FRI_SAT, "2026-05-01", "Friday"),
        (FRI_SAT, "2026-05-03", ""),
        (NONE, "2026-05-03", ""),
        (Calendar("x", "x", yearly={(5, 1): "Labour Day"}), "2031-05-01", "Labour Day"),
        (Calendar("x", "x", easter={-2: "Good Friday"}), "2026-04-03", "Good Friday"),
        (Calendar("x", "x", easter={39: "Ascension"}), "2026-05-14", "Ascension"),
        (Calendar("x", "x", closed={date(2026, 6, 3): "cyclone"}), "2026-06-03", "cyclone"),
        (Calendar("x", "x", closed={date(2026, 6, 3): "cyclone"}), "2027-06-03", ""),
    ],
)
def test_a_calendar_says_why_it_is_closed(calendar: Calendar, on: str, why: str) -> None:
    assert why_closed(calendar, day(on)) == why
    assert is_open(calendar, day(on)) is (why == "")


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1961, "1961-04-02"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2026, "2026-04-05"),
     (2038, "2038-04-25"), (2285, "2285-03-22")],
)  # fmt: skip
def test_easter_falls_where_the_almanac_has_it(year: int, sunday: str) -> None:
    assert easter(year) == day(sunday)


@pytest.mark.parametrize("year", range(1583, 4100, 7))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-02-30", "February 2026 has 28 days"),
        ("2025-02-29", "February 2025 has 28 days"),
        ("2026-11-31", "November 2026 has 30 days"),
        ("2026-13-01", "months from 01 to 12"),
        ("2026-00-10", "months from 01 to 12"),
        ("0000-01-01", "years run from 0001"),
        ("2026-01-00", "January 2026 has 31 days"),
        ("20260302", "is not a date"),
        ("2026-W10-1", "is not a date"),
        ("02/03/2026", "is not a date"),
        ("2026-3-2", "is not a date"),
        ("", "is not a date"),
        ("٢٠٢٦-٠٣-٠٢", "is not a date"),
        ("2026-03-02T00:00", "is not a date"),
    ],
)
def test_a_day_that_is_none_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(OfficeError) as refused:
        parse_day(text)
    assert says in refused.value.message
    assert "Nothing was reckoned" in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    "text",
    ["", "0d", "0m", "00y", "2", "m", "-1m", "+1m", "1.5m", "2x", "2m1d", "two months", "1234567d", "²m"],
)
def test_a_period_that_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(OfficeError) as refused:
        parse_period(text)
    assert "period" in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("text", "period"),
    [("2m", Period(2, Unit.MONTHS)), ("60D", Period(60, Unit.DAYS)), (" 1y ", Period(1, Unit.YEARS)),
     ("3 w", Period(3, Unit.WEEKS)), ("02m", Period(2, Unit.MONTHS))],
)  # fmt: skip
def test_a_period_is_read(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("start", "period", "terms"),
    [
        ("9999-06-01", "1y", {}),
        ("9999-12-30", "2d", {}),
        ("9999-12-31", "1d", {}),
        ("2026-01-01", "999999y", {}),
        ("2026-01-01", "999999m", {}),
        ("2026-01-01", "999999w", {}),
        ("9999-12-30", "1d", {"calendar": Calendar("x", "x", yearly={(12, 31): "last day"})}),
        ("9999-11-30", "1m", {"extend": Period(2, Unit.MONTHS)}),
        ("9999-12-01", "25d", {"received": date(9999, 12, 30)}),
        (
            "0001-01-01",
            "1d",
            {"roll": PREVIOUS_OPEN, "calendar": Calendar("x", "x", yearly={(1, 1): "a", (1, 2): "b"})},
        ),
    ],
)
def test_the_years_end_in_a_refusal(start: str, period: str, terms: dict[str, object]) -> None:
    with pytest.raises(OfficeError, match="years 1 to 9999"):
        reckoned(start, period, **terms)


def test_a_closure_without_end_is_refused() -> None:
    never = Calendar("never", "never open", rest=tuple(range(7)))
    with pytest.raises(OfficeError, match="no open day within a year"):
        reckoned("2026-03-02", "2m", calendar=never)


def test_a_document_cannot_arrive_before_its_date() -> None:
    with pytest.raises(OfficeError, match="cannot have arrived"):
        reckoned("2026-03-02", "2m", received=day("2026-03-01"))


def test_a_calendar_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(OfficeError, match="no calendar “moon”") as refused:
        calendars.named_calendar("moon")
    assert "fri-sat, none, sat-sun" in refused.value.remedy


def test_every_step_has_rule_provision_and_words() -> None:
    answer = reckoned("2026-01-31", "1m", received=day("2026-02-12"), extend=parse_period("1y"))
    assert [s.rule for s in answer.steps] == ["pct-80.2", "pct-80.2", "pct-80.6", "pct-80.1", "pct-80.5"]
    assert all(s.provision and s.text.endswith(".") for s in answer.steps)
    assert answer.steps[1].text == (
        "1 month on, February 2026 has no day 31, so its last day counts: Sat 28 Feb 2026."
    )


def test_a_long_closure_is_told_in_short() -> None:
    shut = with_closures(NONE, [day("2026-05-02") + timedelta(n) for n in range(20)], "strike")
    text = reckoned("2026-03-02", "2m", calendar=shut).steps[-1].text
    assert "8 more days closed" in text
    assert text.endswith("The last day is the next open day: Fri 22 May 2026.")


@pytest.mark.parametrize("name", sorted(COUNTINGS))
def test_the_treaties_count_alike_under_their_own_provisions(name: str) -> None:
    usual, other = reckoned("2026-01-31", "1m"), reckoned("2026-01-31", "1m", counting=COUNTINGS[name])
    assert (other.unrolled, other.last_day) == (usual.unrolled, usual.last_day)
    assert all(step.rule.startswith(name) for step in other.steps)


@given(days, days, periods)
def test_a_later_start_never_ends_earlier(one: date, other: date, period: Period) -> None:
    first, second = sorted((one, other))
    assert last_counted_day(first, period) <= last_counted_day(second, period)


@given(days, st.integers(1, 300), st.integers(1, 300), st.sampled_from(Unit))
def test_a_longer_period_never_ends_earlier(start: date, one: int, other: int, unit: Unit) -> None:
    short, long = sorted((one, other))
    assert last_counted_day(start, Period(short, unit)) <= last_counted_day(start, Period(long, unit))


@given(days, periods, st.sampled_from([NONE, SAT_SUN, FRI_SAT]))
def test_rolling_ends_on_an_open_day_not_before(start: date, period: Period, calendar: Calendar) -> None:
    answer = limit(start, period, Terms(calendar))
    assert answer.unrolled > start
    assert answer.unrolled <= answer.last_day <= answer.unrolled + timedelta(2)
    assert is_open(calendar, answer.last_day)
    back = limit(start, period, Terms(calendar, roll=PREVIOUS_OPEN))
    assert back.last_day <= back.unrolled == answer.unrolled
    assert is_open(calendar, back.last_day)


@given(days, periods, st.sampled_from([NONE, SAT_SUN, FRI_SAT]), st.lists(days, max_size=3))
def test_without_rolling_the_calendar_does_not_matter(
    start: date, period: Period, calendar: Calendar, closed: list[date]
) -> None:
    answer = limit(start, period, Terms(with_closures(calendar, closed), roll=NO_ROLL))
    assert answer.last_day == answer.unrolled == last_counted_day(start, period)


@given(days, periods, st.integers(0, 400))
def test_late_arrival_gives_back_what_is_beyond_seven(start: date, period: Period, late: int) -> None:
    plain = limit(start, period)
    answer = limit(start, period, Terms(received=start + timedelta(late)))
    assert answer.unrolled == plain.unrolled + timedelta(max(0, late - 7))


@given(days, st.integers(1, 12))
def test_months_end_on_the_same_number_or_the_last_of_the_month(start: date, months: int) -> None:
    end = last_counted_day(start, Period(months, Unit.MONTHS))
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months


@given(st.dates())
def test_a_day_written_is_the_day_read(any_day: date) -> None:
    assert parse_day(any_day.isoformat()) == any_day
    assert str(any_day.year) in spoken(any_day)


@given(periods)
def test_a_period_written_is_the_period_read(period: Period) -> None:
    assert parse_period(str(period)) == period
