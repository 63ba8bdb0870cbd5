"""`marula search QUERY`: prior art in the collections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from app.cli import streams
from app.cli.desk import Desk, pass_desk
from app.errors import OfficeError, _, plural

if TYPE_CHECKING:
    from app.services.searching import Hit, Mark, SearchPage

LONGEST_SHOWN = 200  # characters of a refused query that are shown again


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        """Search the collections.

\b
solar pump               both words (AND), in title or abstract, by their stems
"solar pump"             exactly these words in a row
pump*  colo?r  m#n  a$3  any characters; none or one; exactly one; none to three
a OR b, a NOT b, (…)     AND binds tighter than OR; NEAR tighter than both
a NEAR/5 b, a ADJ/2 b    at most so far apart; ADJ in this order
ti= ab= cl= ta=          title, abstract, claims, title and abstract
pa= in= pn= ap= pr=      applicant, inventor, numbers in any spelling
pd>=2019, pd=2019-2021, pd within "2005 2010"
ic=A01B, cpc=H01M10/low  a class and all below it

Operators are read in any case; to look for the word itself, put it in quotation marks."""
    ),
)
@click.argument("query")
@click.option("--in", "names", multiple=True, metavar="NAME", help=_("Ask this collection; may be repeated."))
@click.option("--engine", default="auto", help=_("auto, whoosh or tantivy."))
@click.option("--limit", default=50, type=click.IntRange(1, 10_000), help=_("Hits a page."))
@click.option("--after", default=None, metavar="CURSOR", help=_("The cursor the page before gave."))
@click.option("--facets", default="", metavar="LIST", help=_("Any of ipc,applicant,year,office."))
@click.option("--sort", default="score", help=_("score or date."))
@pass_desk
def command(
    desk: Desk,
    query: str,
    names: tuple[str, ...],
    engine: str,
    limit: int,
    after: str | None,
    facets: str,
    sort: str,
) -> None:
    """`search`."""
    from app.services import searching

    with _pointing(desk, query), desk.progress(_("Searching")) as progress:
        page = searching.search(
            desk.folder_of_any_office(),
            query,
            collections=_names(names),
            engine=engine,
            limit=limit,
            after=after,
            facets=[name.strip() for name in facets.split(",") if name.strip()],
            sort=sort,
            progress=progress,
        )
    desk.answer(_json(page), lambda: _lines(page))


@contextmanager
def _pointing(desk: Desk, query: str) -> Iterator[None]:
    """Show on the query itself where it was refused."""
    try:
        yield
    except OfficeError as refusal:
        at = refusal.position
        if at is not None and not desk.as_json and "\n" not in query and len(query) <= LONGEST_SHOWN:
            click.echo(f"{streams.plain(query)}\n{' ' * at}^", err=True)
        raise


def _names(given: Sequence[str]) -> list[str]:
    return [name.strip() for group in given for name in group.split(",") if name.strip()]


def _json(page: SearchPage) -> dict[str, object]:
    return {
        "query": page.query,
        "engine": page.engine,
        "total": page.total,
        "hits": [hit.as_json() for hit in page.hits],
        "facets": page.facets,
        "coverage": [one.as_json() for one in page.coverage],
        "record_id": page.record_id,
        "next": page.next,
    }


def _lines(page: SearchPage) -> Iterator[str]:
    yield _("Understood as: {query}").format(query=page.query)
    yield plural("{count} hit", "{count} hits", page.total).format(count=page.total)
    for number, hit in enumerate(page.hits, 1):
        yield ""
        yield from _hit(number, hit)
    for facet, counts in page.facets.items():
        yield ""
        yield f"{facet}: " + ", ".join(f"{value} ({count})" for value, count in list(counts.items())[:12])
    yield ""
    for reach in page.coverage:
        yield _("{name}: {records} records, {first} to {last}, {offices}").format(
            name=reach.collection,
            records=reach.records,
            first=reach.first or "–",
            last=reach.last or "–",
            offices=" ".join(reach.offices) or "–",
        )
    yield _("Nothing found here is not novelty: only these collections were searched ({engine}).").format(
        engine=page.engine
    )
    if page.next:
        yield _("More: --after {cursor}").format(cursor=page.next)


def _hit(number: int, hit: Hit) -> Iterator[str]:
    printed = " ".join(part for part in (hit.office, hit.number, hit.kind_code) if part)
    yield f"{number:>3}. {printed}  {hit.date}  {_bold(hit.title, hit.title_marks)}"
    if hit.snippet and hit.snippet != hit.title:
        yield "     " + _bold(hit.snippet, hit.marks)
    yield f"     {hit.id}"


def _bold(text: str, marks: Sequence[Mark]) -> str:
    """Found words in bold; click takes the signs away where the output is no terminal."""
    pieces, end = [], 0
    for mark in marks:
        pieces += [text[end : mark.start], click.style(text[mark.start : mark.end], bold=True)]
        end = mark.end
    return "".join(pieces) + text[end:]
