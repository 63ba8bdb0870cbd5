"""Formalities of patent and utility model applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.domain.case import Case
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble, whole

_FIGURE = re.compile(r"\b(?:fig(?:s|ure|ures)?\b\.?|abb(?:ildung)?\.?)\s*[0-9]|الشكل", re.IGNORECASE)
_DRAWINGS = ("drawing", "drawings", "figure", "image")


def description_present(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """A part that appears to be a description is there: in the file as read, or as a document."""
    stated = any(case.fields.get(name) for name in ("description", "descriptions", "description_words"))
    attached = any(document.kind in ("description", "specification") for document in case.documents)
    if not stated and not attached:
        yield Trouble("description", _("description"), _("There is no description."))


def claims_present(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """There is at least one claim, and no claim is empty."""
    claims = [row for row in case.rows if row.kind == "claim"]
    if not claims and not any(document.kind == "claims" for document in case.documents):
        yield Trouble("claims", _("claims"), _("There are no claims."))
    for row in claims:
        if not row.text.strip():
            yield Trouble(f"claim-{row.label}", _("claims"), _("Claim {n} is empty.").format(n=row.label))


def claims_numbered(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Claims are numbered 1, 2, 3 … without gap or repetition."""
    labels = [row.label for row in case.rows if row.kind == "claim"]
    numbers = sorted(int(label) for label in labels if label.isdecimal())
    if labels and (len(numbers) != len(labels) or numbers != list(range(1, len(numbers) + 1))):
        message = _("The claims are numbered {labels}; they should run from 1 without a gap.").format(
            labels=", ".join(labels[:30])
        )
        yield Trouble("claims", _("claims"), message)


def abstract_present(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """There is an abstract."""
    stated = any(text.strip() for text in case.abstracts.values())
    if not stated and not any(document.kind == "abstract" for document in case.documents):
        yield Trouble("abstract", _("abstract"), _("There is no abstract."))


def abstract_length(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """Abstracts have `min` to `max` words. Languages written without blanks are not counted."""
    least, most = whole(parameters, "min", 50), whole(parameters, "max", 150)
    for language, text in case.abstracts.items():
        count = len(text.split())
        if language in ("ja", "zh", "th", "km", "lo", "my") or not count or least <= count <= most:
            continue
        message = _("The abstract ({language}) has {count} words; it should have {least} to {most}.").format(
            language=language, count=count, least=least, most=most
        )
        yield Trouble(f"abstract-{language}", _("abstract"), message)


def drawings_present(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Where the text speaks of a figure, there is a drawing."""
    texts = [*case.abstracts.values(), *(row.text for row in case.rows if row.kind == "claim")]
    texts.append(str(case.fields.get("description") or ""))
    drawn = case.fields.get("images") or any(
        document.kind in _DRAWINGS or document.media_type.startswith("image/") for document in case.documents
    )
    if not drawn and any(_FIGURE.search(text) for text in texts):
        yield Trouble("drawings", _("drawings"), _("The text speaks of figures, but there is no drawing."))


TESTS: Mapping[str, Test] = {
    "description_present": description_present,
    "claims_present": claims_present,
    "claims_numbered": claims_numbered,
    "abstract_present": abstract_present,
    "abstract_length": abstract_length,
    "drawings_present": drawings_present,
}
