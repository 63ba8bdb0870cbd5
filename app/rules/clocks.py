"""A clock that jumped: when the day of this machine cannot be believed.

A machine whose battery died wakes in an old year. A date accorded then would be wrong for ever, so none is
accorded while today lies before what was written already (PLT Article 5; PCT Rule 20.2: the date of receipt).
"""

from __future__ import annotations

from datetime import date, timedelta

from app.errors import RuleRefused, _
from app.rules.days import spoken

LEEWAY = timedelta(days=1)
"""Entries carry the day in UTC and stations differ: so much is no jump."""

ACCORDING = frozenset({"filed", "accorded"})
"""Events by which a date is accorded."""


def jumped(today: date, newest: date | None, trusted: date | None = None) -> bool:
    """Whether today lies more than a day before the newest entry. `trusted`: entries up to that day are
    known to come from a clock that was ahead, and count no more."""
    return newest is not None and today < newest - LEEWAY and (trusted is None or newest > trusted)


def refuse(today: date, newest: date | None, trusted: date | None = None) -> None:
    """Raises RuleRefused when the clock jumped."""
    if newest is not None and jumped(today, newest, trusted):
        raise RuleRefused(
            _(
                "The clock of this machine says {today}, but the newest entry of this office is of {newest}. "
                "No date was accorded and nothing was recorded."
            ).format(today=spoken(today), newest=spoken(newest)),
            _("Set the clock of this machine. If it is right, say so with a reason: a later entry is wrong."),
            command="office clock --trust REASON",
        )
