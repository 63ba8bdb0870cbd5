"""The room of letters: queue by state, the page as large as fits, fields and actions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget

from app.domain.case import Case
from app.domain.changes import Changes
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import cases as ask_cases
from ui.ask import documents as ask_documents
from ui.ask import letters as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.letters.despatch import Despatch
from ui.rooms.letters.draft import DraftForm
from ui.rooms.letters.facts import LetterFacts
from ui.rooms.room import Action, Room
from ui.widgets.entrylist import EntryList
from ui.widgets.pagedesk import PageDesk
from ui.widgets.pieces import Sheet
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.documents import PagedDocument
    from app.services.letters import Issued, LetterLine, TemplateLine

STATES = ("issued", "printed", "served", "replaced")


class LettersRoom(Room):
    """`enter(("write", case id))` begins a letter."""

    key = "letters"
    icon = "mail"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.letters: tuple[LetterLine, ...] = ()
        self.templates: tuple[TemplateLine, ...] = ()
        self.queue = EntryList(_("Letters by state"))
        self.pages = PageDesk()
        self.facts = LetterFacts(desk.names, desk.today)
        self.draft = DraftForm(desk.names, desk.today)
        self.despatch = Despatch(self, self.facts)
        self._drafting = False
        self._build()
        self._connect()
        desk.read(self, ask.templates, self._hold_templates, key="templates")
        self._ask()

    def _build(self) -> None:
        left = Sheet(padding=0)
        self.stand = Stand(self.queue, Notice("mail", ""))
        left.body.addSpacing(8)
        left.body.addWidget(self.stand, 1)
        left.body.addSpacing(8)
        left.setMinimumWidth(180)
        middle = Sheet(padding=0)
        middle.body.setContentsMargins(1, 1, 1, 8)
        middle.body.addWidget(self.pages)
        middle.setMinimumWidth(340)
        self.side = QStackedWidget()
        self.side.addWidget(self.facts)
        self.side.addWidget(self.draft)
        panes = QSplitter(Qt.Orientation.Horizontal)
        for pane in (left, middle, self.side):
            panes.addWidget(pane)
        panes.setStretchFactor(1, 1)
        self.remember_panes(panes, "letters", [240, 598, 280])
        self.page.addWidget(panes, 1)

    def _connect(self) -> None:
        self.queue.chosen.connect(self._choose)
        self.queue.opened.connect(lambda _entry: self.pages.view.setFocus())
        self.draft.changed.connect(self._preview)
        self.draft.issued.connect(self._issue)
        self.draft.left.connect(self._leave_draft)
        self.facts.case_asked.connect(self._open_case)

    def title(self) -> str:
        return _("Letters")

    def actions_now(self) -> tuple[Action, ...]:
        waiting = self._to_print()
        if self._drafting:
            return (Action(_("Issue the letter"), "send", self._issue, primary=True, keys="Ctrl+Return"),)
        printing = plural("Print {n} letter", "Print {n} letters", len(waiting)).format(n=len(waiting))
        printing = printing if waiting else _("Nothing to print")
        return (
            Action(_("New letter"), "plus", self._new, keys="Ctrl+N", ready=self.desk.case is not None),
            Action(printing, "printer", self._print_all, primary=True, keys="Ctrl+P", ready=bool(waiting)),
        )

    def status(self) -> str:
        case = self.desk.case
        if case is None:
            return ""
        return _("Case {number} · {title}").format(number=words.isolate(case.number), title=case.title)

    def enter(self, what: object = None) -> None:
        if isinstance(what, tuple) and what[0] == "write":
            self._begin(str(what[1]))
        elif isinstance(what, str) and what:
            self.queue.choose(what)
        self.queue.setFocus()

    def concerns(self, changes: Changes) -> None:
        self._ask()

    def back(self) -> bool:
        if super().back():
            return True
        if self._drafting:
            self._leave_draft()
            return True
        return False

    # -- the queue

    def _ask(self) -> None:
        self.desk.read(self, ask.listed, self._hold, key="letters", refused=self.stand.show_refusal)

    def _hold_templates(self, templates: tuple[TemplateLine, ...]) -> None:
        self.templates = templates

    def _hold(self, letters: tuple[LetterLine, ...]) -> None:
        self.letters = letters
        entries: list[Entry] = []
        names = {
            "issued": _("To print"),
            "printed": _("Printed, not yet served"),
            "served": _("Served"),
            "replaced": _("Replaced"),
        }
        for state in STATES:
            those = [x for x in letters if x.state == state]
            if those:
                entries.append(Entry(f"state {state}", names[state], trailing=str(len(those)), heading=True))
                entries += [self._entry(x) for x in those]
        self.queue.hold(entries, first=not self._drafting)
        self.counted.emit(self.key, len(self._to_print()))
        if letters:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "mail", _("No letters yet"), _("Open a case and write one: L in the docket or on the case.")
            )
        self.renamed.emit()

    def _entry(self, letter: LetterLine) -> Entry:
        under = f"{words.isolate(letter.number)} · {words.isolate(letter.case_number)}"
        return Entry(letter.id, self.desk.names.letter(letter.template), under, value=letter)

    def _to_print(self) -> list[str]:
        return [x.id for x in self.letters if x.state == "issued"]

    def _choose(self, entry: Entry | None) -> None:
        letter: Any = entry.value if entry else None
        if letter is None:
            if not self._drafting:
                self.pages.clear("mail", _("No letter chosen"))
                self.side.setVisible(False)
            return
        self._stop_drafting()
        self.side.setVisible(True)
        self.side.setCurrentWidget(self.facts)
        self.facts.hold(letter)
        self.pages.clear("clock", _("Making the pages …"), letter.number)
        self.desk.read(
            self,
            lambda office, progress: ask_documents.pages(office, progress, letter.document),
            lambda paged: self.pages.hold(self._name(letter), paged.pages),
            title=_("Making pages"),
            key="pages",
            refused=self._no_pages,
            stopped=self.pages.stand.show_stopped,
        )
        self.desk.read(
            self,
            lambda office, progress: ask_cases.show(office, progress, letter.case),
            self.facts.hold_case,
            key="case",
        )

    def _name(self, letter: LetterLine) -> str:
        return f"{self.desk.names.letter(letter.template)} {letter.number}"

    def _no_pages(self, refusal: OfficeError) -> None:
        self.pages.clear("circle-alert", refusal.message, refusal.remedy)

    # -- a new letter

    def _new(self) -> None:
        if self.desk.case is not None:
            self._begin(self.desk.case.id)

    def _begin(self, case_id: str) -> None:
        self._drafting = True
        self.side.setVisible(True)
        self.side.setCurrentWidget(self.draft)
        self.queue.clearSelection()
        self.pages.clear("clock", _("Making the preview …"))
        self.renamed.emit()
        self.desk.read(
            self,
            lambda office, progress: (
                ask_cases.show(office, progress, case_id),
                ask.templates(office, progress),
            ),
            self._begun,
            key="case",
            refused=self.refuse,
        )

    def _begun(self, answer: tuple[Case, tuple[TemplateLine, ...]]) -> None:
        case, self.templates = answer
        self.draft.begin(case, self.templates, case.language)
        self.draft.template.setFocus()

    def _preview(self) -> None:
        wish = self.draft.wish()
        if wish is None or not self._drafting:
            self.pages.clear("mail", _("Choose at least one language"))
            return
        self.desk.read(
            self,
            lambda office, progress: ask.preview(office, progress, wish),
            self._show_preview,
            title=_("Making the preview"),
            key="pages",
            refused=self._no_pages,
        )

    def _show_preview(self, paged: PagedDocument) -> None:
        if self._drafting:
            name = self.desk.names.letter(str(self.draft.template.value))
            self.pages.hold(_("Draft: {name}").format(name=name), paged.pages)

    def _issue(self) -> None:
        wish = self.draft.wish()
        if wish is None or not self.draft.issue.isEnabled():
            return
        self.draft.issue.setEnabled(False)
        self.desk.write(
            self,
            lambda office, progress: ask.issue(office, progress, wish),
            self._issued,
            title=_("Issuing the letter"),
            refused=self.draft.refuse,
        )

    def _issued(self, issued: Issued) -> None:
        self._stop_drafting()
        limit = issued.opens_limit
        said = _("Letter {number} issued").format(number=words.isolate(issued.number))
        if limit is not None:
            said += _(", limit until {day}").format(day=words.named_day(limit.last_day))
        self.desk.say(said)
        self.desk.read(
            self, ask.listed, lambda letters: self._hold_and_choose(letters, issued.letter), key="letters"
        )

    def _hold_and_choose(self, letters: tuple[LetterLine, ...], letter_id: str) -> None:
        self._hold(letters)
        self.queue.choose(letter_id)
        self.queue.setFocus()

    def _stop_drafting(self) -> None:
        if self._drafting:
            self._drafting = False
            self.draft.issue.setEnabled(True)
            self.renamed.emit()

    def _leave_draft(self) -> None:
        self._stop_drafting()
        self.side.setCurrentWidget(self.facts)
        self._choose(self.queue.current)

    # -- printing

    def _print_all(self) -> None:
        self.despatch.print_run(self._to_print(), _("Print run"))

    def _open_case(self) -> None:
        if self.facts.letter is not None:
            self.desk.go("case", self.facts.letter.case)
