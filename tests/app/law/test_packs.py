"""Law packs on disk: the bundled one is sound, broken ones are refused with the line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.findings import Severity
from app.errors import FileRefused, OfficeError
from app.paths import resources
from app.storage import lawpacks
from app.storage.lawlines import Lines
from app.storage.lawschema import PACK, TABLES

MODEL = resources() / "law" / "model"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the model pack to break."""
    return Path(shutil.copytree(MODEL, tmp_path / "pack"))


def line_of(file: Path, text: str, nth: int = 1) -> int:
    """The line (from 1) of the nth occurrence of `text`."""
    places = [n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line]
    return places[nth - 1]


def change(file: Path, old: str, new: str) -> int:
    """Put `new` where `old` stands first; the line (from 1) on which that is."""
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_model_pack_is_sound() -> None:
    assert lawpacks.check(MODEL) == ()


def test_every_rule_of_the_model_pack_names_its_provision() -> None:
    law = lawpacks.load(MODEL)
    rules = [*law.rights.values(), *law.events.values(), *law.limits.values(), *law.checks,
             *law.letters.values(),
             *law.fees.values(), *law.calendars.values()]  # fmt: skip
    assert len(rules) > 90
    assert all(rule.provision for rule in rules)


def test_the_model_pack_speaks_its_three_languages() -> None:
    law = lawpacks.load(MODEL)
    for rule in [
        *law.rights.values(),
        *law.events.values(),
        *law.statuses,
        *law.limits.values(),
        *law.checks,
    ]:
        assert set(rule.name) == {"en", "fr", "ar"}
    ours = [letter for letter in law.letters.values() if not letter.addressee]
    assert {letter.languages for letter in ours} == {("en", "fr", "ar")}
    assert all({"patent", "utility_model", "trade_mark", "design"} <= set(letter.rights) for letter in ours)


def test_a_pack_is_read_as_values() -> None:
    law = lawpacks.load(MODEL)
    reply = law.limits["reply-to-report"]
    assert (reply.period, reply.roll, reply.calendar, str(reply.owner)) == (
        "3m",
        "next-open",
        "office",
        "applicant",
    )
    assert reply.extend is not None and (reply.extend.max, reply.extend.counted_from) == ("2m", "unrolled")
    office = law.calendars["office"]
    assert office.rest == (5, 6)
    assert office.yearly[5, 1] == "Labour Day"
    assert office.easter == {-2: "Good Friday", 1: "Easter Monday"}
    assert office.closed[date(2026, 3, 20)].startswith("Eid al-Fitr")
    assert law.rights["patent"].series.format(year=2026, serial=7) == "XX/P/2026/000007"
    assert law.letters["objection"].series.format(year=2026, serial=7) == "L-2026/0007"
    assert Path(law.letters_folder, law.letters["objection"].file).is_file()


BROKEN = [
    # file, what stands there, what stands there instead, how many lines below that the fault is, what is said
    ("limits.toml", 'period = "3m"', 'period = "3x"', 0, "“3x” is not a period."),
    ("limits.toml", 'period = "3m"', 'period = "0d"', 0, "“0d” is no period"),
    ("limits.toml", 'period = "3m"', "period = 3", 0, "period: a text in quotes is wanted."),
    ("limits.toml", 'period = "18m"', 'perod = "18m"', 0, "“perod” is not known here. Known: id,"),
    ("limits.toml", 'period = "18m"\n', "", -5, "“period” is missing."),
    ("limits.toml", 'roll = "none"', 'roll = "back"', 0, "“back” is none of next-open, previous-open, none"),
    ("limits.toml", 'owner = "office"', 'owner = "court"', 0, "“court” is none of applicant, office"),
    ("limits.toml", 'max = "2m"', 'max = "2q"', 0, "“2q” is not a period."),
    ("limits.toml", 'from = "unrolled"', 'from = "today"', 0, "“today” is none of unrolled, rolled"),
    ("limits.toml", 'extend = { max = "2m", from = "unrolled" }', "extend = true", 0,
     "an extension is written"),
    ("limits.toml", 'calendar = "office"', 'calendar = "moon"', 0,
     "calendar names “moon”, which does not stand in calendars.toml."),
    ("limits.toml", 'opened_by = ["examination_report"]', 'opened_by = ["report"]', 0,
     "opened_by names “report”, which does not stand in events.toml."),
    ("limits.toml", 'opened_by = ["opposition"]', 'opened_by = [\n  "opposition",  # "gone"\n  "gone",\n]', 2,
     "opened_by names “gone”"),
    ("limits.toml", 'on_miss = "lapse"', 'on_miss = "lapsed"', 0, "on_miss names “lapsed”"),
    ("limits.toml", 'id = "renewal"', 'id = "appeal"', 0, "“appeal” stands here a second time."),
    ("limits.toml", 'id = "appeal"', 'id = "An Appeal"', 0,
     "“An Appeal” is not written like reply-to-objection"),
    ("limits.toml", 'rights = ["design"]', 'rights = ["designs"]', 0,
     "rights names “designs”, which does not stand in rights.toml."),
    ("limits.toml", 'on_miss = "refusal"', 'on_miss = "examination_report"', 0,
     "on_miss goes in a circle: reply-to-report → examination_report → reply-to-report."),
    ("limits.toml", "[[limit]]", "[[limits]]", 0, "“limits” is not known here; this file holds [[limit]]."),
    ("events.toml", 'allowed_when = ["opposed"]', 'allowed_when = ["opposition"]', 0,
     "allowed_when names “opposition”, which does not stand in statuses.toml."),
    ("events.toml", 'date = "date"', 'date = "day"', 0, "“day” is none of text, date, number"),
    ("events.toml", 'required = ["reasons"]', 'required = ["reason"]', 0,
     "required names “reason”, which is none of the event's fields."),
    ("events.toml", 'en = "Note", ', "", 0, "the English text (en) is missing"),
    ("events.toml", 'fields = { text = "text" }', 'fields = { words = "text" }', -3,
     "An event “note” with the field text must be allowed"),
    ("events.toml", 'id = "note"', 'id = "note"\ntwo_person = "no"', 1,
     "two_person: true or false is wanted."),
    ("statuses.toml", 'after = ["grant"]', 'after = "grant"', 0, "after: a list of texts is wanted"),
    ("statuses.toml", 'after = ["grant"]', 'after = ["granted"]', 0, "after names “granted”"),
    ("statuses.toml", 'only_from = ["received"]', 'only_from = ["new"]', 0, "only_from names “new”"),
    ("statuses.toml", 'code = "filed"', 'code = "received"', 0, "“received” stands here a second time."),
    ("calendars.toml", '"05-01" = "Labour Day"', '"05-32" = "Labour Day"', 0, "“05-32” is no day of a year"),
    ("calendars.toml", "2026-03-20 = ", "2026-02-30 = ", 0, "“2026-02-30” is not a date"),
    ("calendars.toml", '"-2" = ', '"Friday" = ', 0, "“Friday” is not written like"),
    ("calendars.toml", '"saturday", ', '"saterday", ', 0, "“saterday” is none of monday, tuesday"),
    ("calendars.toml", 'version = "2026-1"\n', "", -3, "“version” is missing."),
    ("checklists.toml", 'test = "claims_present"', 'test = "claims"', 0,
     "No test “claims”. Known: abstract_length,"),
    ("checklists.toml", 'how = "eye"', 'how = "eye"\ntest = "title_given"', 1, "A check by eye has no test."),
    ("checklists.toml", 'how = "record"', 'how = "machine"', 0, "“machine” is none of record, eye"),
    ("checklists.toml", 'letter = "formalities-invitation"', 'letter = "C5"', 0,
     "letter names “C5”, which does not stand in letters/letters.toml."),
    ("checklists.toml", 'severity = "error"', 'severity = "fatal"', 0,
     "“fatal” is none of error, warning, note"),
    ("fees.toml", 'amount = "120.00"', "amount = 120.0", 0, "“120.0” is not written like 120.00"),
    ("fees.toml", 'due_on = "annuity"', 'due_on = "annual"', 0, "neither an event nor a limit"),
    ("rights.toml", "{serial:06}", "{number}", 0, "is not written like XX/P/{year}/{serial:06}"),
    ("rights.toml", 'row_kind = "claim"', 'row_kind = "page"', 0, "“page” is none of class, claim, design"),
    ("letters/letters.toml", 'file = "objection.typ"', 'file = "../events.toml"', 0,
     "is not written like filing-receipt.typ"),
    ("letters/letters.toml", 'file = "objection.typ"', 'file = "gone.typ"', 0,
     "The template gone.typ does not lie in the folder letters."),
    ("letters/letters.toml", 'languages = ["en", "fr", "ar"]', 'languages = ["en", "es"]', 0,
     "“es” is no language of the pack."),
    ("letters/letters.toml", 'opens = "reply-to-report"', 'opens = "reply"', 0, "opens names “reply”"),
    ("letters/letters.toml", 'event = "examination_report"', 'event = "report"', 0, "event names “report”"),
    ("pack.toml", "valid_from = 2020-01-01", 'valid_from = "2020-01-01"', 0,
     "a date is wanted, without quotes"),
    ("pack.toml", "valid_from = 2020-01-01", "valid_from = 2020-01-01T00:00:00", 0, "a date is wanted"),
    ("pack.toml", "valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-12-31", 1,
     "valid_to lies before valid_from."),
    ("pack.toml", 'jurisdiction = "XX"', 'jurisdiction = "Xland"', 0, "“Xland” is not written like XX"),
    ("pack.toml", '["en", "fr", "ar"]', '["english"]', 0, "“english” is not a language's two letters"),
    ("pack.toml", 'version = "1.0"', 'version = "../1"', 0, "is not written like 1.0"),
    ("vectors.toml", "last_day = 2026-05-06", "last_day = 2026-05-07", 0,
     "last_day should be 2026-05-07, and the rules give 2026-05-06."),
    ("vectors.toml", "unrolled = 2013-02-28", "unrolled = 2013-03-01", 0,
     "unrolled should be 2013-03-01, and the rules give 2013-02-28."),
    ("vectors.toml", 'limit = "publication"', 'limit = "publish"', 0, "limit names “publish”"),
    ("vectors.toml", 'limit = "publication"\n', "", -2, "“period” or “limit” is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "below", "says"), BROKEN, ids=lambda value: str(value)[:40])
def test_a_fault_is_told_with_its_line(
    pack: Path, file: str, old: str, new: str, below: int, says: str
) -> None:
    line = change(pack / file, old, new) + below
    found = [f for f in lawpacks.check(pack) if f.severity is Severity.ERROR]
    told = next((f for f in found if says in f.message), None)
    assert told is not None, [f.message for f in found]
    assert told.where == f"{file}, line {line}"
    with pytest.raises(FileRefused) as refused:
        lawpacks.load(pack)
    assert refused.value.message.startswith(f"The law pack {pack.name} cannot be used. {file}, line ")
    assert refused.value.message.endswith("The pack was not loaded.")
    assert refused.value.line


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("limits.toml", '[[limit]]\nid = "a"\nname = {\n', 3, "stops making sense at line 3"),
        ("events.toml", '[[event]]\nid = "a"\nid = "b"\n', 3, "stops making sense at line 3"),
        ("fees.toml", "[[fee]\n", 1, "stops making sense at line 1"),
        ("pack.toml", 'name = "model', 1, "stops making sense at line 1"),
        ("pack.toml", "name = " + "9" * 5000, 1, "stops making sense"),
        ("pack.toml", "name = " + "[" * 20_000, None, "nested too deeply"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(
    pack: Path, file: str, text: str, line: int | None, says: str
) -> None:
    (pack / file).write_text(text, "utf-8")
    with pytest.raises(FileRefused) as refused:
        lawpacks.load(pack)
    assert says in refused.value.message
    assert file in refused.value.message
    assert refused.value.line == line
    (found,) = lawpacks.check(pack)
    assert found.severity is Severity.ERROR and says in found.message


def test_what_is_no_text_is_refused_with_its_line(pack: Path) -> None:
    (pack / "limits.toml").write_bytes(b'# one\n# two\nname = "\xff"\n')
    with pytest.raises(FileRefused, match=r"limits.toml stops making sense at line 3 \(it is not UTF-8"):
        lawpacks.load(pack)


def test_a_file_that_is_missing_is_told(pack: Path) -> None:
    (pack / "limits.toml").unlink()
    assert [f.where for f in lawpacks.check(pack)] == ["limits.toml"]
    with pytest.raises(FileRefused, match="The file is missing"):
        lawpacks.load(pack)


@pytest.mark.parametrize("file", ["fees.toml", "vectors.toml"])
def test_fees_and_vectors_may_be_left_out(pack: Path, file: str) -> None:
    (pack / file).unlink()
    assert lawpacks.load(pack).name == "model"


def test_all_faults_are_told_at_once(pack: Path) -> None:
    change(pack / "limits.toml", 'period = "3m"', 'period = "x"')
    change(pack / "events.toml", 'en = "Note", ', "")
    change(pack / "rights.toml", 'row_kind = "claim"', "")
    assert len(lawpacks.check(pack)) == 3
    with pytest.raises(FileRefused, match="2 more places are wrong"):
        lawpacks.load(pack)


def test_a_name_without_one_of_the_languages_is_a_warning(pack: Path) -> None:
    change(pack / "events.toml", ', ar = "ملاحظة"', "")
    (found,) = lawpacks.check(pack)
    line = line_of(pack / "events.toml", 'name = { en = "Note", fr = "Note" }')
    assert (found.severity, found.where) == (Severity.WARNING, f"events.toml, line {line}")
    assert found.message == "name has no text in ar."
    assert lawpacks.load(pack).name == "model"


def test_a_circle_through_several_limits_is_found(pack: Path) -> None:
    """renewal → renewal_overdue → renewal-grace → registration → renewal."""
    change(pack / "limits.toml", 'on_miss = "lapse"', 'on_miss = "registration"')
    circles = [f.message for f in lawpacks.check(pack)]
    assert (
        "on_miss goes in a circle: renewal → renewal_overdue → renewal-grace → registration → renewal."
        in circles
    )


def test_a_folder_without_pack_toml_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="is no law pack"):
        lawpacks.load(tmp_path)


@pytest.mark.parametrize("name", ["", "..", "../law", "gone", "model-9", "/etc", "Model"])
def test_a_pack_nobody_has_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(OfficeError, match="no law pack") as refused:
        lawpacks.find(name)
    assert "model" in refused.value.remedy


def test_the_newest_installed_pack_comes_first(pack: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    for version in ("1.2", "1.10", "1.9"):
        shutil.copytree(pack, shelf / f"model-{version}")
    (shelf / ".coming-1").mkdir()
    assert lawpacks.find("model", shelf).name == "model-1.10"
    assert lawpacks.find("model-1.2", shelf).name == "model-1.2"
    assert lawpacks.find("model", tmp_path / "none") == MODEL


@pytest.mark.parametrize(
    ("text", "place", "mention", "line"),
    [
        ("a = 1\nb = 2", ("b",), "", 2),
        ("[t]\na = 1\n[t.u]\nb = 2", ("t", "u", "b"), "", 4),
        ("[[t]]\na = 1\n\n[[t]]\na = 2", ("t", 1, "a"), "", 5),
        ("[[t]]\n[t.u]\na = 1\n[[t]]\n[t.u]\na = 2", ("t", 1, "u", "a"), "", 6),
        ("[[t]]\n[[t.u]]\na = 1\n[[t.u]]\na = 2", ("t", 0, "u", 1, "a"), "", 5),
        ('a.b = 1\n"c.d".e = 2', ("c.d", "e"), "", 2),
        ('a = [\n  "x",\n  "y",\n]\nb = 1', ("a",), "y", 3),
        ('a = [\n  "x",\n  "y",\n]\nb = 1', ("b",), "", 5),
        ('a = """\nb = 1\n"""\nb = 2', ("b",), "", 4),
        ("a = '''\n[t]\n'''\nb = 2", ("b",), "", 4),
        ('a = "[" # ]\nb = { x = "}" }\nc = 3', ("c",), "", 3),
        ('a = "\\"["\nb = 1', ("b",), "", 2),
        ("# a = 1\n  a = 2", ("a",), "", 2),
        ("a = 1", ("gone", "too"), "", 1),
        ("[t]\na = { b = 1 }", ("t", "a", "b"), "", 2),
    ],
)
def test_a_place_is_found_on_its_line(
    text: str, place: tuple[str | int, ...], mention: str, line: int
) -> None:
    assert Lines(text).of(place, mention) == line


@given(st.text(alphabet="[]{}=\"'#\\ab.\n", max_size=60))
def test_lines_of_any_text_are_found_without_harm(text: str) -> None:
    assert Lines(text).of(("a",)) >= 1


def test_the_manual_of_packs_names_every_key_and_marks_those_that_must_be_there() -> None:
    """`resources/law/README.md` beside the schema: neither can change alone."""
    text = (resources() / "law" / "README.md").read_text("utf-8")
    for file, keys in {"pack.toml": PACK, **{file: keys for file, (_array, keys) in TABLES.items()}}.items():
        section = text.partition(f"## {file}")[2].partition("\n## ")[0]
        for name, key in keys.items():
            assert f"`{name}`" in section, f"{file}: {name}"
            assert (f"`{name}`*" in section) is key.must, f"{file}: {name} must be there: {key.must}"
