"""What amendments must keep to: a basis in the application as filed, goods no wider than those filed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from app.domain.case import Case, Row
from app.domain.findings import Finding
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble
from app.text import words

_TERMS = re.compile(r"[;,；，、،؛\n]")


def amendments_based(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Each amended or new claim says where it stands in the application as filed."""
    for row in case.rows:
        if row.kind == "claim" and row.live and row.amended and not row.basis:
            message = _("Claim {n} was amended; no basis in the application as filed is given.").format(
                n=row.label
            )
            yield Trouble(f"claim-{row.label}", _("claims"), message)


def goods_within_filing(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """The list of goods and services has no class that was not filed, and no term none of those filed covers.

    A term is covered when it has all the words of a filed term of its class (and others that narrow it).
    """
    for row in case.rows:
        if row.kind != "class" or not row.live or not row.amended:
            continue
        if row.added:
            message = _("Class {n} was not among the classes as filed.").format(n=row.label)
            yield Trouble(f"class-{row.label}", _("goods"), message)
        elif wider := tuple(_wider(row)):
            message = _("Class {n}: the list as filed does not cover {terms}.").format(
                n=row.label, terms="; ".join(wider[:20])
            )
            yield Trouble(f"class-{row.label}", _("goods"), message)


def _wider(row: Row) -> Iterator[str]:
    filed = [known for term in _TERMS.split(row.filed_text) if (known := _words(term))]
    for term in _TERMS.split(row.text):
        said = _words(term)
        if said and not any(known <= said for known in filed):
            yield " ".join(term.split())


def _words(term: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(term))


TESTS: Mapping[str, Test] = {
    "amendments_based": amendments_based,
    "goods_within_filing": goods_within_filing,
}


def found(law: LawPack, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that the tests of this page made, whatever the pack calls them."""
    ours = {check.id for check in law.checks if check.test in TESTS}
    return tuple(finding for finding in findings if finding.rule in ours)
