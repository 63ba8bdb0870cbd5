"""The first page: language of the window, and how to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStorageInfo, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import _
from ui import words
from ui.preferences import LANGUAGE_NAMES, LANGUAGES
from ui.theme import colour
from ui.widgets.pieces import Button, Icon, Rule, Sheet, column, label, row
from ui.widgets.states import Strip

WIDE = 876


class LanguageCard(Button):
    """A language in its own script."""

    def __init__(self, code: str, *, here: bool) -> None:
        super().__init__(LANGUAGE_NAMES[code], icon="check" if here else "", kind="language")
        self.setCheckable(True)
        self.setChecked(here)
        self.setAccessibleName(f"{LANGUAGE_NAMES[code]} ({words.language_name(code)})")


class FirstRun(QWidget):
    """`language(code)` was chosen; `sample`, `make`, `join` say how to begin; `open` an office there is."""

    language = Signal(str)
    sample = Signal()
    make = Signal()
    join = Signal()
    opened = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.strip = Strip()
        self.language_cards: list[LanguageCard] = []
        self.buttons: list[Button] = []
        inner = QWidget()
        inner.setFixedWidth(WIDE)
        page = QVBoxLayout(inner)
        page.setContentsMargins(0, 48, 0, 24)
        page.setSpacing(12)
        page.addLayout(self._brand())
        page.addWidget(self.strip)
        page.addSpacing(16)
        page.addLayout(self._step("1", _("Language of the window"), _("Letters keep the office’s languages")))
        page.addLayout(self._languages(language))
        page.addSpacing(16)
        page.addLayout(self._step("2", _("How do you want to begin?"), _("You can do the others afterwards")))
        page.addLayout(self._cards())
        other = Button(_("Open an office that is on this computer"), kind="link", icon="folder-open")
        other.clicked.connect(lambda _checked=False: self.opened.emit())
        self.buttons.append(other)
        page.addLayout(row(other, None))
        page.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        holder = QWidget()
        centre = QHBoxLayout(holder)
        centre.setContentsMargins(20, 0, 20, 0)
        centre.addStretch(1)
        centre.addWidget(inner)
        centre.addStretch(1)
        scroll.setWidget(holder)
        scroll.setAccessibleName(_("First page"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._foot())

    def _brand(self) -> QHBoxLayout:
        note = _(
            "A workstation for examiners of small offices. Everything stays on this computer "
            "until you send it."
        )
        return row(
            Icon("marula", size=44),
            column(label(_("Marula"), "title"), label(note, "quietly"), spacing=0),
            None,
        )

    @staticmethod
    def _step(number: str, title: str, note: str) -> QHBoxLayout:
        return row(label(number, "small"), label(title, "section"), None, label(note, "small"))

    def _languages(self, here: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, code in enumerate(LANGUAGES):
            card = LanguageCard(code, here=code == here)
            card.setFixedHeight(56)
            card.clicked.connect(lambda _checked=False, c=code: self.language.emit(c))
            self.language_cards.append(card)
            grid.addWidget(card, place // 4, place % 4)
        return grid

    def _cards(self) -> QHBoxLayout:
        return row(
            self._card(
                "sprout",
                _("Look around the sample office"),
                _(
                    "An invented office with cases, letters, two stations and a search "
                    "collection. Nothing in it is "
                    "real and nothing can go wrong."
                ),
                _("Made on this computer in about a minute"),
                _("Open the sample office"),
                self.sample.emit,
                True,
            ),
            self._card(
                "building-2",
                _("Make an office"),
                _("Choose a folder, an officer’s name and a law pack. Everything else can be set later."),
                _("A passphrase is advised; without it whoever takes the disk can read every case"),
                _("Make an office"),
                self.make.emit,
                False,
            ),
            self._card(
                "users",
                _("Join an office"),
                _(
                    "With an invitation file from your registrar, by stick, share or e-mail. "
                    "Both of you compare the "
                    "same short words aloud."
                ),
                _("Your registrar accepts you; the next exchange completes it"),
                _("Join with an invitation"),
                self.join.emit,
                False,
            ),
            spacing=12,
        )

    def _card(
        self,
        icon: str,
        title: str,
        text: str,
        note: str,
        button: str,
        act: Callable[[], object],
        primary: bool,
    ) -> Sheet:
        sheet = Sheet(padding=16, spacing=8)
        sheet.setMinimumHeight(280)
        press = Button(button, kind="primary" if primary else "", act=act)
        self.buttons.append(press)
        body = label(text, "", wrap=True)
        body.setMinimumHeight(96)
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        under = label(note, "small", wrap=True)
        under.setMinimumHeight(36)
        sheet.body.addWidget(Icon(icon, "accent", 22))
        sheet.body.addWidget(label(title, "section", wrap=True))
        sheet.body.addWidget(body)
        sheet.body.addStretch(1)
        sheet.body.addWidget(Rule())
        sheet.body.addWidget(under)
        sheet.body.addWidget(press)
        return sheet

    @staticmethod
    def _foot() -> QFrame:
        foot = QFrame()
        foot.setObjectName("status")
        foot.setFixedHeight(28)
        free = QStorageInfo.root().bytesAvailable()
        line = row(
            label(_("No network is needed, now or later"), "small"),
            None,
            label(_("Free on this disk: {size}").format(size=words.size(free)), "small"),
        )
        line.setContentsMargins(20, 0, 20, 0)
        foot.setLayout(line)
        return foot

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("ground"))
        painter.end()
