"""Search over collections: pages, facets, order, evidence, refusals; and the command line's answers."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from app.cli.main import run
from app.domain.record import Classes, NamedParty, Record, RecordKind, Right
from app.errors import OfficeError
from app.services import collections, searching
from app.storage import collections as shelves
from search.query.refusal import QueryRefused

WORDS = ["pump", "dryer", "loom", "charger", "cassava", "solar", "water", "cloth"]


def publication(number: int, office: str = "XX") -> Record:
    """A made-up publication; the number says what is in it."""
    return Record(
        Right.PATENT,
        RecordKind.PUBLICATION,
        office=office,
        kind_code="A",
        publication_number=str(number),
        publication_date=f"{2000 + number % 20}-01-01",
        language="en",
        titles={"en": f"{WORDS[number % 4].title()} {number}"},
        abstracts={"en": f"A {WORDS[number % 4]} with {WORDS[4 + number % 3]} for {WORDS[7 - number % 2]}."},
        applicants=(NamedParty(f"Maker {number % 3}"),),
        classes=Classes(ipc=("F04D 13/06",) if number % 2 else ("F26B 3/28", "A01B 1/00")),
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("office")
    for name, numbers, code in (("art", range(1, 61), "XX"), ("more", range(100, 110), "XY")):
        shelf = shelves.create(home, name)
        records = [publication(n, code) for n in numbers]
        shelf.put(records, [[] for _record in records])
        shelf.close()
    return home


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("sort", ["score", "date"])
@pytest.mark.parametrize(("query", "limit"), [("pump OR solar", 7), ("pump", 2), ("NOT nothing", 3)])
def test_pages_follow_each_other_without_gap_or_repeat(office, engine, sort, query, limit):
    whole = searching.search(office, query, engine=engine, sort=sort, limit=100)
    assert whole.next == "" and whole.total == len(whole.hits) > 10
    ids, after = [], ""
    while True:
        page = searching.search(office, query, engine=engine, sort=sort, limit=limit, after=after)
        ids += [hit.id for hit in page.hits]
        assert page.total == whole.total
        after = page.next
        if not after:
            break
    assert ids == [hit.id for hit in whole.hits]


def test_both_engines_say_how_many_and_what(office):
    for query in ("pump", "ti=pump* NOT water", 'ab="pump with"', "ic=F04D pd>=2010", "a NEAR/3 solar"):
        pages = [
            searching.search(office, query, engine=e, facets=searching.FACETS) for e in ("whoosh", "tantivy")
        ]
        assert pages[0].total == pages[1].total > 0
        assert {h.id for h in pages[0].hits} == {h.id for h in pages[1].hits}
        assert pages[0].facets == pages[1].facets


def test_newest_first_and_ties_as_they_came_in(office):
    hits = searching.search(office, "pump", sort="date").hits
    assert [hit.date for hit in hits] == sorted((hit.date for hit in hits), reverse=True)
    for one, other in itertools.pairwise(hits):
        came = [(hit.collection, int(hit.number)) for hit in (one, other)]
        assert one.date > other.date or came[0] < came[1]


def test_facets_count_all_hits(office):
    page = searching.search(office, "pump", limit=1, facets=["office", "ipc", "year", "applicant"])
    assert sum(page.facets["office"].values()) == page.total
    assert set(page.facets["office"]) == {"XX", "XY"}
    assert set(page.facets["ipc"]) <= {"F04D", "F26B", "A01B"}
    assert sum(page.facets["year"].values()) == page.total


def test_a_hit_opens_its_record_and_shows_where(office):
    hit = searching.search(office, "pump solar", collections=["art"]).hits[0]
    assert (hit.collection, hit.office, hit.kind_code) == ("art", "XX", "A")
    assert {hit.snippet[m.start : m.end] for m in hit.marks} >= {"pump", "solar"}
    whole = searching.record(office, hit.id)
    assert whole.publication_number == hit.number and whole.title == hit.title
    assert searching.highlights("pump", "A pump", "en") == ((2, 6, 0),)


def test_every_answer_says_what_it_reached_over(office):
    page = searching.search(office, "nothingofthekind")
    assert (page.total, page.hits) == (0, ())
    reach = {one.collection: one for one in page.coverage}
    assert (reach["art"].records, reach["art"].first, reach["art"].last) == (60, "2000-01-01", "2019-01-01")
    assert reach["more"].offices == ("XY",)


def test_the_evidence_is_the_same_for_the_same_search(office):
    one, again = (searching.search(office, "pump  AND solar") for _n in range(2))
    assert one.record_id == again.record_id == searching.search(office, "pump solar").record_id
    assert one.record_id != searching.search(office, "pump").record_id
    kept = json.loads(one.evidence.to_bytes())
    assert (
        kept["query"] == "pump AND solar"
        and kept["total"] == one.total
        and kept["collections"]["art"][1] == 60
    )
    assert "pump AND solar" not in "".join(
        p.read_text(encoding="utf-8", errors="ignore") for p in office.rglob("*") if p.is_file()
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "number"},
        {"facets": ["colour"]},
        {"engine": "lucene"},
        {"after": "7"},
        {"after": "7-00000000"},
    ],
)
def test_what_cannot_be_asked_is_refused(office, asked):
    with pytest.raises(OfficeError):
        searching.search(office, "pump", **asked)


def test_a_cursor_belongs_to_its_query(office):
    after = searching.search(office, "pump", limit=3).next
    with pytest.raises(OfficeError, match="cursor"):
        searching.search(office, "solar", limit=3, after=after)


def test_no_collection_at_all_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(OfficeError) as refused:
        searching.search(tmp_path, "pump")
    assert refused.value.remedy and "collection create" in refused.value.command
    with pytest.raises(QueryRefused):
        searching.search(tmp_path, "(")


@pytest.fixture
def spoken(office: Path, capsys: pytest.CaptureFixture[str]):
    def speak(*words: str, code: int = 0) -> dict:
        assert run(["--office", str(office), "--json", *words]) == code
        answer: dict = json.loads(capsys.readouterr().out)
        return answer

    return speak


def test_search_on_the_command_line(spoken):
    answer = spoken("search", "pump", "--in", "art", "--limit", "2", "--facets", "office,year")
    assert set(answer) >= {"query", "engine", "total", "hits", "facets", "coverage", "record_id"}
    assert set(answer["hits"][0]) >= {"id", "number", "kind_code", "office", "title", "score", "snippet"}
    assert len(answer["hits"]) == 2 and answer["engine"] == "whoosh"
    again = spoken("search", "pump", "--in", "art", "--limit", "2", "--after", answer["next"])
    assert not {h["id"] for h in answer["hits"]} & {h["id"] for h in again["hits"]}


@pytest.mark.parametrize(("query", "position"), [("a AND (b", 6), ("", 0), ("pd=never", 3)])
def test_a_refused_query_says_where(spoken, query, position):
    refused = spoken("search", query, code=1)["refused"]
    assert refused["position"] == position and refused["message"] and refused["remedy"]


def test_a_person_reads_hits_reach_and_that_nothing_is_not_novelty(office, capsys):
    assert run(["--office", str(office), "search", "pump", "--limit", "1"]) == 0
    printed = capsys.readouterr().out
    assert "Understood as: pump" in printed
    assert "Nothing found here is not novelty" in printed
    assert "art: 60 records" in printed and "--after" in printed


def test_collections_and_marks_on_the_command_line(tmp_path, capsys):
    table = tmp_path / "r.csv"
    table.write_text(
        "number,name\n" + "\n".join(f"{n},{w}" for n, w in enumerate(WORDS * 2)), encoding="utf-8"
    )
    home = str(tmp_path / "home")

    def speak(*words: str) -> dict:
        assert run(["--office", home, "--json", *words]) == 0
        answer: dict = json.loads(capsys.readouterr().out)
        return answer

    speak("collection", "create", "marks")
    added = speak("collection", "add", "marks", str(table))
    assert set(added) >= {"added", "skipped", "refused", "engine", "records", "coverage"}
    assert set(added["coverage"]) == {"first", "last", "offices"} and added["added"] == 16
    assert speak("collection", "list")["collections"][0]["records"] == 16
    hits = speak("mark", "find", "pumpe", "--in", "marks")["hits"]
    assert len(hits) >= 10 and hits[0]["name"] == "pump"
    assert all(set(hit) >= {"id", "name", "score", "reasons"} and hit["reasons"] for hit in hits)
    assert speak("mark", "compare", "pump", "PUMP")["score"] == 100
    speak("collection", "drop", "marks")
    assert speak("collection", "list") == {"collections": []}


def test_a_query_that_others_index_meanwhile(office):
    """A second engine's index is built on the spot and kept."""
    searching.search(office, "pump", engine="tantivy")
    engines = {i.engine for one in collections.listed(office) for i in one.indexes}
    assert "tantivy" in engines
