"""What the query language understands, how it writes it back, and where it refuses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import OfficeError
from search.query import tree
from search.query.parser import parse
from search.query.refusal import QueryRefused
from search.query.writer import normalised


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("solar", "solar"),
        ("solar pump", "solar AND pump"),
        ("a b OR c", "(a AND b) OR c"),
        ("a OR b c", "a OR (b AND c)"),
        ("a or b and not c", "a OR (b AND NOT c)"),
        ("a NOT b", "a AND NOT b"),
        ("NOT a", "NOT a"),
        ("a OR NOT b", "a OR NOT b"),
        ("(a)(b)", "a AND b"),
        ('"Solar  Pump"', '"solar pump"'),
        ("“solar pump”", '"solar pump"'),
        ("«pompe solaire»", '"pompe solaire"'),
        ("ti=pump", "ti=pump"),
        ("TI = pump", "ti=pump"),
        ("ti=(a or b) and cl=c", "ti=(a OR b) AND cl=c"),
        ("a NEAR b", "a NEAR/5 b"),
        ("a NEAR=3 b ADJ c", "a NEAR/3 b ADJ/1 c"),
        ("a near/2 (b OR c)", "a NEAR/2 (b OR c)"),
        ("a NEAR/2 (b ADJ/3 c)", "a NEAR/2 (b ADJ/3 c)"),
        ("pump$", "pump*"),
        ("colo?r m#n act$3", "colo?r AND m#n AND act$3"),
        ("Électri*", "electri*"),
        ("anti-lock", "anti-lock"),
        ("l'eau", "l-eau"),
        ("太陽電池", '"太 陽 電 池"'),
        ("太陽*", '"太 陽"'),
        ("0/?0太", "0-0-太"),
        ("ｔｉ＝（ａ　OR　ｂ）", "ti=(a OR b)"),
        ("pd=2019", 'pd within "20190101 20191231"'),
        ("pd=2019-2021", 'pd within "20190101 20211231"'),
        ("pd=2019-03", 'pd within "20190301 20190331"'),
        ("pd=201903", 'pd within "20190301 20190331"'),
        ("pd=2019-03-05", 'pd within "20190305 20190305"'),
        ('pd within "2005 2010"', 'pd within "20050101 20101231"'),
        ("pd>=2019", "pd>=20190101"),
        ("pd>2019", "pd>20191231"),
        ("pd<201903", "pd<20190301"),
        ("pd<=2019", "pd<=20191231"),
        ("ic=a01b", "ic=A01B"),
        ("ic=A01B 33/00", "ic=A01B33/00"),
        ("ic=A01B*", "ic=A01B"),
        ("ic=H01M10/low", "ic=H01M10"),
        ("cpc=H01M 10/052/low", "cpc=H01M10/052/low"),
        ("ic=(A01B 33/00 OR F04D)", "ic=A01B33/00 OR ic=F04D"),
        ("pn=ep 1234567 B1", 'pn="EP1234567B1"'),
        ('pn="EP 1 234 567"', 'pn="EP1234567"'),
    ],
)
def test_a_query_is_written_back_as_it_was_understood(typed, understood):
    node = parse(typed)
    assert normalised(node) == understood
    assert parse(understood) == node


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("(a", 0),
        ("a)", 1),
        ("a AND (b", 6),
        ("()", 0),
        ('"a', 0),
        ('a "b', 2),
        ("a”", 1),
        ('""', 1),
        ('a"b"', 1),
        ('"a"b', 3),
        ("AND a", 0),
        ("a AND", 5),
        ("a AND AND b", 6),
        ("a OR", 4),
        ("NOT", 3),
        ("NOT NOT a", 4),
        ("a NEAR/5", 8),
        ("NEAR/5 a", 0),
        ("a NEAR/0 b", 2),
        ("a NEAR/x b", 2),
        ("a NEAR/1000 b", 2),
        ("a NEAR NOT b", 7),
        ("(a AND b) NEAR c", 10),
        ("ti=a NEAR cl=b", 5),
        ("ti=", 3),
        ("ti>a", 2),
        ("=a", 0),
        ("xx=a", 0),
        ("a xx=b", 2),
        ("ti=(ab=x)", 4),
        ("[a]", 0),
        ("a {b}", 2),
        ("*", 0),
        ("a AND *", 6),
        ("&", 0),
        ("a*b*c*d*e*f*g", 0),
        ("a$0", 1),
        ("太#陽", 0),
        ("pd=today", 3),
        ("pd=2019-13", 3),
        ("pd=2021-2019", 3),
        ("pd within", 9),
        ("ic=zz", 3),
        ("pn=-", 3),
        ("(" * 5_000 + "a" + ")" * 5_000, 40),
        ("(" * 5_000, 40),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_goes_wrong(typed, position):
    with pytest.raises(QueryRefused) as refused:
        parse(typed)
    assert refused.value.position == position
    assert refused.value.message and refused.value.remedy


@given(st.text(alphabet="ab *?#$\"()=<>/5-ANDORTEti pd201“”【】太é'", max_size=40))
def test_anything_typed_is_understood_or_refused_in_words(typed):
    try:
        node = parse(typed)
    except OfficeError as refused:
        assert refused.position is not None
        assert 0 <= refused.position <= len(typed)
    else:
        assert parse(normalised(node)) == node


@pytest.mark.parametrize(
    "typed",
    [
        " OR ".join(f"w{n}" for n in range(10_000)),
        " ".join(f"w{n}" for n in range(10_000)),
        '"' + " ".join(f"w{n}" for n in range(10_000)) + '"',
        " OR ".join(f"(w{n})" for n in range(10_000)),
        " NOT ".join(f"w{n}" for n in range(10_000)),
    ],
    ids=["or", "and", "phrase", "brackets", "not"],
)
def test_ten_thousand_words_are_understood(typed):
    before = time.process_time()
    assert len(normalised(parse(typed))) > 10_000
    assert time.process_time() - before < 30  # not a measure: it must end, and not by recursion


def test_long_queries_are_refused_where_they_become_too_long():
    words = " ".join(["w"] * 20_001)
    with pytest.raises(QueryRefused) as refused:
        parse(words)
    assert refused.value.position == 2 * 20_000
    with pytest.raises(QueryRefused):
        parse(" NEAR ".join("abcdefghijklmnopqrstuvwxyz"))


def test_places_do_not_make_two_queries_different():
    assert parse("a  AND   b") == parse("a b")
    assert isinstance(parse("a b"), tree.And)
