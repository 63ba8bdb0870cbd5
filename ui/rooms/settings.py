"""Settings: the window, the exchange by the clock, the office on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Changes
from app.errors import _, plural
from ui import words
from ui.ask import cases as ask_cases
from ui.ask import offices as ask_offices
from ui.ask import together as ask
from ui.ask.together import Wanted
from ui.desk import Desk
from ui.preferences import LANGUAGE_NAMES, LANGUAGES
from ui.rooms.room import Action, Room
from ui.theme import Mode, Tone
from ui.widgets.checkbox import CheckBox
from ui.widgets.choicebutton import Choice, ChoiceButton
from ui.widgets.pieces import Button, Sheet, label, row, selectable
from ui.widgets.scrolling import ScrollColumn

if TYPE_CHECKING:
    from app.services.offices import BackedUp, OfficeStatus, Rebuilt, Verified
    from app.services.syncing import Schedule


class SettingsRoom(Room):
    """Every change is kept at once; there is nothing to confirm."""

    key = "settings"
    icon = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._holding = False
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for sheet in (self._window(), self._clock(), self._office()):
            sheet.setMaximumWidth(820)
            column.addWidget(sheet)
        column.addStretch(1)
        scroll = ScrollColumn(_("Settings"), inner)
        self.page.addWidget(scroll, 1)
        self._ask()

    def title(self) -> str:
        return _("Settings")

    def actions_now(self) -> tuple[Action, ...]:
        return (Action(_("Close this office"), "power", self.desk.leave_wanted.emit),)

    def enter(self, what: object = None) -> None:
        self._ask()

    def concerns(self, changes: Changes) -> None:
        self._ask()

    def _window(self) -> Sheet:
        sheet = Sheet(padding=20, spacing=12)
        self.language = ChoiceButton("", self._language)
        self.language.offer([Choice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.choose(self.desk.preferences.language)
        self.theme = ChoiceButton("", self._theme)
        names = {Mode.SYSTEM: _("as the system"), Mode.LIGHT: _("light"), Mode.DARK: _("dark")}
        self.theme.offer([Choice(str(mode), names[mode]) for mode in Mode])
        self.theme.choose(self.desk.preferences.theme)
        sheet.body.addWidget(label(_("Window"), "section"))
        sheet.body.addLayout(
            _grid(
                (
                    _("Language"),
                    row(self.language, label(_("Letters keep the office’s languages"), "small"), None),
                ),
                (_("Theme"), row(self.theme, None)),
            )
        )
        self.language.setAccessibleName(_("Language of the window"))
        self.theme.setAccessibleName(_("Theme"))
        return sheet

    def _clock(self) -> Sheet:
        sheet = Sheet(padding=20, spacing=12)
        self.on = CheckBox(_("Exchange by itself"))
        self.store = QLineEdit()
        self.store.setAccessibleName(_("Store"))
        self.store.setPlaceholderText(_("Folder, stick or address"))
        choose = Button(_("Choose …"), act=self._choose)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 1440)
        self.minutes.setFixedWidth(96)
        self.minutes.lineEdit().setTextMargins(8, 0, 8, 0)
        self.minutes.setAccessibleName(_("Minutes between two exchanges"))
        self.stick = CheckBox(_("when the stick with the store appears"))
        self.line = CheckBox(_("when the line is back"))
        sheet.body.addWidget(label(_("Exchange with the other stations"), "section"))
        sheet.body.addWidget(self.on)
        sheet.body.addLayout(
            _grid(
                (_("Store"), row(self.store, choose)),
                (_("Every"), row(self.minutes, label(_("minutes; 0 is never"), "small"), None)),
                (_("And"), row(self.stick, None)),
                ("", row(self.line, None)),
            )
        )
        self.on.toggled.connect(lambda _on: self._keep())
        self.stick.toggled.connect(lambda _on: self._keep())
        self.line.toggled.connect(lambda _on: self._keep())
        self.minutes.editingFinished.connect(self._keep)
        self.store.editingFinished.connect(self._keep)
        return sheet

    def _office(self) -> Sheet:
        sheet = Sheet(padding=20, spacing=12)
        self.facts = QVBoxLayout()
        self.told = selectable("", "", wrap=True)
        sheet.body.addWidget(label(_("Office"), "section"))
        sheet.body.addWidget(self.told)
        backup = Button(_("Back up"), icon="save", act=self._backup)
        verify = Button(_("Check everything"), icon="badge-check", act=self._verify)
        rebuild = Button(_("Make the tables anew"), icon="rotate-ccw", act=self._rebuild)
        sheet.body.addLayout(row(backup, verify, rebuild, None))
        return sheet

    def _ask(self) -> None:
        self.desk.read(self, ask.schedule, self._hold, key="schedule", refused=self.refuse)
        self.desk.read(self, ask_cases.status, self._hold_status, key="status", refused=self.refuse)

    def _hold(self, schedule: Schedule) -> None:
        self._holding = True
        self.on.setChecked(schedule.on)
        if not self.store.hasFocus():
            self.store.setText(schedule.store)
        if not self.minutes.hasFocus():
            self.minutes.setValue(schedule.every_minutes)
        self.stick.setChecked(schedule.when_stick)
        self.line.setChecked(schedule.when_line)
        self._holding = False

    def _hold_status(self, status: OfficeStatus) -> None:
        lock = (
            _("Encrypted with its passphrase.")
            if status.encrypted
            else _("Not encrypted: whoever takes this disk can read every case and this office’s keys.")
        )
        counts = words.listed(
            (
                plural("{n} case", "{n} cases", status.cases).format(n=status.cases),
                plural("{n} change", "{n} changes", status.operations).format(n=status.operations),
                _("{n} of them only here").format(n=status.unsynced),
            )
        )
        digest = _("digest {digest}").format(digest=status.digest[:16])
        lines = (words.isolate(status.path), _("Law pack {law}").format(law=status.law), counts, digest, lock)
        self.told.setText("\n".join(lines))

    def _language(self) -> None:
        self.desk.language_wanted.emit(str(self.language.value))

    def _theme(self) -> None:
        self.desk.theme_wanted.emit(str(self.theme.value))

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder of the store"), self.store.text()):
            self.store.setText(chosen)
            self._keep()

    def _keep(self) -> None:
        if self._holding:
            return
        wanted = Wanted(
            self.on.isChecked(),
            self.store.text().strip(),
            self.minutes.value(),
            self.stick.isChecked(),
            self.line.isChecked(),
        )
        self.desk.write(
            self, lambda office, progress: ask.set_schedule(office, progress, wanted), refused=self.refuse
        )

    def _backup(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Backup of the office"), "office-backup.zip")
        if chosen:
            self.desk.read(
                self,
                lambda office, progress: ask_offices.backup(office, progress, Path(chosen)),
                self._backed_up,
                title=_("Writing the backup"),
                refused=self.refuse,
                stopped=lambda: self.strip.say(_("Stopped.")),
            )

    def _backed_up(self, done: BackedUp) -> None:
        self.strip.say(
            _("Backup written: {file}, {size}").format(
                file=words.isolate(done.file), size=words.size(done.bytes)
            ),
            Tone.GREEN,
            _("Keep it on another disk than this one."),
        )

    def _verify(self) -> None:
        self.desk.read(
            self,
            ask_offices.verify,
            self._verified,
            title=_("Checking the office"),
            refused=self.refuse,
            stopped=lambda: self.strip.say(_("Stopped. Nothing was changed.")),
        )

    def _verified(self, found: Verified) -> None:
        if found.ok:
            whole = plural(
                "The office is whole: {n} change checked",
                "The office is whole: {n} changes checked",
                found.operations,
            )
            self.strip.say(whole.format(n=found.operations), Tone.GREEN)
        else:
            self.strip.say(
                plural("{n} problem was found", "{n} problems were found", len(found.problems)).format(
                    n=len(found.problems)
                ),
                Tone.RED,
                "\n".join(found.problems[:12]),
            )

    def _rebuild(self) -> None:
        self.desk.write(
            self,
            ask_offices.rebuild,
            self._rebuilt,
            title=_("Making the tables anew"),
            refused=self.refuse,
            stopped=lambda: self.strip.say(_("Stopped. The tables are as they were.")),
        )

    def _rebuilt(self, found: Rebuilt) -> None:
        same = (
            _("They are the same bytes as before.") if found.same else _("They differ from what stood there.")
        )
        made = plural(
            "The tables of {n} case were made anew", "The tables of {n} cases were made anew", found.cases
        )
        self.strip.say(made.format(n=found.cases), Tone.GREEN, same)


def _grid(*lines: tuple[str, object]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 110)
    grid.setColumnStretch(1, 1)
    for place, (name, what) in enumerate(lines):
        grid.addWidget(label(name, "label"), place, 0)
        grid.addLayout(what, place, 1)  # type: ignore[call-overload]
    return grid
