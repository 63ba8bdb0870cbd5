"""A claim split into features: where its text parts by itself. A proposal that a person corrects."""

from __future__ import annotations

import re

_BREAKS = re.compile(
    r"[;；؛\n]+"
    r"|\b(?:comprising|consisting of|including|characteri[sz]ed (?:in that|by)|wherein"
    r"|comprenant|caractérisée? (?:en ce que?|par)|dadurch gekennzeichnet,? dass|umfassend)\b\s*:?"
    r"|(?:其特征在于|包括|包含)[，,：:]?|(?:تتميز بأن|يتميز بأن|تشتمل على|يشتمل على)",
    re.IGNORECASE,
)
_ENDS = " \t,.，。،:："
_LINKS = re.compile(r"(?:^(?:and|et|und|和|و\s)\s*)|(?:\s+(?:and|et|und)$)", re.IGNORECASE)


def split(text: str) -> tuple[str, ...]:
    """The parts of a claim, in order, without what joins them; the whole text where nothing parts it.

    Parted where the law of form parts it: at the words between preamble and features, at semicolons and
    line ends; at commas where there is nothing else.
    """
    parts = _tidied(_BREAKS.split(text))
    return parts if len(parts) > 1 else _tidied(re.split(r"[,，、،]", text))


def _tidied(parts: list[str]) -> tuple[str, ...]:
    said = []
    for part in parts:
        plain = _LINKS.sub("", " ".join(part.split()).strip(_ENDS)).strip(_ENDS)
        if plain:
            said.append(plain)
    return tuple(said)
