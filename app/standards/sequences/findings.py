"""How a check says what it found: where, in plain words, with the paragraph it rests on."""

from __future__ import annotations

from app.domain.findings import Finding, Severity
from app.errors import _

LONGEST_SHOWN = 60


def error(where: str, rule: str, message: str, paragraph: str, remedy: str = "") -> Finding:
    """What the standard does not allow. `paragraph` is that of the main part of ST.26."""
    return Finding(Severity.ERROR, where, f"st26.{rule}", message, _provision(paragraph), remedy)


def warning(where: str, rule: str, message: str, paragraph: str, remedy: str = "") -> Finding:
    """What should be looked at."""
    return Finding(Severity.WARNING, where, f"st26.{rule}", message, _provision(paragraph), remedy)


def note(where: str, rule: str, message: str, paragraph: str = "") -> Finding:
    """What is good to know."""
    return Finding(Severity.NOTE, where, f"st26.{rule}", message, _provision(paragraph))


def of_sequence(number: str) -> str:
    """`sequence 4`."""
    return _("sequence {number}").format(number=shown(number) or "–")


def of_feature(number: str, feature: int) -> str:
    """`sequence 4, feature 2`."""
    return _("sequence {number}, feature {feature}").format(number=shown(number) or "–", feature=feature)


def shown(text: str) -> str:
    """A value of the listing in a sentence: in one line, not longer than a person reads."""
    text = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _provision(paragraph: str) -> str:
    if not paragraph:
        return "ST.26"
    return f"ST.26, paragraph {paragraph}" if paragraph[0].isdigit() else f"ST.26, {paragraph}"
