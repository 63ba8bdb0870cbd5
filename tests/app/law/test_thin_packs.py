"""The two thin law packs: sound, complete, an office works under each, and every limit falls on the day that
was worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli.main import run
from app.errors import RuleRefused
from app.paths import resources
from app.services import cases, letters, offices
from app.storage import lawpacks

PACKS = resources() / "law"
THIN = ("friday", "designs")
TODAY = date(2033, 1, 1)
"""Late enough for every day of the tables."""


@pytest.mark.parametrize("name", THIN)
def test_a_thin_pack_is_sound_and_says_all_in_its_languages(name: str) -> None:
    assert lawpacks.check(PACKS / name) == ()
    law = lawpacks.load(PACKS / name)
    # Codes that ISO 3166 and ST.3 leave to their users: no real office will ever have them.
    assert law.jurisdiction[0] == "Q" and "M" <= law.jurisdiction[1] <= "Z"
    rules = [*law.rights.values(), *law.events.values(), *law.limits.values(), *law.checks,
             *law.letters.values(), *law.fees.values(), *law.calendars.values()]  # fmt: skip
    assert all(rule.provision for rule in rules)
    for rule in (*law.rights.values(), *law.events.values(), *law.limits.values(), *law.letters.values()):
        assert set(rule.name) == set(law.languages)
    assert any(one.owner == "office" for one in law.limits.values())


@pytest.mark.parametrize("name", THIN)
def test_every_event_and_status_of_a_thin_pack_can_be_reached(name: str) -> None:
    """From where a case begins, by the events that are allowed there."""
    law = lawpacks.load(PACKS / name)
    reached = {status.code for status in law.statuses if not status.after}
    events: set[str] = set()
    while True:
        allowed = {e.id for e in law.events.values() if not e.allowed_when or reached & set(e.allowed_when)}
        further = {
            s.code for s in law.statuses
            if allowed & set(s.after) and (not s.only_from or reached & set(s.only_from))
        }  # fmt: skip
        if allowed <= events and further <= reached:
            break
        events, reached = events | allowed, reached | further
    assert reached == {status.code for status in law.statuses}
    assert events == set(law.events)


@pytest.mark.parametrize("name", THIN)
def test_an_office_is_made_under_a_thin_pack(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "office")
    assert run(["--json", "office", "init", folder, "--law", name, "--officer", "Salma"]) == 0
    assert json.loads(capsys.readouterr().out)["law"] == f"{name} 1.0"
    assert run(["--json", "--office", folder, "case", "new", "design", "--field", "title=Lamp"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["law"] == {"pack": name, "version": "1.0"}
    assert made["status"]["code"] == "filed"


# What is recorded on which day, and what then stands: the status, and each limit with its last day before
# rolling, after it, and its state. Every day was worked out with a printed calendar.
FLOWS = {
    "friday, a patent from filing to grant": (
        "friday", "patent", "2026-02-10",
        [
            ("filed", "", "filed", "publication 2027-08-10 2027-08-10 running"),
            # Served on 27 March; two months end on Eid al-Adha, then Thursday, Friday, Saturday.
            ("formalities_invited", "2026-03-17 template=formalities-invitation", "filed",
             "reply-to-formalities 2026-05-27 2026-05-31 running"),
            # One month from the rolled day.
            ("extension", "2026-05-25 limit=reply-to-formalities", "filed",
             "reply-to-formalities 2026-06-30 2026-06-30 running"),
            ("reply", "2026-06-28", "filed", "reply-to-formalities 2026-06-30 2026-06-30 met"),
            ("formalities_ok", "2026-06-29", "formalities_ok", ""),
            ("grant", "2026-07-01", RuleRefused, ""),  # not before a search
            ("search_report", "2026-09-01", "searched", ""),
            ("published", "2027-08-10", "published", "publication 2027-08-10 2027-08-10 met"),
            ("grant", "2027-09-05 number=QX12", "granted", "annuity 2028-02-10 2028-02-10 running"),
        ],
    ),
    "friday, a mark that is opposed before registration": (
        "friday", "trade_mark", "2026-01-04",
        [
            ("formalities_ok", "2026-01-08", "formalities_ok", ""),
            # Served on 21 January; sixty days end on the Sunday of Eid al-Fitr.
            ("examination_report", "2026-01-11", "formalities_ok",
             "reply-to-report 2026-03-22 2026-03-23 running"),
            ("reply", "2026-03-19", "formalities_ok", "reply-to-report 2026-03-22 2026-03-23 met"),
            ("registration", "2026-04-01", RuleRefused, ""),  # not before everybody could oppose
            ("published", "2026-04-12", "published", "opposition 2026-06-11 2026-06-11 running"),
            ("opposition", "2026-06-10", "opposed", "opposition 2026-06-11 2026-06-11 met"),
            ("note", "2026-06-10 text=two-months", "opposed",
             "counter-statement 2026-08-10 2026-08-10 running"),
            ("reply", "2026-08-10", "opposed", "counter-statement 2026-08-10 2026-08-10 met"),
            ("opposition_rejected", "2026-09-20", "published", ""),
            # Ten years from filing: a Friday, then Saturday.
            ("registration", "2026-10-01", "registered", "renewal 2036-01-04 2036-01-06 running"),
        ],
    ),
    "friday, a Hague designation with twelve months": (
        "friday", "design", "2025-05-12",
        [
            # Ascension Day in Geneva; Friday is open there.
            ("designation_notified", "2025-05-14", "filed", "hague-refusal 2026-05-14 2026-05-15 running"),
            ("provisional_refusal", "2026-05-15", "provisionally_refused",
             "hague-refusal 2026-05-14 2026-05-15 met"),
            ("note", "2026-05-15 text=three-months", "provisionally_refused",
             "reply-to-provisional-refusal 2026-08-15 2026-08-16 running"),
            ("protection_granted", "2026-08-30", "registered",
             "reply-to-provisional-refusal 2026-08-15 2026-08-16 missed"),
        ],
    ),
    "designs, a deferred design from filing to lapse": (
        "designs", "design", "2026-08-20",
        [
            ("deferment_requested", "2026-08-20", "filed",
             "deferred-publication 2029-02-20 2029-02-20 running"),
            # The last Monday of October.
            ("formalities_invited", "2026-08-26", "filed",
             "reply-to-formalities 2026-10-26 2026-10-27 running"),
            ("reply", "2026-10-27", "filed", "reply-to-formalities 2026-10-26 2026-10-27 met"),
            ("formalities_ok", "2026-10-28", "formalities_ok", ""),
            ("registration", "2026-11-03", "registered", "renewal 2031-08-20 2031-08-20 running"),
            ("published", "2029-02-20", "registered", "deferred-publication 2029-02-20 2029-02-20 met"),
            # Six months more end on a Saturday.
            ("renewal_overdue", "2031-08-21", "renewal_overdue",
             "renewal-grace 2032-02-21 2032-02-23 running"),
            ("lapse", "2032-02-24", "lapsed", "renewal-grace 2032-02-21 2032-02-23 missed"),
            ("reply", "2032-02-25", RuleRefused, ""),
        ],
    ),
    "designs, a Hague designation with six months": (
        "designs", "design", "2026-03-09",
        [
            # Jeûne genevois.
            ("designation_notified", "2026-03-10", "filed", "hague-refusal 2026-09-10 2026-09-11 running"),
            ("provisional_refusal", "2026-09-11", "refused_provisionally",
             "hague-refusal 2026-09-10 2026-09-11 met"),
            ("note", "2026-09-11 text=three-months", "refused_provisionally",
             "reply-to-refusal 2026-12-11 2026-12-11 running"),
            ("reply", "2026-12-01", "refused_provisionally", "reply-to-refusal 2026-12-11 2026-12-11 met"),
            ("protection_granted", "2027-01-15", "registered", "renewal 2031-03-09 2031-03-10 running"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOWS)
def test_a_short_prosecution_by_hand_computed_days(name: str, tmp_path: Path) -> None:
    law, right, filed, acts = FLOWS[name]
    folder = tmp_path / "office"
    with offices.init_office(folder, law=law, officer="Salma", today=date.fromisoformat(filed)) as office:
        case = cases.new(office, right, {"title": "First", "filing_date": filed}).case
    for event, given, status, limit in acts:
        day, fields = _given(given)
        with offices.open_office(folder, today=day or date.fromisoformat(filed)) as office:
            if status is RuleRefused:
                with pytest.raises(RuleRefused):
                    cases.record(office, case.id, event, on=day, fields=fields)
                continue
            if day is not None:
                cases.record(office, case.id, event, on=day, fields=fields)
            case = cases.show(office, case.id)
        assert case.status.code == status, event
        rule, *wanted = limit.split() or ("",)
        found = [[str(d.unrolled), str(d.last_day), str(d.state)] for d in case.deadlines if d.rule == rule]
        assert not rule or wanted in found, (event, found)
        assert all(step.text and step.provision for d in case.deadlines for step in d.steps)
    with offices.open_office(folder) as office:
        assert offices.verify(office).ok


def _given(words: str) -> tuple[date | None, dict[str, str]]:
    if not words:
        return None, {}
    day, *fields = words.split()
    return date.fromisoformat(day), dict(field.split("=") for field in fields)


def test_a_letter_counts_as_served_and_says_so(tmp_path: Path) -> None:
    with offices.init_office(tmp_path / "office", law="friday", officer="Salma", today=TODAY) as office:
        case = cases.new(office, "patent", {"title": "Pump", "filing_date": "2026-02-10"}).case
        case = cases.record(office, case.id, "formalities_invited", on=date(2026, 6, 1)).case
        limit = next(d for d in case.deadlines if d.rule == "reply-to-formalities")
    assert [step.text for step in limit.steps[:2]] == [
        "A letter of Mon 1 Jun 2026 counts as served 10 days later, on Thu 11 Jun 2026.",
        "2 months from Thu 11 Jun 2026: the day itself is not counted, "
        "the first day counted is Fri 12 Jun 2026.",
    ]
    assert limit.steps[0].provision == "Act of QX, sections 7 and 9"


def _letters() -> Iterator[tuple[str, str]]:
    for pack in THIN:
        for letter in lawpacks.load(PACKS / pack).letters:
            yield pack, letter


@pytest.mark.parametrize(("pack", "letter"), list(_letters()))
def test_every_letter_of_a_thin_pack_is_set(pack: str, letter: str, tmp_path: Path) -> None:
    with offices.init_office(tmp_path / "office", law=pack, officer="Salma", today=TODAY) as office:
        fields = {"title": "Lantern", "applicant": "Mona Said", "filing_date": "2026-02-10"}
        case = cases.new(office, "design", fields).case
        if letter == "decision":
            cases.record(office, case.id, "refusal", on=date(2026, 4, 7), fields={"reasons": "no design"})
        if letter == "new-last-day":
            told = {"limit": "x", "name": "Appeal", "old": "2026-05-04", "day": "2026-05-05",
                    "instrument": "Gazette 3"}  # fmt: skip
            cases.record(office, case.id, "limit_moved", on=date(2026, 4, 7), fields=told)
        assert letters.preview(office, case.id, letter).startswith(b"%PDF")
