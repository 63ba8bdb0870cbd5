"""The room of prior art, worked by keyboard: / query, j k hits, x y a category, n p places, 1-9 concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import searching as ask
from ui.ask.searching import Opened
from ui.desk import Desk
from ui.rooms.prior_art.addform import AddForm
from ui.rooms.prior_art.citing import Citing
from ui.rooms.prior_art.coverage import CoverageLine
from ui.rooms.prior_art.hitlist import HitList
from ui.rooms.prior_art.querypane import QueryPane
from ui.rooms.prior_art.recordpane import RecordPane
from ui.rooms.prior_art.shelves import Shelves
from ui.rooms.room import Action, Room
from ui.widgets.pieces import Rule, Sheet, label, row
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.searching import Hit, SearchPage


class PriorArtRoom(Room):
    """Three panes and the line of coverage."""

    key = "prior-art"
    icon = "text-search"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.query = QueryPane()
        self.hits = HitList()
        self.record = RecordPane(desk)
        self.form = AddForm()
        self.coverage = CoverageLine()
        self.shelves = Shelves(desk, self.form, self)
        self.citing = Citing(desk, self.hits, self.record.take, self)
        self.answer: SearchPage | None = None
        self._fetching = False
        self.count = label("", "section")
        self.rated = label("", "small")
        self.stand = Stand(self.hits, Notice("text-search", ""))
        self._build()
        self._connect()
        self._nothing_asked()
        self.shelves.ask()

    def _build(self) -> None:
        middle = Sheet(padding=0, spacing=0)
        head = row(self.count, None, self.rated)
        head.setContentsMargins(16, 14, 16, 12)
        middle.body.addLayout(head)
        middle.body.addWidget(Rule())
        middle.body.addWidget(self.stand, 1)
        middle.body.addSpacing(8)
        middle.setMinimumWidth(236)
        self.right = QStackedWidget()
        self.right.addWidget(self.record)
        self.right.addWidget(self.form)
        self.right.setMinimumWidth(324)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.query, middle, self.right):
            self.panes.addWidget(pane)
        self.panes.setStretchFactor(2, 1)
        self.remember_panes(self.panes, "prior-art", [248, 380, 514])
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.panes, 1)
        whole.addWidget(self.coverage)
        self.page.addWidget(holder, 1)

    def _connect(self) -> None:
        self.query.asked.connect(self.search)
        self.hits.chosen.connect(self._choose)
        self.hits.opened.connect(lambda _hit: self.record.text.setFocus())
        self.hits.near_end.connect(self._more)
        self.record.taken.connect(self.citing.cite)
        self.citing.cited.connect(self._cited)
        self.form.left.connect(lambda: self.right.setCurrentWidget(self.record))
        self.shelves.held.connect(self._show_shelves)

    def title(self) -> str:
        return _("Prior art")

    def actions_now(self) -> tuple[Action, ...]:
        return (
            Action(_("Add records"), "plus", self.add_records),
            Action(_("Search"), "search", self.search, primary=True),
        )

    def status(self) -> str:
        case = self.desk.case
        if case is None:
            return ""
        return _("Case {number} · {title}").format(number=words.isolate(case.number), title=case.title)

    def enter(self, what: object = None) -> None:
        self.record.take.show_case()
        self._show_ratings()
        if isinstance(what, tuple) and what[0] == "record":
            self._open(str(what[1]))
        elif isinstance(what, tuple) and what[0] == "query":
            self.query.field.setPlainText(str(what[1]))
            self.search()
        elif isinstance(what, list):
            self.add_records()
            self.form.take(what)
        else:
            self.query.field.setFocus()

    def concerns(self, changes: Changes) -> None:
        if "collection" in changes.kinds:
            self.shelves.ask()

    def back(self) -> bool:
        if super().back():
            return True
        if self.right.currentWidget() is self.form:
            self.right.setCurrentWidget(self.record)
            return True
        if self.record.isAncestorOf(self.focusWidget() or self):
            self.hits.setFocus()
            return True
        return False

    # -- searching

    def search(self) -> None:
        """Ask the collections that are ticked."""
        query = self.query.query
        if not query:
            self.query.field.setFocus()
            return
        self.strip.clear()
        self.query.field.mark_wrong(None)
        if self.answer is None:
            self.stand.show_busy(_("Searching …"))
        names, sort = self.query.collections, str(self.query.sort.value)
        self.desk.read(
            self,
            lambda office, progress: ask.search(office, progress, query, names, sort),
            self._hold,
            title=_("Searching"),
            key="search",
            refused=self._not_found,
            stopped=self.stand.show_stopped,
        )

    def _hold(self, page: SearchPage) -> None:
        self.answer = page
        self._fetching = False
        self.query.show_understood(page.query)
        self.query.hold_facets(page.facets)
        searched = {reach.collection for reach in page.coverage}
        self.coverage.hold(page.coverage, [s.name for s in self.shelves.shelves if s.name not in searched])
        self.count.setText(plural("{n} hit", "{n} hits", page.total).format(n=f"{page.total:,}"))
        self.hits.hits.hold(page.hits)
        self._show_ratings()
        if page.hits:
            self.stand.show_thing()
            self.hits.choose(0)
            self.hits.setFocus()
        else:
            self.stand.show_empty(
                "text-search",
                _("Nothing found"),
                _(
                    "In these collections. Fewer or truncated words (dry*) find more; nothing "
                    "found is not novelty."
                ),
            )
            self.record.clear()

    def _not_found(self, refusal: OfficeError) -> None:
        self.query.refuse(refusal)
        self.refuse(refusal)
        if self.answer is None:
            self._nothing_asked()
        self.query.field.setFocus()

    def _more(self) -> None:
        page = self.answer
        if page is None or not page.next or self._fetching:
            return
        self._fetching = True
        names, sort, after = self.query.collections, str(self.query.sort.value), page.next
        self.desk.read(
            self,
            lambda office, progress: ask.search(office, progress, page.query, names, sort, after),
            self._hold_more,
            title=_("Searching"),
            key="search",
        )

    def _hold_more(self, page: SearchPage) -> None:
        self._fetching = False
        self.answer = page
        self.hits.hits.more(page.hits)
        self._tell()

    def _nothing_asked(self) -> None:
        self.count.setText(_("Hits"))
        self.rated.setText("")
        self.stand.show_empty(
            "text-search",
            _("Ask the collections"),
            _(
                "Type a query and press Enter. j and k go through the hits, x, y and a cite "
                "them, 1 to 9 go to the "
                "found words."
            ),
        )

    # -- records

    def _choose(self, hit: Hit | None) -> None:
        if hit is not None:
            self._open(hit.id)

    def _open(self, hit_id: str) -> None:
        query = self.answer.query if self.answer else ""
        self.right.setCurrentWidget(self.record)
        self.desk.read(
            self,
            lambda office, progress: ask.read(office, progress, hit_id, query),
            self._show_record,
            key="record",
            refused=lambda refusal: self.record.clear(refusal.message, refusal.remedy),
        )

    def _show_record(self, opened: Opened) -> None:
        self.record.hold(opened)
        self.hits.hits.mark_seen(opened.hit_id)
        self._tell()

    def _show_ratings(self) -> None:
        case = self.desk.case
        self.hits.hits.rate(case.cited if case else {})
        self._tell()

    def _tell(self) -> None:
        model = self.hits.hits
        if not model.hits:
            self.rated.setText("")
            return
        cited = sum(1 for hit in model.hits if hit.id in model.ratings)
        self.rated.setText(_("{cited} cited · {seen} seen").format(cited=cited, seen=model.seen))

    # -- collections

    def add_records(self) -> None:
        """Open the form that adds records to a collection."""
        self.shelves.offer()
        self.right.setCurrentWidget(self.form)

    def _show_shelves(self) -> None:
        self.query.hold_collections(self.shelves.shelves)
        if self.answer is None:
            self.coverage.hold([shelf.coverage for shelf in self.shelves.shelves], [])

    def _cited(self) -> None:
        self._show_ratings()
        self.hits.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Slash:
            self.query.field.setFocus()
            self.query.field.selectAll()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            self.record.next_of(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_N:
            self.record.step(1)
        elif key == Qt.Key.Key_P:
            self.record.step(-1)
        else:
            super().keyPressEvent(event)
