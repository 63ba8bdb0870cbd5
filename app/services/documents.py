"""Documents of the dossier as pages a window can show: pictures and words, made outside this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.imaging.pages import OpenedFile, Page, WordBox
from app.progress import SILENT, Progress
from app.services import cases, recognising
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
    """All pages with their words, at `dpi` dots an inch. Refused for what is no page or is damaged.

    A page without words of its own has those that were read from it (`recognising`).
    """
    content = cases.document_bytes(office, document_id)
    made = pages_of(content, document_id, dpi=dpi, progress=progress)
    if all(page.words for page in made.pages):
        return made
    return with_words(made, recognising.boxes(office, document_id))


def with_words(paged: PagedDocument, read: Mapping[int, tuple[WordBox, ...]]) -> PagedDocument:
    """The pages, those without words with what was `read` from them, by page number from 0."""
    pages = (
        page if page.words else replace(page, words=read.get(index, ()))
        for index, page in enumerate(paged.pages)
    )
    return replace(paged, pages=tuple(pages))


def page(office: Office, document_id: str, index: int, *, dpi: float = 108.0) -> Page:
    """One page (from 0), for showing a long document as it is turned over."""
    with OpenedFile(cases.document_bytes(office, document_id)) as opened:
        shown = opened.page(index, dpi)
    if shown.words:
        return shown
    return replace(shown, words=recognising.boxes(office, document_id).get(index, ()))


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
    """The text layer of a document, pages parted by form feeds; of a scan what was read from it, if anything.

    For letters of the office the frozen words are better: text read back from a PDF is not always
    what was written.
    """
    with OpenedFile(cases.document_bytes(office, document_id)) as opened:
        pages = [opened.text(index) for index in range(opened.count)]
    if not all(page.strip() for page in pages) and (read := recognising.kept(office, document_id)):
        found = {page.index: page.text for page in read.pages}
        pages = [page if page.strip() else found.get(index, "") for index, page in enumerate(pages)]
    return "\f".join(pages)


__all__ = ["Page", "PagedDocument", "WordBox", "page", "pages", "pages_of", "text"]
