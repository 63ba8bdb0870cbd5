"""Pages with their tools: find, enlarge, true size, print, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from app.errors import _, plural
from ui.widgets import painting
from ui.widgets.pageview import PageView
from ui.widgets.pagewords import PageLike
from ui.widgets.pieces import Button, ElidedLabel, Rule, label, row
from ui.widgets.states import Notice, Stand


class PageDesk(QWidget):
    """A tool row above, the pages below. `tools` are put at its end by the room."""

    def __init__(self, tools: Sequence[Button] = ()) -> None:
        super().__init__()
        self.view = PageView()
        self.stand = Stand(self.view, Notice("file-text", _("No document chosen")))
        self.name = ElidedLabel("", "medium")
        self.where = label("", "small")
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in the pages"))
        self.field.setAccessibleName(_("Find in the pages"))
        self.field.setMaximumWidth(200)
        self.field.setMinimumWidth(84)
        self.field.setProperty("kind", "small")
        self.found = label("", "small")
        smaller = Button(
            "", icon="zoom-out", kind="tool", act=lambda: self.view.zoom_by(1 / 1.2), tip=_("Smaller (-)")
        )
        larger = Button(
            "", icon="zoom-in", kind="tool", act=lambda: self.view.zoom_by(1.2), tip=_("Larger (+)")
        )
        fit = Button("", icon="maximize", kind="tool", act=self.view.fit_width, tip=_("As wide as fits (0)"))
        true = Button("", icon="ruler", kind="tool", act=self.view.true_size, tip=_("True size (1)"))
        head = QFrame()
        line = row(
            self.name, self.where, self.found, self.field, smaller, larger, fit, true, *tools, spacing=6
        )
        line.setStretch(0, 1)
        line.setContentsMargins(16, 6, 8, 6)
        head.setLayout(line)
        self.tools = [smaller, larger, fit, true, *tools]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Rule())
        column.addWidget(self.stand, 1)
        self.field.textEdited.connect(lambda _text: self._find())
        self.field.returnPressed.connect(self._next)
        self.view.turned.connect(lambda _page: self._tell())
        self.view.zoomed.connect(lambda _scale: self._tell())
        self._key("Ctrl+F", self.start_find)
        self._key("F3", self._next)
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane the place is left out; the scroll bar tells it too."""
        super().resizeEvent(event)
        self.where.setVisible(event.size().width() >= 520)

    def hold(self, name: str, pages: Sequence[PageLike], *, at: int = 0) -> None:
        """Show pages, from page `at` (from 0) on."""
        self.name.say(name)
        self.view.hold(pages)
        if at:
            self.view.show_page(at)
        self.stand.show_thing()
        self._ready(True)
        self._find()

    def clear(self, icon: str = "file-text", title: str = "", note: str = "") -> None:
        """Show that there is nothing, and why."""
        self.name.say("")
        self.stand.show_empty(icon, title or _("No document chosen"), note)
        self._ready(False)

    def start_find(self) -> None:
        """Ctrl+F."""
        self.field.setFocus()
        self.field.selectAll()

    def _ready(self, ready: bool) -> None:
        for tool in (*self.tools, self.field):
            tool.setEnabled(ready)
        if not ready:
            self.where.setText("")
            self.found.setText("")

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: act())

    def _find(self) -> None:
        wanted = self.field.text().strip()
        count = self.view.find_words(wanted)
        if not wanted:
            self.found.setText("")
        elif not count:
            self.found.setText(_("not found"))
        else:
            self._tell_found()

    def _next(self) -> None:
        self.view.next_hit()
        self._tell_found()

    def _tell_found(self) -> None:
        at, count = self.view.hit
        if count:
            self.found.setText(_("{at} of {count}").format(at=at, count=count))

    def _tell(self) -> None:
        count = len(self.view.pages)
        if not count:
            return
        page = _("page {page} of {count}").format(page=self.view.page + 1, count=count)
        pages = plural("{n} page", "{n} pages", count).format(n=count) if count == 1 else page
        said = f"{pages} · {round(self.view.scale * 75)} %"
        # The place is kept for the longest it may say, so that the row does not move while one turns pages.
        self.where.setMinimumWidth(painting.width_of(said, painting.font(painting.SMALL)) + 8)
        self.where.setText(said)
