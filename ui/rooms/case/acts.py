"""What is done on the open case: events, acts on rows, division, fees, edits, undo, papers.

Each is one service call off the window's thread; the case that comes back is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.law import EventRule
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.ask import fees as ask_fees
from ui.rooms.case.dividing import labels_of
from ui.theme import Tone

if TYPE_CHECKING:
    from app.services.cases import Recorded
    from app.services.dividing import Divided
    from app.services.fees import Paid
    from ui.rooms.case.view import CaseView


class CaseActs:
    """The acts of a case's view."""

    def __init__(self, view: CaseView) -> None:
        self.view = view

    def allowed(self, done: Callable[[tuple[EventRule, ...]], None]) -> None:
        """Ask what the law allows now, and go on with it."""
        case = self.view.case
        if case is not None:
            self.view.desk.read(
                self.view,
                lambda office, progress: ask.allowed(office, progress, case.id),
                done,
                key="allowed",
                refused=self.view.strip.refuse,
            )

    def show_form(self, rules: tuple[EventRule, ...], choose: str, rows: str = "") -> None:
        """The form with what the law allows, an event chosen and rows named where they are."""
        if self.view.case is None:
            return
        self.view.stack.setCurrentWidget(self.view.form)
        self.view.side.show()
        self.view.form.offer(self.view.case, rules, self.view.desk.today, choose, rows)

    def act_on_rows(self, event: str) -> None:
        """An event on the rows chosen; a division has its own form, for a new case comes of it."""
        chosen, rule = self.view.rows.chosen, self.view.desk.law.events.get(event)
        case = self.view.case
        if case is None or rule is None:
            return
        if ask.divides(event):
            self.view.stack.setCurrentWidget(self.view.division)
            self.view.side.hide()
            self.view.division.offer(case, rule, chosen, self.view.desk.today)
        else:
            self.allowed(lambda rules: self.show_form(rules, event, labels_of(chosen)))

    def divide(self, rows: str, on: date, text: str) -> None:
        """Divide rows out of the case."""

        def told(done: Divided) -> None:
            self.view.turn("rows")
            self.view.strip.say(
                _("Divided: the rows {rows} are in the new case {number}.").format(
                    rows=words.isolate(rows), number=words.isolate(done.new.number)
                ),
                Tone.GREEN,
                _("Look for its number to open it (Ctrl+K)."),
            )

        self._write(
            lambda office, progress, case_id: ask.divide(office, progress, case_id, rows, on, text),
            told,
            self.view.division.refuse,
            _("Dividing"),
        )

    def book(self, money: ask_fees.Money) -> None:
        """Record a payment or a refund."""

        def told(done: Paid) -> None:
            self.view.fees.leave()
            self.view.desk.say(_("Recorded. Receipt {number}").format(number=words.isolate(done.receipt)))

        self._write(
            lambda office, progress, case_id: ask_fees.book(office, progress, case_id, money),
            told,
            self.view.fees.refuse,
        )

    def record(self, event: str, on: date, fields: dict[str, Any]) -> None:
        """Record an event."""
        self._write(
            lambda office, progress, case_id: ask.record(office, progress, case_id, event, on, fields),
            lambda _recorded: self._recorded(event),
            self.view.form.refuse,
        )

    def _recorded(self, event: str) -> None:
        self.view.desk.say(_("Recorded: {event}").format(event=self.view.desk.names.event(event)))
        self.view.turn("timeline")

    def save(self, fields: dict[str, str]) -> None:
        """Set fields."""
        self._write(
            lambda office, progress, case_id: ask.edit(office, progress, case_id, fields),
            lambda _recorded: self.view.overview.leave(),
            self.view.strip.refuse,
        )

    def undo(self, act: str | None) -> None:
        """Take an act back."""
        self._write(
            lambda office, progress, case_id: ask.undo(office, progress, case_id, act),
            lambda _recorded: self.view.desk.say(_("Taken back. Both stay in the history.")),
            self.view.strip.refuse,
        )

    def attach(self, files: list[Path]) -> None:
        """Put files into the dossier."""
        self._write(
            lambda office, progress, case_id: ask.attach(office, progress, case_id, files),
            lambda _recorded: self.view.turn("documents"),
            self.view.strip.refuse,
            _("Putting files into the dossier"),
        )

    def _write(self, call: Any, done: Any, refused: Any, title: str = "") -> None:
        case = self.view.case
        if case is None:
            return

        def kept(recorded: Recorded) -> None:
            if self.view.case is not None and self.view.case.id == recorded.case.id:
                self.view.hold(recorded.case)
            done(recorded)

        self.view.desk.write(
            self.view,
            lambda office, progress: call(office, progress, case.id),
            kept,
            title=title,
            refused=refused,
        )
