"""What can be seen of a translation without knowing the languages: flags for the examiner.

Each check is a plain function of source and target; `flags` runs them all. A clean segment is not
a right one, only one in which nothing countable was lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from app.errors import _
from app.text import fold

NUMBERS = "numbers"
SIGNS = "reference_signs"
UNITS = "units"
CLAIMS = "claim_references"
LENGTH = "length"
LOOP = "repetition"
COPY = "untranslated"
LIMIT = "cut_off"
UNSURE = "unsure"

# Mean probability of a token below which a segment is worth a second look. On the bundled pack
# clean claims lie above 0.8 and words it never saw below 0.3.
UNSURE_BELOW = 0.45


def in_words(flag: str) -> str:
    """A flag as a sentence for a person; an unknown one as itself."""
    return {
        NUMBERS: _("A number is missing, new or changed."),
        SIGNS: _("A reference sign in brackets is missing, new or changed."),
        UNITS: _("A unit of measurement is missing, new or changed."),
        CLAIMS: _("A reference to another claim is missing, new or changed."),
        LENGTH: _("The translation is much shorter or longer than the original."),
        LOOP: _("Words are repeated that are not repeated in the original."),
        COPY: _("Not translated: the original stands here."),
        LIMIT: _("The end may be missing: the model stopped at its limit."),
        UNSURE: _("The model was unsure of this sentence."),
    }.get(flag, flag)


def flags(source: str, target: str, source_language: str, target_language: str) -> tuple[str, ...]:
    """The flags of one segment, in a fixed order; () where nothing was noticed."""
    if is_copy(source, target, source_language, target_language):
        return (COPY,)
    found = {
        NUMBERS: numbers(source, source_language) != numbers(target, target_language)
        and not _written_out(source, target, source_language, target_language),
        SIGNS: reference_signs(source) != reference_signs(target),
        UNITS: units(source) != units(target),
        CLAIMS: claim_references(source) != claim_references(target),
        LENGTH: _far_in_length(source, target),
        LOOP: loops(target) > loops(source),
    }
    return tuple(flag for flag, seen in found.items() if seen)


# --- numbers

# Offices of these languages write a decimal comma; the others a point. ISO 80000-1, 7.3.2 allows both.
_DECIMAL_COMMA = re.compile(r"fr|de|es|pt|it|nl|pl|ru|uk|cs|sk|sl|hr|sr|bg|ro|hu|tr|sv|da|nb|no|fi|el|id|vi")
_SPACES = "\u00a0\u202f\u2009\u2008\u2007 '’"
_NUMBER = re.compile(rf"(?<![\d.,٫٬])\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")


def numbers(text: str, language: str = "") -> Counter[str]:
    """Every numeral of `text` with how often it stands there, in one form: `1500`, `1.5`.

    Digits of any script; Arabic decimal and thousands signs; grouping by blanks, points or commas as
    `language` has them. `1,500` is 1.5 in French and 1500 in English.
    """
    plain = _ascii_digits(text)
    return Counter(_normal(m.group(), language) for m in _NUMBER.finditer(plain))


def _ascii_digits(text: str) -> str:
    text = text.translate({0x066B: ".", 0x066C: None, 0xFF0E: ".", 0xFF0C: ","})
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def _normal(number: str, language: str) -> str:
    digits = re.sub(f"[{_SPACES}]", "", number)
    decimal, group = (",", ".") if _DECIMAL_COMMA.fullmatch(language) else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", digits) and digits[0] != "0":
        digits = digits.replace(group, "")
    digits = digits.replace(",", ".")
    if digits.count(".") != 1:
        return digits
    whole, part = digits.split(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


_WORDS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze",
}


def _written_out(source: str, target: str, source_language: str, target_language: str) -> bool:
    """The only difference is a small number written as a word on one side (“2” and “two”)."""
    ours, theirs = numbers(source, source_language), numbers(target, target_language)
    return _stand_as_words(ours - theirs, target, target_language) and _stand_as_words(
        theirs - ours, source, source_language
    )


def _stand_as_words(wanted: Counter[str], text: str, language: str) -> bool:
    words = _WORDS.get(language, "").split()
    there = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    return all(
        number.isdecimal() and int(number) < len(words) and there[words[int(number)]] >= count
        for number, count in wanted.items()
    )


# --- reference signs, units, claim references

_BRACKETS = re.compile(r"[(（]([^()（）]{1,60})[)）]")
_ONLY_SIGNS = re.compile(
    r"(?:[A-Za-z]{0,3}\d+\w{0,2}['\"]{0,2}|[A-Z]'?(?!\w)|[\s,;.&/\-–—]|\b(?:et|and|à|to|y|und)\b)+"
)
_SIGN = re.compile(r"[A-Za-z]{0,3}\d+[a-zA-Z]{0,2}['’′\"″]{0,2}|\b[A-Z]\b['’′]?")


def reference_signs(text: str) -> Counter[str]:
    """Signs in brackets, as PCT Rule 6.2(b) has them in claims: `(12)`, `(14a, 14b)`, `(3')`."""
    signs: Counter[str] = Counter()
    for match in _BRACKETS.finditer(_ascii_digits(text)):
        inside = match[1].replace("’", "'").replace("′", "'").replace("″", '"')
        if _ONLY_SIGNS.fullmatch(inside):
            signs.update(_SIGN.findall(inside))
    return signs


_UNIT = re.compile(
    r"(?<=\d)\s?(?:(?:wt|vol|mol|w/w)\.?[\s-]?(?=%))?(?P<unit>"
    r"%|‰|pour\s?cent|per\s?cent|percent|por\s?ciento|°\s?[CF]|[µμnmckM]?m[²³23]?|[µμmk]?g|[mcd]?[lL]|[kMGm]?Hz|[mkM]?[WVA]"
    r"|[kMm]?Pa|[m]?bars?|[kM]?[JN]|[µμmn]?s|min(?:utes?)?|h|heures?|hours?|jours?|days?|secondes?|seconds?"
    r"|tr/min|rpm|mol|ppm|dB|Ω|ohms?|[µμnp]F|degrés?|degrees?|°)(?![\w/])"
)
_SAME_UNIT = {
    "pourcent": "%", "percent": "%", "porciento": "%", "heure": "h", "heures": "h", "hour": "h", "hours": "h",
    "minute": "min", "minutes": "min", "seconde": "s", "secondes": "s", "second": "s", "seconds": "s",
    "jour": "day", "jours": "day", "days": "day", "tr/min": "rpm", "bars": "bar", "ohm": "Ω", "ohms": "Ω",
    "degré": "°", "degrés": "°", "degree": "°", "degrees": "°", "L": "l", "mL": "ml", "cL": "cl", "dL": "dl",
    "m2": "m²", "m3": "m³", "cm2": "cm²", "cm3": "cm³", "mm2": "mm²", "mm3": "mm³",
}  # fmt: skip


def units(text: str) -> Counter[str]:
    """Units that stand behind a number, in one spelling (`tr/min` and `rpm` are one)."""
    found = (re.sub(r"\s", "", m["unit"]).replace("μ", "µ") for m in _UNIT.finditer(_ascii_digits(text)))
    return Counter(_SAME_UNIT.get(unit, unit) for unit in found)


_CLAIM_REFERENCE = re.compile(
    r"(?:claims?|revendications?|reivindicaci(?:ón|ones)|reivindicaç(?:ão|ões)|rivendicazion[ei]"
    r"|anspr(?:uch|üche|üchen)|пункт\w*|п\.|المطلب|المطالب|عنصر الحماية|عناصر الحماية|权利要求|請求項)"
    r"(?P<run>[\s\d,;.()\-–—]*(?:(?:à|to|a|and|or|et|ou|und|oder|bis|y|o|any|of|one|و|أو|إلى|to)\s+"
    r"(?=\d)[\s\d,;\-–—]*)*)",
    re.IGNORECASE,
)


def claim_references(text: str) -> Counter[str]:
    """The numbers of the claims that are named: `revendications 1 à 3` gives 1 and 3."""
    found: Counter[str] = Counter()
    for match in _CLAIM_REFERENCE.finditer(_ascii_digits(text)):
        found.update(re.findall(r"\d+", re.sub(r"\([^)]*\)", "", match["run"])))
    return found


# --- shape

_CHARACTER_LOOP = re.compile(r"([^\W\d_]{2,8}?|[(（][^()（）]{1,8}[)）])\1{2,}")

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _weight(text: str) -> float:
    """Letters, with a character of Chinese, Japanese or Korean worth about three."""
    dense = len(_DENSE.findall(text))
    return len(text.strip()) + 2.0 * dense


def _far_in_length(source: str, target: str) -> bool:
    ours, theirs = _weight(source), _weight(target)
    return ours >= 25 and not 0.45 <= theirs / ours <= 2.2


def loops(text: str) -> int:
    """How often a word, or a group of up to six words, stands there on end; 1 below three times.

    Two in a row are language (“that that”), three are a model going round. Scripts without blanks
    are looked at by characters.
    """
    words = [w for w in fold(text).split() if any(c.isalpha() for c in w)]
    longest = 1
    for size in range(1, 7):
        streak = 0
        for word, earlier in zip(words[size:], words, strict=False):
            # A group said r times over makes (r - 1) * size words equal to those `size` before them.
            streak = streak + 1 if word == earlier else 0
            longest = max(longest, 1 + streak // size)
    for match in _CHARACTER_LOOP.finditer(text):
        longest = max(longest, len(match[0]) // len(match[1]))
    return longest if longest >= 3 else 1


def is_copy(source: str, target: str, source_language: str, target_language: str) -> bool:
    """The target is the source again, or nearly: nine of ten of its longer words stand in the source."""
    ours, theirs = fold(source).split(), fold(target).split()
    if source_language == target_language or not any(c.isalpha() for c in source):
        return False
    if ours == theirs:
        return True
    long_words = [w for w in _letters(theirs) if len(w) > 3]
    known = set(_letters(ours))
    return len(long_words) >= 5 and sum(w in known for w in long_words) >= 0.9 * len(long_words)


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        bare = "".join(c for c in word if c.isalpha())
        if bare:
            yield bare
