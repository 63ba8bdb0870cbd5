"""The record of a listing: what its general part says, and how many real sequences it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain.findings import Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.domain.sequences import ApplicationName, Listing, PersonName, Publication, Sequence
from app.errors import _
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.sequences.flat_patents import day
from app.standards.source import Notes

PROVISIONS = {"st26": "ST.26, paragraph 10", "st25": "ST.25, <160>", "us-xml": "ST.25, <160>"}
_OFFICE_IN_FRONT = re.compile(r"([A-Z]{2})[\s-]*(?=\d)")
_NO_NUMBER = re.compile(r"\D*\Z")


def counted(events: Iterable[Listing | Sequence], notes: Notes) -> Iterator[Record]:
    """One record for each general part among the events, once its sequences are over."""
    counting: _Counting | None = None
    for event in events:
        if isinstance(event, Sequence):
            if counting is not None:
                counting.add(event)
            continue
        if counting is not None:
            yield counting.record(notes)
        counting = _Counting(event)
    if counting is not None:
        yield counting.record(notes)


class _Counting:
    """Counts the sequences of one listing and looks whether they were all published in one document."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._real = self._skipped = self._unpublished = 0
        self._published: Publication | None = listing.published
        self._several = False

    def add(self, sequence: Sequence) -> None:
        """One more sequence."""
        self._skipped += sequence.skipped
        self._real += not sequence.skipped
        cited = sequence.published
        if self._listing.published is not None:
            return
        if cited is None:
            self._unpublished += 1
        elif self._published is None:
            self._published = cited
        elif _document(cited) != _document(self._published):
            self._several = True

    def record(self, notes: Notes) -> Record:
        """The record."""
        listing = self._listing
        draft = Draft(Right.PATENT, RecordKind.SEQUENCE_LISTING, notes, listing.form)
        draft.set(sequences=self._real, language=_said_language(listing.original_language))
        if listing.application is not None:
            _applied(draft, listing.application)
        for claim in listing.priorities:
            office, number = split(claim)
            draft.priority(office, number, claim.date, original=claim.number)
        if self._published is not None and not self._several and not self._unpublished:
            _published(draft, self._published)
        elif self._several:
            notes.add(
                Severity.NOTE, "publication_number", f"{listing.form}.several",
                _("The sequences were published in different documents; the record names none of them."),
            )  # fmt: skip
        draft.set(
            applicants=[_party(one, "applicant") for one in listing.applicants] or draft.get("applicants"),
            inventors=[_party(one, "inventor") for one in listing.inventors] or draft.get("inventors"),
        )
        for field, people in (("applicants", listing.applicants), ("inventors", listing.inventors)):
            for at, one in enumerate(people):
                if one.latin and one.latin != one.text:
                    draft.as_filed[f"{field}.{at}.latin"] = one.latin
        for language, text in listing.titles:
            draft.text_by_language("titles", forms.language(language), text)
        self._check_total(notes)
        return draft.finish()

    def _check_total(self, notes: Notes) -> None:
        """A declared total that lies (skipped numbers count in it)."""
        listing, found = self._listing, self._real + self._skipped
        if listing.declared is None or listing.total == found:
            return
        notes.add(
            Severity.WARNING, "sequences", f"{listing.form}.total",
            _("The listing says it has {declared} sequences, but holds {found}.").format(
                declared=listing.declared or "–", found=found
            ),
            PROVISIONS.get(listing.form, ""), _("Ask which is right: a listing may have been cut short."),
        )  # fmt: skip


def _document(published: Publication) -> tuple[str, str, str]:
    return published.office, published.number, published.kind_code


def _said_language(raw: str) -> str:
    found = forms.language(raw)
    return "" if found == forms.UNKNOWN_LANGUAGE else found


def split(application: ApplicationName) -> tuple[str, str]:
    """Office and number, the number without the office in front of it and without a check digit."""
    office = forms.office(application.office)
    number = forms.no_zeros(application.number)
    front = _OFFICE_IN_FRONT.match(number)
    if front and office in ("", front.group(1)) and forms.office(front.group(1)):
        office, number = front.group(1), number[front.end() :]
    return office, forms.ep_application(number) if office == "EP" else number


def _applied(draft: Draft, application: ApplicationName) -> None:
    if _NO_NUMBER.match(application.number):
        # "not yet assigned", "unknown": words in place of a number.
        draft.set(office=forms.office(application.office))
        if application.number:
            draft.as_filed["application_number"] = application.number
    else:
        office, number = split(application)
        draft.set(office=office)
        draft.number("application_number", number, application.number)
    draft.date("filing_date", application.date)


def _published(draft: Draft, published: Publication) -> None:
    office = forms.office(published.office)
    draft.set(office=office, kind_code=published.kind_code)
    draft.number("publication_number", forms.unpadded(published.number), published.number)
    found = day(published.date)
    draft.date("publication_date", found)
    if found != published.date:
        draft.as_filed["publication_date"] = published.date
    if published.title:
        draft.text_by_language("titles", forms.UNKNOWN_LANGUAGE, published.title)
    role = "proprietor" if office == "EP" and published.kind_code.startswith("B") else "applicant"
    draft.set(
        applicants=[NamedParty(name, role=role) for name in published.applicants],
        inventors=[NamedParty(name, role="inventor") for name in published.inventors],
    )


def _party(person: PersonName, role: str) -> NamedParty:
    return NamedParty(person.text, role=role)
