"""An office with a passphrase leaves nothing in clear: planted words are looked for everywhere."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from app.errors import OfficeError, StorageRefused
from app.services import cases, offices

SECRET = b"three brown goats"
WORDS = [f"Quillwort{n:03d}verdigris" for n in range(40)]


def holders(folder: Path, word: str) -> list[Path]:
    """Files below `folder` that hold the word in UTF-8 or UTF-16."""
    needles = (word.encode(), word.encode("utf-16-le"), word.lower().encode())
    return [p for p in folder.rglob("*") if p.is_file() and any(n in p.read_bytes() for n in needles)]


def plant(office, tmp_path):
    for place in range(0, len(WORDS), 4):
        title, applicant, note, scan = WORDS[place : place + 4]
        case = cases.new(office, "patent", {"title": title, "applicant": applicant}).case
        cases.record(office, case.id, "note", fields={"text": note})
        source = tmp_path / "outside" / f"{place}.txt"
        source.parent.mkdir(exist_ok=True)
        source.write_text(f"description of {scan} " * 200_00)
        cases.attach(office, case.id, [source], confidential=True)
        source.unlink()
        cases.edit(office, case.id, {"remark": note + " again"})


def test_nothing_in_clear_anywhere(tmp_path, own_home, monkeypatch):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    office = offices.init_office(tmp_path / "office", secret=SECRET, today=date(2026, 11, 25))
    plant(office, tmp_path)
    assert cases.find(office, WORDS[0]) and cases.find(office, WORDS[2])
    backup = tmp_path / "backup"
    offices.backup(office, backup)
    offices.rebuild(office)
    for word in WORDS:  # while it is open, and after
        assert not holders(tmp_path, word)
    office.close()
    for word in WORDS:
        assert not holders(tmp_path, word) and not holders(own_home, word)


def test_the_scan_would_find_them_in_an_office_without_passphrase(tmp_path):
    with offices.init_office(tmp_path / "office", today=date(2026, 11, 25)) as office:
        plant(office, tmp_path)
    assert all(holders(tmp_path, word) for word in WORDS)


@pytest.mark.parametrize("wrong", [b"three brown goat", b"x"])
def test_a_wrong_passphrase_opens_nothing(tmp_path, wrong):
    offices.init_office(tmp_path / "office", secret=SECRET).close()
    with pytest.raises(StorageRefused, match="passphrase"):
        offices.open_office(tmp_path / "office", secret=wrong)
    with pytest.raises(OfficeError, match="locked"):
        offices.open_office(tmp_path / "office")
    offices.open_office(tmp_path / "office", secret=SECRET).close()


def test_sealed_files_do_not_open_when_parts_are_moved(tmp_path):
    with offices.init_office(tmp_path / "office", secret=SECRET) as office:
        content = os.urandom(1 << 20) + b"second part" + os.urandom(1 << 20)
        kept = office.store.blobs.put(content)
        assert office.store.blobs.get(kept.id) == content
        path = office.store.blobs.path(kept.id)
        whole = path.read_bytes()
        first = 4 + 4 + int.from_bytes(whole[4:8], "big")
        turned = whole[:4] + whole[first:] + whole[4:first]
        for spoilt in (whole[:first], whole[:-1], turned, whole[:60] + b"x" + whole[61:]):
            path.write_bytes(spoilt)
            with pytest.raises(StorageRefused, match="damaged"):
                office.store.blobs.get(kept.id)
        assert not office.store.blobs.whole(kept.id, kept.sha256)
