"""`collection`, `search`, `mark`: counts, keys, positions of what is refused."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

SAMPLE_FILES = sorted((Path(__file__).parents[2] / "resources" / "demo" / "collection").glob("*.xml"))[:20]
MARKS = ("NSORO", "NZORO", "SAFI NYUMBA", "SAFFI", "VERALINE", "KILIMA", "KARIBU", "MTO SAFI", "ASALI",
         "BONDE", "SIMBA", "TEMBO")  # fmt: skip


@pytest.fixture(scope="module")
def shelf(new_office, tmp_path_factory):
    """An office with the published samples and a register of marks."""
    desk = new_office()
    folder = desk.folder.parents[1]
    desk.done("collection", "create", "art")
    published = tmp_path_factory.mktemp("published")
    for file in SAMPLE_FILES:
        shutil.copy(file, published)
    added = desk.done("collection", "add", "art", str(published))
    assert added["added"] >= 15 and added["refused"] == []
    table = folder / "register.csv"
    rows = [f"{n},{name},5;30,XX,2024-01-{n:02}" for n, name in enumerate(MARKS, 1)]
    table.write_text("\n".join(["number,name,classes,office,filing_date", *rows]) + "\n", encoding="utf-8")
    desk.done("collection", "create", "marks")
    assert desk.done("collection", "add", "marks", str(table))["added"] == len(MARKS)
    return desk


def test_adding_says_what_came_of_it(shelf, samples):
    first = shelf.done("collection", "list")["collections"]
    assert [c["name"] for c in first] == ["art", "marks"]
    held = first[0]["records"]
    again = shelf.done("collection", "add", "art", str(SAMPLE_FILES[0]))
    assert again["records"] == held, "the same office, number and kind code is the same record"
    unpublished = shelf("collection", "add", "art", str(samples / "1-patent-hand-pump-st96.xml")).document
    assert (unpublished["added"], unpublished["skipped"]) == (0, 1)
    for answer in (again, unpublished):
        assert {"added", "skipped", "refused", "engine", "records", "coverage"} <= set(answer)
        assert set(answer["coverage"]) == {"first", "last", "offices"}
    gone = shelf("collection", "add", "art", "/nowhere/at/all")
    assert gone.status == 1 and gone.document["refused"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_search_has_its_keys(shelf, engine):
    page = shelf.done("search", "pump* OR water", "--in", "art", "--engine", engine, "--limit", "2",
                      "--facets", "ipc,applicant,year,office")  # fmt: skip
    assert {"query", "engine", "total", "hits", "facets", "coverage", "record_id"} <= set(page)
    assert page["engine"] == engine and page["total"] > 2 == len(page["hits"])
    assert set(page["facets"]) == {"ipc", "applicant", "year", "office"}
    for hit in page["hits"]:
        assert {"id", "office", "number", "kind_code", "title", "score", "snippet"} <= set(hit)
    after = shelf.done("search", "pump* OR water", "--in", "art", "--engine", engine, "--after", page["next"])
    ids = [h["id"] for h in (*page["hits"], *after["hits"])]
    assert len(set(ids)) == len(ids) == page["total"]
    dated = shelf.done("search", "pump* OR water", "--engine", engine, "--sort", "date")["hits"]
    assert all(a["date"] >= b["date"] for a, b in pairwise(dated))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize(
    "query",
    ["", " ", "(", ")", "a)", "(a", '"', '"a', "a AND", "OR a", "NOT", "a NEAR/x b", "ti=", "ti=(a", "zz=a",
     "a ADJ", "NEAR/3", "pd>=", "pd=2026-02-30", "*", "()", "a AND AND b", "(" * 2000 + "a" + ")" * 2000,
     "\udcff", "a \udcff"],
)  # fmt: skip
def test_a_refused_query_says_where(shelf, engine, query):
    answer = shelf("search", query, "--engine", engine)
    refused = answer.refused
    assert 0 <= refused["position"] <= len(query), refused


@pytest.mark.parametrize("words", [("--in", "none"), ("--engine", "x"), ("--sort", "x"), ("--facets", "x"),
                                   ("--after", "x")])  # fmt: skip
def test_options_that_name_nothing_are_refused(shelf, words):
    assert shelf("search", "pump", *words).status in (1, 2)
    assert "Traceback" not in shelf("search", "pump", *words).err


def test_marks_come_best_first_with_reasons(shelf):
    for words in (("find", "NSORO"), ("find", "safi nyumba", "--nice", "5,30"), ("find", "ЗЗЗ")):
        hits = shelf.done("mark", *words, "--in", "marks")["hits"]
        assert len(hits) >= 10
        assert all(a["score"] >= b["score"] for a, b in pairwise(hits))
        for hit in hits:
            assert {"id", "name", "score", "reasons"} <= set(hit)
            assert hit["reasons"] and all(hit["reasons"])
    assert shelf.done("mark", "find", "NSORO", "--in", "marks")["hits"][0]["name"] == "NSORO"
    assert shelf("mark", "find", "NSORO", "--nice", "46").status == 2
    assert shelf("mark", "find", "", "--in", "marks").refused


def test_mark_compare_needs_no_office(marula):
    told = marula("--json", "mark", "compare", "NSORO", "NZORO").document
    assert told["score"] and told["reasons"]


def test_mark_look_finds_its_own_picture(desk, tmp_path):
    folder = tmp_path / "logos"
    folder.mkdir()
    shapes = ('<circle cx="50" cy="50" r="40"/>', '<rect x="10" y="30" width="80" height="30"/>',
              '<path d="M50 5 L95 95 L5 95 Z"/>')  # fmt: skip
    lines = ["number,name,image"]
    for number, shape in enumerate(shapes, 1):
        (folder / f"{number}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{shape}</svg>'
        )
        lines.append(f"{number},Mark {number},{number}.svg")
    (folder / "register.csv").write_text("\n".join(lines) + "\n")
    desk.done("collection", "create", "logos")
    assert desk.done("collection", "add", "logos", str(folder))["added"] == 3
    hits = desk.done("mark", "look", str(folder / "2.svg"), "--in", "logos")["hits"]
    assert hits[0]["name"] == "Mark 2" and hits[0]["reasons"] and len(hits) == 3
    for wrong in (folder, folder / "register.csv", folder / "gone.png"):
        assert desk("mark", "look", str(wrong), "--in", "logos").refused


def test_a_table_without_its_columns_is_refused_with_them(desk, tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    desk.done("collection", "create", "t")
    answer = desk("collection", "add", "t", str(tmp_path / "t.csv"))
    assert answer.status == 1
    assert "number" in str(answer.document) and "name" in str(answer.document)


@pytest.mark.parametrize("name", ["", " ", "..", "a/b", "../x", "CON", "x" * 200, "a\nb", "\udcff"])
def test_names_that_no_folder_bears(desk, name):
    answer = desk("collection", "create", name)
    assert answer.status in (1, 2) and "Traceback" not in answer.err
    assert not (desk.folder / "collections").exists() or not any((desk.folder / "collections").iterdir())


def test_drop_takes_all_of_it(desk):
    desk.done("collection", "create", "gone")
    desk.done("collection", "drop", "gone")
    assert desk.done("collection", "list") == {"collections": []}
    assert desk("collection", "drop", "gone").refused
