"""The rows of a case: claims, classes of goods, designs; each whole, in every language it has."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTextBrowser, QVBoxLayout, QWidget

from app.domain.case import Case, Row
from app.errors import _
from ui import words
from ui.models.entries import Entry
from ui.widgets import reading
from ui.widgets.entrylist import EntryList
from ui.widgets.states import Notice, Stand


class RowsPage(QWidget):
    """Rows on one side, the chosen one on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.list = EntryList(_("Rows of the case"))
        self.text = QTextBrowser()
        self.text.setProperty("kind", "reading")
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("The chosen row"))
        self._rows: dict[str, Row] = {}
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(self.text)
        panes.setSizes([280, 520])
        panes.setChildrenCollapsible(False)
        panes.setAccessibleName(_("Rows of the case"))
        self.stand = Stand(panes, Notice("list-checks", ""))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 8, 8, 8)
        whole.addWidget(self.stand)
        self.list.chosen.connect(self._show)

    def hold(self, case: Case) -> None:
        """Show a case."""
        self._rows = {r.id: r for r in case.rows}
        self.list.hold(
            Entry(
                r.id,
                row_name(r),
                r.text.replace("\n", " ")[:160],
                trailing=r.status_name or ("" if r.status == "live" else r.status),
            )
            for r in case.rows
        )
        if case.rows:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "list-checks",
                _("No rows yet"),
                _("Claims, goods or designs come in with the application file."),
            )

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


def row_name(row: Row) -> str:
    """Claim 1, Class 30, Design 2."""
    names = {"claim": _("Claim {label}"), "class": _("Class {label}"), "design": _("Design {label}")}
    return names.get(row.kind, "{label}").format(label=row.label)
