"""Random damage to every sample: records, findings or refusals come out, never an exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.findings import Finding
from app.domain.record import Record
from app.services.inspecting import Closed, events

SAMPLES = Path(__file__).parents[2] / "data" / "standards"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
CALM = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JUNK = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b"</a>",
        b"<a>",
        b"\x00",
        b"\xff\xfe",
        b"&lsquo;",
        b"&nosuch;",
        b"<![CDATA[",
        b"-->",
        b"<!--",
        b"'",
        b'"',
        b"<?xml version='1.0'?>",
        b"\n",
        b"0",
        b"19960100",
        b"\xe2\x80",
        b"<!DOCTYPE a [<!ENTITY b '&b;'>]>",
        b"]]>",
        "٣٤".encode(),
        "½".encode(),
        b"-",
        b"/",
        b" ",
        b"\x1a",
        b"PATN\n",
        b"NUM  1.\n",
    ]
)


def settled(path: Path) -> None:
    """Read a file and look at all that comes out."""
    closed = 0
    for event in events([path]):
        if isinstance(event, Record):
            assert isinstance(event.as_json(), dict)
        elif isinstance(event, Finding):
            assert event.message and event.rule
        elif isinstance(event, Closed):
            closed += 1
            assert event.refused is None or (event.refused.message and event.refused.remedy)
    assert closed == 1


@pytest.mark.parametrize("sample", FILES, ids=[path.name for path in FILES])
@given(data=st.data())
@CALM
def test_cut_flipped_and_filled(sample: Path, tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(sample.read_bytes())
    for _blow in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        how = data.draw(st.sampled_from(["cut", "flip", "insert", "drop", "double"]))
        if how == "cut":
            del raw[at:]
        elif how == "flip" and raw:
            raw[at] ^= data.draw(st.integers(1, 255))
        elif how == "insert":
            raw[at:at] = data.draw(JUNK)
        elif how == "drop":
            del raw[at : at + data.draw(st.integers(1, 300))]
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 300))]
    path = tmp_path / "hurt"
    path.write_bytes(raw)
    settled(path)


@pytest.mark.parametrize("sample", FILES, ids=[path.name for path in FILES])
def test_every_value_replaced(sample: Path, tmp_path: Path) -> None:
    """All digits, all letters or all texts of a file turned into something no field expects."""
    text = sample.read_text(encoding="utf-8", errors="surrogateescape")
    path = tmp_path / "odd"
    for change in (
        lambda s: "".join("٣" if c.isdigit() else c for c in s),
        lambda s: "".join("9" if c.isdigit() else c for c in s),
        lambda s: re.sub(r"\b\d{1,3}\b", "²", s),
        lambda s: re.sub(r"\b\d{1,3}\b", "9" * 5000, s),
        lambda s: re.sub(r"(?<=[>\"])\d+(?=[<\"])", "9" * 5000, s),
        lambda s: re.sub(r"(?<=[>\"])\d+(?=[<\"])", "", s),
        lambda s: s.replace("country>US<", "country>½<").replace("20", "-1"),
        lambda s: s.replace(">", "> \n\t"),
        lambda s: s.replace("lang=", "lag=").replace("languageCode=", "l="),
        lambda s: s.replace("kind>", "kinds>").replace("<B1", "<C1").replace("</B1", "</C1"),
    ):
        path.write_text(change(text), encoding="utf-8", errors="surrogateescape")
        settled(path)


@given(raw=st.binary(max_size=2000))
@CALM
def test_bytes_of_any_kind(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(raw)
    settled(path)
