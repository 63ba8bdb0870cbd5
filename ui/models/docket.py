"""The docket as a table: cases with their next limit, grouped by week, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.case import CaseLine
from app.errors import _
from app.text import fold
from ui import words

ROW = Qt.ItemDataRole.UserRole + 1
NUMBER, TITLE, LIMIT, STATE = range(4)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Group:
    """A group row: its words and how many cases it holds."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the filter row asks for; "" asks for everything."""

    right: str = ""
    state: str = ""
    officer: str = ""
    due: int | None = None
    text: str = ""

    def takes(self, line: CaseLine, today: date) -> bool:
        """Whether a case passes."""
        if self.right and str(line.right) != self.right:
            return False
        if self.state and line.status.code != self.state:
            return False
        if self.officer and line.officer != self.officer:
            return False
        limit = line.next_limit
        if self.due is not None and (limit is None or (limit.last_day - today).days > self.due):
            return False
        wanted = fold(self.text)
        return not wanted or wanted in fold(f"{line.number} {line.title} {line.applicant}")


class DocketModel(QAbstractTableModel):
    """Holds lines of the docket. Grouping holds only while rows stand in the order of their limits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CaseLine, ...] = ()
        self._rows: tuple[Group | CaseLine, ...] = ()
        self._today = date.min
        self.filters = Filters()
        self.grouped = True
        self._column, self._descending = LIMIT, False

    def hold(self, lines: Iterable[CaseLine], today: date) -> None:
        """Show other cases."""
        self._lines, self._today = tuple(lines), today
        self._arrange()

    def narrow(self, filters: Filters) -> None:
        """Show only what passes."""
        self.filters = filters
        self._arrange()

    def group(self, grouped: bool) -> None:
        """Group rows by week, or show one plain list."""
        self.grouped = grouped
        self._arrange()

    @property
    def lines(self) -> tuple[CaseLine, ...]:
        """All cases, filtered or not."""
        return self._lines

    @property
    def shown(self) -> tuple[CaseLine, ...]:
        """The cases that pass, in the order shown."""
        return tuple(r for r in self._rows if isinstance(r, CaseLine))

    @property
    def today(self) -> date:
        """The day “in 3 days” counts from."""
        return self._today

    def group_rows(self) -> tuple[int, ...]:
        """Where the group rows stand, for spans and heights."""
        return tuple(i for i, r in enumerate(self._rows) if isinstance(r, Group))

    def row(self, index: Index) -> Group | CaseLine | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, case_id: str) -> int:
        """The row of a case, -1 when it is not shown."""
        return next((i for i, r in enumerate(self._rows) if isinstance(r, CaseLine) and r.id == case_id), -1)

    def first(self) -> int:
        """The first row with a case, -1 in an empty docket."""
        return next((i for i, r in enumerate(self._rows) if isinstance(r, CaseLine)), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        passing = [line for line in self._lines if self.filters.takes(line, self._today)]
        passing.sort(key=self._order, reverse=self._descending)
        by_week = self.grouped and self._column == LIMIT and not self._descending
        self._rows = tuple(self._with_groups(passing)) if by_week else tuple(passing)
        self.endResetModel()

    def _order(self, line: CaseLine) -> tuple[Any, ...]:
        if self._column == NUMBER:
            return (line.number,)
        if self._column == TITLE:
            return (fold(line.title), line.number)
        if self._column == STATE:
            return (line.status.name, line.number)
        last = line.next_limit.last_day if line.next_limit else date.max
        return (last, line.number)

    def _with_groups(self, lines: Sequence[CaseLine]) -> Iterable[Group | CaseLine]:
        named: dict[tuple[int, str], list[CaseLine]] = {}
        for line in lines:
            limit = line.next_limit
            place = words.week_name(limit.last_day, self._today) if limit else (9, _("No limit running"))
            named.setdefault(place, []).append(line)
        for (_order, title), members in sorted(named.items(), key=lambda item: item[0]):
            yield Group(title, len(members))
            yield from members

    def rowCount(self, parent: Index | None = None) -> int:
        """Groups and cases."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number, title, limit, state."""
        return 0 if parent is not None and parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts for screen readers and copying; the row itself for the delegate."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if isinstance(row, Group):
            return row.title if index.column() == 0 and role != Qt.ItemDataRole.ToolTipRole else None
        return self._text(row, index.column())

    def _text(self, line: CaseLine, column: int) -> str:
        if column == NUMBER:
            return line.number
        if column == TITLE:
            return (
                f"{words.case_title(line)} · {line.applicant}" if line.applicant else words.case_title(line)
            )
        if column == STATE:
            return line.status.name
        limit = line.next_limit
        if limit is None:
            return ""
        left = words.days_left(limit.last_day, self._today)
        return f"{words.named_day(limit.last_day)} · {limit.name} · {left}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Number"), _("Title or mark · applicant"), _("Next limit"), _("State"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Group rows are not to be chosen."""
        row = self.row(index)
        if row is None or isinstance(row, Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by limit ascending brings the groups back."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()
