"""What may happen to a case, what it opens and what it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.case import Case, Deadline, Event, LimitState, Owner
from app.domain.dossier import LetterEntry
from app.domain.law import LawPack
from app.errors import RuleRefused
from app.rules import events, rows
from app.rules.statuses import standing

Cases = Callable[..., Case]
RIGHTS = ("patent", "utility_model", "plant_patent", "trade_mark", "design", "geographical_indication")


def running(law: LawPack, rule: str, start: date, name: str = "l1") -> Deadline:
    return replace(events.reckon(law, rule, "e0", start), id=name)


def happens(law: LawPack, case: Case, event: str, on: date, /, **fields: object) -> Case:
    """The case after an event, as the kernel writes it: limits closed, opened, status anew."""
    closed = {d.id: d for d in events.closed(law, case, event, on, fields)}
    opened = events.opened(law, case, event, on, fields)
    new = Event(f"e{len(case.events)}", event, on, f"t{len(case.events):04}", "amina", "s", "a", fields)
    kept = tuple(closed.get(d.id, d) for d in case.deadlines)
    named = tuple(replace(d, id=f"l{len(kept) + n}") for n, d in enumerate(opened))
    past = (*case.events, new)
    status, now = standing(law, case.right, case.rows, past)
    return replace(case, events=past, deadlines=(*kept, *named), status=status, rows=now)


def is_closed(law: LawPack, case: Case) -> bool:
    return next(rule.closed for rule in law.statuses if rule.code == case.status.code)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_note_is_allowed_on_every_case(law: LawPack, a_case: Cases, right: str) -> None:
    for status in law.statuses:
        case = replace(a_case(right), status=replace(a_case(right).status, code=status.code))
        assert "note" in [rule.id for rule in events.allowed(law, case)]
        events.refuse(law, case, "note", {"text": "Called the agent."})


@pytest.mark.parametrize(
    ("right", "past", "event", "fields", "says", "remedy"),
    [
        ("patent", "filed", "grnt", {}, "knows no event “grnt”", "grant"),
        ("design", "filed", "grant", {}, "is no event of this right (Industrial design)", "registration"),
        ("patent", "withdrawal", "grant", {}, "not allowed while the case is “Withdrawn”", "note"),
        ("patent", "filed", "renewal", {}, "not allowed while the case is “Filed”", "objection"),
        ("patent", "filed", "objection", {}, "needs the field “provision”", "provision, claims"),
        ("patent", "filed", "objection", {"provision": ""}, "needs the field “provision”", "provision"),
        ("patent", "filed", "note", {"txt": "a"}, "has no field “txt”", "text"),
        ("patent", "filed", "note", {"txt_fr": "a"}, "has no field “txt_fr”", "text"),
        ("patent", "filed", "accorded", {"date": "2026-02-30"}, "February 2026 has 28 days", "field"),
        ("patent", "filed", "citation", {"number": "1", "category": "Q"}, "no", "field"),
        ("patent", "filed", "citation", {"number": "1", "office": "Kenya"}, "two-letter code", "field"),
        (
            "patent",
            "filed",
            "objection",
            {"provision": "a", "rows": "2-5"},
            "no 4, 5; it has 1, 2, 3",
            "field",
        ),
        ("patent", "filed", "refusal", {}, "needs the field “reasons”", "reasons"),
        ("patent", "filed", "extension", {"limit": "x"}, "No running limit “x”", "Running: none"),
        ("patent", "filed", "extension", {"limit": "x", "period": "0m"}, "“0m” is no period", "field"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_what_it_does(
    law: LawPack,
    a_case: Cases,
    right: str,
    past: str,
    event: str,
    fields: dict[str, object],
    says: str,
    remedy: str,
) -> None:
    with pytest.raises(RuleRefused) as refused:
        events.refuse(law, a_case(right, "filed", past), event, fields)
    assert says in refused.value.message
    assert "Nothing was" in refused.value.message
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("note", {"text": "a", "text_fr": "b"}),
        ("objection", {"provision": "Article 54", "rows": "1-2, 3", "text_ar": "ب"}),
        ("objection", {"provision_fr": "Article 54"}),
        ("objection", {"provision": "a", "rows": ["r1", "2"]}),
        ("citation", {"number": "1234", "office": "EP", "category": "X, Y", "claims": "1-3"}),
        ("accorded", {"date": date(2026, 3, 2)}),
        ("reply", {"received": "2026-03-09"}),
    ],
)
def test_what_the_law_allows_passes(
    law: LawPack, a_case: Cases, event: str, fields: dict[str, object]
) -> None:
    events.refuse(law, a_case(), event, fields)


def test_a_day_still_to_come_is_refused(law: LawPack, a_case: Cases) -> None:
    with pytest.raises(RuleRefused, match="still to come"):
        events.refuse(law, a_case(), "note", {}, on=date(2026, 3, 3), today=date(2026, 3, 2))
    told = {"text": "called back"}
    events.refuse(law, a_case(), "note", told, on=date(2026, 3, 2), today=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("right", "event", "on", "opens"),
    [
        # eighteen months from the priority of 2025-11-03, the office's own, and not rolled
        ("patent", "filed", "2026-03-02", {"publication": "2027-05-03"}),
        ("trade_mark", "filed", "2026-03-02", {}),
        ("patent", "formalities_invited", "2026-03-12", {"reply-to-formalities": "2026-05-12"}),
        # 2026-05-02 is a Saturday
        ("patent", "formalities_invited", "2026-03-02", {"reply-to-formalities": "2026-05-04"}),
        ("trade_mark", "examination_report", "2026-01-03", {"reply-to-report": "2026-04-07"}),  # Easter
        ("design", "refusal", "2026-03-12", {"appeal": "2026-06-12"}),
        ("trade_mark", "opposition", "2026-03-12", {"counter-statement": "2026-05-12"}),
        ("trade_mark", "registration", "2027-01-11", {"renewal": "2036-03-03"}),  # a Sunday
        ("design", "registration", "2027-01-11", {"design-renewal": "2031-03-03"}),  # a Sunday
        ("patent", "grant", "2029-03-01", {"annuity": "2029-03-02"}),
        ("patent", "grant", "2029-03-02", {"annuity": "2030-03-04"}),  # a Saturday
        ("trade_mark", "designation_notified", "2026-03-12", {"madrid-refusal": "2027-09-13"}),  # a Sunday
        ("design", "designation_notified", "2026-03-12", {"hague-refusal": "2026-09-14"}),  # a Saturday
        ("trade_mark", "provisional_refusal", "2026-03-12", {"reply-to-provisional-refusal": "2026-05-12"}),
        ("patent", "note", "2026-03-12", {}),
        ("patent", "letter_issued", "2026-03-12", {}),
    ],
)
def test_an_event_opens_its_limits(
    law: LawPack, a_case: Cases, right: str, event: str, on: str, opens: dict[str, str]
) -> None:
    opened = events.opened(law, a_case(right), event, date.fromisoformat(on))
    assert {d.rule: d.last_day.isoformat() for d in opened} == opens
    for deadline in opened:
        assert deadline.id == ""
        assert deadline.state is LimitState.RUNNING
        assert deadline.provision and deadline.name
        assert deadline.steps[0].rule == deadline.rule
        assert deadline.unrolled <= deadline.last_day


def test_the_offices_own_clocks_are_marked(law: LawPack) -> None:
    own = {rule.id for rule in law.limits.values() if rule.owner is Owner.OFFICE}
    assert own == {"publication", "madrid-refusal", "hague-refusal", "dependency"}
    assert {rule.id for rule in law.limits.values() if rule.silence} == {"madrid-refusal", "hague-refusal"}


def test_another_filing_date_replaces_the_limits_that_count_from_it(law: LawPack, a_case: Cases) -> None:
    case = happens(law, a_case(priorities=()), "filed", date(2026, 3, 2))
    again = happens(law, case, "filed", date(2026, 3, 2))
    assert [d.rule for d in again.deadlines] == ["publication"], "the same day opens nothing new"
    moved = happens(law, case, "accorded", date(2026, 3, 20), date="2026-03-16")
    assert [(str(d.state), d.last_day) for d in moved.deadlines] == [
        ("lifted", date(2027, 9, 2)), ("running", date(2027, 9, 16)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "on", "fields", "state"),
    [
        ("reply", "2026-06-10", {}, "met"),
        ("reply", "2026-06-15", {}, "met"),  # the last day, rolled
        ("reply", "2026-06-16", {}, "running"),  # too late
        ("amendment", "2026-04-01", {}, "met"),
        ("reply", "2026-04-01", {"limit": "reply-to-report"}, "met"),
        ("reply", "2026-04-01", {"limit": "l1"}, "met"),
        ("reply", "2026-04-01", {"limit": "appeal"}, "running"),
        ("withdrawal", "2026-04-01", {}, "lifted"),  # ends the case
        ("grant", "2026-04-01", {}, "lifted"),  # closes it
        ("note", "2026-04-01", {}, "running"),
    ],
)
def test_an_event_ends_limits(
    law: LawPack, a_case: Cases, event: str, on: str, fields: dict[str, object], state: str
) -> None:
    limit = running(law, "reply-to-report", date(2026, 3, 13))  # until Sat 13, rolled to Mon 15 June
    case = a_case(deadlines=(limit,))
    closed = events.closed(law, case, event, date.fromisoformat(on), fields)
    assert [str(d.state) for d in closed] == ([] if state == "running" else [state])


def test_a_limit_passed_is_met_by_what_happened_before_its_last_day(law: LawPack, a_case: Cases) -> None:
    """Recorded late, but done in time: the day it happened counts, not the day it was typed."""
    late = replace(running(law, "reply-to-report", date(2026, 3, 2)), state=LimitState.MISSED)
    case = a_case(deadlines=(late,))
    assert events.closed(law, case, "reply", date(2026, 5, 29))[0].state is LimitState.MET
    assert events.closed(law, case, "reply", date(2026, 7, 1)) == ()


def test_met_and_lifted_limits_stay_as_they_are(law: LawPack, a_case: Cases) -> None:
    done = tuple(
        replace(running(law, "reply-to-report", date(2026, 3, 2), str(state)), state=state)
        for state in (LimitState.MET, LimitState.LIFTED)
    )
    assert events.closed(law, a_case(deadlines=done), "withdrawal", date(2026, 4, 1)) == ()


def test_an_extension_replaces_the_limit_and_tells_both_reckonings(law: LawPack, a_case: Cases) -> None:
    limit = running(law, "reply-to-report", date(2026, 3, 13))
    case = a_case(deadlines=(limit,))
    fields = {"limit": "reply-to-report", "period": "1m"}
    events.refuse(law, case, "extension", fields)
    after = happens(law, case, "extension", date(2026, 6, 1), **fields)
    assert [(str(d.state), d.unrolled, d.last_day) for d in after.deadlines] == [
        ("lifted", date(2026, 6, 13), date(2026, 6, 15)),
        ("running", date(2026, 7, 13), date(2026, 7, 13)),  # counted from the unrolled 13 June
    ]
    assert after.deadlines[1].steps[: len(limit.steps)] == limit.steps
    with pytest.raises(RuleRefused, match="was extended before"):
        events.refuse(law, after, "extension", fields)


@pytest.mark.parametrize(
    ("rule", "period", "says"),
    [
        ("reply-to-report", "3m", "by 2 months at most, not by 3 months"),
        ("reply-to-report", "90d", "by 2 months at most, not by 90 days"),
        ("reply-to-report", "62d", "by 2 months at most, not by 62 days"),  # 13 June to 13 August is 61
        ("appeal", "1m", "allows no extension of “appeal”"),
    ],
)
def test_an_extension_beyond_the_law_is_refused(
    law: LawPack, a_case: Cases, rule: str, period: str, says: str
) -> None:
    case = a_case(deadlines=(running(law, rule, date(2026, 3, 13)),))
    with pytest.raises(RuleRefused) as refused:
        events.refuse(law, case, "extension", {"limit": rule, "period": period})
    assert says in refused.value.message


@pytest.mark.parametrize(
    ("served", "last_day"),
    [
        ("2026-03-09", None),
        ("2026-03-10", "2026-05-04"),
        ("2026-03-13", "2026-05-06"),
        ("2026-04-20", "2026-06-15"),
    ],
)
def test_a_letter_that_arrives_late_gives_days_back(
    law: LawPack, a_case: Cases, served: str, last_day: str | None
) -> None:
    """Dated 2 March; PCT Rule 80.6 gives back the days beyond seven."""
    limit = running(law, "reply-to-formalities", date(2026, 3, 2), "l7")
    letter = LetterEntry(
        "x1", "formalities-invitation", "L-2026/0001", "issued", date(2026, 3, 2), "", "", opens="l7"
    )
    case = a_case(deadlines=(limit,), letters=(letter,))
    after = happens(law, case, "letter_served", date.fromisoformat(served), letter="x1")
    states = [(str(d.state), d.last_day.isoformat()) for d in after.deadlines]
    if last_day is None:
        assert states == [("running", "2026-05-04")]
    else:
        assert states == [("lifted", "2026-05-04"), ("running", last_day)]


def test_a_template_opens_the_limit_the_pack_says(law: LawPack, a_case: Cases) -> None:
    letter = replace(law.letters["filing-receipt"], opens="appeal")
    other = replace(law, letters={**law.letters, "filing-receipt": letter})
    opened = events.opened(
        other, a_case(), "letter_issued", date(2026, 3, 12), {"template": "filing-receipt"}
    )
    assert [d.rule for d in opened] == ["appeal"]
    assert events.opened(other, a_case(), "letter_issued", date(2026, 3, 12), {}) == ()


def test_renewals_keep_to_the_anniversaries_of_the_filing(law: LawPack, a_case: Cases) -> None:
    """Early, in time, in the period of grace: the next one is ten years on from the one before."""
    case = a_case("trade_mark")
    for event, on in [
        ("registration", date(2027, 1, 11)),
        ("renewal", date(2035, 10, 1)),  # five months early
        ("renewal_overdue", date(2046, 3, 5)),
        ("renewal", date(2046, 8, 1)),  # in the period of grace
    ]:
        events.refuse(law, case, event, {})
        case = happens(law, case, event, on)
    assert [(d.rule, d.unrolled.isoformat(), str(d.state)) for d in case.deadlines] == [
        ("renewal", "2036-03-02", "met"),
        ("renewal", "2046-03-02", "running"),  # passed unmet; the kernel calls it missed
        ("renewal-grace", "2046-09-05", "met"),
        ("renewal", "2056-03-02", "running"),
    ]


@pytest.mark.parametrize(
    ("right", "past", "code", "standard"),
    [
        ("patent", (), "received", "A-1"),
        ("patent", ("filed",), "filed", "A-1-A10"),
        ("patent", ("filed", "note"), "filed", "A-1-A10"),
        ("patent", ("filed", "objection", "published"), "under_examination", "A-2-D10"),
        ("patent", ("filed", "published"), "published", "A-2-Q10"),
        ("patent", ("filed", "grant", "examination_report"), "granted", "A-4-F10"),
        ("trade_mark", ("filed", "registration"), "registered", "A-4"),
        ("design", ("filed", "registration", "renewal"), "renewed", "A-4"),
        ("patent", ("filed", "!grant"), "filed", "A-1-A10"),
        ("patent", ("filed", "refusal", "appeal"), "under_appeal", "A-2-V10"),
        ("patent", ("filed", "treated_as_withdrawn", "reinstatement"), "reinstated", "A-2-C10"),
        ("design", ("filed", "grant"), "filed", "A-1"),  # no event of a design
    ],
)
def test_a_status_follows_from_the_events(
    law: LawPack,
    happened: Callable[..., tuple[Event, ...]],
    right: str,
    past: tuple[str, ...],
    code: str,
    standard: str,
) -> None:
    status = standing(law, right, (), happened(*past))[0]
    assert (status.code, status.st27) == (code, standard)
    assert status.name


def test_a_status_says_since_when_and_speaks_the_language(
    law: LawPack, happened: Callable[..., tuple[Event, ...]]
) -> None:
    status = standing(law, "patent", (), happened("filed", "objection", "examination_report"), "fr")[0]
    assert (status.name, status.since) == ("En cours d'examen", date(2026, 3, 3))


def test_a_law_without_statuses_gives_an_empty_one(law: LawPack) -> None:
    assert standing(replace(law, statuses=()), "patent", (), ())[0].code == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), right=st.sampled_from(RIGHTS))
def test_any_allowed_course_of_events_keeps_its_limits_and_a_status(
    law: LawPack, a_case: Cases, data: st.DataObject, right: str
) -> None:
    """Whatever happens in an order the law allows: a status, no limit lost, ended ones stay ended."""
    case, on = a_case(right), date(2026, 3, 2)
    for _turn in range(data.draw(st.integers(1, 8))):
        rule = data.draw(st.sampled_from(events.allowed(law, case)))
        on = date.fromordinal(on.toordinal() + data.draw(st.integers(0, 200)))
        fields: dict[str, object] = dict.fromkeys(rule.required, "x")
        if set(rule.fields.values()) & {"objection", "priority"}:
            continue  # names something else of the case; tried in the flows
        if rule.id == "extension":
            extendable = [d for d in case.deadlines if law.limits[d.rule].extend and len(d.steps) < 4]
            alive = [d for d in extendable if d.state is LimitState.RUNNING and d.last_day >= on]
            if not alive:
                continue
            fields = {"limit": alive[0].id}
        if rule.row_status:
            reach = rows.chosen_rows(law, rule, case.rows, {})
            named = data.draw(st.lists(st.sampled_from(reach), unique_by=lambda row: row.id)) if reach else []
            fields["rows"] = ",".join(row.label for row in named)
            try:
                events.refuse(law, case, rule.id, fields)
            except RuleRefused:
                continue  # nothing it could act on, or nothing would be left
        events.refuse(law, case, rule.id, fields)
        after = happens(law, case, rule.id, on, **fields)
        assert after.status.code
        assert any(row.live for row in after.rows) is not is_closed(law, after)
        assert [d.id for d in after.deadlines[: len(case.deadlines)]] == [d.id for d in case.deadlines]
        for before, now in zip(case.deadlines, after.deadlines, strict=False):
            assert before.state in (LimitState.RUNNING, now.state)
            assert (before.unrolled, before.last_day) == (now.unrolled, now.last_day)
        case = after
