"""Letters: templates, the queue, previews, issuing, printing, service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.services.documents import PagedDocument
    from app.services.letters import Issued, LetterLine, TemplateLine, Wording
    from app.services.offices import Office
    from app.services.posting import PrintRun, Served


@dataclass(frozen=True, slots=True)
class Wish:
    """A letter as it is wanted. `languages`: the first prevails. `layout`: "", side or after."""

    case: str
    template: str
    on: date
    languages: tuple[str, ...]
    layout: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A print run with its pages as pictures for the printer."""

    run: PrintRun
    pages: PagedDocument

    @property
    def changes(self) -> object:
        """What the run wrote."""
        return self.run.changes


def templates(office: Office, progress: Progress) -> tuple[TemplateLine, ...]:
    """The letters the law pack knows."""
    from app.services import letters

    return letters.templates(office)


def listed(office: Office, progress: Progress) -> tuple[LetterLine, ...]:
    """All letters, newest first."""
    from app.services import letters

    return letters.listed(office)


def preview(office: Office, progress: Progress, wish: Wish) -> PagedDocument:
    """The letter as it would be, page by page. Writes nothing."""
    from app.services import documents, letters

    pdf = letters.preview(office, wish.case, wish.template, on=wish.on, wording=_wording(wish))
    return documents.pages_of(pdf, dpi=144.0, progress=progress)


def issue(office: Office, progress: Progress, wish: Wish) -> Issued:
    """Number it, put it into the dossier, open its limit."""
    from app.services import letters

    return letters.issue(office, wish.case, wish.template, on=wish.on, wording=_wording(wish))


def _wording(wish: Wish) -> Wording:
    from app.services import letters

    return letters.Wording(wish.languages, wish.layout, wish.fields)


def print_run(office: Office, progress: Progress, letter_ids: Sequence[str]) -> Run:
    """Mark, record and lay out letters for the printer."""
    from app.services import documents, posting

    run = posting.print_run(office, letter_ids, separators=len(letter_ids) > 1)
    return Run(run, documents.pages_of(run.pdf, dpi=300.0, progress=progress))


def reprint(office: Office, progress: Progress, letter_id: str, reason: str) -> PagedDocument:
    """A stamped copy, recorded with its reason."""
    from app.services import documents, posting

    return documents.pages_of(posting.reprint(office, letter_id, reason), dpi=300.0, progress=progress)


def label(office: Office, progress: Progress, letter_id: str) -> PagedDocument:
    """The address label."""
    from app.services import documents, posting

    return documents.pages_of(posting.label(office, letter_id), dpi=300.0, progress=progress)


def serve(office: Office, progress: Progress, letter_id: str, on: date, proof: Path) -> Served:
    """Record service with its proof."""
    from app.services import posting

    return posting.serve(office, letter_id, on, proof)
