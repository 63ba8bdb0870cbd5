"""When the window exchanges by itself, and which sticks there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import UsageError
from app.services import syncing
from app.services.syncing import Schedule, due
from app.sync import drives
from app.sync.drives import Drive

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
STICK = Schedule(on=True, store="/media/awa/STICK", every_minutes=30)


@pytest.mark.parametrize(
    ("schedule", "minutes_ago", "signs", "why"),
    [
        (STICK, 29, {}, ""),
        (STICK, 30, {}, "clock"),
        (STICK, None, {}, "clock"),
        (STICK, -600, {}, "clock"),  # our clock was set back
        (STICK, 5, {"stick": True}, "stick"),
        (STICK, 5, {"line": True}, "line"),
        (Schedule(on=False, store="/x"), None, {"stick": True}, ""),
        (Schedule(on=True, store=""), None, {"stick": True}, ""),
        (Schedule(on=True, store="/x", every_minutes=0), None, {}, ""),
        (Schedule(on=True, store="/x", every_minutes=0), 1, {"stick": True}, "stick"),
        (Schedule(on=True, store="/x", when_stick=False), 1, {"stick": True}, ""),
        (Schedule(on=True, store="/x", when_line=False), 1, {"line": True}, ""),
    ],
)
def test_when_it_is_due(schedule, minutes_ago, signs, why):
    last = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert due(schedule, NOW, last, **signs) == why


def test_settings_stay_with_the_station(together):
    first, second = together.stations
    assert syncing.schedule(first) == Schedule()
    syncing.set_schedule(first, STICK)
    together.settle_down()
    assert (syncing.schedule(first), syncing.schedule(second)) == (STICK, Schedule())
    with pytest.raises(UsageError):
        syncing.set_schedule(first, Schedule(every_minutes=-1))


MOUNTS = """\
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/awa/MY\\040STICK vfat rw 0 0
/dev/sdc1 /run/media/awa/CARD exfat rw 0 0
/dev/sdd1 /mnt/archive ext4 rw 0 0
/dev/sde1 /mnt/usb vfat rw 0 0
tmpfs /media/awa/not-a-disk tmpfs rw 0 0
broken
"""


def test_sticks_of_linux():
    found = drives.of_mounts(MOUNTS, lambda device: device == "/dev/sde1")
    assert [(d.path, d.name) for d in found] == [
        ("/media/awa/MY STICK", "MY STICK"), ("/mnt/usb", "usb"), ("/run/media/awa/CARD", "CARD"),
    ]  # fmt: skip


def test_sticks_of_windows():
    kinds = {"A:\\": 2, "C:\\": 3, "E:\\": 2, "F:\\": 5}
    mask = sum(1 << ord(root[0]) - ord("A") for root in kinds)
    assert [d.path for d in drives.of_letters(mask, kinds.__getitem__)] == ["A:\\", "E:\\"]


def test_sticks_of_macos():
    found = drives.of_volumes(["STICK", "Macintosh HD"], lambda path: path.endswith("STICK"))
    assert found == (Drive("/Volumes/STICK", "STICK"),)


def test_a_stick_that_appears():
    one, two = Drive("/media/a", "a"), Drive("/media/b", "b")
    assert drives.appeared([one], [one, two]) == (two,)
    assert drives.appeared([one, two], [one]) == ()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/media/a", "/media/a"),
        ("/media/a/office/exchange", "/media/a"),
        ("/media/ab/office", None),
        ("webdav://host/media/a", None),
    ],
)
def test_the_stick_a_store_lies_on(address, path):
    found = drives.holding([Drive("/media/a", "a"), Drive("/media", "media")][:1], address)
    assert (found.path if found else None) == path


def test_this_machine_can_be_asked():
    assert isinstance(syncing.sticks("/media/none"), tuple)
