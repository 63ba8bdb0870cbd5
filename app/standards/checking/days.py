"""Days: their order, days to come, priorities that are too old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind, Right
from app.errors import _, plural
from app.rules.periods import Period, Unit, last_counted_day

_EVENTS = frozenset({RecordKind.LEGAL_EVENT, RecordKind.ASSIGNMENT, RecordKind.NOTICE})
_SIX_MONTHS = frozenset({Right.TRADE_MARK, Right.DESIGN, Right.GEOGRAPHICAL_INDICATION})


def order(record: Record, _now: str) -> Iterable[Finding]:
    """Filing, then publication and registration, then expiry (ST.9, ST.60, ST.80)."""
    filed, published = record.filing_date, record.publication_date
    registered, expires = record.registration_date, record.expiry_date
    sound = (
        (not published or filed <= published)
        and (not registered or filed <= registered)
        and (not expires or filed <= expires >= registered)
    )
    return () if sound or record.kind in _EVENTS else _out_of_order(record)


def _out_of_order(record: Record) -> Iterator[Finding]:
    for earlier, first, later, second in (
        ("filing_date", record.filing_date, "publication_date", record.publication_date),
        ("filing_date", record.filing_date, "registration_date", record.registration_date),
        ("filing_date", record.filing_date, "expiry_date", record.expiry_date),
        ("registration_date", record.registration_date, "expiry_date", record.expiry_date),
    ):
        if first and second and second < first:
            yield Finding(
                Severity.WARNING, later, "check.date-order",
                _("{second_name} ({second}) lies before {first_name} ({first}).").format(
                    second_name=_names()[later],
                    second=second,
                    first_name=_in_sentence()[earlier],
                    first=first,
                ),
                _("dates of ST.9 (22) and (43) to (45), ST.60 (220) and (151), ST.80 (22) and (15)"),
                _("One of the two days is wrong: compare both with the original."),
            )  # fmt: skip


def to_come(record: Record, now: str) -> Iterable[Finding]:
    """Nothing was filed, published or registered after today."""
    late = record.publication_date > now or record.filing_date > now or record.registration_date > now
    return _to_come(record, now) if late else ()


def _to_come(record: Record, now: str) -> Iterator[Finding]:
    for name, day in (
        ("filing_date", record.filing_date),
        ("publication_date", record.publication_date),
        ("registration_date", record.registration_date),
    ):
        if day > now:
            yield Finding(
                Severity.WARNING, name, "check.date-future",
                _("{name} ({day}) has not come yet.").format(name=_names()[name], day=day),
                "ST.2", _("Compare the day with the original, and look at the clock of this machine."),
            )  # fmt: skip


def priorities(record: Record, now: str) -> Iterable[Finding]:
    """A priority is not after the filing, nor to come, nor older than 12 months (6 for marks, designs)."""
    return _priorities(record, now) if record.priorities else ()


def _priorities(record: Record, now: str) -> Iterator[Finding]:
    filed = record.filing_date
    for at, claim in enumerate(record.priorities):
        if not claim.date:
            continue
        named = claim.number or claim.office or str(at + 1)
        if claim.date > (filed or now):
            yield Finding(
                Severity.WARNING, f"priorities.{at}.date", "check.priority-order",
                _("Priority {number} has a day ({day}) after the filing date ({filed}).").format(
                    number=named, day=claim.date, filed=filed
                )
                if filed
                else _("Priority {number} has a day ({day}) that has not come yet.").format(
                    number=named, day=claim.date
                ),
                "Paris Convention, Article 4 A(1)", _("Compare both days with the original."),
            )  # fmt: skip
        elif filed and not _may_be_old(record):
            yield from _too_old(record, at, named)


def _may_be_old(record: Record) -> bool:
    """Whether the filing date need not be the day from which the year is counted.

    A national phase in the United States, a continuation or a division has a day of its own, and what
    it rests on may be older than a year.
    """
    return bool(record.related) or any(c.kind == "pct" for c in record.priorities) or record.office == "US"


def _too_old(record: Record, at: int, named: str) -> Iterator[Finding]:
    months = 6 if record.right in _SIX_MONTHS else 12
    claimed = record.priorities[at].date
    due = last_counted_day(date.fromisoformat(claimed), Period(months, Unit.MONTHS))
    # A period that ends on a closed day goes on to the next open one: at most the days round New Year.
    if record.filing_date > (due + timedelta(days=10)).isoformat():
        yield Finding(
            Severity.NOTE, f"priorities.{at}.date", "check.priority-age",
            plural(
                "Priority {number} of {day} is older than {months} month at the filing date ({filed}).",
                "Priority {number} of {day} is older than {months} months at the filing date ({filed}).",
                months,
            ).format(number=named, day=claimed, months=months, filed=record.filing_date),
            "Paris Convention, Article 4 C(1)",
            _("Look whether the right of priority was restored, or the application divided."),
        )  # fmt: skip


def _names() -> dict[str, str]:
    """A field at the head of a sentence."""
    return {
        "filing_date": _("The filing date"),
        "publication_date": _("The day of publication"),
        "registration_date": _("The day of registration"),
        "expiry_date": _("The day of expiry"),
    }


def _in_sentence() -> dict[str, str]:
    """A field within a sentence."""
    return {
        "filing_date": _("the filing date"),
        "registration_date": _("the day of registration"),
    }
