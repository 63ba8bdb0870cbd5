"""The room of translation: any text or file, side by side, with what to look at; nothing of it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import documents as ask
from ui.desk import Call, Desk
from ui.rooms.room import Action, Room
from ui.theme import Tone
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.dropzone import local_files
from ui.widgets.pieces import Button, Rule, Sheet, label, row
from ui.widgets.sidebyside import SideBySide, lines_of
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.translating import Translated


class TranslationRoom(Room):
    """Text in, segments out."""

    key = "translation"
    icon = "languages"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.answer: Translated | None = None
        self._said: dict[str, str] = {}
        self.pairs: tuple[tuple[str, str], ...] = ()
        self.source = ChoiceButton(_("From"), self._offer_targets)
        self.target = ChoiceButton(_("Into"), self._remember)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            _("Paste a text, or drop a file: its text or its claims are translated.")
        )
        self.text.setAccessibleName(_("Text to translate"))
        self.table = SideBySide()
        self.stand = Stand(self.table, Notice("languages", ""))
        self.all = Button(_("All"), kind="filter", act=lambda: self._filter(False))
        self.flagged = Button(_("Flagged"), kind="filter", act=lambda: self._filter(True))
        for button in (self.all, self.flagged):
            button.setCheckable(True)
        self.next = Button(
            _("Next flag (F8)"), icon="triangle-alert", kind="filter", act=self.table.next_flag
        )
        self.copy = Button(_("Copy"), icon="copy", kind="filter", act=self._copy)
        self.told = label("", "small")
        self.pages = QStackedWidget()
        self._build()
        desk.read(self, ask.pairs, self._offer, key="pairs", refused=self.refuse)

    def _build(self) -> None:
        entry = Sheet(padding=0, spacing=0)
        head = row(label(_("Text to translate"), "section"), None)
        head.setContentsMargins(20, 14, 20, 10)
        entry.body.addLayout(head)
        holder = QVBoxLayout()
        holder.setContentsMargins(20, 0, 20, 20)
        holder.addWidget(self.text)
        entry.body.addLayout(holder, 1)
        result = Sheet(padding=0, spacing=0)
        tools = row(self.all, self.flagged, self.told, None, self.next, self.copy)
        tools.setContentsMargins(16, 10, 16, 10)
        result.body.addLayout(tools)
        result.body.addWidget(Rule())
        result.body.addWidget(self.stand, 1)
        result.body.addSpacing(8)
        self.pages.addWidget(entry)
        self.pages.addWidget(result)
        choice = QWidget()
        line = row(
            self.source,
            self.target,
            None,
            label(_("For information; the original stays the text that counts"), "small"),
        )
        choice.setLayout(line)
        self.page.addWidget(choice)
        self.page.addWidget(self.pages, 1)
        self.setAcceptDrops(True)

    def title(self) -> str:
        return _("Translation")

    def actions_now(self) -> tuple[Action, ...]:
        if self.pages.currentIndex() == 1:
            return (Action(_("Another text"), "pencil", self._again, keys="Ctrl+N", primary=True),)
        return (
            Action(_("Open a file"), "folder-open", self._choose, keys="Ctrl+O"),
            Action(_("Translate"), "languages", self.translate, primary=True, keys="Ctrl+Return"),
        )

    def status(self) -> str:
        if self.answer is None:
            return ""
        packs = words.listed(f"{p.get('name', '')} {p.get('version', '')}" for p in self.answer.packs)
        return _("{packs} · nothing leaves this computer").format(packs=packs)

    def enter(self, what: object = None) -> None:
        if isinstance(what, list) and what:
            self._file(Path(what[0]))
        elif self.pages.currentIndex() == 0:
            self.text.setFocus()

    def concerns(self, changes: Changes) -> None:
        if "pack" in changes.kinds:
            self.desk.read(self, ask.pairs, self._offer, key="pairs")

    def back(self) -> bool:
        if super().back():
            return True
        if self.pages.currentIndex() == 1:
            self._again()
            return True
        return False

    def _offer(self, pairs: tuple[tuple[str, str], ...]) -> None:
        self.pairs = pairs
        sources = sorted({source for source, _target in pairs})
        self.source.offer(
            [Choice("", _("found by itself")), *(Choice(c, words.language_name(c)) for c in sources)]
        )
        self._offer_targets()

    def _offer_targets(self) -> None:
        source = self.source.value
        reachable = {t for s, t in self.pairs if not source or s == source}
        # Through English two packs reach further than one.
        if not source or "en" in reachable:
            reachable |= {t for s, t in self.pairs if s == "en" and t != source}
        self.target.offer([Choice(c, words.language_name(c)) for c in sorted(reachable)])
        self.target.choose(self.desk.preferences.choices.get("target", ""))

    def _remember(self) -> None:
        self.desk.preferences.choices["target"] = str(self.target.value)

    def translate(self) -> None:
        """Translate the text in the field."""
        text = self.text.toPlainText()
        if not text.strip():
            self.text.setFocus()
            return
        self._start(
            lambda office, progress: ask.translate(
                office, progress, text, self.source.value, self.target.value
            )
        )

    def _file(self, file: Path) -> None:
        self._start(
            lambda office, progress: ask.translate_file(
                office, progress, file, self.source.value, self.target.value
            )
        )

    def _start(self, call: Call) -> None:
        if not self.target.value:
            self.strip.say(
                _("No language pack is installed."),
                Tone.AMBER,
                _("Install one in the room of packs, then come back."),
            )
            return
        self.strip.clear()
        self.stand.show_busy(_("Translating …"))
        self.pages.setCurrentIndex(1)
        self.renamed.emit()
        self.desk.read(
            self,
            call,
            self._say,
            title=_("Translating"),
            key="translate",
            refused=self._refused,
            stopped=self.stand.show_stopped,
        )

    def _refused(self, refusal: OfficeError) -> None:
        self._again()
        self.refuse(refusal)

    def _say(self, translated: Translated) -> None:
        self.answer = translated
        flags = frozenset(flag for s in translated.segments for flag in s.flags)
        self.desk.read(
            self, lambda office, progress: ask.flag_words(office, progress, flags), self._show, key="flags"
        )

    def _show(self, said: dict[str, str]) -> None:
        self._said = said
        self._filter(False)
        self.stand.show_thing()
        self.renamed.emit()

    def _filter(self, only_flagged: bool) -> None:
        answer = self.answer
        if answer is None:
            return
        segments = answer.flagged if only_flagged else answer.segments
        self.table.hold(lines_of(segments, self._said), answer.language, answer.target)
        self.all.setChecked(not only_flagged)
        self.flagged.setChecked(only_flagged)
        self.all.say(_("All {n}").format(n=len(answer.segments)))
        self.flagged.say(_("Flagged {n}").format(n=len(answer.flagged)))
        self.next.setEnabled(bool(answer.flagged))
        mean = round(100 * sum(s.score for s in answer.segments) / max(len(answer.segments), 1))
        self.told.setText(
            plural(
                "{n} sentence, mean score {mean}", "{n} sentences, mean score {mean}", len(answer.segments)
            ).format(n=len(answer.segments), mean=mean)
        )

    def _copy(self) -> None:
        if self.answer is not None:
            QGuiApplication.clipboard().setText(self.answer.text)
            self.desk.say(_("The translation is on the clipboard"))

    def _again(self) -> None:
        self.pages.setCurrentIndex(0)
        self.text.setFocus()
        self.renamed.emit()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File to translate"))
        if chosen:
            self._file(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for file in local_files(event.mimeData())[:1]:
            event.acceptProposedAction()
            self._file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.table.next_flag()
        else:
            super().keyPressEvent(event)
