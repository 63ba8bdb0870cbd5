"""Weekly files with something broken among the good: it is refused with its line, its neighbours come in."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards.reading import Closed, read

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def ice(number: int, inside: str = "") -> str:
    return (
        f"{HEAD}<us-patent-grant lang='EN' country='US'><us-bibliographic-data-grant><publication-reference>"
        f"<document-id><country>US</country><doc-number>{number:08d}</doc-number><kind>B1</kind></document-id>"
        f"</publication-reference></us-bibliographic-data-grant><description><p>{inside}</p></description>"
        "</us-patent-grant>\n"
    )


def ep(number: int, inside: str = "") -> str:
    return (
        f"{HEAD}<ep-patent-document lang='en' country='EP' doc-number='{number}' kind='A1'><SDOBI>"
        f"<B100><B110>{number}</B110></B100></SDOBI><description><p>{inside}</p></description></ep-patent-document>\n"
    )


def pap(number: int, inside: str = "") -> str:
    return (
        f"{HEAD}<patent-application-publication><subdoc-bibliographic-information><document-id><doc-number>"
        f"{number}</doc-number></document-id></subdoc-bibliographic-information><subdoc-abstract><paragraph>"
        f"{inside}</paragraph></subdoc-abstract></patent-application-publication>\n"
    )


def patdoc(number: int, inside: str = "") -> str:
    return (
        f"{HEAD}<PATDOC><SDOBI><B100><B110><DNUM><PDAT>{number:08d}</PDAT></DNUM></B110></B100></SDOBI>"
        f"<SDOAB><BTEXT><PARA><PTEXT><PDAT>{inside}</PDAT></PTEXT></PARA></BTEXT></SDOAB></PATDOC>\n"
    )


FAMILIES = {"ice": ice, "ep": ep, "pap": pap, "st32": patdoc}
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DAMAGE: dict[str, Callable[[str], bytes]] = {
    "truncated": lambda text: text[: text.index("</p") if "</p" in text else len(text) * 3 // 4].encode(),
    "truncated inside a tag": lambda text: text[: text.rindex("<") + 3].encode(),
    "a bare &": lambda text: text.replace("TEXT", "Mill & Sons").encode(),
    "an attribute without value": lambda text: text.replace("TEXT", "<b id>x</b>").encode(),
    "crossed tags": lambda text: text.replace("TEXT", "<b><i>x</b></i>").encode(),
    "a control character": lambda text: text.replace("TEXT", "a\x08b").encode(),
    "other bytes than it says": lambda text: text.replace("TEXT", "caf\u00e9").encode("latin-1"),
    "a flipped bit": lambda text: text.replace("TEXT", "x").encode().replace(b"</", b"<o", 1),
    "nested without end": lambda text: text.replace("TEXT", "<b>" * 100_000).encode(),
    "nested deep and closed": lambda text: text.replace("TEXT", "<b>" * 9000 + "</b>" * 9000).encode(),
    "an unknown encoding": lambda text: text.replace("UTF-8", "klingon-1").encode(),
}


def taken(path: Path) -> tuple[list[Record], list[Finding], Closed]:
    events = list(read([path]))
    (closed,) = (event for event in events if isinstance(event, Closed))
    return (
        [event for event in events if isinstance(event, Record)],
        [event for event in events if isinstance(event, Finding)],
        closed,
    )


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("family", FAMILIES)
def test_neighbours_before_and_after_come_in(tmp_path: Path, family: str, damage: str) -> None:
    made = FAMILIES[family]
    hurt = DAMAGE[damage](made(2, "TEXT"))
    before = made(1).encode() + b"\n"
    path = tmp_path / "week.xml"
    path.write_bytes(before + hurt + b"\n" + made(3).encode() + made(4).encode())
    records, findings, closed = taken(path)
    assert [record.publication_number for record in records] == ["1", "3", "4"]
    (broken,) = (finding for finding in findings if finding.rule == "xml.broken")
    assert broken.remedy and closed.refused is None
    line = int("".join(c for c in broken.where if c.isdigit()))
    assert before.count(b"\n") + 1 <= line <= (before + hurt).count(b"\n") + 2
    path.write_bytes(hurt)
    records, _findings, closed = taken(path)
    assert not records and closed.refused is not None
    assert closed.refused.remedy and closed.refused.line


@pytest.mark.parametrize("family", FAMILIES)
def test_an_entity_bomb_is_not_lit(tmp_path: Path, family: str) -> None:
    made = FAMILIES[family]
    root = made(2).partition("\n")[2].partition(" ")[0].strip("<>").partition(">")[0]
    bomb = made(2, "&e9;").replace(HEAD, f'{HEAD}<!DOCTYPE {root} [<!ENTITY e0 "ha">{BOMB}]>\n')
    path = tmp_path / "week.xml"
    path.write_text(made(1) + bomb + made(3), encoding="utf-8")
    records, findings, _closed = taken(path)
    assert [record.publication_number for record in records] == ["1", "2", "3"]
    assert "xml.entity-barred" in {finding.rule for finding in findings}
    assert all(len(text) < 100 for record in records for text in record.abstracts.values())


def test_a_weekly_file_of_flat_text_with_junk_between(tmp_path: Path) -> None:
    patent = "PATN\nWKU  0{n}999{n}{n}{n}4\nISD  19880202\nTTL  Lamp {n}\n"
    path = tmp_path / "week.txt"
    junk = b"\xff\x00\x08" * 50 + b"\n" + b"TTL  " + b"x" * 3_000_000 + b"\nPATN\n\x1a\n"
    path.write_bytes(patent.format(n=1).encode() + b"\n" + junk + patent.format(n=2).encode())
    records, _findings, closed = taken(path)
    numbers = [record.publication_number for record in records]
    assert numbers[0] == "1999111" and numbers[-1] == "2999222"
    assert closed.refused is None


def test_a_package_of_tricks_around_good_weeks(tmp_path: Path) -> None:
    path = tmp_path / "delivery.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/week1.xml", ice(1) + ice(2))
        archive.writestr("../../etc/week.xml", ice(8))
        archive.writestr("C:\\week.xml", ice(9))
        link = zipfile.ZipInfo("a/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a/bomb.xml", b"<us-patent-grant>" + b" " * 100_000_000)
        archive.writestr("a/week2.xml", ep(3) + ep(4))
    events = list(read([path]))
    records = [event for event in events if isinstance(event, Record)]
    refused = [event for event in events if isinstance(event, Closed) and event.refused]
    assert [record.publication_number for record in records] == ["1", "2", "3", "4"]
    assert len(refused) == 4 and all(event.refused and event.refused.remedy for event in refused)


@pytest.mark.parametrize("name", ["us-ice-kinds.xml", "ep-full-text-kinds.xml"])
@pytest.mark.parametrize("share", range(1, 12))
def test_cut_anywhere_what_was_whole_before_is_kept(tmp_path: Path, name: str, share: int) -> None:
    raw = (SAMPLES / name).read_bytes()
    cut = raw[: len(raw) * share // 12]
    path = tmp_path / name
    path.write_bytes(cut)
    whole = cut.count(b"</us-patent-grant>") + cut.count(b"</ep-patent-document>")
    records, _findings, closed = taken(path)
    assert len(records) == whole and (closed.refused is None) == bool(whole)


def test_white_space_of_every_kind_in_texts(tmp_path: Path) -> None:
    path = tmp_path / "spaces.xml"
    path.write_text(
        ice(1, "a\tb\r\nc  d\u00a0e\u2003f\u2028g \u3000 h\u00adi <b> j</b><br/>k"), encoding="utf-8"
    )
    (record,), _findings, _closed = taken(path)
    assert record.descriptions == {"en": ("a b c d e f g h\u00adi j k",)}
    assert record.as_json()["description_words"] == {"en": 10}
