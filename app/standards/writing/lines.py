"""A party, a priority, a citation, a text in one line, as a person reads it; and back again.

Used by the INID text and by the cells of the table. `-` stands for what is not there.
"""

from __future__ import annotations

import re

from app.domain.record import CitedDocument, NamedParty, PriorityClaim, Related

BETWEEN = " · "
_NOTHING = "-"
_CLAIMS = "claims "
_WORDS = r"(?:[^\\\[\]]|\\.)"
_PARTY = re.compile(rf"(?P<name>{_WORDS}*?)(?: \[(?P<place>{_WORDS}*)\](?: (?P<role>\w+))?)?\Z")
_LOOSE_PARTY = re.compile(r"(?P<name>.*) \[(?P<place>[^\[\]]*)\](?: (?P<role>\w+))?\Z", re.S)
_TEXT = re.compile(r"\[([a-z]{2,3})\] ?(.*)\Z", re.S)


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def party(one: NamedParty, usual: str = "") -> str:
    """`Name [City, CC] role`; the place only where there is one, the role only where it is not the usual."""
    role = one.role if one.role != usual else ""
    place = _escaped(", ".join(part for part in (one.city, one.country or (one.city and _NOTHING)) if part))
    if not place and not role:
        return _escaped(one.name)
    return f"{_escaped(one.name)} [{place}]" + (f" {role}" if role else "")


def party_of(line: str, usual: str = "") -> NamedParty:
    """The party of such a line, also of one whose brackets nobody escaped. Any other line is a name."""
    found = _PARTY.match(line) or _LOOSE_PARTY.match(line)
    if found is None:
        return NamedParty(line, role=usual)
    city, comma, country = _plain(found["place"] or "").rpartition(", ")
    country = "" if country == _NOTHING else country
    if not comma and not re.fullmatch(r"[A-Z]{2}|", country):
        city, country = country, ""
    return NamedParty(_plain(found["name"]), country, city, found["role"] or usual)


def _joined(*parts: str) -> str:
    return BETWEEN.join(part or _NOTHING for part in parts)


def _parts(line: str, count: int, first: int = 0) -> list[str]:
    """`first` parts from the left, the rest from the right; what lies between is one part."""
    head = line.split(BETWEEN, first)
    tail = head.pop().rsplit(BETWEEN, count - first - 1)
    found = [*head, *tail]
    found += [""] * (count - len(found))
    return ["" if part == _NOTHING else part for part in found]


def priority(one: PriorityClaim) -> str:
    """`number · date · office · kind`."""
    return _joined(one.number, one.date, one.office, one.kind)


def priority_of(line: str) -> PriorityClaim:
    """The priority of such a line."""
    number, day, office, kind = _parts(line, 4)
    return PriorityClaim(office, number, day, kind or "foreign")


def related(one: Related) -> str:
    """`number · date · office · relation`."""
    return _joined(one.number, one.date, one.office, one.relation)


def related_of(line: str) -> Related:
    """The tied document of such a line."""
    number, day, office, relation = _parts(line, 4)
    return Related(relation, office, number, day)


def cited(one: CitedDocument) -> str:
    """`EP · 123456 · A1 · X` for a patent document, `NPL · text · X` for literature; behind it the claims."""
    against = (f"{_CLAIMS}{one.claims}",) if one.claims else ()
    if one.text:
        return _joined("NPL", one.text, one.category, *against)
    return _joined(one.office, one.number, one.kind_code, one.category, *against)


def cited_of(line: str) -> CitedDocument:
    """The citation of such a line."""
    head, between, last = line.rpartition(BETWEEN)
    line, claims = (head, last.removeprefix(_CLAIMS)) if between and last.startswith(_CLAIMS) else (line, "")
    if line.startswith(f"NPL{BETWEEN}"):
        _npl, text, category = _parts(line, 3, first=1)
        return CitedDocument(category=category, text=text, claims=claims)
    office, number, kind_code, category = _parts(line, 4, first=1)
    return CitedDocument(office, number, kind_code, category, claims=claims)


def text(language: str, words: str) -> str:
    """`[fr] words`."""
    return f"[{language}] {words}"


def text_of(line: str) -> tuple[str, str]:
    """Language and words of such a line; a line without a language is `und`."""
    found = _TEXT.match(line)
    return (found.group(1), found.group(2)) if found else ("und", line)
