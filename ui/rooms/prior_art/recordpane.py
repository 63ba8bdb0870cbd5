"""The record of a hit: texts with the found words, jump bar, languages, translation beside the original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from app.domain.record import Record
from app.errors import OfficeError, _
from ui import words
from ui.ask import documents as ask_documents
from ui.ask.searching import Opened, Section
from ui.desk import Desk
from ui.rooms.prior_art.jumpbar import JumpBar
from ui.rooms.prior_art.takeform import TakeForm
from ui.widgets import reading
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.pieces import Button, Rule, Sheet, column, label, row, selectable
from ui.widgets.sidebyside import SideBySide, lines_of
from ui.widgets.states import Notice, Stand

if TYPE_CHECKING:
    from app.services.translating import Translated

PARTS = ("abstract", "claims", "description")


class RecordPane(Sheet):
    """Claims, abstract and description of one record; n and p go to the next and the last place."""

    taken = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(padding=0, spacing=0)
        self.desk = desk
        self.opened: Opened | None = None
        self._anchors: list[tuple[str, int]] = []
        self._here = -1
        self.title = selectable("", "section", wrap=True)
        self.about = selectable("", "small", wrap=True)
        self.part = ChoiceButton("", self._render)
        self.language = ChoiceButton(_("Language"), self._render)
        self.beside = Button(_("Translate"), icon="languages", kind="filter", act=self._beside)
        self.beside.setCheckable(True)
        self.where = label("", "small")
        self.jump = JumpBar()
        self.before = Button(
            "", icon="chevron-left", kind="tool", act=lambda: self.step(-1), tip=_("Place before (P)")
        )
        self.after = Button(
            "", icon="chevron-right", kind="tool", act=lambda: self.step(1), tip=_("Next place (N)")
        )
        if words.mirrored():
            self.before.set_icon("chevron-right")
            self.after.set_icon("chevron-left")
        self.text = QTextBrowser()
        self.text.setProperty("kind", "reading")
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("The record"))
        self.table = SideBySide()
        self.table_stand = Stand(self.table, Notice("languages", ""))
        self.texts = QStackedWidget()
        self.texts.addWidget(self.text)
        self.texts.addWidget(self.table_stand)
        self.take = TakeForm(desk)
        self.take.taken.connect(self.taken.emit)
        self.stand = Stand(self._whole(), Notice("text-search", _("No hit chosen")))
        self.body.addWidget(self.stand)
        self.jump.jumped.connect(self.go)
        self.clear()

    def _whole(self) -> QWidget:
        whole = QWidget()
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        head = column(self.title, self.about, spacing=2)
        head.setContentsMargins(16, 14, 16, 8)
        tools = row(self.part, self.language, None, self.beside)
        tools.setContentsMargins(16, 0, 16, 8)
        bar = row(self.where, self.jump, self.before, self.after)
        bar.setContentsMargins(16, 8, 8, 4)
        inner = QHBoxLayout()
        inner.setContentsMargins(16, 0, 2, 0)
        inner.addWidget(self.texts)
        page.addLayout(head)
        page.addLayout(tools)
        page.addWidget(Rule())
        page.addLayout(bar)
        page.addLayout(inner, 1)
        page.addWidget(self.take)
        return whole

    def clear(self, title: str = "", note: str = "") -> None:
        """No record is open."""
        self.opened = None
        self.stand.show_empty("text-search", title or _("No hit chosen"), note)

    def hold(self, opened: Opened) -> None:
        """Show a record."""
        self.opened = opened
        record = opened.record
        self.title.setText(record.title or _("(no title)"))
        self.about.setText(_about(record))
        parts = [kind for kind in PARTS if any(s.kind == kind for s in opened.sections)]
        names = {"abstract": _("Abstract"), "claims": _("Claims"), "description": _("Description")}
        self.part.offer([Choice("", _("All texts")), *(Choice(p, names[p]) for p in parts)])
        spoken = list(dict.fromkeys(s.language for s in opened.sections))
        self.language.offer([Choice("", _("all")), *(Choice(c, words.language_name(c)) for c in spoken)])
        self.language.setVisible(len(spoken) > 1)
        self.beside.setChecked(False)
        self.stand.show_thing()
        self._render()

    def _shown(self) -> Sequence[Section]:
        if self.opened is None:
            return ()
        part, language = self.part.value, self.language.value
        return [
            s
            for s in self.opened.sections
            if s.kind != "title" and (not part or s.kind == part) and (not language or s.language == language)
        ]

    def _render(self) -> None:
        self.texts.setCurrentWidget(self.text)
        self.beside.setChecked(False)
        names = {"abstract": _("Abstract"), "claims": _("Claims"), "description": _("Description")}
        parts: list[str] = []
        self._anchors = []
        lengths, total = [], 0
        for section in self._shown():
            named = f"{names[section.kind]} · {words.language_name(section.language)}"
            parts.append(reading.heading(named))
            for passage in section.passages:
                anchor = f"place{len(self._anchors)}" if passage.marks else ""
                for start, _end, concept in passage.marks:
                    self._anchors.append((anchor, concept))
                    lengths.append(total + start)
                if passage.label and not passage.text[:1].isdigit():
                    parts.append(reading.small(f"[{passage.label}]"))
                parts.append(reading.paragraph(passage.text, section.language, passage.marks, anchor))
                total += len(passage.text) + 1
        if not parts:
            parts.append(reading.small(_("This record has no texts but its title.")))
        self.text.setHtml(reading.page("".join(parts)))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        places = zip(lengths, self._anchors, strict=True)
        self.jump.hold(tuple((at / max(total, 1), concept) for at, (_anchor, concept) in places))
        self._here = -1
        self._tell()

    def _tell(self) -> None:
        count = len(self._anchors)
        self.where.setText(f"{self._here + 1} / {count}" if count else _("no place"))
        for button in (self.before, self.after):
            button.setEnabled(count > 0)

    def step(self, by: int) -> None:
        """The next place, or the one before."""
        if self._anchors:
            self.go((self._here + by) % len(self._anchors))

    def go(self, number: int) -> None:
        """Scroll to a place."""
        self._here = number
        self.text.scrollToAnchor(self._anchors[number][0])
        self.jump.show_here(number)
        self._tell()

    def next_of(self, concept: int) -> None:
        """The next place of one concept (from 0)."""
        count = len(self._anchors)
        for step in range(1, count + 1):
            number = (self._here + step) % count
            if self._anchors[number][1] == concept:
                self.go(number)
                return

    def _beside(self) -> None:
        """Translation beside the original, for information; nothing of it is kept."""
        if not self.beside.isChecked():
            self.texts.setCurrentWidget(self.text)
            return
        sections = [s for s in self._shown() if s.kind in ("abstract", "claims")] or list(self._shown())
        target = self.desk.preferences.language
        section = next((s for s in sections if s.language != target), sections[0] if sections else None)
        if section is None:
            self.beside.setChecked(False)
            return
        into = target if section.language != target else "en"
        text = "\n\n".join(p.text for p in section.passages)
        self.texts.setCurrentWidget(self.table_stand)
        self.table_stand.show_busy(_("Translating …"))
        source = "" if section.language == "und" else section.language
        self.desk.read(
            self,
            lambda office, progress: ask_documents.translate(office, progress, text, source, into),
            self._say_beside,
            title=_("Translating the record"),
            key="beside",
            refused=self._not_beside,
            stopped=self.table_stand.show_stopped,
        )

    def _say_beside(self, translated: Translated) -> None:
        flags = frozenset(flag for s in translated.segments for flag in s.flags)
        self.desk.read(
            self,
            lambda office, progress: ask_documents.flag_words(office, progress, flags),
            lambda said: self._show_beside(translated, said),
            key="flags",
        )

    def _show_beside(self, translated: Translated, said: dict[str, str]) -> None:
        self.table.hold(lines_of(translated.segments, said), translated.language, translated.target)
        self.table_stand.show_thing()

    def _not_beside(self, refusal: OfficeError) -> None:
        self.table_stand.show_refusal(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N:
            self.step(1)
        elif event.key() == Qt.Key.Key_P:
            self.step(-1)
        else:
            super().keyPressEvent(event)


def _about(record: Record) -> str:
    number = record.publication_number or record.registration_number or record.application_number
    printed = words.isolate(" ".join(p for p in (record.office, number, record.kind_code) if p))
    applicants = words.listed(p.name for p in record.applicants[:3])
    symbols = record.classes.ipc or record.classes.cpc or tuple(str(n) for n in record.classes.nice)
    classes = words.isolate(", ".join(symbols[:4]))
    return " · ".join(p for p in (printed, record.publication_date, applicants, classes) if p)
