"""A folder is a language pack only when everything is there; what is wrong is said in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import FileRefused
from translate import packs
from translate.packs import LanguagePack, route

METADATA = {"from_code": "fr", "to_code": "en", "package_version": "0.2", "type": "translate"}


def make(folder: Path, metadata: object = METADATA, leave_out: str = "") -> Path:
    parts = {
        "metadata.json": metadata if isinstance(metadata, bytes) else json.dumps(metadata).encode(),
        "model/model.bin": b"m",
        "model/shared_vocabulary.json": b"[]",
        "sentencepiece.model": b"s",
    }
    for name, content in parts.items():
        if name != leave_out:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def test_a_whole_pack_is_read(tmp_path: Path) -> None:
    pack = packs.read(make(tmp_path / "p", METADATA | {"from_name": "Français"}), "ab")
    assert (pack.name, pack.version, pack.source_name, pack.sha256) == (
        "translate-fr_en",
        "0.2",
        "Français",
        "ab",
    )


@pytest.mark.parametrize(
    "part", ["metadata.json", "model/model.bin", "model/shared_vocabulary.json", "sentencepiece.model"]
)
def test_a_part_that_is_missing_is_named(tmp_path: Path, part: str) -> None:
    with pytest.raises(FileRefused, match="cannot be used as a language pack"):
        packs.read(make(tmp_path / "p", leave_out=part))


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "one object"),
        (b" " * (1 << 20) + b"{}", "larger than"),
        (METADATA | {"from_code": "../fr"}, "from_code"),
        (METADATA | {"from_code": None}, "from_code"),
        (METADATA | {"to_code": ["en"]}, "to_code"),
        (METADATA | {"package_version": "../1"}, "version"),
        (METADATA | {"package_version": ""}, "version"),
        (METADATA | {"type": "sbd"}, "sbd"),
    ],
)
def test_metadata_that_makes_no_sense_is_refused(tmp_path: Path, metadata: object, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        packs.read(make(tmp_path / "p", metadata))


def pack(source: str, target: str) -> LanguagePack:
    return LanguagePack(Path(), source, target, source, target, "1", source + target)


@pytest.mark.parametrize(
    ("pairs", "way"),
    [
        ("fr-en", "fr-en"),
        ("fr-en en-es fr-es", "fr-es"),
        ("fr-en en-es", "fr-en en-es"),
        ("fr-de de-es", ""),
        ("", ""),
    ],
)
def test_the_way_is_direct_or_through_english(pairs: str, way: str) -> None:
    target = "en" if pairs == "fr-en" else "es"
    found = route([pack(*p.split("-")) for p in pairs.split()], "fr", target)
    assert " ".join(f"{p.source}-{p.target}" for p in found) == way
