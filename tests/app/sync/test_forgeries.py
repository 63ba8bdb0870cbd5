"""What a forger may try: every one is refused by a reason of its own, not by chance damage."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.history.operation import EVENT, GENESIS, SET, Operation, chain_hash
from app.seal import Identity, NotGenuine
from app.storage.segments import Manifest
from app.sync import frames, judging, roles, roster, segments
from app.sync.segments import Dep, Header

OFFICE = "0f" * 16
INC = "ab" * 8


@dataclass
class Writer:
    """A station with keys, for writing segments by hand."""

    identity: Identity
    officer: str
    role: str

    @property
    def station(self) -> str:
        return roster.station_id(self.identity.sign_public)

    @property
    def member(self) -> roster.Member:
        keys = self.identity
        return roster.Member(self.station, keys.sign_public, keys.box_public, self.officer, self.role)

    def operations(self, count: int = 3, **changed: object) -> list[bytes]:
        """A chain of facts; `changed` goes into every one of them."""
        made: list[bytes] = []
        for n in range(1, count + 1):
            one = Operation(
                id=f"{n:032x}", w=self.station, i=INC, n=n, p=chain_hash(made[-1]) if made else GENESIS,
                g="1" * 32, t=EVENT, e="case:" + "c" * 32, f="note", v={"text": f"note {n}"}, b=(),
                h="2026-11-25T08:00:00.000Z/0000", u=self.officer, a="",
            )  # fmt: skip
            made.append(replace(one, **changed).to_bytes())
        return made

    def header(self, **changed: object) -> Header:
        return replace(Header(OFFICE, self.station, INC, 1, GENESIS, (), 1), **changed)


REGISTRAR = Writer(Identity.fresh(), "Awa", roster.REGISTRAR)
EXAMINER = Writer(Identity.fresh(), "Bintou", roster.EXAMINER)
STRANGER = Writer(Identity.fresh(), "Zola", roster.EXAMINER)
ROSTER = roster.found(OFFICE, REGISTRAR.member, b"k" * 32).with_member(EXAMINER.member)
KEY = ROSTER.epochs[1]


def written(writer: Writer = EXAMINER, *, signer: Writer | None = None, **header: object) -> bytes:
    signed_by = (signer or writer).identity
    return segments.write(writer.header(**header), writer.operations(), (), KEY, signed_by)


def test_what_a_member_writes_is_read():
    found = judging.judge(written(), ROSTER)
    assert [o.v["text"] for _raw, o in found.operations] == ["note 1", "note 2", "note 3"]
    assert len(found.file) % segments.PAGE == 0


def swapped_header() -> bytes:
    """The header of one genuine segment in front of the content of another."""
    one, other = (frames.parse(frames.SEGMENT, written(n=n)) for n in (1, 2))
    return frames.signed(one.bound, other.body, EXAMINER.identity)


def with_role(**changed: object) -> bytes:
    operations = EXAMINER.operations(1, **changed)
    return segments.write(EXAMINER.header(), operations, (), KEY, EXAMINER.identity)


FORGED = {
    "another member signs for the writer": lambda: written(EXAMINER, signer=REGISTRAR),
    "a stranger with the office's key signs": lambda: written(EXAMINER, signer=STRANGER),
    "another member's operations": lambda: segments.write(
        EXAMINER.header(), REGISTRAR.operations(), (), KEY, EXAMINER.identity
    ),
    "operations of another incarnation": lambda: segments.write(
        EXAMINER.header(incarnation="cd" * 8), EXAMINER.operations(), (), KEY, EXAMINER.identity
    ),
    "a header from another segment": swapped_header,
    "another office": lambda: written(office="1e" * 16),
    "a key that is not the epoch's": lambda: segments.write(
        EXAMINER.header(), EXAMINER.operations(), (), b"z" * 32, EXAMINER.identity
    ),
    "operations out of order": lambda: segments.write(
        EXAMINER.header(), EXAMINER.operations()[::-1], (), KEY, EXAMINER.identity
    ),
    "an operation left out": lambda: segments.write(
        EXAMINER.header(), EXAMINER.operations()[::2], (), KEY, EXAMINER.identity
    ),
    "no operation": lambda: segments.write(EXAMINER.header(), (), (), KEY, EXAMINER.identity),
    "lines that are no operations": lambda: segments.write(
        EXAMINER.header(), [b'{"a":1}'], (), KEY, EXAMINER.identity
    ),
    "a bomb": lambda: segments.write(
        EXAMINER.header(), [b" " * (segments.LINES_MAX + 1)], (), KEY, EXAMINER.identity
    ),
    "a list of parts outside the shelf": lambda: segments.write(
        EXAMINER.header(),
        EXAMINER.operations(),
        [Manifest("../" * 21 + "x", 1, 1, ())],
        KEY,
        EXAMINER.identity,
    ),
    "a part name outside the shelf": lambda: segments.write(
        EXAMINER.header(),
        EXAMINER.operations(),
        [Manifest("a" * 64, 1, 1, ("../x",))],
        KEY,
        EXAMINER.identity,
    ),
    "a counter that is no number": lambda: written(n="1"),
    "dependences that are none": lambda: written(deps=(Dep("x", "y", 0, "z"),)),
    "an examiner gives out numbers": lambda: with_role(e="number:case-patent", f=roles.LEASED),
    "an examiner sets the office's law": lambda: with_role(t=SET, e=f"office:{OFFICE}", f="law"),
    "an examiner lets a station in": lambda: with_role(e="officer:" + "d" * 32, f="joined"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forgery_is_refused(forge):
    with pytest.raises(NotGenuine):
        judging.judge(forge(), ROSTER)


def test_a_registrar_gives_out_numbers():
    operations = REGISTRAR.operations(1, e="number:case-patent", f=roles.LEASED)
    file = segments.write(REGISTRAR.header(), operations, (), KEY, REGISTRAR.identity)
    assert judging.judge(file, ROSTER).operations


def test_a_station_that_is_not_on_the_list_is_not_kept_but_read_again_later():
    with pytest.raises(judging.NotYet) as waits:
        judging.judge(written(STRANGER), ROSTER)
    assert not waits.value.proven


def test_a_segment_under_a_key_that_has_not_come_is_kept():
    with pytest.raises(judging.NotYet) as waits:
        judging.judge(written(epoch=7), ROSTER)
    assert waits.value.proven


def test_a_newer_form_is_kept_unread(monkeypatch):
    monkeypatch.setattr(segments, "FORMAT", 2)
    file = written()
    monkeypatch.undo()
    with pytest.raises(judging.NotYet, match="newer program") as waits:
        judging.judge(file, ROSTER)
    assert waits.value.proven


@pytest.mark.parametrize(("n", "fits"), [(1, True), (2, True), (3, False)])
def test_a_removed_station_counts_up_to_its_cut(n, fits):
    cut = ROSTER.without(EXAMINER.station, {INC: 2})
    if fits:
        assert judging.judge(written(n=n), cut)
    else:
        with pytest.raises(NotGenuine, match="removed"):
            judging.judge(written(n=n), cut)


def test_a_removed_station_has_no_new_incarnation():
    cut = ROSTER.without(EXAMINER.station, {"cd" * 8: 9})
    with pytest.raises(NotGenuine, match="removed"):
        judging.judge(written(), cut)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(where, change):
    file = bytearray(written())
    file[where % len(file)] ^= change
    with pytest.raises((NotGenuine, judging.NotYet)) as refused:
        judging.judge(bytes(file), ROSTER)
    assert not getattr(refused.value, "proven", False)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000))
def test_garbage_is_refused_in_words(data):
    for raw in (data, b"IPX1" + data, b"IPX1\0\0\0\2{}" + data):
        with pytest.raises(NotGenuine):
            judging.judge(raw, ROSTER)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 5000))
def test_a_torn_file_is_refused(length):
    file = written()
    with pytest.raises(NotGenuine):
        judging.judge(file[: min(length, len(file) - 1)], ROSTER)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 600_000), min_size=1, max_size=12))
def test_batches_keep_acts_together_and_lose_nothing(sizes):
    operations = []
    for act, size in enumerate(sizes):
        two = EXAMINER.operations(2, g=f"{act:032x}", v={"text": "x" * size})
        operations += two
    made = list(segments.batches(operations))
    assert [raw for batch in made for raw in batch] == operations
    acts = [{Operation.from_bytes(raw).g for raw in batch} for batch in made]
    assert sum(len(one) for one in acts) == len(sizes), "no act of this size is divided"


@pytest.mark.parametrize("text", ['","p":"', ',"p":"",', '\\","p":"' + "0" * 64, 'x","p":""'])
def test_a_text_that_looks_like_a_link_is_kept_as_it_is(text):
    operations = EXAMINER.operations(4, a=text, u=text, v={"p": text, "o": {"p": ""}})
    file = segments.write(EXAMINER.header(), operations, (), KEY, EXAMINER.identity)
    assert [raw for raw, _o in judging.judge(file, ROSTER).operations] == operations
