"""A stick is mistreated: what is damaged is listed and put right, what is strange is left alone."""

from __future__ import annotations

import shutil

import pytest

from app.services import cases
from app.sync import segments


def last_segment(together):
    return max(together.files(".seg"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]


DAMAGE = {
    "one bit": flipped,
    "torn": lambda data: data[: len(data) // 2],
    "torn at a page": lambda data: data[: segments.PAGE // 2],
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "garbage": lambda data: b"not a segment at all\n" * 20,
    "longer": lambda data: data + b"\0" * 4096,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_segment_is_ignored_listed_and_healed(together, tools, damage):
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    together.sync(awa)
    victim = last_segment(together)
    good = victim.read_bytes()
    victim.write_bytes(damage(good))
    tally = together.sync(bintou)
    assert tally.applied == 0
    assert [one.file for one in tally.quarantined.values()] == [str(victim.relative_to(together.stick))]
    healing = together.sync(awa)
    assert [one.healed for one in healing.quarantined.values()] == [True]
    assert victim.read_bytes() == good
    tally = together.sync(bintou)
    assert not tally.quarantined and cases.show(bintou, case_id).title == "Pump"


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("kind", ["office.json", ".kbx", ".head"])
def test_other_files_are_put_right_too(together, damage, kind):
    for victim in together.files(kind):
        victim.write_bytes(damage(victim.read_bytes()))
    together.settle_down()
    tallies = together.settle_down()
    left = {one.file for tally in tallies for one in tally.quarantined.values()}
    # An older list of stations is nobody's newest and may lie there damaged; all else is whole again.
    assert all(name.endswith(".kbx") for name in left) and len(left) <= 2


def copy_2(path):
    shutil.copy(path, path.with_name(path.stem + " - Copy (2)" + path.suffix))


def upper_case(path):
    path.rename(path.with_name(path.name.upper()))


def renamed(path):
    path.rename(path.with_name("00000099-renamed.seg"))


def elsewhere(path):
    path.rename(path.parents[2] / path.name)


def named_as_another(path):
    path.rename(path.with_name(f"{path.name[:9]}{'ab' * 32}.seg"))


@pytest.mark.parametrize("misplace", [copy_2, upper_case, renamed, elsewhere, named_as_another])
def test_names_do_not_matter(together, tools, misplace):
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    together.sync(awa)
    misplace(last_segment(together))
    tally = together.sync(bintou)
    assert not tally.quarantined and not tally.waiting
    assert cases.show(bintou, case_id).title == "Pump"
    together.settle_down()


def test_strange_files_are_neither_read_nor_touched(together, tools):
    strange = {
        "autorun.inf": b"[autorun]", "ipx1/desktop.ini": b"x", "ipx1/w/.DS_Store": b"x",
        "ipx1/w/Thumbs.db": b"x",
        "ipx1/w/x.seg.tmp": b"x", "photos/1.seg": b"x", "ipx1/b/ab/readme.txt": b"x",
    }  # fmt: skip
    for name, content in strange.items():
        path = together.stick / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    tools.new_case(together.first)
    tallies = together.settle_down()
    assert not any(tally.quarantined for tally in tallies)
    assert all((together.stick / name).read_bytes() == content for name, content in strange.items())


def test_a_swapped_file_counts_as_what_it_is_and_the_lost_one_is_put_back(together, tools):
    awa, bintou = together.stations
    for number in range(2):
        tools.new_case(awa, f"Pump {number}")
        together.sync(awa)
    one, two = sorted(together.files(".seg"), key=lambda path: path.stat().st_mtime_ns)[-2:]
    lost = one.read_bytes()
    one.write_bytes(two.read_bytes())
    tally = together.sync(bintou)
    assert tally.applied == 0 and len(tally.waiting) == 1
    together.sync(awa)
    assert one.read_bytes() == lost
    together.sync(bintou)
    assert len(cases.docket(bintou)) == 2


def test_a_strangers_file_name_is_shown_harmlessly(together):
    import os

    from app.services import syncing

    folder = os.fsencode(together.exchange_folder / "w")
    with open(folder + b"/\x1b[2J\xff\xfe.seg", "wb") as out:  # noqa: PTH123 - a name of raw bytes
        out.write(b"garbage")
    done = syncing.sync(together.first, str(together.stick))
    (one,) = done.quarantined
    assert one.file.isprintable() and one.file.encode() and one.file.endswith(".seg")
