"""Stations that meet over a stick, in any order and any number of times."""

from __future__ import annotations

from itertools import permutations

import pytest

from app.errors import OfficeError
from app.services import cases, conflicts, syncing


def test_a_case_travels_both_ways(together, tools):
    awa, bintou = together.stations
    case_id = tools.new_case(awa, "Solar dryer")
    together.settle_down()
    tools.edit(bintou, case_id, remark="drawings missing")
    together.settle_down()
    assert cases.show(awa, case_id).title == "Solar dryer"
    assert len(together.digests()) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_stations_agree_in_every_order(three, tools, order):
    case_id = tools.new_case(three.first)
    three.settle_down()
    for office, title in zip(three.stations, ("Pump A", "Pump B", "Pump C"), strict=True):
        tools.edit(office, case_id, title=title, tags=office.store.officer)
    for turn in order + order:
        three.sync(three.stations[turn])
    tallies = three.settle_down()
    assert len(three.digests()) == 1
    assert all(not tally.waiting and not tally.quarantined for tally in tallies)
    assert {len(conflicts.listed(office)[0].values) for office in three.stations} == {3}


def test_an_exchange_without_news_writes_nothing(together):
    before = {path: path.read_bytes() for path in together.files()}
    for office in together.stations * 2:
        tally = together.sync(office)
        assert (tally.wrote, tally.read, tally.applied, tally.bytes_read) == (0, 0, 0, 0)
    assert {path: path.read_bytes() for path in together.files()} == before


def test_the_same_guarded_field_on_both_sides_is_a_conflict_until_settled(together, tools):
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    together.settle_down()
    tools.edit(awa, case_id, title="Pump of Awa")
    tools.edit(bintou, case_id, title="Pump of Bintou")
    together.settle_down()
    found = conflicts.listed(bintou)
    assert {value.value for value in found[0].values} == {"Pump of Awa", "Pump of Bintou"}
    conflicts.settle(bintou, found[0].id, keep="Pump of Awa", reason="as filed")
    together.settle_down()
    assert conflicts.listed(awa) == ()
    assert cases.show(awa, case_id).title == "Pump of Awa"


def test_equal_values_set_twice_are_no_conflict(together, tools):
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    together.settle_down()
    for office in (awa, bintou):
        tools.edit(office, case_id, title="The same")
    together.settle_down()
    assert conflicts.listed(awa) == ()


def test_what_came_from_one_goes_on_to_another_stick(three, tools):
    """Gossip: Bintou carries Awa's case to a stick that Awa never saw, and Chidi reads it there."""
    awa, bintou, chidi = three.stations
    case_id = tools.new_case(awa)
    three.sync(awa)
    three.sync(bintou)
    (three.folder / "stick").rename(three.folder / "first stick")
    three.sync(bintou)
    three.sync(chidi)
    assert cases.show(chidi, case_id).title == "Pump"


def test_an_emptied_stick_is_filled_again_and_takes_nothing_away(together, tools):
    import shutil

    tools.new_case(together.first)
    together.settle_down()
    names = {path.name for path in together.files(".seg")}
    digest = together.digests()
    shutil.rmtree(together.exchange_folder)
    for office in reversed(together.stations):
        assert together.sync(office).applied == 0
    assert {path.name for path in together.files(".seg")} == names
    assert together.digests() == digest


def test_an_old_stick_is_completed(together, tools):
    import shutil

    shutil.copytree(together.stick, together.folder / "old")
    tools.new_case(together.first)
    together.settle_down()
    newest = {path.name for path in together.files(".seg")}
    shutil.rmtree(together.stick)
    (together.folder / "old").rename(together.stick)
    tally = together.sync(together.stations[1])
    assert tally.wrote and not tally.applied
    assert {path.name for path in together.files(".seg")} == newest


def test_a_lost_middle_segment_is_waited_for_by_name(together, tools):
    awa, bintou = together.stations
    for number in range(3):
        tools.new_case(awa, f"Pump {number}")
        together.sync(awa)
    middle = sorted(together.files(".seg"), key=lambda path: path.name)[-2]
    kept = middle.read_bytes()
    middle.unlink()
    n = int(middle.name[:8])
    tally = together.sync(bintou)
    assert any(f"segment {n} of Awa's station" in told for told in tally.waiting)
    middle.write_bytes(kept)
    tally = together.sync(bintou)
    assert tally.waiting == [] and len(cases.docket(bintou)) == 3


def test_an_office_folder_of_others_is_refused_and_left_alone(together, tmp_path):
    from app.errors import OfficeError
    from app.services import offices
    from app.sync.exchange import exchange

    before = {path: path.read_bytes() for path in together.files()}
    with (
        offices.init_office(tmp_path / "another", officer="Zola") as other,
        pytest.raises(OfficeError, match="another office"),
    ):
        exchange(other.store, together.shop(other))
    assert {path: path.read_bytes() for path in together.files()} == before


def test_a_station_that_was_not_accepted_only_waits(together, tmp_path):
    from app.services.offices import Office
    from app.storage.office import Founding, OfficeStore
    from app.storage.segments import Shelf
    from app.sync import keys

    before = together.files()
    founding = Founding(officer="Dede", office_id=together.first.store.office_id)
    store = OfficeStore.create(tmp_path / "dede", founding)
    Shelf(store).keep_private({keys.CARD: keys.load(together.first.store).card_file})
    with Office(store) as dede:
        tally = together.sync(dede)
    assert (tally.wrote, tally.applied) == (0, 0)
    assert tally.waiting == ["waiting to be accepted by the office"]
    assert together.files() == before


def test_a_large_document_travels_in_parts(together, tools, tmp_path):
    import random

    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    content = random.Random(7).randbytes(2_600_000)
    scan = tmp_path / "scan.bin"
    scan.write_bytes(content)
    document = cases.attach(awa, case_id, [scan]).case.documents[-1].id
    together.sync(awa)
    assert len(together.files(".prt")) == 3
    together.sync(bintou)
    assert cases.document_bytes(bintou, document) == content
    assert not any((bintou.path / "incoming").rglob("*.prt"))


def test_an_interrupted_document_goes_on_where_it_stopped(together, tools, tmp_path):
    import random

    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    scan = tmp_path / "scan.bin"
    scan.write_bytes(random.Random(8).randbytes(3_500_000))
    cases.attach(awa, case_id, [scan])
    together.sync(awa)
    last = together.files(".prt")[-1]
    kept = last.read_bytes()
    last.unlink()
    tally = together.sync(bintou)
    assert tally.documents == 0 and any("documents have not arrived" in told for told in tally.waiting)
    last.write_bytes(kept)
    tally = together.sync(bintou)
    assert tally.documents == 1
    assert tally.bytes_read == len(kept), "the parts that had come were not read again"


def test_a_damaged_part_is_put_back_by_who_holds_the_document(together, tools, tmp_path):
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    scan = tmp_path / "scan.bin"
    scan.write_bytes(b"x" * 5000)
    cases.attach(awa, case_id, [scan])
    together.sync(awa)
    part = together.files(".prt")[0]
    good = part.read_bytes()
    part.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    tally = together.sync(bintou)
    assert any("damaged" in one.reason for one in tally.quarantined.values())
    together.sync(awa)
    assert part.read_bytes() == good
    assert together.sync(bintou).documents == 1


def test_a_folder_that_held_nothing_is_named_as_new(together, tmp_path):
    """A mistyped name makes a folder; the person hears that it was not the stick that was meant."""
    awa = together.stations[0]
    together.settle_down()
    known, mistyped = str(together.stick), str(tmp_path / "STCIK")
    assert not syncing.sync(awa, known).new_store
    with pytest.raises(OfficeError, match="is not a folder"):
        syncing.sync(awa, mistyped, dry_run=True)
    assert not (tmp_path / "STCIK").exists()
    assert syncing.sync(awa, mistyped).new_store
    assert not syncing.sync(awa, mistyped).new_store
    assert not syncing.plan(awa, known).new_store
