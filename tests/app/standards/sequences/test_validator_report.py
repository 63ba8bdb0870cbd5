"""Reports of the validator: messages become findings, whatever the version calls its elements."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.domain.findings import Severity
from app.errors import FileRefused
from app.services import listings
from app.services.listings import Checked, Wish
from app.standards.sequences import validator_report
from app.standards.source import Source

SAMPLES = Path(__file__).parents[3] / "data" / "standards"


def read(text: str) -> list[tuple[str, str, str, str]]:
    raw = text.encode()
    found = validator_report.read(Source("report.xml", len(raw), raw, lambda: io.BytesIO(raw)))
    return [(one.severity, one.where, one.rule, one.message) for one in found]


def test_the_sample() -> None:
    assert read((SAMPLES / "sequence-validator-report.xml").read_text(encoding="utf-8")) == [
        (Severity.ERROR, "sequence 2, INSDFeature_location", "wipo-validator.X_LOCATION_RANGE",
         "The location is beyond the length 5. Found: “9”."),
        (Severity.WARNING, "listing", "wipo-validator.W_NO_PRIORITY", "W NO PRIORITY."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<VerificationReport/>", []),
        ("<ValidationReport><Issue level='warning' sequenceID='SEQ 12' code='R1'>Odd key</Issue>"
         "</ValidationReport>",
         [(Severity.WARNING, "sequence 12", "wipo-validator.R1", "Odd key.")]),
        ("<n:VerificationReport xmlns:n='urn:x'><n:Message><n:Level>INFO</n:Level><n:Text>Fine</n:Text>"
         "</n:Message></n:VerificationReport>",
         [(Severity.NOTE, "listing", "wipo-validator.message", "Fine.")]),
        ("<VerificationReport><VerificationMessage><Severity>XML_ERROR</Severity>"
         "<LocalizedMessage>{a} and {b}</LocalizedMessage>"
         "<ParameterBag><Parameter><Key>a</Key><Value>One</Value></Parameter></ParameterBag>"
         "</VerificationMessage></VerificationReport>",
         [(Severity.ERROR, "listing", "wipo-validator.message", "One and {b}.")]),
    ],
)  # fmt: skip
def test_other_versions(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["<listing/>", "no XML at all", "<VerificationReport><a>", ""])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.remedy


def test_its_findings_stand_beside_our_own() -> None:
    wish = Wish(report=SAMPLES / "sequence-validator-report.xml")
    *_events, checked = listings.check(SAMPLES / "st26-listing.xml", wish)
    assert isinstance(checked, Checked)
    assert [one.rule for one in checked.findings] == [
        "st26.total", "wipo-validator.X_LOCATION_RANGE", "wipo-validator.W_NO_PRIORITY",
    ]  # fmt: skip
