"""`marula case searched | unity | search-report`: searches as evidence, and the report on them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from app.cli.desk import DAY, Desk, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.domain.searchreport import SearchReport


@click.command()
@click.argument("case_id", metavar="ID")
@click.argument("query")
@click.option("--in", "names", multiple=True, metavar="NAME", help=_("Ask this collection; may be repeated."))
@click.option("--engine", default="auto", help=_("auto, whoosh or tantivy."))
@pass_desk
def searched(desk: Desk, case_id: str, query: str, names: tuple[str, ...], engine: str) -> None:
    """Search the collections for QUERY and keep on the case what was asked."""
    from app.services import reporting

    with desk.progress(_("Searching")) as progress:
        done = reporting.searched(
            desk.office(), case_id, query, collections=names, engine=engine, progress=progress
        )
    desk.answer(
        {"id": done.case.id, "number": done.case.number, "search": asdict(done.search), "act": done.act},
        lambda: [
            f"{done.search.query}  {done.search.count}",
            done.search.coverage,
            _("Act {act}").format(act=done.act),
        ],
    )


@click.command()
@click.argument("case_id", metavar="ID")
@click.argument("groups")
@click.option("--reason", default="", help=_("Why they are not one invention."))
@click.option("--searched", default="", help=_("The groups that are searched, by number; else all."))
@click.option("--on", type=DAY, help=_("Legal date of the event; else today."))
@pass_desk
def unity(desk: Desk, case_id: str, groups: str, reason: str, searched: str, on: date | None) -> None:
    """Record the GROUPS of inventions, as in 1-3;4-6."""
    from app.services import reporting

    done = reporting.unity(desk.office(), case_id, groups, reason=reason, searched=searched, on=on)
    desk.answer(
        {
            "id": done.case.id, "number": done.case.number, "groups": [asdict(g) for g in done.groups],
            "act": done.act,
        },
        lambda: [
            *(f"{g.number}  {', '.join(g.claims)}" for g in done.groups), _("Act {act}").format(act=done.act)
        ],
    )  # fmt: skip


@click.command("search-report")
@click.argument("case_id", metavar="ID")
@pass_desk
def search_report(desk: Desk, case_id: str) -> None:
    """The search report as the case stands (WIPO ST.14)."""
    from app.services import reporting

    report = reporting.search_report(desk.office(), case_id)
    desk.answer(_json(report), lambda: _lines(report))


def _json(report: SearchReport) -> dict[str, Any]:
    return asdict(report) | {"findings": [finding.as_json() for finding in report.findings]}


def _lines(report: SearchReport) -> list[str]:
    said = [f"{report.number}  {report.title}"]
    said += [f"  {name}: {', '.join(symbols)}" for name, symbols in report.classes.items()]
    said += [f"  {one.on}  {one.query}  {one.count}  [{one.coverage}]" for one in report.strategy]
    said += [f"  {c.category:<5} {c.reference}  {c.passages}  {c.claims}".rstrip() for c in report.citations]
    said += [
        _("Group {n}: {claims}").format(n=g.number, claims=", ".join(g.claims)) for g in report.unity
    ]  # fmt: skip
    if report.claims_not_searched:
        said.append(_("Not searched: {claims}").format(claims=report.claims_not_searched))
    return said + [f"  {f.severity}: {f.message}" for f in report.findings]
