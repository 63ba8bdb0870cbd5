"""Fees of a case: what came, what was given back; and its division."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.services.dividing import Divided
    from app.services.fees import Paid
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


def book(office: Office, progress: Progress, case_id: str, money: Money) -> Paid:
    """Record a payment, or money given back."""
    from app.services import fees

    if money.back:
        return fees.refund(office, case_id, money.amount, reason=money.said, what=money.what, on=money.on)
    return fees.record(
        office, case_id, money.amount, what=money.what, on=money.on, payer=money.said,
        reference=money.reference,
    )  # fmt: skip


def divide(office: Office, progress: Progress, case_id: str, rows: str, on: date, text: str) -> Divided:
    """Divide rows out of a case into a new one."""
    from app.services import dividing

    return dividing.divide(office, case_id, rows, on=on, fields={"text": text} if text else {})
