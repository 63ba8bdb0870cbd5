"""Beside the case: next actions, parties, newest documents."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import _
from ui import words
from ui.models.entries import Entry
from ui.widgets.actioncard import ActionCard
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Sheet, label, row
from ui.widgets.scrolling import ScrollColumn

_INID = {"applicant": "71", "inventor": "72", "representative": "74", "proprietor": "73", "holder": "73"}
"""INID codes of the roles (WIPO Standard ST.9)."""

_MARK_INID = {"applicant": "731", "representative": "740", "holder": "732", "proprietor": "732"}
"""The same for marks (WIPO Standard ST.60)."""

WIDTH = 304


class CaseSide(ScrollColumn):
    """`record`, `letter` are the next actions; `document(id)` opens one."""

    record = Signal()
    letter = Signal()
    document = Signal(str)

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(_("Beside the case"), inner)
        self.setFixedWidth(WIDTH)
        page = QVBoxLayout(inner)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(self._actions())
        self.parties, self._parties = self._list_sheet(_("Parties"), _("as at today"))
        self.documents, self._documents = self._list_sheet(_("Documents"), "")
        page.addWidget(self._parties)
        page.addWidget(self._documents)
        page.addStretch(1)
        self.documents.opened.connect(lambda entry: self.document.emit(str(entry.key)))
        self.documents.clicked.connect(lambda _index: self._open_document())

    def _actions(self) -> Sheet:
        sheet = Sheet(padding=16, spacing=8)
        sheet.body.addWidget(label(_("Next actions"), "section"))
        self.record_card = ActionCard(
            "pencil", _("Record what happened"), _("A reply, a decision, a note"), "R"
        )
        self.letter_card = ActionCard("mail", _("Write a letter"), _("Look at it, then issue it"), "L")
        self.record_card.chosen.connect(self.record.emit)
        self.letter_card.chosen.connect(self.letter.emit)
        sheet.body.addWidget(self.record_card)
        sheet.body.addWidget(self.letter_card)
        return sheet

    @staticmethod
    def _list_sheet(title: str, note: str) -> tuple[EntryList, Sheet]:
        sheet = Sheet(padding=0, spacing=4)
        head = row(label(title, "section"), None, label(note, "small"))
        head.setContentsMargins(16, 14, 16, 0)
        sheet.body.addLayout(head)
        things = EntryList(title)
        things.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet.body.addWidget(things)
        sheet.body.addSpacing(8)
        return things, sheet

    def hold(self, case: Case) -> None:
        """Show a case."""
        inid = _MARK_INID if str(case.right) == "trade_mark" else _INID
        parties = [
            Entry(
                p.id,
                p.name,
                " · ".join(x for x in (role_name(p.role), p.address, p.country) if x),
                trailing=f"({inid[p.role]})" if p.role in inid else "",
                icon=_role_icon(p.role),
            )
            for p in case.parties
        ]
        self._fill(self.parties, self._parties, parties)
        newest = sorted(case.documents, key=lambda d: d.received, reverse=True)[:4]
        documents = [
            Entry(
                d.id,
                d.name,
                _("received {day}").format(day=words.full_day(d.received)),
                icon="file-text",
                under=words.size(d.bytes),
            )
            for d in newest
        ]
        self._fill(self.documents, self._documents, documents)

    @staticmethod
    def _fill(things: EntryList, sheet: Sheet, entries: list[Entry]) -> None:
        things.hold(entries, first=False)
        things.setFixedHeight(things.whole_height() + 2)
        sheet.setVisible(bool(entries))

    def _open_document(self) -> None:
        if (entry := self.documents.current) is not None:
            self.document.emit(str(entry.key))


def role_name(role: str) -> str:
    """A party's role."""
    return {
        "applicant": _("Applicant"),
        "inventor": _("Inventor"),
        "representative": _("Representative"),
        "proprietor": _("Proprietor"),
        "holder": _("Holder"),
        "assignee": _("Assignee"),
    }.get(role, role)


def _role_icon(role: str) -> str:
    return {"inventor": "user", "representative": "scale"}.get(role, "building-2")
