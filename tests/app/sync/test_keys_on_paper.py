"""Rosters, cards, statements and the files of joining: what is written is read, what is changed is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import FileRefused
from app.seal import Identity, NotGenuine
from app.sync import card, enrolment, heads, roster
from app.sync.segments import Dep

OFFICE = "0f" * 16
ROOT, AWA, BINTOU = Identity.fresh(), Identity.fresh(), Identity.fresh()


def member(identity: Identity, officer: str, role: str = roster.EXAMINER) -> roster.Member:
    station = roster.station_id(identity.sign_public)
    return roster.Member(station, identity.sign_public, identity.box_public, officer, role)


FOUNDED = roster.found(OFFICE, member(AWA, "Awa", roster.REGISTRAR), b"k" * 32)
BOTH = FOUNDED.with_member(member(BINTOU, "Bintou Ouédraogo"))


def read(file: bytes, identity: Identity, root: Identity = ROOT) -> roster.Roster:
    station = roster.station_id(identity.sign_public)
    return roster.read(file, OFFICE, root.sign_public, station, identity)


def test_every_member_opens_the_roster():
    file = roster.write(BOTH, ROOT)
    for identity in (AWA, BINTOU):
        found = read(file, identity)
        assert (found.serial, found.epochs, found.office_key) == (2, BOTH.epochs, b"k" * 32)
        assert dict(found.members) == dict(BOTH.members)


def test_no_name_stands_in_a_roster_in_clear():
    file = roster.write(BOTH, ROOT)
    assert b"Bintou" not in file and b"Awa" not in file


def test_a_removed_station_gets_no_new_key():
    gone = roster.station_id(BINTOU.sign_public)
    file = roster.write(BOTH.without(gone, {"ab" * 8: 4}), ROOT)
    with pytest.raises(roster.NotForUs):
        read(file, BINTOU)
    found = read(file, AWA)
    assert found.epoch == 2 and found.members[gone].cut == {"ab" * 8: 4}
    assert found.members[gone].allows("ab" * 8, 4) and not found.members[gone].allows("ab" * 8, 5)


def test_only_the_root_writes_a_roster():
    with pytest.raises(NotGenuine):
        read(roster.write(BOTH, BINTOU), AWA)


def test_a_roster_of_another_office_is_refused():
    file = roster.write(BOTH, ROOT)
    with pytest.raises(NotGenuine):
        roster.read(file, "1e" * 16, ROOT.sign_public, roster.station_id(AWA.sign_public), AWA)


def test_a_card_is_read_and_a_changed_one_is_not():
    file = card.write(card.Card(OFFICE, ROOT.sign_public), ROOT)
    assert card.read(file) == card.Card(OFFICE, ROOT.sign_public)
    with pytest.raises(NotGenuine):
        card.read(file.replace(b"0f0f", b"0f0e", 1))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"card": {}}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_card_is_refused(data):
    with pytest.raises(NotGenuine):
        card.read(data)


def test_a_statement_is_read_by_its_writers_key_alone():
    station = roster.station_id(AWA.sign_public)
    said = heads.Heads(OFFICE, station, 3, (Dep(station, "ab" * 8, 4, "d" * 64),), ("e" * 64,), ("f" * 64,))
    file = heads.write(said, AWA)
    assert heads.read(file, OFFICE, AWA.sign_public) == said
    with pytest.raises(NotGenuine):
        heads.read(file, OFFICE, BINTOU.sign_public)
    with pytest.raises(NotGenuine):
        heads.read(file, "1e" * 16, AWA.sign_public)


CARD = card.write(card.Card(OFFICE, ROOT.sign_public), ROOT)
INVITATION = enrolment.Invitation(CARD, b"n" * 16, "/media/stick").write(ROOT)


def answer(identity: Identity = BINTOU, officer: str = "Bintou") -> enrolment.Answer:
    return enrolment.Answer(OFFICE, b"n" * 16, identity.sign_public, identity.box_public, officer, "ab" * 8)


def test_an_invitation_holds_office_root_nonce_and_store_and_no_secret():
    found = enrolment.read_invitation(INVITATION, "F")
    assert (found.card.office, found.card.root) == (OFFICE, ROOT.sign_public)
    assert (found.nonce, found.store) == (b"n" * 16, "/media/stick")
    assert ROOT.seed.hex().encode() not in INVITATION


def test_an_answer_is_read():
    assert enrolment.read_answer(answer().write(BINTOU), "F") == answer()


def changed(file: bytes, key: str, value: object) -> bytes:
    whole = json.loads(file)
    whole["content"][key] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize(("key", "value"), [("nonce", "00" * 16), ("store", "/elsewhere"), ("kind", "x"),
                                            ("format", 2), ("card", ""), ("nonce", None)])  # fmt: skip
def test_a_changed_invitation_is_refused(key, value):
    with pytest.raises(FileRefused):
        enrolment.read_invitation(changed(INVITATION, key, value), "F")


@pytest.mark.parametrize(("key", "value"), [("officer", "Mallory"), ("box", "00" * 32), ("nonce", "00" * 16),
                                            pytest.param("sign", ROOT.sign_public.hex(), id="sign"),
                                            ("incarnation", "x"), ("office", "")])  # fmt: skip
def test_a_changed_answer_is_refused(key, value):
    with pytest.raises(FileRefused):
        enrolment.read_answer(changed(answer().write(BINTOU), key, value), "F")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_is_neither_invitation_nor_answer(data):
    for reader in (enrolment.read_invitation, enrolment.read_answer):
        with pytest.raises(FileRefused):
            reader(data, "F")


def test_words_are_the_same_on_both_sides_and_others_for_other_keys():
    there = answer()
    here = enrolment.read_answer(there.write(BINTOU), "F")
    assert here.words == there.words
    assert len(here.words.split("-")) == 4
    assert answer(AWA).words != there.words
