"""Downloads of classifications that are not what they look like are refused in words, whatever is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import FileRefused
from app.standards.classifications import reading, scheme


@pytest.mark.parametrize(
    "document",
    [
        {"classes": [{"number": 1}]},
        {"classes": ["Chemicals"]},
        [{"heading": "Chemicals"}],
        [{"Language": 7, "AlphaLists": "none"}],
        [{"Language": "en", "AlphaLists": [{"ClassNbr": 1}]}],
        [{"Language": "en", "Classification": [{"ClassCode": "01"}]}],
        [{"Language": "en", "Classification": [
            {"ClassCode": "01", "ClassDescription": "Foodstuffs", "LocarnoSubClasses": [1]}]}],
        "Nice",
    ],
)  # fmt: skip
def test_json_that_only_begins_like_a_classification(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(FileRefused, match="no classification that is read here"):
        reading.read([path], edition="1")


@pytest.mark.parametrize(
    "text",
    [
        "class_number,other\n1,adhesives\n",
        "my_class_number,term\n1,adhesives\n",
        f'class_number,term\n1,"{"a" * 200_000}"\n',
    ],
)
def test_tables_with_other_columns_or_endless_cells(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused):
        reading.read([path], edition="1")


@pytest.mark.parametrize(
    "facts", ["[]", "7", "{}", '{"scheme": "nice"}', '{"scheme": 1, "edition": "1"}', "{"]
)
def test_a_folder_whose_facts_make_no_sense(tmp_path: Path, facts: str) -> None:
    (tmp_path / scheme.FACTS).write_text(facts, encoding="utf-8")
    with pytest.raises(FileRefused, match="makes no sense"):
        scheme.load(tmp_path)
