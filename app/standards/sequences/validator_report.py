"""Reports of the WIPO Sequence Validator, and the verification reports of WIPO Sequence, as findings.

The report is `VerificationReport` with `VerificationMessage`s: `Severity`, `DataElement`, `DetectedSequence`,
`DetectedValue`, `MessageKey`, `ParameterBag`, `LocalizedMessage`. Versions differ in names and in how deep
the messages lie, so an element is taken by the sense of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import FileRefused, _
from app.standards.container import READ_TROUBLE
from app.standards.registry import XmlFormat
from app.standards.sequences.findings import of_sequence, shown
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.xml import hardened
from app.standards.xml.hardened import Document
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import local, plain

PROVISION = "WIPO Sequence Validator"
ROOTS = frozenset({"VerificationReport", "ValidationReport", "SequenceValidationReport"})
_MESSAGES = ("VerificationMessage", "ValidationMessage", "Message", "Issue")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "severity": ("severity", "level", "messagetype", "type"),
    "element": ("dataelement", "reporterelement", "element", "location", "path"),
    "sequence": ("detectedsequence", "sequenceidnumber", "sequenceid", "sequence"),
    "value": ("detectedvalue", "value"),
    "key": ("messagekey", "ruleid", "rule", "code", "key"),
    "text": ("localizedmessage", "messagetext", "description", "text", "message"),
}
_SEVERITIES = (
    (re.compile(r"ERR|FATAL|SEVERE", re.I), Severity.ERROR),
    (re.compile(r"WARN", re.I), Severity.WARNING),
)
_NOTHING = ("", "-", "N/A", "null")
_NUMBER = re.compile(r"\d+")
_PARAMETER = re.compile(r"\{([^{}]{1,60})\}")
_MOST = 20_000


def read(source: Source) -> tuple[Finding, ...]:
    """The findings of a report, in its order. Raises FileRefused where the file is none."""
    notes = Notes()
    found: list[Finding] = []
    is_report = False
    try:
        with source.open() as stream:
            for document in hardened.documents(stream, notes):
                if isinstance(document, Broken):
                    raise document
                if not _is_report(document.prolog):
                    continue
                is_report = True
                found += islice(_findings(document), _MOST - len(found))
    except Broken as broken:
        raise FileRefused(
            _(
                "The report {name} stops making sense at line {line}: {why}. Nothing was taken from it."
            ).format(name=source.short, line=broken.line, why=broken.why),
            _("Make the report again."),
            line=broken.line,
        ) from None
    except READ_TROUBLE as trouble:
        raise FileRefused(
            _("The report {name} could not be read ({why}).").format(name=source.short, why=trouble),
            _("Check the drive."),
        ) from trouble
    if not is_report:
        raise FileRefused(
            _("{name} is no report of the WIPO Sequence Validator. Nothing was taken from it.").format(
                name=source.short
            ),
            _("Give the report in XML, as the validator writes it."),
        )
    return tuple(found)


def _findings(document: Document) -> Iterator[Finding]:
    for element in document.elements(_MESSAGES):
        if (finding := _finding(element)) is not None:
            yield finding


def _is_report(prolog: Prolog) -> bool:
    """A report of verification by its root; one on signatures has the same root in a namespace."""
    return prolog.name in ROOTS and not prolog.namespace.startswith("urn:oasis")


def _stream(document: Document, notes: Notes) -> Iterator[Record]:
    """For the stream of records: no record, the messages as findings."""
    for found in _findings(document):
        notes.add(found.severity, found.where, found.rule, found.message, found.provision)
    if not notes:
        notes.add(
            Severity.NOTE, _("report"), "wipo-validator.none", _("The report holds no message."), PROVISION
        )
    yield from ()


def _finding(element: etree._Element) -> Finding | None:
    said = _said(element)
    text = _filled(said.get("text", ""), element)
    key = said.get("key", "")
    if not text and not key:
        return None
    value = said.get("value", "")
    message = text if text.endswith((".", "!", "?")) else f"{text or key.replace('_', ' ')}."
    if value not in _NOTHING:
        message = _("{message} Found: “{value}”.").format(message=message, value=shown(value))
    return Finding(
        _severity(said.get("severity", "")),
        _where(said),
        f"wipo-validator.{key or 'message'}",
        message,
        PROVISION,
    )


def _said(element: etree._Element) -> dict[str, str]:
    """What the message says, by sense: from children, else from attributes."""
    given: dict[str, str] = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
    for child in element.iterdescendants(etree.Element):
        if not len(child) and not any(local(above).startswith("Param") for above in child.iterancestors()):
            given.setdefault(local(child).lower(), plain(child))
    if not len(element) and (own := plain(element)):
        given.setdefault("text", own)
    found: dict[str, str] = {}
    for sense, names in _NAMES.items():
        found[sense] = next((given[name] for name in names if given.get(name) not in (None, *_NOTHING)), "")
    return found


def _filled(text: str, element: etree._Element) -> str:
    """A message whose places (`{value}`) are filled from its parameters."""
    if "{" not in text:
        return text
    given: dict[str, str] = {}
    for one in element.iterdescendants("{*}Parameter"):
        name = one.get("key") or one.get("name") or plain(one.find("{*}Key"))
        given[name] = one.get("value") or plain(one.find("{*}Value")) or plain(one)
    return _PARAMETER.sub(lambda place: given.get(place.group(1), place.group()), text)


def _severity(said: str) -> Severity:
    return next((severity for pattern, severity in _SEVERITIES if pattern.search(said)), Severity.NOTE)


def _where(said: Mapping[str, str]) -> str:
    number = _NUMBER.search(said.get("sequence", ""))
    element = said.get("element", "")
    if number:
        place = of_sequence(number.group())
        return f"{place}, {shown(element)}" if element else place
    return shown(element) or _("listing")


FORMATS = (XmlFormat("sequence-validator-report", ROOTS, accepts=_is_report, stream=_stream),)
