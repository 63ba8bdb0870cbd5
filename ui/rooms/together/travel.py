"""What would travel and what came: the store, sizes both ways, the exchange by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.errors import OfficeError, _, plural
from ui import words
from ui.models.entries import Entry
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Button, Sheet, label, row
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.syncing import Synced, TravelItem, TravelPlan, Volume
    from ui.ask.together import Picture


class TravelSheet(Sheet):
    """`stored(address)` when another store is named; `counted` asks what would travel; `settings`."""

    stored = Signal(str)
    counted = Signal()
    settings = Signal()

    def __init__(self) -> None:
        super().__init__(padding=0, spacing=0)
        self.strip = Strip()
        self.store = QLineEdit()
        self.store.setPlaceholderText(_("Folder, stick or address"))
        self.store.setAccessibleName(_("Store"))
        self.store.setProperty("kind", "small")
        self.store.editingFinished.connect(self._stored)
        self.pick = Button("", icon="folder", kind="tool", tip=_("Choose a folder or a stick"))
        self._menu = QMenu(self)
        self.pick.setMenu(self._menu)
        self.look = Button(_("Count"), icon="arrow-up-down", kind="filter", act=self.counted.emit)
        self.list = EntryList(_("What would travel"))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = label(_("What would travel"), "section")
        self.whole = label("", "small")
        self.clock = label("", "small", wrap=True)
        self.change = Button(_("Set the clock …"), kind="link", act=self.settings.emit)
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(0, 14, 0, 10)
        page.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(8)
        top.addLayout(row(self.head, None, self.whole))
        top.addLayout(row(self.store, self.pick, self.look, spacing=4))
        top.addWidget(self.strip)
        page.addLayout(top)
        page.addWidget(self.list)
        page.addStretch(1)
        low = QVBoxLayout()
        low.setContentsMargins(16, 0, 16, 0)
        low.setSpacing(2)
        low.addWidget(self.clock)
        low.addLayout(row(self.change, None))
        page.addLayout(low)
        scroll = ScrollColumn(_("What would travel"), inner)
        self.body.addWidget(scroll)

    def hold(self, picture: Picture) -> None:
        """Show the store, the sticks and the clock."""
        if not self.store.hasFocus():
            self.store.setText(picture.schedule.store)
        self._offer(picture.sticks)
        self.clock.setText(clock_words(picture))

    def _offer(self, sticks: Iterable[Volume]) -> None:
        self._menu.clear()
        for stick in sticks:
            named = self._menu.addAction(_("Stick {name}").format(name=stick.name))
            named.triggered.connect(partial(self._set, stick.path))
        self._menu.addAction(_("Choose a folder …"), self._choose)

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder of the store"), self.store.text()):
            self._set(chosen)

    def _set(self, address: str, _checked: bool = False) -> None:
        self.store.setText(address)
        self._stored()

    def _stored(self) -> None:
        self.stored.emit(self.store.text().strip())

    @property
    def address(self) -> str:
        """The store's address as it stands in the field."""
        return self.store.text().strip()

    def show_plan(self, plan: TravelPlan) -> None:
        """What an exchange would move."""
        self.strip.clear()
        self.head.setText(_("What would travel"))
        entries = [*_items(plan.out, out=True), *_items(plan.back, out=False)]
        entries += [Entry(f"wait {n}", text, icon="clock") for n, text in enumerate(plan.waiting)]
        if not entries:
            entries = [
                Entry(
                    "nothing", _("Nothing: both sides hold the same"), icon="circle-check", icon_tone="green"
                )
            ]
        self._fill(entries)
        self.whole.setText(
            _("{out} out · {back} in").format(
                out=words.size(plan.bytes_out), back=words.size(plan.bytes_back)
            )
        )

    def show_done(self, done: Synced) -> None:
        """What an exchange did."""
        self.head.setText(_("What came"))
        applied = plural("{n} change of others", "{n} changes of others", done.applied).format(n=done.applied)
        entries = [
            Entry(
                "read",
                applied,
                _("{n} files read").format(n=done.read),
                under=words.size(done.bytes_read),
                icon="download",
            ),
            Entry(
                "wrote",
                _("What was only here"),
                _("{n} files written").format(n=done.wrote),
                under=words.size(done.bytes_written),
                icon="upload",
            ),
        ]
        if done.documents:
            documents = plural("{n} document came", "{n} documents came", done.documents).format(
                n=done.documents
            )
            entries.append(Entry("documents", documents, icon="file-text"))
        if done.new_store:
            entries.append(
                Entry(
                    "new",
                    _("Nothing of this office lay there before"),
                    _("Look at the name if you meant another folder."),
                    icon="circle-alert",
                    icon_tone="amber",
                )
            )
        entries += [
            Entry(f"wait {n}", text, icon="clock", icon_tone="amber") for n, text in enumerate(done.waiting)
        ]
        entries += [
            Entry(
                f"aside {n}",
                _("Set aside: {reason}").format(reason=aside.reason),
                aside.file,
                icon="triangle-alert",
                icon_tone="amber",
                under=_("healed") if aside.healed else "",
            )
            for n, aside in enumerate(done.quarantined)
        ]
        entries += [
            Entry(f"fork {n}", text, icon="git-fork", icon_tone="red") for n, text in enumerate(done.forks)
        ]
        self._fill(entries)
        self.whole.setText(words.size(done.bytes))
        self.strip.say(
            _("Both sides hold the same now") if not done.waiting else _("Exchanged; something still waits"),
            Tone.GREEN if not done.waiting else Tone.AMBER,
        )

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal where the store is named."""
        self.strip.refuse(refusal)

    def _fill(self, entries: list[Entry]) -> None:
        self.list.hold(entries, first=False)
        self.list.setFixedHeight(self.list.whole_height() + 2)


def _items(items: Iterable[TravelItem], *, out: bool) -> Iterable[Entry]:
    names = {"keys": _("Keys"), "changes": _("Changes"), "documents": _("Scans and documents")}
    icons = {"keys": "key-round", "changes": "refresh-cw", "documents": "file-text"}
    for item in items:
        if not item.files:
            continue
        files = (
            plural("{n} file to the store", "{n} files to the store", item.files)
            if out
            else plural("{n} file from the store", "{n} files from the store", item.files)
        )
        yield Entry(
            f"{item.kind} {out}",
            names.get(item.kind, item.kind),
            files.format(n=item.files),
            under=words.size(item.bytes),
            icon=icons.get(item.kind, "file-text"),
        )


def clock_words(picture: Picture) -> str:
    """When the window exchanges by itself."""
    schedule = picture.schedule
    if not schedule.on:
        return _("By the clock: off")
    parts = []
    if schedule.every_minutes:
        parts.append(
            plural("every {n} minute", "every {n} minutes", schedule.every_minutes).format(
                n=schedule.every_minutes
            )
        )
    if schedule.when_stick:
        parts.append(_("when the stick appears"))
    if schedule.when_line:
        parts.append(_("when the line is back"))
    return _("By the clock: {when}").format(when=words.listed(parts) or _("never"))
