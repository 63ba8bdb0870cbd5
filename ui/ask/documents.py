"""Pages and translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.services.documents import PagedDocument
    from app.services.offices import Office
    from app.services.recognising import Recognised
    from app.services.translating import CaseTranslation, Translated

DPI = 144.0
"""Twice the points of a page: sharp at true size on ordinary screens."""

PRINT_DPI = 300.0


def pages(office: Office, progress: Progress, document_id: str, dpi: float = DPI) -> PagedDocument:
    """The pages of a document, made in a process of their own."""
    from app.services import documents

    return documents.pages(office, document_id, dpi=dpi, progress=progress)


def pages_of(office: Office, progress: Progress, content: bytes, dpi: float = DPI) -> PagedDocument:
    """The pages of a file that lies in no dossier yet."""
    from app.services import documents

    return documents.pages_of(content, dpi=dpi, progress=progress)


def read_scan(office: Office, progress: Progress, document_id: str) -> Recognised:
    """Read the pages of a document that are pictures, and keep the words beside it."""
    from app.services import recognising

    return recognising.recognise(office, document_id, progress=progress)


def words_of_scan(office: Office, progress: Progress, kept_id: str) -> str:
    """What was read of a scan, as text; `kept_id` is the document that holds the words."""
    from app.services import recognising

    return recognising.text_of(office, kept_id)


def kept_translations(office: Office, progress: Progress, case_id: str) -> tuple[CaseTranslation, ...]:
    """What was translated of a case, newest last."""
    from app.services import translating

    return translating.kept(office, case_id)


def translate_case(office: Office, progress: Progress, case_id: str, target: str) -> Translated:
    """Translate the claims of a case and keep them beside the original."""
    from app.services import translating

    return translating.translate_case(office, case_id, target, progress)


def translate(office: Office, progress: Progress, text: str, source: str, target: str) -> Translated:
    """Translate a text; nothing of it is kept. `source` "" lets the program find it out."""
    from app.services import translating

    return translating.translate(
        text,
        source=source or None,
        target=target,
        folder=office.path,
        options=translating.Options(align=True),
        progress=progress,
    )


def translate_file(office: Office, progress: Progress, file: Path, source: str, target: str) -> Translated:
    """Translate a file's text, or its claims; nothing of it is kept."""
    from app.services import translating

    return translating.translate_file(
        file,
        source=source or None,
        target=target,
        folder=office.path,
        options=translating.Options(align=True),
        progress=progress,
    )


def pairs(office: Office, progress: Progress) -> tuple[tuple[str, str], ...]:
    """What can be translated here: (source, target)."""
    from app.services import packs

    return packs.languages(office.path)


def flag_words(office: Office, progress: Progress, flags: frozenset[str]) -> dict[str, str]:
    """Flags of segments as sentences."""
    from app.services import translating

    return {flag: translating.in_words(flag) for flag in flags}
