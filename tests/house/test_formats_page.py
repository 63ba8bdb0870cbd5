"""The page of formats says what the readers give, counted over the real files."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_coverage", ROOT / "bench" / "coverage.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_of_formats_is_not_stale(coverage: ModuleType, shared_data: Path) -> None:
    """`python bench/coverage.py` writes it anew."""
    page = coverage.page(*coverage.counted(shared_data))
    assert coverage.PAGE.read_text(encoding="utf-8") == page, test_the_page_of_formats_is_not_stale.__doc__


def test_the_page_names_each_family_once_with_its_files(coverage: ModuleType) -> None:
    one = coverage.Family(3, 1200)
    one.fields.update(["office", "titles"])
    text = coverage.page({"aa": one, "bb": coverage.Family(1, 1)}, 2, 1)
    assert "| *records* | 1,200 | 1 |" in text and "| titles | 1 |  |" in text and "claims" not in text
    assert "7 files: 4 with 1,201 records, 2 to be attached" in text


def test_without_the_files_it_says_what_to_do(coverage: ModuleType, tmp_path: Path, capsys) -> None:
    assert coverage.main([str(tmp_path / "gone")]) == 1
    assert "name the folder" in capsys.readouterr().err
