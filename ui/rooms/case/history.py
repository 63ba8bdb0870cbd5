"""Every change of the case, act by act, replaced and losing values included; undo; the case as of a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.case.recording import field_name
from ui.widgets.entrylist import EntryList
from ui.widgets.fields import DateField
from ui.widgets.pieces import Button, Rule, label, row

if TYPE_CHECKING:
    from app.services.cases import HistoryLine


class HistoryPage(QWidget):
    """`undo(act)` takes an act back; `as_of(day)` shows the case of another day, None of today."""

    undo = Signal(str)
    as_of = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._lines: dict[str, HistoryLine] = {}
        self.list = EntryList(_("History"), margin=20, lines=True)
        self.day = DateField(_("The case as of"), desk.today)
        self.day.no_later_than(desk.today)
        self.show_day = Button(_("Show"), kind="filter", act=self._show_day)
        self.show_today = Button(_("Today"), kind="filter", act=self._today)
        self.take_back = Button(_("Take back this act"), icon="undo-2", kind="filter", act=self._undo)
        head = row(
            label(_("The case as of"), "label"),
            self.day,
            self.show_day,
            self.show_today,
            None,
            self.take_back,
        )
        head.setContentsMargins(20, 10, 16, 10)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 8)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(Rule())
        page.addWidget(self.list, 1)
        self.list.chosen.connect(lambda _entry: self._ready())
        self.show_today.hide()

    def hold(self, case: Case) -> None:
        """Ask for the history of a case."""
        self.case = case
        self.desk.read(
            self, lambda office, progress: ask.history(office, progress, case.id), self._hold, key="history"
        )

    def _hold(self, lines: tuple[HistoryLine, ...]) -> None:
        self._lines = {line.id: line for line in lines}
        entries: list[Entry] = []
        acts = [list(group) for _act, group in groupby(lines, key=lambda line: line.act)]
        for act in reversed(acts):
            entries.append(self._heading(act))
            entries += [self._entry(line) for line in act]
        self.list.hold(entries)
        self._ready()

    @staticmethod
    def _heading(act: Sequence[HistoryLine]) -> Entry:
        first = act[0]
        title = _("{when} · {who}").format(when=words.moment(first.when), who=first.who)
        return Entry(f"act {first.act} {first.id}", title, trailing=first.station[:6], heading=True)

    def _entry(self, line: HistoryLine) -> Entry:
        fate = _("taken back") if line.voided else "" if line.live else _("replaced")
        old = _("before: {value}").format(value=told(line.old)) if line.old is not None else ""
        note = " · ".join(p for p in (told(line.new), old, line.reason) if p)
        return Entry(
            line.id,
            what_name(line, self.desk),
            note,
            icon=_icon(line.kind),
            trailing=fate,
        )

    @property
    def _line(self) -> HistoryLine | None:
        return self._lines.get(str(self.list.key))

    def _ready(self) -> None:
        line = self._line
        self.take_back.setEnabled(line is not None and not line.voided)

    def _undo(self) -> None:
        if (line := self._line) is not None:
            self.undo.emit(line.act)

    def _show_day(self) -> None:
        self.show_today.show()
        self.as_of.emit(self.day.day)

    def _today(self) -> None:
        self.show_today.hide()
        self.as_of.emit(None)


def what_name(line: HistoryLine, desk: Desk) -> str:
    """An event by the law pack's name, anything else in words."""
    known = {
        "created": _("Case opened"),
        "number": _("Number given"),
        "limit": _("Limit opened"),
        "limit closed": _("Limit closed"),
        "document": _("Document"),
        "letter issued": _("Letter issued"),
        "letter printed": _("Letter printed"),
        "letter reprinted": _("Copy printed"),
        "letter served": _("Letter served"),
        "title": _("Title"),
        "applicant": _("Applicant"),
        "representative": _("Representative"),
        "officer": _("Examiner"),
        "tags": _("Tags"),
        "remark": _("Remark"),
        "filing_date": _("Filing date"),
        "row": _("Row"),
        "titles": _("Titles"),
        "abstracts": _("Abstracts"),
        "classes": _("Classes"),
        "priorities": _("Priorities"),
        "inventor": _("Inventor"),
        "findings": _("Findings at intake"),
        "mark": _("Mark"),
    }
    name = known.get(line.what) or desk.names.event(line.what)
    if line.kind == "undo":
        return _("Taken back")
    return _("{name}, settled").format(name=name) if line.kind == "settled" else name


def told(value: object) -> str:
    """A value of the history in one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        shown = {k: v for k, v in value.items() if k not in _NOT_FOR_PEOPLE and v not in (None, "", [], {})}
        return " · ".join(_part(k, v) for k, v in shown.items())[:240]
    if isinstance(value, (list, tuple)):
        return "; ".join(told(v) for v in value)[:240]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if not isinstance(value, float) else json.dumps(value)


_NOT_FOR_PEOPLE = frozenset(
    {
        "by",
        "limit",
        "letter",
        "document",
        "sha256",
        "code",
        "template_sha256",
        "law",
        "record",
        "opens",
        "proof",
        "id",
    }
)
"""Ids and hashes: they tie records together and say nothing to a person."""


def _part(name: str, value: object) -> str:
    """One field of a fact: a day alone is a day, a word is itself, anything else is named."""
    said = told(value)
    if name == "on":
        return words.full_day(date.fromisoformat(said)) if _is_day(said) else said
    if name == "state":
        return {"met": _("Met"), "missed": _("Missed"), "lifted": _("Lifted")}.get(said, said)
    if name in ("text", "name", "template", "number", "title"):
        return said
    return _("{field}: {value}").format(field=field_name(name), value=said)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def _icon(kind: str) -> str:
    return {
        "event": "circle",
        "field": "pencil",
        "document": "file-text",
        "letter": "mail",
        "undo": "undo-2",
        "settled": "scale",
    }.get(kind, "circle")
