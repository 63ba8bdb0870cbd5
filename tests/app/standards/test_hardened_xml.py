"""Hostile, broken and endless XML: what comes in, what is refused, and with which line."""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.record import Record
from app.standards import reading
from app.standards.source import Notes
from app.standards.trouble import Broken
from app.standards.xml import hardened
from app.standards.xml.cutting import Cutter
from app.standards.xml.entities import character

GRANT = """<us-patent-grant lang="EN" country="US">
<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>0{number}</doc-number>
<kind>B2</kind><date>20090106</date></document-id></publication-reference>
<invention-title>{title}</invention-title>
</us-bibliographic-data-grant>
<claims><claim num="1"><claim-text>1. A pump.</claim-text></claim></claims>
</us-patent-grant>
"""
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
DOCTYPE = '<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v42-2006-08-23.dtd" [ ]>\n'


def grant(number: int, title: str = "Pump") -> str:
    return GRANT.format(number=number, title=title)


def texts(xml: bytes, tags: tuple[str, ...] = ()) -> list[str]:
    """The text of every record element; a broken document as its line."""
    found: list[str] = []
    for document in hardened.documents(io.BytesIO(xml), Notes()):
        if isinstance(document, Broken):
            found.append(f"broken {document.line}")
            continue
        try:
            found.extend("".join(e.itertext()).strip() for e in document.elements(tags))
        except Broken as broken:
            found.append(f"broken {broken.line}")
    return found


def read(folder: Path, xml: str | bytes) -> tuple[list[Record], list[reading.Finding], reading.Closed]:
    path = folder / "file.xml"
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    events = list(reading.read([path]))
    closed = events[-1]
    assert isinstance(closed, reading.Closed)
    return (
        [e for e in events if isinstance(e, Record)],
        [e for e in events if isinstance(e, reading.Finding)],
        closed,
    )


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("eacute", "é"),
        ("lsquo", "\u2018"),
        ("mdash", "\u2014"),
        ("agr", "α"),
        ("thgr", "θ"),
        ("OHgr", "Ω"),
        ("sfgr", "ς"),
        ("b.alpha", "\U0001d6c2"),
        ("b.Omega", "\U0001d6c0"),
        ("EEacgr", "Ή"),
        ("litre", "ℓ"),
        ("LSQUO", "\u2018"),
        ("EACUTE", "É"),
        ("thinsp", "\u2009"),
        ("frac12", "½"),
        ("hyphen", "\u2010"),
        ("degree", "°"),
        ("nonsense", None),
        ("", None),
    ],
)
def test_names_of_entity_sets(name: str, letter: str | None) -> None:
    assert character(name) == letter


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("caf&eacute;", "café"),
        ("&lsquo;a&rsquo; &amp; &#x62;", "‘a’ & b"),
        ("x&nosuch;y", "x\ufffd[nosuch]y"),
        ("<![CDATA[caf&eacute; <b>]]> &eacute;", "caf&eacute; <b> é"),
        ("<!-- &eacute; -->&agr;", "α"),
    ],
)
def test_entities_become_characters(inside: str, text: str) -> None:
    assert texts(f"<a>{inside}</a>".encode()) == [text]


def test_a_short_entity_of_the_internal_subset_is_used_and_images_are_no_entities() -> None:
    xml = b"""<?xml version="1.0"?>
<!DOCTYPE a SYSTEM "nowhere.dtd" [
<!ENTITY office "Patent &#38; Mark">
<!ENTITY PIC.TIF SYSTEM "PIC.TIF" NDATA TIF>
<!-- <!ENTITY office "no"> > ] -->
]>
<a p="PIC.TIF">&office;</a>"""
    assert texts(xml) == ["Patent & Mark"]


def test_nothing_is_loaded_from_outside_and_nothing_grows(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f"""<!DOCTYPE us-patent-grant [<!ENTITY out SYSTEM "file://{secret}"><!ENTITY l0 "lol">{levels}
<!ENTITY % p SYSTEM "file://{secret}"> %p;]>
""" + grant(7000001, "&out; &l11; &l0;")
    records, findings, closed = read(tmp_path, xml)
    assert closed.refused is None
    assert records[0].title == "\ufffd[out] \ufffd[l11] lol"
    assert {f.rule for f in findings} == {"xml.entity-barred", "xml.entity-unknown"}


@pytest.mark.parametrize(
    "between",
    ["", "\n", "\r\n\r\n", "\ufeff", "\x00\x00", "<!-- end -->\n", "\n\x1a"],
    ids=["nothing", "line", "lines", "mark", "zeros", "comment", "control-z"],
)
@pytest.mark.parametrize(
    "head", [DECLARED, DECLARED + DOCTYPE, DOCTYPE, ""], ids=["xml", "both", "type", "bare"]
)
def test_many_documents_in_one_file(tmp_path: Path, head: str, between: str) -> None:
    xml = between.join(head + grant(number) for number in range(7000001, 7000006))
    records, findings, closed = read(tmp_path, xml)
    assert [r.publication_number for r in records] == [str(n) for n in range(7000001, 7000006)]
    assert not findings and closed.format == "us-ice"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (grant(7000002).replace("</invention-title>", "</title>"), 12 + 6),
        (grant(7000002)[:200], 12 + 4),
        (grant(7000002).replace("Pump", "Pump & Co"), 12 + 6),
        (grant(7000002).replace("Pump", "Pump \x01"), 12 + 6),
        ("", 12 + 1),
        ("some words\n", 12 + 1),
    ],
    ids=["closed twice", "cut off", "bare ampersand", "control character", "nothing", "words"],
)
def test_a_broken_document_costs_no_neighbour(tmp_path: Path, broken: str, line: int) -> None:
    head = DECLARED + DOCTYPE
    xml = head + grant(7000001) + "\n" + head + broken + head + grant(7000003)
    records, findings, closed = read(tmp_path, xml)
    assert [r.publication_number for r in records] == ["7000001", "7000003"]
    assert closed.refused is None
    errors = [f for f in findings if f.severity == "error"]
    assert len(errors) == 1
    assert abs(int(errors[0].where.split()[-1]) - line) <= 2, errors[0]


def test_a_file_with_nothing_readable_is_refused_with_its_line(tmp_path: Path) -> None:
    _records, _findings, closed = read(
        tmp_path, DECLARED + "<us-patent-grant>\n<a>\n</b>\n</us-patent-grant>"
    )
    assert closed.refused is not None
    assert closed.refused.line == 4
    assert "line 4" in closed.refused.message
    assert closed.refused.remedy


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1", "windows-1252", "utf-32"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16"}.get(encoding, encoding.upper())
    xml = f'<?xml version="1.0" encoding="{name}"?>\n' + grant(7000001, "Séchoir à manioc &ndash; §")
    records, _findings, _closed = read(tmp_path, xml.encode(encoding))
    assert records[0].title == "Séchoir à manioc – §"


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("shift_jis", "ポンプ"),
        ("euc-kr", "펌프"),
        ("gb18030", "水泵"),
        ("big5", "水泵"),
        ("koi8-r", "насос"),
        ("iso-2022-jp", "ポンプ"),
    ],
)
def test_encodings_of_asia_and_russia(tmp_path: Path, encoding: str, word: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>\n' + grant(7000001, word)
    records, _findings, _closed = read(tmp_path, xml.encode(encoding))
    assert records[0].title == word


@pytest.mark.parametrize("encoding", ["UTF-8", "no-such", "rot13", "zip", "unicode_escape"])
def test_encoding_troubles_are_told_in_words(tmp_path: Path, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>\n' + grant(7000001, "S\u00e9choir")
    _records, _findings, closed = read(tmp_path, xml.encode("latin-1"))
    assert closed.refused is not None
    assert "encod" in closed.refused.message


def test_deep_nesting_is_refused_in_words(tmp_path: Path) -> None:
    deep = "<a>" * 300_000
    _records, _findings, closed = read(tmp_path, DECLARED + "<us-patent-grant>" + deep)
    assert closed.refused is not None
    assert "deep" in closed.refused.message


def endless(first: bytes, block: bytes, blocks: int) -> Iterator[bytes]:
    yield first
    for _number in range(blocks):
        yield block


class Stream(io.RawIOBase):
    """A stream that is made while it is read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is measured in the units of Linux")
@pytest.mark.parametrize(
    "block",
    [
        b"word " * 20_000,
        b"<b/>" * 30_000,
        b"<b c='" + b"x" * 120_000 + b"'/>",
        b"<![CDATA[" + b"y" * 90_000 + b"]]>",
    ],
    ids=["text", "elements", "attributes", "cdata"],
)
def test_an_endless_record_is_refused_and_memory_stays_bounded(block: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream = io.BufferedReader(Stream(endless(b"<us-patent-grant>", block, 1200)), 65_536)
    with pytest.raises(Broken):
        for document in hardened.documents(stream, Notes()):
            assert not isinstance(document, Broken)
            for _element in document.elements():
                pass
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 700, f"{grown:.0f} MB"


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is measured in the units of Linux")
def test_memory_stays_flat_over_many_documents(tmp_path: Path) -> None:
    one = (DECLARED + DOCTYPE + grant(7000001, "Pump " * 2000)).encode()
    path = tmp_path / "weekly.xml"
    with path.open("wb") as file:
        for _number in range(3000):
            file.write(one)
    for _event in reading.read([path]):
        break
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(isinstance(event, Record) for event in reading.read([path]))
    assert count == 3000
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 40


def test_records_inside_one_large_document_come_one_by_one() -> None:
    xml = b"<all><head/>" + b"".join(b"<one><one-id>%d</one-id></one>" % n for n in range(1000)) + b"</all>"
    assert texts(xml, ("one",)) == [str(n) for n in range(1000)]


def test_records_before_the_break_of_a_large_document_are_kept() -> None:
    xml = b"<all>\n<one>1</one>\n<one>2</one>\n<one>3</all>"
    assert texts(xml, ("one",)) == ["1", "2", "broken 4"]


def test_a_document_without_declaration_among_others_with_one(tmp_path: Path) -> None:
    heads = (DECLARED + DOCTYPE, DOCTYPE, "", DECLARED)
    xml = "".join(head + grant(7000001 + place) for place, head in enumerate(heads))
    records, findings, _closed = read(tmp_path, xml)
    assert [r.publication_number for r in records] == ["7000001", "7000002", "7000003", "7000004"]
    assert not findings


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!DOCTYPE a [" + b"<!--" * 200_000 + b"]>",
        b"<!DOCTYPE a [<!ENTITY b '" + b"<!--" * 200_000 + b"'>]>",
        b"<!DOCTYPE a [" + b"<!ENTITY b SYSTEM " * 50_000 + b"]>",
        b"<" + b"a" * 900_000,
        b"<a " + b"b" * 900_000 + b">",
        b"<a " + b"b=" * 400_000 + b">",
        b"<?xml version='1.0'?>" * 4_000,
        b"<a>" + b"&" * 900_000,
        b"<a>" + b"&b" * 400_000,
        b"<a>" + b"<![CDATA[" * 100_000,
        b"<a>" + b"</a" * 300_000,
        b"<!DOCTYPE " * 90_000,
    ],
    ids=range(12),
)
def test_tricks_that_take_for_ever_elsewhere(prolog: bytes) -> None:
    assert all(text.startswith("broken") or text == "" for text in texts(prolog))


def test_a_quoted_declaration_is_no_new_document() -> None:
    assert texts(b"<?xml version='1.0'?><a><![CDATA[<?xml version='1.0'?><b/>]]></a>") == [
        "<?xml version='1.0'?><b/>"
    ]


def test_an_undeclared_prefix_of_the_root_is_mended() -> None:
    assert texts(b'<exch:doc exch:id="1"><exch:a>x</exch:a></exch:doc>') == ["x"]


@given(st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_the_size_of_the_blocks_changes_nothing(block: int) -> None:
    parts = [DECLARED + DOCTYPE + grant(n) for n in range(7000001, 7000004)]
    xml = "\n".join(parts).encode()
    pieces = [b"".join(piece.chunks) for piece in Cutter(io.BytesIO(xml), block).documents()]
    assert [p.strip() for p in pieces] == [part.strip().encode() for part in parts]


@given(
    st.lists(
        st.sampled_from(["&eacute;", "a", "<b/>", "&amp;", "\n", "<![CDATA[&x;]]>", "&#38;", "é" * 9]),
        max_size=60,
    ),
    st.integers(1, 97),
)
@settings(max_examples=80, deadline=None)
def test_entities_survive_any_cut(parts: list[str], block: int) -> None:
    from app.standards.xml.substituting import Substitute

    data = f"<a>{''.join(parts)}</a>".encode()
    whole = Substitute({}, Notes())
    cut = Substitute({}, Notes())
    expected = whole.feed(data) + whole.rest()
    found = b"".join(cut.feed(data[at : at + block]) for at in range(0, len(data), block)) + cut.rest()
    assert found == expected
