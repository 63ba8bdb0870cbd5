"""Quick find (Ctrl+K): cases by number in any spelling or by name, rooms, and actions, in one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.case import CaseLine
from app.errors import _
from app.text import fold
from ui import words
from ui.ask import cases as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.shell.topbar import QuickField
from ui.widgets.entrylist import EntryList

MOST_CASES = 8
PAUSE = 120
"""Milliseconds after the last key before the office is asked."""


@dataclass(frozen=True)
class Command:
    """Something to do or somewhere to go, by name."""

    name: str
    icon: str
    act: Callable[[], object]
    note: str = ""
    keys: str = ""


class QuickFind(QFrame):
    """The list under the field. It opens while the field has text or is asked for by Ctrl+K."""

    picked = Signal()

    def __init__(self, desk: Desk, field: QuickField, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.field = field
        self.commands: Callable[[], Sequence[Command]] = lambda: ()
        self._found: tuple[CaseLine, ...] = ()
        self.setObjectName("popup")
        self.list = EntryList(_("What was found"), margin=12)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(1, 6, 1, 6)
        inner.addWidget(self.list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)
        self.list.clicked.connect(lambda _index: self._pick())
        field.textEdited.connect(self._typed)
        field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the list under the field, with everything there is to do."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._typed(self.field.text())

    def close_list(self) -> None:
        """Put the list away and empty the field."""
        self._timer.stop()
        self.hide()
        self.field.clear()

    def _typed(self, text: str) -> None:
        self._found = ()
        self._show()
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        text = self.field.text()
        self.desk.read(
            self,
            lambda office, progress: ask.find(office, progress, text),
            self._hold,
            key="find",
            refused=lambda _refusal: None,
        )

    def _hold(self, lines: tuple[CaseLine, ...]) -> None:
        if self.isVisible():
            self._found = self.desk.names.lines(lines[:MOST_CASES])
            self._show()

    def _show(self) -> None:
        entries = [*self._case_entries(), *self._command_entries(fold(self.field.text().strip()))]
        if not entries:
            entries = [Entry("nothing", _("Nothing has this name or number"), heading=True)]
        self.list.hold(entries)
        self._place()
        self.show()
        self.raise_()

    def _case_entries(self) -> list[Entry]:
        if not self._found:
            return []
        cases = [
            Entry(
                f"case {line.id}",
                words.case_title(line),
                " · ".join(
                    p for p in (words.isolate(line.number), words.right_name(line.right), line.applicant) if p
                ),
                icon="folder-open",
                under=line.status.name,
                value=line,
            )
            for line in self._found
        ]
        return [Entry("cases", _("Cases"), heading=True), *cases]

    def _command_entries(self, wanted: str) -> list[Entry]:
        fitting = [c for c in self.commands() if not wanted or wanted in fold(f"{c.name} {c.note}")]
        if not fitting:
            return []
        entries = [Entry(f"command {c.name}", c.name, icon=c.icon, trailing=c.keys, value=c) for c in fitting]
        return [Entry("actions", _("Rooms and actions"), heading=True), *entries]

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        corner = self.field.mapTo(parent, QPoint(0, self.field.height() + 6))
        wide = max(self.field.width(), 440)
        x = corner.x() + self.field.width() - wide if words.mirrored() else corner.x()
        room = parent.height() - corner.y() - 48
        self.setGeometry(max(8, x), corner.y(), wide, max(80, min(self.list.whole_height() + 16, room, 520)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down, Enter and Esc of the field belong to the list."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close_list()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.list.step(1) if self.isVisible() else self.open()
        elif key == Qt.Key.Key_Up:
            self.list.step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
            self.picked.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    def _pick(self) -> None:
        entry = self.list.current
        if entry is None or not self.isVisible():
            return
        value = entry.value
        self.close_list()
        self.picked.emit()
        if isinstance(value, CaseLine):
            self.desk.go("case", value.id)
        elif isinstance(value, Command):
            value.act()
