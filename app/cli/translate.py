"""`marula translate PATH|- --to en`: offline translation of a text, a document's claims, or a case."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.desk import Desk, pass_desk
from app.errors import UsageError, _
from app.services import translating
from app.services.translating import Translated


@click.command()
@click.argument("path", required=False)
@click.option("--from", "source", metavar="LANG", help=_("Language of the text; found out when not given."))
@click.option("--to", "target", metavar="LANG", required=True, help=_("Language to translate into."))
@click.option(
    "--case", "case_id", metavar="ID", help=_("Translate the claims of this case and keep them there.")
)
@click.option("--beam", type=click.IntRange(1, 16), default=translating.USUAL, show_default=True,
              help=_("1 quick, 2 usual, 4 final."))  # fmt: skip
@click.option("--align", is_flag=True, help=_("Also say which words became which (JSON)."))
@pass_desk
def command(
    desk: Desk, path: str | None, source: str | None, target: str, case_id: str | None, beam: int, align: bool
) -> None:
    """Translate a text file, “-” for standard input, or the claims in a document.

    Nothing leaves this computer. The translation is for information; the original counts.
    """
    options = translating.Options(beam=beam, align=align)
    with desk.progress(_("Translating")) as progress:
        if case_id:
            if path:
                raise UsageError(
                    _("With --case the claims of the case are translated; a file has no place beside it."),
                    _("Leave out the file, or --case."),
                )
            translated = translating.translate_case(
                desk.office(), case_id, target, progress, source=source, options=options
            )
        elif path:
            desk.office_at_hand()
            translated = translating.translate_file(
                sys.stdin.buffer if path == "-" else Path(path),
                source=source, target=target, folder=desk.office_folder, options=options, progress=progress,
            )  # fmt: skip
        else:
            raise UsageError(
                _("There is nothing to translate."), _("Name a file, “-”, or a case with --case.")
            )
    desk.answer(_json(translated), [translated.text.removesuffix("\n")])
    for line in _notes(translated):
        click.echo(line, err=True)


def _json(translated: Translated) -> dict[str, object]:
    answer = translated.as_json()
    if translated.document:
        answer["document"] = translated.document
    return answer


def _notes(translated: Translated) -> Iterator[str]:
    names = ", ".join(f"{pack['name']} {pack['version']}" for pack in translated.packs)
    yield _("Machine translation ({packs}), for information only; the original text counts.").format(
        packs=names
    )
    for segment in translated.flagged:
        shown = segment.source if len(segment.source) <= 60 else segment.source[:59] + "…"
        for flag in segment.flags:
            yield f"  {segment.label} {shown}: {translating.in_words(flag)}".replace("  ", " ")
