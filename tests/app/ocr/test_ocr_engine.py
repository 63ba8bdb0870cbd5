"""Words read from drawn and from real pages, through the real child process."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import FileRefused, OfficeError, UsageError
from app.imaging.pages import OpenedFile
from app.ocr import languages, tesseract
from app.ocr.engine import Engine
from app.ocr.tesseract import Tesseract


@pytest.fixture(scope="module")
def reader() -> Iterator[Tesseract]:
    if not tesseract.installed():
        pytest.skip("the library tesserocr (the extra “ocr”) is not installed")
    with Tesseract() as engine:
        yield engine


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


@pytest.mark.usefixtures("english")
def test_words_stand_where_they_were_drawn(reader: Engine, scans: Any) -> None:
    found = reader.read(scans.png("Solar water pump", "for deep wells"), ["en"])
    assert [word.text for word in found] == ["Solar", "water", "pump", "for", "deep", "wells"]
    assert [word.line for word in found] == [0, 0, 0, 1, 1, 1]
    solar, deep = found[0], found[4]
    assert 95 < solar.x0 < 110 and 100 < solar.y0 < solar.y1 < 160 and 80 < solar.confidence <= 100
    assert solar.y1 < deep.y0 and found[3].x1 < deep.x0


@pytest.mark.usefixtures("english")
def test_an_empty_page_has_no_words(reader: Engine, scans: Any) -> None:
    assert reader.read(scans.png(), ["eng"]) == ()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("scan", "gold", "least"),
    [
        ("phototest.tif", "phototest.gold.txt", 0.97),
        ("8071_093.3B.tif", "8071_093.3B.txt", 0.95),
        ("linn.png", "linn.txt", 0.93),
        ("eurotext.tif", "eurotext.txt", 0.85),  # five languages, read as English
    ],
)
def test_real_scans(shared_data: Path, reader: Engine, scan: str, gold: str, least: float) -> None:
    folder = shared_data / "ocr" / "text-pages"
    with OpenedFile((folder / scan).read_bytes()) as opened:
        page = opened.page(0, 300)
    found = reader.read(page.png, ["eng"])
    there = words_of((folder / gold).read_text(encoding="utf-8"))
    read = words_of(" ".join(word.text for word in found))
    assert (there & read).total() / there.total() > least
    width, height = page.pixels
    assert all(0 <= w.x0 < w.x1 <= width and 0 <= w.y0 < w.y1 <= height for w in found)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(side: int) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


HOSTILE = {
    "empty": b"",
    "zeros": b"\0" * 5_000,
    "another kind": b"%PDF-1.7\n",
    "only a head": b"\x89PNG\r\n\x1a\n",
    "cut short": bomb(2_000)[:200],
    "fewer rows than it says": bomb(4_000),
    "a bomb": bomb(60_000),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_the_next_page_is_read(
    reader: Engine, scans: Any, name: str
) -> None:
    with pytest.raises(FileRefused) as refusal:
        reader.read(HOSTILE[name], ["eng"])
    assert refusal.value.message.endswith(".") and refusal.value.remedy.endswith(".")
    assert [word.text for word in reader.read(scans.png("Still here"), ["eng"])] == ["Still", "here"]


@pytest.mark.usefixtures("english")
def test_a_page_that_takes_too_long_is_refused(
    reader: Engine, scans: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "PAGE_SECONDS", 0.0)
    monkeypatch.setattr(tesseract, "_MORE_SECONDS", 0.0)
    with pytest.raises(FileRefused, match=r"too long|broke off"):
        reader.read(scans.png("Slow"), ["eng"])
    monkeypatch.undo()
    assert [word.text for word in reader.read(scans.png("Quick"), ["eng"])] == ["Quick"]


@pytest.mark.usefixtures("english")
def test_data_in_several_folders_are_used_together(tmp_path: Path, scans: Any) -> None:
    there = languages.choose(["eng"], ()).folder / "eng.traineddata"
    for folder, name in (("latin-1", "eng"), ("other-2", "fra")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.traineddata").write_bytes(there.read_bytes())
    with Tesseract([tmp_path / "latin-1", tmp_path / "other-2"]) as engine:
        chosen = engine.choose(["fr", "en"])
        assert (chosen.folder, chosen.names) == (tmp_path.resolve(), "other-2/fra+latin-1/eng")
        assert [word.text for word in engine.read(scans.png("Two folders"), ["fr", "en"])] == [
            "Two",
            "folders",
        ]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OfficeError, match="tesserocr") as refusal:
        Tesseract()
    assert "pip install tesserocr" in refusal.value.remedy


def test_without_data_it_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "system_folders", lambda: (tmp_path / "nowhere",))
    with pytest.raises(OfficeError, match="no data to read “fra”") as refusal:
        languages.choose(["fr"], [tmp_path])
    assert "fra.traineddata" in refusal.value.remedy and "tesseract-ocr-fra" in refusal.value.remedy


@pytest.mark.parametrize("language", ["", "e", "../eng", "eng+fra", "/etc/eng", "eng\0", "e" * 40])
def test_a_language_is_a_plain_name(language: str) -> None:
    with pytest.raises(UsageError):
        languages.choose([language], ())


def test_folders_in_their_order_and_the_cut_of_khmer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, system = tmp_path / "own", tmp_path / "system"
    for folder, names in ((own, ("khm",)), (system, ("khm", "eng", "osd"))):
        folder.mkdir()
        for name in names:
            (folder / f"{name}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(system))
    assert languages.choose(["km"], [own]) == languages.Chosen(own.resolve(), "khm", 6)
    assert languages.choose(["km"], []) == languages.Chosen(system.resolve(), "khm", 6)
    assert languages.choose(["eng"], [own]) == languages.Chosen(system.resolve(), "eng", 3)
    assert languages.available([own, system]) == ("eng", "khm")


@pytest.mark.usefixtures("english")
def test_damaged_data_are_refused(tmp_path: Path, scans: Any) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"\1\0\0\0" + b"\xff" * 500)
    with Tesseract([tmp_path]) as engine, pytest.raises(OfficeError, match=r"cannot be used|broke off"):
        engine.read(scans.png("Word"), ["eng"])
