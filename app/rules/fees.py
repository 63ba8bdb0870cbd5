"""The ledger of a case: what fell due by the law pack, what was paid, and where that leaves each fee.

Amounts are exact decimals. Nothing here moves money or decides; a fee paid too late or too little is said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.case import Case, LimitState
from app.domain.dossier import Fee, Payment
from app.domain.law import FeeRule, LawPack, in_language

ZERO = Decimal("0.00")
AHEAD = 366
"""Days before its last day from which a fee nobody paid yet is listed: a renewal in nine years is not."""


class FeeState(StrEnum):
    """Where a fee stands. `credit` is money that no fee of the case asks for."""

    DUE = "due"
    OVERDUE = "overdue"
    UNDERPAID = "underpaid"
    PAID = "paid"
    PAID_LATE = "paid_late"
    REFUNDED = "refunded"
    CREDIT = "credit"


@dataclass(slots=True)
class _Claim:
    """A fee that fell due, and the payments put to it."""

    id: str
    rule: FeeRule
    amount: Decimal
    since: date
    last_day: date | None
    paid: Decimal = ZERO
    refunded: Decimal = ZERO
    receipt: str = ""
    paid_on: date | None = None

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid


def ledger(
    law: LawPack, case: Case, payments: Sequence[Payment], today: date, language: str = "en"
) -> tuple[Fee, ...]:
    """The fees of the case in the order they fell due, on one day as the pack has them; then money left over.

    A payment is put to the fee it names (by the rule's id or the fee's own), to the oldest first; one that
    names none to whatever is open, oldest first. A payment counts from its day as the office's law says.
    """
    claims = sorted(_claims(law, case), key=lambda claim: claim.since)
    credits: list[Fee] = []
    for payment in sorted(payments, key=lambda p: (p.on, p.refund, p.id)):
        if payment.refund:
            _give_back(claims, payment)
        elif left := _put(claims, payment):
            credits.append(_credit(payment, left))
    shown = [claim for claim in claims if claim.paid or (claim.since - today).days <= AHEAD]
    return (*(_as_fee(claim, today, language) for claim in shown), *credits)


def outstanding(fees: Iterable[Fee]) -> Decimal:
    """What is still to be paid."""
    return sum((max(Decimal(fee.due) - Decimal(fee.paid), ZERO) for fee in fees), ZERO)


def known(law: LawPack, case: Case, what: str) -> bool:
    """Whether `what` is a fee of this right, or a fee that fell due on the case."""
    rules = {rule.id for rule in law.fees.values() if not rule.rights or case.right in rule.rights}
    return what in rules or what in {fee.id for fee in case.fees}


def _claims(law: LawPack, case: Case) -> Iterable[_Claim]:
    for rule in law.fees.values():
        if not rule.due_on or (rule.rights and case.right not in rule.rights):
            continue
        amount = Decimal(rule.amount) * _times(rule, case)
        if not amount:
            continue
        if rule.due_on in law.limits:
            for limit in case.deadlines:
                if limit.rule == rule.due_on and limit.state is not LimitState.LIFTED:
                    yield _Claim(f"{rule.id}:{limit.id[:12]}", rule, amount, limit.last_day, limit.last_day)
            continue
        for event in case.events:
            if event.event == rule.due_on and not event.voided:
                yield _Claim(f"{rule.id}:{event.id[:12]}", rule, amount, event.on, None)


def _times(rule: FeeRule, case: Case) -> int:
    """How often the amount is due: once, or for each row beyond those that are free."""
    return 1 if rule.per != "row" else max(len(case.rows) - rule.free, 0)


def _put(claims: list[_Claim], payment: Payment) -> Decimal:
    """Put a payment to the fees it can pay; what is left of it."""
    left = Decimal(payment.amount)
    meant = [c for c in claims if payment.what in ("", c.id, c.rule.id) and _currency_fits(c, payment)]
    for claim in meant:
        share = min(left, claim.open)
        if share > 0:
            claim.paid += share
            claim.receipt, claim.paid_on = payment.receipt or claim.receipt, payment.on
            left -= share
    return left


def _currency_fits(claim: _Claim, payment: Payment) -> bool:
    return not payment.currency or payment.currency == claim.rule.currency


def _give_back(claims: list[_Claim], payment: Payment) -> None:
    left = Decimal(payment.amount)
    for claim in reversed([c for c in claims if payment.what in ("", c.id, c.rule.id)]):
        share = min(left, claim.paid)
        claim.paid -= share
        claim.refunded += share
        left -= share


def _credit(payment: Payment, left: Decimal) -> Fee:
    return Fee(
        id=payment.id, what=payment.what, due="0.00", paid=money(left), receipt=payment.receipt,
        state=str(FeeState.CREDIT), currency=payment.currency, paid_on=payment.on,
    )  # fmt: skip


def _as_fee(claim: _Claim, today: date, language: str) -> Fee:
    fee = Fee(
        id=claim.id, what=claim.rule.id, due=money(claim.amount), paid=money(claim.paid),
        receipt=claim.receipt, state="", name=in_language(claim.rule.name, language),
        currency=claim.rule.currency, since=claim.since, last_day=claim.last_day, paid_on=claim.paid_on,
        provision=claim.rule.provision,
    )  # fmt: skip
    return replace(fee, state=str(_state(claim, today)))


def _state(claim: _Claim, today: date) -> FeeState:
    late = claim.last_day is not None and (claim.paid_on or today) > claim.last_day
    if claim.open <= 0:
        return FeeState.PAID_LATE if late else FeeState.PAID
    if claim.paid > 0:
        return FeeState.UNDERPAID
    if claim.refunded > 0:
        return FeeState.REFUNDED
    return FeeState.OVERDUE if late else FeeState.DUE


def money(amount: Decimal) -> str:
    """An amount as it is written: two places at least."""
    return f"{amount:.2f}" if amount == amount.quantize(ZERO) else str(amount.normalize())
