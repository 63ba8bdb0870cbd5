"""`marula case read`: the text of a scan, read and kept beside it."""

from __future__ import annotations

import click

from app.cli.desk import Desk, pass_desk
from app.errors import _


@click.command()
@click.argument("case_id", metavar="ID")
@click.argument("document")
@click.option(
    "--language", "languages", multiple=True, metavar="CODE",
    help=_("Language of the scan (eng, fra, khm …), most likely first; else the document's."),
)  # fmt: skip
@pass_desk
def read(desk: Desk, case_id: str, document: str, languages: tuple[str, ...]) -> None:
    """Read the pages of DOCUMENT that are pictures; keep the words beside it."""
    from app.services import recognising

    with desk.progress(_("Reading")) as progress:
        found = recognising.recognise(
            desk.office(), document, case_id=case_id, languages=languages, progress=progress
        )
    desk.answer(
        {
            "document": found.kept or None, "pages": len(found.pages), "words": found.words,
            "confidence": found.mean_confidence, "text": found.text,
        },
        lambda: [found.text, _said(len(found.pages), found.words, found.mean_confidence)],
    )  # fmt: skip


def _said(pages: int, words: int, confidence: float | None) -> str:
    if not pages:
        return _("Every page has text of its own. Nothing had to be read.")
    if confidence is None:
        return _("Pages read: {pages}. No words were found on them.").format(pages=pages)
    return _("Pages read: {pages}, words: {words}, confidence {confidence:.0f} of 100.").format(
        pages=pages, words=words, confidence=confidence
    )
