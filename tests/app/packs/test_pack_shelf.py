"""A shelf of packs: whole or not at all, one broken pack never hides the others."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Cancelled, FileRefused, StorageRefused, UsageError
from app.plugins import building, manifest
from app.plugins.manifest import Kind
from app.plugins.shelf import Shelf
from app.seal import Identity
from app.services.packs import check

Make = Callable[..., Path]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "packs", check)


def names(shelf: Shelf) -> list[tuple[str, str, bool]]:
    return [(pack.name, pack.version, not pack.problem) for pack in shelf.packs()]


def test_a_pack_is_installed_under_its_name_and_version(shelf: Shelf, make_pack: Make) -> None:
    pack = shelf.install(make_pack())
    assert pack.folder == shelf.folder / "language" / "translate-xx_en-1.0"
    assert (pack.name, pack.version, pack.size, len(pack.sha256)) == ("translate-xx_en", "1.0", 2190, 64)
    assert shelf.packs() == (pack,) == shelf.verified()


def test_the_same_pack_again_changes_nothing(shelf: Shelf, make_pack: Make) -> None:
    first = shelf.install(make_pack())
    stamp = (first.folder / "metadata.json").stat().st_mtime_ns
    assert shelf.install(make_pack()) == first
    assert (first.folder / "metadata.json").stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("there", "comes", "replacing", "stays"),
    [
        ("1.9", "1.10", False, "1.10"),
        ("1.0", "1.0.1", False, "1.0.1"),
        ("1.10", "1.9", False, None),
        ("1.10", "1.9", True, "1.9"),
        ("2.0", "2.0", False, None),
        ("2.0", "2.0", True, "2.0"),
    ],
)
def test_newer_takes_the_place_of_older(
    shelf: Shelf, make_pack: Make, there: str, comes: str, replacing: bool, stays: str | None
) -> None:
    shelf.install(make_pack(version=there))
    other = make_pack("other.argosmodel", version=comes, **{"README.md": b"another"})
    if stays is None:
        with pytest.raises(FileRefused, match="Nothing changed"):
            shelf.install(other, replacing=replacing)
        assert names(shelf) == [("translate-xx_en", there, True)]
    else:
        shelf.install(other, replacing=replacing)
        assert names(shelf) == [("translate-xx_en", stays, True)]
        assert (shelf.packs()[0].folder / "README.md").read_bytes() == b"another"
    assert [p.name for p in (shelf.folder / "language").iterdir() if p.name[0] == "."] == []


def spoil_manifest(folder: Path) -> None:
    (folder / manifest.NAME).write_text("{", encoding="utf-8")


def spoil_by_cutting(folder: Path) -> None:
    (folder / "model" / "model.bin").write_bytes(b"m")


def spoil_by_link(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("metadata.json")


def spoil_by_renaming(folder: Path) -> None:
    folder.rename(folder.with_name("translate-xx_en-9.9"))


def spoil_by_half_a_copy(folder: Path) -> None:
    (folder / manifest.NAME).unlink()


def spoil_path(folder: Path) -> None:
    written = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    written["files"]["../../../../../etc/passwd"] = [1, "0" * 64]
    (folder / manifest.NAME).write_text(json.dumps(written), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [spoil_manifest, spoil_by_cutting, spoil_by_link, spoil_by_renaming, spoil_by_half_a_copy, spoil_path],
)
def test_a_broken_pack_stands_in_the_list_beside_the_sound_ones(
    shelf: Shelf, make_pack: Make, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    broken = shelf.install(make_pack())
    metadata = {"from_code": "yy", "to_code": "en", "package_version": "1", "type": "translate"}
    shelf.install(make_pack("yy.argosmodel", **{"metadata.json": json.dumps(metadata).encode()}))
    spoil(broken.folder)
    found = {pack.name: pack.problem for pack in shelf.packs()}
    assert found["translate-yy_en"] == ""
    assert found["translate-xx_en"]
    assert len(found) == 2
    # It can be installed anew over the broken one, and removed.
    shelf.install(make_pack())
    assert any(p.name == "translate-xx_en" and not p.problem for p in shelf.packs())
    assert shelf.remove("translate-xx_en")
    assert [p.name for p in shelf.packs()] == ["translate-yy_en"]


def test_verify_finds_a_changed_and_a_foreign_file(shelf: Shelf, make_pack: Make) -> None:
    pack = shelf.install(make_pack())
    (pack.folder / "README.md").write_bytes(b"SOUND")
    assert shelf.packs()[0].problem == ""
    assert "changed" in shelf.verified()[0].problem
    (pack.folder / "README.md").write_bytes(b"sound")
    (pack.folder / "extra.py").write_bytes(b"")
    assert "does not belong" in shelf.verified()[0].problem


def test_a_stop_while_unpacking_leaves_nothing(shelf: Shelf, make_pack: Make) -> None:
    class Stop:
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        shelf.install(make_pack(), progress=Stop())
    assert shelf.packs() == ()
    assert list((shelf.folder / "language").iterdir()) == []


def test_what_a_killed_installation_left_is_not_a_pack_and_goes_in_time(
    shelf: Shelf, make_pack: Make
) -> None:
    left = shelf.folder / "language" / ".coming-0123456789abcdef"
    (left / "model").mkdir(parents=True)
    assert shelf.packs() == ()
    shelf.install(make_pack())
    assert left.exists()  # it may be another installation that runs now
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(left, (long_ago, long_ago))
    shelf.install(make_pack("b.argosmodel", version="2.0"))
    assert not left.exists()


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path, make_pack: Make) -> None:
    (tmp_path / "packs").write_bytes(b"a file in the way")
    shelf = Shelf(tmp_path / "packs", check)
    assert shelf.packs() == ()
    with pytest.raises(StorageRefused, match="cannot be written to"):
        shelf.install(make_pack())


def test_a_file_that_is_gone_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.argosmodel", tmp_path):
        with pytest.raises(FileRefused, match="cannot be read"):
            shelf.install(path)


@pytest.fixture
def folder(tmp_path: Path, make_pack: Make) -> Path:
    """An unpacked language pack to build from."""
    return Shelf(tmp_path / "elsewhere", check).install(make_pack()).folder


def test_a_built_pack_installs_and_is_the_same_bytes_each_time(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    building.build(Kind.LANGUAGE, [folder], one)
    building.build(Kind.LANGUAGE, [folder], two)
    assert one.read_bytes() == two.read_bytes()
    pack = shelf.install(one)
    assert (pack.name, pack.version, pack.signed_by) == ("translate-xx_en", "1.0", "")
    assert shelf.verified() == (pack,)


def test_a_signed_pack_names_its_publisher(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "publisher.key"
    signer = building.signer_of(key)
    assert building.signer_of(key) == signer
    assert key.stat().st_mode & 0o077 == 0
    building.build(Kind.LANGUAGE, [folder], tmp_path / "signed.zip", signer=signer)
    pack = shelf.install(tmp_path / "signed.zip")
    assert pack.signed_by.replace(" ", "") == signer.sign_public.hex()[:16]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"title": "xx - en"', b'"title": "xx - EN"'),
        (b'"publisher": "', b'"publisher": "0'),
        (b'"name": "t', b'"name": "u'),
    ],
)
def test_a_signed_list_that_was_changed_is_refused(
    shelf: Shelf, folder: Path, tmp_path: Path, old: bytes, new: bytes
) -> None:
    listed = manifest.read(folder).signed_with(Identity.fresh())
    changed = manifest.json_of(listed).replace(old, new)
    assert changed != manifest.json_of(listed)
    with pytest.raises(FileRefused):
        manifest.parse(changed, "pack").check_signature()
    manifest.parse(manifest.json_of(listed), "pack").check_signature()


@pytest.mark.parametrize("change", ["content", "added", "removed"])
def test_a_pack_that_differs_from_its_own_list_is_refused(
    shelf: Shelf, folder: Path, tmp_path: Path, change: str
) -> None:
    import zipfile

    out = tmp_path / "built.zip"
    building.build(Kind.LANGUAGE, [folder], out)
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    readme = next(name for name in members if name.endswith("README.md"))
    if change == "content":
        members[readme] = b"other"
    elif change == "added":
        members[readme + ".exe"] = b"MZ"
    else:
        del members[readme]
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(FileRefused, match="list of files"):
        shelf.install(out)
    assert shelf.packs() == ()


def test_nothing_to_build_from_and_links_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="nothing to pack"):
        building.build(Kind.LANGUAGE, [tmp_path / "empty"], tmp_path / "out.zip")
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(FileRefused, match="is a link"):
        building.build(Kind.LANGUAGE, [folder], tmp_path / "out.zip")
    (tmp_path / "bad.key").write_text("zz", encoding="ascii")
    with pytest.raises(FileRefused, match="not a publisher's key"):
        building.signer_of(tmp_path / "bad.key")
    assert not (tmp_path / "out.zip").exists()


def test_a_tool_pack_is_kept_by_the_name_of_its_folder(shelf: Shelf, tmp_path: Path) -> None:
    tool = tmp_path / "terms-1.2"
    tool.mkdir()
    (tool / "terms.csv").write_text("a,b\n", encoding="utf-8")
    building.build(Kind.TOOL, [tool], tmp_path / "tool.zip")
    pack = shelf.install(tmp_path / "tool.zip")
    assert (pack.kind, pack.name, pack.version) == (Kind.TOOL, "terms", "1.2")
    (tmp_path / "no name").mkdir()
    (tmp_path / "no name" / "a.txt").write_text("a", encoding="utf-8")
    with pytest.raises(FileRefused, match="plain letters"):
        building.build(Kind.TOOL, [tmp_path / "no name"], tmp_path / "tool2.zip")
