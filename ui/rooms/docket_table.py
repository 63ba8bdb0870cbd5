"""How the docket's rows look: two lines, chips for limit and state, groups across the whole width."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.case import CaseLine, LimitState, Owner
from app.errors import _
from ui import icons, words
from ui.fonts import BODY, MEDIUM, SEMIBOLD, SMALL, font
from ui.models.docket import LIMIT, NUMBER, ROW, STATE, TITLE, DocketModel, Group, shown_limit
from ui.theme import Tone
from ui.widgets import painting
from ui.widgets.painting import CHIP_HEIGHT, Chip, Mirror
from ui.widgets.table import CELL, SheetTable, row_ground

ROW_HEIGHT, GROUP_HEIGHT, NARROW = 44, 34, 560
Index = QModelIndex | QPersistentModelIndex


def state_chip(line: CaseLine, today: date) -> Chip:
    """The state of a case; red only for a conflict or what the office itself has to decide."""
    if line.conflicts:
        return Chip(_("Conflict"), Tone.RED, "git-fork")
    limit = shown_limit(line)
    if limit and limit.owner is Owner.OFFICE and words.limit_tone(limit, today) is Tone.RED:
        return Chip(line.status.name, Tone.RED, "shield-alert")
    if line.confidential:
        return Chip(line.status.name, Tone.QUIET, "lock")
    return Chip(line.status.name, status_tone(line.status.code))


def status_tone(code: str) -> Tone:
    """Green where the right is in force or allowed, amber where somebody waits, else quiet."""
    if any(word in code for word in ("grant", "regist", "allow", "force")):
        return Tone.GREEN
    if any(word in code for word in ("object", "invit", "report", "await", "deficien")):
        return Tone.AMBER
    return Tone.QUIET


class DocketDelegate(QStyledItemDelegate):
    """Paints groups and cases."""

    def __init__(self, table: SheetTable, model: DocketModel) -> None:
        super().__init__(table)
        self._table = table
        self._cases = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        row = index.data(ROW)
        rect: QRect = option.rect
        mirror = Mirror(rect, option.direction)
        painter.save()
        if isinstance(row, Group):
            self._group(painter, rect, mirror, row)
        elif isinstance(row, CaseLine):
            row_ground(painter, option, self._table.hovered_row == index.row(), index.column() == 0)
            self._cell(painter, rect, mirror, row, index.column())
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, mirror: Mirror, group: Group) -> None:
        width = rect.width() - 2 * CELL
        face, x = font(SMALL, SEMIBOLD), CELL
        if group.silent:
            painter.fillRect(rect, painting.colour("red_soft"))
            icons.paint(painter, "shield-alert", mirror.rect(CELL, 10, 16, 16), "red")
            x += 24
        place = mirror.rect(x, 6, width - 60 - (x - CELL), rect.height() - 6)
        painting.text(painter, place, group.title, face, "red" if group.silent else "ink", mirror.leading)
        place = mirror.rect(CELL + width - 60, 6, 60, rect.height() - 6)
        shade = "red" if group.silent else "ink2"
        painting.text(painter, place, f"{group.count:n}", face, shade, mirror.trailing)
        painting.hairline(painter, rect.left(), rect.bottom(), rect.right())

    def _cell(self, painter: QPainter, rect: QRect, mirror: Mirror, line: CaseLine, column: int) -> None:
        width = rect.width() - 2 * CELL
        if column == NUMBER:
            place = mirror.rect(CELL, 0, width, rect.height())
            painting.text(painter, place, words.isolate(line.number), font(BODY), "ink", mirror.leading)
        elif column == TITLE:
            place = mirror.rect(CELL, 5, width, 19)
            painting.text(painter, place, words.case_title(line), font(BODY, MEDIUM), "ink", mirror.leading)
            under = " · ".join(p for p in (words.right_name(line.right), line.applicant) if p)
            painting.text(
                painter, mirror.rect(CELL, 23, width, 17), under, font(SMALL), "ink2", mirror.leading
            )
        elif column == LIMIT:
            self._limit(painter, mirror, line, width)
        elif column == STATE:
            chip = state_chip(line, self._cases.today)
            place = mirror.rect(CELL, (ROW_HEIGHT - CHIP_HEIGHT) / 2, min(chip.width, width), CHIP_HEIGHT)
            painting.chip(painter, place, chip, mirror)

    def _limit(self, painter: QPainter, mirror: Mirror, line: CaseLine, width: int) -> None:
        """The day as a chip with how long still; below it which limit it is."""
        limit = shown_limit(line)
        if limit is None:
            return
        today = self._cases.today
        chip = Chip(words.short_day(limit.last_day, today), words.limit_tone(limit, today))
        painting.chip(painter, mirror.rect(CELL - 1, 3, chip.width, CHIP_HEIGHT), chip, mirror)
        left = words.days_left(limit.last_day, today)
        place = mirror.rect(CELL + chip.width + 8, 3, width - chip.width - 8, CHIP_HEIGHT)
        late = limit.state is LimitState.MISSED
        painting.text(painter, place, left, font(SMALL), "red" if late else "ink2", mirror.leading)
        place = mirror.rect(CELL, 24, width, 17)
        painting.text(painter, place, limit.name, font(SMALL), "ink2", mirror.leading)


class DocketTable(SheetTable):
    """The table of cases."""

    def __init__(self, model: DocketModel) -> None:
        super().__init__(_("Cases by limit"))
        self.setModel(model)
        self.cases = model
        self.setItemDelegate(DocketDelegate(self, model))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        header = self.horizontalHeader()
        header.setSortIndicator(LIMIT, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(80)
        self.verticalHeader().setMinimumSectionSize(GROUP_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        model.modelReset.connect(self.lay_out)
        model.rowsInserted.connect(lambda _parent, first, _last: self._lay_out_from(first))
        self.lay_out()

    def lay_out(self) -> None:
        """Widths by the numbers shown, spans and heights of the group rows."""
        self._share_width()
        self.clearSpans()
        self._lay_out_from(0)

    def _lay_out_from(self, first: int) -> None:
        """Rows have their usual height from the header; only groups are given theirs."""
        for row in self.cases.group_rows():
            if row >= first:
                self.setRowHeight(row, GROUP_HEIGHT)
                self.setSpan(row, 0, 1, self.cases.columnCount())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        wide = self.viewport().width()
        # The state is told beside the table too; in a narrow one the title needs the room.
        self.setColumnHidden(STATE, wide < NARROW)
        self.setColumnWidth(NUMBER, self._number_width())
        self.setColumnWidth(LIMIT, max(200, min(280, round(wide * 0.27))))
        self.setColumnWidth(STATE, max(120, min(190, round(wide * 0.19))))

    def _number_width(self) -> int:
        widest = max(
            (painting.width_of(line.number, font(BODY)) for line in self.cases.lines[:200]), default=110
        )
        return min(max(widest + 2 * CELL + 4, 130), 180)

    def current_case(self) -> CaseLine | None:
        """The chosen case."""
        row = self.cases.row(self.currentIndex())
        return row if isinstance(row, CaseLine) else None

    def chosen_cases(self) -> tuple[CaseLine, ...]:
        """All chosen cases in the order shown; more than one by Ctrl, Shift or Ctrl+A."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(row for row in map(self.cases.row, rows) if isinstance(row, CaseLine))

    def choose(self, case_id: str) -> None:
        """Choose a case, or the first where it is not shown."""
        row = self.cases.row_of(case_id)
        row = row if row >= 0 else self.cases.first()
        if row >= 0:
            self.setCurrentIndex(self.cases.index(row, 0))
