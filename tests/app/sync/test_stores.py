"""Every kind of store passes the same table; troubles of the world come out in words."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import OfficeError
from app.sync.folder import FolderStore
from app.sync.layout import Entry
from app.sync.remote import RemoteStore
from app.sync.stores import Store, StoreTrouble, store_at

STATION = "ab" * 16


@pytest.fixture
def webdav(tmp_path: Path) -> Iterator[str]:
    """A WebDAV server of the test's own on the loopback; its address."""
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    shared = tmp_path / "webdav"
    shared.mkdir()
    settings = {
        "provider_mapping": {"/": str(shared)},
        "simple_dc": {"user_mapping": {"*": {"awa": {"password": "baobab"}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
        "verbose": 0,
        "logging": {"enable": False},
        "lock_storage": False,
        "property_manager": False,
    }
    server = Server(("127.0.0.1", 0), WsgiDAVApp(settings), numthreads=2)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield f"webdav+http://awa:baobab@127.0.0.1:{server.bind_addr[1]}"
    server.stop()
    thread.join()


@pytest.fixture(params=["folder", "memory", "webdav"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        found: Store = FolderStore(tmp_path / "stick", STATION)
    elif request.param == "memory":
        found = store_at(f"memory://marula-{tmp_path.name}", STATION)
    else:
        found = store_at(request.getfixturevalue("webdav") + "/office", STATION)
    with closing(found):
        found.open(make=True)
        yield found


def test_what_is_written_is_listed_and_read(shop):
    shop.write("ipx1/w/ab/1.seg", b"one")
    shop.write("ipx1/w/cd/2.seg", b"")
    shop.write("ipx1/office.json", b"{}")
    assert shop.list("ipx1/w/") == [Entry("ipx1/w/ab/1.seg", 3), Entry("ipx1/w/cd/2.seg", 0)]
    assert shop.read("ipx1/w/ab/1.seg", 100) == b"one"


def test_a_second_writing_replaces(shop):
    shop.write("ipx1/a.seg", b"one")
    shop.write("ipx1/a.seg", b"another")
    assert shop.read("ipx1/a.seg", 100) == b"another"


def test_reading_stops_at_the_limit(shop):
    shop.write("ipx1/a.seg", b"x" * 10_000)
    assert len(shop.read("ipx1/a.seg", 99)) == 100


def test_what_is_missing(shop):
    assert shop.list("ipx1/w/") == []
    with pytest.raises(FileNotFoundError):
        shop.read("ipx1/none.seg", 10)
    shop.remove("ipx1/none.seg")


def test_removing(shop):
    shop.write("ipx1/a.seg", b"one")
    shop.remove("ipx1/a.seg")
    assert shop.list("ipx1/") == []


def over(address, together, office):
    with closing(store_at(address, office.store.station)) as shop:
        return together.sync(office, shop)


def test_two_stations_meet_over_webdav(together, tools, webdav):
    from app.services import cases

    address = webdav + "/marula"
    case_id = tools.new_case(together.first, "Over the line")
    for office in together.stations:
        tally = over(address, together, office)
        assert not tally.quarantined
    assert cases.show(together.stations[1], case_id).title == "Over the line"
    for office in together.stations * 2:
        tally = over(address, together, office)
    assert (tally.wrote, tally.read) == (0, 0)
    assert len(together.digests()) == 1


def test_a_network_store_is_not_asked_for_documents_it_showed_before(together, tools, tmp_path):
    from app.services import cases

    asked: list[str] = []

    class Counting(RemoteStore):
        def list(self, prefix: str) -> list[Entry]:
            asked.append(prefix)
            return super().list(prefix)

    awa, bintou = together.stations
    case_id = tools.new_case(awa)
    scan = tmp_path / "scan.bin"
    scan.write_bytes(b"scan" * 100)
    cases.attach(awa, case_id, [scan])
    address = f"memory://marula-asked-{tmp_path.name}"
    for _time in range(3):
        asked.clear()
        assert not together.sync(awa, Counting(address)).waiting
    assert not [prefix for prefix in asked if "/b/" in prefix]
    shop = Counting(address)
    shop.open(make=False)
    for entry in shop.list("ipx1/"):
        shop.remove(entry.path)
    together.sync(awa, shop)
    assert together.sync(bintou, Counting(address)).documents == 1, "an emptied store is filled again"


def test_a_password_is_never_shown(webdav):
    wrong = webdav.replace("baobab", "acacia")
    with closing(store_at(wrong + "/x", STATION)) as shop, pytest.raises(StoreTrouble) as refused:
        shop.open(make=True)
    assert "acacia" not in str(refused.value) and "baobab" not in store_at(webdav, STATION).address


def test_a_line_that_is_down_is_told_in_words():
    with (
        closing(store_at("webdav+http://127.0.0.1:9/office", STATION)) as shop,
        pytest.raises(StoreTrouble, match="does not answer"),
    ):
        shop.open(make=True)


@pytest.mark.parametrize("address", ["gopher3://x/y", "nosuch+kind://a"])
def test_an_unknown_kind_of_store_is_refused(address):
    with pytest.raises(OfficeError, match="not a kind of store"):
        store_at(address, STATION).open(make=True)


def test_a_missing_extra_is_named(monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("webdav4"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreTrouble, match="no connection to") as refused:
        RemoteStore("webdav://office.example/x").open(make=True)
    assert "webdav" in refused.value.remedy


# -- folders -----------------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path) -> FolderStore:
    found = FolderStore(tmp_path / "stick", STATION)
    found.open(make=True)
    return found


def test_links_are_not_followed(stick, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.seg").write_bytes(b"secret")
    (stick.root / "ipx1").mkdir()
    (stick.root / "ipx1" / "w").symlink_to(secret)
    (stick.root / "ipx1" / "y.seg").symlink_to(secret / "x.seg")
    assert stick.list("ipx1/") == []
    with pytest.raises(StoreTrouble):
        stick.write("ipx1/w/z.seg", b"z")
    with pytest.raises((StoreTrouble, FileNotFoundError)):
        stick.read("ipx1/y.seg", 10)
    assert [path.name for path in secret.iterdir()] == ["x.seg"]


def test_other_folders_are_left_alone_and_upper_case_is_found(stick):
    (stick.root / "PHOTOS").mkdir()
    (stick.root / "PHOTOS" / "1.seg").write_bytes(b"x")
    (stick.root / "IPX1" / "W").mkdir(parents=True)
    (stick.root / "IPX1" / "W" / "A.SEG").write_bytes(b"x")
    assert [entry.name for entry in stick.list("ipx1/w/")] == ["ipx1/w/a.seg"]


def test_a_half_written_file_of_ours_is_tidied_and_that_of_another_is_not(stick):
    (stick.root / "ipx1").mkdir()
    ours = stick.root / "ipx1" / f"a.seg.{STATION[:12]}.tmp"
    theirs = stick.root / "ipx1" / "a.seg.cdcdcdcdcdcd.tmp"
    ours.write_bytes(b"")
    theirs.write_bytes(b"")
    stick.tidy()
    assert not ours.exists() and theirs.exists()


def test_an_empty_folder_in_the_sticks_place_is_not_written(stick):
    """The stick was pulled: its mount point is an ordinary folder of the computer now."""
    stick.root.rename(stick.root.with_name("pulled"))
    stick.root.mkdir()
    with pytest.raises(StoreTrouble, match="not there any more"):
        stick.write("ipx1/a.seg", b"x")
    assert list(stick.root.iterdir()) == []


def test_a_store_that_is_nowhere_is_refused(tmp_path):
    with pytest.raises(StoreTrouble, match="not a folder"):
        FolderStore(tmp_path / "no" / "where", STATION).open(make=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreTrouble, match="not a folder"):
        FolderStore(tmp_path / "file", STATION).open(make=True)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "does not answer"),
        (errno.ENODEV, "does not answer"),
        (errno.EFBIG, "could not be used"),
    ],
)
def test_the_disks_troubles_in_words(stick, monkeypatch, code, told):
    def failing(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StoreTrouble, match=told) as refused:
        stick.write("ipx1/a.seg", b"x")
    assert refused.value.remedy
    monkeypatch.undo()
    assert stick.list("ipx1/") == [], "nothing half-written is left"


def test_bytes_that_come_back_differently_are_noticed(stick, monkeypatch):
    monkeypatch.setattr(stick, "read", lambda _path, _limit: b"y")
    with pytest.raises(StoreTrouble, match="other bytes"):
        stick.write("ipx1/a.seg", b"x")
