"""`law what-if` in an office: which running limits another law would move, drop or open."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.cli.main import run
from app.paths import resources
from app.services import cases, closures, laws, offices
from app.services.offices import Office

LAW = resources() / "law"
TODAY = date(2026, 3, 16)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office under the thin pack `friday` with limits of every kind of start."""
    folder = tmp_path / "office"
    with offices.init_office(folder, law="friday", officer="Salma", today=date(2026, 3, 1)) as office:
        first = cases.new(office, "patent", {"title": "A", "filing_date": "2026-02-10"}).case.id
        cases.record(office, first, "formalities_invited", on=date(2026, 3, 1))
        second = cases.new(office, "trade_mark", {"title": "B", "filing_date": "2026-01-04"}).case.id
        cases.record(office, second, "published", on=date(2026, 3, 1))
        third = cases.new(office, "design", {"title": "C", "filing_date": "2026-01-05"}).case.id
        cases.record(office, third, "published", on=date(2026, 1, 10))
        cases.record(office, third, "registration", on=date(2026, 1, 20))
    return offices.open_office(folder, today=TODAY)


@pytest.fixture
def changed(tmp_path: Path):
    """A copy of the pack with words replaced: file, old, new, ..."""

    def make(*edits: tuple[str, str, str], name: str = "friday") -> Path:
        folder = tmp_path / f"new-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(LAW / name, folder)
        (folder / "vectors.toml").unlink()
        for file, old, new in edits:
            text = (folder / file).read_text("utf-8")
            assert old in text, old
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return make


def told(office: Office, new: Path | str) -> list[tuple[str, str, str | None, str | None]]:
    """Number, rule, old and new last day of what changes."""
    with office:
        found = laws.what_if("friday", str(new), office=office).limits
    assert all(one.why for one in found)
    return [(x.number[3:4], x.rule, x.old and str(x.old), x.new and str(x.new)) for x in found]


def test_the_same_law_changes_nothing(office: Office) -> None:
    assert told(office, "friday") == []


EDITS = {
    # Served on 11 March; two months are 11 May. Served on the fourth day: 5 March, and 5 May.
    "service": (
        [("limits.toml", 'served_after = "10d"', 'served_after = "4d"')],
        [("P", "reply-to-formalities", "2026-05-11", "2026-05-05")],
    ),
    "period": (
        [("limits.toml", 'period = "60d"\nroll = "next-open"\ncalendar = "office"\nowner = "office"',
          'period = "90d"\nroll = "next-open"\ncalendar = "office"\nowner = "office"')],
        # 1 March and sixty days: 30 April, a Thursday; and ninety: 30 May, a Saturday.
        [("M", "opposition", "2026-04-30", "2026-05-31")],
    ),
    "counted from": (
        # Ten years from registration, not from filing, for marks alone: the design keeps its day.
        [("limits.toml", 'period = "5y"\ncounted_from = "anniversary"', 'period = "5y"')],
        # 5 January 2031 is a Sunday, 20 January a Monday.
        [("D", "design-renewal", "2031-01-05", "2031-01-20")],
    ),
    "anniversary of another length": (
        [("limits.toml", 'period = "5y"', 'period = "7y"')],
        [("D", "design-renewal", "2031-01-05", "2033-01-05")],
    ),
    "rolling": (
        [("limits.toml", 'counted_from = "priority"\nroll = "none"',
          'counted_from = "filing"\nroll = "previous-open"'),
         ("limits.toml", 'period = "18m"', 'period = "17m"')],
        # 10 July 2027 is a Saturday; Thursday is the last open day before.
        [("P", "publication", "2027-08-10", "2027-07-08")],
    ),
    "calendar": (
        [("calendars.toml", '"09-23" = "National Day"', '"04-30" = "Queen\'s Day"')],
        # Thursday is closed now, so Sunday.
        [("M", "opposition", "2026-04-30", "2026-05-03")],
    ),
    "a limit that is gone": (
        [("limits.toml", 'id = "opposition"', 'id = "challenge"')],
        [("M", "opposition", "2026-04-30", None), ("M", "challenge", None, "2026-04-30")],
    ),
    "another right": (
        [("limits.toml", 'rights = ["patent"]\nperiod = "18m"', 'rights = ["design"]\nperiod = "18m"')],
        [("P", "publication", "2027-08-10", None)],
    ),
    "a limit that opens now": (
        [("limits.toml", 'id = "appeal"', 'id = "use"'),
         ("limits.toml", 'opened_by = ["refusal", "treated_as_withdrawn"]', 'opened_by = ["registration"]'),
         ("limits.toml", 'met_by = ["appeal"]', 'met_by = ["surrender"]')],
        # Sixty days from 20 January: 21 March, Eid al-Fitr, until Sunday the 22nd.
        [("D", "use", None, "2026-03-23")],
    ),
    "one that would have ended": (
        [("limits.toml", 'id = "appeal"', 'id = "use"'),
         ("limits.toml", 'opened_by = ["refusal", "treated_as_withdrawn"]\nperiod = "60d"',
          'opened_by = ["registration"]\nperiod = "30d"')],
        [],
    ),
    "one that was met": (
        [("limits.toml", 'id = "appeal"', 'id = "use"'),
         ("limits.toml", 'opened_by = ["refusal", "treated_as_withdrawn"]', 'opened_by = ["published"]'),
         ("limits.toml", 'met_by = ["appeal"]', 'met_by = ["registration"]')],
        [("M", "use", None, "2026-04-30")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_limits_are_counted_by_the_new_law(name: str, office: Office, changed) -> None:
    edits, expected = EDITS[name]
    assert sorted(told(office, changed(*edits)), key=str) == sorted(expected, key=str)


def test_an_extension_stays_and_days_of_the_office_count(office: Office, changed) -> None:
    case = next(line.id for line in cases.docket(office) if line.right == "patent")
    cases.record(office, case, "extension", on=date(2026, 3, 10), fields={"limit": "reply-to-formalities"})
    closures.close(office, [date(2026, 6, 7)], "Gazette 30")
    # One month from 11 May: 11 June. By the new law served on the sixth day, 7 March: 7 May, a Thursday;
    # one month from there is 7 June, a Sunday the office is closed on.
    new = changed(("limits.toml", 'served_after = "10d"', 'served_after = "6d"'))
    assert told(office, new) == [("P", "reply-to-formalities", "2026-06-11", "2026-06-08")]


def test_a_limit_that_passed_is_left_alone(office: Office, changed) -> None:
    office.close()
    late = offices.open_office(office.path, today=date(2026, 7, 1))
    new = changed(("limits.toml", 'served_after = "10d"', 'served_after = "4d"'))
    assert told(late, new) == []


def test_the_command_tells_case_and_days(
    office: Office, changed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    monkeypatch.setattr(Office, "today", TODAY)
    new = changed(("limits.toml", 'served_after = "10d"', 'served_after = "4d"'))
    words = ["--office", str(office.path), "law", "what-if", "friday", str(new)]
    assert run(["--json", *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    (limit,) = answer["limits"]
    assert set(limit) == {"case", "number", "rule", "old", "new", "why"}
    assert (limit["number"], limit["rule"]) == ("QX/P/2026/00001", "reply-to-formalities")
    assert (limit["old"], limit["new"]) == ("2026-05-11", "2026-05-05")
    assert limit["why"] == "served_after: 10d → 4d"
    assert run(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert "Running limits of this office that would change: 1" in said
    assert "QX/P/2026/00001  reply-to-formalities: 2026-05-11 → 2026-05-05  (served_after: 10d → 4d)" in said


def test_without_an_office_only_the_packs_are_compared(changed, capsys: pytest.CaptureFixture[str]) -> None:
    new = changed(("limits.toml", 'served_after = "10d"', 'served_after = "4d"'))
    assert run(["--json", "law", "what-if", "friday", str(new)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["limits"] == [] and len(answer["differences"]) == 1


def test_a_closure_of_the_office_moves_the_limits_of_its_branch(tmp_path: Path) -> None:
    """A limit counted by a calendar that is based on the one that was closed."""
    pack = tmp_path / "office" / "packs" / "law" / "friday-2.0"
    shutil.copytree(LAW / "friday", pack)
    (pack / "vectors.toml").unlink()
    for file, old, new in (
        ("pack.toml", 'version = "1.0"', 'version = "2.0"'),
        ("limits.toml", 'id = "opposition"', 'id = "opposition"\n#'),
    ):
        text = (pack / file).read_text("utf-8")
        (pack / file).write_text(text.replace(old, new, 1), "utf-8")
    text = (pack / "limits.toml").read_text("utf-8")
    head, _id, rest = text.partition('id = "opposition"')
    (pack / "limits.toml").write_text(
        head + 'id = "opposition"' + rest.replace('calendar = "office"', 'calendar = "port"', 1), "utf-8"
    )
    shutil.copytree(pack, tmp_path / "keep")
    shutil.rmtree(tmp_path / "office")
    with offices.init_office(tmp_path / "office", law="friday", officer="S", today=TODAY) as office:
        shutil.copytree(tmp_path / "keep", pack)
        office.store._law = None
        case = cases.new(office, "trade_mark", {"title": "B", "filing_date": "2026-01-04"}).case
        cases.record(office, case.id, "published", on=date(2026, 3, 5))
        found = closures.close(office, [date(2026, 5, 4)], "Gazette 18", calendar="office")
        # Sixty days: Monday 4 May.
        assert [(x.old, x.new) for x in found.moved] == [(date(2026, 5, 4), date(2026, 5, 5))]
        assert office.law.calendars["port"].closed[date(2026, 5, 4)] == "Gazette 18"
