"""A store that fails at any moment costs a repeat, nothing else."""

from __future__ import annotations

import shutil

import pytest

from app.errors import Cancelled
from app.services import cases, offices
from app.sync import stores
from app.sync.exchange import exchange
from app.sync.folder import FolderStore
from app.sync.layout import Entry
from app.sync.stores import StoreTrouble


class Failing:
    """A store that works `good` times and then fails as told; `torn` leaves half of a file behind."""

    def __init__(self, inner, good, trouble, *, torn=False):
        self.inner, self.good, self.trouble, self.torn = inner, good, trouble, torn
        self.address, self.near = inner.address, inner.near
        self.failed = False

    def _once(self, path="", data=b""):
        self.good -= 1
        if self.good < 0:
            self.failed = True
            if self.torn and path:
                target = self.inner.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data[: len(data) // 2])
            raise self.trouble(self.address)

    def open(self, *, make):
        self._once()
        self.inner.open(make=make)

    def list(self, prefix) -> list[Entry]:
        self._once()
        return self.inner.list(prefix)

    def read(self, path, limit):
        self._once()
        return self.inner.read(path, limit)

    def write(self, path, data):
        self._once(path, data)
        self.inner.write(path, data)

    def remove(self, path):
        self._once()
        self.inner.remove(path)

    def tidy(self):
        self.inner.tidy()

    def close(self):
        self.inner.close()


def with_news(together, tools, tmp_path):
    """Something to write and something to read: Awa's case and document there, Bintou's case here."""
    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    scan = tmp_path / "scan.bin"
    scan.write_bytes(b"scan" * 1000)
    cases.attach(awa, case_id, [scan])
    together.sync(awa)
    tools.new_case(bintou, "Bintou's")
    return bintou


@pytest.mark.parametrize("torn", [False, True])
def test_the_store_fails_at_every_operation_in_turn(together, tools, tmp_path, torn):
    """Each moment starts from a copy of the same office and the same stick."""
    bintou = with_news(together, tools, tmp_path)
    bintou.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    stick, wanted = together.stick, set[tuple[str, ...]]()
    for moment in range(100):
        place = tmp_path / f"moment {moment}"
        shutil.copytree(bintou.path, place / "office")
        shutil.copytree(stick, place / "stick")
        with offices.open_office(place / "office") as office:
            inner = FolderStore(place / "stick", office.store.station)
            shop = Failing(inner, moment, stores.gone, torn=torn)
            try:
                exchange(office.store, shop)
            except StoreTrouble as trouble:
                assert trouble.remedy
            exchange(office.store, inner)
            again = exchange(office.store, inner)
            assert (again.wrote, again.read, again.waiting, again.quarantined) == (0, 0, [], {})
            assert office.store.digest() and len(cases.docket(office)) == 2
            segments = len(list((place / "stick" / "ipx1").rglob("*.seg")))
            wanted.add((office.store.digest(), str(segments)))
        shutil.rmtree(place)
        if not shop.failed:
            break
    assert moment > 10 and not shop.failed
    assert len(wanted) == 1, "whenever it failed, the end is the same"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (stores.full, "is full"),
        (stores.gone, "not there any more"),
        (lambda address: stores.barred(address, "read-only"), "may not be written"),
    ],
)
def test_how_far_it_came_is_told(together, tools, trouble, told):
    awa = together.first
    for number in range(12):
        tools.new_case(awa, f"Pump {number}")
        together.sync(awa)
    shutil.rmtree(together.exchange_folder)

    class After3(Failing):
        def _once(self, path="", data=b""):
            if path:
                super()._once(path, data)

    with pytest.raises(StoreTrouble, match=rf"{told}.* 3 of \d\d files were written"):
        together.sync(awa, After3(together.shop(awa), 3, trouble))
    assert together.sync(awa).wrote >= 9, "the rest follows"


def test_a_read_only_stick_is_told_and_what_was_read_stays(together, tools):
    awa, bintou = together.stations
    tools.new_case(awa)
    together.sync(awa)
    tools.new_case(bintou, "Here")

    class ReadOnly(Failing):
        def _once(self, path="", data=b""):
            if path:
                raise stores.barred(self.address, "Read-only file system")

    with pytest.raises(StoreTrouble, match="may not be written"):
        together.sync(bintou, ReadOnly(together.shop(bintou), 0, stores.gone))
    assert len(cases.docket(bintou)) == 2


def test_a_stop_between_two_steps_loses_nothing(together, tools):
    awa, bintou = together.stations
    for number in range(3):
        tools.new_case(awa, f"Pump {number}")
        together.sync(awa)

    class Stops:
        def __init__(self, after):
            self.after = after

        def step(self, done, total=None, note=""):
            self.after -= 1
            if self.after < 0:
                raise Cancelled

    for after in range(25):
        tools.new_case(bintou, f"Dryer {after}")
        try:
            together.sync(bintou, progress=Stops(after))
        except Cancelled:
            continue
        break
    tallies = together.settle_down()
    assert len(together.digests()) == 1 and not any(tally.waiting for tally in tallies)


def test_two_exchanges_of_one_office_do_not_run_at_once(together):
    from app.errors import StorageRefused
    from app.sync.turns import our_turn

    with our_turn(together.first.path), pytest.raises(StorageRefused, match="running"):
        together.sync(together.first)
    together.sync(together.first)
