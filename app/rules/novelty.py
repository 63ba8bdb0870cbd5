"""The grid of claim features against citations, and the categories of WIPO ST.14 it speaks for.

A claim all of whose features one document shows is marked X; one whose features several show together, Y.
Dates decide what else is said: P for a document published between the day the claim counts from and the
filing, E for an application filed before the filing date (not the priority) and published on or after it.
These are proposals: the examiner decides. They are worked out anew each time, so a priority that falls turns
P into X by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from app.domain.case import Case, Row
from app.domain.dossier import Citation
from app.domain.law import LawPack
from app.errors import _
from app.rules import claimtexts
from app.rules.checks import Parameters, Test, Trouble
from app.rules.fields import labels
from app.rules.priorities import date_of

ORDINARY, BETWEEN, EARLIER, LATER, UNKNOWN = "", "P", "E", "later", "?"
MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A category for one claim. `citations`: the documents it takes, one for X, several for Y, and for each
    its letters (`X`, `X,P`, `Y`, `X,E`); `dates_known` is false where a document has no date."""

    claim: str
    category: str
    citations: tuple[str, ...]
    letters: tuple[str, ...]
    dates_known: bool = True


def by_dates(citation: Citation, counts_from: date | None, filing: date | None) -> str:
    """What the dates make of a document for a claim: `` (plain state of the art), `P`, `E`, `later` (no
    state of the art at all) or `?` (not known).

    Source: WIPO ST.14, categories P and E; E is measured against the filing date.
    """
    published, earlier = citation.published, citation.priority or citation.filed
    if published is None or filing is None:
        return UNKNOWN
    if published < (counts_from or filing):
        return ORDINARY
    if published < filing:
        return BETWEEN
    return EARLIER if earlier is not None and earlier < filing else LATER


def proposals(case: Case) -> tuple[Proposal, ...]:
    """Categories for every live claim that was split into features: X first, else the smallest Y, and A.

    None for a claim that rests on one that was not split.
    """
    shown = {(cell.feature, cell.citation): cell.state for cell in case.cells}
    claims = {row.label: row for row in case.rows if row.kind == "claim" and row.live}
    below = claimtexts.below({label: row.text for label, row in claims.items()})
    own: dict[str, frozenset[str]] = {
        label: frozenset(f.id for f in case.features if f.claim == label) for label in claims
    }
    found: list[Proposal] = []
    for label, row in claims.items():
        if own[label] and (sets := _whole(claimtexts.ancestors(below, label), own)):
            found += _of_claim(case, row, sets, shown)
    return tuple(found)


def _whole(
    chains: Iterable[tuple[str, ...]], own: Mapping[str, frozenset[str]]
) -> tuple[frozenset[str], ...]:
    """The features of each chain of claims that was split from end to end: one set for each alternative."""
    split = (chain for chain in chains if all(own[label] for label in chain))
    return tuple(dict.fromkeys(frozenset().union(*(own[label] for label in chain)) for chain in split))


def _of_claim(
    case: Case, row: Row, sets: tuple[frozenset[str], ...], shown: Mapping[tuple[str, str], str]
) -> list[Proposal]:
    since = date_of(case, row)
    flags = {c.id: by_dates(c, since, case.filing_date) for c in case.citations}
    usable = [c.id for c in case.citations if flags[c.id] != LATER]
    least = _least(sets)
    whole = [c for c in usable if any(_covers((c,), one, shown) for one in least)]
    if whole:
        return [_proposal(row.label, "X", (c,), flags) for c in whole]
    together = [c for c in usable if flags[c] != EARLIER]
    for count in range(2, MOST_TOGETHER + 1):
        for group in combinations(together, count):
            if any(_covers(group, one, shown) for one in least):
                return [_proposal(row.label, "Y", group, flags)]
    ids = frozenset().union(*sets)
    touched = [c for c in usable if any(shown.get((f, c)) in ("yes", "partly") for f in ids)]
    return [_proposal(row.label, "A", (c,), flags) for c in touched]


def _least(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets that hold no other: what shows all of a larger one shows all of the smaller."""
    kept: list[frozenset[str]] = []
    for one in sorted(sets, key=len):
        if not any(smaller <= one for smaller in kept):
            kept.append(one)
    return kept


def _covers(group: tuple[str, ...], features: frozenset[str], shown: Mapping[tuple[str, str], str]) -> bool:
    return all(any(shown.get((feature, c)) == "yes" for c in group) for feature in features)


def _proposal(label: str, category: str, group: tuple[str, ...], flags: Mapping[str, str]) -> Proposal:
    letters = tuple(f"{category},{flags[c]}" if flags[c] in (BETWEEN, EARLIER) else category for c in group)
    return Proposal(label, category, group, letters, all(flags[c] != UNKNOWN for c in group))


def citations_by_dates(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """P and E of each citation agree with the dates: of its claims as they now count, and of the filing."""
    for one in case.citations:
        marked = {letter for letter in one.category.upper() if letter in "PE"}
        named = labels(one.claims)
        rows = [
            row for row in case.rows if row.kind == "claim" and row.live and (not named or row.label in named)
        ]
        due = {by_dates(one, date_of(case, row), case.filing_date) for row in rows}
        if not due or UNKNOWN in due or (not one.category and due == {ORDINARY}):
            continue
        stray = sorted(marked - due)
        missing = sorted(flag for flag in due & {BETWEEN, EARLIER} if flag not in marked)
        if LATER in due and len(due) == 1:
            message = _("{document} was published after the filing and is of no earlier application.")
        elif stray:
            message = _("{document} is marked {letters}, which its dates no longer bear out.")
        elif missing:
            message = _("{document} is to be marked {letters} by its dates.")
        else:
            continue
        document = " ".join(part for part in (one.office, one.number, one.kind_code) if part)
        yield Trouble(
            f"citation-{one.id[:8]}", _("citations"),
            message.format(document=document, letters=", ".join(stray or missing)),
        )  # fmt: skip


TESTS: Mapping[str, Test] = {"citations_by_dates": citations_by_dates}
