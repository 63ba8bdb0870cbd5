"""Dates, periods and directions as a letter prints them in each of its languages.

Legal dates are printed unambiguously (`22 Nov 2026`), always Gregorian (PCT Rule 79) and in
European digits, as they stand in the register. A language not listed here is dated in English.
"""

from __future__ import annotations

from datetime import date

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_WEEKDAY_NAMES = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
}
# Arabic counts one and two by the noun alone, three to ten by a plural, above by a singular.
_ARABIC_UNITS = {
    "d": ("يوم واحد", "يومين", "أيام", "يوماً"),
    "w": ("أسبوع واحد", "أسبوعين", "أسابيع", "أسبوعاً"),
    "m": ("شهر واحد", "شهرين", "أشهر", "شهراً"),
    "y": ("سنة واحدة", "سنتين", "سنوات", "سنة"),
}
_UNITS = {
    "en": {"d": ("day", "days"), "w": ("week", "weeks"), "m": ("month", "months"), "y": ("year", "years")},
    "fr": {"d": ("jour", "jours"), "w": ("semaine", "semaines"), "m": ("mois", "mois"), "y": ("an", "ans")},
}


def is_right_to_left(language: str) -> bool:
    """Whether text in `language` (ISO 639-1) runs from right to left."""
    return language in RIGHT_TO_LEFT


def _known(language: str) -> str:
    return language if language in _MONTHS else "en"


def printed(day: date, language: str) -> str:
    """`22 Nov 2026`, `22 nov. 2026`, `1er févr. 2027`, `22 نوفمبر 2026`."""
    language = _known(language)
    month = _MONTHS[language].split()[day.month - 1]
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month} {day.year}"


def with_weekday(day: date, language: str) -> str:
    """`Mon 1 Feb 2027`: the form of a last day."""
    weekday = _WEEKDAYS[_known(language)].split()[day.weekday()]
    return f"{weekday} {printed(day, language)}"


def weekday(day: date, language: str) -> str:
    """`Saturday`, `samedi`, `السبت`."""
    return _WEEKDAY_NAMES[_known(language)].split()[day.weekday()]


def in_every(day: date | None, languages: tuple[str, ...]) -> dict[str, str]:
    """The printed date by language; empty where there is no date."""
    return {language: printed(day, language) for language in languages} if day else {}


def period(text: str, language: str) -> str:
    """A period of the law pack (`2m`, `60d`, `1y`) in words: `two months`, `60 jours`, `شهرين`.

    Several parts (`1y6m`) are joined by a comma. What is not a period is given back as it is.
    """
    parts: list[str] = []
    count = ""
    for letter in text.strip().lower():
        if letter.isdigit():
            count += letter
        elif letter in "dwmy" and count:
            parts.append(_counted(int(count), letter, _known(language)))
            count = ""
        else:
            return text
    return ", ".join(parts) if parts and not count else text


def _counted(count: int, unit: str, language: str) -> str:
    if language == "ar":
        one, two, few, many = _ARABIC_UNITS[unit]
        if count <= 2:
            return one if count == 1 else two
        return f"{count} {few if count <= 10 else many}"
    singular, many = _UNITS[language][unit]
    numbers = _NUMBERS[language].split()
    spoken = numbers[count - 1] if 0 < count <= len(numbers) else str(count)
    if language == "fr" and count == 1 and unit == "w":
        spoken = "une"
    return f"{spoken} {singular if count == 1 else many}"
