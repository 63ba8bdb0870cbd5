"""Adding published records to a collection: its name, files or a folder, drag and drop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.errors import OfficeError, _
from ui.widgets.dropzone import DropZone
from ui.widgets.fields import Combo
from ui.widgets.pieces import Button, Sheet, label, row
from ui.widgets.states import Strip


class AddForm(Sheet):
    """`added(name, paths)`; `left` goes back to the search."""

    added = Signal(str, list)
    dropped = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20, spacing=8)
        self.strip = Strip()
        self.name = Combo()
        self.name.setEditable(True)
        self.name.setAccessibleName(_("Collection"))
        self.zone = DropZone(_("Drop gazettes, data files or a folder here"), _("or choose them"))
        self.zone.dropped.connect(self.take)
        files = Button(_("Choose files"), icon="file-plus", act=self._files)
        folder = Button(_("Choose a folder"), icon="folder", act=self._folder)
        self.remove = Button(_("Remove this collection"), icon="trash-2", kind="danger", act=self._drop)
        back = Button(_("Back to the search"), act=self.left.emit)
        self.body.addWidget(label(_("Add published records"), "section"))
        note = _(
            "Only what is published enters a collection: it lies in clear beside the office, so "
            "that it can be "
            "searched fast and carried as a pack."
        )
        self.body.addWidget(label(note, "quietly", wrap=True))
        self.body.addWidget(self.strip)
        self.body.addWidget(label(_("Collection"), "label"))
        self.body.addWidget(self.name)
        self.body.addWidget(self.zone, 1)
        self.body.addLayout(row(files, folder, None))
        self.body.addLayout(row(back, None, self.remove))

    def offer(self, names: tuple[str, ...]) -> None:
        """The collections there are."""
        kept = self.name.currentText()
        self.name.clear()
        self.name.addItems(names)
        self.name.setCurrentText(kept or (names[0] if names else _("published")))
        self.remove.setVisible(bool(names))

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal above the fields."""
        self.strip.refuse(refusal)

    def _files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Files with published records"))
        self.take([Path(name) for name in chosen])

    def _folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder with published records")):
            self.take([Path(chosen)])

    def take(self, paths: list[Path]) -> None:
        """Add files as if they were dropped here."""
        if paths and self.name.currentText().strip():
            self.added.emit(self.name.currentText().strip(), paths)

    def _drop(self) -> None:
        if self.name.currentText().strip():
            self.dropped.emit(self.name.currentText().strip())
