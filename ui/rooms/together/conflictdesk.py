"""The conflict desk: values side by side with who, when and where; first the reason, then the choice."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.dossier import Conflict, ConflictValue
from app.errors import OfficeError, _
from ui import words
from ui.models.entries import Entry
from ui.rooms.case.history import told
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Button, Rule, Sheet, empty, label, row, selectable
from ui.widgets.states import Notice, Stand, Strip


class ConflictDesk(Sheet):
    """`settled(conflict id, value id or text, reason)`; `case_asked(case id)`."""

    settled = Signal(str, str, str)
    case_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=0, spacing=0)
        self.stations: Mapping[str, str] = {}
        self._conflicts: tuple[Conflict, ...] = ()
        self.strip = Strip()
        self.list = EntryList(_("Conflicts"))
        self.list.setFixedWidth(248)
        self.count = label("", "small")
        self.cards = QHBoxLayout()
        self.cards.setSpacing(12)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason, kept with the settlement"))
        self.reason.setAccessibleName(_("Reason for the settlement"))
        self.other = QLineEdit()
        self.other.setPlaceholderText(_("Another value"))
        self.other.setAccessibleName(_("Another value"))
        self.buttons: list[Button] = []
        self._keep = QHBoxLayout()
        self._keep.setSpacing(8)
        self.keep_other = Button(_("Keep another value"), act=self._other)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(lambda entry: self.case_asked.emit(entry.value.case))
        self.stand = Stand(self._whole(), Notice("circle-check", ""))
        self.body.addWidget(self.stand)

    def _whole(self) -> QWidget:
        whole = QWidget()
        left = QVBoxLayout()
        left.setContentsMargins(0, 12, 0, 12)
        left.setSpacing(8)
        head = row(label(_("Conflicts"), "section"), None, self.count)
        head.setContentsMargins(16, 0, 16, 0)
        left.addLayout(head)
        left.addWidget(self.list, 1)
        note = label(
            _(
                "All values stay in the history, whatever you keep. Letters of the case wait "
                "until it is settled."
            ),
            "small",
            wrap=True,
        )
        note.setContentsMargins(16, 0, 16, 0)
        left.addWidget(note)
        right = QVBoxLayout()
        right.setContentsMargins(12, 12, 16, 12)
        right.setSpacing(10)
        holder = QWidget()
        self.cards.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(self.cards)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(_("The values"))
        scroll.setWidget(holder)
        right.addWidget(self.strip)
        right.addWidget(scroll, 1)
        right.addLayout(row(self.reason, self._keep))
        right.addLayout(row(self.other, self.keep_other))
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(250)
        line.addWidget(side)
        line.addWidget(Rule(upright=True))
        line.addLayout(right, 1)
        return whole

    def name_stations(self, stations: Mapping[str, str]) -> None:
        """Whose station an id is."""
        if stations != self.stations:
            self.stations = stations
            self._show(self.list.current)

    def hold(self, conflicts: tuple[Conflict, ...]) -> None:
        """Show the open conflicts."""
        self._conflicts = conflicts
        self.count.setText(str(len(conflicts)))
        self.list.hold(
            Entry(
                c.id,
                words.isolate(c.number) or c.case[:8],
                field_words(c.field),
                icon="git-fork",
                icon_tone="red",
                value=c,
            )
            for c in conflicts
        )
        if conflicts:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "circle-check",
                _("No conflicts"),
                _(
                    "When two stations set the same guarded field unaware of one another, both "
                    "values are kept here."
                ),
            )

    def _show(self, entry: Entry | None) -> None:
        empty(self.cards)
        empty(self._keep)
        self.buttons = []
        conflict = entry.value if entry else None
        if not isinstance(conflict, Conflict):
            return
        for number, value in enumerate(conflict.values, start=1):
            self.cards.addWidget(self._card(value))
            text = told(value.value)
            button = Button(_("Keep {value}  ({n})").format(value=_short(text), n=number))
            button.clicked.connect(lambda _checked=False, v=value: self._settle(v.id))
            self.buttons.append(button)
            self._keep.addWidget(button)

    def _card(self, value: ConflictValue) -> QFrame:
        card = QFrame()
        card.setObjectName("choice")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(4)
        inner.addWidget(selectable(told(value.value), "section", wrap=True))
        inner.addSpacing(4)
        for name, said in (
            (_("Who"), value.who),
            (_("When"), words.moment(value.when)),
            (_("Where"), self.stations.get(value.station, value.station[:8])),
        ):
            called = label(name, "label")
            called.setFixedWidth(56)
            line = row(called, selectable(said))
            line.addStretch(1)
            inner.addLayout(line)
        inner.addStretch(1)
        return card

    def refuse(self, refusal: OfficeError) -> None:
        """Show why it was not settled."""
        self.strip.refuse(refusal)

    def done(self) -> None:
        """It was settled."""
        self.strip.clear()
        self.reason.clear()
        self.other.clear()

    def _settle(self, keep: str) -> None:
        entry = self.list.current
        if entry is None:
            return
        if not self.reason.text().strip():
            self.strip.say(
                _("The reason is missing."), Tone.AMBER, _("It is kept with the settlement: write it first.")
            )
            self.reason.setFocus()
            return
        self.settled.emit(str(entry.key), keep, self.reason.text().strip())

    def _other(self) -> None:
        if self.other.text().strip():
            self._settle(self.other.text().strip())
        else:
            self.other.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 keep the first or the second value."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self.buttons) and not event.modifiers():
            self.buttons[number].click()
        else:
            super().keyPressEvent(event)


def field_words(field: str) -> str:
    """A guarded field in words."""
    return {
        "title": _("Title"),
        "applicant": _("Applicant"),
        "representative": _("Representative"),
        "priorities": _("Priorities"),
        "mark": _("Mark"),
        "row": _("Row"),
        "classes": _("Classes"),
        "filing_date": _("Filing date"),
    }.get(field, field)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
