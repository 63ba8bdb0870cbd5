"""Documents of the case: the list on one side, pages on the other; what has no pages is shown as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.dossier import Document
from app.errors import _
from ui import words
from ui.ask import cases as ask
from ui.ask import documents as ask_documents
from ui.desk import Desk
from ui.models.entries import Entry
from ui.printing import choose_printer, paint
from ui.rooms.case.scan import ScanStrip
from ui.theme import Tone
from ui.widgets.entrylist import EntryList
from ui.widgets.pagedesk import PageDesk
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, row

if TYPE_CHECKING:
    from app.services.documents import PagedDocument

TEXT = ("text/", "application/xml", "application/json")
SCANNED = "text"
"""Kind of a document that holds what was read of a scan."""

DRAWN = ("svg",)
"""Kinds that are drawn, not scanned: there are no words to read in them."""

LONGEST = 400_000
"""Characters of a text document that are shown."""


class DocumentsPage(QWidget):
    """`attached(files)` when files are put into the dossier by hand."""

    attached = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._documents: dict[str, Document] = {}
        self._shown = ""
        self.list = EntryList(_("Documents of the case"))
        self.print = Button("", icon="printer", kind="tool", act=self._print, tip=_("Print (Ctrl+P)"))
        self.save = Button("", icon="save", kind="tool", act=self._save, tip=_("Save a copy"))
        self.pages = PageDesk((self.print, self.save))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "reading")
        self.text.setAccessibleName(_("The document as text"))
        self.scan = ScanStrip(desk)
        self.viewer = QStackedWidget()
        self.viewer.addWidget(self._with_scan())
        self.viewer.addWidget(self.text)
        attach = Button(_("Attach files"), icon="paperclip", kind="small", act=self._attach)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        foot = row(attach, None)
        foot.setContentsMargins(16, 0, 16, 0)
        column.addLayout(foot)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(left)
        panes.addWidget(self.viewer)
        panes.setSizes([300, 800])
        panes.setStretchFactor(1, 1)
        panes.setChildrenCollapsible(False)
        panes.setAccessibleName(_("Documents of the case"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(panes)
        self.list.chosen.connect(self._choose)
        self.scan.read.connect(self._read_again)

    def _with_scan(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(12, 8, 12, 0)
        around.addWidget(self.scan)
        column.addLayout(around)
        column.addWidget(self.pages, 1)
        return made

    def hold(self, case: Case) -> None:
        """Show a case's documents, newest first."""
        self._documents = {d.id: d for d in case.documents}
        newest = sorted(case.documents, key=lambda d: d.received, reverse=True)
        # What has pages is looked at first; data files are there to be opened when somebody asks.
        paged = next((d.id for d in newest if not d.media_type.startswith(TEXT)), None)
        self.list.hold(
            (self._entry(d) for d in newest), choose=None if self._shown in self._documents else paged
        )
        if not newest:
            self._clear("file-text", _("No documents"), _("Drop files here to put them into the dossier."))

    def _clear(self, icon: str = "file-text", title: str = "", note: str = "") -> None:
        self.scan.leave()
        self.pages.clear(icon, title, note)

    @staticmethod
    def _entry(document: Document) -> Entry:
        language = words.language_name(document.language) if document.language else ""
        under = " · ".join(
            p for p in (kind_name(document.kind), words.full_day(document.received), language) if p
        )
        chips = (Chip(_("Confidential"), Tone.QUIET, "lock"),) if document.confidential else ()
        return Entry(
            document.id, document.name, under, icon="file-text", chips=chips, under=words.size(document.bytes)
        )

    def open(self, document_id: str) -> None:
        """Choose a document by id."""
        self.list.choose(document_id)

    def _choose(self, entry: Entry | None) -> None:
        document = self._documents.get(str(entry.key)) if entry else None
        if document is None:
            self._shown = ""
            self._clear()
            return
        if document.id == self._shown:
            return
        self._shown = document.id
        if document.media_type.startswith(TEXT):
            self._show_text(document)
        else:
            self._show_pages(document)

    def _show_pages(self, document: Document) -> None:
        self.viewer.setCurrentIndex(0)
        self._clear("clock", _("Making the pages …"), document.name)
        self._ask_pages(document)

    def _ask_pages(self, document: Document, at: int = 0) -> None:
        self.desk.read(
            self,
            lambda office, progress: ask_documents.pages(office, progress, document.id),
            lambda paged: self._hold_pages(document, paged, at),
            title=_("Making pages"),
            key="pages",
            refused=lambda refusal: self._clear("circle-alert", refusal.message, refusal.remedy),
            stopped=self.pages.stand.show_stopped,
        )

    def _hold_pages(self, document: Document, paged: PagedDocument, at: int) -> None:
        self.pages.hold(document.name, paged.pages, at=at)
        if paged.kind in DRAWN:
            self.scan.leave()
        else:
            self.scan.hold(document.id, paged.pages)

    def _read_again(self, document_id: str) -> None:
        """The words of a scan are there now: its pages get them, and one stays at the page one was on."""
        document = self._documents.get(document_id)
        if document is not None and document_id == self._shown:
            self._ask_pages(document, self.pages.view.page)

    def _show_text(self, document: Document) -> None:
        self.viewer.setCurrentWidget(self.text)
        self.text.setPlainText("")
        of_scan = document.kind == SCANNED
        self.desk.read(
            self,
            lambda office, progress: (
                ask_documents.words_of_scan(office, progress, document.id)
                if of_scan
                else ask.document_bytes(office, progress, document.id).decode("utf-8", errors="replace")
            ),
            lambda text: self.text.setPlainText(text[:LONGEST]),
            key="pages",
        )

    def _attach(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Files for the dossier"))
        if chosen:
            self.attached.emit([Path(name) for name in chosen])

    def _print(self) -> None:
        document = self._documents.get(self._shown)
        printer = choose_printer(self, document.name) if document else None
        if document is None or printer is None:
            return
        self.desk.read(
            self,
            lambda office, progress: ask_documents.pages(
                office, progress, document.id, ask_documents.PRINT_DPI
            ),
            lambda paged: self._to_printer(printer, document.name, paged),
            title=_("Making pages for the printer"),
        )

    def _to_printer(self, printer: QPrinter, name: str, paged: PagedDocument) -> None:
        paint(printer, paged.pages)
        self.desk.say(_("Sent to the printer: {name}").format(name=name))

    def _save(self) -> None:
        document = self._documents.get(self._shown)
        if document is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), document.name)
        if chosen:
            self.desk.read(
                self,
                lambda office, progress: ask.document_bytes(office, progress, document.id),
                lambda raw: self._write(Path(chosen), raw),
            )

    def _write(self, file: Path, raw: bytes) -> None:
        try:
            file.write_bytes(raw)
        except OSError as trouble:
            self.desk.say(
                _("{file} could not be written ({why}).").format(file=file, why=trouble.strerror), Tone.RED
            )
        else:
            self.desk.say(_("Saved: {file}").format(file=file))


def kind_name(kind: str) -> str:
    """What a document is to the case."""
    return {
        "application": _("Application"),
        "annex": _("Annex"),
        "letter": _("Letter"),
        "translation": _("Translation"),
        "original": _("As filed"),
        "proof-of-service": _("Proof of service"),
        "image": _("Picture"),
        "text": _("Text of a scan"),
        "drawing": _("Drawing"),
    }.get(kind, kind)
