"""The query, the collections it is asked of, and the facets of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import OfficeError, _
from ui import words
from ui.fonts import SMALL, font
from ui.models.entries import ENTRY, Entry
from ui.theme import colour
from ui.widgets import painting
from ui.widgets.checkbox import CheckBox
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.entrylist import EntryList
from ui.widgets.painting import Mirror
from ui.widgets.pieces import Rule, Sheet, empty, label, row
from ui.widgets.scrolling import ScrollColumn

if TYPE_CHECKING:
    from app.services.collections import Collection

Index = QModelIndex | QPersistentModelIndex
FACET_FIELD = {"ipc": "ic", "applicant": "pa", "office": "pn", "year": "pd"}
MOST = 6


class QueryField(QPlainTextEdit):
    """Enter searches; Shift+Enter is a new line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Words, “phrases”, ti=, cl=, ic=, AND, OR, NOT, NEAR/5, dry*"))
        self.setAccessibleName(_("Query"))
        self.setFixedHeight(104)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mark_wrong(self, position: int | None) -> None:
        """Show where the query goes wrong; None takes the mark away."""
        self.setProperty("wrong", position is not None)
        self.style().unpolish(self)
        self.style().polish(self)
        if position is None:
            self.setExtraSelections([])
            return
        cursor = QTextCursor(self.document())
        length = len(self.toPlainText())
        start = min(position, max(length - 1, 0))
        cursor.setPosition(start)
        cursor.setPosition(min(start + 1, length), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        shade = QTextCharFormat()
        shade.setBackground(QColor(colour("red_soft")))
        shade.setForeground(QColor(colour("red")))
        shade.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        selection.cursor, selection.format = cursor, shade
        self.setExtraSelections([selection])
        self.setTextCursor(cursor)


class FacetDelegate(QStyledItemDelegate):
    """A value over the bar of its share, the count at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        return QSize(60, 26 if entry.heading else 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        rect = option.rect
        mirror = Mirror(rect, option.direction)
        wide = rect.width() - 32
        painter.save()
        if entry.heading:
            painting.text(
                painter, mirror.rect(16, 4, wide, 20), entry.title, font(SMALL, 500), "ink2", mirror.leading
            )
            painter.restore()
            return
        share = float(entry.value) if isinstance(entry.value, float) else 0.0
        hovered = bool(option.state & option.state.State_MouseOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft" if hovered else "quiet"))
        painter.drawRoundedRect(mirror.rect(16, 2, max((wide - 40) * share, 4), 20), 3, 3)
        painting.text(
            painter, mirror.rect(20, 2, wide - 48, 20), entry.title, font(SMALL), "ink", mirror.leading
        )
        painting.text(
            painter,
            mirror.rect(16 + wide - 40, 2, 40, 20),
            entry.trailing,
            font(SMALL),
            "ink2",
            mirror.trailing,
        )
        painter.restore()


class QueryPane(Sheet):
    """`asked` when the person searches; `narrowed(text)` adds a facet to the query."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=0, spacing=0)
        self.field = QueryField()
        self.understood = label("", "small", wrap=True)
        self.sort = ChoiceButton(_("Order"), self.asked.emit)
        self.sort.offer([Choice("score", _("best first")), Choice("date", _("newest first"))])
        self.boxes: dict[str, CheckBox] = {}
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(0)
        self.facets = EntryList(_("Facets of the answer"))
        self._facet_delegate = FacetDelegate(self.facets)
        self.facets.setItemDelegate(self._facet_delegate)
        self.facets.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facets.opened.connect(self._narrow)
        self.facets.clicked.connect(lambda _index: self._narrow(self.facets.current))
        self.field.entered.connect(self.asked.emit)
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(0, 14, 0, 8)
        page.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(8)
        top.addLayout(row(label(_("Query"), "section"), None, self.sort))
        top.addWidget(self.field)
        top.addWidget(self.understood)
        self.understood.hide()
        top.addWidget(Rule())
        top.addWidget(label(_("Collections"), "section"))
        top.addLayout(self._boxes)
        page.addLayout(top)
        page.addWidget(self.facets)
        page.addStretch(1)
        scroll = ScrollColumn(_("Query, collections and facets"), inner)
        self.body.addWidget(scroll)

    @property
    def query(self) -> str:
        """The query as typed."""
        return self.field.toPlainText().strip()

    @property
    def collections(self) -> tuple[str, ...]:
        """The collections that are ticked; none when all are."""
        ticked = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return () if len(ticked) == len(self.boxes) else ticked

    def hold_collections(self, shelves: tuple[Collection, ...]) -> None:
        """Offer the collections there are; ticks stay."""
        before = {name: box.isChecked() for name, box in self.boxes.items()}
        empty(self._boxes)
        self.boxes = {}
        for shelf in shelves:
            box = CheckBox(_("{name} · {n} records").format(name=shelf.name, n=shelf.coverage.records))
            box.setChecked(before.get(shelf.name, True))
            self.boxes[shelf.name] = box
            self._boxes.addWidget(box)
        if not shelves:
            self._boxes.addWidget(
                label(_("None yet. Add published records to search them."), "small", wrap=True)
            )

    def show_understood(self, query: str) -> None:
        """How the query was read."""
        self.understood.setText(_("Read as: {query}").format(query=words.isolate(query)))
        self.understood.setVisible(bool(query) and query != self.query)

    def refuse(self, refusal: OfficeError) -> None:
        """Mark the place where the query goes wrong."""
        self.field.mark_wrong(refusal.position)

    def hold_facets(self, facets: Mapping[str, Mapping[str, int]]) -> None:
        """Values of each facet, the most frequent first."""
        names = {"ipc": _("Class"), "applicant": _("Applicant"), "year": _("Year"), "office": _("Office")}
        entries = []
        for facet, counts in facets.items():
            if not counts:
                continue
            entries.append(Entry(f"facet {facet}", names.get(facet, facet), heading=True))
            most = max(counts.values())
            for value, count in list(counts.items())[:MOST]:
                entries.append(
                    Entry((facet, value), words.isolate(value), trailing=str(count), value=count / most)
                )
        self.facets.hold(entries, first=False)
        option = QStyleOptionViewItem()
        model = self.facets.entries
        high = sum(
            self._facet_delegate.sizeHint(option, model.index(n)).height() for n in range(model.rowCount())
        )
        self.facets.setFixedHeight(high + 4)

    def _narrow(self, entry: Entry | None) -> None:
        if entry is None or not isinstance(entry.key, tuple):
            return
        facet, value = entry.key
        part = narrowing(facet, value)
        query = self.query
        self.field.setPlainText(f"({query}) AND {part}" if query else part)
        self.asked.emit()


def narrowing(facet: str, value: str) -> str:
    """The part of a query that keeps one value of a facet."""
    if facet == "year":
        return f"pd={value}"
    if facet == "office":
        return f"pn={value}*"
    quoted = value.replace('"', " ").strip()
    return f'{FACET_FIELD[facet]}="{quoted}"' if " " in quoted else f"{FACET_FIELD[facet]}={quoted}"
