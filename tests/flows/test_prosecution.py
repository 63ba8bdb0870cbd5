"""Whole prosecutions through the command line, every limit beside a table reckoned by hand.

The days lie in the past, so that the table holds on any day the test is run.
"""

from __future__ import annotations

import pytest

# event, day, fields -> status after it, and the limits it opens: rule, unrolled, last day
PATENT = [
    ("formalities_invited", "2019-02-28", {}, "filed",
     [("reply-to-formalities", "2019-04-28", "2019-04-29")]),
    ("formalities_ok", "2019-04-29", {}, "formalities_ok", []),
    ("examination_requested", "2019-05-02", {}, "under_examination", []),
    ("objection", "2019-11-29", {"provision": "section 4"}, "under_examination", []),
    # three months on, February 2020 has no day 30: its last day, a Saturday
    ("examination_report", "2019-11-30", {}, "under_examination",
     [("reply-to-report", "2020-02-29", "2020-03-02")]),
    # two months from the day before any rolling
    ("extension", "2020-02-20", {"limit": "reply-to-report", "period": "2m"}, "under_examination",
     [("reply-to-report", "2020-04-29", "2020-04-29")]),
    ("amendment", "2020-04-29", {}, "under_examination", []),
    ("published", "2020-07-10", {}, "under_examination", []),
    ("grant", "2020-12-01", {}, "granted", [("annuity", "2021-01-15", "2021-01-15")]),
    ("renewal", "2021-01-14", {}, "renewed", [("annuity", "2022-01-15", "2022-01-17")]),
    ("renewal_overdue", "2022-01-18", {}, "renewal_overdue", [("renewal-grace", "2022-07-18", "2022-07-18")]),
    ("renewal", "2022-07-18", {}, "renewed", [("annuity", "2023-01-15", "2023-01-16")]),
    ("lapse", "2023-08-01", {}, "lapsed", [("reinstatement-request", "2024-08-01", "2024-08-01")]),
    ("reinstatement", "2024-07-31", {}, "reinstated", []),
]  # fmt: skip
REFUSED_PATENT = [
    (
        "examination_report",
        "2019-12-02",
        {},
        "under_examination",
        [("reply-to-report", "2020-03-02", "2020-03-02")],
    ),
    ("refusal", "2020-06-01", {"reasons": "Not new."}, "refused", [("appeal", "2020-09-01", "2020-09-01")]),
    ("appeal", "2020-08-31", {}, "under_appeal", []),
    ("grant", "2021-01-18", {}, "granted", [("annuity", "2022-01-15", "2022-01-17")]),
]
UTILITY_MODEL = [
    ("registration", "2019-06-03", {}, "registered", [("annuity", "2020-01-15", "2020-01-15")]),
    ("surrender", "2020-01-10", {}, "surrendered", []),
]
MARK = [
    ("published", "2019-06-03", {}, "published", []),
    ("opposition", "2019-07-15", {"opponent": "Dala Ltd"}, "opposed",
     [("counter-statement", "2019-09-15", "2019-09-16")]),
    # one month from the day after rolling
    ("extension", "2019-09-10", {"limit": "counter-statement", "period": "1m"}, "opposed",
     [("counter-statement", "2019-10-16", "2019-10-16")]),
    ("reply", "2019-10-16", {}, "opposed", []),
    ("opposition_rejected", "2019-12-02", {}, "published", []),
    ("registration", "2020-01-10", {}, "registered", [("renewal", "2029-01-15", "2029-01-15")]),
    ("invalidation", "2021-03-01", {}, "invalidated", []),
]  # fmt: skip
DESIGN = [
    ("registration", "2019-05-06", {}, "registered", [("design-renewal", "2024-01-15", "2024-01-15")]),
    ("renewal", "2024-01-15", {}, "renewed", [("design-renewal", "2029-01-15", "2029-01-15")]),
]
# From the sending of the notification, eighteen months; from the provisional refusal, two.
MADRID = [
    ("designation_notified", "2019-02-14", {"international_number": "1450123"}, "filed",
     [("madrid-refusal", "2020-08-14", "2020-08-14")]),
    ("provisional_refusal", "2019-08-30", {"grounds": "Descriptive."}, "under_examination",
     [("reply-to-provisional-refusal", "2019-10-30", "2019-10-30")]),
    ("reply", "2019-10-30", {}, "under_examination", []),
    ("protection_granted", "2019-12-20", {}, "registered", [("renewal", "2029-01-15", "2029-01-15")]),
]  # fmt: skip
# From the publication of the international registration, six months.
HAGUE = [
    ("designation_notified", "2019-03-15", {"international_number": "DM/201450"}, "filed",
     [("hague-refusal", "2019-09-15", "2019-09-16")]),
    ("protection_granted", "2019-09-16", {}, "registered", [("design-renewal", "2024-01-15", "2024-01-15")]),
]  # fmt: skip
STORIES = {
    "a patent to grant, lapse and reinstatement": ("patent", PATENT),
    "a patent refused and granted on appeal": ("patent", REFUSED_PATENT),
    "a utility model registered and surrendered": ("utility_model", UTILITY_MODEL),
    "a mark opposed, registered, invalidated": ("trade_mark", MARK),
    "a design registered and renewed": ("design", DESIGN),
    "a Madrid designation": ("trade_mark", MADRID),
    "a Hague designation": ("design", HAGUE),
}


@pytest.mark.parametrize("story", list(STORIES))
def test_a_prosecution_keeps_its_days(desk, story):
    right, acts = STORIES[story]
    fields = (
        "--field",
        "title=Hand pump",
        "--field",
        "applicant=Kofi Mensah",
        "--field",
        "filing_date=2019-01-15",
    )
    case = desk.done("case", "new", right, *fields)
    known = {limit["id"]: limit for limit in case["deadlines"]}
    for event, on, given, status, opens in acts:
        words = [word for name, value in given.items() for word in ("--field", f"{name}={value}")]
        case = desk.done("case", "record", case["id"], event, "--on", on, *words)
        assert case["status"]["code"] == status, event
        fresh = [limit for limit in case["deadlines"] if limit["id"] not in known]
        told = [(limit["rule"], limit["unrolled"], limit["last_day"]) for limit in fresh]
        assert sorted(told) == sorted(opens), event
        assert all(limit["steps"] and limit["provision"] for limit in fresh)
        known |= {limit["id"]: limit for limit in fresh}
    assert {limit["id"] for limit in case["deadlines"]} == set(known), "a limit was lost"


def test_limits_of_a_whole_life_end_as_they_should(desk):
    fields = (
        "--field",
        "title=Hand pump",
        "--field",
        "applicant=Kofi Mensah",
        "--field",
        "filing_date=2019-01-15",
    )
    case = desk.done("case", "new", "patent", *fields)
    for event, on, given, _status, _opens in PATENT:
        words = [word for name, value in given.items() for word in ("--field", f"{name}={value}")]
        case = desk.done("case", "record", case["id"], event, "--on", on, *words)
    ended = sorted((limit["rule"], limit["last_day"], limit["state"]) for limit in case["deadlines"])
    assert ended == [
        ("annuity", "2021-01-15", "met"),
        ("annuity", "2022-01-17", "missed"),
        ("annuity", "2023-01-16", "missed"),
        ("publication", "2020-07-15", "met"),
        ("reinstatement-request", "2024-08-01", "met"),
        ("renewal-grace", "2022-07-18", "met"),
        ("reply-to-formalities", "2019-04-29", "met"),
        ("reply-to-report", "2020-03-02", "lifted"),
        ("reply-to-report", "2020-04-29", "met"),
    ]


def test_the_register_of_a_past_day(desk):
    """What was in force then; each story's status by day."""
    fields = (
        "--field",
        "title=Hand pump",
        "--field",
        "applicant=Kofi Mensah",
        "--field",
        "filing_date=2019-01-15",
    )
    case = desk.done("case", "new", "patent", *fields)["id"]
    for event, on, given, _status, _opens in PATENT:
        words = [word for name, value in given.items() for word in ("--field", f"{name}={value}")]
        desk.done("case", "record", case, event, "--on", on, *words)
    for day, status in (
        ("2019-03-01", "filed"), ("2020-03-01", "under_examination"), ("2020-12-31", "granted"),
        ("2022-03-01", "renewal_overdue"), ("2023-12-31", "lapsed"), ("2024-08-01", "reinstated"),
    ):  # fmt: skip
        assert desk.done("case", "show", case, "--as-of", day)["status"]["code"] == status, day
