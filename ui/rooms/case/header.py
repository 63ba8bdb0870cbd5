"""The head of a case: title, state, number, the facts everybody asks for, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.domain.case import Case
from app.errors import _
from ui import words
from ui.fonts import BODY, MEDIUM, font
from ui.rooms.docket_table import status_tone
from ui.theme import Tone
from ui.widgets.painting import Chip, width_of
from ui.widgets.pieces import Button, ChipLabel, ElidedLabel, Sheet, empty, label, row, selectable


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, name and the figure beside the name ("" for none)."""

    key: str
    name: str
    figure: str = ""


class CaseHeader(Sheet):
    """`turned(key)` when another tab is chosen; left and right arrows move between tabs."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=0, spacing=0)
        self.title = ElidedLabel("", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.chip = ChipLabel()
        self.lock = ChipLabel()
        self.number = selectable("", "quietly")
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(32)
        self.facts.setVerticalSpacing(0)
        self.tabs: dict[str, Button] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(24)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 0)
        inner.setSpacing(6)
        head = row(self.title, self.chip, self.lock, None, self.number, spacing=12)
        inner.addLayout(head)
        inner.addLayout(self.facts)
        inner.addSpacing(2)
        inner.addLayout(self._row)
        self.body.addLayout(inner)

    def hold(self, case: Case, tabs: Sequence[Tab], here: str) -> None:
        """Show a case."""
        self.title.say(case.title or _("(no title)"))
        self.number.setText(words.isolate(case.number))
        if case.conflicts:
            self.chip.show_chip(Chip(_("Conflict"), Tone.RED, "git-fork"))
        else:
            self.chip.show_chip(Chip(case.status.name, status_tone(case.status.code)))
        self.lock.show_chip(Chip(_("Unpublished"), Tone.QUIET, "lock") if case.confidential else Chip(""))
        self._show_facts(case)
        self._show_tabs(tabs, here)

    def _show_facts(self, case: Case) -> None:
        empty(self.facts)
        applicant = next((p.name for p in case.parties if p.role == "applicant"), "")
        priority = case.priorities[0] if case.priorities else None
        claimed = ""
        if priority:
            number = words.isolate(f"{priority.office} {priority.number}".strip())
            claimed = " · ".join(p for p in (number, words.full_day(priority.date)) if p)
        law = f"{case.law.get('pack', '')} {case.law.get('version', '')}".strip()
        facts = (
            (_("Right"), words.right_name(case.right)),
            (_("Filed"), words.full_day(case.filing_date)),
            (_("Priority"), claimed),
            (_("Applicant"), applicant),
            (_("Law pack"), law),
            (_("Examiner"), case.officer),
        )
        for place, (name, value) in enumerate(facts):
            if value:
                self.facts.addWidget(label(name, "small"), 0, place)
                self.facts.addWidget(_value(value), 1, place)
        self.facts.setColumnStretch(len(facts), 1)

    def _show_tabs(self, tabs: Sequence[Tab], here: str) -> None:
        keys = [tab.key for tab in tabs]
        if list(self.tabs) != keys:
            empty(self._row)
            self.tabs = {}
            for tab in tabs:
                button = Button("", kind="tab")
                button.setCheckable(True)
                button.clicked.connect(lambda _checked=False, key=tab.key: self.turned.emit(key))
                self.tabs[tab.key] = button
                self._row.addWidget(button)
            self._row.addStretch(1)
        for tab in tabs:
            self.show_tab(tab)
        self.mark(here)

    def show_tab(self, tab: Tab) -> None:
        """Name a tab, with its figure."""
        self.tabs[tab.key].say(f"{tab.name}  {tab.figure}" if tab.figure else tab.name)

    def mark(self, here: str) -> None:
        """Underline the tab that is shown."""
        for key, button in self.tabs.items():
            button.setChecked(key == here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the tab beside."""
        forward = Qt.Key.Key_Left if words.mirrored() else Qt.Key.Key_Right
        backward = Qt.Key.Key_Right if words.mirrored() else Qt.Key.Key_Left
        if event.key() not in (forward, backward):
            super().keyPressEvent(event)
            return
        keys = list(self.tabs)
        here = next((i for i, key in enumerate(keys) if self.tabs[key].isChecked()), 0)
        there = keys[(here + (1 if event.key() == forward else -1)) % len(keys)]
        self.tabs[there].setFocus()
        self.turned.emit(there)


def _value(value: str) -> ElidedLabel:
    text = ElidedLabel(value, "medium")
    # Measured by the face itself: a label that was not shown yet measures by another one.
    text.setFixedWidth(min(width_of(value, font(BODY, MEDIUM)) + 4, 240))
    text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return text
