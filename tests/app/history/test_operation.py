"""The operation's one form in bytes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history.operation import GENESIS, BadOperation, Operation, canonical, chain_hash

PLAIN = Operation(
    id="1" * 32, w="a" * 32, i="b" * 16, n=1, p=GENESIS, g="c" * 32, t="set/1", e="case:" + "d" * 32,
    f="title", v="Pompe à eau", b=(), h="2026-11-25T08:00:00.000Z/0000", u="A. Deme", a="",
)  # fmt: skip

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read(value):
    written = replace(PLAIN, v=value)
    read = Operation.from_bytes(written.to_bytes())
    assert read.v == json.loads(json.dumps(canonical(value)))
    assert read.to_bytes() == written.to_bytes()


def test_bytes_are_canonical():
    raw = PLAIN.to_bytes()
    assert raw.startswith(b'{"a":"","b":[],"e":"case:')
    assert b" :" not in raw and "à".encode() in raw


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda o: o.to_bytes() + b" ", "trailing blank"),
        (lambda o: o.to_bytes().replace(b'"n":1', b'"n":1.0'), "a float"),
        (lambda o: o.to_bytes().replace(b'"n":1', b'"n":true'), "no number"),
        (lambda o: o.to_bytes().replace(b'"n":1', b'"n":0'), "counts from 1"),
        (lambda o: o.to_bytes().replace(b'"a":"",', b""), "a key is missing"),
        (lambda o: o.to_bytes().replace("à".encode(), "a\u0300".encode()), "not NFC"),
        (lambda o: o.to_bytes().replace(b'"1111', b'"111G'), "not hexadecimal"),
        (lambda o: b"[]", "not an object"),
        (lambda o: b"\xff\xfe", "not UTF-8"),
        (lambda o: b"[" * 100_000, "nested too deeply"),
        (lambda o: b'{"v":NaN}', "no number"),
    ],
)
def test_anything_else_is_refused(change, why):
    with pytest.raises(BadOperation):
        Operation.from_bytes(change(PLAIN))


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_in_one_way(raw):
    with pytest.raises(BadOperation):
        Operation.from_bytes(raw)


@pytest.mark.parametrize("value", [1.5, float("nan"), object(), b"bytes"])
def test_values_without_a_canonical_form_cannot_be_written(value):
    with pytest.raises(BadOperation):
        replace(PLAIN, v=value).to_bytes()


@pytest.mark.parametrize(
    ("entity", "case"),
    [
        ("case:" + "d" * 32, "d" * 32),
        ("row:" + "d" * 32 + "-" + "e" * 16, "d" * 32),
        ("letter:" + "d" * 32 + "-" + "e" * 16, "d" * 32),
        ("office:" + "f" * 32, ""),
        ("number:letters", ""),
        ("officer:" + "a" * 32, ""),
    ],
)
def test_an_operation_knows_its_case(entity, case):
    assert replace(PLAIN, e=entity).case == case


def test_one_changed_bit_changes_the_chain():
    raw = bytearray(PLAIN.to_bytes())
    before = chain_hash(bytes(raw))
    raw[40] ^= 1
    assert chain_hash(bytes(raw)) != before
