"""Days as other calendars count them, in the words of a letter's language: to stand beside the Gregorian
date, never in its place (PCT Rule 79).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.letters import words

BUDDHIST_ERA = 543
"""Years by which the Buddhist Era of Thailand, Laos and Cambodia is ahead; days and months are Gregorian."""

# Where kenat counts rightly (tested day by day): its year 2092 begins a day early.
_ETHIOPIAN_FROM, _ETHIOPIAN_UNTIL = date(1900, 1, 1), date(2099, 9, 10)

# {day} {month} {year} by language; the Hijri day is that of tables, and says so.
_ETHIOPIAN = {
    "en": "{day} {month} {year} (Ethiopian calendar)",
    "fr": "{day} {month} {year} (calendrier éthiopien)",
    "ar": "{day} {month} {year} (التقويم الإثيوبي)",
    "am": "{month} {day} ቀን {year} ዓ.ም.",
}
_HIJRI = {
    "en": "{day} {month} {year} AH (Umm al-Qura tables; the announced day may differ)",
    "fr": "{day} {month} {year} H (tables d'Umm al-Qura ; le jour annoncé peut différer)",
    "ar": "{day} {month} {year} هـ (حسب تقويم أم القرى، وقد يختلف اليوم المعلن)",
}
_BUDDHIST = {"en": "{day} {year} BE", "fr": "{day} {year} (ère bouddhique)", "ar": "{day} {year} (بوذي)"}


def shown(day: date, calendar: str, language: str) -> str:
    """`day` in one of `CALENDARS`, in `language` (English where its words are not known); "" where the tables
    of the calendar do not reach: Hijri 1924 to 2077, Ethiopian 1900 to 2099."""
    return _SHOWN[calendar](day, language)


def also(day: date, calendars: Iterable[str], language: str) -> list[str]:
    """`day` in each of `calendars` that reaches it."""
    return [text for name in calendars if (text := shown(day, name, language))]


def _form(forms: Mapping[str, str], language: str) -> str:
    return forms.get(language, forms["en"])


def _ethiopian(day: date, language: str) -> str:
    from kenat import MONTH_NAMES, toEC

    if not _ETHIOPIAN_FROM <= day <= _ETHIOPIAN_UNTIL:
        return ""
    found = toEC(day.year, day.month, day.day)
    month = MONTH_NAMES["amharic" if language == "am" else "english"][found["month"] - 1]
    return _form(_ETHIOPIAN, language).format(day=found["day"], month=month, year=found["year"])


def _hijri(day: date, language: str) -> str:
    from hijridate import Gregorian

    try:
        found = Gregorian.fromdate(day).to_hijri()
    except OverflowError:  # outside the tables
        return ""
    month = found.month_name("ar" if language == "ar" else "en")
    return _form(_HIJRI, language).format(day=found.day, month=month, year=found.year)


def _buddhist(day: date, language: str) -> str:
    day_and_month = words.printed(day, language).removesuffix(str(day.year)).strip()
    return _form(_BUDDHIST, language).format(day=day_and_month, year=day.year + BUDDHIST_ERA)


_SHOWN: Mapping[str, Callable[[date, str], str]] = {
    "ethiopian": _ethiopian,
    "hijri": _hijri,
    "buddhist": _buddhist,
}
CALENDARS = tuple(_SHOWN)
