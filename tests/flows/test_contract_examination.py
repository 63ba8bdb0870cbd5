"""Substantive work through the command line: objections, amendments, the grid, search and its report."""

from __future__ import annotations

import pytest


@pytest.fixture
def pump(desk, samples):
    """An office with the application for a pump, three claims; (desk, case id)."""
    return desk, desk.done("intake", str(next(samples.glob("1-*"))))["cases"][0]["id"]


@pytest.fixture
def soap(desk, samples):
    """An office with a mark in classes 3, 21 and 35; (desk, case id)."""
    return desk, desk.done("intake", str(next(samples.glob("4-*"))))["cases"][0]["id"]


def fields(**given):
    """Fields of an event as words of a command."""
    return [word for name, value in given.items() for word in ("--field", f"{name}={value}")]


def open_findings(desk, case_id, rule):
    """Messages of one rule's findings."""
    return [f["message"] for f in desk.done("case", "check", case_id)["findings"] if f["rule"] == rule]


def test_objections_stand_on_rows_until_they_are_settled(soap):
    desk, mark = soap
    desk.done("case", "record", mark, "objection", *fields(provision="section 5(1)", rows="3, 35"))
    desk.done("case", "record", mark, "objection", *fields(provision="section 6", grounds="Earlier mark."))
    told = desk.done("case", "show", mark)["objections"]
    assert [(o["number"], o["provision"], o["rows"], o["state"]) for o in told] == [
        (1, "section 5(1)", ["3", "35"], "open"),
        (2, "section 6", [], "open"),
    ]
    desk.done("case", "record", mark, "objection_settled", *fields(objection="1", rows="35"))
    desk.done("case", "record", mark, "objection_settled", *fields(objection=told[1]["id"][:8]))
    after = desk.done("case", "show", mark)["objections"]
    assert [(o["state"], o["standing"]) for o in after] == [("partly", ["3"]), ("settled", [])]
    again = desk("case", "record", mark, "objection_settled", *fields(objection="2"))
    assert "settled already" in again.refused["message"]
    none = desk("case", "record", mark, "objection_settled", *fields(objection="9"))
    assert "open are: 1" in none.refused["message"]


def test_a_registration_over_an_open_objection_is_told_and_not_barred(soap):
    desk, mark = soap
    desk.done("case", "record", mark, "objection", *fields(provision="section 5(1)", rows="3"))
    desk.done("case", "record", mark, "registration")
    assert "Objection 1 (section 5(1)) is open on 3" in open_findings(desk, mark, "objections.open")[0]
    desk.done("case", "undo", mark)
    refused = fields(rows="3", reasons="Descriptive.")
    desk.done("case", "record", mark, "refusal", *refused)
    desk.done("case", "record", mark, "registration")
    assert desk.done("case", "show", mark)["objections"][0]["moot"] is True
    assert open_findings(desk, mark, "objections.open") == []
