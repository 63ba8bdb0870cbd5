"""Files, folders and archives: every trick of them is an entry in words, and neighbours are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from app.services.inspecting import Inspected, inspect

MARK = """<?xml version="1.0"?><Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">
<TradeMark><ApplicationNumber>{number}</ApplicationNumber></TradeMark></Transaction>"""


def mark(number: int) -> str:
    return MARK.format(number=number)


def zipped(folder: Path, members: dict[str, str | bytes], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return path


def numbers(entries: list[Inspected]) -> list[str]:
    return [record.application_number for entry in entries for record in entry.records]


def test_members_are_entries_of_their_own(tmp_path: Path) -> None:
    path = zipped(
        tmp_path, {"in/a.xml": mark(1), "b.xml": mark(2), "__MACOSX/._b.xml": b"\0", ".DS_Store": b"x"}
    )
    entries = list(inspect([path]))
    assert [entry.file for entry in entries] == [f"{path}!in/a.xml", f"{path}!b.xml"]
    assert numbers(entries) == ["1", "2"]


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"deep/c.xml": mark(3)}, "inner.zip").read_bytes()
    path = zipped(tmp_path, {"pack/inner.zip": inner, "d.xml": mark(4)}, "outer.zip")
    entries = list(inspect([path]))
    assert [entry.file for entry in entries] == [f"{path}!pack/inner.zip!deep/c.xml", f"{path}!d.xml"]
    assert numbers(entries) == ["3", "4"]


def test_archives_nested_without_end_are_refused(tmp_path: Path) -> None:
    data = zipped(tmp_path, {"a.xml": mark(1)}, "0.zip").read_bytes()
    for depth in range(1, 8):
        data = zipped(tmp_path, {"a.zip": data}, f"{depth}.zip").read_bytes()
    entries = list(inspect([tmp_path / "7.zip"]))
    assert len(entries) == 1 and entries[0].refused is not None
    assert "deep" in entries[0].refused.message


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../../etc/passwd", "out of the folder"),
        ("a/../../b.xml", "out of the folder"),
        ("/etc/passwd", "fixed place"),
        ("C:\\windows\\x.xml", "fixed place"),
        ("..\\x.xml", "out of the folder"),
        ("CON", "device"),
        ("a/nul.xml", "device"),
        ("LPT1.txt", "device"),
    ],
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str, word: str) -> None:
    before = {p.name for p in tmp_path.rglob("*")}
    path = zipped(tmp_path, {name: mark(1), "good.xml": mark(2)})
    bad, good = list(inspect([path]))
    assert bad.refused is not None and word in bad.refused.message
    assert numbers([good]) == ["2"]
    assert {p.name for p in tmp_path.rglob("*")} == before | {"a.zip"}


def test_links_devices_and_locks_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, mode in (("link.xml", stat.S_IFLNK), ("pipe.xml", stat.S_IFIFO)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (mode | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
        archive.writestr("good.xml", mark(5))
        archive.writestr("locked.xml", mark(6))
    # Set the encryption bit of the last member, in its own header and in the list of contents.
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.rfind(signature) + offset] |= 1
    path.write_bytes(raw)
    entries = list(inspect([path]))
    said = {e.file.rpartition("!")[2]: e.refused.message if e.refused else "" for e in entries}
    assert "link" in said["link.xml"] and "device" in said["pipe.xml"] and "password" in said["locked.xml"]
    assert said["good.xml"] == ""


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.xml", "w") as member:
        for _block in range(100):
            member.write(b"\0" * 1_048_576)
    (entry,) = inspect([path])
    assert entry.refused is not None and "unpack" in entry.refused.message


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.xml", "w") as member:
        for _block in range(100):
            member.write(b"<a>" + b" " * 1_048_576)
    raw = path.read_bytes().replace((100 * 1_048_579).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(raw)
    (entry,) = inspect([path])
    assert entry.refused is not None


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"PK\x05\x06" + b"\0" * 18, "empty"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x03\x04" + b"\xff" * 500, "damaged"),
        (b"\x1f\x8b\x08" + b"\0" * 5, "damaged"),
        (b"\x00\x01\x02\x03" * 40, "no format"),
        (b"   \n\n", "no format"),
        (b"<", "sense"),
        (b"<?xml", "sense"),
    ],
)
def test_hollow_files(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "file.zip"
    path.write_bytes(data)
    entries = list(inspect([path]))
    assert len(entries) == 1
    refused = entries[0].refused
    assert refused is not None and word in refused.message and refused.remedy


def test_a_zip_cut_off_or_flipped_keeps_what_can_be_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, {f"{n}.xml": mark(n) for n in range(20)})
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        for entry in inspect([path]):
            assert entry.refused is None or entry.refused.message
    path.write_bytes(whole[: len(whole) // 2])
    entries = list(inspect([path]))
    assert entries and all(entry.refused is not None for entry in entries)


def test_tar_and_gzip(tmp_path: Path) -> None:
    path = tmp_path / "week.tar"
    with tarfile.open(path, "w") as archive:
        for name, data in (("I1/a.xml", mark(1)), ("../b.xml", mark(2)), ("c.xml", mark(3))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data.encode()))
        link = tarfile.TarInfo("link.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    packed = tmp_path / "week.tgz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for file, inner in ((path, ""), (packed, "!week.tar")):
        entries = list(inspect([file]))
        assert [e.file for e in entries] == [
            f"{file}{inner}!{n}" for n in ("I1/a.xml", "../b.xml", "c.xml", "link.xml")
        ]
        assert [e.refused is None for e in entries] == [True, False, True, False]
    single = tmp_path / "one.xml.gz"
    single.write_bytes(gzip.compress(mark(9).encode()))
    (entry,) = inspect([single])
    assert (entry.file, numbers([entry])) == (f"{single}!one.xml", ["9"])


def test_one_publication_twice_in_an_archive_is_one_record(tmp_path: Path) -> None:
    design = (Path(__file__).parents[2] / "data" / "standards" / "st86-euipo.xml").read_text()
    entries = list(inspect([zipped(tmp_path, {"a.xml": design, "b.xml": design})]))
    assert [len(entry.records) for entry in entries] == [1, 0]
    assert entries[1].refused is None
    assert [f.rule for f in entries[1].findings if f.severity == "note"].count("package.twice") == 1


def test_a_gazette_as_xml_and_as_text_is_read_once(tmp_path: Path) -> None:
    data = Path(__file__).parents[2] / "data" / "standards"
    members = {name: (data / name).read_bytes() for name in ("br-gazette.txt", "br-gazette.xml")}
    for name, raw in members.items():
        (tmp_path / name).write_bytes(raw)
    for paths in ([zipped(tmp_path, members, "issue.zip")], [tmp_path / name for name in members]):
        entries = list(inspect(paths))
        assert [len(entry.records) for entry in entries] == [2, 0]
        assert [finding.rule for finding in entries[1].findings] == ["package.twice"]


def test_a_remark_made_a_thousand_times_is_counted(tmp_path: Path) -> None:
    rows = "\n".join(f"XX{n},Title,someday,B1" for n in range(1, 1001))
    path = tmp_path / "list.csv"
    path.write_text(f"Publication number,Title,Publication date,Kind\n{rows}\n")
    (entry,) = inspect([path])
    assert len(entry.records) == 1000
    assert len(entry.findings) == 201
    assert "800" in entry.findings[-1].message and entry.findings[0].where.startswith("row ")


def test_a_very_deep_folder(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _level in range(450):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    assert all(entry.refused is None or entry.refused.message for entry in inspect([tmp_path]))


def test_word_processor_files_are_documents_not_archives(tmp_path: Path) -> None:
    (entry,) = inspect(
        [zipped(tmp_path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}, "a.docx")]
    )
    assert (entry.format, entry.refused, entry.records) == ("office-document", None, ())
    assert entry.findings


def test_links_loops_pipes_and_vanished_paths(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.xml").write_text(mark(1))
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone").symlink_to(folder / "nowhere")
    (folder / "link.xml").symlink_to(folder / "a.xml")
    os.mkfifo(folder / "pipe")
    entries = {Path(e.file).name: e for e in inspect([folder, tmp_path / "missing.xml", folder / "sub"])}
    assert {name for name, entry in entries.items() if entry.refused is None} == {"a.xml", "link.xml"}
    assert set(entries) == {"a.xml", "loop", "self", "gone", "link.xml", "pipe", "missing.xml", "sub"}
    for entry in entries.values():
        assert entry.refused is None or (entry.refused.message and entry.refused.remedy)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="rights are those of POSIX")
def test_a_folder_without_rights_is_an_entry() -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    locked, unreadable = folder / "locked", folder / "unreadable.xml"
    locked.mkdir()
    (locked / "a.xml").write_text(mark(1))
    unreadable.write_text(mark(2))
    locked.chmod(0)
    unreadable.chmod(0)
    code = """
import os, sys, json
from app.services.inspecting import inspect
list(inspect(["-"]))
if os.getuid() == 0: os.setgid(65534); os.setuid(65534)
print(json.dumps([[e.file, e.refused.message if e.refused else ""] for e in inspect(sys.argv[1:])]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(locked), str(unreadable)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        timeout=60,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    locked.chmod(0o700)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert len(said) == 2 and all("rights" in message for _file, message in said)


def test_odd_names_come_back_exactly(tmp_path: Path) -> None:
    names = ["a b.xml", "ü!x.xml", "line\nbreak.xml", "--json", "*.xml", os.fsdecode(b"raw\xff.xml")]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(mark(number + 1))
    entries = list(inspect([tmp_path / name for name in names]))
    assert [entry.file for entry in entries] == [str(tmp_path / name) for name in names]
    assert all(entry.refused is None for entry in entries)


@pytest.mark.parametrize(
    ("head", "format_"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"II*\x00\x08\x00\x00\x00", "tiff"),
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
        (b"GIF89a\x01", "gif"),
        (b"A letter to the office.\n", "text"),
        ("Séchoir à manioc".encode("latin-1"), "text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "office-document"),
    ],
)
def test_pages_and_pictures_are_recognised_by_content(tmp_path: Path, head: bytes, format_: str) -> None:
    path = tmp_path / "scan.xml"
    path.write_bytes(head)
    (entry,) = inspect([path])
    assert (entry.format, entry.refused, entry.records) == (format_, None, ())
    assert entry.findings[0].severity == "note"
