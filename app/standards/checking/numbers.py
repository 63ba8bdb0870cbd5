"""Numbers: the form an office gives them, the year in them, their check digit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from operator import mul

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind, Right
from app.errors import _
from app.standards import codes
from app.standards.codes import NumberForm

_PRINTED = frozenset(
    {RecordKind.APPLICATION, RecordKind.PUBLICATION, RecordKind.GRANT, RecordKind.REGISTRATION}
)


def forms(record: Record, _now: str) -> Iterator[Finding]:
    """Application, publication and registration number against the forms of the office (ST.6, ST.13)."""
    if record.kind not in _PRINTED:
        return
    table = codes.number_forms()
    for of, number, day in (
        ("application", record.application_number, record.filing_date),
        ("publication", record.publication_number, record.publication_date),
        ("registration", record.registration_number, record.registration_date),
    ):
        known = table.get((record.office, record.right, of)) if number else None
        if known:
            yield from _form(record, of, number, day, known)


def _form(record: Record, of: str, number: str, day: str, known: tuple[NumberForm, ...]) -> Iterator[Finding]:
    solid = number.replace(" ", "").replace(",", "")
    right = [form for form in known if form.pattern.fullmatch(solid)]
    if not right:
        yield Finding(
            Severity.WARNING, f"{of}_number", "check.number",
            _("{what} {number} is not written as {office} writes them (for example {example}).").format(
                what=_names()[of], number=number, office=record.office, example=known[0].example
            ),
            _PROVISIONS[of], _("Compare it with the original."),
        )  # fmt: skip
        return
    if not day:
        return
    in_time = [form for form in right if form.first <= day and (not form.last or day <= form.last)]
    if not in_time:
        yield Finding(
            Severity.NOTE, f"{of}_number", "check.number-date",
            _("{what} {number} has a form {office} did not use on {day}.").format(
                what=_names()[of], number=number, office=record.office, day=day
            ),
            _PROVISIONS[of], _("Compare number and day with the original."),
        )  # fmt: skip
    elif not any(_year_fits(record, form, solid) for form in in_time):
        yield Finding(
            Severity.NOTE, f"{of}_number", "check.number-year",
            _("{what} {number} bears another year than the day {day} beside it.").format(
                what=_names()[of], number=number, day=day
            ),
            _PROVISIONS[of], _("Compare number and day with the original."),
        )  # fmt: skip


def _year_fits(record: Record, form: NumberForm, number: str) -> bool:
    """A year of publication is that of the day; a year of filing is that of the day or later.

    Later, because a divisional application has a number of its own time and keeps the day of its parent;
    a year earlier by one is let pass too (numbers given out before New Year).
    """
    found = form.pattern.fullmatch(number)
    day = record.publication_date if form.year == "publication" else record.filing_date
    year = found["y"] if found and form.year else None
    if not year or not day or (form.kinds and record.kind_code not in form.kinds):
        return True
    wanted = day[:4]
    if len(year) == 2:
        gap = (int(year) - int(wanted[2:])) % 100
        return gap == 0 if form.year == "publication" else gap <= 40 or gap == 99
    gap = int(year) - int(wanted)
    return gap == 0 if form.year == "publication" else gap >= -1


def check_digits(record: Record, _now: str) -> Iterable[Finding]:
    """The check digit of an application number as it was filed (EPO, CNIPA, INPI Brazil)."""
    number = record.as_filed.get("application_number")
    return _check_digits(record, number) if number and record.office in _WITH_CHECK_DIGITS else ()


def _check_digits(record: Record, number: str) -> Iterator[Finding]:
    solid = number.replace(" ", "").upper().removeprefix(record.office)
    for form in _forms_with_check_digit(record.office, record.right):
        found = form.pattern.fullmatch(solid)
        if found is None:
            continue
        body = "".join(c for c in solid[: found.start("c")] if c.isdigit())
        wanted = _RECKONED[form.check](body)
        if found["c"].upper() != wanted:
            yield Finding(
                Severity.WARNING, "application_number", "check.check-digit",
                _("The check digit of application number {number} should be {wanted}.").format(
                    number=number, wanted=wanted
                ),
                _("number forms of {office} (WIPO Handbook, Part 7.2.2)").format(office=record.office),
                _("A digit may be wrong or two may be swapped: compare with the original."),
            )  # fmt: skip
        return


@cache
def _forms_with_check_digit(office: str, right: Right) -> tuple[NumberForm, ...]:
    return tuple(form for form in codes.number_forms().get((office, right, "application"), ()) if form.check)


def check_digit_ep(digits: str) -> str:
    """EPO: digits times 1, 2, 1, 2 …, digit sums added, made up to the next ten. `01963450` 0."""
    products = (int(digit) * (1 + at % 2) for at, digit in enumerate(digits))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def check_digit_cn(digits: str) -> str:
    """CNIPA: digits times 2 to 9 and again from 2, remainder by 11, X for ten. `202111286633` X."""
    return "0123456789X"[sum(map(mul, map(int, digits), _WEIGHTS)) % 11]


def check_digit_br(digits: str) -> str:
    """INPI Brazil: from the right times 2 to 9 and again from 2, made up to eleven, 0 for ten and more."""
    rest = sum(map(mul, map(int, reversed(digits)), _WEIGHTS)) % 11
    return str(11 - rest) if rest > 1 else "0"


_WEIGHTS = tuple(2 + at % 8 for at in range(24))
_WITH_CHECK_DIGITS = frozenset({"EP", "CN", "BR"})
_RECKONED = {"ep": check_digit_ep, "cn": check_digit_cn, "br": check_digit_br}


def _names() -> dict[str, str]:
    """A field at the head of a sentence."""
    return {
        "application": _("Application number"),
        "publication": _("Publication number"),
        "registration": _("Registration number"),
    }


_PROVISIONS = {
    "application": "ST.13; ST.10/C",
    "publication": "ST.6",
    "registration": "ST.6",
}
