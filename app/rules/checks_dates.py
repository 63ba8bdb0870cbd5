"""Formalities of dates and priority claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.case import Case
from app.domain.law import LawPack
from app.errors import _
from app.rules import calendars, limits
from app.rules.checks import Parameters, Test, Trouble, whole
from app.rules.days import spoken
from app.rules.periods import Period, Unit

# Events that cannot come before the filing of the case they stand on.
_AFTER_FILING = ("published", "grant", "registration", "refusal", "renewal", "lapse")


def filing_date_known(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """A filing date has been accorded or is written in the application."""
    if case.filing_date is None:
        yield Trouble("filing_date", _("filing date"), _("The case has no filing date."))


def dates_in_order(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Nothing that follows the filing is dated before it."""
    if case.filing_date is None:
        return
    for event in case.events:
        if event.event in _AFTER_FILING and not event.voided and event.on < case.filing_date:
            message = _("{event} is dated {on}, before the filing of {filed}.").format(
                event=event.name or event.event, on=spoken(event.on), filed=spoken(case.filing_date)
            )
            yield Trouble(f"event-{event.id}", event.name or event.event, message)


def priority_complete(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Each priority claim has its date, office and number."""
    for place, claim in enumerate(case.priorities, 1):
        missing = [
            word
            for word, value in (
                (_("date"), claim.date),
                (_("office"), claim.office),
                (_("number"), claim.number),
            )
            if not value
        ]
        if missing:
            message = _("Priority {place} is without {missing}.").format(
                place=place, missing=", ".join(missing)
            )
            yield Trouble(f"priority-{place}", _("priority {place}").format(place=place), message)


def priority_in_time(law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """The filing came within `months` of each priority; `calendar` rolls the last day.

    With `restore` (months) the message says until when restoration could be asked.
    """
    filed = case.filing_date
    months, restore = whole(parameters, "months", 12), whole(parameters, "restore", 0)
    terms = limits.Terms(
        calendars.named_calendar(str(parameters.get("calendar", calendars.DEFAULT)), law.calendars),
        limits.COUNTINGS["paris-4c"],
    )
    for place, claim in enumerate(case.priorities, 1):
        if claim.date is None or filed is None:
            continue
        where = _("priority {place}").format(place=place)
        if claim.date > filed:
            message = _("Priority {place} is dated {date}, after the filing of {filed}.").format(
                place=place, date=spoken(claim.date), filed=spoken(filed)
            )
            yield Trouble(f"priority-{place}", where, message)
            continue
        ends = limits.limit(claim.date, Period(months, Unit.MONTHS), terms)
        if filed > ends.last_day:
            message = _(
                "Priority {place} of {date} could be claimed until {last}; the filing is of {filed}."
            ).format(place=place, date=spoken(claim.date), last=spoken(ends.last_day), filed=spoken(filed))
            if restore:
                late = limits.limit(ends.unrolled, Period(restore, Unit.MONTHS), terms).last_day
                message += " " + _(
                    "The right of priority could be restored for filings up to {late}."
                ).format(late=spoken(late))
            yield Trouble(f"priority-{place}", where, message)


TESTS: Mapping[str, Test] = {
    "filing_date_known": filing_date_known,
    "dates_in_order": dates_in_order,
    "priority_complete": priority_complete,
    "priority_in_time": priority_in_time,
}
