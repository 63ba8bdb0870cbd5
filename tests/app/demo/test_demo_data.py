"""The files of the sample office: valid against their schemas, read as meant, complete and consistent."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from app.domain.findings import Severity
from app.domain.record import Record, RecordKind
from app.services import inspecting
from app.text import fold

DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo"
APPLICATIONS = sorted((DEMO / "applications").iterdir())
COLLECTION = sorted((DEMO / "collection").iterdir())
# The offices are invented: ISO 3166 leaves XX, XY and ZZ to everybody for a use of his own. They are added
# to the lists of codes; all else of the schemas is as published.
INVENTED = ("XX", "XY", "ZZ")
_CODE_LISTS = re.compile(
    r'(<(xsd?):simpleType name="(?:ISOCountryCode|WIPOST3Code|IPOfficeCode)\w*".*?)(</\2:simpleType>)', re.S
)
SCHEMAS = {
    "1-patent-hand-pump-st96.xml": "st96-v6-flattened/PatentPublication_V6_0.xsd",
    "2-modele-utilite-presse-st36.xml": "pct-annex-f-st36/wo-published-application-v1-11.dtd",
    "3-word-mark-arabic-st66.xml": "eu-filing-tm-ds-pt/SP-TM-eFiling-V2-00.xsd",
    "4-figurative-mark-st96.xml": "st96-v6-flattened/TrademarkApplication_V6_0.xsd",
    "5-designs-cooking-stove-st96.xml": "st96-v6-flattened/DesignApplication_V6_0.xsd",
    "6-dessin-glaciere-st86.xml": "eu-filing-tm-ds-pt/SP-DS-eFiling-V2-00.xsd",
}


def _with_invented(path: Path) -> str:
    text = re.sub(r"^<\?xml[^>]*\?>", "", path.read_text(encoding="utf-8-sig"))

    def added(found: re.Match[str]) -> str:
        body, prefix, end = found.groups()
        codes = "".join(
            f'<{prefix}:enumeration value="{code}"/>' for code in INVENTED if f'value="{code}"' not in body
        )
        return body.replace(f"</{prefix}:restriction>", f"{codes}</{prefix}:restriction>") + end

    return _CODE_LISTS.sub(added, text)


class _Beside(etree.Resolver):
    """Schemas take their parts from the folder they lie in, with the invented codes added."""

    def resolve(self, url: str, _public_id: str, context: object) -> object:
        path = Path(url)
        if path.suffix != ".xsd" or not path.is_file():
            return None
        return self.resolve_string(_with_invented(path), context, base_url=str(path))


@cache
def _schema(path: Path) -> etree.XMLSchema | etree.DTD:
    if path.suffix == ".dtd":
        # The models of formulae and tables lie in files of their own, which these documents do not need.
        text = path.read_text(encoding="utf-8", errors="replace")
        text = re.sub(r"^%mathml2;", "<!ELEMENT math ANY>", text, flags=re.M)
        return etree.DTD(io.StringIO(re.sub(r"^%calstblx;", "<!ELEMENT table ANY>", text, flags=re.M)))
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.fromstring(_with_invented(path), parser, base_url=str(path)))


def _troubles(schema: etree.XMLSchema | etree.DTD, root: etree._Element) -> list[str]:
    schema.validate(root)
    return [f"{entry.line}: {entry.message}" for entry in schema.error_log][:5]


def _records(paths: list[Path]) -> list[tuple[str, Record]]:
    found = []
    for one in inspecting.inspect(paths):
        assert one.refused is None, (one.file, one.refused)
        faults = [found for found in one.findings if found.severity is not Severity.NOTE]
        assert not faults, (one.file, faults)
        found += [(one.file, record) for record in one.records]
    return found


@pytest.fixture(scope="module")
def publications() -> list[Record]:
    return [record for _file, record in _records(COLLECTION)]


@pytest.mark.parametrize("path", APPLICATIONS, ids=lambda path: path.stem)
def test_an_application_is_valid(path: Path, shared_data: Path) -> None:
    schema = _schema(shared_data / "schemas" / SCHEMAS[path.name])
    assert _troubles(schema, etree.parse(str(path)).getroot()) == []


@pytest.mark.parametrize("path", [p for p in COLLECTION if "st36" not in p.name], ids=lambda path: path.stem)
def test_a_publication_in_st96_is_valid(path: Path, shared_data: Path) -> None:
    schema = _schema(shared_data / "schemas" / SCHEMAS["1-patent-hand-pump-st96.xml"])
    assert _troubles(schema, etree.parse(str(path)).getroot()) == []


@pytest.mark.parametrize("path", [p for p in COLLECTION if "st36" in p.name], ids=lambda path: path.stem)
def test_publications_in_st36_are_valid(path: Path, shared_data: Path) -> None:
    """By the model of ST.36 in the EP DTD, whose root alone has a name of its own."""
    schema = _schema(shared_data / "schemas" / "ep-patent-document" / "ep-patent-document-v1-5.dtd")
    documents = [part for part in re.split(r"(?=<\?xml )", path.read_text(encoding="utf-8")) if part]
    assert len(documents) > 1
    for document in documents:
        root = etree.fromstring(document.encode())
        root.tag = f"ep-{root.tag}"
        assert _troubles(schema, root) == [], root.get("doc-number")


@pytest.mark.parametrize(
    ("name", "right", "number", "filed", "language"),
    [
        ("1-patent-hand-pump-st96.xml", "patent", "P/2026/000412", "2026-09-14", "en"),
        ("2-modele-utilite-presse-st36.xml", "utility_model", "U/2026/000031", "2026-10-09", "fr"),
        ("3-word-mark-arabic-st66.xml", "trade_mark", "M/2026/001102", "2026-09-28", "ar"),
        ("4-figurative-mark-st96.xml", "trade_mark", "M/2026/001163", "2026-10-22", "en"),
        ("5-designs-cooking-stove-st96.xml", "design", "D/2026/000051", "2026-11-03", "en"),
        ("6-dessin-glaciere-st86.xml", "design", "D/2026/000057", "2026-11-12", "fr"),
    ],
)
def test_an_application_reads_as_meant(name: str, right: str, number: str, filed: str, language: str) -> None:
    ((_file, record),) = _records([DEMO / "applications" / name])
    assert record.kind is RecordKind.APPLICATION and not record.published
    assert (str(record.right), record.office, record.application_number) == (right, "XX", number)
    assert (record.filing_date, record.language) == (filed, language)
    assert all(party.name and party.country and party.city for party in record.applicants)
    assert record.applicants


def test_pictures_lie_where_the_applications_name_them() -> None:
    for file, record in _records(APPLICATIONS):
        folder = DEMO / "pictures" / Path(file).stem
        there = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
        assert there == sorted(record.image_names), file


def test_publications_are_at_least_sixty_and_published(publications: list[Record]) -> None:
    assert len(publications) >= 60
    names = Counter((r.office, r.publication_number, r.kind_code) for r in publications)
    assert [name for name, count in names.items() if count > 1 or not all(name)] == []
    assert all(r.published for r in publications)
    assert {r.office for r in publications} == {"XX", "XY", "ZZ", "AP"}


def test_publications_have_their_texts(publications: list[Record]) -> None:
    for record in publications:
        where = f"{record.office} {record.publication_number}"
        assert record.language in record.titles and record.language in record.abstracts, where
        assert 3 <= len(record.claims[record.language]) <= 8, where
        assert set(record.claims) <= set(record.titles) & set(record.abstracts), where
        assert len({len(claims) for claims in record.claims.values()}) == 1, where
        for text in record.abstracts.values():
            assert 45 <= len(text.split()) <= 150, where
        assert record.applicants and record.inventors and record.classes.ipc, where
    languages = Counter(record.language for record in publications)
    assert languages["fr"] >= 15 and languages["en"] >= 30
    assert sum(len(record.claims) == 2 for record in publications) >= 5


def test_texts_are_written_one_by_one(publications: list[Record]) -> None:
    """No sentence of an abstract stands in more than two documents (a family may repeat one)."""
    sentences = Counter(
        fold(sentence)
        for record in publications
        for text in record.abstracts.values()
        for sentence in set(re.split(r"(?<=[.;]) ", text))
        if len(sentence) > 30
    )
    assert [sentence for sentence, count in sentences.items() if count > 2] == []


def test_dates_of_publications_are_in_order(publications: list[Record]) -> None:
    for record in publications:
        where = f"{record.office} {record.publication_number}"
        filed, out = date.fromisoformat(record.filing_date), date.fromisoformat(record.publication_date)
        assert date(1996, 1, 1) < filed < out < date(2026, 9, 14), where
        for claim in record.priorities:
            assert 0 <= (filed - date.fromisoformat(claim.date)).days <= 366, where


def test_cited_documents_are_earlier_publications_of_the_collection(publications: list[Record]) -> None:
    out = {(r.office, r.publication_number, r.kind_code): r.publication_date for r in publications}
    for record in publications:
        for cited in record.citations:
            day = out[cited.office, cited.number, cited.kind_code]
            assert day < record.publication_date, (record.publication_number, cited.number)
            assert cited.category in ("X", "Y", "A"), record.publication_number


def test_registers_of_marks_are_whole() -> None:
    with (DEMO / "marks" / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 110 and len({(r["office"], r["number"]) for r in rows}) == len(rows)
    for row in rows:
        assert row["name"].strip() and date.fromisoformat(row["filing_date"]) < date(2026, 1, 1)
        assert all(1 <= int(nice) <= 45 for nice in row["classes"].split(";"))
    with (DEMO / "marks" / "logos" / "logos.csv").open(encoding="utf-8", newline="") as file:
        logos = list(csv.DictReader(file))
    drawn = {p.name for p in (DEMO / "marks" / "logos").glob("*.svg")}
    assert {logo["image"] for logo in logos} == drawn and len(drawn) >= 24
    assert {logo["number"] for logo in logos} <= {row["number"] for row in rows}


def test_pictures_render() -> None:
    from app.imaging import pages

    for path in sorted([*DEMO.rglob("*.svg"), *DEMO.rglob("*.tif")]):
        assert pages.picture(path.read_bytes(), dpi=48).startswith(b"\x89PNG"), path.name


def test_the_claim_set_has_six_numbered_claims() -> None:
    text = (DEMO / "french-claims.txt").read_text(encoding="utf-8")
    assert re.findall(r"^(\d)\. ", text, re.M) == list("123456")


def test_everything_stays_small() -> None:
    files = [p for p in DEMO.rglob("*") if p.is_file() and "packs" not in p.parts]
    assert sum(p.stat().st_size for p in files) < 1_500_000
