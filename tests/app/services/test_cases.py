"""Cases as an examiner works on them, in a real temporary office."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from app.domain.case import LimitState
from app.errors import OfficeError, RuleRefused, UsageError
from app.services import cases, conflicts, leases, offices

TODAY = date(2026, 11, 25)


@pytest.fixture
def office(tmp_path):
    with offices.init_office(tmp_path / "office", officer="A. Deme", today=TODAY) as made:
        yield made


@pytest.fixture
def pump(office):
    return cases.new(office, "patent", {"title": "Hand pump", "applicant": "Tamaru Dryers Ltd"}).case


@pytest.mark.parametrize("right", ["patent", "utility_model", "trade_mark", "design"])
def test_a_case_of_every_right_can_be_opened_and_noted(office, right):
    case = cases.new(office, right, {"title": "Pump"}).case
    assert case.number and not case.provisional and case.status.code and case.status.name
    assert case.filing_date == TODAY and case.confidential
    noted = cases.record(office, case.id, "note", fields={"text": "called the agent"}).case
    assert noted.events[-1].fields["text"] == "called the agent"
    assert noted.status == case.status


def test_an_edit_replaces_and_history_keeps_both(office, pump):
    cases.edit(office, pump.id, {"title": "Foot pump", "tags": "rural, water"})
    changed = [line for line in cases.history(office, pump.id) if line.what == "title"]
    assert [(line.old, line.new) for line in changed] == [(None, "Hand pump"), ("Hand pump", "Foot pump")]
    assert [line.live for line in changed] == [False, True]
    assert cases.show(office, pump.id).fields["tags"] == "rural, water"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"colour": "red"}, UsageError),
        ({"title": "  "}, RuleRefused),
        ({"applicant": ""}, RuleRefused),
        ({}, UsageError),
    ],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(office, pump, fields, refusal):
    before = office.store.digest()
    with pytest.raises(refusal) as told:
        cases.edit(office, pump.id, fields)
    assert told.value.message and told.value.remedy
    assert office.store.digest() == before


def test_an_event_out_of_turn_is_refused_with_what_is_allowed(office, pump):
    with pytest.raises(RuleRefused) as told:
        cases.record(office, pump.id, "renewal")
    assert "note" in told.value.remedy
    with pytest.raises(RuleRefused, match="to come"):
        cases.record(office, pump.id, "note", on=date(2026, 11, 26), fields={"text": "x"})


def test_undo_brings_the_same_content_back(office, pump):
    before = cases.show(office, pump.id)
    cases.edit(office, pump.id, {"title": "Wrong", "remark": "wrong too"})
    after = cases.undo(office, pump.id).case
    assert (after.title, after.fields) == (before.title, before.fields)
    assert cases.show(office, pump.id).status == before.status
    assert any(line.voided and line.new == "Wrong" for line in cases.history(office, pump.id))


def test_undo_is_refused_where_something_stands_on_the_act(office, pump):
    first = cases.edit(office, pump.id, {"title": "One"}).act
    cases.edit(office, pump.id, {"title": "Two"})
    with pytest.raises(RuleRefused, match="later stands"):
        cases.undo(office, pump.id, first)
    created = cases.history(office, pump.id)[0].act
    with pytest.raises(RuleRefused, match="never undone"):
        cases.undo(office, pump.id, created)
    with pytest.raises(RuleRefused, match="no act"):
        cases.undo(office, pump.id, "f" * 32)
    assert cases.show(office, pump.id).title == "Two"


def test_undo_of_an_event_lifts_its_limits_too(office, pump):
    before = {(d.rule, d.state) for d in pump.deadlines}
    done = cases.record(office, pump.id, "accorded", fields={"date": "2026-11-20"})
    assert {(d.rule, d.state) for d in done.case.deadlines} != before
    undone = cases.undo(office, pump.id, done.act).case
    assert {(d.rule, d.state) for d in undone.deadlines} == before


def test_every_limit_explains_itself(office, pump):
    shown = cases.show(office, pump.id)
    assert shown.deadlines
    for limit in shown.deadlines:
        assert limit.steps and limit.provision and limit.last_day >= limit.unrolled
        assert all(step.text and step.rule for step in limit.steps)


def test_a_limit_is_missed_when_its_day_has_passed(tmp_path):
    with offices.init_office(tmp_path / "o", today=TODAY) as office:
        case = cases.new(office, "patent", {"title": "Pump"}).case
        last = max(d.last_day for d in case.deadlines)
    with offices.open_office(tmp_path / "o", today=date(last.year + 1, 1, 1)) as later:
        assert all(d.state is LimitState.MISSED for d in cases.show(later, case.id).deadlines)
        assert cases.docket(later, due=0)[0].id == case.id


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("XX/P/2026/000001", True),
        ("xx p 2026 1", True),
        ("XX-P-2026-0001", True),
        ("hand", True),
        ("HÁND pump", True),
        ("tamaru dry", True),
        ("pump hand", True),
        ("leather", False),
        ('"', False),
        ("NEAR(", False),
        ("*", False),
        ("pump AND", False),
        ("a' OR 1=1 --", False),
    ],
)
def test_find(office, pump, said, found):
    assert bool(cases.find(office, said)) is found


def test_a_case_is_named_in_any_way(office, pump):
    for named in (pump.id, pump.id[:8], pump.number, "xx/p/2026/1"):
        assert cases.show(office, named).id == pump.id
    with pytest.raises(OfficeError, match="no case"):
        cases.show(office, "XX/P/1999/000001")


def test_the_register_as_of_a_day(office, pump):
    past = cases.new(office, "patent", {"title": "Old pump", "filing_date": "2024-02-29"}).case
    assert cases.show(office, past.id, as_of=date(2024, 3, 1)).title == "Old pump"
    with pytest.raises(OfficeError, match="no such case"):
        cases.show(office, past.id, as_of=date(2024, 2, 28))
    with pytest.raises(OfficeError, match="no such case"):
        cases.show(office, past.id, known=date(2024, 3, 1))  # nobody here knew of it then


def test_docket_is_sorted_by_limit(office, pump):
    for n in range(4):
        cases.new(office, "trade_mark", {"title": f"MARK {n}"})
    lines = cases.docket(office)
    days = [line.next_limit.last_day for line in lines if line.next_limit]
    assert days == sorted(days) and len(lines) == 5
    assert all(line.next_limit is None for line in lines[len(days) :])


def test_attached_files_are_kept_by_hash_and_cleaned_by_name(office, pump, tmp_path):
    odd = tmp_path / "scan\u202e of\u0007 claims.pdf"
    odd.write_bytes(b"%PDF-1.7 claims")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    case = cases.attach(office, pump.id, [odd, empty], kind="claims", confidential=True).case
    first, second = case.documents
    assert (first.name, first.kind, first.confidential) == ("scan of claims.pdf", "claims", True)
    assert cases.document_bytes(office, first.id) == b"%PDF-1.7 claims"
    assert cases.document_bytes(office, second.id) == b""


def test_services_answer_from_many_threads(office, pump):
    wrong: list[BaseException] = []

    def work(n: int) -> None:
        try:
            cases.record(office, pump.id, "note", fields={"text": f"from thread {n}"})
            cases.show(office, pump.id)
        except BaseException as trouble:
            wrong.append(trouble)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    notes = [e for e in cases.show(office, pump.id).events if e.event == "note"]
    assert len(notes) == 6 and offices.verify(office).ok


def test_the_registrar_takes_blocks_as_it_needs_them(office):
    for n in range(3):
        cases.new(office, "design", {"title": f"Stove {n}"})
    block = next(line for line in leases.listed(office) if line.series == "case-design")
    assert (block.first, block.last, block.free, block.here) == (1, 100, 97, True)
    with pytest.raises(RuleRefused):
        leases.request(office)


def test_settling_needs_a_reason_and_a_conflict(office):
    with pytest.raises(UsageError):
        conflicts.settle(office, "x", keep="a", reason=" ")
    with pytest.raises(OfficeError, match="no open conflict"):
        conflicts.settle(office, "x", keep="a", reason="b")
