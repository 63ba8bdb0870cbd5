"""Taking a hit as a citation for the open case: category, claims, passages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.errors import OfficeError, _
from ui import words
from ui.desk import Desk
from ui.rooms.case.recording import CATEGORIES
from ui.theme import Tone
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.pieces import Button, ElidedLabel, Rule
from ui.widgets.states import Strip


class TakeForm(QFrame):
    """`taken((category, claims, passages))` when the person takes the hit."""

    taken = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.strip = Strip()
        self.case = ElidedLabel("", "small")
        self.category = ChoiceButton(_("Category"), lambda: None)
        self.category.offer([Choice(c, c) for c in CATEGORIES])
        self.category.setMinimumWidth(self.category.sizeHint().width())
        self.claims = QLineEdit()
        self.claims.setPlaceholderText(_("Claims: 1-3, 5"))
        self.claims.setAccessibleName(_("Claims the document is cited against"))
        self.passages = QLineEdit()
        self.passages.setPlaceholderText(_("Passages"))
        self.passages.setAccessibleName(_("Passages of the document"))
        for field in (self.claims, self.passages):
            field.setProperty("kind", "small")
            field.returnPressed.connect(self._take)
        self.take = Button(_("Cite"), icon="quote", kind="filter", act=self._take)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for thing in (self.category, self.claims, self.passages, self.take):
            fields.addWidget(thing)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 12)
        inner.setSpacing(6)
        inner.addWidget(self.strip)
        inner.addWidget(self.case)
        inner.addLayout(fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Rule())
        whole.addLayout(inner)
        self.show_case()

    def show_case(self) -> None:
        """Which case the citation goes to."""
        case = self.desk.case
        ready = case is not None
        if case is None:
            self.case.say(_("Open a case first: hits are cited for the case you work on."))
        else:
            self.case.say(
                _("Cite for {number} · {title}").format(number=words.isolate(case.number), title=case.title)
            )
        for part in (self.category, self.claims, self.passages, self.take):
            part.setEnabled(ready)

    def start(self, category: str) -> None:
        """x, y or a was pressed on a hit: the category is set, the claims come next."""
        self.strip.clear()
        if self.desk.case is None:
            self.strip.say(
                _("No case is open, so there is nothing to cite for."),
                Tone.AMBER,
                _("Open a case (Ctrl+K), then come back: the search stays as it is."),
            )
            return
        self.category.choose(category)
        self.claims.setFocus()

    def refuse(self, refusal: OfficeError) -> None:
        """Show why it was not taken."""
        self.strip.refuse(refusal)
        self.take.setEnabled(True)

    def done(self) -> None:
        """It was taken."""
        self.strip.clear()
        self.claims.clear()
        self.passages.clear()
        self.take.setEnabled(True)

    def _take(self) -> None:
        if self.desk.case is None:
            return
        self.take.setEnabled(False)
        self.taken.emit((self.category.value, self.claims.text().strip(), self.passages.text().strip()))
