"""Writing a letter: template, languages, day and own words; every change shows in the preview."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import OfficeError, _
from ui import words
from ui.ask.letters import Wish
from ui.lawnames import LawNames
from ui.widgets.checkbox import CheckBox
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.fields import DateField
from ui.widgets.pieces import Button, ElidedLabel, Sheet, empty, label, row
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.letters import TemplateLine

PAUSE = 350
"""Milliseconds after the last key before the preview is made anew."""


class DraftForm(Sheet):
    """`changed` when the preview is out of date; `issued` when the letter is to go; `left` Esc."""

    changed = Signal()
    issued = Signal()
    left = Signal()

    def __init__(self, names: LawNames, today: date) -> None:
        super().__init__(padding=0, spacing=0)
        self.names = names
        self.case: Case | None = None
        self._templates: dict[str, TemplateLine] = {}
        self.strip = Strip()
        self.about = ElidedLabel("", "small")
        self.template = ChoiceButton("", self._template_changed)
        self.prevails = ChoiceButton(_("Prevails"), self._ask)
        self.layout_choice = ChoiceButton(_("Layout"), self._ask)
        self.layout_choice.offer(
            [
                Choice("", _("as usual")),
                Choice("side", _("columns")),
                Choice("after", _("one after the other")),
            ]
        )
        self.languages: dict[str, CheckBox] = {}
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(0)
        self.day = DateField(_("Date of the letter"), today)
        self.day.no_later_than(today)
        self.reference = QLineEdit()
        self.reference.setAccessibleName(_("Their reference"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Your own words"))
        self.text.setPlaceholderText(_("Your own words; the fixed text stays apart from them"))
        self.text.setMinimumHeight(96)
        self.text.setTabChangesFocus(True)
        self.issue = Button(_("Issue the letter"), icon="send", act=self.issued.emit)
        self.leave = Button(_("Leave the draft"), act=self.left.emit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.changed.emit)
        self.day.dateChanged.connect(lambda _day: self._ask())
        self.text.textChanged.connect(self._timer.start)
        self.reference.textEdited.connect(lambda _text: self._timer.start())
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(16, 14, 16, 12)
        page.setSpacing(6)
        page.addWidget(label(_("New letter"), "section"))
        page.addWidget(self.about)
        page.addWidget(self.strip)
        page.addSpacing(4)
        page.addWidget(label(_("Letter"), "label"))
        page.addWidget(self.template)
        page.addWidget(label(_("Languages"), "label"))
        page.addLayout(self._boxes)
        page.addWidget(self.prevails)
        page.addWidget(self.layout_choice)
        page.addLayout(row(label(_("Date"), "label"), None, self.day))
        page.addWidget(label(_("Their reference"), "label"))
        page.addWidget(self.reference)
        page.addWidget(label(_("Your own words"), "label"))
        page.addWidget(self.text, 1)
        scroll = ScrollColumn(_("New letter"), inner)
        self.body.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(
            label(_("Issuing numbers the letter, opens its limit and cannot be undone."), "small", wrap=True)
        )
        foot.addWidget(self.issue)
        foot.addWidget(self.leave)
        self.body.addLayout(foot)

    def begin(self, case: Case, templates: tuple[TemplateLine, ...], language: str) -> None:
        """A new draft for a case, with the letters that serve its right."""
        self.case = case
        self.strip.clear()
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.reference.clear()
        self.issue.setEnabled(True)
        self.about.say(" · ".join(p for p in (words.isolate(case.number), case.title) if p))
        fitting = [t for t in templates if str(case.right) in t.rights]
        self._templates = {t.id: t for t in fitting}
        self.template.offer([Choice(t.id, self.names.letter(t.id)) for t in fitting])
        if not fitting:
            self.strip.say(_("The law pack has no letter for this right."))
            self.issue.setEnabled(False)
            return
        self._template_changed(language)

    def _template_changed(self, language: str = "") -> None:
        template = self._templates.get(str(self.template.value))
        if template is None:
            return
        ticked = {code for code, box in self.languages.items() if box.isChecked()}
        first = language or (self.case.language if self.case else "")
        ticked = ticked or {first if first in template.languages else template.languages[0]}
        empty(self._boxes)
        self.languages = {}
        for code in template.languages:
            box = CheckBox(words.language_name(code))
            box.setChecked(code in ticked)
            box.toggled.connect(lambda _on: self._languages_changed())
            self.languages[code] = box
            self._boxes.addWidget(box)
        self._languages_changed()

    def _languages_changed(self) -> None:
        ticked = [code for code, box in self.languages.items() if box.isChecked()]
        self.prevails.offer([Choice(code, words.language_name(code)) for code in ticked])
        self.prevails.setVisible(len(ticked) > 1)
        self.layout_choice.setVisible(len(ticked) > 1)
        self._ask()

    def _ask(self) -> None:
        self._timer.start(1)

    def wish(self) -> Wish | None:
        """The letter as it stands in the form; None while something is missing."""
        template = self._templates.get(str(self.template.value))
        ticked = [code for code, box in self.languages.items() if box.isChecked()]
        if self.case is None or template is None or not ticked:
            return None
        first = str(self.prevails.value or ticked[0])
        languages = (first, *(code for code in ticked if code != first))
        fields = {}
        if text := self.text.toPlainText().strip():
            fields["text"] = text
        if reference := self.reference.text().strip():
            fields["your_reference"] = reference
        on = self.day.day
        return Wish(self.case.id, template.id, on, languages, str(self.layout_choice.value or ""), fields)

    def refuse(self, refusal: OfficeError) -> None:
        """Show why it was not issued."""
        self.issue.setEnabled(True)
        self.strip.refuse(refusal)
