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


def test_an_amendment_is_a_version_with_its_basis(pump, tmp_path):
    desk, case = pump
    filed = {r["label"]: r["text"] for r in desk.done("case", "show", case)["rows"]}
    assert [v["number"] for v in desk.done("case", "versions", case)["versions"]] == [1]
    first = filed["1"].replace("pump", "hand pump", 1) + " It has a seal."
    done = desk.done(
        "case", "amend", case, "--row", f"1={first}", "--basis", "1=p. 3 l. 4", "--on", "2026-11-20"
    )
    assert done["version"]["number"] == 2 and done["version"]["on"] == "2026-11-20"
    assert [(r["label"], r["change"], r["basis"]) for r in done["version"]["rows"]][:2] == [
        ("1", "amended", "p. 3 l. 4"),
        ("2", "same", ""),
    ]
    assert done["findings"] == []
    told = {r["label"]: r for r in desk.done("case", "diff", case)["rows"]}
    new = [p["text"] for p in told["1"]["pieces"] if p["op"] == "new"]
    assert any("hand" in text for text in new) and any("seal" in text for text in new)
    assert told["2"]["change"] == "same"
    (tmp_path / "claims.txt").write_text(
        f"Claims\n1. {first}\n2. {filed['2']}\n11. A well with it.\n", "utf-8"
    )
    third = desk.done("case", "amend", case, "--claims", str(tmp_path / "claims.txt"))
    changes = {r["label"]: r["change"] for r in third["version"]["rows"]}
    struck = {label: "deleted" for label in filed if label not in "12"}
    assert changes == {"1": "same", "2": "same", "11": "new", **struck}
    assert "Claim 11 was amended" in third["findings"][0]["message"]
    now = {r["label"]: (r["status"], r["live"], r["text"]) for r in desk.done("case", "show", case)["rows"]}
    assert now["3"] == ("deleted", False, filed["3"]) and now["11"] == ("live", True, "A well with it.")
    whole = {r["label"]: r["change"] for r in desk.done("case", "diff", case, "--from", "1")["rows"]}
    assert whole == {"1": "amended", "2": "same", "11": "new", **struck}
    back = desk.done("case", "amend", case, "--row", f"3={filed['3']}")
    assert {r["label"]: r["change"] for r in back["version"]["rows"]}["3"] == "new"
    for _act in range(3):
        desk.done("case", "undo", case)
    assert len(desk.done("case", "versions", case)["versions"]) == 1
    assert {r["label"]: r["text"] for r in desk.done("case", "show", case)["rows"]} == filed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "either rows or a file"),
        (["--row", "99="], "no row “99”"),
        (["--row", "2=A pump.", "--basis", "1=p. 2"], "leaves as it is"),
        (["--claims", "nowhere.txt"], "cannot be read"),
    ],
)
def test_an_amendment_that_cannot_be_leaves_everything(pump, words, says):
    desk, case = pump
    before = desk.done("office", "status")
    assert says in desk("case", "amend", case, *words).document["refused"]["message"]
    rows = desk.done("case", "show", case)["rows"]
    struck = [word for row in rows for word in ("--row", f"{row['label']}=")]
    assert "would leave nothing" in desk("case", "amend", case, *struck).refused["message"]
    same = desk.done("case", "show", case)["rows"][0]["text"]
    assert "changes no text" in desk("case", "amend", case, "--row", f"1={same}").refused["message"]
    assert "no version 7" in desk("case", "diff", case, "--to", "7").refused["message"]
    assert desk.done("office", "status") == before


def test_goods_that_grew_are_told(soap):
    desk, mark = soap
    text = {r["label"]: r["text"] for r in desk.done("case", "show", mark)["rows"]}
    done = desk.done("case", "amend", mark, "--row", f"3={text['3']}; rocket fuel", "--row", "9=Computers")
    said = sorted(f["message"] for f in done["findings"])
    assert "does not cover rocket fuel" in said[0] and "Class 9 was not among" in said[1]
    desk.done("case", "undo", mark)
    assert open_findings(desk, mark, "amendment.goods") == []
    narrower = text["3"].split(";")[0].split(",")[0]
    assert desk.done("case", "amend", mark, "--row", f"3={narrower}")["findings"] == []


def test_a_grid_proposes_categories_and_follows_the_priority(pump):
    desk, case = pump
    desk.done("case", "feature", "split", case, "1")
    split = desk.done("case", "grid", case)
    count = len(split["features"])
    assert count >= 2 and "2" in split["unsplit"]
    added = desk.done("case", "feature", "add", case, "1", "a red handle")
    assert [f["number"] for f in added["features"]] == [f"1.{n}" for n in range(1, count + 2)]
    numbers = [
        f["number"] for f in desk.done("case", "feature", "remove", case, f"1.{count + 1}")["features"]
    ]
    cited = fields(office="US", number="5123456", kind_code="A", published="2015-01-05")
    desk.done("case", "record", case, "citation", *cited)
    for number in numbers:
        grid = desk.done("case", "grid-set", case, number, "US 5123456", "yes", "--passage", "col. 2")
    assert [(p["claim"], p["letters"]) for p in grid["proposals"]] == [("1", ["X"])]
    assert {(c["state"], c["passage"]) for c in grid["cells"]} == {("yes", "col. 2")}
    part = desk.done("case", "grid-set", case, numbers[0], "1", "partly")
    assert [p["category"] for p in part["proposals"]] == ["A"]
    desk.done("case", "undo", case)
    assert [p["category"] for p in desk.done("case", "grid", case)["proposals"]] == ["X"]
    for words, says in (
        (("1.99", "1", "yes"), "no feature"),
        (("1.1", "GB 1", "yes"), "cites no document"),
    ):
        assert says in desk("case", "grid-set", case, *words).refused["message"]
    assert desk("case", "grid-set", case, "1.1", "1", "perhaps").status == 2
    assert "no claim" in desk("case", "feature", "split", case, "99").refused["message"]


def test_a_priority_that_falls_is_told_where_it_counted(pump):
    desk, case = pump
    claimed = desk.done("case", "show", case)["priorities"]
    assert claimed and claimed[0]["state"] == "claimed"
    cited = fields(office="US", number="7", published=claimed[0]["date"], category="X,P")
    desk.done("case", "record", case, "citation", *cited)
    assert open_findings(desk, case, "citations.dates") == []
    assert (
        "no priority"
        in desk("case", "record", case, "priority_lost", *fields(priority="7")).refused["message"]
    )
    desk.done("case", "record", case, "priority_lost", *fields(priority="1", reasons="Not the first filing."))
    assert desk.done("case", "show", case)["priorities"][0]["state"] == "lost"
    assert "no longer bear out" in open_findings(desk, case, "citations.dates")[0]
    assert open_findings(desk, case, "priority.limits")


def test_a_search_report_says_what_was_searched_and_found(pump, samples):
    desk, case = pump
    empty = desk.done("case", "search-report", case)
    assert [f["message"] for f in empty["findings"]] == ["No search is recorded."]
    desk.done("collection", "create", "art")
    desk.done(
        "collection", "add", "art", *map(str, sorted((samples.parent / "collection").glob("*.xml"))[:5])
    )
    done = desk.done("case", "searched", case, "pump* OR water", "--in", "art")
    assert done["search"]["collections"] == "art" and done["search"]["coverage"].startswith("art: 5 (")
    count = desk.done("search", "pump* OR water", "--in", "art")["total"]
    assert done["search"]["count"] == count and done["search"]["record"].startswith("search:")
    says = desk.done("case", "search-report", case)
    assert "the collections named alone" in says["findings"][0]["message"]
    for number, category, claims, published in (
        ("7", "A", "2", "2016-01-01"),
        ("5", "X", "1", "2015-01-05"),
        ("9", "Y", "1, 3", ""),
    ):
        given = fields(office="US", number=number, category=category, claims=claims, published=published)
        desk.done("case", "record", case, "citation", *given)
    report = desk.done("case", "search-report", case)
    assert [(c["category"], c["reference"]) for c in report["citations"]] == [
        ("X", "US 5 (2015-01-05)"),
        ("Y", "US 9"),
        ("A", "US 7 (2016-01-01)"),
    ]
    assert report["completed"] and report["examiner"] and report["classes"]["ipc"]
    labels = [r["label"] for r in desk.done("case", "show", case)["rows"]]
    groups = f"1-3;4-{labels[-1]}"
    for wrong, why in (
        ("1-3", "in no group"),
        (f"{groups};1", "in two groups"),
        (f"{groups};99", "no claim 99"),
    ):
        assert why in desk("case", "unity", case, wrong).refused["message"]
    desk.done("case", "unity", case, groups, "--reason", "No common feature.", "--searched", "1")
    parted = desk.done("case", "search-report", case)
    assert [(g["claims"][0], g["searched"]) for g in parted["unity"]] == [("1", True), ("4", False)]
    assert (parted["claims"], parted["claims_not_searched"]) == ("1-3", f"4-{labels[-1]}")
    assert parted["unity_reasons"] == "No common feature."
    desk.done("case", "undo", case)
    assert desk.done("case", "search-report", case)["unity"] == []
