"""Packs: languages and laws that are installed or offered; install by choosing or dropping a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QSplitter, QVBoxLayout

from app.domain.changes import Changes
from app.errors import _, plural
from ui import words
from ui.ask import packs as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.room import Action, Room
from ui.theme import Tone
from ui.widgets.dropzone import local_files
from ui.widgets.entrylist import EntryList
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, ChipLabel, Sheet, empty, label, row, selectable

if TYPE_CHECKING:
    from app.services.packs import PackChange, PackLine

KINDS = ("language", "law", "tool", "code", "collection")


class PacksRoom(Room):
    """List on one side, the chosen pack on the other."""

    key = "packs"
    icon = "package"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: tuple[PackLine, ...] = ()
        self.list = EntryList(_("Packs"), margin=20)
        self.name = label("", "section", wrap=True)
        self.chip = ChipLabel()
        self.facts = QVBoxLayout()
        self.facts.setSpacing(0)
        self.remove = Button(_("Remove this pack"), icon="trash-2", kind="danger", act=self._ask_remove)
        self._build()
        self.list.chosen.connect(self._show)
        self.setAcceptDrops(True)
        self._ask()

    def _build(self) -> None:
        left = Sheet(padding=0)
        left.body.addSpacing(8)
        left.body.addWidget(self.list, 1)
        left.body.addSpacing(8)
        right = Sheet(padding=20, spacing=8)
        right.body.addLayout(row(self.name, self.chip))
        right.body.addLayout(self.facts)
        right.body.addStretch(1)
        note = _(
            "A pack is one file. It is checked before anything is unpacked; one that is unsafe or broken is "
            "refused and changes nothing."
        )
        right.body.addWidget(label(note, "small", wrap=True))
        right.body.addLayout(row(self.remove, None))
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(0, 1)
        self.remember_panes(panes, "packs", [700, 430])
        self.page.addWidget(panes, 1)

    def title(self) -> str:
        return _("Packs")

    def actions_now(self) -> tuple[Action, ...]:
        return (
            Action(_("Verify"), "badge-check", self.verify),
            Action(_("Install a pack"), "plus", self.choose, primary=True),
        )

    def enter(self, what: object = None) -> None:
        if isinstance(what, list) and what:
            self.install(Path(what[0]))
        self.list.setFocus()

    def concerns(self, changes: Changes) -> None:
        if "pack" in changes.kinds:
            self._ask()

    def _ask(self) -> None:
        self.desk.read(self, ask.listed, self._hold, key="packs", refused=self.refuse)

    def _hold(self, lines: tuple[PackLine, ...]) -> None:
        self.lines = lines
        entries: list[Entry] = []
        names = {
            "language": _("Languages"),
            "law": _("Laws"),
            "tool": _("Tools"),
            "code": _("Code lists"),
            "collection": _("Collections"),
        }
        for kind in KINDS:
            those = [line for line in lines if line.kind == kind]
            if those:
                entries.append(Entry(f"kind {kind}", names[kind], trailing=str(len(those)), heading=True))
                entries += [self._entry(line) for line in those]
        self.list.hold(entries)

    @staticmethod
    def _entry(line: PackLine) -> Entry:
        under = _("version {version} · {size}").format(version=line.version, size=words.size(line.size))
        icon = {"language": "languages", "law": "scale"}.get(line.kind, "package")
        name, tone = state_of(line.state)
        return Entry(
            (line.kind, line.name, line.version, line.folder),
            pack_title(line),
            under,
            icon=icon,
            under=name,
            tone=tone,
            value=line,
        )

    def _show(self, entry: Entry | None) -> None:
        empty(self.facts)
        line = next((x for x in self.lines if entry and x is entry.value), None)
        self.remove.setVisible(line is not None and line.state not in ("bundled", "offered"))
        if line is None:
            self.name.setText(_("No pack chosen"))
            self.chip.show_chip(Chip(""))
            return
        self.name.setText(pack_title(line))
        name, tone = state_of(line.state)
        self.chip.show_chip(Chip(name, tone))
        for called, value in (
            (_("Name"), line.name),
            (_("Version"), line.version),
            (_("Size"), words.size(line.size)),
            (_("Signed by"), line.signed_by or _("nobody")),
            (_("SHA-256"), line.sha256[:32]),
            (_("Lies in"), line.folder),
            (_("What is wrong"), line.problem),
        ):
            if value:
                self.facts.addWidget(label(called, "label"))
                self.facts.addWidget(selectable(words.isolate(value), "medium", wrap=True))
                self.facts.addSpacing(6)

    def choose(self) -> None:
        """Choose a file to install."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Pack"))
        if chosen:
            self.install(Path(chosen))

    def install(self, file: Path) -> None:
        """Install a pack from a file."""
        self.strip.clear()
        self.desk.write(
            self,
            lambda office, progress: ask.install(office, progress, file),
            self._installed,
            title=_("Installing {name}").format(name=file.name),
            refused=self.refuse,
            stopped=lambda: self.strip.say(_("Stopped. Nothing was installed.")),
        )

    def _installed(self, change: PackChange) -> None:
        names = words.listed(f"{line.name} {line.version}" for line in change.packs)
        self.desk.say(_("Installed: {names}").format(names=names))

    def verify(self) -> None:
        """Compare every file of every pack with its hash."""
        self.desk.read(self, ask.verify, self._verified, title=_("Verifying the packs"), refused=self.refuse)

    def _verified(self, lines: tuple[PackLine, ...]) -> None:
        broken = [line for line in lines if line.state == "broken"]
        if not broken:
            sound = plural("{n} pack is whole", "{n} packs are whole", len(lines)).format(n=len(lines))
            self.strip.say(sound, Tone.GREEN)
            return
        self.strip.say(
            _("Not whole: {names}").format(names=words.listed(line.name for line in broken)),
            Tone.RED,
            _("Install them again from a sound copy; the others work on."),
        )

    def _ask_remove(self) -> None:
        entry = self.list.current
        line = next((x for x in self.lines if entry and x is entry.value), None)
        if line is None:
            return
        box = QMessageBox(self)
        box.setWindowTitle(_("Remove a pack"))
        box.setText(
            _("Remove {name} {version} from this computer?").format(name=line.name, version=line.version)
        )
        box.setInformativeText(_("It can be installed again from its file only."))
        gone = box.addButton(_("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda pressed: self._remove(line) if pressed is gone else None)
        box.open()

    def _remove(self, line: PackLine) -> None:
        name = f"{line.name}-{line.version}"
        self.desk.write(
            self,
            lambda office, progress: ask.remove(office, progress, name, line.kind),
            lambda _gone: self._ask(),
            refused=self.refuse,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for file in local_files(event.mimeData())[:1]:
            event.acceptProposedAction()
            self.install(file)


def pack_title(line: PackLine) -> str:
    """The pack's own title; a language pair in words where it has none."""
    if line.title:
        return line.title
    pair = line.name.removeprefix("translate-").split("_")
    if line.kind == "language" and len(pair) == 2:
        return _("{source} to {target}").format(
            source=words.language_name(pair[0]), target=words.language_name(pair[1])
        )
    return line.name


def state_of(state: str) -> tuple[str, Tone]:
    """A pack's state in words."""
    return {
        "ready": (_("ready"), Tone.GREEN),
        "stored": (_("kept"), Tone.QUIET),
        "bundled": (_("comes with the program"), Tone.QUIET),
        "offered": (_("unpacked when first needed"), Tone.QUIET),
        "broken": (_("broken"), Tone.RED),
    }.get(state, (state, Tone.QUIET))
