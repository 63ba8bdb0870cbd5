"""Substantive work on a case: objections to its rows, features of its claims, the grid against citations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection of the office to rows of the case.

    id        of the event that raised it; `number` is its short number on the case, from 1
    rows      labels of the rows it was raised to, none: the case as a whole
    standing  labels of those it still stands on
    state     open | partly (settled on some of its rows) | settled
    moot      it is open, but on no row that is still part of the right
    """

    id: str
    number: int
    on: date
    provision: str
    rows: tuple[str, ...] = ()
    grounds: str = ""
    state: str = "open"
    standing: tuple[str, ...] = ()
    moot: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a claim: `number` (`1.2`) is for people, `id` stays when others are put in between."""

    id: str
    claim: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a citation discloses a feature: `yes`, `no` or `partly`, and where (`passage`)."""

    feature: str
    citation: str
    state: str
    passage: str = ""
    who: str = ""
