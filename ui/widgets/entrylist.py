"""The painted list: entries with two lines, chips and headings; j and k move as the arrows do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons
from ui.fonts import BODY, MEDIUM, SEMIBOLD, SMALL, font
from ui.models.entries import ENTRY, Entry, EntryModel
from ui.theme import Tone
from ui.widgets import painting
from ui.widgets.painting import CHIP_HEIGHT, Mirror

HEADING, SINGLE, DOUBLE = 32, 36, 48
Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Paints entries. `margin` is the room at both edges; `lines` draws a hairline under each row."""

    def __init__(self, margin: int = 16, *, lines: bool = False) -> None:
        super().__init__()
        self.margin = margin
        self.lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Heights by what the entry holds."""
        entry: Entry = index.data(ENTRY)
        if entry.heading:
            return QSize(80, HEADING)
        height = DOUBLE if entry.note else SINGLE
        if entry.chips and entry.note:
            height += CHIP_HEIGHT + 8
        return QSize(80, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One entry."""
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect
        mirror = Mirror(rect, option.direction)
        painter.save()
        if entry.heading:
            self._heading(painter, rect, mirror, entry)
        else:
            painting.row_state(painter, rect, option.state, mirror)
            self._entry(painter, rect, mirror, entry)
            if self.lines:
                painting.hairline(painter, rect.left(), rect.bottom(), rect.right())
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, mirror: Mirror, entry: Entry) -> None:
        width = rect.width() - 2 * self.margin
        count = painting.width_of(entry.trailing, font(SMALL, SEMIBOLD))
        place = mirror.rect(self.margin, 6, width - count - 8, rect.height() - 8)
        painting.text(painter, place, entry.title, font(SMALL, SEMIBOLD), "ink", mirror.leading)
        place = mirror.rect(self.margin + width - count, 6, count, rect.height() - 8)
        painting.text(painter, place, entry.trailing, font(SMALL, SEMIBOLD), "ink2", mirror.trailing)

    def _entry(self, painter: QPainter, rect: QRect, mirror: Mirror, entry: Entry) -> None:
        x, end = float(self.margin), rect.width() - self.margin
        height = DOUBLE if entry.note else rect.height()
        if entry.icon:
            icons.paint(painter, entry.icon, mirror.rect(x, (height - 18) / 2, 18, 18), entry.icon_tone)
            x += 18 + 10
        first, second = ((6, 20), (24, 18)) if entry.note else ((0, height), (0, 0))
        free = end - x - self._trailing(painter, mirror, end, first, entry.trailing, "ink2")
        if entry.chips and not entry.note:
            free -= self._chips_at_end(painter, mirror, x + free, height, entry)
        place = mirror.rect(x, first[0], free, first[1])
        painting.text(painter, place, entry.title, font(BODY, MEDIUM), "ink", mirror.leading)
        if not entry.note:
            return
        shade = "ink2" if entry.tone in (None, Tone.QUIET) else str(entry.tone)
        free = end - x - self._trailing(painter, mirror, end, second, entry.under, shade)
        painting.text(
            painter,
            mirror.rect(x, second[0], free, second[1]),
            entry.note,
            font(SMALL),
            "ink2",
            mirror.leading,
        )
        self._chips_below(painter, mirror, x, end, entry)

    def _trailing(
        self, painter: QPainter, mirror: Mirror, end: float, line: tuple[int, int], words: str, shade: str
    ) -> float:
        """Figures at the trailing edge; the width they took with their gap."""
        if not words:
            return 0.0
        face = font(SMALL, MEDIUM if shade != "ink2" else 400)
        width = painting.width_of(words, face)
        painting.text(
            painter, mirror.rect(end - width, line[0], width, line[1]), words, face, shade, mirror.trailing
        )
        return width + 10

    def _chips_at_end(
        self, painter: QPainter, mirror: Mirror, end: float, height: int, entry: Entry
    ) -> float:
        taken = 0.0
        for chip in reversed(entry.chips):
            place = mirror.rect(end - taken - chip.width, (height - CHIP_HEIGHT) / 2, chip.width, CHIP_HEIGHT)
            painting.chip(painter, place, chip, mirror)
            taken += chip.width + 6
        return taken + 4 if taken else 0.0

    def _chips_below(self, painter: QPainter, mirror: Mirror, x: float, end: float, entry: Entry) -> None:
        for chip in entry.chips:
            if x + chip.width > end:
                break
            painting.chip(painter, mirror.rect(x, DOUBLE - 2, chip.width, CHIP_HEIGHT), chip, mirror)
            x += chip.width + 6


class EntryList(QListView):
    """A list of entries. `chosen` follows the current row, `opened` is Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, *, margin: int = 16, lines: bool = False) -> None:
        super().__init__()
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self._delegate = EntryDelegate(margin, lines=lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._current)

    def hold(self, entries: Iterable[Entry], *, choose: Hashable = None, first: bool = True) -> None:
        """Show other entries; the choice stays on its key, else goes to `choose` or the first."""
        kept = self.key
        self.entries.hold(entries)
        for key in (choose, kept):
            row = self.entries.row_of(key) if key is not None else -1
            if row >= 0:
                break
        else:
            row = self.entries.first() if first else -1
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row))
        else:
            self.chosen.emit(None)

    @property
    def current(self) -> Entry | None:
        """The chosen entry."""
        return self.entries.entry(self.currentIndex())

    @property
    def key(self) -> Hashable:
        """The key of the chosen entry, None without one."""
        entry = self.current
        return entry.key if entry else None

    def choose(self, key: Hashable) -> None:
        """Choose by key; nothing happens when it is not there."""
        row = self.entries.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row))

    def whole_height(self) -> int:
        """Pixels all rows take, for lists that do not scroll."""
        option = QStyleOptionViewItem()
        rows = range(self.entries.rowCount())
        return sum(self._delegate.sizeHint(option, self.entries.index(r)).height() for r in rows)

    def step(self, by: int) -> None:
        """Go up or down over headings."""
        rows = [i for i, e in enumerate(self.entries.entries) if not e.heading]
        if not rows:
            return
        here = self.currentIndex().row()
        place = rows.index(here) + by if here in rows else 0
        self.setCurrentIndex(self.entries.index(rows[max(0, min(place, len(rows) - 1))]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; j and k, up and down move; everything else goes on to the room."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _open(self, index: Index) -> None:
        entry = self.entries.entry(index)
        if entry is not None and not entry.heading:
            self.opened.emit(entry)

    def _current(self, index: Index, _before: Index) -> None:
        self.chosen.emit(self.entries.entry(index))
