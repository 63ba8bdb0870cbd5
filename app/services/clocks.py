"""The clock of this machine against what the office wrote already, and what a person says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import RuleRefused, UsageError, _
from app.rules import clocks
from app.services.offices import Office, trusted_until
from app.storage.private import CLOCK_TRUSTED
from app.text import clean

TRUSTED = "clock/trusted"


@dataclass(frozen=True, slots=True)
class Clock:
    """`today` by this machine, the day of the newest entry, and the day until which entries are known to come
    from a clock that was ahead. `believed` is false while no date is accorded."""

    today: date
    newest: date | None
    trusted: date | None
    believed: bool


def clock(office: Office) -> Clock:
    """How the clock stands. Writes nothing."""
    newest, trusted = office.newest_entry(), trusted_until(office)
    return Clock(office.today, newest, trusted, not clocks.jumped(office.today, newest, trusted))


def trust(office: Office, reason: str) -> Clock:
    """Say that this machine's clock is right and entries from later days come from a wrong one.

    Holds on this station for entries up to the newest there is now; written into the log with its reason.
    Refused where nothing speaks against the clock.
    """
    said = clean(reason)
    if not said:
        raise UsageError(_("No reason was given; nothing was changed."), _("Say why the clock is right."))
    now = clock(office)
    if now.believed or now.newest is None:
        raise RuleRefused(
            _("Nothing speaks against the clock of this machine. Nothing was changed."),
            _("Go on with your work."),
        )
    with office.store.act(authority=said) as act:
        value = {"on": now.today.isoformat(), "until": now.newest.isoformat(), "reason": said}
        act.event(f"office:{office.store.office_id}", TRUSTED, value)
        office.store.private.set(CLOCK_TRUSTED, now.newest.isoformat().encode())
    return clock(office)
