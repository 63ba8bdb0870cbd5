"""A line above pages that are pictures: it offers to read their words, tells how far it is, and stops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.errors import OfficeError, _, plural
from ui.ask import documents as ask
from ui.desk import Desk
from ui.jobs import Job
from ui.theme import Tone
from ui.widgets.pagewords import PageLike
from ui.widgets.states import Strip

if TYPE_CHECKING:
    from app.services.recognising import Recognised


class ScanStrip(Strip):
    """`read(document id)` once the words of a scan are kept and its pages can be asked for again."""

    read = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(closable=False)
        self.desk = desk
        self._document = ""
        self._jobs: dict[str, Job] = {}
        self._told: dict[str, Recognised] = {}
        self.action.clicked.connect(lambda _checked=False: self._act())
        desk.runner.progressed.connect(self._progressed)

    def hold(self, document_id: str, pages: Sequence[PageLike]) -> None:
        """The pages of a document are shown: say so where some of them have no words."""
        self._document = document_id
        if document_id in self._jobs:
            self._tell_progress(self._jobs[document_id])
        elif (told := self._told.get(document_id)) and bool(told.words) == any(p.words for p in pages):
            self._tell_read(told)
        elif all(page.words for page in pages):
            self.leave()
        else:
            self._offer()

    def leave(self) -> None:
        """No pages are shown."""
        self.hide()

    @property
    def reading(self) -> bool:
        """Whether the document that is shown is being read."""
        return self._document in self._jobs

    def _offer(self) -> None:
        self._show(
            _("This is a scan: its words cannot be found or copied yet."),
            remedy=_("The picture stays the document that counts; the words are kept beside it."),
            action=_("Read the scan"),
        )

    def _show(self, message: str, tone: Tone = Tone.QUIET, remedy: str = "", action: str = "") -> None:
        self.say(message, tone, remedy)
        self.action.say(action)
        self.action.setVisible(bool(action))

    def _act(self) -> None:
        document = self._document
        if document in self._jobs:
            self._jobs[document].stop()
            self.action.setEnabled(False)
            return
        self._told.pop(document, None)
        job = self.desk.write(
            self,
            lambda office, progress: ask.read_scan(office, progress, document),
            lambda found: self._done(document, found),
            title=_("Reading a scan"),
            refused=lambda refusal: self._refused(document, refusal),
            stopped=lambda: self._stopped(document),
        )
        self._jobs[document] = job
        self._tell_progress(job)

    def _progressed(self, job: object) -> None:
        if isinstance(job, Job) and self._jobs.get(self._document) is job:
            self._tell_progress(job)

    def _tell_progress(self, job: Job) -> None:
        self._show(_("Reading the scan …"), remedy=job.note, action=_("Stop"))
        self.action.setEnabled(not job.stopping)

    def _ended(self, document: str) -> bool:
        """Whether the one that ended is the one that is shown."""
        self._jobs.pop(document, None)
        self.action.setEnabled(True)
        return document == self._document

    def _done(self, document: str, found: Recognised) -> None:
        self._told[document] = found
        if self._ended(document):
            self._tell_read(found)
            self.read.emit(document)

    def _tell_read(self, found: Recognised) -> None:
        if not found.words:
            self._show(
                _("No words were found on these pages."),
                Tone.AMBER,
                _("A sharper scan (300 dots an inch, black on white) is read better."),
                _("Read once more"),
            )
            return
        count = plural("{n} word was read.", "{n} words were read.", found.words).format(n=found.words)
        self._show(count, Tone.GREEN, _("They are found, chosen and copied like those of any other page."))

    def _refused(self, document: str, refusal: OfficeError) -> None:
        if self._ended(document):
            self._show(refusal.message, Tone.RED, refusal.remedy, _("Read the scan"))

    def _stopped(self, document: str) -> None:
        if self._ended(document):
            self._show(
                _("Stopped. Nothing was kept."), Tone.AMBER, _("It can be read again."), _("Read the scan")
            )
