"""Fees: what falls due by the law, receipts, part payments, refunds, the statement of a bank."""

from __future__ import annotations

from datetime import date, timedelta

import pytest


@pytest.fixture
def mark(desk, samples):
    """An office with a mark in three classes: 80.00 for the first, 30.00 for each further; (desk, case)."""
    taken = desk.done("intake", str(next(samples.glob("4-*"))))["cases"][0]
    return desk, taken


def ledger(desk, case, *words):
    found = desk.done("fee", "list", "--case", case["id"], *words)["fees"]
    return {fee["what"]: (fee["due"], fee["paid"], fee["state"]) for fee in found}


def test_fees_fall_due_by_the_law_pack(mark):
    desk, case = mark
    assert ledger(desk, case) == {
        "filing-mark": ("80.00", "0.00", "due"),
        "class-mark": ("60.00", "0.00", "due"),
    }
    shown = desk.done("case", "show", case["id"])["fees"]
    assert {"id", "what", "due", "paid", "receipt", "state"} <= set(shown[0])


def test_a_payment_without_a_name_pays_the_oldest_first(mark):
    desk, case = mark
    paid = desk.done("fee", "record", case["id"], "100", "--payer", "Kito Ltd")
    assert paid["receipt"].startswith(f"R-{date.today().year}/")
    assert [(fee["what"], fee["paid"], fee["state"]) for fee in paid["fees"]] == [
        ("filing-mark", "80.00", "paid"),
        ("class-mark", "20.00", "underpaid"),
    ]
    desk.done("fee", "record", case["id"], "50.00")
    left = desk.done("fee", "list", "--case", case["id"])["fees"]
    assert [fee["state"] for fee in left] == ["paid", "paid", "credit"]
    assert left[-1]["paid"] == "10.00"
    assert desk.done("fee", "list", "--open")["fees"] == []


def test_a_payment_pays_what_it_names(mark):
    desk, case = mark
    desk.done("fee", "record", case["id"], "60", "--what", "class-mark")
    assert ledger(desk, case)["class-mark"] == ("60.00", "60.00", "paid")
    assert ledger(desk, case)["filing-mark"] == ("80.00", "0.00", "due")


def test_money_is_given_back_with_a_reason_and_never_more_than_came(mark):
    desk, case = mark
    desk.done("fee", "record", case["id"], "80", "--what", "filing-mark")
    back = ("fee", "refund", case["id"])
    assert "cannot be given back" in desk(*back, "81", "--reason", "Paid twice.").refused["message"]
    desk.done(*back, "80", "--what", "filing-mark", "--reason", "Paid twice.")
    assert ledger(desk, case)["filing-mark"] == ("80.00", "0.00", "refunded")


def test_a_receipt_taken_back_keeps_its_number(mark):
    desk, case = mark
    first = desk.done("fee", "record", case["id"], "80")
    desk.done("case", "undo", case["id"], first["act"])
    assert ledger(desk, case)["filing-mark"][1] == "0.00"
    assert desk.done("fee", "record", case["id"], "80")["receipt"] != first["receipt"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("0",), "is no amount"),
        (("-5",), "is no amount"),
        (("1e3x",), "is no amount"),
        (("NaN",), "is no amount"),
        (("12.3456",), "is no amount"),
        (("80", "--what", "annuity-1"), "no fee “annuity-1”"),
        (("80", "--on", str(date.today() + timedelta(1))), "still to come"),
    ],
)
def test_payments_that_cannot_be(mark, words, says):
    desk, case = mark
    before = desk.done("office", "status")
    answer = (
        desk("fee", "record", case["id"], "--", *words)
        if words[0].startswith("-")
        else desk("fee", "record", case["id"], *words)
    )
    assert answer.status in (1, 2) and says in answer.document["refused"]["message"]
    assert desk.done("office", "status") == before


def statement(folder, *lines, heading="Date;Value date;Amount;Currency;Text;Name"):
    path = folder / "bank.csv"
    path.write_text("\n".join((heading, *lines)) + "\n", encoding="utf-8")
    return str(path)


def test_a_bank_statement_is_booked_once_on_the_cases_it_names(mark, tmp_path):
    desk, case = mark
    number = case["number"]
    squeezed = number.replace("/", " ").lower()
    path = statement(
        tmp_path,
        f"03/11/2026;04/11/2026;80,00;XXD;Fee {number};Kito Ltd",
        f"03/11/2026;05/11/2026;60.00;XXD;classes of {squeezed};Kito Ltd",
        "03/11/2026;04/11/2026;1.250,00;XXD;Rent of the hall;Dala Ltd",
        f"03/11/2026;04/11/2026;-20.00;XXD;charges {number};Bank",
        f"03/11/2026;04/11/2026;20.00;EUR;{number};Kito Ltd",
    )
    dry = desk.done("fee", "import", path, "--dry-run")
    assert (len(dry["booked"]), dry["act"]) == (2, "")
    assert ledger(desk, case)["filing-mark"][1] == "0.00"
    done = desk.done("fee", "import", path)
    assert [(b["number"], b["paid"], b["paid_on"]) for b in done["booked"]] == [
        (number, "80.00", "2026-11-04"), (number, "60.00", "2026-11-05"),
    ]  # fmt: skip
    assert [u["line"] for u in done["unmatched"]] == [4, 5, 6]
    assert {state for _due, _paid, state in ledger(desk, case).values()} == {"paid"}
    again = desk.done("fee", "import", path)
    assert (again["booked"], again["repeated"]) == ([], 2)


@pytest.mark.parametrize(
    ("heading", "line", "says"),
    [
        ("Date;Sum;Note", "03/11/2026;5;x", "lacks the columns amount, reference"),
        ("Amount;Text", "5;x", "lacks the columns date"),
        ("Date;Amount;Text", "03/11/2026;five;x", "Line 2 of bank.csv: “five” is no amount"),
        ("Date;Amount;Text", "31/02/2026;5;x", "Line 2 of bank.csv: “31/02/2026” is no date"),
    ],
)
def test_statements_that_cannot_be_read_are_refused_whole(mark, tmp_path, heading, line, says):
    desk, _case = mark
    refused = desk("fee", "import", statement(tmp_path, line, heading=heading)).refused
    assert says in refused["message"]


def test_a_renewal_is_due_in_its_last_year_and_late_after_it(desk):
    fields = ("--field", "title=SOLENO", "--field", "applicant=Kito", "--field", "filing_date=2017-02-06")
    case = desk.done("case", "new", "trade_mark", *fields)
    desk.done("case", "record", case["id"], "registration", "--on", "2018-02-05")
    renewal = [
        fee for fee in desk.done("fee", "list", "--case", case["id"])["fees"] if fee["what"] != "filing-mark"
    ]
    assert [(fee["last_day"], fee["state"]) for fee in renewal] == [("2027-02-08", "due")]
