"""Fees: what is due, what came, receipts, money given back, and the statement of a bank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from app.domain.case import Case
from app.domain.changes import Changes
from app.domain.dossier import Fee
from app.errors import RuleRefused, UsageError, _
from app.history.content import PAID, REFUNDED
from app.progress import SILENT, Progress
from app.rules import fees as rule
from app.services import bankstatement
from app.services.bankstatement import BankLine
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act, inside

RECEIPTS = "receipt"
"""The series of numbers receipts are taken from."""

LARGEST = Decimal(10**12)
"""More than any fee; a slip of the finger is larger."""

OPEN_STATES = frozenset({rule.FeeState.DUE, rule.FeeState.OVERDUE, rule.FeeState.UNDERPAID})


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee with the case it belongs to."""

    case: str
    number: str
    title: str
    fee: Fee


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a case waits for: how many fees are open, and how much is still to be paid of them.

    held   what was paid for the case and not given back; it and `amount` are "" where they are nothing
    """

    fees: int
    amount: str
    currency: str
    held: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that was recorded, its receipt, and the case's ledger after it."""

    case: Case
    payment: str
    receipt: str
    act: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line of a bank statement that was not booked, and why."""

    line: int
    amount: str
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a statement. `repeated`: lines that were booked from an earlier statement."""

    booked: tuple[FeeLine, ...]
    unmatched: tuple[Unmatched, ...]
    repeated: int
    act: str = ""
    changes: Changes = field(default_factory=Changes)


def listed(office: Office, case_id: str = "", *, open_only: bool = False) -> Iterator[FeeLine]:
    """The ledger of a case, or of all cases one after another; `open_only` leaves out what is paid."""
    if case_id:
        cases: Iterable[Case] = (_case(office, case_id),)
    else:
        cases = register.every_case(office.store, office.today)
    for case in cases:
        for fee in case.fees:
            if not open_only or fee.state in OPEN_STATES:
                yield FeeLine(case.id, case.number, case.title, fee)


def outstanding(case: Case) -> Outstanding:
    """What is still to be paid on a case. A fee that was given back is not asked for again."""
    waiting = [fee for fee in case.fees if fee.state in OPEN_STATES]
    owed, held = rule.outstanding(waiting), _held(case)
    return Outstanding(
        len(waiting), rule.money(owed) if owed else "", waiting[0].currency if waiting else "",
        rule.money(held) if held else "",
    )  # fmt: skip


def record(
    office: Office, case_id: str, amount: str, *, what: str = "", on: date | None = None, payer: str = "",
    reference: str = "",
) -> Paid:  # fmt: skip
    """Record money received for a case and give its receipt a number.

    what    the fee it is for; "" puts it to what is open, oldest first
    Refused for an amount that is none, a fee the law pack does not know for this right, a day to come.
    """
    case = _case(office, case_id)
    value = _payment(office, case, amount, what, on) | _said(payer=payer, reference=reference)
    with office.store.act() as act:
        payment, receipt = _write(act, office, case.id, PAID, value)
    return Paid(_case(office, case.id), payment, receipt, act.id, act.changes)


def refund(
    office: Office, case_id: str, amount: str, *, reason: str, what: str = "", on: date | None = None
) -> Paid:
    """Record money given back. Refused beyond what was paid, and without a reason."""
    case = _case(office, case_id)
    if not reason.strip():
        raise UsageError(_("No reason was given; nothing was recorded."), _("Say why it is given back."))
    value = _payment(office, case, amount, what, on)
    held = _held(case, what)
    if Decimal(value["amount"]) > held:
        raise RuleRefused(
            _("{amount} was paid, {wanted} cannot be given back. Nothing was recorded.").format(
                amount=rule.money(held), wanted=value["amount"]
            ),
            _("Look at the ledger of the case."),
        )
    with office.store.act(authority=reason.strip()) as act:
        payment, receipt = _write(act, office, case.id, REFUNDED, value)
    return Paid(_case(office, case.id), payment, receipt, act.id, act.changes)


def import_statement(
    office: Office, path: Path, *, dry_run: bool = False, progress: Progress = SILENT
) -> Imported:
    """Book the credits of a bank's CSV on the cases whose numbers stand in their references.

    The day that counts is the column the law pack names. A line booked before (same bank reference, or
    same day, amount and text) is not booked again. All in one act; a table without its columns is refused.
    """
    lines = bankstatement.read(path, office.law.payment_counts)
    finder = _Finder(office)
    matched: list[tuple[Case, BankLine]] = []
    unmatched: list[Unmatched] = []
    repeated = 0
    for done, line in enumerate(lines):
        progress.step(done, None, line.reference[:40])
        found = finder.case_of(line)
        if isinstance(found, str):
            unmatched.append(Unmatched(line.line, rule.money(line.amount), line.reference, found))
        elif line.key in finder.booked(found):
            repeated += 1
        else:
            finder.book(found, line.key)
            matched.append((found, line))
    if dry_run or not matched:
        shown = tuple(FeeLine(c.id, c.number, c.title, _as_paid(line)) for c, line in matched)
        return Imported(shown, tuple(unmatched), repeated)
    booked = []
    with office.store.act(authority=path.name) as act:
        for case, line in matched:
            value = {
                "amount": rule.money(line.amount), "currency": line.currency, "on": line.on.isoformat(),
                "key": line.key, **_said(payer=line.payer, reference=line.reference),
            }  # fmt: skip
            _payment_id, receipt = _write(act, office, case.id, PAID, value)
            booked.append(FeeLine(case.id, case.number, case.title, _as_paid(line, receipt)))
    return Imported(tuple(booked), tuple(unmatched), repeated, act.id, act.changes)


def _as_paid(line: BankLine, receipt: str = "") -> Fee:
    amount = rule.money(line.amount)
    return Fee("", "", amount, amount, receipt, "paid", currency=line.currency, paid_on=line.on)


class _Finder:
    """Which case a line of a statement speaks of, by the numbers in its text."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._by_number = register.by_number(office.store)
        self._lengths = sorted({number.count("|") + 1 for number in self._by_number}, reverse=True)
        self._booked: dict[str, set[str]] = {}
        self._cases: dict[str, Case] = {}

    def case_of(self, line: BankLine) -> Case | str:
        """The case, or why there is none."""
        if line.amount <= 0:
            return _("It is no credit.")
        ids = set(self._named(line.reference))
        if not ids:
            return _("No number of a case stands in its text.")
        if len(ids) > 1:
            return _("It names several cases.")
        case = self._case(ids.pop())
        currency = next((fee.currency for fee in case.fees if fee.currency), line.currency)
        if line.currency and line.currency != currency:
            return _("It is in {currency}; fees are in {other}.").format(
                currency=line.currency, other=currency
            )
        return case

    def booked(self, case: Case) -> set[str]:
        """Keys of the lines booked on a case before."""
        if case.id not in self._booked:
            history = self._office.store.case_history(case.id)
            facts = (o for entity in history.entities("fee") for o in history.events(entity))
            self._booked[case.id] = {str(o.v.get("key", "")) for o in facts}
        return self._booked[case.id]

    def book(self, case: Case, key: str) -> None:
        """Remember a line of this statement."""
        self.booked(case).add(key)

    def _case(self, case_id: str) -> Case:
        if case_id not in self._cases:
            self._cases[case_id] = register.case(self._office.store, case_id, self._office.today)
        return self._cases[case_id]

    def _named(self, text: str) -> Iterator[str]:
        pieces = register.squeezed(text).split("|")
        for length in self._lengths:
            for start in range(len(pieces) - length + 1):
                if case_id := self._by_number.get("|".join(pieces[start : start + length])):
                    yield case_id


def _case(office: Office, named: str) -> Case:
    return register.case(office.store, register.case_id_of(office.store, named), office.today)


def _held(case: Case, what: str = "") -> Decimal:
    return sum((Decimal(fee.paid) for fee in case.fees if what in ("", fee.id, fee.what)), rule.ZERO)


def _said(**texts: str) -> dict[str, str]:
    clean = {
        name: " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split()) for name, text in texts.items()
    }
    return {name: text for name, text in clean.items() if text}


def _payment(office: Office, case: Case, amount: str, what: str, on: date | None) -> dict[str, Any]:
    try:
        value = Decimal(amount)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 < value < LARGEST or value != round(value, 3):
        raise UsageError(
            _("“{amount}” is no amount. Nothing was recorded.").format(amount=amount),
            _("Write it like 120.00."),
        )
    if what and not rule.known(office.law, case, what):
        known = [one.id for one in office.law.fees.values() if not one.rights or case.right in one.rights]
        raise RuleRefused(
            _("There is no fee “{what}” for this right. Nothing was recorded.").format(what=what),
            _("Fees are: {names}.").format(names=", ".join(known) or _("none")),
        )
    day = on or office.today
    if day > office.today:
        raise RuleRefused(
            _("{day} is still to come. Nothing was recorded.").format(day=day),
            _("Give the day on which the money came."),
        )
    currency = next((one.currency for one in office.law.fees.values()), "")
    return {"amount": rule.money(value), "currency": currency, "what": what, "on": day.isoformat()}


def _write(act: Act, office: Office, case_id: str, fact: str, value: Mapping[str, Any]) -> tuple[str, str]:
    entity, year = inside("fee", case_id), office.today.year
    serial = act.number(RECEIPTS, year, entity.partition(":")[2])
    if serial is None:
        receipt = f"P-{office.store.station[:4].upper()}-{entity[-6:].upper()}"
    else:
        receipt = office.law.receipts.format(year=year, serial=serial)
    act.event(entity, fact, {**value, "receipt": receipt})
    return entity.partition(":")[2], receipt
