"""A list of entries: one line or two, with icon, chips and figures at the trailing edge."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.theme import Tone
from ui.widgets.painting import Chip

ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list.

    key        what it stands for; keeps the choice when the rows are asked for again
    title      first line; `note` second line, secondary
    trailing   figure at the trailing edge of the first line, `under` of the second
    tone       colour of `under` where it carries meaning
    heading    a group row: not to be chosen
    value      the thing itself
    """

    key: Hashable
    title: str
    note: str = ""
    trailing: str = ""
    under: str = ""
    icon: str = ""
    icon_tone: str = "ink2"
    chips: tuple[Chip, ...] = ()
    tone: Tone | None = None
    heading: bool = False
    value: object = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.note, *(c.text for c in self.chips), self.trailing, self.under)
        return ", ".join(p for p in parts if p)


class EntryModel(QAbstractListModel):
    """Holds a tuple of entries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def hold(self, entries: Iterable[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it holds."""
        return self._entries

    def entry(self, index: Index) -> Entry | None:
        """The entry at an index, None outside."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        return self._entries[index.row()]

    def row_of(self, key: Hashable) -> int:
        """The row of a key, -1 when it is not there."""
        return next((i for i, e in enumerate(self._entries) if e.key == key and not e.heading), -1)

    def first(self) -> int:
        """The first row that can be chosen, -1 when there is none."""
        return next((i for i, e in enumerate(self._entries) if not e.heading), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows at the top; a list has none below."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, whole row for screen readers and tool tips, and the entry itself."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return entry.spoken
        if role == ENTRY:
            return entry
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not to be chosen."""
        entry = self.entry(index)
        if entry is None or entry.heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
