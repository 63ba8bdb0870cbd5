"""Laptops that were restored or cloned: nothing is lost, every fork is told."""

from __future__ import annotations

import shutil

from app.services import cases, offices
from app.services.offices import Office


def copied(together, office: Office, name: str) -> Office:
    """The same office folder a second time, as a cloned disk has it."""
    place = together.folder / name
    office.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copytree(office.path, place)
    return offices.open_office(place)


def replaced(together, old: Office, new: Office) -> None:
    old.close()
    together.stations[together.stations.index(old)] = new


def test_a_restored_laptop_reads_back_what_it_had_sent(together, tools):
    bintou = together.stations[1]
    tools.new_case(bintou, "Before the backup")
    together.settle_down()
    backup = copied(together, bintou, "backup")
    tools.new_case(bintou, "After the backup")
    together.sync(bintou)
    replaced(together, bintou, backup)
    before = backup.store.incarnation
    tally = together.sync(backup)
    assert tally.applied and not tally.forks
    assert {line.title for line in cases.docket(backup)} == {"Before the backup", "After the backup"}
    assert backup.store.incarnation != before
    tools.new_case(backup, "Going on")
    tallies = together.settle_down()
    assert len(together.digests()) == 1 and not any(t.waiting or t.quarantined for t in tallies)


def test_a_restored_laptop_that_went_on_is_a_fork_and_both_branches_stay(together, tools):
    awa, bintou = together.stations
    tools.new_case(bintou, "Before")
    together.settle_down()
    backup = copied(together, bintou, "backup")
    tools.new_case(bintou, "Lost branch")
    together.sync(bintou)
    tools.new_case(backup, "New branch")
    replaced(together, bintou, backup)
    tally = together.sync(backup)
    assert any("two copies" in told for told in tally.forks)
    tallies = together.settle_down()
    assert all(tally.forks and not tally.waiting for tally in tallies)
    assert len(together.digests()) == 1
    assert {line.title for line in cases.docket(awa)} == {"Before", "Lost branch", "New branch"}


def test_a_clone_and_its_original_both_go_on_under_new_incarnations(together, tools):
    bintou = together.stations[1]
    together.settle_down()
    clone = copied(together, bintou, "clone")
    before = bintou.store.incarnation
    together.stations.append(clone)
    tools.new_case(bintou, "Original")
    tools.new_case(clone, "Clone")
    together.settle_down()
    tools.new_case(bintou, "Original again")
    tools.new_case(clone, "Clone again")
    tallies = together.settle_down()
    assert len({bintou.store.incarnation, clone.store.incarnation, before}) == 3
    assert len(together.digests()) == 1 and all(tally.forks for tally in tallies)
    titles = {"Original", "Clone", "Original again", "Clone again"}
    assert all({line.title for line in cases.docket(office)} == titles for office in together.stations)


def test_a_backup_made_with_unsent_work_does_not_send_it_twice(together, tools):
    awa, bintou = together.stations
    tools.new_case(bintou, "Unsent at the backup")
    backup = copied(together, bintou, "backup")
    tools.new_case(bintou, "Later")
    together.sync(bintou)
    replaced(together, bintou, backup)
    backup.store.new_incarnation()
    tools.new_case(backup, "On the new disk")
    tallies = together.settle_down()
    assert len(together.digests()) == 1
    assert not any(tally.forks or tally.waiting for tally in tallies)
    assert len(cases.docket(awa)) == 3


def test_a_restored_laptop_learns_from_statements_that_it_was_set_back(together, tools):
    """What it had sent is not on this stick; that somebody held it is."""
    bintou = together.stations[1]
    together.settle_down()
    backup = copied(together, bintou, "backup")
    tools.new_case(bintou, "Sent and then lost")
    together.sync(bintou)
    lost = max(together.files(".seg"), key=lambda path: path.stat().st_mtime_ns)
    lost.unlink()
    replaced(together, bintou, backup)
    before = backup.store.incarnation
    tally = together.sync(backup)
    assert backup.store.incarnation != before
    assert any("Bintou had segment" in told for told in tally.waiting)
    after = backup.store.incarnation
    together.sync(backup)
    assert backup.store.incarnation == after
