"""One request on several cases of the docket: one event with its fields, a result for each, undone as one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import CaseLine
from app.domain.law import EventRule
from app.errors import _, plural
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.case.recording import RecordForm
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Button, Sheet, label, row

if TYPE_CHECKING:
    from app.services.cases import Recorded
    from app.services.requests import Requested

LOOKED_AT = 50
"""Cases whose allowed events are looked up; of more the service tells case by case."""


class BulkPane(QWidget):
    """Stands beside the docket while several cases are chosen. `left` when the person is done."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cases: tuple[CaseLine, ...] = ()
        self.form = RecordForm(desk.names, narrow=True)
        self.form.recorded.connect(self._request)
        self.form.left.connect(self.left.emit)
        self.told = label("", "section", wrap=True)
        self.note = label("", "small", wrap=True)
        self.results = EntryList(_("What came of it"), lines=True)
        self.undo = Button(_("Take it back on all"), icon="undo-2", act=self._undo)
        self.done = Button(_("Done"), icon="check", act=self.left.emit)
        self._answer: Requested | None = None
        result = Sheet(padding=0, spacing=8)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 0)
        head.addWidget(self.told)
        head.addWidget(self.note)
        result.body.addLayout(head)
        result.body.addWidget(self.results, 1)
        foot = row(self.undo, None, self.done)
        foot.setContentsMargins(16, 8, 16, 12)
        result.body.addLayout(foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.form)
        self.stack.addWidget(result)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    @property
    def has_result(self) -> bool:
        """Whether what came of a request is shown."""
        return self.stack.currentIndex() == 1

    def begin(self, cases: tuple[CaseLine, ...]) -> None:
        """Offer what the law allows on some of the cases now."""
        self.cases = cases
        self.stack.setCurrentIndex(0)
        self.form.title.setText(
            plural("One request on {n} case", "One request on {n} cases", len(cases)).format(n=len(cases))
        )
        ids = [case.id for case in cases[:LOOKED_AT]]
        self.desk.read(
            self,
            lambda office, progress: ask.allowed_on_any(office, progress, ids),
            self._offer,
            key="allowed",
            refused=self.form.refuse,
        )

    def _offer(self, rules: tuple[EventRule, ...]) -> None:
        kept = str(self.form.what.currentData() or "")
        self.form.offer(None, rules, self.desk.today, kept)

    def _request(self, event: str, on: date, fields: dict[str, Any]) -> None:
        ids = [case.id for case in self.cases]
        self.desk.write(
            self,
            lambda office, progress: ask.request(office, progress, event, ids, on, fields),
            self._hold,
            title=_("Recording on several cases"),
            refused=self.form.refuse,
            stopped=self.form.stopped,
        )

    def _hold(self, answer: Requested) -> None:
        self._answer = answer
        self.stack.setCurrentIndex(1)
        done = plural("Recorded on {n} case", "Recorded on {n} cases", len(answer.done))
        self.told.setText(f"{self.desk.names.event(answer.event)}: {done.format(n=len(answer.done))}")
        left = plural("{n} case was left as it was", "{n} cases were left as they were", len(answer.refused))
        self.note.setText(left.format(n=len(answer.refused)) if answer.refused else _("None was refused."))
        known = {case.id: case for case in self.cases}
        entries = []
        for one in answer.refused:
            number = known[one.case].number if one.case in known else one.case
            entries.append(
                Entry(
                    f"refused {one.case}",
                    words.isolate(number),
                    f"{one.message} {one.remedy}".strip(),
                    icon="circle-alert",
                    icon_tone="red",
                    trailing=_("left as it was"),
                    tone=Tone.RED,
                )
            )
        for line in self.desk.names.lines(answer.done):
            entries.append(
                Entry(
                    line.id,
                    words.isolate(line.number),
                    words.case_title(line),
                    icon="circle-check",
                    icon_tone="green",
                    trailing=line.status.name,
                )
            )
        self.results.hold(entries)
        self.undo.setEnabled(True)

    def _undo(self) -> None:
        answer = self._answer
        if answer is None or not answer.done:
            return
        self.undo.setEnabled(False)
        first = answer.done[0].id
        self.desk.write(
            self,
            lambda office, progress: ask.undo(office, progress, first, answer.act),
            self._undone,
            refused=self.desk.refused.emit,
        )

    def _undone(self, _recorded: Recorded) -> None:
        self.desk.say(_("Taken back on all of them. Both stay in the history."))
        self.left.emit()
