"""A listing against its application: what both say must agree, what one leaves out is not compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.record import NamedParty, PriorityClaim, Record, RecordKind, Right
from app.domain.sequences import ApplicationName, Listing, PersonName
from app.standards.sequences.crosscheck import against

LISTING = Listing(
    "st26", reference="BAO-77", application=ApplicationName("EP", "EP29123456.7", "2029-01-31"),
    priorities=(ApplicationName("US", "US 63/111,222", "2028-02-03"),),
    applicants=(PersonName("ООО «Баобаб»", "ru", "OOO Baobab"),), inventors=(PersonName("Mwangi, Njoki"),),
    titles=(("fr", "Gène de baobab"), ("en", "Baobab gene")),
)  # fmt: skip
RECORD = Record(
    Right.PATENT, RecordKind.APPLICATION, office="EP", application_number="29123456",
    filing_date="2029-01-31", titles={"en": "BAOBAB GENE"},
    applicants=(NamedParty("OOO Baobab, Moscow"), NamedParty("Somebody Else")),
    inventors=(NamedParty("Njoki Mwangi"),),
    priorities=(PriorityClaim("US", "63111222", "2028-02-03"), PriorityClaim("GB", "2811111", "2028-03-03")),
)  # fmt: skip


def test_the_same_in_other_words_agrees() -> None:
    assert list(against(LISTING, RECORD, "bao-77")) == []


def test_what_is_left_out_is_not_compared() -> None:
    bare = Record(Right.PATENT, RecordKind.APPLICATION)
    assert [one.rule for one in against(LISTING, bare)] == ["st26.priority"]
    assert list(against(Listing("st26"), bare, "X")) == []


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"application": ApplicationName("EP", "29123457", "2029-01-31")}, "st26.cross-application"),
        ({"application": ApplicationName("US", "29123456", "2029-01-31")}, "st26.cross-application"),
        ({"application": ApplicationName("EP", "29123456", "2029-01-30")}, "st26.cross-filing-date"),
        ({"application": None}, "st26.application"),
        ({"reference": "BAO-78"}, "st26.cross-reference"),
        ({"titles": (("en", "Baobab genes"),)}, "st26.cross-title"),
        ({"applicants": (PersonName("Somebody Else"),)}, "st26.applicant"),
        ({"applicants": (PersonName("Nobody"),)}, "st26.cross-applicant"),
        ({"inventors": (PersonName("Njoki Kamau"),)}, "st26.cross-inventor"),
        ({"priorities": ()}, "st26.priority"),
        ({"priorities": (ApplicationName("GB", "2811111", "2028-03-03"),)}, "st26.priority"),
        ({"priorities": (ApplicationName("US", "63/999,999", "2028-02-03"),)}, "st26.priority"),
        ({"priorities": (ApplicationName("US", "63/111,222", "2028-02-04"),)}, "st26.cross-priority"),
    ],
)
def test_a_difference_is_told(changed: dict[str, object], rule: str) -> None:
    found = list(against(replace(LISTING, **changed), RECORD, "BAO-77"))  # type: ignore[arg-type]
    assert [one.rule for one in found] == [rule]
    assert found[0].provision == "ST.26, paragraph 46"
