"""Documents of the dossier as pages a window can show: pictures and words, made outside this process."""

from __future__ import annotations

from dataclasses import dataclass

from app.imaging.pages import OpenedFile, Page, WordBox
from app.progress import SILENT, Progress
from app.services import cases
from app.services.offices import Office


@dataclass(frozen=True, slots=True)
class PagedDocument:
    """A document's pages. `kind`: pdf, tiff, png, jpeg, gif, webp, bmp, svg."""

    document: str
    kind: str
    pages: tuple[Page, ...]


def pages(
    office: Office, document_id: str, *, dpi: float = 108.0, progress: Progress = SILENT
) -> PagedDocument:
    """All pages with their words, at `dpi` dots an inch. Refused for what is no page or is damaged."""
    return pages_of(cases.document_bytes(office, document_id), document_id, dpi=dpi, progress=progress)


def page(office: Office, document_id: str, index: int, *, dpi: float = 108.0) -> Page:
    """One page (from 0), for showing a long document as it is turned over."""
    with OpenedFile(cases.document_bytes(office, document_id)) as opened:
        return opened.page(index, dpi)


def pages_of(
    content: bytes, name: str = "", *, dpi: float = 108.0, progress: Progress = SILENT
) -> PagedDocument:
    """Pages of a file that lies in no dossier: a letter's preview, a file about to be attached."""
    with OpenedFile(content) as opened:
        made = []
        for index in range(opened.count):
            progress.step(index, opened.count)
            made.append(opened.page(index, dpi))
        progress.step(opened.count, opened.count)
        return PagedDocument(name, opened.kind, tuple(made))


def text(office: Office, document_id: str) -> str:
    """The text layer of a document, pages parted by form feeds; empty for pictures.

    For letters of the office the frozen words are better: text read back from a PDF is not always
    what was written.
    """
    with OpenedFile(cases.document_bytes(office, document_id)) as opened:
        return "\f".join(opened.text(index) for index in range(opened.count))


__all__ = ["Page", "PagedDocument", "WordBox", "page", "pages", "pages_of", "text"]
