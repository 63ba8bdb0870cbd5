"""The patent document an entry of a data bank cites: number, place in it, date, title, people.

EMBL: `RL   Patent number EP0238993-A2/21, 30-SEP-1987.`; GenBank: `Patent: EP 0238993-A2 21 30-SEP-1987;`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.sequences import Publication

_EMBL = re.compile(
    r"Patent number\s+([A-Z]{2})\s*([A-Z]?[\d-]*\d)-?([A-Z]\d?)?(?:/(\d+))?\s*,?\s*(\d\d?-[A-Z]{3}-\d{4})?",
    re.I,
)
_GENBANK = re.compile(
    r"Patent:\s*([A-Z]{2})\s*([A-Z]?[\d-]*\d)-?([A-Z]\d?)?[\s/]*(\d+)?\s*(\d\d?-[A-Z]{3}-\d{4})?", re.I
)
_DAY = re.compile(r"(\d\d?)-([A-Za-z]{3})-(\d{4})")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def day(raw: str) -> str:
    """`30-SEP-1987` as 1987-09-30; anything else as it is."""
    found = _DAY.fullmatch(raw.strip())
    if not found or found.group(2).upper() not in _MONTHS:
        return raw.strip()
    month = _MONTHS.index(found.group(2).upper()) + 1
    return f"{found.group(3)}-{month:02}-{int(found.group(1)):02}"


def publication(form: str, reference: Mapping[str, list[str]]) -> Publication | None:
    """What a reference says of a patent document, None where it is of another kind.

    reference  the lines by their code (RA, RT, RL) or word (AUTHORS, TITLE, JOURNAL)
    """
    people, titles, places = ("RA", "RT", "RL") if form == "embl" else ("AUTHORS", "TITLE", "JOURNAL")
    lines = [line for line in reference.get(places, []) if line]
    text = " ".join(lines)
    found = (_EMBL if form == "embl" else _GENBANK).search(text)
    if not found:
        return None
    office, number, kind, place, published = found.groups()
    return Publication(
        office.upper(), number.strip(), (kind or "").upper(), place or "", published or "",
        title=" ".join(reference.get(titles, [])).strip().strip(";").strip('"'),
        applicants=_companies(text[found.end() :]),
        inventors=_inventors(form, " ".join(reference.get(people, []))),
    )  # fmt: skip


def _companies(text: str) -> tuple[str, ...]:
    """What follows the number: the applicants, one after a semicolon, a country behind a comma or bar."""
    names = (re.sub(r"\s*\(?\b[A-Z]{2}\)?$", "", part.strip(" .,|")) for part in text.split(";"))
    return tuple(dict.fromkeys(name.strip(" .,") for name in names if name.strip(" .,|")))


def _inventors(form: str, text: str) -> tuple[str, ...]:
    """`Auerswald E.A., Schroeder W.;` and `Garten,R., Barnes,J. and Klimov,A.`: family name, initials."""
    text = text.strip().strip(";").strip()
    if not text:
        return ()
    parts = re.split(r",\s+|\s+and\s+", text) if form == "genbank" else re.split(r",\s*", text)
    names = (part.strip(" ;") for part in parts)
    spaced = (name.replace(",", ", ") if form == "genbank" else name for name in names)
    return tuple(dict.fromkeys(filter(None, spaced)))
