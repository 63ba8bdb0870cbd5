"""Answers of the US Open Data Portal in every shape they come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record import Record
from app.standards.reading import Closed, read
from app.standards.trouble import Broken
from app.standards.us.json_items import LARGEST_ITEM, objects

ONE = {"applicationNumberText": "17999001", "applicationMetaData": {"inventionTitle": "Pump"}}


def taken(folder: Path, text: str, encoding: str = "utf-8") -> tuple[list[Record], Closed]:
    path = folder / "answer.json"
    path.write_bytes(text.encode(encoding))
    events = list(read([path]))
    (closed,) = (event for event in events if isinstance(event, Closed))
    return [event for event in events if isinstance(event, Record)], closed


@pytest.mark.parametrize(
    "answer",
    [
        {"count": 1, "patentFileWrapperDataBag": [ONE]},
        {"patentFileWrapperDataBag": ONE},
        {"facets": [{"a": [1, {"b": "]}"}]}], "patentFileWrapperDataBag": [None, 3, "}", ONE], "z": []},
        [ONE],
        [{"x": 1}, ONE],
        ONE,
    ],
    ids=["answer", "no list", "other bags first", "list", "a stranger first", "one wrapper"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_shapes(tmp_path: Path, answer: Any, encoding: str) -> None:
    records, closed = taken(tmp_path, json.dumps(answer, indent=1), encoding)
    assert [record.title for record in records] == ["Pump"]
    assert closed.format == "us-odp" and closed.refused is None


@pytest.mark.parametrize(
    ("bag", "kinds"),
    [
        (
            {"assignmentBag": [{"conveyanceText": "MERGER"}, {"conveyanceText": "RELEASE"}]},
            ["assignment"] * 2,
        ),
        ({"eventDataBag": [{"eventCode": "BIG."}]}, ["legal_event"]),
        ({"childContinuityBag": [{"childApplicationNumberText": "18000001"}]}, ["application"]),
        ({"foreignPriorityBag": [{"applicationNumberText": "1"}]}, ["application"]),
        ({"applicationMetaData": {"patentNumber": "11999001"}}, ["grant"]),
        ({"applicationMetaData": {"earliestPublicationNumber": "US20250000001A1"}}, ["publication"]),
        ({"applicationMetaData": {"patentNumber": None}}, ["application"]),
    ],
)
def test_kind_follows_from_what_is_there(tmp_path: Path, bag: dict[str, Any], kinds: list[str]) -> None:
    answer = {"patentFileWrapperDataBag": [{"applicationNumberText": "17999001", **bag}]}
    records, _closed = taken(tmp_path, json.dumps(answer))
    assert [str(record.kind) for record in records] == kinds
    assert {record.application_number for record in records} == {"17999001"}


@pytest.mark.parametrize(
    "hurt",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"inventionTitle":', '"inventionTitle"'),
        lambda text: text.replace("Pump", "[" * 100_000),
        lambda text: text.replace('"Pump"', "[" * 100_000),
        lambda text: text.replace('"Pump"', "9" * 10_000),
    ],
)
def test_damage_is_refused_or_passed_over(tmp_path: Path, hurt: Any) -> None:
    good = json.dumps({"patentFileWrapperDataBag": [ONE]})
    records, closed = taken(tmp_path, hurt(good))
    assert bool(records) != bool(closed.refused)
    assert closed.refused is None or (closed.refused.remedy and closed.refused.line)


def test_what_came_before_the_damage_is_kept(tmp_path: Path) -> None:
    text = json.dumps({"patentFileWrapperDataBag": [ONE, ONE]})
    records, closed = taken(tmp_path, text[:-30])
    assert len(records) == 1 and closed.refused is None


def test_an_endless_string_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_bytes(b'{"patentFileWrapperDataBag": [{"a": "' + b"x" * (LARGEST_ITEM * 2))
    with path.open("rb") as stream, pytest.raises(Broken):
        list(objects(stream, "patentFileWrapperDataBag"))


@given(st.lists(st.dictionaries(st.text(), st.recursive(st.text() | st.integers(), st.lists)), max_size=4))
def test_any_objects_come_back(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps({"before": 1, "bag": values, "after": [{}]}), encoding="utf-8")
    with path.open("rb") as stream:
        assert list(objects(stream, "bag")) == values
