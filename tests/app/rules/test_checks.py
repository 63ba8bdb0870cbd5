"""Formalities tried on the record: what is wrong, where, and under which provision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.case import Case, CaseParty, CasePriority, Event, Row
from app.domain.dossier import Document
from app.domain.findings import Severity
from app.domain.law import CheckRule, LawPack
from app.rules import checks

Cases = Callable[..., Case]
KITO = CaseParty("p1", "applicant", "Kito Ltd", address="1 Pump Road", country="XX")


def attached(kind: str, media_type: str = "application/pdf") -> Document:
    return Document("d1", kind, "file", "0" * 64, 10, media_type, date(2026, 3, 2))


def troubles(law: LawPack, case: Case) -> set[str]:
    return {f.id for f in checks.run(law, case) if f.severity is not Severity.NOTE}


@pytest.mark.parametrize("right", ["patent", "utility_model", "trade_mark", "design"])
def test_a_sound_application_has_only_what_a_person_must_look_at(
    law: LawPack, a_case: Cases, right: str
) -> None:
    found = checks.run(law, a_case(right))
    assert [f for f in found if f.severity is not Severity.NOTE] == []
    assert found
    assert all(f.rule.startswith("look.") and f.message.startswith("To be looked at") for f in found)


def claim(label: str, text: str = "A pump.") -> Row:
    return Row(f"r{label}", "claim", label, text)


def priority(day: str | None, office: str = "XX", number: str = "1") -> CasePriority:
    return CasePriority(office, number, date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("right", "changed", "finding", "says"),
    [
        ("patent", {"parties": ()}, "formality.applicant:applicant", "No applicant is named."),
        ("patent", {"parties": (replace(KITO, name=" "),)}, "formality.applicant:applicant-1", "has no name"),
        ("patent", {"parties": (replace(KITO, until=date(2026, 3, 3)),)},
         "formality.applicant:applicant", "No"),
        ("patent", {"parties": (KITO,)}, "formality.inventor:inventor", "No inventor is named."),
        ("design", {"parties": (replace(KITO, address=""),)}, "formality.address:address-1", "for Kito Ltd"),
        ("design", {"parties": (replace(KITO, country=""),)}, "formality.address:country-1", "No country"),
        ("trade_mark", {"parties": (replace(KITO, country="FR"),)}, "formality.representative:representative",
         "Kito Ltd (FR) is not of this country"),
        ("patent", {"language": ""}, "formality.language:language", "is not stated"),
        ("patent", {"language": "und"}, "formality.language:language", "is not stated"),
        ("patent", {"language": "de"},
         "formality.language:language", "in “de”; the office accepts en, fr, ar"),
        ("patent", {"title": ""}, "formality.title:title", "There is no title."),
        ("patent", {"title": "pump " * 26}, "formality.title:title", "26 words; more than 25"),
        ("design", {"title": " "}, "formality.product:title", "There is no title."),
        ("patent", {"filing_date": None}, "filing.date:filing_date", "has no filing date"),
        ("patent", {"fields": {}}, "formality.description:description", "There is no description."),
        ("patent", {"rows": ()}, "formality.claims:claims", "There are no claims."),
        ("patent", {"rows": (claim("1"), claim("2", " "))}, "formality.claims:claim-2", "Claim 2 is empty."),
        ("patent", {"rows": (claim("1"), claim("3"))}, "formality.claim-numbers:claims", "numbered 1, 3"),
        ("patent", {"rows": (claim("1"), claim("1"))}, "formality.claim-numbers:claims", "without a gap"),
        ("patent", {"rows": (claim("a"),)}, "formality.claim-numbers:claims", "from 1"),
        ("patent", {"abstracts": {}}, "formality.abstract:abstract", "There is no abstract."),
        ("patent", {"abstracts": {"fr": "un mot"}}, "formality.abstract-length:abstract-fr",
         "The abstract (fr) has 2 words; it should have 50 to 150."),
        ("patent", {"fields": {"description_words": 9}, "rows": (claim("1", "As in Fig. 2, a pump."),)},
         "formality.drawings:drawings", "no drawing"),
        ("trade_mark", {"title": "", "fields": {}}, "formality.mark:mark", "no reproduction of the mark"),
        ("trade_mark", {"fields": {"mark": {"text": "SOLENO", "kind": "combined"}}}, "formality.mark:mark",
         "The mark is combined, but there is no picture of it."),
        ("trade_mark", {"rows": (), "classes": {}}, "formality.classes:classes", "No class"),
        ("trade_mark", {"rows": (Row("r1", "class", "46", "Air"),), "classes": {}},
         "formality.classes:class-46",
         "“46” is no class of the Nice Classification (1 to 45)."),
        ("trade_mark", {"rows": (Row("r1", "class", "0", "Air"),), "classes": {}},
         "formality.classes:class-0", "“0”"),
        ("trade_mark", {"rows": (Row("r1", "class", "5", " "),), "classes": {}}, "formality.goods:class-5",
         "Class 5 has no list"),
        ("trade_mark", {"classes": {"nice": ("5", "30", "32")}},
         "formality.goods:class-32", "Class 32 has no list"),
        ("design", {"rows": ()}, "formality.views:designs", "holds no design"),
        ("design", {"fields": {"images": 1}}, "formality.views:views", "Designs: 2, views: 1"),
        ("design", {"rows": tuple(Row(f"r{n}", "design", str(n), "x") for n in range(101)),
         "fields": {"images": 101}},
         "formality.views:designs", "holds 101 designs; one application may hold 100"),
        ("design", {"classes": {}}, "formality.locarno:locarno", "No class of the Locarno"),
        ("design", {"classes": {"locarno": ("33-01",)}}, "formality.locarno:locarno-33-01", "“33-01”"),
        ("design", {"classes": {"locarno": ("6",)}}, "formality.locarno:locarno-6", "like 12-11"),
        ("patent", {"priorities": (priority("2025-11-03", "", ""),)}, "formality.priority-data:priority-1",
         "Priority 1 is without office, number."),
        ("patent", {"priorities": (priority(None),)}, "formality.priority-data:priority-1", "without date"),
        ("patent", {"priorities": (priority("2025-02-26"),)}, "formality.priority-time:priority-1",
         "until Thu 26 Feb 2026; the filing is of Mon 2 Mar 2026. The right of priority could be restored "
         "for filings up to Mon 27 Apr 2026."),
        ("patent", {"priorities": (priority("2026-03-03"),)}, "formality.priority-time:priority-1",
         "after the filing of Mon 2 Mar 2026"),
    ],
)  # fmt: skip
def test_a_formality_is_found_wanting(
    law: LawPack, a_case: Cases, right: str, changed: dict[str, Any], finding: str, says: str
) -> None:
    found = {f.id: f for f in checks.run(law, a_case(right, **changed))}
    assert finding in found
    assert says in found[finding].message
    assert found[finding].provision and found[finding].remedy and found[finding].where


@pytest.mark.parametrize(
    ("right", "first_filed", "in_time"),
    [
        ("patent", "2025-03-02", True),
        ("patent", "2025-03-01", True),  # 2026-03-01 is a Sunday
        ("patent", "2025-02-28", True),  # a Saturday
        ("patent", "2025-02-27", False),
        ("trade_mark", "2025-09-02", True),
        ("trade_mark", "2025-08-31", True),  # 28 February, a Saturday: there is no 31st
        ("trade_mark", "2025-08-28", True),
        ("design", "2025-08-27", False),
    ],
)
def test_the_last_day_of_a_priority_rolls(
    law: LawPack, a_case: Cases, right: str, first_filed: str, in_time: bool
) -> None:
    """Filed on Mon 2 March 2026; Paris Convention, Article 4C(1) and (3)."""
    case = a_case(right, priorities=(priority(first_filed),))
    assert (not any("priority-time" in found for found in troubles(law, case))) is in_time


@pytest.mark.parametrize(
    ("right", "changed", "settled"),
    [
        ("patent", {"fields": {}, "documents": (attached("description"),)}, "formality.description"),
        ("patent", {"rows": (), "documents": (attached("claims"),)}, "formality.claims"),
        ("patent", {"abstracts": {}, "documents": (attached("abstract"),)}, "formality.abstract"),
        ("patent", {"abstracts": {"ja": "圧力室"}}, "formality.abstract-length"),
        ("patent", {"rows": (claim("1", "as in Fig. 2"),), "fields": {"images": 3}}, "formality.drawings"),
        ("patent", {"rows": (claim("1", "as in Fig. 2"),), "documents": (attached("drawing"),)},
         "formality.drawings"),
        ("patent", {"rows": (claim("1", "a fig tree of 2 years"),), "fields": {}}, "formality.drawings"),
        ("trade_mark", {"fields": {"mark": {"kind": "figurative", "image": "a.png"}}}, "formality.mark"),
        ("trade_mark", {"fields": {"mark": {"kind": "figurative"}},
         "documents": (attached("annex", "image/png"),)},
         "formality.mark"),
        ("trade_mark", {"rows": (Row("r", "class", "5", "", texts={"fr": "Pommades"}),), "classes": {}},
         "formality.goods"),
        ("trade_mark", {"parties": (replace(KITO, country="FR"), CaseParty("p", "representative", "Ndi"))},
         "formality.representative"),
        ("design", {"fields": {}, "documents": (attached("view"), replace(attached("view"), id="d2"))},
         "formality.views"),
    ],
)  # fmt: skip
def test_a_formality_may_be_met_in_another_way(
    law: LawPack, a_case: Cases, right: str, changed: dict[str, Any], settled: str
) -> None:
    assert settled not in {f.rule for f in checks.run(law, a_case(right, **changed))}


def test_nothing_that_follows_the_filing_is_dated_before_it(law: LawPack, a_case: Cases) -> None:
    early = Event("e9", "published", date(2026, 1, 5), "", "amina", "s", "a", name="Published")
    assert "formality.dates:event-e9" in troubles(law, a_case(events=(early,)))
    assert "formality.dates:event-e9" not in troubles(law, a_case(events=(replace(early, voided=True),)))
    assert "formality.dates:event-e9" not in troubles(law, a_case(events=(replace(early, event="note"),)))


def test_a_finding_keeps_its_id_in_every_language(law: LawPack, a_case: Cases) -> None:
    case = a_case(parties=(), rows=())
    english, french = checks.run(law, case, "en"), checks.run(law, case, "fr")
    assert [f.id for f in english] == [f.id for f in french]
    remedy = {f.id: f.remedy for f in french}
    assert remedy["formality.claims:claims"] == "Déposer une ou plusieurs revendications."
    assert {f.letter for f in french if f.rule == "formality.claims"} == {"formalities-invitation"}


def test_ids_are_unique_on_a_case_with_everything_wrong(law: LawPack, a_case: Cases) -> None:
    case = a_case(
        "trade_mark", parties=(), rows=(Row("r", "class", "99", ""),), classes={"nice": ("99", "46")},
        priorities=(priority(None), priority("2020-01-01", "", "")), filing_date=None, language="",
    )  # fmt: skip
    found = [f.id for f in checks.run(law, case)]
    assert len(found) == len(set(found)) > 8


def test_the_pack_decides_how_grave_a_thing_is(law: LawPack, a_case: Cases) -> None:
    mild = CheckRule("x", {"en": "Claims"}, ("patent",), "record", "claims_present", severity="note")
    (found,) = checks.run(replace(law, checks=(mild,)), a_case(rows=()))
    assert (found.severity, found.id) == (Severity.NOTE, "x:claims")


def test_a_check_of_another_right_is_left_out(law: LawPack, a_case: Cases) -> None:
    assert not any(
        f.rule.startswith(("formality.claims", "look.unity"))
        for f in checks.run(law, a_case("design", rows=()))
    )
