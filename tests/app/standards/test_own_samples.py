"""Our own small sample files: one a format, with what is known to go wrong in it. Whole records as goldens.

`MARULA_GOLDEN=write` writes the goldens anew; look at the difference before you commit it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.domain.findings import Finding
from app.domain.record import Record
from app.standards.reading import Closed, read

SAMPLES = Path(__file__).parents[2] / "data" / "standards"
GOLDEN = Path(__file__).parents[2] / "golden" / "standards"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("name", NAMES)
def test_sample(name: str) -> None:
    # What the reader says alone: the checks of what was read have tests of their own.
    events = list(read([SAMPLES / name]))
    (closed,) = (event for event in events if isinstance(event, Closed))
    records = [event for event in events if isinstance(event, Record)]
    findings = [event for event in events if isinstance(event, Finding)]
    found = {
        "format": closed.format,
        "records": [
            {
                **record.as_json(),
                "texts": {"claims": {k: list(v) for k, v in record.claims.items()},
                          "descriptions": {k: list(v) for k, v in record.descriptions.items()},
                          "addresses": [p.address for p in record.applicants if p.address]},
            }
            for record in records
        ],
        "findings": [[f.severity, f.where, f.rule, f.message] for f in findings],
        "refused": closed.refused.as_json() if closed.refused else None,
    }  # fmt: skip
    golden = GOLDEN / f"{name}.json"
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("MARULA_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))


def test_every_sample_has_its_line_in_the_table() -> None:
    table = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| {name} |" not in table] == []
