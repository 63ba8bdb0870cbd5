"""The rows of a case: claims, classes of goods, designs; their states, and what may be done on some."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from app.domain.case import Case, Row
from app.domain.law import EventRule
from app.errors import _, plural
from ui import words
from ui.lawnames import LawNames
from ui.models.entries import Entry
from ui.rooms.docket_table import status_tone
from ui.theme import Tone
from ui.widgets import reading
from ui.widgets.entrylist import EntryList
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, Rule, label, row
from ui.widgets.states import Notice, Stand


class RowsPage(QWidget):
    """Rows on one side, the chosen one on the other. `acted(event)`: on the rows that are chosen."""

    acted = Signal(str)

    def __init__(self, names: LawNames) -> None:
        super().__init__()
        self.names = names
        self.list = EntryList(_("Rows of the case"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.text = QTextBrowser()
        self.text.setProperty("kind", "reading")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(14)
        self.text.setAccessibleName(_("The chosen row"))
        self.told = label("", "small")
        self.act = Button(_("Act on these rows"), icon="list-checks", kind="filter")
        self.menu = QMenu(self.act)
        self.act.setMenu(self.menu)
        self._rows: dict[str, Row] = {}
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(self.text)
        panes.setSizes([320, 480])
        panes.setChildrenCollapsible(False)
        panes.setAccessibleName(_("Rows of the case"))
        inner = QWidget()
        within = QVBoxLayout(inner)
        within.setContentsMargins(0, 0, 0, 0)
        within.setSpacing(0)
        head = row(self.told, None, self.act)
        head.setContentsMargins(16, 10, 16, 10)
        within.addLayout(head)
        within.addWidget(Rule())
        within.addWidget(panes, 1)
        self.stand = Stand(inner, Notice("list-checks", ""))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 8)
        whole.addWidget(self.stand)
        self.list.chosen.connect(self._show)
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell())
        self.offer(())

    def hold(self, case: Case) -> None:
        """Show a case."""
        self._rows = {r.id: r for r in case.rows}
        self.list.hold(
            Entry(r.id, row_name(r), r.text.replace("\n", " ")[:160], chips=row_chips(r)) for r in case.rows
        )
        self._tell()
        if case.rows:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "list-checks",
                _("No rows yet"),
                _("Claims, goods or designs come in with the application file."),
            )

    def offer(self, rules: Iterable[EventRule]) -> None:
        """Offer the events the law allows now that act on rows."""
        self.menu.clear()
        acting = [rule for rule in rules if "rows" in rule.fields.values()]
        for rule in sorted(acting, key=lambda r: self.names.event(r.id)):
            action = self.menu.addAction(self.names.event(rule.id).replace("&", "&&"))
            action.setData(rule.id)
            action.triggered.connect(lambda _on=False, event=rule.id: self.acted.emit(event))
        self._tell()

    @property
    def chosen(self) -> tuple[Row, ...]:
        """The rows that are chosen, in the order of the case."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda i: i.row())
        entries = (self.list.entries.entry(index) for index in indexes)
        return tuple(self._rows[str(e.key)] for e in entries if e and str(e.key) in self._rows)

    def _tell(self) -> None:
        count = len(self.chosen)
        told = plural("{n} row chosen", "{n} rows chosen", count).format(n=count)
        hint = _("Ctrl or Shift chooses several") if count < 2 and len(self._rows) > 1 else ""
        self.told.setText(" · ".join(part for part in (told, hint) if part))
        self.act.setEnabled(bool(count and self.menu.actions()))

    def _show(self, entry: Entry | None) -> None:
        row = self._rows.get(str(entry.key)) if entry else None
        if row is None:
            self.text.clear()
            return
        parts = [reading.heading(row_name(row))]
        for code, text in (row.texts or {"": row.text}).items():
            if len(row.texts) > 1 or code:
                parts.append(reading.small(words.language_name(code)))
            parts.append(reading.paragraph(text, code))
        self.text.setHtml(reading.page("".join(parts)))


def row_chips(row: Row) -> tuple[Chip, ...]:
    """The state of a row with its day; nothing while no event acted on it."""
    if row.status == "live":
        return ()
    tone = status_tone(row.status) if row.live else Tone.QUIET
    if "refus" in row.status or "oppos" in row.status:
        tone = Tone.RED if row.live or "refus" in row.status else tone
    parts = (row.status_name or row.status, words.full_day(row.since))
    return (Chip(" · ".join(part for part in parts if part), tone),)


def row_name(row: Row) -> str:
    """Claim 1, Class 30, Design 2."""
    names = {"claim": _("Claim {label}"), "class": _("Class {label}"), "design": _("Design {label}")}
    return names.get(row.kind, "{label}").format(label=row.label)
