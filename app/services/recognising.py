"""Reading the text of scans in a dossier, and keeping it beside the original.

What is read is for finding and copying; the picture stays the document that counts. The words lie in
the dossier as a document of kind `text`, sealed with it where the office has a passphrase, and each word
once in the log, from which the case is found; nothing is written anywhere else on the way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from app.domain.case import Case
from app.domain.changes import NOTHING, Changes
from app.domain.dossier import Document
from app.errors import OfficeError, UsageError, _
from app.history.content import WORDS
from app.imaging.pages import OpenedFile, Page, WordBox
from app.ocr.engine import Engine, WordFound
from app.ocr.tesseract import Tesseract
from app.plugins.manifest import Kind
from app.progress import SILENT, Progress
from app.services import cases, packs
from app.services.offices import Office
from app.text import words

KIND = "text"
DPI = 300.0
_FORM = "marula-words-1"


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read: its number in the file from 0, its words with boxes in points."""

    index: int
    words: tuple[WordFound, ...]

    @property
    def text(self) -> str:
        """Its lines."""
        lines = groupby(self.words, lambda word: word.line)
        return "\n".join(" ".join(word.text for word in line) for _number, line in lines)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read of a document.

    document   id of the original
    kept       id of the document that holds the words; "" where every page had text of its own
    sha256     of the original
    """

    document: str
    sha256: str
    languages: tuple[str, ...]
    engine: str
    pages: tuple[PageRead, ...]
    kept: str = ""
    changes: Changes = field(default=NOTHING, compare=False)

    @property
    def words(self) -> int:
        """How many words were read."""
        return sum(len(page.words) for page in self.pages)

    @property
    def mean_confidence(self) -> float | None:
        """0 to 100 over all words; None where there are none."""
        if not self.words:
            return None
        return round(sum(word.confidence for page in self.pages for word in page.words) / self.words, 1)

    @property
    def text(self) -> str:
        """All that was read, pages parted by form feeds."""
        return "\f".join(page.text for page in self.pages)

    @property
    def folded(self) -> str:
        """Each word once, folded, in order: what the case is found by."""
        said = {word.folded for page in self.pages for found in page.words for word in words(found.text)}
        return " ".join(sorted(said))

    def to_bytes(self) -> bytes:
        """As it lies in the dossier: JSON, words as [text, x0, y0, x1, y1, confidence, line]."""
        told = {
            "form": _FORM, "document": self.document, "sha256": self.sha256, "engine": self.engine,
            "languages": self.languages,
            "pages": [
                {"index": page.index, "words": [word.as_list() for word in page.words]} for page in self.pages
            ],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Recognised:
        """What `to_bytes` wrote. Raises ValueError for anything else."""
        try:
            told = json.loads(raw)
            if told["form"] != _FORM:
                raise ValueError("another form")
            pages = tuple(
                PageRead(int(p["index"]), tuple(map(WordFound.of, p["words"]))) for p in told["pages"]
            )
            languages = tuple(map(str, told["languages"]))
            return cls(str(told["document"]), str(told["sha256"]), languages, str(told["engine"]), pages)
        except (KeyError, TypeError, IndexError, RecursionError) as trouble:
            raise ValueError("not words of a scan") from trouble


def recognise(
    office: Office,
    document_id: str,
    *,
    case_id: str = "",
    languages: Sequence[str] | None = None,
    progress: Progress = SILENT,
    engine: Engine | None = None,
) -> Recognised:
    """Read the pages of a document that have no text of their own, and keep the words beside it.

    case_id     of the case it must lie in, where the person named one
    languages   as `eng` or `en`; by default the document's, else the case's, else English
    engine      by default Tesseract with the data of the office, of the person and of the system

    Nothing is kept when the person stops or a page is refused. The same words again are not kept twice.
    """
    case, document = _document(office, document_id, case_id)
    wanted = tuple(languages or (_language(document, case),))
    if engine is not None:
        found = _read(office, document, wanted, engine, progress)
    else:
        with Tesseract(data_folders(office.path)) as own:
            own.choose(wanted)  # refused before the first page is drawn
            found = _read(office, document, wanted, own, progress)
    return _keep(office, case, document, found) if found.pages else found


def data_folders(folder: Path | None) -> tuple[Path, ...]:
    """The sound packs of language data, those of the office first."""
    shelves = packs.shelves(folder)
    return tuple(pack.folder for shelf in shelves for pack in shelf.packs(Kind.OCR) if not pack.problem)


def _document(office: Office, document_id: str, case_id: str) -> tuple[Case, Document]:
    case = cases.show(office, case_id or document_id.rpartition("-")[0])
    for document in case.documents:
        if document.id == document_id:
            if document.kind == KIND:
                raise UsageError(
                    _("{name} is what was read of another document. Nothing was read.").format(
                        name=document.name
                    ),
                    _("Name the scan itself."),
                )
            return case, document
    raise OfficeError(
        _("Case {case} has no document {id}. Nothing was read.").format(
            case=case.number or case.id, id=document_id
        ),
        _("Choose it among the documents of the case."),
        command="case show CASE",
    )


def _language(document: Document, case: Case) -> str:
    """The document's, else the case's, else English; `und` and `mul` (ISO 639-2) name none."""
    named = (one for one in (document.language, case.language) if one not in ("", "und", "mul"))
    return next(named, "en")


def _read(
    office: Office, document: Document, languages: tuple[str, ...], engine: Engine, progress: Progress
) -> Recognised:
    read = []
    with OpenedFile(cases.document_bytes(office, document.id)) as opened:
        for index in range(opened.count):
            note = _("page {page} of {count}").format(page=index + 1, count=opened.count)
            progress.step(index, opened.count, note)
            if not opened.text(index).strip():
                page = opened.page(index, DPI)
                read.append(PageRead(index, _in_points(engine.read(page.png, languages), page)))
        progress.step(opened.count, opened.count)
    return Recognised(document.id, document.sha256, languages, engine.name, tuple(read))


def _in_points(words: tuple[WordFound, ...], page: Page) -> tuple[WordFound, ...]:
    width, height = page.pixels
    across, down = page.width_pt / width, page.height_pt / height
    return tuple(
        replace(
            word, x0=round(word.x0 * across, 2), y0=round(word.y0 * down, 2),
            x1=round(word.x1 * across, 2), y1=round(word.y1 * down, 2),
        )
        for word in words
    )  # fmt: skip


def _keep(office: Office, case: Case, document: Document, found: Recognised) -> Recognised:
    earlier = kept(office, document.id, case)
    if earlier is not None and replace(earlier, kept="") == found:
        return earlier
    facts = {
        "kind": KIND,
        "name": f"{KIND}-{Path(document.name).stem[:150]}.json",
        "media_type": "application/json",
        "received": office.today.isoformat(),
        "language": document.language,
        "confidential": document.confidential,
        WORDS: found.folded,
    }
    with office.store.act(authority=_("text read from a scan by machine")) as act:
        written = act.document(case.id, found.to_bytes(), facts)
    return replace(found, kept=written, changes=act.changes)


def kept(office: Office, document_id: str, case: Case | None = None) -> Recognised | None:
    """The newest words kept of a document as it is now; None where it was never read."""
    case = case or cases.show(office, document_id.rpartition("-")[0])
    original = next((one for one in case.documents if one.id == document_id), None)
    for document in reversed(case.documents):
        if original is None or document.kind != KIND:
            continue
        try:
            found = Recognised.from_bytes(cases.document_bytes(office, document.id))
        except (OfficeError, ValueError):
            # Not arrived by sync yet, or damaged (`office verify` tells): the scan can be read again.
            continue
        if (found.document, found.sha256) == (document_id, original.sha256):
            return replace(found, kept=document.id)
    return None


def text_of(office: Office, kept_id: str) -> str:
    """What a document of kind `text` holds, to be read: its words by line, pages parted by a blank line.

    One that came from elsewhere and is no list of words is given as it is.
    """
    raw = cases.document_bytes(office, kept_id)
    try:
        return Recognised.from_bytes(raw).text.replace("\f", "\n\n")
    except ValueError:
        return raw.decode("utf-8", errors="replace")


def boxes(office: Office, document_id: str) -> Mapping[int, tuple[WordBox, ...]]:
    """The words kept of a document by page number (from 0), as a window marks and finds them."""
    found = kept(office, document_id)
    return {
        page.index: tuple(WordBox(w.text, w.x0, w.y0, w.x1, w.y1) for w in page.words)
        for page in (found.pages if found else ())
    }
