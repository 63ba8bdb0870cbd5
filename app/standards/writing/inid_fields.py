"""Which INID code holds which field: ST.9 for patents, ST.60 for marks, ST.80 for designs.

One table for the writer and the reader of INID-tagged text, so that both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType as Table

from app.domain.record import Record, RecordKind, Right


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one standard.

    values     code -> field of one value; written in this order
    published  the codes of the publication date: as registered or granted, and before that
    priority, title, text, cited   codes of what may stand several times
    parties    role -> code; the role named first is the usual one of its code
    inventors, agents              codes of people
    """

    standard: str
    office: str
    values: Table[str, str]
    published: tuple[str, str]
    priority: str
    title: str
    parties: Table[str, str]
    inventors: str
    agents: str
    text: str = "57"
    cited: str = "56"


PATENTS = Codes(
    "ST.9", "19",
    Table({
        "19": "office", "11": "publication_number", "13": "kind_code", "21": "application_number",
        "22": "filing_date", "26": "language",
    }),
    ("45", "43"), "30", "54",
    Table({"applicant": "71", "proprietor": "73", "assignee": "73", "holder": "73"}), "72", "74",
)  # fmt: skip
MARKS = Codes(
    "ST.60", "190",
    Table({
        "190": "office", "111": "registration_number", "151": "registration_date", "180": "expiry_date",
        "210": "application_number", "220": "filing_date", "270": "language",
    }),
    ("450", "441"), "300", "",
    Table({"applicant": "731", "holder": "732", "proprietor": "732", "assignee": "732"}), "", "740",
)  # fmt: skip
DESIGNS = Codes(
    "ST.80", "19",
    Table({
        "19": "office", "11": "registration_number", "13": "kind_code", "15": "registration_date",
        "18": "expiry_date", "21": "application_number", "22": "filing_date", "26": "language",
    }),
    ("45", "43"), "30", "54",
    Table({"applicant": "71", "holder": "73", "proprietor": "73", "assignee": "73"}), "72", "74",
)  # fmt: skip

RELATIONS = Table({
    "addition": "61", "division": "62", "continuation": "63", "continuation_in_part": "63", "reissue": "64",
    "related_publication": "65", "substitution": "66", "utility_model_basis": "67",
    "international_application": "86", "regional_application": "86",
    "international_publication": "87", "regional_publication": "87",
})  # fmt: skip
OTHER_RELATION = "60"
MARK_RELATIONS = Table({"seniority": "350", "exhibition": "230", "division": "641"})
OTHER_MARK_RELATION = "600"
KIND = "12"
"""ST.9 (12), plain language designation of the kind of document; it opens each record of our text."""


def codes(right: Right) -> Codes:
    """The codes of a right. Geographical indications have no standard of their own and are not asked for."""
    if right is Right.TRADE_MARK:
        return MARKS
    return DESIGNS if right is Right.DESIGN else PATENTS


def relation_code(right: Right, relation: str) -> str:
    """The code of a tied document."""
    if right is Right.TRADE_MARK:
        return MARK_RELATIONS.get(relation, OTHER_MARK_RELATION)
    return RELATIONS.get(relation, OTHER_RELATION)


def relation_codes(right: Right) -> frozenset[str]:
    """The codes under which tied documents stand."""
    if right is Right.TRADE_MARK:
        return frozenset({*MARK_RELATIONS.values(), OTHER_MARK_RELATION})
    return frozenset({*RELATIONS.values(), OTHER_RELATION})


def usual_role(found: Codes, code: str) -> str:
    """The role that a party under `code` has where the line does not say."""
    return next(role for role, held in found.parties.items() if held == code)


def is_final(record: Record) -> bool:
    """Whether the publication is that of a grant or registration."""
    return record.kind in (RecordKind.GRANT, RecordKind.REGISTRATION)
