"""Days as other calendars count them, for showing beside the Gregorian date. Limits are always Gregorian (PCT
Rule 79); nothing is reckoned with what stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.law import LawPack
from app.errors import UsageError, _
from app.letters import eras


def shown(day: date, calendar: str, language: str = "en") -> str:
    """`day` in `ethiopian`, `hijri` or `buddhist`, in the words of `language` where they are known; "" where
    the calendar's tables do not reach (Hijri 1924 to 2077, Ethiopian 1900 to 2099).

    A Hijri day is that of the Umm al-Qura tables and says so: the day announced may be another. Refused for
    a calendar that is none of these.
    """
    _refuse_unknown(calendar)
    return eras.shown(day, calendar, language)


def also(day: date, calendars: Iterable[str], language: str = "en") -> Mapping[str, str]:
    """`day` in each of `calendars` that reaches it."""
    found = {name: shown(day, name, language) for name in calendars}
    return {name: text for name, text in found.items() if text}


def asked(names: str | None, law: LawPack | None = None) -> tuple[str, ...]:
    """The calendars a person named, parted by commas; those of the law pack where nothing was said.

    Refused for a name that is none.
    """
    if names is None:
        return law.also_show if law else ()
    wanted = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in wanted:
        _refuse_unknown(name)
    return wanted


def _refuse_unknown(calendar: str) -> None:
    if calendar not in eras.CALENDARS:
        raise UsageError(
            _("There is no calendar “{name}” to show days in.").format(name=calendar),
            _("Calendars: {names}.").format(names=", ".join(eras.CALENDARS)),
        )
