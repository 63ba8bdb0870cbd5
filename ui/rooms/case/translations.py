"""The claims of the case in another language, side by side, kept beside the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import OfficeError, _, plural
from ui import words
from ui.ask import documents as ask
from ui.desk import Desk
from ui.theme import Tone
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, ChipLabel, Rule, label, row
from ui.widgets.sidebyside import SideBySide, lines_of
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.translating import CaseTranslation, Translated


class TranslationPage(QWidget):
    """What is kept of this case, and the making of another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self._kept: tuple[CaseTranslation, ...] = ()
        self.target = ChoiceButton(_("Into"), lambda: None)
        self.kept = ChoiceButton(_("Kept"), self._show_kept)
        self.make = Button(_("Translate"), icon="languages", kind="filter", act=self.translate)
        self.flag = Button(
            _("Next flag"), icon="triangle-alert", kind="filter", act=lambda: self.table.next_flag()
        )
        self.flag.setShortcut("F8")
        self.told = label("", "small")
        self.stale = ChipLabel()
        self.table = SideBySide()
        self.stand = Stand(self.table, Notice("languages", ""))
        head = row(self.kept, self.target, self.make, self.stale, None, self.told, self.flag)
        head.setContentsMargins(16, 10, 16, 10)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 8)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(Rule())
        page.addWidget(self.stand, 1)

    def hold(self, case: Case) -> None:
        """Show a case; ask what is kept of it and what can be translated here."""
        self.case = case
        self.desk.read(self, ask.pairs, self._offer, key="pairs")
        self._ask_kept()

    def _ask_kept(self) -> None:
        case = self.case
        if case is not None:
            self.desk.read(
                self,
                lambda office, progress: ask.kept_translations(office, progress, case.id),
                self._hold_kept,
                key="kept",
            )

    def _offer(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Languages that can be reached from one the case is written in, through English if need be."""
        case = self.case
        if case is None:
            return
        written = {code for row in case.rows for code in row.texts} | {case.language}
        reached = {target for source, target in pairs if source in written}
        if "en" in reached | written:
            reached |= {target for source, target in pairs if source == "en"}
        targets = sorted(reached - {case.language})
        self.target.offer([Choice(code, words.language_name(code)) for code in targets])
        self.target.setVisible(bool(targets))
        self.make.setEnabled(bool(targets))
        if not targets and not self._kept:
            self._nothing_yet(targets)

    def _nothing_yet(self, targets: list[str]) -> None:
        note = _("Choose a language and translate the claims. The original stays the text that counts.")
        if not targets:
            note = _("No installed pack translates from the languages of this case. Packs are one room away.")
        self.stand.show_empty("languages", _("Nothing translated yet"), note)

    def _hold_kept(self, kept: tuple[CaseTranslation, ...]) -> None:
        self._kept = kept
        self.kept.offer(
            [
                Choice(
                    one.document,
                    f"{words.language_name(one.translated.language)} → "
                    f"{words.language_name(one.translated.target)}",
                )
                for one in reversed(kept)
            ]
        )
        self.kept.setVisible(bool(kept))
        if kept:
            self._show_kept()
            return
        self.flag.setEnabled(False)
        self.told.setText("")
        self.stale.show_chip(Chip(""))
        self._nothing_yet([self.target.value] if self.target.value else [])

    def _show_kept(self) -> None:
        one = next((k for k in self._kept if k.document == self.kept.value), None)
        if one is None:
            return
        self.stale.show_chip(
            Chip("") if one.current else Chip(_("The original has changed since"), Tone.AMBER)
        )
        self._say(one.translated)

    def _say(self, translated: Translated) -> None:
        flags = frozenset(flag for s in translated.segments for flag in s.flags)
        self.desk.read(
            self,
            lambda office, progress: ask.flag_words(office, progress, flags),
            lambda said: self._show(translated, said),
            key="flags",
        )

    def _show(self, translated: Translated, said: dict[str, str]) -> None:
        self.table.hold(lines_of(translated.segments, said), translated.language, translated.target)
        self.stand.show_thing()
        flagged = len(translated.flagged)
        self.flag.setEnabled(flagged > 0)
        whole = plural("{n} sentence", "{n} sentences", len(translated.segments)).format(
            n=len(translated.segments)
        )
        look = plural("{n} to look at", "{n} to look at", flagged).format(n=flagged)
        self.told.setText(f"{whole} · {look}")

    def translate(self) -> None:
        """Translate the claims into the chosen language."""
        case, target = self.case, self.target.value
        if case is None or not target:
            return
        self.stand.show_busy(_("Translating …"))
        self.make.setEnabled(False)
        self.desk.write(
            self,
            lambda office, progress: ask.translate_case(office, progress, case.id, target),
            self._done,
            title=_("Translating the claims"),
            refused=self._refused,
            stopped=self._stopped,
        )

    def _done(self, translated: Translated) -> None:
        self.make.setEnabled(True)
        self._say(translated)
        self._ask_kept()

    def _refused(self, refusal: OfficeError) -> None:
        self.make.setEnabled(True)
        self.stand.show_refusal(refusal)

    def _stopped(self) -> None:
        self.make.setEnabled(True)
        self.stand.show_stopped()
