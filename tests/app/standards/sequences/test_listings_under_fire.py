"""Random damage to every sample of a listing: checked, shown or refused in words, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.sequences import Sequence
from app.errors import OfficeError
from app.services import listings
from app.services.listings import Checked
from app.standards.sequences import st26_writing, viewing

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
NAMES = (
    "st26-listing.xml", "st26-structure.xml", "st25-listing.txt", "us-sequence-elements.xml",
    "us-sequence-old-rules.xml", "embl-patent.embl", "genbank-patent.gb", "insdseq.xml",
)  # fmt: skip
JUNK = st.sampled_from(
    [
        b"<", b">", b"&", b"\x00", b"000", b"<210>", b"//\n", b'"', b"FT   ", b"\n", b"..", b"^", b"join(",
        b"complement(", b"INSDSeq", "٣".encode(), b"99999999999999999999", b"-", b"/", b" ", b"*", b"LOCUS",
        b"ID   ", b"\xff",
    ]
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_hurt(name: str, tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray((SAMPLES / name).read_bytes())
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
    try:
        *_events, checked = listings.check(path)
        assert isinstance(checked, Checked)
        assert all(one.message and one.where and one.rule for one in checked.findings)
        assert all(isinstance(line, str) for line in listings.text(path, three=True))
        for event in listings.events(path):
            if isinstance(event, Sequence):
                assert viewing.view(event, lines=3).line_count >= 0
                assert st26_writing.sequence_for_st26(event).number == event.number
    except OfficeError as refused:
        assert refused.message
        assert refused.remedy
