"""From an office's own download to a pack, and what the installed pack then answers."""

from __future__ import annotations

import json
import tarfile
from datetime import date
from pathlib import Path

import pytest

from app.domain.findings import Finding
from app.domain.record import Record
from app.errors import FileRefused, OfficeError, UsageError
from app.services import classes, codepacks, inspecting, packs
from app.standards import archives, reading
from app.standards.checking.stream import checked

SAMPLES = Path(__file__).parents[2] / "data" / "standards"

IPC = """<IPCScheme xmlns="http://www.wipo.int/classifications/ipc/masterfiles" edition="20240101" lang="EN">
<ipcEntry kind="s" symbol="A"><textBody><title><titlePart>
<text>DAILY NEEDS</text></titlePart></title></textBody>
<ipcEntry kind="t" symbol="A" endSymbol="A01"><textBody><title><titlePart>
<text>HEADING</text></titlePart></title>
</textBody></ipcEntry>
<ipcEntry kind="c" symbol="A01"><textBody><title><titlePart>
<text>FARMING</text></titlePart></title></textBody>
<ipcEntry kind="u" symbol="A01B"><textBody><title><titlePart><text>WORKING THE SOIL</text></titlePart>
<titlePart><text>PARTS OF MACHINES</text>
<entryReference>see <sref ref="A01C"/></entryReference></titlePart></title>
</textBody>
<ipcEntry kind="m" symbol="A01B0001000000"><textBody><title><titlePart>
<text>Hand tools</text></titlePart></title>
</textBody><ipcEntry kind="1" symbol="A01B0001020000"><textBody><title><titlePart>
<text>Spades; <u>Shovels</u></text>
</titlePart></title></textBody></ipcEntry>
<ipcEntry kind="n" symbol="A01B0001020000"><textBody><note><noteParagraph>
<text>A note</text></noteParagraph></note>
</textBody></ipcEntry></ipcEntry></ipcEntry></ipcEntry></ipcEntry></IPCScheme>"""

CPC = """<class-scheme publication-date="2016-05-01" scheme-type="cpc">
<classification-item level="5"><classification-symbol>A01L</classification-symbol><class-title>
<title-part>
<text scheme="ipc">SHOES OF HORSES</text><reference>
<text>bending <class-ref>B21H7/12</class-ref></text></reference>
</title-part></class-title>
<classification-item level="6"><classification-symbol>A01L1/00</classification-symbol>
<classification-item level="7"><classification-symbol>A01L1/00</classification-symbol><class-title>
<title-part>
<text>Shoes with nails</text></title-part><title-part><CPC-specific-text>
<text>Clips</text></CPC-specific-text>
</title-part></class-title>
<classification-item level="8"><classification-symbol>A01L1/02</classification-symbol><class-title>
<title-part>
<text>Solid shoes</text></title-part></class-title></classification-item>
</classification-item></classification-item></classification-item></class-scheme>"""

NICE = json.dumps(
    {"edition": "12", "version": "2024",
     "classes": [{"number": str(n), "heading": f"Goods of class {n}"} for n in range(1, 46)]}
)  # fmt: skip
LOCARNO = json.dumps(
    [{"Language": "EN", "Classification": [
        {"ClassCode": "12", "ClassDescription": "Vehicles", "LocarnoSubClasses": [
            {"SubClassCode": "11", "SubClassDescription": "Cycles"},
            {"SubClassCode": "12", "SubClassDescription": "Prams"}]}]}]
)  # fmt: skip
TERMS = "basic_number,class_number,term,language\n070001,7,agitators,en\n070002,7,agitateurs,fr\n"
COLUMNS = "A01\tFarming\nA01B\tSoil\nA01B1\tHand tools\nA01B1\tHand tools, once more\n"


def built(tmp_path: Path, kind: str, content: str, name: str, **said: str) -> packs.PackLine:
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    (line,) = packs.build(kind, [source], tmp_path / f"{name}.pack", **said).packs
    return line


def install(tmp_path: Path, kind: str, content: str, name: str, **said: str) -> packs.PackLine:
    line = built(tmp_path, kind, content, name, **said)
    (installed,) = packs.install(None, tmp_path / f"{name}.pack").packs
    assert installed.state == packs.READY and installed.kind == line.kind
    return installed


@pytest.mark.parametrize(
    ("kind", "content", "name", "said", "pack", "version"),
    [
        ("ipc", IPC, "ipc.xml", {}, "ipc", "2024.01"), ("code", CPC, "cpc.xml", {}, "cpc", "2016.05"),
        ("nice", NICE, "nice.json", {}, "nice", "12.2024"),
        ("locarno", LOCARNO, "locarno.json", {"edition": "13"}, "locarno", "13"),
        ("code", TERMS, "terms.csv", {"edition": "12-2024"}, "nice", "12.2024"),
        ("classification", COLUMNS, "ipc.txt", {"edition": "20240101", "language": "en"}, "ipc", "2024.01"),
    ],
)  # fmt: skip
def test_each_form_makes_a_pack(tmp_path, kind, content, name, said, pack, version):
    line = install(tmp_path, kind, content, name, **said)
    assert (line.name, line.version, line.kind) == (pack, version, "code")


@pytest.mark.parametrize(
    ("kind", "content", "name", "said", "trouble", "words"),
    [
        ("locarno", LOCARNO, "l.json", {}, UsageError, "which edition"),
        ("nice", LOCARNO, "l.json", {"edition": "13"}, FileRefused, "LOCARNO, not NICE"),
        ("ipc", IPC, "i.xml", {"edition": "2023.01"}, FileRefused, "edition 2024.01, not 2023.01"),
        ("code", "hello", "h.txt", {}, FileRefused, "no classification"),
        ("code", "<html><p>x</p></html>", "h.xml", {}, FileRefused, "neither an IPC nor a CPC"),
        ("code", "<IPCScheme edition='20240101' lang='EN'><ipcEntry>", "c.xml", {}, FileRefused, "line 1"),
        ("code", "[1, 2]", "n.json", {"edition": "1"}, FileRefused, "none of the known forms"),
        ("code", "[" * 100_000, "d.json", {"edition": "1"}, FileRefused, "no classification"),
        ("nice", '{"classes": [{"number": "1"}]}', "k.json", {"edition": "1"}, FileRefused, "heading"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_a_pack(tmp_path, kind, content, name, said, trouble, words):
    with pytest.raises(trouble, match=words):
        built(tmp_path, kind, content, name, **said)
    assert not (tmp_path / f"{name}.pack").exists()


def test_a_name_that_is_not_there(tmp_path):
    with pytest.raises(FileRefused, match="not there"):
        packs.build("ipc", [tmp_path / "gone.xml"], tmp_path / "x.pack")


def test_titles_with_what_stands_above(tmp_path):
    install(tmp_path, "ipc", IPC, "ipc.xml")
    found = classes.title("A01B0001020000", "fr")
    assert found is not None and (found.symbol, found.text) == ("A01B 1/02", "Spades; Shovels")
    assert (found.language, found.edition) == ("en", "2024.01")
    assert found.above == (
        ("A", "DAILY NEEDS"), ("A01", "FARMING"), ("A01B", "WORKING THE SOIL; PARTS OF MACHINES"),
        ("A01B 1/00", "Hand tools"),
    )  # fmt: skip
    assert classes.title("A01B 1/04") is None and classes.title("9") is None


def test_titles_of_the_cpc_without_references(tmp_path):
    install(tmp_path, "cpc", CPC, "cpc.xml")
    found = classes.title("A01L 1/00", scheme="cpc")
    assert found is not None and found.text == "Shoes with nails; Clips"
    assert found.above == (("A01L", "SHOES OF HORSES"),)


def test_an_office_replaces_an_edition_by_a_newer_one(tmp_path):
    install(tmp_path, "nice", NICE, "nice.json")
    newer = NICE.replace('"12"', '"13"').replace("2024", "2026").replace("Goods of", "Wares of")
    install(tmp_path, "nice", newer, "newer.json")
    assert (classes.title("Class 9") or "").text == "Wares of class 9"
    assert (classes.title("9", on=date(2024, 5, 1)) or "").text == "Goods of class 9"
    assert classes.title("9", on=date(2013, 5, 1)) is None


@pytest.mark.parametrize(
    ("symbol", "on", "scheme", "problem"),
    [
        ("G06F15/16", None, "ipc", ""), ("Y02E 10/50", None, "cpc", ""), ("Class 45", None, "nice", ""),
        ("45", date(2000, 1, 1), "nice", "no class 45"), ("46", None, "nice", "no class 46"),
        ("12-11", None, "locarno", ""), ("12.99", None, "locarno", ""),
        ("01-50", None, "locarno", "no edition"),
        ("1.1.2", None, "vienna", ""), ("30.1.1", None, "vienna", "no class 30"),
        ("G16H 10/60", date(2010, 1, 1), "ipc", "came on 2018"), ("Z01", None, "", "form of no class"),
        ("", None, "", "form of no class"),
    ],
)  # fmt: skip
def test_symbols_without_a_pack(symbol, on, scheme, problem):
    (found,) = classes.check([symbol], on)
    assert found.scheme == scheme and not found.by_pack
    assert problem.lower() in found.problem.lower() and bool(found.problem) == bool(problem)


def test_symbols_against_the_installed_edition(tmp_path):
    install(tmp_path, "ipc", IPC, "ipc.xml")
    install(tmp_path, "locarno", LOCARNO, "locarno.json", edition="13")
    sound, gone, other = classes.check(["A01B 1/02", "A01B 1/99", "G06F 15/16"])
    assert (sound.by_pack, sound.problem, sound.edition) == (True, "", "2024.01")
    assert gone.by_pack and "A01B 1/99" in gone.problem
    # The pack has no subgroup of that subclass: it is not complete, and proves nothing.
    assert not other.by_pack and not other.problem
    assert classes.check(["12-12"])[0].by_pack and classes.check(["12-13"])[0].problem
    assert not classes.check(["12-13"], date(2000, 1, 1))[0].by_pack


def test_technology():
    field = classes.technology("G06F0015160000")
    assert field is not None and field.number == 6 and field.names["en"] == "Computer technology"
    assert classes.technology("A61K 8/02").number == 14
    assert classes.technology("nothing") is None


def test_real_downloads(tmp_path, shared_data):
    folder = shared_data / "classifications"
    said = {"edition": "2015.01", "language": "en"}
    packs.build("ipc", [folder / "ipc-text"], tmp_path / "ipc.pack", **said)
    packs.install(None, tmp_path / "ipc.pack")
    found = classes.title("A01B 3/00")
    assert (
        found is not None and found.text == "Ploughs" and [top for top, _t in found.above] == ["A01", "A01B"]
    )
    for kind, name, more in (
        ("cpc", "cpc/cpc-scheme-A01L.xml", {}), ("nice", "nice/nice-10-2015.json", {"language": "en"}),
        ("nice", "nice/nice-alphabetical-list.csv", {"edition": "11"}),
        ("nice", "nice/defaultNiceAlphaLists.json", {"edition": "11"}),
        ("locarno", "locarno/defaultLocarnoClasses.json", {"edition": "13"}),
        ("ipc", "ipc-es-en-json/outputFileSpanish.json", {"edition": "2020.01", "language": "es"}),
    ):  # fmt: skip
        (line,) = packs.build(kind, [folder / name], tmp_path / "x.pack", **more).packs
        assert line.name == kind
    with pytest.raises(FileRefused, match="CPCMasterClassificationFile"):
        packs.build("cpc", [folder / "cpc" / "cpcMaster.xml"], tmp_path / "x.pack")


# --- schemas

NAMESPACE = "http://www.wipo.int/standards/XMLSchema/ST96/Common"
XSD = f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:com="{NAMESPACE}"
 targetNamespace="{NAMESPACE}" elementFormDefault="qualified" version="V6_0">
<xsd:include schemaLocation="Day.xsd"/>
<xsd:element name="Notice"><xsd:complexType><xsd:sequence><xsd:element name="Day" type="com:Day"/>
</xsd:sequence>
<xsd:attribute ref="com:st96Version"/></xsd:complexType></xsd:element>
<xsd:attribute name="st96Version" type="xsd:string"/></xsd:schema>"""
DAY = f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"
 version="V6_0">
<xsd:simpleType name="Day"><xsd:restriction base="xsd:date"/></xsd:simpleType></xsd:schema>"""


def schemas(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "st96-own"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.xsd").write_text(text, encoding="utf-8")
    return folder


def told(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    file = tmp_path / "notice.xml"
    file.write_text(text, encoding="utf-8")
    source = next(e.source for e in inspecting.events([file]) if isinstance(e, inspecting.Opened))
    from app.standards.checking import schemas as rule

    return [(f.rule, f.message) for f in rule.faults(source, codepacks.schema_folders(), "notice.xml")]


def test_documents_are_held_against_an_installed_schema(tmp_path):
    folder = schemas(tmp_path, Notice_V6_0=XSD, Day=DAY)
    (line,) = packs.build("schemas", [folder], tmp_path / "s.pack").packs
    assert (line.kind, line.name, line.version) == ("schema", "st96_own", "6.0")
    packs.install(None, tmp_path / "s.pack")
    document = f'<n:Notice xmlns:n="{NAMESPACE}" n:st96Version="V6_0">\n<n:Day>2020-01-05</n:Day></n:Notice>'
    assert told(tmp_path, document) == []
    (fault,) = told(tmp_path, document.replace("2020-01-05", "soon"))
    assert fault[0] == "check.schema" and fault[1].startswith("Line 2: “Day” holds a value")
    (fault,) = told(tmp_path, document.replace("n:Day>", "n:Night>"))
    assert "“Night” does not stand as the schema wants it here" in fault[1]
    (other,) = told(tmp_path, document.replace("V6_0", "V5_0"))
    assert other[0] == "check.schema-version" and "V5_0" in other[1]
    (none,) = told(tmp_path, document.replace(' n:st96Version="V6_0"', ""))
    assert none[0] == "check.schema-version"
    assert told(tmp_path, "<other/>") == [] and told(tmp_path, document[:-3]) == []


@pytest.mark.parametrize(("in_memory", "told_of"), [(1 << 20, {"check.schema"}), (10, set())])
def test_a_large_member_of_an_archive_opens_once_and_is_read_all_the_same(
    tmp_path, monkeypatch, in_memory, told_of
):
    space = "http://www.wipo.int/standards/XMLSchema/ST96/Patent"
    text = DAY.replace(NAMESPACE, space).replace(
        "<xsd:simpleType", '<xsd:element name="PatentPublication" type="xsd:date"/><xsd:simpleType'
    )
    packs.build("schema", [schemas(tmp_path, PatentPublication_V6_0=text)], tmp_path / "s.pack")
    packs.install(None, tmp_path / "s.pack")
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        archive.add(SAMPLES / "st96-patent.xml", "patent.xml")
    monkeypatch.setattr(archives, "IN_MEMORY", in_memory)
    found = list(inspecting.events([tmp_path / "all.tar"]))
    assert {e.rule for e in found if isinstance(e, Finding)} & {"check.schema"} == told_of
    assert any(isinstance(e, Record) for e in found)


def test_the_installed_schemas_are_looked_up_once_for_many_files():
    asked = []
    found = reading.read([SAMPLES / "st96-patent.xml", SAMPLES / "st66-us.xml"])
    told = checked(found, today=date(2026, 11, 25), schema_packs=lambda: asked.append(1) or ())
    assert sum(isinstance(event, Record) for event in told) == 2
    assert len(asked) == 1


def test_a_long_list_of_faults_is_cut(tmp_path):
    many = XSD.replace('type="com:Day"', 'type="com:Day" maxOccurs="unbounded"')
    packs.build("schema", [schemas(tmp_path, Notice_V6_0=many, Day=DAY)], tmp_path / "s.pack")
    packs.install(None, tmp_path / "s.pack")
    days = "<n:Day>x</n:Day>\n" * 100
    found = told(tmp_path, f'<n:Notice xmlns:n="{NAMESPACE}" n:st96Version="V6_0">{days}</n:Notice>')
    assert len(found) < 40 and "faults more" in found[-1][1]


MATHML = "http://www.w3.org/1998/Math/MathML3"
FORMULAS = f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="{MATHML}"
 xmlns:m="{MATHML}" elementFormDefault="qualified">
<xsd:element name="math"><xsd:complexType><xsd:sequence><xsd:element ref="m:mi"/></xsd:sequence>
</xsd:complexType></xsd:element><xsd:element name="mi" type="xsd:string"/></xsd:schema>"""


@pytest.mark.parametrize("more", ["", '<xsd:element ref="m:mi" minOccurs="0"/>'])
def test_formulas_are_held_against_the_schema_of_formulas(tmp_path, more):
    text = XSD.replace("<xsd:schema", f'<xsd:schema xmlns:m="{MATHML}"').replace(
        '<xsd:element name="Notice">',
        f'<xsd:import namespace="{MATHML}" schemaLocation="Formulas.xsd"/><xsd:element name="Notice">',
    )
    text = text.replace(
        'type="com:Day"/>', f'type="com:Day"/><xsd:element ref="m:math" minOccurs="0"/>{more}'
    )
    packs.build(
        "schema", [schemas(tmp_path, Notice_V6_0=text, Day=DAY, Formulas=FORMULAS)], tmp_path / "s.pack"
    )
    packs.install(None, tmp_path / "s.pack")
    start = f'<n:Notice xmlns:n="{NAMESPACE}" xmlns:m="{MATHML}" n:st96Version="V6_0"><n:Day>'
    assert told(tmp_path, f"{start}2020-01-05</n:Day></n:Notice>") == []
    (fault,) = told(tmp_path, f"{start}soon</n:Day></n:Notice>")
    assert "“Day” holds a value" in fault[1]
    assert told(tmp_path, f"{start}2020-01-05</n:Day><m:math><m:mi>x</m:mi></m:math></n:Notice>") == []
    (fault,) = told(tmp_path, f"{start}2020-01-05</n:Day><m:math><m:mo>x</m:mo></m:math></n:Notice>")
    assert "“mo” does not stand as the schema wants it here" in fault[1]


@pytest.mark.parametrize(
    "location", ["../outside.xsd", "http://example.org/Day.xsd", "file:///etc/passwd", "missing.xsd"]
)
def test_schemas_that_reach_out_of_their_folder(tmp_path, location):
    (tmp_path / "outside.xsd").write_text(DAY, encoding="utf-8")
    folder = schemas(tmp_path, Notice_V6_0=XSD.replace("Day.xsd", location), Day=DAY)
    with pytest.raises(FileRefused, match="not in the folder"):
        packs.build("schema", [folder], tmp_path / "s.pack")


def test_an_installed_schema_that_was_changed_reads_nothing_outside(tmp_path):
    packs.build("schema", [schemas(tmp_path, Notice_V6_0=XSD, Day=DAY)], tmp_path / "s.pack")
    (line,) = packs.install(None, tmp_path / "s.pack").packs
    outside = tmp_path / "outside.xsd"
    outside.write_text(DAY, encoding="utf-8")
    (Path(line.folder) / "Notice_V6_0.xsd").write_text(
        XSD.replace("Day.xsd", outside.as_uri()), encoding="utf-8"
    )
    document = f'<n:Notice xmlns:n="{NAMESPACE}" n:st96Version="V6_0"><n:Day>x</n:Day></n:Notice>'
    assert told(tmp_path, document) == []


def test_folders_without_schemas_or_broken_ones(tmp_path):
    empty = tmp_path / "empty-1"
    empty.mkdir()
    (empty / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FileRefused, match="no schema"):
        packs.build("schema", [empty], tmp_path / "s.pack")
    with pytest.raises(OfficeError, match="one folder"):
        packs.build("schema", [empty / "a.txt"], tmp_path / "s.pack")
    with pytest.raises(FileRefused, match="no schema that can be read"):
        packs.build("schema", [schemas(tmp_path, Bad="<xsd")], tmp_path / "s.pack")


def test_a_code_pack_of_another_making_is_packed_as_it_is(tmp_path):
    folder = tmp_path / "words-1.0"
    folder.mkdir()
    (folder / "words.bin").write_bytes(b"\x00\x01")
    (line,) = packs.build("code", [folder], tmp_path / "w.pack").packs
    assert (line.name, line.version) == ("words", "1.0")
    (installed,) = packs.install(None, tmp_path / "w.pack").packs
    assert installed.state == packs.STORED
