"""A listing against the application it belongs to: number, day, title, people, earliest priority."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain.findings import Finding
from app.domain.record import NamedParty, PriorityClaim, Record
from app.domain.sequences import ApplicationName, Listing, PersonName
from app.errors import _
from app.standards.fields import forms
from app.standards.sequences.findings import error, note, shown, warning
from app.standards.sequences.records import split
from app.text import fold, words

_DIGITS = re.compile(r"\d+")
_PROVISION = "46"


def against(listing: Listing, record: Record, reference: str = "") -> Iterator[Finding]:
    """Where the general part says something else than the application; what one leaves out is not compared.

    reference  the applicant's file reference as the request gives it
    """
    yield from _application(listing, record)
    if reference and listing.reference and fold(reference) != fold(listing.reference):
        yield _differs(_("file reference"), "reference", listing.reference, reference)
    yield from _titles(listing, record)
    yield from _person(_("applicant"), "applicant", listing.applicants, record.applicants)
    yield from _person(_("inventor"), "inventor", listing.inventors, record.inventors)
    yield from _priority(listing, record)


def _application(listing: Listing, record: Record) -> Iterator[Finding]:
    given = listing.application
    if given is None or not given.number:
        if record.application_number:
            message = _("The listing does not give the application number {number}.").format(
                number=record.application_number
            )
            yield note(_("application"), "application", message, _PROVISION)
        return
    office, number = split(given)
    if record.application_number and _digits(number) != _digits(record.application_number):
        yield _differs(_("application number"), "application", given.number, record.application_number)
    if office and record.office and office != record.office and {office, record.office} != {"IB", "WO"}:
        yield _differs(_("office"), "application", office, record.office)
    if given.date and record.filing_date and forms.day(given.date) != record.filing_date:
        yield _differs(_("filing date"), "filing-date", given.date, record.filing_date)


def _titles(listing: Listing, record: Record) -> Iterator[Finding]:
    """Each title of the listing against that in its language, else against any."""
    if not record.titles:
        return
    for language, text in listing.titles:
        code = forms.language(language)
        others = [record.titles[code]] if code in record.titles else list(record.titles.values())
        if code != forms.UNKNOWN_LANGUAGE and code not in record.titles and len(listing.titles) > 1:
            continue
        if not any(_words(text) == _words(other) for other in others):
            yield _differs(_("title"), "title", text, others[0])


def _person(
    where: str, rule: str, given: Iterable[PersonName], known: tuple[NamedParty, ...]
) -> Iterator[Finding]:
    """The first one named must be among those of the application, whatever the order of a name's parts."""
    first = next(iter(given), None)
    if first is None or not known:
        return
    written = [found for name in (first.text, first.latin) if (found := frozenset(_words(name)))]
    parties = [frozenset(_words(party.name)) for party in known]
    if not any(w <= party or party <= w for w in written for party in parties if party):
        yield _differs(where, rule, first.text, known[0].name)
    elif rule == "applicant" and not any(w <= parties[0] or parties[0] <= w for w in written):
        message = _("“{name}” is not the applicant named first in the application, “{known}”.").format(
            name=shown(first.text), known=shown(known[0].name)
        )
        yield warning(where, rule, message, _PROVISION)


def _priority(listing: Listing, record: Record) -> Iterator[Finding]:
    where = _("priority")
    known = sorted((claim for claim in record.priorities if claim.date), key=lambda claim: claim.date)
    given = listing.priorities
    if not given:
        if known:
            message = _("The application claims a priority of {day}; the listing gives none.").format(
                day=known[0].date
            )
            yield warning(where, "priority", message, _PROVISION)
        return
    if not record.priorities:
        message = _("The listing gives a priority, {number}; the application claims none.").format(
            number=shown(given[0].number)
        )
        yield warning(where, "priority", message, _PROVISION)
        return
    for claim in given:
        matches = [one for one in record.priorities if _same(claim, one)]
        if not matches:
            said = f"{claim.number} ({claim.date})" if claim.date else claim.number
            message = _("The priority {said} is none of those the application claims.").format(
                said=shown(said)
            )
            yield error(where, "priority", message, _PROVISION)
        elif listing.form == "st26" and known and matches[0].date > known[0].date:
            message = _("The priority of {day} is not the earliest; that is of {earliest}.").format(
                day=matches[0].date, earliest=known[0].date
            )
            yield error(where, "priority", message, _PROVISION)
        elif claim.date and matches[0].date and forms.day(claim.date) != matches[0].date:
            yield _differs(_("priority date"), "priority", claim.date, matches[0].date)


def _same(claim: ApplicationName, known: PriorityClaim) -> bool:
    office, number = split(claim)
    if office and known.office and office != known.office and {office, known.office} != {"IB", "WO"}:
        return False
    return _digits(number) == _digits(known.number)


def _differs(where: str, rule: str, said: str, known: str) -> Finding:
    message = _("The listing says “{said}”, the application “{known}”.").format(
        said=shown(said), known=shown(known)
    )
    return error(where, f"cross-{rule}", message, _PROVISION, _("Ask which is right."))


def _digits(number: str) -> str:
    """The digits of a number without padding zeros in a group."""
    return "".join(group.lstrip("0") or "0" for group in _DIGITS.findall(number)).lstrip("0")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words(text))
