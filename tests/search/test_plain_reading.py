"""What a query means, on one record at a time."""

from __future__ import annotations

import pytest

from app.domain.record import Classes, MarkSign, NamedParty, PriorityClaim, Record, RecordKind, Right
from search.query.parser import parse
from search.query.predicate import matches
from search.query.values import class_steps, number_asked, number_spellings
from search.text.analyser import read, stem
from search.text.documents import doc_of

PUMP = Record(
    Right.PATENT,
    RecordKind.PUBLICATION,
    office="EP",
    kind_code="A1",
    publication_number="1234567",
    application_number="04712345",
    publication_date="2019-03-15",
    language="en",
    titles={"en": "Solar pumping device", "fr": "Dispositif de pompage solaire"},
    abstracts={"en": "A pump is driven by an electric motor. Water of the well's bottom rises."},
    claims={"en": ("1. A pump with a solar panel.", "2. The pump of claim 1, wherein the motor is sealed.")},
    applicants=(NamedParty("Müller & Söhne GmbH", "DE"),),
    inventors=(NamedParty("José Núñez", "ES"),),
    priorities=(PriorityClaim("US", "60/123,456", "2018-03-01"),),
    classes=Classes(ipc=("F04D 13/06", "H01M 10/052"), cpc=("Y02E 10/50",)),
)
MARK = Record(
    Right.TRADE_MARK,
    RecordKind.REGISTRATION,
    office="XX",
    registration_number="77",
    mark=MarkSign("SOLARA PLUS"),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a bare word goes by its stem, in the language of the text
        ("pump", True),
        ("pumps", True),
        ("pompages", True),
        ("ti=pumps", True),
        ("ti=motor", False),
        # quoted, exactly; truncated, unstemmed
        ('ti="pump"', False),
        ('ti="pumping"', True),
        ('"solar pumping device"', True),
        ('"pumping solar"', False),
        ("ti=pumpi*", True),
        ("ti=pumps*", False),
        ("ti=*ing", True),
        ("ti=*umpin*", True),
        ("ti=pump#ng", True),
        ("ti=pump##g", True),
        ("ti=pumping?", True),
        ("ti=pumping#", False),
        ("ti=pum$4", True),
        ("ti=pum$3", False),
        ('ti="solar pump*"', True),
        # folding
        ("pa=MULLER", True),
        ("pa=soehne", False),
        ('in="jose nunez"', True),
        ("ＰＵＭＰ", True),
        # hyphens and apostrophes part words
        ("well's", True),
        ('"well s bottom"', True),
        # a phrase and NEAR stay in one text and one language
        ('ta="device dispositif"', False),
        ("device NEAR/999 dispositif", False),
        ('cl="panel the"', False),
        ('cl="panel 2"', False),
        ("cl=(panel NEAR/50 claim)", False),
        ("cl=(pump NEAR/4 panel)", True),
        # distances
        ("ab=(pump NEAR/2 driven)", True),
        ("ab=(pump NEAR/1 driven)", False),
        ("ab=(driven NEAR/2 pump)", True),
        ("ab=(driven ADJ/2 pump)", False),
        ("ab=(pump ADJ/2 driven)", True),
        ('ab=("electric motor" NEAR/4 "is driven")', True),
        ('ab=("electric motor" NEAR/2 "is driven")', False),
        ("ab=((turbine OR pump) ADJ/2 driven)", True),
        ("ab=(pum* NEAR/7 mot#r)", True),
        ("ab=(pump NEAR/9 pump)", False),
        ("ab=(pump ADJ/2 driven ADJ/4 motor)", True),
        ("ab=(pump NEAR/7 motor NEAR/1 driven)", True),
        ("ti=solar NEAR/1 pumping", True),
        # Boolean
        ("pump AND motor", True),
        ("pump turbine", False),
        ("turbine OR motor", True),
        ("pump NOT motor", False),
        ("NOT turbine", True),
        ("turbine OR NOT windmill", True),
        # dates
        ("pd=2019", True),
        ("pd>2019", False),
        ("pd>=20190315", True),
        ("pd<20190315", False),
        ('pd within "2019-03 2019-04"', True),
        # classes with all above them
        ("ic=F", True),
        ("ic=F04", True),
        ("ic=F04D", True),
        ("ic=F04D13", True),
        ("ic=F04D 13/06", True),
        ("ic=F04D 13/00", False),
        ("ic=F04D13/low", True),
        ("ic=F04D1", False),
        ("ic=F04D1*", True),
        ("ic=H01M 10/05", False),
        ("ic=H01M 10/05/low", True),
        ("cpc=Y02E 10/50", True),
        ("ic=Y02E", False),
        # numbers in any spelling
        ("pn=1234567", True),
        ("pn=EP1234567", True),
        ("pn=ep 1234567 A1", True),
        ('pn="EP 1 234 567 A1"', True),
        ("pn=EP01234567A1", True),
        ("pn=EP1234567B1", False),
        ("pn=US1234567", False),
        ("pn=EP123*", True),
        ("pn=EP12345#7", True),
        ("ap=04712345", True),
        ("ap=EP04712345.6", True),
        ('pr="US 60/123456"', True),
    ],
)
def test_one_record(query, found):
    assert matches(parse(query), doc_of(PUMP, 1)) is found


@pytest.mark.parametrize(
    ("query", "found"), [("solara", True), ('ti="solara plus"', True), ("pn=XX77", True)]
)
def test_a_mark_is_found_by_its_words(query, found):
    assert matches(parse(query), doc_of(MARK, 1)) is found


@pytest.mark.parametrize(
    ("language", "text", "query", "found"),
    [
        ("fr", "Procédé de séchage du manioc", "sechage", True),
        ("fr", "Séchoirs solaires", "séchoir", True),
        ("es", "La evaporación del agua", "evaporaciones", True),
        ("es", "La evaporación del agua", "evaporacion", True),
        ("pt", "Bomba para evaporações", "evaporação", True),
        ("ru", "Насосная установка", "насосный", True),
        ("de", "Pumpen und Häuser", "pumpe", True),
        ("ar", "مضخة تعمل بالطاقة الشمسية", "الشمسية", True),
        ("ja", "太陽電池で駆動するポンプ", "太陽電池", True),
        ("ja", "太陽電池で駆動するポンプ", "電池", True),
        ("ja", "太陽電池で駆動するポンプ", "電陽", False),
        ("th", "เครื่องสูบน้ำพลังงานแสงอาทิตย์", "พลังงาน", True),
        ("km", "ម៉ាស៊ីនបូមទឹក", "បូមទឹក", True),
        ("xx", "pumps of no known language", "pump", False),
        ("und", "pumps of no known language", "pumps", True),
        ("fr", "pumps in a French text", "pumping", False),
    ],
)
def test_each_language_is_read_its_own_way(language, text, query, found):
    record = Record(Right.PATENT, RecordKind.PUBLICATION, publication_number="1", abstracts={language: text})
    assert matches(parse(query), doc_of(record, 1)) is found


def test_stems_keep_what_accents_tell():
    assert stem("es", "evaporación") == stem("es", "evaporaciones")
    assert stem("ru", "насосный") == stem("ru", "насосная")
    assert read("A evaporação", "pt").odd == (1,)
    assert read("pump", "en").odd == ()


@pytest.mark.parametrize(
    ("office", "number", "kind", "asked"),
    [
        ("EP", "1234567", "B1", "EP 1 234 567 B1"),
        ("US", "2005/0123456", "A1", "US 2005/123456 A1"),
        ("US", "2005/0123456", "A1", "US20050123456"),
        ("WO", "2005/012345", "A2", "WO2005/12345"),
        ("XX", "P/2024/00017", "", "P202400017"),
        ("JP", "特開2005-123", "A", "特開2005-123"),
    ],
)
def test_numbers_meet_in_any_spelling(office, number, kind, asked):
    assert not number_spellings(office, number, kind).isdisjoint(number_asked(asked))


def test_a_class_stands_for_all_above_it():
    assert list(class_steps("A01B 33/08")) == ["A", "A01", "A01B", "A01B33", "A01B33/08"]
    assert list(class_steps("A01B0033080000"))[-1] == "A01B33/08"
    assert list(class_steps("not a class")) == ["NOTACLASS"]
