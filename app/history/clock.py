"""The hybrid clock: wall time that never runs backwards on a station. It orders what is shown;
it never decides what is kept, and legal dates are never taken from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(days=1)
_FORM = "%Y-%m-%dT%H:%M:%S"


def stamp(moment: datetime, counter: int = 0) -> str:
    """`2026-11-25T08:15:30.123Z/0000`: UTC to the millisecond and a counter; sorts as text."""
    utc = moment.astimezone(UTC)
    return f"{utc.strftime(_FORM)}.{utc.microsecond // 1000:03d}Z/{counter:04d}"


def moment_of(clock: str) -> datetime:
    """The wall time in a stamp. Raises ValueError when it is none."""
    wall = clock.partition("/")[0]
    return datetime.strptime(wall, _FORM + ".%fZ").replace(tzinfo=UTC)


def recorded(clock: str) -> str:
    """The wall time of a stamp as people are shown it, to the second: `2026-11-25T08:15:30Z`."""
    return clock[:19] + "Z"


def tick(last: str, now: datetime) -> str:
    """The next stamp after `last` ("" for none) at wall time `now`."""
    fresh = stamp(now)
    if fresh > last:
        return fresh
    wall, _slash, counter = last.partition("/")
    return (
        f"{wall}/{int(counter) + 1:04d}"
        if int(counter) < 9998
        else stamp(moment_of(last) + timedelta(milliseconds=1))
    )


def heard(last: str, other: str, now: datetime) -> str:
    """Our clock after reading `other`'s stamp; one more than a day ahead of us does not pull us along."""
    if other <= last:
        return last
    try:
        far = moment_of(other) - now.astimezone(UTC) > AHEAD
    except ValueError:
        return last
    return last if far else other
