"""A station is removed: its past stays, its future counts nowhere."""

from __future__ import annotations

import pytest

from app.errors import OfficeError, RuleRefused
from app.services import cases, stations


def test_a_removed_station_is_told_and_writes_nothing(three, tools):
    chidi = three.stations[2]
    tools.new_case(chidi, "Old work")
    three.settle_down()
    assert stations.revoke(three.first, chidi.store.station, reason="left the office").state == "removed"
    three.sync(three.first)
    tools.new_case(chidi, "Too late")
    before = three.files()
    with pytest.raises(OfficeError, match="taken off"):
        three.sync(chidi)
    assert three.files() == before
    assert [line.title for line in cases.docket(three.first)] == ["Old work"]


def test_what_a_removed_station_wrote_later_is_set_aside_everywhere(three, tools):
    """Chidi's last segment reached Bintou before Bintou heard of the removal."""
    awa, bintou, chidi = three.stations
    tools.new_case(chidi, "Known to Awa")
    three.settle_down()
    stations.revoke(awa, chidi.store.station)
    tools.new_case(chidi, "Not known to Awa")
    three.sync(chidi)
    three.sync(bintou)
    tools.edit(bintou, cases.find(bintou, "known")[0].id, remark="seen")
    three.sync(bintou)
    assert len(cases.docket(bintou)) == 2
    three.sync(awa)
    three.stations.remove(chidi)
    tallies = three.settle_down()
    for office, tally in zip(three.stations, tallies, strict=True):
        assert [line.title for line in cases.docket(office)] == ["Known to Awa"]
        assert any("removed before" in one.reason for one in tally.quarantined.values())
        assert not tally.waiting, "nobody waits for what was cut off"
    assert len(three.digests()) == 1
    chidi.close()


def test_after_a_removal_a_new_key_is_used(three, tools):
    from app.sync import keys

    awa, bintou, chidi = three.stations
    stations.revoke(awa, chidi.store.station)
    three.sync(awa)
    three.sync(bintou)
    assert keys.load(bintou.store).roster.epoch == 2
    assert set(keys.load(chidi.store).roster.epochs) == {1}
    case_id = tools.new_case(bintou, "Under the new key")
    three.sync(bintou)
    three.sync(awa)
    assert cases.show(awa, case_id).title == "Under the new key"


def test_a_new_station_reads_what_was_written_under_every_key(three, tools):
    awa, _bintou, chidi = three.stations
    tools.new_case(chidi, "By the one who left")
    three.settle_down()
    stations.revoke(awa, chidi.store.station)
    tools.new_case(awa, "After")
    three.stations.remove(chidi)
    dede = three.add("Dede")
    three.settle_down()
    assert {line.title for line in cases.docket(dede)} == {"By the one who left", "After"}
    chidi.close()


@pytest.mark.parametrize("ident", ["", "zz", "no such"])
def test_nobody_is_removed_by_an_id_that_is_nobodys(together, ident):
    with pytest.raises(RuleRefused):
        stations.revoke(together.first, ident)


def test_the_registrars_own_station_stays(together):
    with pytest.raises(RuleRefused, match="own station"):
        stations.revoke(together.first, together.first.store.station)


def test_only_the_founders_station_removes(together):
    with pytest.raises(RuleRefused, match="Only the station"):
        stations.revoke(together.stations[1], together.first.store.station)
