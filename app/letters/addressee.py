"""To whom a letter goes: the address for service as it was on the letter's day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.case import Case, CaseParty

APPLICANTS = ("applicant", "proprietor", "holder", "assignee")
"""Roles of those who ask for or hold the right, in the order they are written to."""


def recipient(case: Case, on: date) -> CaseParty | None:
    """The representative as at `on`, else the first applicant (PLT Rule 10, address for service)."""
    there = [
        p for p in case.parties if (p.since is None or p.since <= on) and (p.until is None or p.until > on)
    ]
    for role in ("representative", *APPLICANTS):
        for party in there:
            if party.role == role:
                return party
    return None


def addressee(case: Case, on: date, fields: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """The lines of the address, name first. `fields["addressee"]` overrules the case's parties."""
    named = (fields or {}).get("addressee")
    if named:
        return tuple(line.strip() for line in str(named).splitlines() if line.strip())
    party = recipient(case, on)
    if party is None:
        return ("—",)
    lines = [party.name or party.as_filed, *address_lines(party.address)]
    if party.country and not any(party.country == line.strip() for line in lines):
        lines.append(party.country)
    return tuple(line.strip() for line in lines if line.strip())


def address_lines(address: str) -> list[str]:
    """The street on one line, the town on the next: parted at line ends, semicolons or the last comma.

    A comma right after a house number (`12, rue du Port`) parts nothing.
    """
    lines = [line for part in address.splitlines() for line in part.split("; ")]
    if len(lines) == 1:
        street, comma, town = lines[0].rpartition(", ")
        if comma and any(c.isalpha() for c in street):
            lines = [street, town]
    return lines
