"""The docket as a table that grows as it is scrolled: cases with their next limit, grouped by week.

Narrowing and sorting are done by the register; the table holds the pages it has been given so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.case import CaseLine, Deadline
from app.domain.docket import DocketAsk, DocketPage, DocketSort
from app.errors import _
from ui import words

ROW = Qt.ItemDataRole.UserRole + 1
NUMBER, TITLE, LIMIT, STATE = range(4)
SORTS = {
    NUMBER: DocketSort.NUMBER, TITLE: DocketSort.TITLE, LIMIT: DocketSort.LIMIT, STATE: DocketSort.STATUS,
}  # fmt: skip
SILENT, NO_LIMIT = -1, 9
"""Places of the two groups that no week names: before all others, behind all others."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Group:
    """A group row: its words and how many cases it holds, those not fetched yet included."""

    title: str
    count: int
    silent: bool = False


def shown_limit(line: CaseLine) -> Deadline | None:
    """The limit a case stands under: the one in which silence protects before any other."""
    return line.office_limit or line.next_limit


class DocketModel(QAbstractTableModel):
    """Holds pages of the docket. Grouping holds only while rows stand in the order of their limits.

    wanted        the next page is wanted, those behind `next`
    rearranged    another sorting was asked for; what is held is no longer what is asked
    """

    wanted = Signal()
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CaseLine, ...] = ()
        self._rows: list[Group | CaseLine] = []
        self._places: dict[str, int] = {}
        self._groups: list[int] = []
        self._counts: dict[tuple[int, str], int] = {}
        self._last: tuple[int, str] | None = None
        self._today = date.min
        self._waiting = False
        self.next: tuple[str, ...] = ()
        self.total = 0
        self.limited = 0
        self.grouped = True
        self._column, self._descending = LIMIT, False

    def asked(self, ask: DocketAsk) -> DocketAsk:
        """What is asked, in the order the table stands in."""
        return replace(ask, sort=SORTS[self._column], descending=self._descending)

    def hold(self, page: DocketPage, today: date) -> None:
        """Show the first page of another question."""
        self._today, self._lines = today, page.lines
        self.total, self.next, self._waiting = page.total, page.next, False
        self.limited = page.silent + sum(one.count for one in page.days if one.day)
        self._counts = {}
        for one in page.days:
            place = self._week(one.day)
            self._counts[place] = self._counts.get(place, 0) + one.count
        self._counts[self._above()] = page.silent
        self._arrange()

    def more(self, page: DocketPage) -> None:
        """Put the next page behind those shown."""
        self._waiting, self.next = False, page.next
        coming = list(self._with_groups(page.lines))
        if not coming:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(coming) - 1)
        self._lines = (*self._lines, *page.lines)
        self._take(coming)
        self.endInsertRows()

    def wait(self) -> None:
        """Another question was asked: pages of the one that is shown are not wanted any more."""
        self._waiting = True

    def give_up(self) -> None:
        """The page that was wanted does not come."""
        self._waiting = False

    def group(self, grouped: bool) -> None:
        """Group rows by week, or show one plain list."""
        self.grouped = grouped
        self._arrange()

    @property
    def lines(self) -> tuple[CaseLine, ...]:
        """The cases fetched so far, in the order shown."""
        return self._lines

    @property
    def today(self) -> date:
        """The day “in 3 days” counts from."""
        return self._today

    def group_rows(self) -> tuple[int, ...]:
        """Where the group rows stand, for spans and heights."""
        return tuple(self._groups)

    def row(self, index: Index) -> Group | CaseLine | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, case_id: str) -> int:
        """The row of a case, -1 when it is not among those fetched."""
        return self._places.get(case_id, -1)

    def first(self) -> int:
        """The first row with a case, -1 in an empty docket."""
        return next((i for i, r in enumerate(self._rows) if isinstance(r, CaseLine)), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows, self._places, self._groups, self._last = [], {}, [], None
        self._take(list(self._with_groups(self._lines)))
        self.endResetModel()

    def _take(self, rows: Sequence[Group | CaseLine]) -> None:
        for place, row in enumerate(rows, len(self._rows)):
            if isinstance(row, Group):
                self._groups.append(place)
            else:
                self._places[row.id] = place
        self._rows += rows

    def _with_groups(self, lines: Sequence[CaseLine]) -> Iterator[Group | CaseLine]:
        by_week = self.grouped and self._column == LIMIT and not self._descending
        for line in lines:
            if by_week:
                limit = line.next_limit
                place = self._above() if line.office_limit else self._week(limit.last_day if limit else None)
                if place != self._last:
                    self._last = place
                    yield Group(place[1], self._counts.get(place, 0), place[0] == SILENT)
            yield line

    def _week(self, day: date | None) -> tuple[int, str]:
        return words.week_name(day, self._today) if day else (NO_LIMIT, _("No limit running"))

    @staticmethod
    def _above() -> tuple[int, str]:
        return SILENT, _("Protected by silence unless this office acts")

    def rowCount(self, parent: Index | None = None) -> int:
        """Groups and cases fetched so far."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number, title, limit, state."""
        return 0 if parent is not None and parent.isValid() else 4

    def canFetchMore(self, parent: Index | None = None) -> bool:
        """Whether other cases follow those fetched."""
        return bool(self.next) and not self._waiting and not (parent is not None and parent.isValid())

    def fetchMore(self, parent: Index | None = None) -> None:
        """Ask for the next page; it is put behind when it comes."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.wanted.emit()

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
        limit = shown_limit(line)
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
        wanted = (column if column in SORTS else LIMIT, order == Qt.SortOrder.DescendingOrder)
        if wanted != (self._column, self._descending):
            self._column, self._descending = wanted
            self.rearranged.emit()
