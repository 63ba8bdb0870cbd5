"""Amendments of claims, goods or designs: versions of the rows, and what one has that another has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

AMENDMENT = "amendment"
"""The event of an amendment."""

DELETED, BEFORE = "deleted", "before"
"""What an amendment makes of a row it strikes out, and of one it takes in again."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is filed: `texts` by label ("" strikes the row out), `basis` by label; `whole`: rows that are
    not named are struck out (a whole new set of claims)."""

    texts: Mapping[str, str]
    basis: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A row in one version. `change` against the version before: filed | same | amended | new | deleted;
    `basis`: where the text stands in the application as filed, as the applicant says."""

    id: str
    label: str
    text: str
    basis: str = ""
    change: str = "same"


@dataclass(frozen=True, slots=True)
class Version:
    """The rows as filed (`number` 1, no `event`) or after an amendment; rows struck out are in it last."""

    number: int
    on: date | None
    rows: tuple[VersionRow, ...]
    event: str = ""
    act: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of text: `op` is same | new | gone."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class RowDiff:
    """What became of one row between two versions; `change`: same | amended | new | deleted."""

    label: str
    change: str
    pieces: tuple[DiffPiece, ...]
    basis: str = ""
