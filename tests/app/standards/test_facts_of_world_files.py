"""Facts of real files of the EPO's services, other offices and result lists, read off by eye."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.services.inspecting import inspect

OPS, DOCDB = "patents/epo-ops/", "patents/epo-docdb/"
GOOGLE, IN = "patents/google-espacenet-json/", "patents/in-grants-csv/2018_grants.csv"

FACTS: list[tuple[str, int, str, Any]] = [
    # The original of the first priority is listed behind the one of the second.
    (DOCDB + "AP-1206-A_302101161.xml", 0, "kind", "grant"),
    (DOCDB + "AP-1206-A_302101161.xml", 0, "priorities.0",
     {"office": "US", "number": "09/083,597", "date": "1998-05-22", "kind": "foreign"}),
    (DOCDB + "AP-1206-A_302101161.xml", 0, "priorities.1.number", "PCT/US98/16128"),
    (DOCDB + "WO-2022259205-A1_544370561.xml", 0, "priorities.0.number", "117283"),
    (DOCDB + "WO-2022259205-A1_544370561.xml", 0, "as_filed.priorities.0.number", "11728321"),
    (DOCDB + "WO-2022259205-A1_544370561.xml", 0, "citations.0.category", "X,Y"),
    (DOCDB + "WO-2023012807-A1_507242069.xml", 0, "priorities.0",
     {"office": "US", "number": "63/230,089", "date": "2021-08-06", "kind": "provisional"}),
    (OPS + "ops-search_with_constituent.xml", 0, "priorities.0.number", "23173822"),
    (OPS + "ops-search_with_constituent.xml", 1, "priorities.1.number", "PCT/US2024/023778"),
    (OPS + "full_cycle_example.xml", 1, "applicants.0.role", "proprietor"),
    (OPS + "family_input.xml", 2, "publication_number", "232441"),
    (OPS + "family_input.xml", 2, "priorities.0.number", "1010536"),
    (OPS + "search_example.xml", 14, "kind", "publication"),
    (OPS + "search_example.xml", 1, "publication_number", "2020/086066"),
    (OPS + "ops-get_published_equivalents.xml", 2, "office", "CA"),
    (OPS + "ops-convert_patent_number_multiple.xml", 0, "publication_date", "2011-12-28"),
    (OPS + "image_example.xml", 0, "images", 3),
    (OPS + "ops-get_legal.xml", 0, "filing_date", "2010-06-24"),
    (OPS + "ops-get_legal.xml", 68, "kind", "legal_event"),
    (OPS + "ops-get_register_biblio.xml", 0, "#citations", 6),
    (OPS + "ops-get_register_biblio.xml", 0, "related.0.date", "2019-11-27"),
    (OPS + "ops-get_register_events.xml", 0, "publication_number", "2400812"),
    (OPS + "ops-get_register_events.xml", 0, "publication_date", "2022-08-10"),
    (OPS + "ops-get_register_events.xml", 54, "status", "Publication in section I.1 EP Bulletin"),
    (GOOGLE + "CN108411325.json", 0, "application_number", "201810559672"),
    (GOOGLE + "CN108411325.json", 0, "titles.zh", "种太阳能电解水制氢系统"),
    (GOOGLE + "CN212726480U.json", 0, "#applicants", 3),
    (GOOGLE + "CN212726480U.json", 0, "#inventors", 10),
    (GOOGLE + "CN212726480U.json", 0, "right", "utility_model"),
    (GOOGLE + "US2001007725.json", 0, "#applicants", 6),
    (GOOGLE + "US5888414.json", 0, "applicants",
     [{"name": "APPLIED MATERIALS, INC", "country": "US", "role": "applicant"}]),
    (GOOGLE + "US5888414.json", 0, "citations.1", {"office": "JP", "number": "S55154582", "kind_code": "A"}),
    ("patents/ru-search-json/rospatent-search-response.json", 4, "publication_number", "11787"),
    ("patents/ru-search-json/rospatent-search-response.json", 4, "#citations", 4),
    ("patents/ru-search-json/rospatent-search-response.json", 4, "titles.en", "COMPACT FLUORESCENT LAMP"),
    ("patents/ru-search-json/rospatent-search-response.json", 3, "#priorities", 1),
    ("patents/ru-search-json/rospatent-search-response.json", 5, "application_number", "a 20100774"),
    ("patents/cn/cn_old3.xml", 0, "language", "zh"),
    ("patents/cn/cn_old3.xml", 0, "#representatives", 2),
    ("patents/dpma/patent_info.xml", 0, "representatives.0.city", "Freising"),
    ("patents/espacenet-csv/pizza_small.csv", 1, "applicants.0.country", "US"),
    ("patents/espacenet-csv/pizza_small.xls", 1, "#inventors", 4),
    ("patents/espacenet-csv/pizza_small_fromexcel.csv", 1, "applicants",
     [{"name": "ELWHA LLC", "country": "US", "role": "applicant"}]),
    ("patents/lens-csv/pizza_lens_1000_raw.csv", 0, "as_filed.publication_date", "25/04/13"),
    ("patents/thomson-csv/ritonavir.csv", 0, "priorities.0.date", "1999-07-19"),
    (IN, 0, "priorities", [{"date": "2010-07-07", "kind": "foreign"}]),
    (IN, 0, "applicants.0.role", "proprietor"),
]  # fmt: skip
COUNTS = [
    (OPS + "example_1.xml", 50), (OPS + "ops-get_legal.xml", 69), (OPS + "ops-get_register_events.xml", 55),
    (OPS + "search_example.xml", 15), (OPS + "family_input.xml", 6),
    (OPS + "ops-get_family_with_biblio.xml", 5),
    ("patents/thomson-csv/ritonavir.csv", 804), ("patents/lens-csv/pizza_lens_1000_raw.csv", 1000),
    (IN, 14010),
]  # fmt: skip
HASHES = [
    (OPS + "full_cycle_example.xml", "abstracts", "en"), ("patents/jp/jp_example1.xml", "abstracts", "ja"),
    ("patents/cn/cn_new1.xml", "abstracts", "zh"), ("patents/dpma/patent_info.xml", "abstracts", "und"),
    (GOOGLE + "CN108411325.json", "abstracts", "zh"), (OPS + "ops-get_claims.xml", "claims", "en"),
    (OPS + "ops-get_description.xml", "descriptions", "en"), ("patents/cn/cn_new1.xml", "claims", "zh"),
    ("patents/jp/jp_example1.xml", "descriptions", "ja"),
    (DOCDB + "AP-1206-A_302101161.xml", "abstracts", "en"),
]  # fmt: skip
GOLDEN = Path(__file__).parents[2] / "golden" / "standards" / "facts" / "texts-of-the-world.json"


@cache
def read(path: Path) -> list[Any]:
    return [record for entry in inspect([path]) for record in entry.records]


@cache
def records(path: Path) -> list[dict[str, Any]]:
    return [record.as_json() for record in read(path)]


def at(value: Any, path: str) -> Any:
    if isinstance(value, dict) and path in value:
        return value[path]
    step, _point, rest = path.partition(".")
    inner = value[int(step)] if isinstance(value, list) else value[step]
    return at(inner, rest) if rest else inner


@pytest.mark.parametrize(
    ("file", "place", "field", "fact"), FACTS, ids=[f"{f.rsplit('/', 1)[1]}:{n}:{p}" for f, n, p, _v in FACTS]
)
def test_fact(shared_data: Path, file: str, place: int, field: str, fact: Any) -> None:
    record = records(shared_data / file)[place]
    found = len(at(record, field[1:])) if field.startswith("#") else at(record, field)
    assert found == fact


@pytest.mark.parametrize(("file", "count"), COUNTS, ids=[file.rsplit("/", 1)[1] for file, _count in COUNTS])
def test_number_of_records(shared_data: Path, file: str, count: int) -> None:
    assert len(records(shared_data / file)) == count


@pytest.mark.parametrize(("file", "field", "language"), HASHES)
def test_texts_stay_as_they_were(shared_data: Path, file: str, field: str, language: str) -> None:
    """The hash of a text as it was when somebody compared it with the file."""
    texts = getattr(read(shared_data / file)[0], field)[language]
    whole = texts if isinstance(texts, str) else "\n".join(texts)
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert known[f"{file}:{field}:{language}"] == hashlib.sha256(whole.encode()).hexdigest()[:16]


def test_rows_of_other_lists_are_no_grants(shared_data: Path) -> None:
    """The Indian file has lists of first examination reports between its grants."""
    (entry,) = inspect([shared_data / IN])
    assert not [r for r in entry.records if not any(sign.isdigit() for sign in r.publication_number)]
    assert any(finding.rule == "table.row" for finding in entry.findings)
    assert any(finding.rule == "table.encoded-twice" for finding in entry.findings)
