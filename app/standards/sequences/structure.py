"""The structure the DTD of ST.26 (Annex II) asks for, checked element by element with lines.

The DTD itself is never loaded. Its content models stand here as patterns over the names of the children, so
that a listing larger than memory can be held against them while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from app.domain.findings import Severity
from app.errors import _
from app.standards.source import Notes
from app.standards.xml.texts import local

PROVISION = "ST.26, Annex II (DTD)"
_RULE = "st26.dtd"

# Names of the children in order, each followed by a blank.
_MODELS: Mapping[str, str] = {
    "ApplicationIdentification": "IPOfficeCode ApplicationNumberText (FilingDate )?",
    "EarliestPriorityApplicationIdentification": "IPOfficeCode ApplicationNumberText (FilingDate )?",
    "SequenceData": "INSDSeq ",
    "INSDSeq": "INSDSeq_length INSDSeq_moltype INSDSeq_division (INSDSeq_other-seqids )?"
               "(INSDSeq_feature-table )?INSDSeq_sequence ",
    "INSDSeq_other-seqids": "(INSDSeqid )?",
    "INSDSeq_feature-table": "(INSDFeature )+",
    "INSDFeature": "INSDFeature_key INSDFeature_location (INSDFeature_quals )?",
    "INSDFeature_quals": "(INSDQualifier )+",
    "INSDQualifier": "INSDQualifier_name (INSDQualifier_value )?(NonEnglishQualifier_value )?",
}  # fmt: skip
_GENERAL = (
    "(ApplicantFileReference |ApplicationIdentification (ApplicantFileReference )?)"
    "(EarliestPriorityApplicationIdentification )?(ApplicantName (ApplicantNameLatin )?)?"
    "(InventorName (InventorNameLatin )?)?(InventionTitle )+SequenceTotalQuantity (SequenceData )*"
)
_TEXT = frozenset({
    "ApplicantFileReference", "ApplicantName", "ApplicantNameLatin", "InventorName", "InventorNameLatin",
    "InventionTitle", "SequenceTotalQuantity", "IPOfficeCode", "ApplicationNumberText", "FilingDate",
    "INSDSeq_length", "INSDSeq_moltype", "INSDSeq_division", "INSDSeq_sequence", "INSDSeqid",
    "INSDFeature_key", "INSDFeature_location", "INSDQualifier_name", "INSDQualifier_value",
    "NonEnglishQualifier_value",
})  # fmt: skip
_REQUIRED = {
    "ST26SequenceListing": ("dtdVersion",), "ApplicantName": ("languageCode",),
    "InventorName": ("languageCode",), "InventionTitle": ("languageCode",),
    "SequenceData": ("sequenceIDNumber",),
}  # fmt: skip
_ALLOWED = {
    "ST26SequenceListing": (
        "dtdVersion", "fileName", "softwareName", "softwareVersion", "productionDate",
        "originalFreeTextLanguageCode", "nonEnglishFreeTextLanguageCode",
    ),
    "INSDQualifier": ("id",),
}  # fmt: skip
_REQUIRED_KEYS = {name: list(names) for name, names in _REQUIRED.items()}
_PATTERNS = {name: re.compile(model) for name, model in _MODELS.items()}
_GENERAL_PATTERN = re.compile(_GENERAL)
_MOST_CHILDREN = 10_000
_SHOWN = 200


def check_general(root: etree._Element, before: int, notes: Notes) -> None:
    """The root and its general part, once the first sequence is there. `before` are lines before it."""
    _attributes(root, before, notes)
    names = [local(child) for child in root][:_MOST_CHILDREN]
    if "SequenceTotalQuantity" in names:
        names = names[: names.index("SequenceTotalQuantity") + 1]
    elif "SequenceData" in names:
        names = names[: names.index("SequenceData")]
    if not _GENERAL_PATTERN.fullmatch(_joined(names)):
        _tell(root, before, notes, _wrong_general(names))
    for child in root:
        if local(child) == "SequenceData":
            break
        _element(child, before, notes)


def check_sequence(data: etree._Element, before: int, notes: Notes) -> None:
    """One `SequenceData` with everything in it."""
    parent = data.getparent()
    if parent is not None and local(parent) != "ST26SequenceListing":
        message = _("A sequence stands inside “{name}”, not in the listing itself.").format(
            name=local(parent)
        )
        _tell(data, before, notes, message)
    for element in data.iter(etree.Element):
        if not _sound(element):
            _element(element, before, notes)


_seen_sound: set[tuple[str, ...]] = set()


def _sound(element: etree._Element) -> bool:
    """The quick look: an element without further attributes whose children were in order once before."""
    name = str(element.tag)
    if element.keys() != _REQUIRED_KEYS.get(name, []):
        return False
    if name in _TEXT:
        return not len(element)
    pattern = _PATTERNS.get(name)
    if pattern is None or _has_text(element):
        return False
    names = (name, *[str(child.tag) for child in element])
    if names in _seen_sound:
        return True
    if not pattern.fullmatch(_joined(names[1:])):
        return False
    if len(names) < 50 and len(_seen_sound) < 2000:
        _seen_sound.add(names)
    return True


def _has_text(element: etree._Element) -> bool:
    """Whether a container holds text of its own."""
    text = element.text
    if text and not text.isspace():
        return True
    for child in element:
        text = child.tail
        if text and not text.isspace():
            return True
    return False


def _element(element: etree._Element, before: int, notes: Notes) -> None:
    name = local(element)
    _attributes(element, before, notes)
    if name in _TEXT:
        if len(element):
            message = _("“{name}” holds elements where the DTD allows text alone.").format(name=name)
            _tell(element, before, notes, message)
        return
    pattern = _PATTERNS.get(name)
    if pattern is None:
        _tell(element, before, notes, _("The DTD knows no element “{name}”.").format(name=name))
        return
    names = [local(child) for child in element]
    if not pattern.fullmatch(_joined(names)):
        _tell(element, before, notes, _wrong(name, names))
    if _has_text(element):
        message = _("“{name}” holds text where the DTD allows elements alone.").format(name=name)
        _tell(element, before, notes, message)


def _attributes(element: etree._Element, before: int, notes: Notes) -> None:
    name = local(element)
    if str(element.tag)[0] == "{":
        _tell(element, before, notes, _("“{name}” is in a namespace; the DTD has none.").format(name=name))
    required = _REQUIRED.get(name, ())
    for attribute in required:
        if element.get(attribute) is None:
            message = _("“{name}” lacks its attribute “{attribute}”.").format(name=name, attribute=attribute)
            _tell(element, before, notes, message)
    allowed = _ALLOWED.get(name, required)
    for attribute in map(str, element.attrib):
        if attribute not in allowed:
            message = _("“{name}” has an attribute “{attribute}” that the DTD does not know.").format(
                name=name, attribute=attribute[:_SHOWN]
            )
            _tell(element, before, notes, message)


def _joined(names: Iterable[str]) -> str:
    return "".join(f"{name} " for name in names)


def _wrong(name: str, names: list[str]) -> str:
    """What is missing, else what does not belong, else that the order is wrong."""
    model = _MODELS[name]
    known = re.findall(r"[A-Za-z_-]{2,}", model)
    optional = set(re.findall(r"\(([A-Za-z_-]+) \)[?]", model))
    missing = [one for one in known if one not in optional and one not in names]
    strange = [one for one in names if one not in known]
    return _sentence(name, missing, strange)


def _wrong_general(names: list[str]) -> str:
    known = re.findall(r"[A-Za-z_-]{2,}", _GENERAL)
    missing = [one for one in ("InventionTitle", "SequenceTotalQuantity") if one not in names]
    if not {"ApplicantFileReference", "ApplicationIdentification"} & set(names):
        missing.insert(0, "ApplicantFileReference")
    return _sentence("ST26SequenceListing", missing, [one for one in names if one not in known])


def _sentence(name: str, missing: list[str], strange: list[str]) -> str:
    if missing:
        return _("“{name}” lacks “{missing}”.").format(name=name, missing="”, “".join(missing)[:_SHOWN])
    if strange:
        return _("“{strange}” does not belong into “{name}”.").format(
            name=name, strange="”, “".join(dict.fromkeys(strange))[:_SHOWN]
        )
    return _("The elements in “{name}” are not in the order, or not as many, as the DTD asks.").format(
        name=name
    )


def _tell(element: etree._Element, before: int, notes: Notes, message: str) -> None:
    where = _("line {line}").format(line=(element.sourceline or 0) + before)
    notes.add(Severity.ERROR, where, _RULE, message, PROVISION, _("Ask for a listing that follows the DTD."))
