"""Archives made on the spot, sound and hostile ones."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

METADATA = {"from_code": "xx", "to_code": "en", "package_version": "1.0", "type": "translate"}
SOUND = {
    "metadata.json": json.dumps(METADATA).encode(),
    "model/model.bin": b"m" * 2000,
    "model/shared_vocabulary.json": b"[]",
    "sentencepiece.model": b"s" * 100,
    "README.md": b"sound",
}

Member = tuple[str | zipfile.ZipInfo, bytes]


def archive(members: Iterable[Member]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def sound_members(version: str = "1.0", root: str = "translate-xx_en/", **more: bytes) -> list[Member]:
    metadata = json.dumps(METADATA | {"package_version": version}).encode()
    return [(root + name, content) for name, content in (SOUND | {"metadata.json": metadata} | more).items()]


def link(name: str, mode: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (mode | 0o777) << 16
    return entry


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[..., Path]:
    """Write a pack's file: sound but for what is asked."""

    def make(name: str = "pack.argosmodel", *, version: str = "1.0", **more: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(archive(sound_members(version, **more)))
        return path

    return make
