"""Help: the pages of `resources/help`, and every key of the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QSplitter, QTextBrowser, QVBoxLayout

from app.errors import _
from app.paths import resources
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.room import Room
from ui.widgets import markdown
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Sheet


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its title is its first heading; `file` is the name by which other pages link to it."""

    title: str
    text: str
    file: str = ""


class HelpRoom(Room):
    """Titles on one side, the page on the other."""

    key = "help"
    icon = "circle-question-mark"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = EntryList(_("Help pages"), margin=20)
        self.text = QTextBrowser()
        self.text.setProperty("kind", "reading")
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("The page"))
        left = Sheet(padding=0)
        left.body.addSpacing(8)
        left.body.addWidget(self.list)
        left.body.addSpacing(8)
        right = Sheet(padding=0)
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 20, 4, 12)
        inner.addWidget(self.text)
        right.body.addLayout(inner)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        self.remember_panes(panes, "help", [280, 850])
        self.page.addWidget(panes, 1)
        self.list.chosen.connect(self._show)
        self.text.anchorClicked.connect(self._follow)
        self.pages = (keys_page(), *pages_in(resources() / "help", desk.preferences.language))
        self.list.hold(Entry(n, page.title, value=page) for n, page in enumerate(self.pages))

    def title(self) -> str:
        return _("Help")

    def enter(self, what: object = None) -> None:
        self.list.setFocus()

    def _show(self, entry: Entry | None) -> None:
        page = entry.value if entry else None
        if not isinstance(page, HelpPage):
            return
        markdown.show(self.text, page.text)

    def _follow(self, link: QUrl) -> None:
        """Go to the page of the manual that a link names; nothing else is opened from here."""
        for number, page in enumerate(self.pages):
            if page.file and page.file == link.path():
                self.list.choose(number)


def pages_in(folder: Path, language: str) -> tuple[HelpPage, ...]:
    """The pages below `folder`, each in the language where it is translated, else in English; the
    first page first."""
    own, english = folder / language, folder / "en"
    names = sorted((file.name for file in english.glob("*.md")), key=lambda name: (name != "index.md", name))
    pages = []
    for name in names:
        file = own / name if (own / name).is_file() else english / name
        text = file.read_text(encoding="utf-8")
        first = next((line for line in text.splitlines() if line.startswith("#")), name)
        pages.append(HelpPage(first.lstrip("# ").strip(), text, name))
    return tuple(pages)


def keys_page() -> HelpPage:
    """Every key of the window."""
    keys = (
        ("Ctrl+K", _("Find a case, a room or an action")),
        ("Alt+1 … Alt+8", _("Go to a room")),
        ("Esc", _("Back")),
        ("Enter", _("Do the primary thing; open the chosen row")),
        ("j, k", _("Down and up in every list")),
        ("Ctrl+I", _("Take in applications")),
        ("Ctrl+N", _("New: a case, a letter, a text")),
        ("R, Ctrl+R", _("Record what happened, on a case")),
        ("L, Ctrl+L", _("Write a letter, on a case or in the docket")),
        ("Ctrl+Z", _("Take back the newest act, on a case")),
        ("/", _("To the query, in prior art")),
        ("x, y, a", _("Cite the hit with this category")),
        ("n, p", _("Next place of a found word, and the one before")),
        ("1 … 9", _("Next place of a concept; in a conflict, keep that value")),
        ("Ctrl+F, F3", _("Find in pages; next place")),
        ("+, -, 0, 1", _("Pages larger, smaller, as wide as fits, true size")),
        ("Ctrl+P", _("Print the letters that wait")),
        ("F8", _("Next flagged sentence, in a translation")),
        ("F1", _("Help")),
    )
    rows = "\n".join(f"| {key} | {said} |" for key, said in keys)
    title = _("Keys")
    return HelpPage(title, f"# {title}\n\n| {_('Key')} | {_('What it does')} |\n| --- | --- |\n{rows}\n")
