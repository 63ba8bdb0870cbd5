"""What a set of operations says does not depend on how it arrived."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.history import clock
from app.history.content import case_content, content_bytes
from app.history.operation import GENESIS, Operation
from app.history.registers import History

CASE = "d" * 32
ENTITY = f"case:{CASE}"
START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


class Station:
    """A laptop in a play: knows some operations and writes on top of them."""

    def __init__(self, letter: str, skew: int = 0) -> None:
        self.w, self.known, self.n = letter * 32, {}, 0
        self.now = START + timedelta(hours=skew)
        self.clock = ""

    def write(
        self, kind: str, field: str, value: object, parents: tuple[str, ...] = (), act: str = ""
    ) -> Operation:
        self.n += 1
        self.now += timedelta(seconds=1)
        self.clock = clock.tick(self.clock, self.now)
        ident = f"{self.w[0]}{self.n:031x}"
        operation = Operation(
            id=ident, w=self.w, i="0" * 16, n=self.n, p=GENESIS, g=act or ident, t=kind, e=ENTITY, f=field,
            v=value, b=parents, h=self.clock, u=self.w[0], a="",
        )  # fmt: skip
        self.known[operation.id] = operation
        return operation

    def set(self, field: str, value: object) -> Operation:
        live = tuple(o.id for o in self.history.live(ENTITY, field))
        return self.write("set/1", field, value, live)

    def hear(self, other: Station) -> None:
        self.known |= other.known

    @property
    def history(self) -> History:
        return History(self.known.values())


@pytest.fixture
def two():
    a, b = Station("a"), Station("b")
    a.write("event/1", "case/created", {"right": "patent", "on": "2026-11-25"})
    a.set("title", "Pump")
    b.hear(a)
    return a, b


def titles(history: History) -> list[str]:
    return [o.v for o in history.live(ENTITY, "title")]


def test_a_later_edit_replaces(two):
    a, b = two
    b.set("title", "Hand pump")
    a.hear(b)
    assert titles(a.history) == ["Hand pump"]
    assert not a.history.contested()


def test_edits_unaware_of_one_another_both_live(two):
    a, b = two
    a.set("title", "Hand pump")
    b.set("title", "Foot pump")
    a.hear(b)
    b.hear(a)
    assert sorted(titles(a.history)) == ["Foot pump", "Hand pump"]
    assert titles(a.history) == titles(b.history)
    assert [(field, len(values)) for _e, field, values in a.history.contested()] == [("title", 2)]


def test_the_same_value_twice_is_no_conflict(two):
    a, b = two
    a.set("title", "Hand pump")
    b.set("title", "Hand pump")
    a.hear(b)
    assert not a.history.contested()


def test_a_soft_field_never_conflicts(two):
    a, b = two
    a.set("remark", "see file")
    b.set("remark", "call agent")
    a.hear(b)
    assert len(a.history.live(ENTITY, "remark")) == 2
    assert not a.history.contested()


def test_settling_names_all_values_and_a_third_edit_reopens(two):
    a, b = two
    a.set("title", "Hand pump")
    b.set("title", "Foot pump")
    a.hear(b)
    live = tuple(o.id for o in a.history.live(ENTITY, "title"))
    a.write("settle/1", "title", "Foot pump", live)
    assert titles(a.history) == ["Foot pump"]
    b.set("title", "Treadle pump")  # b does not know of the settlement
    a.hear(b)
    assert sorted(titles(a.history)) == ["Foot pump", "Treadle pump"]


def test_an_act_taken_back_brings_the_old_value_back(two):
    a, _b = two
    edit = a.set("title", "Wrong")
    a.write("void/1", "act", edit.g)
    assert titles(a.history) == ["Pump"]
    assert edit.g in a.history.voided


def test_taking_back_the_taking_back(two):
    a, _b = two
    edit = a.set("title", "Right after all")
    undo = a.write("void/1", "act", edit.g)
    a.write("void/1", "act", undo.g)
    assert titles(a.history) == ["Right after all"]


def test_acts_that_void_one_another_do_not_hang(two):
    a, _b = two
    a.write("void/1", "act", "y" * 32, act="x" * 32)
    a.write("void/1", "act", "x" * 32, act="y" * 32)
    assert isinstance(a.history.voided, frozenset)


def test_a_clock_a_year_ahead_loses_nothing():
    a, b = Station("a"), Station("b", skew=24 * 365)
    a.write("event/1", "case/created", {"right": "patent", "on": "2026-11-25"})
    b.hear(a)
    b.set("title", "From the future")
    a.set("title", "From today")
    a.hear(b)
    assert sorted(titles(a.history)) == ["From the future", "From today"]


def test_unknown_types_are_kept_and_counted(two):
    a, _b = two
    a.write("poem/7", "title", "Ode to a pump")
    assert a.history.unknown == 1
    assert titles(a.history) == ["Pump"]


moves = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["set", "hear", "settle", "void", "event"]), st.integers(0, 2),
        st.sampled_from(["title", "applicant", "remark"]), st.sampled_from("KLMN"),
    ),
    max_size=40,
)  # fmt: skip


@given(moves, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_play_converges_in_any_order(play, chance: random.Random):
    stations = [Station("a"), Station("b", skew=-20), Station("c", skew=20)]
    stations[0].write("event/1", "case/created", {"right": "patent", "on": "2026-11-25"})
    for who, move, other, field, value in play:
        here = stations[who]
        if move == "set":
            here.set(field, value)
        elif move == "hear":
            here.hear(stations[other])
        elif move == "settle":
            here.write("settle/1", field, value, tuple(o.id for o in here.history.live(ENTITY, field)))
        elif move == "void" and here.known:
            here.write("void/1", "act", chance.choice(sorted(here.known)))
        elif move == "event":
            here.write("event/1", "note", {"on": "2026-11-25", "text": value})
    everything = [o for station in stations for o in station.known.values()]
    one = content_bytes(case_content(CASE, History(everything)))
    for _ in range(3):
        chance.shuffle(everything)
        assert content_bytes(case_content(CASE, History(everything))) == one
    written = {o.id for o in everything}
    assert {o.id for o in History(everything).operations} == written


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("", START, "2026-11-25T08:00:00.000Z/0000"),
        ("2026-11-25T08:00:00.000Z/0000", START, "2026-11-25T08:00:00.000Z/0001"),
        ("2026-11-25T09:00:00.000Z/0004", START, "2026-11-25T09:00:00.000Z/0005"),  # a clock set back
        ("2026-11-25T08:00:00.000Z/9998", START, "2026-11-25T08:00:00.001Z/0000"),
    ],
)
def test_the_clock_never_runs_backwards(last, now, expected):
    assert clock.tick(last, now) == expected


def test_a_far_away_clock_does_not_pull_us_along():
    ours = clock.stamp(START)
    assert clock.heard(ours, clock.stamp(START + timedelta(hours=20)), START) > ours
    assert clock.heard(ours, clock.stamp(START + timedelta(days=3)), START) == ours
    assert clock.heard(ours, "nonsense", START) == ours
