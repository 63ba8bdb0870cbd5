"""Original and translation side by side, segment by segment, with what to look at beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from app.errors import _
from ui import icons, words
from ui.fonts import MEDIUM, SECTION, SEMIBOLD, SMALL, font
from ui.theme import colour
from ui.widgets import painting
from ui.widgets.painting import Mirror
from ui.widgets.reading import RIGHT_TO_LEFT
from ui.widgets.table import CELL, SheetTable, row_ground

SEGMENT = Qt.ItemDataRole.UserRole + 1
LABEL, SOURCE, TARGET, LOOK = range(4)
PAD, LEADING = 10, 1.18
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One segment. `flags` are sentences; `through` is the English in the middle of two packs."""

    label: str
    source: str
    target: str
    score: float
    flags: tuple[str, ...] = ()
    through: str = ""


class LinesModel(QAbstractTableModel):
    """Holds segments."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self.names = ("", "")

    def hold(self, lines: Sequence[Line], source: str, target: str) -> None:
        """Show other segments between two languages."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.names = (source, target)
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What it holds."""
        return self._lines

    def line(self, index: Index) -> Line:
        """The segment at an index."""
        return self._lines[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self.line(index)
        if role == SEGMENT:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (line.label, line.source, line.target, " ".join(line.flags))[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        source, target = (words.language_name(code) for code in self.names)
        return (
            _("No."),
            _("Original · {language}").format(language=source),
            _("{language} · machine translation, for information").format(language=target),
            _("What to look at"),
        )[section]


class LinesDelegate(QStyledItemDelegate):
    """Both texts wrapped in their own direction; the gutter says in words what differs."""

    def __init__(self, model: LinesModel, table: SheetTable) -> None:
        super().__init__(table)
        self._model = model
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the longest of the three texts."""
        line = self._model.line(index)
        high = max(
            _height(line.source, self._table.columnWidth(SOURCE) - 2 * CELL, self._model.names[0]),
            _height(line.target, self._table.columnWidth(TARGET) - 2 * CELL, self._model.names[1]),
            sum(_height(f, self._table.columnWidth(LOOK) - 2 * CELL - 26, "", small=True) for f in line.flags)
            + 4,
            24,
        )
        return QSize(80, round(high) + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        mirror = Mirror(rect, option.direction)
        line, column = self._model.line(index), index.column()
        painter.save()
        row_ground(painter, option, self._table.hovered_row == index.row(), column == 0)
        painting.hairline(painter, rect.left(), rect.bottom(), rect.right())
        if column == LABEL:
            place = mirror.rect(CELL, PAD, rect.width() - CELL, 22)
            painting.text(
                painter, place, words.isolate(line.label), font(SMALL, SEMIBOLD), "ink2", mirror.leading
            )
        elif column in (SOURCE, TARGET):
            text = line.source if column == SOURCE else line.target
            corner = QPointF(rect.x() + CELL, rect.y() + PAD)
            layout = _laid_out(text, rect.width() - 2 * CELL, self._model.names[column - SOURCE])
            painter.setPen(colour("ink"))
            layout.draw(painter, corner)
        else:
            self._look(painter, mirror, line, rect.width() - 2 * CELL)
        painter.restore()

    def _look(self, painter: QPainter, mirror: Mirror, line: Line, width: int) -> None:
        y = float(PAD)
        if not line.flags:
            score = _("Nothing found, score {n}").format(n=round(line.score * 100))
            painting.text(
                painter, mirror.rect(CELL, y, width, 22), score, font(SMALL), "ink2", mirror.leading
            )
            return
        for flag in line.flags:
            icons.paint(painter, "triangle-alert", mirror.rect(CELL, y + 1, 16, 16), "amber")
            layout = _laid_out(flag, width - 26, "", small=True)
            painter.setPen(colour("amber"))
            layout.draw(painter, mirror.rect(CELL + 26, y, width - 26, 0).topLeft())
            y += layout.boundingRect().height() + 2


class SideBySide(SheetTable):
    """Segments as a table of two texts. F8 goes to the next flag."""

    def __init__(self) -> None:
        super().__init__(_("Original and translation"))
        self.lines = LinesModel()
        self.setModel(self.lines)
        self.setItemDelegate(LinesDelegate(self.lines, self))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.lines.modelReset.connect(self.lay_out)

    def hold(self, lines: Sequence[Line], source: str, target: str) -> None:
        """Show segments between two languages (ISO 639-1)."""
        self.lines.hold(lines, source, target)
        if lines:
            self.setCurrentIndex(self.lines.index(0, 0))

    def lay_out(self) -> None:
        """Heights by the texts."""
        for number in range(self.lines.rowCount()):
            size = self.itemDelegate().sizeHint(QStyleOptionViewItem(), self.lines.index(number, 0))
            self.setRowHeight(number, size.height())

    def next_flag(self) -> None:
        """Go to the next segment somebody should look at."""
        count = self.lines.rowCount()
        here = self.currentIndex().row()
        for step in range(1, count + 1):
            number = (here + step) % count
            if self.lines.lines[number].flags:
                self.setCurrentIndex(self.lines.index(number, 0))
                self.scrollTo(self.lines.index(number, 0))
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        look = max(170, min(250, round(wide * 0.22)))
        text = (wide - 56 - look) // 2
        for column, size in ((LABEL, 56), (SOURCE, text), (TARGET, text), (LOOK, wide - 56 - 2 * text)):
            self.setColumnWidth(column, size)
        self.lay_out()


def _height(text: str, width: float, language: str, *, small: bool = False) -> float:
    return _laid_out(text, width, language, small=small).boundingRect().height()


def _laid_out(text: str, width: float, language: str, *, small: bool = False) -> QTextLayout:
    face = font(SMALL, MEDIUM) if small else font(SECTION)
    layout = QTextLayout(text.replace("\n", "\u2028"), face)
    option = QTextOption()
    rtl = language in RIGHT_TO_LEFT or (not language and words.mirrored())
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 20))
        line.setPosition(QPointF(0, y))
        y += line.height() * (1.05 if small else LEADING)
    layout.endLayout()
    return layout


class SegmentLike(Protocol):
    """A segment as the translation service gives it."""

    @property
    def label(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def flags(self) -> tuple[str, ...]: ...
    @property
    def through(self) -> str: ...


def lines_of(segments: Sequence[SegmentLike], said: Mapping[str, str]) -> list[Line]:
    """Segments of a translation as lines; `said` are the flags in words."""
    made = []
    for s in segments:
        flags = tuple(said.get(flag, flag) for flag in s.flags)
        made.append(Line(s.label, s.source, s.target, s.score, flags, s.through))
    return made
