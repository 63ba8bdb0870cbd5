"""The docket by pages: what is asked of it and what it answers. Snapshots, as `app.domain.case` has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.case import CaseLine


class DocketSort(StrEnum):
    """By what the docket is sorted. `limit`: cases in which the office's silence protects first."""

    LIMIT = "limit"
    NUMBER = "number"
    TITLE = "title"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class DocketAsk:
    """Which cases, in which order; "" and None ask for everything.

    text     words that stand in number, title or applicant, in any case and with or without accents
    status   a code of the law pack; `officer` the examiner's name
    owner    whose the nearest limit is: applicant | office. Where the office's silence would protect,
             the case is the office's whatever its nearest limit
    due      days from today within which the nearest limit ends (past ones count)
    """

    text: str = ""
    right: str = ""
    status: str = ""
    officer: str = ""
    owner: str = ""
    due: int | None = None
    sort: DocketSort = DocketSort.LIMIT
    descending: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many cases have their nearest limit on `day` (None: no limit runs)."""

    day: date | None
    count: int


@dataclass(frozen=True, slots=True)
class DocketPage:
    """Some lines of the docket in their order.

    next     what to give as `after` for the lines that follow; () when these are the last
    total    how many cases were asked for in all; it, `days` and `silent` are told with the first page
             alone, later pages say 0
    days     the nearest limits by day, without the cases that `silent` counts
    silent   cases in which the office's silence would count as protection; they stand first
    """

    lines: tuple[CaseLine, ...]
    next: tuple[str, ...] = ()
    total: int = 0
    days: tuple[DayCount, ...] = ()
    silent: int = 0

    @property
    def more(self) -> bool:
        """Whether other lines follow."""
        return bool(self.next)


@dataclass(frozen=True, slots=True)
class DocketChoices:
    """What the cases of the office can be narrowed by: rights, (code, name) of states, examiners."""

    rights: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    officers: tuple[str, ...] = ()
    total: int = field(default=0)
