"""The docket: cases by their next limit; beside them one case, why its date, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSplitter, QStackedWidget, QWidget

from app.domain.changes import Changes
from app.domain.docket import DocketAsk, DocketChoices, DocketPage
from app.domain.record import Right
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import cases as ask_cases
from ui.desk import Desk
from ui.models.docket import DocketModel
from ui.rooms.docket_bulk import BulkPane
from ui.rooms.docket_detail import CaseDetail
from ui.rooms.docket_table import DocketTable
from ui.rooms.room import Action, Room
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.pieces import Button, Rule, Sheet, label, row
from ui.widgets.states import Notice, Stand

DUE = (None, 0, 7, 30, 90)
ROOMY = 720
"""Pixels from which the filter row shows everything."""


class DocketRoom(Room):
    """Filter row, table, detail pane."""

    key = "docket"
    icon = "calendar-clock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = DocketModel(self)
        self.table = DocketTable(self.model)
        self.detail = CaseDetail(desk)
        self.bulk = BulkPane(desk)
        self.bulk.left.connect(self._leave_bulk)
        self._pending = ""
        self._whole = 0
        self.stand = Stand(
            self.table,
            Notice("inbox", "", action=_("Take in applications"), act=lambda: desk.go("reception")),
        )
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(120)
        self._typing.timeout.connect(self.ask_again)
        self._build()
        self.model.wanted.connect(self._ask_more)
        self.model.rearranged.connect(self.ask_again)
        self.table.moved.connect(lambda _index: self._show_detail())
        self.table.opened.connect(lambda _index: self._open())
        self.table.installEventFilter(self)
        self.ask_again()

    def _build(self) -> None:
        sheet = Sheet(padding=0, spacing=0)
        sheet.body.addWidget(self._filter_row())
        sheet.body.addWidget(Rule())
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(1, 0, 1, 6)
        inner.addWidget(self.stand)
        sheet.body.addWidget(holder, 1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(sheet)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.detail)
        self.beside.addWidget(self.bulk)
        panes.addWidget(self.beside)
        panes.setStretchFactor(0, 1)
        self.remember_panes(panes, "docket", [820, 316])
        self.page.addWidget(panes, 1)

    def _filter_row(self) -> QWidget:
        self.right = ChoiceButton(_("Right"), self._narrow, narrows=True)
        self.state = ChoiceButton(_("State"), self._narrow, narrows=True)
        self.officer = ChoiceButton(_("Examiner"), self._narrow, narrows=True)
        self.due = ChoiceButton(_("Due"), self._narrow, narrows=True)
        self.due.offer(
            [Choice(None, _("any time")), *(Choice(d, self._due_name(d)) for d in DUE[1:] if d is not None)]
        )
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Words"))
        self.words.setAccessibleName(_("Narrow by words"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(96)
        self.words.setFixedHeight(32)
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.count = label("", "small")
        self.grouping = Button(_("By week"), icon="calendar", kind="filter", act=self._regroup)
        self.grouping.setCheckable(True)
        self.grouping.setChecked(True)
        filters = FilterRow(self.count, self.grouping)
        line = row(
            self.words, self.right, self.state, self.officer, self.due, None, self.count, self.grouping
        )
        line.setStretch(0, 1)
        line.setContentsMargins(12, 11, 12, 11)
        filters.setLayout(line)
        return filters

    @staticmethod
    def _due_name(days: int) -> str:
        return _("today") if days == 0 else plural("in {n} day", "in {n} days", days).format(n=days)

    def title(self) -> str:
        return _("Docket")

    def actions_now(self) -> tuple[Action, ...]:
        return (
            Action(_("New case"), "file-plus", lambda: self.desk.go("reception", "new"), keys="Ctrl+N"),
            Action(
                _("Take in applications"),
                "plus",
                lambda: self.desk.go("reception"),
                primary=True,
                keys="Ctrl+I",
            ),
        )

    def enter(self, what: object = None) -> None:
        if isinstance(what, str) and what:
            self._pending = what
            self.table.choose(what)
        self.table.setFocus()

    def concerns(self, changes: Changes) -> None:
        if changes.kinds or changes.cases:
            self.ask_again()

    def ask_again(self) -> None:
        """Ask for the docket anew, as far as it has been scrolled."""
        asked = self._asked()
        self.model.wait()
        limit = max(ask_cases.PAGE, len(self.model.lines))
        self.desk.read(
            self,
            lambda office, progress: ask_cases.docket_first(office, progress, asked, limit),
            self._hold,
            key="docket",
            refused=self.stand.show_refusal,
        )

    def _ask_more(self) -> None:
        asked, after = self._asked(), self.model.next
        self.desk.read(
            self,
            lambda office, progress: ask_cases.docket_page(office, progress, asked, after=after),
            lambda page: self.model.more(self.desk.names.page(page)),
            key="docket",
            refused=self._refuse_more,
        )

    def _refuse_more(self, refusal: OfficeError) -> None:
        self.model.give_up()
        self.refuse(refusal)

    def _asked(self) -> DocketAsk:
        return self.model.asked(
            DocketAsk(
                text=self.words.text().strip(),
                right=self.right.value or "",
                status=self.state.value or "",
                officer=self.officer.value or "",
                due=self.due.value,
            )
        )

    def _hold(self, answer: tuple[DocketPage, DocketChoices]) -> None:
        page, offered = answer
        chosen = self._pending or (self.detail.case.id if self.detail.case else "")
        self._whole = offered.total
        self.model.hold(self.desk.names.page(page), self.desk.today)
        self._offer(offered)
        self._tell()
        if not self._asked_narrowly():
            self.counted.emit(self.key, self.model.limited)
        self.table.choose(chosen)
        self._show_detail()

    def _offer(self, offered: DocketChoices) -> None:
        every = [Choice("", _("all"))]
        rights = [r for r in Right if str(r) in offered.rights]
        self.right.offer([*every, *(Choice(str(r), words.right_name(r)) for r in rights)])
        states = {code: self.desk.names.state(code, name) for code, name in offered.statuses}
        self.state.offer([*every, *(Choice(c, n) for c, n in sorted(states.items(), key=lambda s: s[1]))])
        self.officer.offer([*every, *(Choice(o, o) for o in offered.officers)])

    def _asked_narrowly(self) -> bool:
        asked = self._asked()
        return asked.due is not None or any((asked.text, asked.right, asked.status, asked.officer))

    def _narrow(self) -> None:
        self.ask_again()

    def _regroup(self) -> None:
        self.model.group(self.grouping.isChecked())
        self.table.choose(self.detail.case.id if self.detail.case else "")

    def _tell(self) -> None:
        shown, whole = self.model.total, self._whole
        self.count.setText(
            plural("{n} case", "{n} cases", whole).format(n=whole)
            if shown == whole
            else _("{shown} of {whole} cases").format(shown=shown, whole=whole)
        )
        if whole == 0:
            self.stand.show_empty(
                "inbox",
                _("No cases yet"),
                _("Drop application files anywhere in this window, or choose them."),
            )
        elif shown == 0:
            self.stand.show_empty(
                "list-filter", _("No case passes these filters"), _("Set one of them to “all”.")
            )
        else:
            self.stand.show_thing()
        self.stand.notice.button.setVisible(whole == 0)

    def _leave_bulk(self) -> None:
        self.beside.setCurrentWidget(self.detail)
        self.table.choose(self.bulk.cases[0].id if self.bulk.cases else "")
        self._show_detail()

    def back(self) -> bool:
        """Esc: from several cases to one."""
        if super().back():
            return True
        if self.beside.currentWidget() is self.bulk:
            self._leave_bulk()
            return True
        return False

    def _show_detail(self) -> None:
        several = self.table.chosen_cases() if self.stand.is_thing else ()
        if len(several) > 1:
            self.beside.setCurrentWidget(self.bulk)
            self.bulk.begin(several)
            return
        # What came of a request stays to be read while the docket under it is asked anew.
        if not (self.beside.currentWidget() is self.bulk and self.bulk.has_result):
            self.beside.setCurrentWidget(self.detail)
        self.detail.show_case(self.table.current_case() if self.stand.is_thing else None)

    def _open(self) -> None:
        if (case := self.table.current_case()) is not None:
            self.desk.go("case", case.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """L on the table writes a letter for the chosen case."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_L
        ):
            self.detail.write_letter()
            return True
        return super().eventFilter(watched, event)


class FilterRow(QFrame):
    """In a narrow window the count goes and the grouping keeps its icon alone."""

    def __init__(self, count: QLabel, grouping: Button) -> None:
        super().__init__()
        self._count, self._grouping = count, grouping
        self._words = grouping.text()

    def minimumSizeHint(self) -> QSize:
        """Without what goes first."""
        return QSize(480, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= ROOMY
        self._count.setVisible(wide)
        self._grouping.setText(self._words if wide else "")
        self._grouping.setToolTip("" if wide else self._words)
