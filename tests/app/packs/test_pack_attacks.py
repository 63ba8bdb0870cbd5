"""Nothing a pack's file says can write outside its folder, fill the disk, or hide the other packs."""

from __future__ import annotations

import importlib.util
import stat
import struct
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from app.errors import FileRefused, OfficeError, StorageRefused
from app.plugins import archives
from app.plugins.archives import Caps, open_pack
from app.plugins.shelf import Shelf
from app.services.packs import check

_spec = importlib.util.spec_from_file_location("pack_making", Path(__file__).with_name("conftest.py"))
assert _spec and _spec.loader
making = importlib.util.module_from_spec(_spec)
sys.modules["pack_making"] = making
_spec.loader.exec_module(making)
SOUND = making.sound_members()


def attempt(tmp_path: Path, content: bytes, why: str) -> None:
    """Install `content` beside a sound pack: refused for this reason, and nothing else has changed."""
    shelf = Shelf(tmp_path / "packs", check)
    good = tmp_path / "good.argosmodel"
    good.write_bytes(making.archive(making.sound_members()))
    shelf.install(good)
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(content)
    before = tree(tmp_path)
    with pytest.raises(FileRefused, match=why) as refusal:
        shelf.install(bad, replacing=True)
    assert refusal.value.message and refusal.value.remedy
    assert tree(tmp_path) == before
    assert [pack.problem for pack in shelf.packs()] == [""]


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


NAMES = [
    "../evil",
    "translate-xx_en/../../evil",
    "/etc/evil",
    "translate-xx_en/..",
    "C:/evil",
    "c:evil",
    "..\\evil",
    "translate-xx_en\\model\\evil",
    "\\\\server\\share\\evil",
    "translate-xx_en//evil",
    "./evil",
    "translate-xx_en/./x",
    "translate-xx_en/con",
    "translate-xx_en/NUL.txt",
    "translate-xx_en/com1",
    "translate-xx_en/LPT9.bin",
    "AUX",
    "translate-xx_en/trailing.",
    "translate-xx_en/blank ",
    "translate-xx_en/ blank",
    "translate-xx_en/a:b",
    "translate-xx_en/new\nline",
    "translate-xx_en/esc\x1b[2J",
    "translate-xx_en/star*",
    "translate-xx_en/" + "x" * 300,
    "translate-xx_en/" + "d/" * 20 + "deep",
    "translate-xx_en/\u202egnp.exe",
    "\x7f",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_that_point_elsewhere_or_cannot_be_written(tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = name
    attempt(
        tmp_path,
        making.archive([*SOUND, (entry, b"evil")]),
        "points outside|not a plain|devices|characters|too long",
    )


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices(tmp_path: Path, mode: int) -> None:
    attempt(
        tmp_path,
        making.archive([*SOUND, (making.link("translate-xx_en/link", mode), b"/etc/passwd")]),
        "link or a device",
    )


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    members = [(making.link("translate-xx_en/model"), b"/tmp"), *SOUND]
    attempt(tmp_path, making.archive(members), "link or a device")


@pytest.mark.parametrize("twin", ["translate-xx_en/README.md", "translate-xx_en/readme.MD"])
def test_two_members_of_one_name(tmp_path: Path, twin: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        attempt(tmp_path, making.archive([*SOUND, (twin, b"another")]), "twice")


def test_a_file_that_is_also_a_folder(tmp_path: Path) -> None:
    attempt(
        tmp_path, making.archive([*SOUND, ("translate-xx_en/README.md/inner", b"x")]), "a file and a folder"
    )


def test_a_bomb(tmp_path: Path) -> None:
    attempt(tmp_path, making.archive([*SOUND, ("translate-xx_en/zeros", bytes(40 << 20))]), "swell")


def test_sizes_that_lie(tmp_path: Path) -> None:
    content = bytearray(making.archive([*SOUND, ("translate-xx_en/lie", b"x" * 5000)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)  # the table says ten bytes
    attempt(tmp_path, bytes(content), "damaged")


def test_a_table_of_contents_of_a_million_entries_is_not_even_read(tmp_path: Path) -> None:
    content = bytearray(making.archive(SOUND))
    at = content.rindex(b"PK\x05\x06")
    content[at + 10 : at + 12] = struct.pack("<H", 65_000)
    attempt(tmp_path, bytes(content), "more members")


def test_a_64_bit_end_record_does_not_overrule_the_caps(tmp_path: Path) -> None:
    content = making.archive(SOUND)
    at = content.rindex(b"PK\x05\x06")
    attempt(tmp_path, content[:at] + b"PK\x06\x07" + bytes(16) + content[at:], "more members")


def test_too_many_members(tmp_path: Path) -> None:
    attempt(
        tmp_path,
        making.archive([*SOUND, *((f"translate-xx_en/{n}", b"") for n in range(4100))]),
        "more members",
    )


def test_a_member_locked_with_a_password(tmp_path: Path) -> None:
    content = bytearray(making.archive(SOUND))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    attempt(tmp_path, bytes(content), "password")


def test_an_unusual_way_of_packing(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("translate-xx_en/lzma")
    entry.compress_type = zipfile.ZIP_LZMA
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in SOUND:
            made.writestr(name, content)
        made.writestr(entry, b"x" * 100)
    content = path.read_bytes()
    path.unlink()
    attempt(tmp_path, content, "packed in a way")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x05\x06", b"not a zip" * 100, b"PK\x05\x06" + bytes(18)]
)
def test_no_archive_at_all(tmp_path: Path, content: bytes) -> None:
    attempt(tmp_path, content, "not a pack")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.999])
def test_a_file_copied_only_in_part(tmp_path: Path, part: float) -> None:
    content = making.archive(SOUND)
    attempt(tmp_path, content[: int(len(content) * part)], "no ZIP archive")


def test_a_flipped_bit_in_the_content(tmp_path: Path) -> None:
    content = bytearray(
        making.archive([(n, bytes(range(256)) * 40) if "bin" in n else (n, c) for n, c in SOUND])
    )
    at = content.index(b"model.bin") + 60
    content[at] ^= 0x10
    attempt(tmp_path, bytes(content), "damaged")


@pytest.mark.parametrize("leave_out", ["metadata.json", "model/model.bin", "sentencepiece.model"])
def test_a_language_pack_without_a_part(tmp_path: Path, leave_out: str) -> None:
    attempt(
        tmp_path,
        making.archive([(n, c) for n, c in SOUND if not n.endswith(leave_out)]),
        "not a pack|language pack",
    )


def test_a_pack_of_no_known_kind(tmp_path: Path) -> None:
    attempt(tmp_path, making.archive([("x/readme.txt", b"hello")]), "not a pack this program knows")


def test_parts_that_can_carry_code_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "p.argosmodel"
    path.write_bytes(making.archive([*SOUND, ("translate-xx_en/stanza/xx/model.pt", b"pickle")]))
    pack = Shelf(tmp_path / "packs", check).install(path)
    assert not (pack.folder / "stanza").exists()
    assert (pack.folder / "README.md").read_bytes() == b"sound"


def test_unpacked_sizes_are_counted_while_streaming(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(making.archive(SOUND))
    into = tmp_path / "into"
    into.mkdir()
    with path.open("rb") as file, open_pack(file, "p") as archive, pytest.raises(OfficeError, match="larger"):
        archives.unpack(archive, into, str, caps=Caps(total=100))
    with path.open("rb") as file, pytest.raises(FileRefused, match="larger"):
        open_pack(file, "p", Caps(total=100))


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.argosmodel"
    path.write_bytes(making.archive(SOUND))
    shelf = Shelf(tmp_path / "packs", check)
    usage = archives.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(archives.shutil, "disk_usage", lambda _folder: usage._replace(free=100))
    with pytest.raises(StorageRefused, match="full"):
        shelf.install(path)
    assert shelf.packs() == ()
    assert list((tmp_path / "packs" / "language").iterdir()) == []
