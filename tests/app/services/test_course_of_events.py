"""Any course of events the law allows, in a real office: what always holds, and what undo brings back."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.errors import RuleRefused
from app.services import cases, intake, offices

TODAY = date(2026, 11, 25)
SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "demo" / "applications"
TEXT = {"text": "x", "period": "1m", "date": "2026-03-02", "number": "3", "office": "XX", "category": "X"}


class Course(RuleBasedStateMachine):
    """One case of a random right, a day that moves on, acts that may be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="marula-course-")
        self.office = offices.init_office(Path(self.folder.name) / "office", officer="Awa")
        self.office._today = TODAY
        self.day = date(2024, 1, 15)
        self.before: list[tuple[str, str]] = []  # each act, and what stood before it
        self.case = ""

    def teardown(self) -> None:
        self.office.close()
        self.folder.cleanup()

    @initialize(sample=st.sampled_from(sorted(path.name for path in SAMPLES.iterdir())))
    def open_case(self, sample: str) -> None:
        self.case = intake.take_in(self.office, [SAMPLES / sample]).cases[0].id
        self.day = max(self.day, cases.show(self.office, self.case).filing_date or self.day)

    @rule(data=st.data(), days=st.integers(0, 20))
    def something_happens(self, data: st.DataObject, days: int) -> None:
        self.day = min(self.day + timedelta(days), TODAY)
        case = cases.show(self.office, self.case)
        event = data.draw(st.sampled_from(cases.allowed(self.office, self.case)))
        fields = {name: TEXT.get(event.fields[name], "x") for name in event.required}
        if "rows" in event.fields.values() and case.rows:
            labels = [row.label for row in case.rows]
            named = data.draw(st.lists(st.sampled_from(labels), unique=True))
            fields |= {name: ",".join(named) for name, kind in event.fields.items() if kind == "rows"}
        digest, stood = self.office.store.digest(), self.what_stands()
        try:
            done = cases.record(self.office, self.case, event.id, on=self.day, fields=fields)
        except RuleRefused:
            assert self.office.store.digest() == digest, "a refusal left something"
            return
        self.before.append((done.act, stood))

    @precondition(lambda self: self.before)
    @rule()
    def the_newest_act_is_taken_back(self) -> None:
        act, stood = self.before.pop()
        numbers = self.office.store.db.execute("SELECT count(*) FROM numbers").fetchone()
        cases.undo(self.office, self.case, act)
        undone = cases.show(self.office, self.case)
        assert all(event.voided for event in undone.events if event.act == act)
        assert self.office.store.db.execute("SELECT count(*) FROM numbers").fetchone() == numbers
        assert self.what_stands() == stood

    def what_stands(self) -> str:
        """What stands of the case: nothing of acts that were taken back."""
        case = cases.show(self.office, self.case)
        events = [(e.id, e.event, e.on, dict(e.fields)) for e in case.events if not e.voided]
        return repr((events, case.status, case.rows, case.deadlines, case.fees, case.parties, case.letters))

    @invariant()
    def a_status_follows_and_rows_agree_with_it(self) -> None:
        if not self.case:
            return
        case = cases.show(self.office, self.case)
        statuses = {status.code: status for status in self.office.law.statuses}
        assert case.status.code in statuses
        if case.rows:
            assert any(row.live for row in case.rows) is not statuses[case.status.code].closed
        assert all(limit.steps and limit.unrolled <= limit.last_day for limit in case.deadlines)


Course.TestCase.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestCourse = Course.TestCase
