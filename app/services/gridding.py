"""The grid of an examiner: features of claims against the documents cited, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.case import Case, Row
from app.domain.changes import NOTHING, Changes
from app.domain.dossier import Citation
from app.domain.examination import Cell, Feature
from app.errors import OfficeError, RuleRefused, UsageError, _
from app.history.content import CELL, FEATURES
from app.rules import features, novelty
from app.services import recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import new_id
from app.text import clean

STATES = ("yes", "no", "partly")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Grid:
    """Features in order, the documents cited, what is marked, and the categories that follow.

    `unsplit`: live claims without features of their own, for which nothing can be proposed. `act` is "" where
    nothing was written.
    """

    case: Case
    features: tuple[Feature, ...]
    citations: tuple[Citation, ...]
    cells: tuple[Cell, ...]
    proposals: tuple[novelty.Proposal, ...]
    unsplit: tuple[str, ...]
    act: str = ""
    changes: Changes = NOTHING


def grid(office: Office, case_id: str) -> Grid:
    """The grid as it stands; proposals by the priorities that stand now."""
    return _told(office, register.case_id_of(office.store, case_id))


def split(office: Office, case_id: str, claim: str) -> Grid:
    """Split a claim into features where its text parts; features with the same text keep their marks."""
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        row = _claim(case, claim)
        known = {f.text: f.id for f in case.features if f.claim == row.label}
        parts = features.split(row.text)
        if not parts or list(known) == list(parts):
            raise RuleRefused(
                _("Claim {n} is split so already, or has no text. Nothing was changed.").format(n=row.label),
                _("Add the features one by one."),
                command="case feature add CASE CLAIM TEXT",
            )
        value = [{"id": known.get(text) or new_id()[:12], "text": text} for text in parts]
        act.set(f"row:{row.id}", FEATURES, value)
    return _told(office, found, act.id, act.changes)


def add(office: Office, case_id: str, claim: str, texts: Iterable[str]) -> Grid:
    """Add features at the end of a claim's."""
    found = register.case_id_of(office.store, case_id)
    said = [clean(text) for text in texts]
    if not all(said) or any(len(text) > LONGEST for text in said):
        raise UsageError(
            _("A feature is a text of 1 to {most} characters. Nothing was changed.").format(most=LONGEST),
            _("Give the words of the claim."),
        )
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        row = _claim(case, claim)
        value = [{"id": f.id, "text": f.text} for f in case.features if f.claim == row.label]
        value += [{"id": new_id()[:12], "text": text} for text in said]
        act.set(f"row:{row.id}", FEATURES, value)
    return _told(office, found, act.id, act.changes)


def remove(office: Office, case_id: str, feature: str) -> Grid:
    """Take a feature out; its marks stay in the history."""
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        gone = _feature(case, feature)
        row = _claim(case, gone.claim)
        kept = [f for f in case.features if f.claim == row.label and f.id != gone.id]
        act.set(f"row:{row.id}", FEATURES, [{"id": f.id, "text": f.text} for f in kept])
    return _told(office, found, act.id, act.changes)


def mark(office: Office, case_id: str, feature: str, citation: str, state: str, *, passage: str = "") -> Grid:
    """Say whether a document shows a feature (`yes`, `no`, `partly`), and where.

    feature   number (`1.2`) or id; citation: its place from 1, its number or its id
    """
    if state not in STATES:
        raise UsageError(
            _("“{state}” says nothing of a feature. Nothing was changed.").format(state=state),
            _("Say one of: {states}.").format(states=", ".join(STATES)),
        )
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        named, cited = _feature(case, feature), _citation(case, citation)
        # One place for one pair, so that two stations that mark it apart are told.
        place = hashlib.sha256(f"{named.id} {cited.id}".encode()).hexdigest()[:16]
        value = {"feature": named.id, "citation": cited.id, "state": state}
        if said := clean(passage)[:LONGEST]:
            value["passage"] = said
        act.set(f"link:{found}-{place}", CELL, value)
    return _told(office, found, act.id, act.changes)


def _told(office: Office, case_id: str, act: str = "", changes: Changes | None = None) -> Grid:
    case = register.case(office.store, case_id, office.today)
    live = [row.label for row in case.rows if row.kind == "claim" and row.live]
    split_ones = {feature.claim for feature in case.features}
    standing = {citation.id for citation in case.citations}
    return Grid(
        case, tuple(f for f in case.features if f.claim in live), case.citations,
        tuple(cell for cell in case.cells if cell.citation in standing), novelty.proposals(case),
        tuple(label for label in live if label not in split_ones), act, changes or NOTHING,
    )  # fmt: skip


def _claim(case: Case, label: str) -> Row:
    for row in case.rows:
        if row.kind == "claim" and row.live and row.label == label.strip():
            return row
    raise OfficeError(
        _("The case has no claim “{label}” that stands. Nothing was changed.").format(label=label),
        _("Its claims: {labels}.").format(
            labels=", ".join(row.label for row in case.rows if row.kind == "claim" and row.live) or _("none")
        ),
    )


def _feature(case: Case, named: str) -> Feature:
    for feature in case.features:
        if named.strip() in (feature.number, feature.id):
            return feature
    raise OfficeError(
        _("The case has no feature “{named}”. Nothing was changed.").format(named=named),
        _("The grid shows their numbers."),
        command="case grid CASE",
    )


def _citation(case: Case, named: str) -> Citation:
    wanted = register.squeezed(named)
    for place, one in enumerate(case.citations, 1):
        forms = (one.number, f"{one.office} {one.number}", f"{one.office} {one.number} {one.kind_code}")
        if named.strip() in (str(place), one.id) or wanted in map(register.squeezed, forms):
            return one
    raise OfficeError(
        _("The case cites no document “{named}”. Nothing was changed.").format(named=named),
        _("Record the citation first."),
        command="case record CASE citation --field number=NUMBER",
    )
