"""Codes of two letters: offices and countries (ST.3), languages (ISO 639-1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.domain.findings import Finding, Severity
from app.domain.record import CitedDocument, PriorityClaim, Record, Related
from app.errors import _
from app.standards import codes

_YEARS_AFTER = 5
"""Years a former code goes on in documents of applications that were pending when it ended."""
_OWN_USE = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes anybody may give a meaning of his own (ISO 3166-1, 8.1.3): an invented office, an unknown one."""
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", ""})


def offices(record: Record, _now: str) -> Iterable[Finding]:
    """Every office and country named stands in ST.3 or ISO 3166; former codes are used in their time."""
    known = codes.offices()
    office = known.get(record.office)
    if office is not None and not office.last:
        for party in (*record.applicants, *record.inventors, *record.representatives):
            if party.country and party.country not in known:
                return _offices(record)
        papers: Iterable[PriorityClaim | Related | CitedDocument]
        for papers in (record.priorities, record.related, record.citations):
            for paper in papers:
                if paper.office and paper.office not in known:
                    return _offices(record)
        return ()
    return _offices(record) if record.office else ()


def _offices(record: Record) -> Iterator[Finding]:
    known = codes.offices()
    seen: set[str] = set()
    for where, code in _named(record):
        if not code or code in seen or _OWN_USE.fullmatch(code):
            continue
        seen.add(code)
        office = known.get(code)
        if office is None:
            yield Finding(
                Severity.WARNING, where, "check.office",
                _("“{code}” is no code of a state, territory or organisation.").format(code=code),
                _("ST.3, Annex A"), _("Compare it with the original."),
            )  # fmt: skip
    former = known.get(record.office)
    day = record.filing_date or record.publication_date
    if former is not None and former.last and day and int(day[:4]) > int(former.last[:4]) + _YEARS_AFTER:
        yield Finding(
            Severity.NOTE, "office", "check.office-former",
            _("The code {code} ({name}) ended on {last}; the document is of {day}.").format(
                code=former.code, name=former.name, last=former.last, day=day
            ),
            _("ST.3, Annex B"), _("Codes now: {now}.").format(now=", ".join(former.now)),
        )  # fmt: skip


def _named(record: Record) -> Iterator[tuple[str, str]]:
    yield "office", record.office
    for where, parties in (
        ("applicants", record.applicants), ("inventors", record.inventors),
        ("representatives", record.representatives),
    ):  # fmt: skip
        for party in parties:
            yield where, party.country
    for claim in record.priorities:
        yield "priorities", claim.office
    for tie in record.related:
        yield "related", tie.office
    for cited in record.citations:
        yield "citations", cited.office


@cache
def _languages_or_none() -> frozenset[str]:
    return codes.languages() | _NO_LANGUAGE


def languages(record: Record, _now: str) -> Iterable[Finding]:
    """Every language of a text is one of ISO 639-1."""
    known = _languages_or_none()
    sound = (
        record.language in known
        and known.issuperset(record.titles)
        and known.issuperset(record.abstracts)
        and known.issuperset(record.claims)
        and known.issuperset(record.descriptions)
        and all(known.issuperset(texts) for texts in record.goods.values())
    )
    return () if sound else _languages(record, known)


def _languages(record: Record, known: frozenset[str]) -> Iterator[Finding]:
    named = {record.language, *record.titles, *record.abstracts, *record.claims, *record.descriptions}
    for texts in record.goods.values():
        named.update(texts)
    for code in sorted(named - known):
        now = codes.former_languages().get(code)
        message = (
            _("“{code}” is a withdrawn code of a language; it is “{now}” now.").format(code=code, now=now)
            if now
            else _("“{code}” is no code of a language.").format(code=code)
        )
        yield Finding(
            Severity.NOTE, "language", "check.language", message, "ISO 639-1",
            _("Look which language the text is in."),
        )  # fmt: skip
