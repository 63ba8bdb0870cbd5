"""`marula export`: records of a file, or a case, written in a form of the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.errors import UsageError, _, plural
from app.services import exporting


@click.command("export")
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(readable=False))
@click.option(
    "--format", "name", type=click.Choice(exporting.FORMATS), required=True, help=_("Form of the document.")
)
@click.option("--case", "case_id", metavar="ID", help=_("A case of the office instead of files."))
@click.option("-o", "--out", type=PATH, required=True, help=_("File to write."))
@click.option(
    "--record", type=click.IntRange(min=1), metavar="N",
    help=_("Only the record of this number, counted from 1 as inspect lists them."),
)  # fmt: skip
@click.option("--replace", is_flag=True, help=_("Replace the file if it is there already."))
@pass_desk
def command(desk: Desk, paths: tuple[str, ...], name: str, case_id: str | None, out: Path,
            record: int | None, replace: bool) -> None:  # fmt: skip
    """Write the records of files, or one case, as one document. Files need no office.

    A PATH is whatever inspect reads. What the format cannot hold is listed as findings; the document is
    written whole or not at all, and a file that is there already is left as it is.

    st96 is WIPO ST.96 V6.0: PatentPublication, DesignApplication (one record each) or
    TrademarkApplication (any number of marks). st36 is a published application of PCT Annex F, one record.
    st66 and st86 hold any number of marks and designs. st37 is an authority file of published patent
    documents, in XML, or as text where OUT ends in .txt or .csv. inid is text tagged with INID codes. csv
    has one row a record, json is the list that inspect shows. Where a form holds one record and the files
    have several, choose with --record.
    """
    if bool(paths) == bool(case_id):
        raise UsageError(
            _("Name either files or one case to write. Nothing was written."),
            _("Give a PATH, or --case with the number of a case."),
        )
    if case_id and record:
        raise UsageError(
            _("A case is one record: there is none to choose among. Nothing was written."),
            _("Leave --record out, or name files."),
        )
    wish = exporting.Wish(name, record, replace)
    if case_id:
        done = exporting.export_case(desk.office(), case_id, out, wish)
    else:
        with desk.progress(_("Writing")) as progress:
            done = exporting.export(paths, out, wish, progress=progress)
    answer = {
        "file": done.file, "format": done.format, "records": done.records, "sha256": done.sha256,
        "findings": [finding.as_json() for finding in done.findings],
    }  # fmt: skip
    desk.answer(answer, lambda: _lines(done))


def _lines(done: exporting.Exported) -> Iterator[str]:
    said = plural("{n} record written to {file}.", "{n} records written to {file}.", done.records)
    yield said.format(n=done.records, file=done.file)
    for finding in done.findings:
        yield f"  {finding.where}: {finding.message}"
        if finding.remedy:
            yield f"    {finding.remedy}"
