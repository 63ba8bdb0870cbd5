"""Packs for the tests: the bundled one, unpacked once, and engines that need no model."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.paths import resources
from app.progress import SILENT, Progress
from translate import packs
from translate.engine import Engine, Rendering
from translate.packs import LanguagePack


@pytest.fixture(scope="session")
def french(tmp_path_factory: pytest.TempPathFactory) -> LanguagePack:
    """The bundled French-English pack."""
    return _unpacked(resources() / "demo/packs/translate-fr_en-0_2.argosmodel", tmp_path_factory.mktemp("fr"))


@pytest.fixture(scope="session")
def arabic(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> LanguagePack:
    """Arabic names to Latin letters; only beside the checkout."""
    return _unpacked(shared / "packs/translate-ar_en-0_1.argosmodel", tmp_path_factory.mktemp("ar"))


def _unpacked(file: Path, folder: Path) -> LanguagePack:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return packs.read(next(folder.iterdir()), "f" * 64)


@pytest.fixture(scope="session")
def engine(french: LanguagePack) -> Engine:
    return Engine(french)


class Parrot:
    """An engine without a model: says what the table says, upper case otherwise."""

    def __init__(self, source: str, target: str, table: dict[str, str] | None = None) -> None:
        self.pack = LanguagePack(Path(), source, target, source, target, "1", f"{source}{target}")
        self.table = table or {}
        self.asked: list[str] = []

    def translate(
        self, sentences: Sequence[str], *, beam: int, align: bool = False, progress: Progress = SILENT
    ) -> list[Rendering]:
        self.asked.extend(sentences)
        progress.step(0, len(sentences))
        return [Rendering(self.table.get(s, s.upper() + "."), 0.9) for s in sentences]


@pytest.fixture
def parrot() -> type[Parrot]:
    return Parrot
