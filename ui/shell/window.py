"""The window: first page, forms, or the frame of an open office; it changes place, never opens a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app import errors
from app.errors import OfficeError, _
from app.progress import Progress
from ui import icons, theme
from ui.ask import offices as ask
from ui.ask.offices import Founding, Opened
from ui.desk import Desk
from ui.jobs import Ask, Job, Runner
from ui.preferences import Preferences
from ui.shell.firstrun import FirstRun
from ui.shell.opening import Form, MakeForm, UnlockForm
from ui.shell.statusline import StatusLine
from ui.widgets.states import Notice

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def speak(app: QApplication, language: str) -> None:
    """Set the language of the interface and the direction it runs in."""
    errors.speak(language)
    rtl = language in RIGHT_TO_LEFT
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)


class Window(QWidget):
    """Everything the person sees."""

    def __init__(self, preferences: Preferences, runner: Runner | None = None) -> None:
        super().__init__()
        self.preferences = preferences
        self.runner = runner or Runner(self)
        self.desk: Desk | None = None
        self.form: Form | None = None
        self.first: FirstRun | None = None
        self.setObjectName("window")
        self.setWindowTitle(_("Marula"))
        self.setWindowIcon(QIcon(icons.pixmap("marula", "ink", 64)))
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.runner.broke.connect(self._broke)

    def begin(self, folder: Path | None) -> None:
        """Open an office there is, else show the first page."""
        named = folder or (Path(self.preferences.office) if self.preferences.office else None)
        if folder is not None or (named is not None and (named / "office.json").is_file()):
            self.open(named or Path())
        else:
            self.show_first()

    def open(self, folder: Path, secret: str = "") -> None:
        """Open an office off the window's thread."""
        if self.form is None:
            self._show(Notice("folder-open", _("Opening the office …"), str(folder)))
        self._start(_("Opening the office"), lambda progress: ask.open_office(progress, folder, secret))

    def show_first(self) -> None:
        """The first page."""
        self.form = None
        first = FirstRun(self.preferences.language)
        first.language.connect(self.change_language)
        first.sample.connect(self._sample)
        first.make.connect(lambda: self._show_form(MakeForm(join=False)))
        first.join.connect(lambda: self._show_form(MakeForm(join=True)))
        first.opened.connect(self._choose)
        self.first = first
        self._show(first)

    def change_language(self, code: str) -> None:
        """Speak another language at once; the page is made anew in it."""
        app = QApplication.instance()
        if not isinstance(app, QApplication) or code == self.preferences.language:
            return
        self.preferences.language = code
        speak(app, code)
        self._keep()
        self.setWindowTitle(_("Marula"))
        if self.desk is not None:
            self.enter(self.desk, "settings")
        else:
            self.show_first()

    def change_theme(self, mode: theme.Mode) -> None:
        """Light, dark, or as the system."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.preferences.theme = mode
            theme.apply(app, mode)
            self._keep()

    def close_office(self) -> None:
        """Back to the first page; the office is closed when its work has ended."""
        if self.desk is not None:
            self.runner.stop_all()
            self.runner.wait()
            self.desk.office.close()
            self.desk = None
        self.preferences.office = ""
        self._keep()
        self.show_first()

    def _sample(self) -> None:
        self._show(Making(self.runner))
        self._start(_("Making the sample office"), ask.sample_office)

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Folder of the office")):
            self.open(Path(chosen))

    def _show_form(self, form: Form) -> None:
        self.form = form
        form.gone_back.connect(self.show_first)
        if isinstance(form, UnlockForm):
            form.unlock.connect(self.open)
        if isinstance(form, MakeForm):
            form.made.connect(self._make)
        self._show(form)

    def _make(self, founding: Founding) -> None:
        if founding.invitation is not None:
            self._start(_("Joining the office"), lambda progress: ask.join_office(progress, founding))
        else:
            self._start(_("Making the office"), lambda progress: ask.make_office(progress, founding))

    def _start(self, title: str, work: Callable[[Progress], Any]) -> None:
        self.runner.read(
            Ask(title, work, self, done=self._opened, refused=self._refused, stopped=self.show_first)
        )

    def _opened(self, opened: Opened) -> None:
        if opened.office is None or opened.law is None:
            self._show_form(UnlockForm(opened.folder))
            return
        self.form = self.first = None
        self.preferences.office = str(opened.folder)
        self._keep()
        self.enter(Desk(self.runner, self.preferences, opened.office, opened.law))

    def enter(self, desk: Desk, room: str = "docket") -> None:
        """Put the frame of an open office into the window, in the language spoken now."""
        from ui.shell.frame import Frame

        fresh = Desk(self.runner, self.preferences, desk.office, desk.law)
        fresh.language_wanted.connect(self.change_language)
        fresh.theme_wanted.connect(lambda mode: self.change_theme(theme.Mode(mode)))
        fresh.leave_wanted.connect(self.close_office)
        self.desk = fresh
        frame = Frame(fresh)
        if room != "docket":
            frame.go(room)
        self._show(frame)

    def _refused(self, refusal: OfficeError) -> None:
        if self.form is not None:
            self.form.refuse(refusal)
            return
        self.show_first()
        if self.first is not None:
            self.first.strip.refuse(refusal)

    def _broke(self, report: str) -> None:
        from ui.shell.trouble import keep_report

        keep_report(self, report)

    def _show(self, page: QWidget) -> None:
        while (old := self.pages.widget(0)) is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def _keep(self) -> None:
        try:
            self.preferences.save()
        except OSError as trouble:
            refusal = OfficeError(
                _("The window’s settings could not be kept ({why}).").format(why=trouble.strerror),
                _("Everything else works; the window forgets its settings when it is closed."),
            )
            if self.first is not None:
                self.first.strip.refuse(refusal)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Running work is stopped, what is being written is finished."""
        self.runner.stop_all()
        self.runner.wait()
        self._keep()
        if self.desk is not None:
            self.desk.office.close()
        event.accept()


class Making(QWidget):
    """Shown while the sample office is made: what is done, and Stop."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.notice = Notice(
            "sprout",
            _("Making the sample office …"),
            _("An examiner’s day is played through on this computer."),
        )
        column.addWidget(self.notice, 1)
        column.addWidget(StatusLine(runner))
        runner.progressed.connect(self._heard)

    def _heard(self, job: Job) -> None:
        self.notice.say("sprout", _("Making the sample office …"), job.note)
