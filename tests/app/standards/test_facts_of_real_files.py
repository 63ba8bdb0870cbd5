"""Facts read off real files by eye and by counting elements with other tools, one a line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.services.inspecting import inspect

US = "patents/us-grants-applications/"
WEEK = "patents/us-weekly-concatenated/"
EP = "patents/ep-fulltext/"
CORPUS = "patents/ep-annotated-corpus/"
TM = "trademarks/euipo-st66/"
DS = "designs/euipo-st86/"

FACTS: list[tuple[str, int, str, Any]] = [
    # Green Book
    (US + "US03932709.greenbook", 0, "publication_number", "3932709"),
    (US + "US03932709.greenbook", 0, "application_number", "449155"),
    (US + "US03932709.greenbook", 0, "publication_date", "1976-01-13"),
    (US + "US03932709.greenbook", 0, "claims", {"und": 17}),
    (US + "US03932709.greenbook", 0, "classes.ipc", ["H04M 11/00"]),
    (US + "US03932709.greenbook", 0, "#citations", 9),
    (US + "US03932709.greenbook", 0, "inventors.0.name", "Hoff, Don G."),
    (US + "US03937375.greenbook", 0, "classes.uspc", ["224/42.07", "214/450"]),
    # ST.32
    (
        US + "US06336130.xml",
        0,
        "priorities",
        [{"office": "NO", "number": "971605", "date": "1997-04-08", "kind": "foreign"}],
    ),
    (US + "US06336130.xml", 0, "claims", {"und": 22}),
    (US + "US06336130.xml", 0, "#citations", 9),
    (US + "US06336130.xml", 0, "images", 4),
    (US + "USD435854S1.xml", 0, "right", "design"),
    (US + "USD435854S1.xml", 0, "publication_number", "D435854"),
    (US + "USD435854S1.xml", 0, "classes.locarno", ["14-02"]),
    (US + "USD435854S1.xml", 0, "#inventors", 8),
    (US + "mp-grant-v2-5-S1.xml", 0, "priorities.0.number", "400 02 946"),
    # pap
    (
        US + "US20010009014A1.xml",
        0,
        "priorities.0",
        {"office": "US", "number": "60128037", "date": "1999-04-06", "kind": "provisional"},
    ),
    (US + "US20010009014A1.xml", 0, "claims", {"und": 55}),
    (
        US + "US20010000044A1.xml",
        0,
        "inventors",
        [{"name": "Lin, Wayne W", "country": "US", "city": "Irvine"}],
    ),
    (US + "mp-application-v1-5-A1_1.xml", 0, "#related", 4),
    # ICE
    (US + "US06859910.xml", 0, "as_filed.publication_number", "06859910"),
    (US + "US08926509.xml", 0, "claims", {"en": 31}),
    (US + "US08926509.xml", 0, "#citations", 160),
    (
        US + "US08930553.xml",
        0,
        "applicants",
        [
            {
                "name": "International Business Machines Corporation",
                "country": "US",
                "city": "Armonk",
                "role": "applicant",
            }
        ],
    ),
    (US + "mp-application-v4-5-A1.xml", 0, "related.0.number", "PCT/IB2019/057948"),
    (US + "mp-grant-v4-0-B2.xml", 0, "classes.uspc", ["2/16", "602/62"]),
    (US + "us_example3.xml", 0, "claims", {"en": 23}),
    (WEEK + "2009_1.xml", 0, "priorities.0.office", "EM"),
    (WEEK + "ipg080101.small.xml", 24, "publication_date", "2008-01-01"),
    # EP
    (EP + "ep-application-v1-0-A1.xml", 0, "application_number", "01963450"),
    (EP + "ep-application-v1-0-A1.xml", 0, "classes.ipc", ["C07C 29/44", "C07C 31/38"]),
    (EP + "ep-application-v1-0-A1.xml", 0, "applicants.0.role", "applicant"),
    (
        EP + "ep-application-v1-1-A1.xml",
        0,
        "classes.ipc",
        ["C07D 307/12", "C07D 407/12", "C07D 307/42", "A01N 43/08"],
    ),
    (EP + "ep-grant-v1-0-B1.xml", 0, "claims", {"en": 3, "de": 3, "fr": 3}),
    (EP + "ep-grant-v1-0-B1.xml", 0, "applicants.0.role", "proprietor"),
    (EP + "ep-grant-v1-2-B1.xml", 0, "publication_number", "610335"),
    (EP + "ep-grant-v1-2-B1.xml", 0, "#priorities", 2),
    (EP + "ep-grant-v1-4-B2.xml", 0, "#priorities", 3),
    (
        EP + "ep-grant-v1-5-B1.xml",
        0,
        "titles.en",
        "HIGH VOLTAGE ASSEMBLY AND METHOD TO OPERATE THE HIGH VOLTAGE ASSEMBLY",
    ),
    (EP + "ep-grant-v1-5-B1.xml", 0, "citations.0", {"office": "EP", "number": "3109871", "kind_code": "A1"}),
    (EP + "ep-application-v1-5-1-A1-1.xml", 0, "#classes.cpc", 9),
    (
        CORPUS + "EP-1116605-B1.xml",
        0,
        "applicants",
        [{"name": "Bridgestone Corporation", "country": "JP", "city": "Tokyo", "role": "proprietor"}],
    ),
    (CORPUS + "EP-1116605-B1.xml", 0, "classes.ipc", ["B60C 15/00", "B60C 15/06"]),
    (CORPUS + "EP-1118626-B1.xml", 0, "claims", {"de": 11, "en": 11, "fr": 11}),
    # EPO exchange documents and OPS
    ("patents/epo-docdb/AP-1206-A_302101161.xml", 0, "application_number", "AP/P/2000/001988"),
    ("patents/epo-docdb/AP-1206-A_302101161.xml", 0, "#classes.ipc", 18),
    ("patents/epo-docdb/AP-1206-A_302101161.xml", 0, "priorities.1.kind", "pct"),
    ("patents/epo-docdb/WO-2022259205-A1_544370561.xml", 0, "publication_number", "2022/259205"),
    ("patents/epo-docdb/WO-2022259205-A1_544370561.xml", 0, "#inventors", 8),
    ("patents/epo-ops/ops-get_biblio.xml", 0, "#inventors", 3),
    ("patents/epo-ops/ops-get_biblio.xml", 0, "priorities.0.number", "10167109"),
    ("patents/epo-ops/ops-get_claims.xml", 0, "claims", {"en": 15}),
    ("patents/epo-ops/claims_example.xml", 0, "claims", {"en": 11}),
    ("patents/epo-ops/ops-get_legal.xml", 0, "status", "DESIGNATED CONTRACTING STATES"),
    # JP, CN, DE
    ("patents/jp/jp_example1.xml", 0, "claims", {"ja": 6}),
    ("patents/jp/jp_example1.xml", 0, "kind_code", "A"),
    ("patents/jp/jp_example1.xml", 0, "as_filed.kind_code", "公開特許公報(A)"),
    ("patents/cn/cn_new1.xml", 0, "application_number", "202111286633"),
    ("patents/cn/cn_new1.xml", 0, "claims", {"zh": 17}),
    ("patents/cn/cn_old1.xml", 0, "#inventors", 8),
    ("patents/dpma/patent_info.xml", 0, "publication_number", "10027360"),
    ("patents/dpma/patent_info.xml", 0, "applicants.0.name", "DENSO CORPORATION"),
    # Gazettes of Brazil, result lists
    ("designs/br-inpi-gazette/D2502.txt", 0, "application_number", "30 2018 054086"),
    ("designs/br-inpi-gazette/D2502.txt", 1145, "right", "design"),
    ("designs/br-inpi-gazette/DesenhoIndustrial_2502.xml", 1145, "kind", "notice"),
    ("patents/espacenet-csv/pizza_small.csv", 0, "kind_code", "U"),
    ("patents/espacenet-csv/pizza_small.xls", 24, "right", "patent"),
    ("patents/lens-csv/pizza_lens_1000_raw.csv", 2, "publication_date", "1976-09-21"),
    ("patents/lens-csv/pizza_lens_1000_raw.csv", 2, "filing_date", "1971-08-24"),
    ("patents/lens-csv/pizza_lens_1000_raw.csv", 999, "titles", {"und": "Production of pizza"}),
    ("patents/thomson-csv/ritonavir.csv", 1, "classes.ipc", ["H01J 49/00", "G01N 30/72"]),
    ("patents/thomson-csv/ritonavir.csv", 803, "right", "patent"),
    # KIPRIS, US assignment
    ("trademarks/kr-kipris/TradeMarkInfo.xml", 0, "registration_number", "4015569910000"),
    ("trademarks/kr-kipris/TradeMarkInfo.xml", 0, "mark", {"text": "돈퍼"}),
    ("trademarks/kr-kipris/TrademarkDesignationGoodstInfo.xml", 0, "classes.nice", [43]),
    ("patents/us-assignment/assignment_1.xml", 0, "publication_number", "7130913"),
    ("patents/us-assignment/assignment_1.xml", 0, "applicants.0.name", "REALTIME DATA LLC"),
    # ST.36, ST.96
    ("patents/mixed-xml/st36-sample-1.xml", 0, "citations.0.category", "X"),
    ("patents/st36-package-a/DOC00001.xml", 0, "images", 9),
    ("patents/st96/PatentPublication_Example.xml", 0, "publication_number", "8936998"),
    ("patents/st96/PatentPublication_Example.xml", 0, "claims", {"en": 10}),
    (
        "trademarks/st96/TrademarkApplication_Example.xml",
        0,
        "mark",
        {"text": "LANYI", "kind": "combined", "image": "87035559.png"},
    ),
    ("trademarks/st96/TrademarkApplication_Example.xml", 0, "registration_number", "5169753"),
    # ST.66
    (TM + "018222197.xml", 0, "filing_date", "2020-04-08"),
    (TM + "018222197.xml", 0, "status", "Registered"),
    (TM + "018222197.xml", 0, "#goods.1", 23),
    (TM + "018222210.xml", 0, "#classes.vienna", 10),
    (TM + "018226180.xml", 0, "classes.nice", [11]),
    ("trademarks/us-tsdr/rn2178784-ST66.xml", 0, "as_filed.filing_date", "1995-02-07-05:00"),
    ("trademarks/us-tsdr/rn2178784-ST66.xml", 0, "mark", {"text": "JAVA", "kind": "word"}),
    ("trademarks/us-tsdr/rn3886986-ST96.xml", 0, "classes.nice", [41, 16]),
    ("trademarks/dpma-st66/trademark_info.xml", 0, "application_number", "E17341"),
    (
        "trademarks/dpma-st66/trademark_info.xml",
        0,
        "goods.34",
        {
            "de": "Mit Apfel und Weintrauben flavourisierte bzw. aromatisierte Tabakerzeugnisse aus Ländern "
            "des "
            "englischen Sprachbereichs importiert"
        },
    ),
    # ST.86
    (DS + "001063010-0001.xml", 0, "classes.locarno", ["02-04"]),
    (DS + "001063010-0001.xml", 0, "priorities.0.date", "2008-07-10"),
    (DS + "001063614-0004.xml", 0, "images", 2),
    (DS + "001063614-0004.xml", 0, "#titles", 22),
    (
        "designs/dpma-st86/design_search.xml",
        0,
        "applicants.0",
        {
            "name": "Samsung Electronics Co., Ltd.",
            "country": "KR",
            "city": "Suwon-si Gyeonggi-do",
            "role": "holder",
        },
    ),
]


@cache
def records(path: Path) -> list[dict[str, Any]]:
    return [record.as_json() for entry in inspect([path]) for record in entry.records]


def at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@pytest.mark.parametrize(
    ("file", "place", "field", "fact"), FACTS, ids=[f"{f.rsplit('/', 1)[1]}:{n}:{p}" for f, n, p, _v in FACTS]
)
def test_fact(shared_data: Path, file: str, place: int, field: str, fact: Any) -> None:
    record = records(shared_data / file)[place]
    found = len(at(record, field[1:])) if field.startswith("#") else at(record, field)
    assert found == fact


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("ep-application-v1-2-A1.xml", 93),
        ("ep-application-v1-4-A1.xml", 96),
        ("ep-application-v1-5-1-A1-2.xml", 308),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(shared_data: Path, file: str, line: int) -> None:
    (entry,) = inspect([shared_data / EP / file])
    assert entry.refused is not None and entry.refused.line == line


@pytest.mark.parametrize("name", ["ipg080101.small.xml", "ipg090106.small.xml"])
def test_weekly_files_hold_25_grants(shared_data: Path, name: str) -> None:
    assert len(records(shared_data / WEEK / name)) == 25
