"""Trouble that is data: what a reader or a rule noticed, and on whose authority."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error`: the thing cannot stand as it is; `warning`: look at it; `note`: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed.

    where      field or place in plain words ("claims", "line 12", "priority 2")
    rule       id of the rule that noticed it ("formality.claims", "st36.date")
    message    a whole sentence
    provision  standard and paragraph or article it rests on, may be empty
    remedy     what to do, may be empty
    settled    a person has dealt with it
    letter     id of the letter template that asks for the remedy, may be empty
    """

    severity: Severity
    where: str
    rule: str
    message: str
    provision: str = ""
    remedy: str = ""
    id: str = ""
    settled: bool = False
    letter: str = ""

    def as_json(self) -> dict[str, object]:
        """The FINDING of the command line."""
        return {
            "id": self.id,
            "severity": str(self.severity),
            "where": self.where,
            "rule": self.rule,
            "provision": self.provision,
            "message": self.message,
            "remedy": self.remedy,
            "settled": self.settled,
        } | ({"letter": self.letter} if self.letter else {})
