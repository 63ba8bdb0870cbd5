"""`marula fee`: the ledger, payments with receipts, refunds, the statement of a bank."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.desk import DAY, PATH, Desk, pass_desk
from app.errors import _

if TYPE_CHECKING:
    from app.services.fees import FeeLine, Paid


@click.group()
def command() -> None:
    """Fees: what is due, what was paid."""


@command.command("list")
@click.option("--case", "case_id", default="", metavar="ID", help=_("Only the fees of this case."))
@click.option("--open", "open_only", is_flag=True, help=_("Only what is still to be paid."))
@pass_desk
def listing(desk: Desk, case_id: str, open_only: bool) -> None:
    """The ledger of a case, or of the office."""
    from app.services import fees

    found = fees.listed(desk.office(), case_id, open_only=open_only)
    if desk.as_json:
        desk.stream("fees", map(_json, found), lambda item: ())
    else:
        desk.answer({}, [_text(line) for line in found] or [_("No fees.")])


@command.command()
@click.argument("case_id", metavar="ID")
@click.argument("amount")
@click.option("--what", default="", metavar="FEE", help=_("The fee it is for; else what is open."))
@click.option("--on", type=DAY, help=_("Day of the payment; else today."))
@click.option("--payer", default="", help=_("Who paid."))
@click.option("--reference", default="", help=_("What the payer or the bank wrote."))
@pass_desk
def record(
    desk: Desk, case_id: str, amount: str, what: str, on: date | None, payer: str, reference: str
) -> None:
    """Record AMOUNT received for a case; its receipt gets a number."""
    from app.services import fees

    office = desk.office()
    _tell(desk, fees.record(office, case_id, amount, what=what, on=on, payer=payer, reference=reference))


@command.command()
@click.argument("case_id", metavar="ID")
@click.argument("amount")
@click.option("--reason", required=True, help=_("Why it is given back."))
@click.option("--what", default="", metavar="FEE", help=_("The fee it was paid for."))
@click.option("--on", type=DAY, help=_("Day of the refund; else today."))
@pass_desk
def refund(desk: Desk, case_id: str, amount: str, reason: str, what: str, on: date | None) -> None:
    """Record AMOUNT given back."""
    from app.services import fees

    _tell(desk, fees.refund(desk.office(), case_id, amount, reason=reason, what=what, on=on))


@command.command("import")
@click.argument("file", type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be booked."))
@pass_desk
def import_(desk: Desk, file: Path, dry_run: bool) -> None:
    """Book the credits of a bank statement (CSV) on the cases they name."""
    from app.services import fees

    with desk.progress(_("Booking")) as progress:
        done = fees.import_statement(desk.office(), file, dry_run=dry_run, progress=progress)
    answer = {
        "booked": [_json(line) for line in done.booked], "unmatched": [asdict(x) for x in done.unmatched],
        "repeated": done.repeated, "act": done.act,
    }  # fmt: skip
    said = [_text(line) for line in done.booked]
    said += [
        _("line {line}, {amount}: {reason}").format(line=x.line, amount=x.amount, reason=x.reason)
        for x in done.unmatched
    ]
    said.append(
        _("Booked: {booked}. Not booked: {not_booked}. Booked before: {repeated}.").format(
            booked=len(done.booked), not_booked=len(done.unmatched), repeated=done.repeated
        )
    )
    desk.answer(answer, said)


def _json(line: FeeLine) -> dict[str, Any]:
    return {"case": line.case, "number": line.number, "title": line.title, **asdict(line.fee)}


def _text(line: FeeLine) -> str:
    fee = line.fee
    day = f"  {fee.last_day or fee.since or fee.paid_on or ''}"
    return f"{line.number:<20} {fee.due:>10} {fee.paid:>10} {fee.currency} {fee.state:<10}{day}  {fee.name}"


def _tell(desk: Desk, done: Paid) -> None:
    desk.answer(
        {
            "case": done.case.id, "number": done.case.number, "payment": done.payment,
            "receipt": done.receipt, "fees": [asdict(fee) for fee in done.case.fees], "act": done.act,
        },
        lambda: [
            _("Receipt {receipt}").format(receipt=done.receipt),
            *(f"  {f.due:>10} {f.paid:>10} {f.state:<10} {f.name or f.what}" for f in done.case.fees),
            _("Act {act}").format(act=done.act),
        ],
    )  # fmt: skip
