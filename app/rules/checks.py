"""Formalities that can be tried on the record: the functions a law pack names in `test`.

A test takes the law, the case and the pack's parameters and yields what is wrong. What it means
(severity, provision, remedy, letter) is the pack's. Items checked by eye become notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from app.domain.case import Case, CaseParty
from app.domain.findings import Finding, Severity
from app.domain.law import CheckRule, LawPack, in_language
from app.errors import _

Parameters = Mapping[str, object]


class Trouble(NamedTuple):
    """key is stable in every language ("priority-2"), `where` and `message` are for a person."""

    key: str
    where: str
    message: str


Test = Callable[[LawPack, Case, Parameters], Iterator[Trouble]]


def run(law: LawPack, case: Case, language: str = "en") -> tuple[Finding, ...]:
    """Every formality of the case's right: findings of the automatic ones, a note for each by eye.

    A finding's id (`rule:place`) is the same as long as the same thing is wrong.
    """
    found: list[Finding] = []
    route = law.routes.get(str(case.fields.get("route") or ""))
    before = route.checked_before if route else ()
    for rule in law.checks:
        if rule.id in before or (rule.rights and case.right not in rule.rights):
            continue
        if rule.how == "eye":
            found.append(_by_eye(rule, language))
        else:
            troubles = all_tests()[rule.test](law, case, rule.parameters)
            found += [_finding(rule, trouble, language) for trouble in troubles]
    return tuple(found)


def all_tests() -> Mapping[str, Test]:
    """The tests a law pack may name."""
    from app.rules import (
        checks_amendments,
        checks_dates,
        checks_marks,
        checks_patents,
        dependency,
        novelty,
        objections,
        priorities,
    )

    rooms = (
        checks_dates, checks_patents, checks_marks, checks_amendments, dependency, objections, novelty,
        priorities,
    )  # fmt: skip
    return {**TESTS, **{name: test for room in rooms for name, test in room.TESTS.items()}}


def _finding(rule: CheckRule, trouble: Trouble, language: str) -> Finding:
    return Finding(
        Severity(rule.severity), trouble.where, rule.id, trouble.message, rule.provision,
        in_language(rule.remedy, language), f"{rule.id}:{trouble.key}", letter=rule.letter,
    )  # fmt: skip


def _by_eye(rule: CheckRule, language: str) -> Finding:
    name = in_language(rule.name, language)
    return Finding(
        Severity.NOTE, name, rule.id, _("To be looked at: {item}.").format(item=name), rule.provision,
        in_language(rule.remedy, language), f"{rule.id}:eye", letter=rule.letter,
    )  # fmt: skip


def whole(parameters: Parameters, name: str, otherwise: int) -> int:
    """A whole number of the pack's parameters."""
    value = parameters.get(name, otherwise)
    return value if isinstance(value, int) else otherwise


def in_role(case: Case, *roles: str) -> list[CaseParty]:
    """The parties that hold one of the roles now."""
    return [party for party in case.parties if party.role in roles and party.until is None]


APPLICANTS = ("applicant", "proprietor", "holder", "assignee")


def party_named(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """Somebody holds the role (`role`, "applicant" unless given), under a name."""
    role = str(parameters.get("role", "applicant"))
    parties = in_role(case, *(APPLICANTS if role == "applicant" else (role,)))
    if not parties:
        yield Trouble(role, role, _("No {role} is named.").format(role=role))
    for place, party in enumerate(parties, 1):
        if not party.name.strip():
            yield Trouble(
                f"{role}-{place}", role, _("The {role} no. {n} has no name.").format(role=role, n=place)
            )


def party_reachable(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """Each party in the role has an address and a country."""
    role = str(parameters.get("role", "applicant"))
    for place, party in enumerate(in_role(case, *(APPLICANTS if role == "applicant" else (role,))), 1):
        if not party.address.strip():
            message = _("No address is given for {name}.").format(name=party.name or role)
            yield Trouble(f"address-{place}", role, message)
        if not party.country.strip():
            message = _("No country is given for {name}.").format(name=party.name or role)
            yield Trouble(f"country-{place}", role, message)


def represented_if_foreign(law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """An applicant who is not of this country has a representative."""
    foreign = [p for p in in_role(case, *APPLICANTS) if p.country and p.country != law.jurisdiction]
    if foreign and not in_role(case, "representative"):
        message = _("{name} ({country}) is not of this country and has named no representative.").format(
            name=foreign[0].name, country=foreign[0].country
        )
        yield Trouble("representative", _("representative"), message)


def language_accepted(law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """The application is in a language of the office (`languages` of the pack unless given)."""
    given = parameters.get("languages")
    accepted = [str(code) for code in given] if isinstance(given, (list, tuple)) else list(law.languages)
    if case.language in ("", "und"):
        yield Trouble("language", _("language"), _("The language of the application is not stated."))
    elif case.language not in accepted:
        message = _("The application is in “{language}”; the office accepts {accepted}.").format(
            language=case.language, accepted=", ".join(accepted)
        )
        yield Trouble("language", _("language"), message)


def title_given(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """There is a title (the indication of the product, for a design) of at most `max_words`."""
    title = case.title.strip()
    most = whole(parameters, "max_words", 0)
    if not title:
        yield Trouble("title", _("title"), _("There is no title."))
    elif most and len(title.split()) > most:
        message = _("The title has {count} words; more than {most} are not short.").format(
            count=len(title.split()), most=most
        )
        yield Trouble("title", _("title"), message)


TESTS: Mapping[str, Test] = {
    "party_named": party_named,
    "party_reachable": party_reachable,
    "represented_if_foreign": represented_if_foreign,
    "language_accepted": language_accepted,
    "title_given": title_given,
}
