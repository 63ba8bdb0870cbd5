"""The law room: what the pack says, and closures that are looked at before they are entered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.case import Deadline, Owner
from app.services import cases, closures
from ui.rooms.law import period

if TYPE_CHECKING:
    from tests.ui.conftest import Seat


@pytest.mark.parametrize(("text", "said"), [
    ("2m", "2 months"), ("1y", "1 year"), ("60d", "60 days"), ("10w", "10 weeks"), ("odd", "odd"),
])  # fmt: skip
def test_periods_in_words(text: str, said: str) -> None:
    assert period(text) == said


def test_limits_are_shown_with_their_provisions(seat: Seat) -> None:
    room = seat.go("law")
    keys = [str(e.key) for e in room.list.entries.entries]
    for kind, known in (("limit", seat.desk.law.limits), ("calendar", seat.desk.law.calendars)):
        assert [k for k in keys if k.startswith(f"{kind} ")] == [f"{kind} {name}" for name in known]
    rule = next(rule for rule in seat.desk.law.limits.values() if rule.provision)
    room.list.choose(f"limit {rule.id}")
    assert rule.provision in room.text.toPlainText()
    for entry in room.list.entries.entries:
        room.list.choose(entry.key)


def test_a_closure_is_looked_at_then_entered(seat: Seat, tmp_path: Path) -> None:
    def running() -> Deadline:
        """A running limit of an applicant."""
        case = cases.new(seat.office, "patent", {"title": "Loom", "applicant": "Works Ltd"}).case
        made = cases.record(seat.office, case.id, "formalities_invited", on=seat.office.today).case
        return next(d for d in made.deadlines if d.rule and d.owner is Owner.APPLICANT)

    limit = seat.ask(running)
    room = seat.go("law", "closure")
    form = room.form
    assert not form.enter.isEnabled()
    form.days.setText(str(limit.last_day))
    form.preview()
    seat.rest()
    assert "instrument" in form.strip.message
    form.instrument.setText("Official Notice 3")
    form.preview()
    seat.rest()
    shown = [e.key for e in form.list.entries.entries if not e.heading]
    assert limit.id in shown and form.enter.isEnabled()
    assert not seat.ask(lambda: [closures.entered(seat.office)])[0]
    form.enter.click()
    seat.rest()
    assert len(seat.ask(lambda: closures.entered(seat.office))) == 1
    assert len([e for e in room.list.entries.entries if str(e.key).startswith("closure ")]) == 1
    form.drafts(tmp_path / "drafts")
    seat.rest()
    assert list((tmp_path / "drafts").glob("*.pdf")) and "written" in form.strip.message


def test_words_that_are_no_days_are_refused_in_place(seat: Seat) -> None:
    form = seat.go("law", "closure").form
    form.days.setText("tomorrow")
    form.preview()
    assert "no days" in form.strip.message and not form.enter.isEnabled()
