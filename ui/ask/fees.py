"""Fees of a case: what is open, what came, what was given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.domain.case import Case
    from app.services.fees import Outstanding, Paid
    from app.services.offices import Office


@dataclass(frozen=True, slots=True)
class Money:
    """Money as it is typed. `back`: it is given back, `said` is why; else `said` is who paid."""

    amount: str
    what: str
    on: date
    said: str
    reference: str = ""
    back: bool = False


def outstanding(office: Office, progress: Progress, case: Case) -> Outstanding:
    """What is still to be paid on a case."""
    from app.services import fees

    return fees.outstanding(case)


def book(office: Office, progress: Progress, case_id: str, money: Money) -> Paid:
    """Record a payment, or money given back."""
    from app.services import fees

    if money.back:
        return fees.refund(office, case_id, money.amount, reason=money.said, what=money.what, on=money.on)
    return fees.record(
        office, case_id, money.amount, what=money.what, on=money.on, payer=money.said,
        reference=money.reference,
    )  # fmt: skip
