"""One fault put into a sound listing: it is found, where it is, by its rule and paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.findings import Finding
from app.services import listings
from app.services.listings import Checked, SequenceLine, Wish

SAMPLE = Path(__file__).parents[3] / "data" / "standards" / "st26-listing.xml"
SOUND = SAMPLE.read_text(encoding="utf-8").replace("Quantity>5<", "Quantity>4<")


def check(path: Path, wish: Wish | None = None) -> Checked:
    *_events, checked = listings.check(path, wish)
    assert isinstance(checked, Checked)
    return checked


def findings(tmp_path: Path, text: str) -> tuple[Finding, ...]:
    path = tmp_path / "listing.xml"
    path.write_text(text, encoding="utf-8")
    return check(path).findings


def test_a_sound_listing_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, SOUND) == ()


CDS = "<INSDFeature_location>4..21</INSDFeature_location>"
MISC = "join(1..3,complement(&lt;19..24))"
GENE = "ccaatggctaaacttggttgaccc"
FAULTS = [
    # general part
    ('<?xml version="1.0" encoding="UTF-8"?>\n', "", "st26.declaration", "first lines", "42"),
    ('encoding="UTF-8"', 'encoding="us-ascii"', "st26.encoding", "first lines", "42"),
    ("Listing 1.3//EN", "Listing 3//EN", "st26.doctype", "first lines", "43"),
    ("_V1_3.dtd", "_V1_3.xsd", "st26.doctype", "first lines", "43"),
    ('dtdVersion="V1_3"', 'dtdVersion="V9_9"', "st26.version", "general information", "45"),
    ('productionDate="2029-02-01"', 'productionDate="2029-02-30"', "st26.date", "production date", "46"),
    ('nonEnglishFreeTextLanguageCode="fr"', 'nonEnglishFreeTextLanguageCode="fra"', "st26.language-code",
     "nonEnglishFreeTextLanguageCode", "45"),
    ("<IPOfficeCode>EP<", "<IPOfficeCode>QQ<", "st26.office", "priority", "46"),
    ("<FilingDate>2028-02-03<", "<FilingDate>2029-12-03<", "st26.date-order", "priority", "46"),
    ("<FilingDate>2028-02-03<", "<FilingDate>3.2.2028<", "st26.date", "priority", "46"),
    ("  <ApplicantNameLatin>OOO Baobab</ApplicantNameLatin>\n", "", "st26.latin", "applicant", "47"),
    (">OOO Baobab<", ">ООО Baobab<", "st26.latin", "applicant", "47"),
    ('languageCode="ru"', 'languageCode="zz"', "st26.language-code", "applicant", "47"),
    ('<InventionTitle languageCode="en">', '<InventionTitle languageCode="fr">', "st26.title", "title", "48"),
    ("Gène", "G&#232;ne", "st26.character-reference", "line 18", "41"),
    # order and totals
    ("Quantity>4<", "Quantity>7<", "st26.total", "total", "10"),
    ("Quantity>4<", "Quantity>four<", "st26.total", "total", "46"),
    ('sequenceIDNumber="2"', 'sequenceIDNumber="3"', "st26.order", "sequence 3", "10"),
    ('sequenceIDNumber="2"', 'sequenceIDNumber="two"', "st26.number", "sequence two", "10"),
    # one sequence
    ("<INSDSeq_length/>", "<INSDSeq_length>0</INSDSeq_length>", "st26.skipped", "sequence 3", "58"),
    ("<INSDSeq_moltype/>", "<INSDSeq_moltype>DNA</INSDSeq_moltype>", "st26.skipped", "sequence 3", "58"),
    (">RNA<", ">mRNA<", "st26.molecule", "sequence 4", "54"),
    ("<INSDSeq_division>PAT<", "<INSDSeq_division>SYN<", "st26.division", "sequence 1", "51"),
    ("length>24<", "length>25<", "st26.length", "sequence 1", "52"),
    ("length>24<", "length>many<", "st26.length", "sequence 1", "52"),
    (GENE, GENE.upper(), "st26.case", "sequence 1", "13"),
    (">MAKLG</INSDSeq", ">makLG</INSDSeq", "st26.case", "sequence 2", "26"),
    ("acgtcacgtacg", "acgucacguacg", "st26.uracil", "sequence 4", "14"),
    ("acgtcacgtacg", "acgt cacgtac", "st26.signs", "sequence 4", "57"),
    ("acgtcacgtacg", "acgecacgfacg", "st26.symbols", "sequence 4", "13"),
    ("acgtcacgtacg", "acgtcnnnnacg", "st26.short", "sequence 4", "8"),
    ("<INSDSeq_sequence>MAKLG<", "<INSDSeq_sequence>MXKXX<", "st26.short", "sequence 2", "8"),
    (f"<INSDSeq_sequence>{GENE}<", "<INSDSeq_sequence><", "st26.residues", "sequence 1", "57"),
    # source
    ("1..24</INSDFeature_location>", "1..23</INSDFeature_location>", "st26.source", "sequence 1", "75"),
    ("_key>source<", "_key>misc_feature<", "st26.source", "sequence 1", "75"),
    (">genomic DNA<", ">genomic RNA<", "st26.mol-type", "sequence 1, feature 1", "75"),
    (">other RNA<", ">mRNA<", "st26.mol-type", "sequence 4, feature 1", "84"),
    ("<INSDQualifier><INSDQualifier_name>mol_type</INSDQualifier_name><INSDQualifier_value>other RNA"
     "</INSDQualifier_value></INSDQualifier>", "", "st26.qualifier-missing", "sequence 4, feature 1", "75"),
    # keys, qualifiers, values
    ("_key>misc_feature<", "_key>REGION<", "st26.key", "sequence 1, feature 3", "63"),
    ("_key>misc_feature<", "_key>miscellany<", "st26.key", "sequence 1, feature 3", "63"),
    ("_name>note</", "_name>remark</", "st26.qualifier", "sequence 1, feature 3", "74"),
    ("_name>protein_id<", "_name>satellite<", "st26.qualifier", "sequence 1, feature 2", "74"),
    ("_value>m5c<", "_value>m99c<", "st26.value", "sequence 4, feature 2", "76"),
    ("_value>m5c<", "_value>OTHER<", "st26.modified-base", "sequence 4, feature 2", "17"),
    ("_name>mod_base<", "_name>note<", "st26.qualifier-missing", "sequence 4, feature 2", "75"),
    (">both ends<", ">both ends…<", "st26.characters", "sequence 1, feature 3", "40(b)"),
    (">both ends<", f">{'x' * 1001}<", "st26.free-text", "sequence 1, feature 3", "86"),
    (' nonEnglishFreeTextLanguageCode="fr"', "", "st26.language", "sequence 1, feature 3", "87"),
    # places
    (MISC, "join(1..3,19..25)", "st26.range", "sequence 1, feature 3", "66"),
    (MISC, "0..3", "st26.range", "sequence 1, feature 3", "66"),
    (MISC, "9..3", "st26.range", "sequence 1, feature 3", "66"),
    (MISC, "3^7", "st26.range", "sequence 1, feature 3", "66"),
    (MISC, "24^1", "st26.range", "sequence 1, feature 3", "66"),
    (MISC, "join(1..3", "st26.location", "sequence 1, feature 3", "66"),
    (MISC, "join(1,order(2,3))", "st26.operator", "sequence 1, feature 3", "68"),
    (">3</INSDFeature_location>", ">complement(3)</INSDFeature_location>", "st26.operator",
     "sequence 2, feature 2", "67"),
    (">3</INSDFeature_location>", ">3^4</INSDFeature_location>", "st26.range", "sequence 2, feature 2", "66"),
    # coding regions
    (">MAKLG</INSDQ", ">MAKLG*</INSDQ", "st26.translation", "sequence 1, feature 2", "90"),
    (">MAKLG</INSDQ", ">MAKWG</INSDQ", "st26.translation", "sequence 1, feature 2", "90"),
    (">MAKLG</INSDQ", ">MAKLGG</INSDQ", "st26.protein-id", "sequence 1, feature 2", "92"),
    (">MAKLG</INSDQ", ">MAK</INSDQ", "st26.translation", "sequence 1, feature 2", "90"),
    ("4..21", "3..21", "st26.stop", "sequence 1, feature 2", "89"),
    ("ctaaactt", "ctaaattt", "st26.translation", "sequence 1, feature 2", "90"),
    ("ggctaaac", "gtaataac", "st26.stop", "sequence 1, feature 2", "89"),
    ("_value>2</", "_value>4</", "st26.protein-id", "sequence 1, feature 2", "92"),
    ("_value>2</", "_value>second</", "st26.protein-id", "sequence 1, feature 2", "92"),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "wrong", "rule", "where", "paragraph"), FAULTS)
def test_a_fault_is_found(
    tmp_path: Path, sound: str, wrong: str, rule: str, where: str, paragraph: str
) -> None:
    assert sound in SOUND
    found = findings(tmp_path, SOUND.replace(sound, wrong, 1))
    told = [(one.rule, one.where, one.provision) for one in found]
    assert (rule, where, f"ST.26, paragraph {paragraph}") in told
    assert all(one.message.endswith(".") for one in found)
    assert all(one.message[0].isupper() or one.message[0] == "“" for one in found)


def test_the_sentence_of_the_style_guide(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, SOUND.replace(MISC, "15..312"))
    assert (found.where, found.message) == (
        "sequence 1, feature 3", "Location 15..312 runs past the end (length 24).",
    )  # fmt: skip


def test_a_listing_that_breaks_off_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(SOUND[: SOUND.index('<SequenceData sequenceIDNumber="3"')], encoding="utf-8")
    *events, checked = listings.check(path)
    assert isinstance(checked, Checked)
    assert checked.refused is not None
    assert checked.refused.line
    assert [event.number for event in events if isinstance(event, SequenceLine)] == ["1", "2"]
    assert "file.broken" in {one.rule for one in checked.findings}
    # Of a listing that was not read to its end no total can be said to be wrong.
    assert "st26.total" not in {one.rule for one in checked.findings}


def test_findings_of_one_rule_are_counted_beyond_the_first(tmp_path: Path) -> None:
    at = SOUND.index("        <INSDFeature>\n          <INSDFeature_key>misc_feature")
    wrong = (
        "<INSDFeature><INSDFeature_key>nonsense</INSDFeature_key>"
        "<INSDFeature_location>1</INSDFeature_location></INSDFeature>"
    )
    path = tmp_path / "many.xml"
    path.write_text(SOUND[:at] + wrong * 70 + SOUND[at:], encoding="utf-8")
    checked = check(path)
    assert sum(one.rule == "st26.key" for one in checked.findings) == listings.MOST_OF_A_RULE
    assert dict(checked.left_out) == {"st26.key": 20}


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("st25-listing.txt", {"st26.st25", "st25.residue"}),
        ("us-sequence-elements.xml", set()),
        ("us-sequence-old-rules.xml", {"st26.total"}),
        ("embl-patent.embl", {"embl.length", "embl.open", "embl.missing", "st26.length", "st26.molecule"}),
        ("genbank-patent.gb", set()),
        ("insdseq.xml", set()),
    ],
)
def test_other_forms_are_held_against_what_they_share(name: str, rules: set[str]) -> None:
    assert {one.rule for one in check(SAMPLE.parent / name).findings} == rules
