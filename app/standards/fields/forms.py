"""Dates, numbers, languages and offices of files in the forms of a record.

Each function takes what stands in a file and gives the normal form, "" where the file says nothing or
something that stands for nothing (zeros, `0001-01-01`). None of them guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from app.domain.sequences import is_number

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*|Z|[+-]\d\d:?\d\d)?\Z")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?\Z")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})\Z")
_ZEROS = re.compile(r"[0\s./:TZ+\-]*\Z")
_EARLIEST, _LATEST = 1500, 2400
_LONGEST_DAY = 64


def day(raw: str) -> str | None:
    """`raw` as YYYY-MM-DD; "" where it stands for no date, None where it is no possible day.

    Read are 20050106, 2005-01-06 (also with a time or a time zone, which is left off), 2005/01/06,
    6.1.2005 and 06/01/2005 (day first). 19960100 (a month without its day) is None.
    """
    return _day(raw.strip()[:_LONGEST_DAY])


@lru_cache(maxsize=4096)
def _day(text: str) -> str | None:
    if _ZEROS.match(text) or text.startswith(("0001-01-01", "00010101")):
        return ""
    if found := _ISO_DAY.match(text) or _COMPACT_DAY.match(text):
        year, month, number = (int(part) for part in found.groups())
    elif found := _WRITTEN_DAY.match(text):
        number, month, year = (int(part) for part in found.groups())
    else:
        return None
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


_PADDED = re.compile(r"([A-Z]{0,2})0+(?=\d)")
_ONLY_ZEROS = re.compile(r"[0\s./-]*\Z")


def unpadded(raw: str) -> str:
    """A publication or registration number without padding zeros: `06859910` 6859910, `D0435854` D435854.

    Only zeros in front go; a number of nothing but zeros is none.
    """
    text = " ".join(raw.split())
    if _ONLY_ZEROS.match(text):
        return ""
    return _PADDED.sub(r"\1", text, count=1) if _PADDED.match(text) else text


_OFFICE_IN_FRONT = re.compile(r"^(?!RE|PP|AI)[A-Z]{2}[\s-]*(?=\d)")
_DIGITS_IN_GROUPS = re.compile(r"[\d ]+\Z")


def cited_number(raw: str) -> str:
    """`D. 271298` D271298, `WO 2008057457` 2008057457, `0 123 456` 123456; strokes stay as printed."""
    if raw.isascii() and raw.isdigit():
        return raw.lstrip("0")
    text = _OFFICE_IN_FRONT.sub("", raw.replace("D. ", "D").replace("Des. ", "D"))
    if _DIGITS_IN_GROUPS.match(text):
        text = text.replace(" ", "")
    return text if "/" in text else unpadded(text)


def no_zeros(raw: str) -> str:
    """`raw` unless it is nothing but zeros."""
    text = " ".join(raw.split())
    return "" if _ONLY_ZEROS.match(text) else text


def count(raw: str) -> int:
    """A whole number in the digits 0 to 9; 0 for everything else, and for one longer than anybody counts."""
    text = raw.strip()
    return int(text) if is_number(text) else 0


def earliest(raw: Iterable[str]) -> str:
    """The first of several days, as written; where none is a day the first text, "" where there is none."""
    texts = list(raw)
    return min(filter(day, texts), key=lambda text: (day(text) or "", text), default=next(iter(texts), ""))


_CHECK_DIGIT = re.compile(r"(\d{8})\.[\dX]\Z", re.I)


def ep_application(raw: str) -> str:
    """An EP application number without its check digit: `17171508.9` 17171508."""
    text = no_zeros(raw)
    found = _CHECK_DIGIT.match(text)
    return found.group(1) if found else text


_THREE = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt",
    "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "rus": "ru", "nld": "nl", "dut": "nl",
    "pol": "pl", "swe": "sv", "dan": "da", "fin": "fi", "nor": "no", "ces": "cs", "cze": "cs", "ell": "el",
    "gre": "el", "hun": "hu", "ron": "ro", "rum": "ro", "bul": "bg", "hrv": "hr", "slk": "sk", "slo": "sk",
    "slv": "sl", "est": "et", "lav": "lv", "lit": "lt", "mlt": "mt", "gle": "ga", "tur": "tr", "heb": "he",
    "swa": "sw", "amh": "am", "khm": "km", "hin": "hi", "vie": "vi", "tha": "th", "ind": "id", "ukr": "uk",
}  # fmt: skip
UNKNOWN_LANGUAGE = "und"


@lru_cache(maxsize=1024)
def language(raw: str | None) -> str:
    """ISO 639-1 in small letters; `und` where the file does not say or says it in no known form."""
    text = (raw or "").strip().lower().replace("_", "-").partition("-")[0]
    if len(text) == 3:
        return _THREE.get(text, UNKNOWN_LANGUAGE)
    return text if len(text) == 2 and text.isalpha() and text.isascii() and text != "xx" else UNKNOWN_LANGUAGE


_OFFICE = re.compile(r"[A-Z]{2}\Z")


@lru_cache(maxsize=1024)
def office(raw: str | None) -> str:
    """An ST.3 code in capitals; "" for everything else (`omitted`, `unknown`, empty)."""
    text = (raw or "").strip().upper()
    return text if _OFFICE.match(text) else ""
