"""The forms that stand before an office is open: passphrase, make, join."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import OfficeError, _
from app.paths import data_folder
from ui.ask.offices import Founding
from ui.theme import Tone, colour
from ui.widgets.pieces import Button, Icon, Sheet, column, label, row
from ui.widgets.states import Strip


class Form(QWidget):
    """A sheet in the middle of the window: title, fields, one primary action, and a way back."""

    gone_back = Signal()

    def __init__(self, icon: str, title: str, note: str, action: str) -> None:
        super().__init__()
        self.strip = Strip()
        self.sheet = Sheet(padding=24, spacing=6)
        self.sheet.setFixedWidth(480)
        self.primary = Button(action, kind="primary", act=self.submit)
        self.back = Button(_("Back"), act=self.gone_back.emit)
        self.sheet.body.addLayout(row(Icon(icon, "accent", 22), label(title, "section"), None))
        self.sheet.body.addWidget(label(note, "quietly", wrap=True))
        self.sheet.body.addSpacing(8)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column(self.strip, self.sheet, spacing=12))
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def field(self, name: str, value: str = "", *, secret: bool = False) -> QLineEdit:
        """A named field below the others."""
        line = QLineEdit(value)
        line.setAccessibleName(name)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        above = label(name, "label")
        above.setBuddy(line)
        self.sheet.body.addWidget(above)
        self.sheet.body.addWidget(line)
        line.returnPressed.connect(self.submit)
        return line

    def path_field(self, name: str, value: str, browse: Callable[[], str]) -> QLineEdit:
        """A field for a place on the disk, with a button that shows the disk."""
        line = QLineEdit(value)
        line.setAccessibleName(name)
        line.returnPressed.connect(self.submit)

        def ask() -> None:
            if chosen := browse():
                line.setText(chosen)

        pick = Button(_("Choose …"), act=ask)
        pick.setAccessibleName(_("Choose: {name}").format(name=name))
        self.sheet.body.addWidget(label(name, "label"))
        self.sheet.body.addLayout(row(line, pick))
        return line

    def close_form(self) -> None:
        """Put the buttons below the last field."""
        self.sheet.body.addSpacing(12)
        self.sheet.body.addLayout(row(self.back, None, self.primary))

    def submit(self) -> None:
        """Do the primary thing."""
        raise NotImplementedError

    def busy(self, busy: bool) -> None:
        """While the work runs nothing can be pressed twice."""
        self.primary.setEnabled(not busy)

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal above the sheet."""
        self.busy(False)
        self.strip.refuse(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gone_back.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("ground"))
        painter.end()


class UnlockForm(Form):
    """Asks for the passphrase of an office."""

    unlock = Signal(object, str)

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "lock",
            _("This office is locked"),
            _("The office in {folder} opens with its passphrase.").format(folder=folder),
            _("Open"),
        )
        self.folder = folder
        self.secret = self.field(_("Passphrase"), secret=True)
        self.close_form()

    def submit(self) -> None:
        if self.secret.text():
            self.busy(True)
            self.unlock.emit(self.folder, self.secret.text())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.secret.setFocus()
        return super().event(event)


class MakeForm(Form):
    """A new office, or a new station of one (`join`)."""

    made = Signal(object)

    def __init__(self, *, join: bool) -> None:
        title = _("Join an office") if join else _("Make an office")
        note = (
            _(
                "The invitation is a file your registrar wrote. An answer file is written beside "
                "it: bring it back."
            )
            if join
            else _("The office is one folder on this computer. Back it up, or join a second station to it.")
        )
        super().__init__("users" if join else "building-2", title, note, title)
        self._join = join
        if join:
            self.invitation = self.path_field(_("Invitation file"), "", self._choose_invitation)
        self.folder = self.path_field(_("Folder"), str(data_folder() / "office"), self._choose_folder)
        self.officer = self.field(_("Officer’s name"), _login())
        self.secret = self.field(_("Passphrase (may stay empty)"), secret=True)
        self.again = self.field(_("Passphrase again"), secret=True)
        self.close_form()

    def submit(self) -> None:
        if self.secret.text() != self.again.text():
            self.strip.say(
                _("The two passphrases differ. Nothing was made."), Tone.RED, _("Type the same one twice.")
            )
            return
        if self._join and not self.invitation.text().strip():
            self.strip.say(
                _("No invitation was named."), Tone.RED, _("Choose the file your registrar wrote.")
            )
            return
        self.busy(True)
        invitation = Path(self.invitation.text().strip()) if self._join else None
        self.made.emit(
            Founding(
                Path(self.folder.text().strip()),
                self.officer.text().strip(),
                self.secret.text(),
                invitation=invitation,
            )
        )

    def _choose_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, _("Folder"), self.folder.text())

    def _choose_invitation(self) -> str:
        return QFileDialog.getOpenFileName(self, _("Invitation file"))[0]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
