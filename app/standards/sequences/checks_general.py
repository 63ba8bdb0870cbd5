"""The general part of a listing: first lines, names, titles, numbers, days (ST.26, paragraphs 39 to 48)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.findings import Finding, Severity
from app.domain.sequences import ApplicationName, Listing, PersonName
from app.errors import _
from app.standards import codes
from app.standards.fields import forms
from app.standards.sequences.findings import error, shown, warning

_DECLARATION = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml\s[^>]*?version\s*=\s*["']1\.0["'][^>]*?\?>""")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+([^\s>\[]+)\s*(?:PUBLIC\s*["']([^"']*)["']\s*(?:["']([^"']*)["'])?|SYSTEM\s*["']([^"']*)["'])?"""
)
_PUBLIC = re.compile(r"-//WIPO//DTD SEQUENCE LISTING 1\.[0-9]+//EN\Z", re.I)
_SYSTEM = re.compile(r"(?:.*/)?ST26SequenceListing_V1_[0-9]+\.dtd\Z")
_VERSION = re.compile(r"V?1[._]([0-9]+)\Z")
_VERSIONS = ("1", "2", "3")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def opening(head: bytes) -> Iterator[Finding]:
    """The XML declaration and the document type, from the first bytes of the file."""
    where = _("first lines")
    declaration = _DECLARATION.match(head)
    if not declaration:
        yield error(where, "declaration", _("The file does not begin with an XML 1.0 declaration."), "42")
    else:
        encoding = _ENCODING.search(declaration.group())
        said = encoding.group(1).decode("ascii", "replace") if encoding else ""
        if said.upper() != "UTF-8":
            message = _("The encoding is given as “{said}”; it is UTF-8.").format(said=shown(said))
            yield error(where, "encoding", message, "42")
    doctype = _DOCTYPE.search(head)
    if not doctype:
        yield error(where, "doctype", _("The file names no DTD (DOCTYPE)."), "43")
        return
    name, public, system, alone = ((part or b"").decode("utf-8", "replace") for part in doctype.groups())
    if name != "ST26SequenceListing":
        message = _("The document type is “{name}”, not “ST26SequenceListing”.").format(name=shown(name))
        yield error(where, "doctype", message, "43")
    if not _PUBLIC.match(public) or not _SYSTEM.match(system or alone):
        message = _("The DTD that is named, “{public}” “{system}”, is none of ST.26.").format(
            public=shown(public), system=shown(system or alone)
        )
        yield error(where, "doctype", message, "43")


def general(listing: Listing) -> Iterator[Finding]:
    """What is wrong with the general part."""
    if listing.form == "st26":
        yield from _root(listing)
        yield from _people(listing.applicants, _("applicant"), needed=True)
        yield from _people(listing.inventors, _("inventor"), needed=False)
    elif listing.form == "st25":
        yield from _of_st25(listing)
    if listing.form in ("st26", "st25"):
        yield from _titles(listing)
        yield from _numbers(listing)


def _root(listing: Listing) -> Iterator[Finding]:
    version = _VERSION.match(listing.version)
    if listing.version and (not version or version.group(1) not in _VERSIONS):
        message = _("DTD version “{said}” is none that is known here (V1_1 to V1_3).").format(
            said=shown(listing.version)
        )
        yield warning(_("general information"), "version", message, "45")
    if listing.produced and not _is_day(listing.produced):
        yield _no_day(_("production date"), listing.produced)
    for name, said in (
        ("originalFreeTextLanguageCode", listing.original_language),
        ("nonEnglishFreeTextLanguageCode", listing.other_language),
    ):
        if said and said not in codes.languages():
            yield _no_language(name, said, "45")
    if listing.other_language == "en":
        message = _("The language that is not English is given as “en”.")
        yield error(_("general information"), "language", message, "45")
    if listing.application is None and not listing.reference:
        message = _("Neither the number of the application nor a file reference is given.")
        yield error(_("general information"), "reference", message, "46")


def _people(people: tuple[PersonName, ...], who: str, *, needed: bool) -> Iterator[Finding]:
    if not people:
        if needed:
            yield error(who, "name", _("The name of the first applicant is missing."), "46")
        return
    for person in people:
        if person.language and person.language not in codes.languages():
            yield _no_language(who, person.language, "47")
        if person.latin and not _basic(person.latin):
            message = _("The name in Latin letters, “{name}”, holds other letters.").format(
                name=shown(person.latin)
            )
            yield error(who, "latin", message, "47")
        if not _basic(person.text) and not person.latin:
            message = _(
                "The name “{name}” is not in Basic Latin letters and none in them stands beside it."
            ).format(name=shown(person.text))
            yield (error if needed else warning)(who, "latin", message, "47")


def _titles(listing: Listing) -> Iterator[Finding]:
    where = _("title")
    if not listing.titles:
        yield error(where, "title", _("The title of the invention is missing."), "48")
    seen: set[str] = set()
    for language, text in listing.titles:
        if listing.form != "st26":
            break
        if language not in codes.languages():
            yield _no_language(where, language, "48")
        elif language in seen:
            message = _("There are two titles in “{language}”.").format(language=language)
            yield error(where, "title", message, "48")
        seen.add(language)
        if any(not one.isprintable() for one in text):
            yield error(where, "characters", _("The title holds characters that are none to print."), "40(a)")


def _numbers(listing: Listing) -> Iterator[Finding]:
    if listing.application is not None:
        yield from _application(listing.application, _("application"), listing.form)
    for claim in listing.priorities:
        yield from _application(claim, _("priority"), listing.form)
        filed = listing.application.date if listing.application else ""
        if _is_day(filed) and _is_day(claim.date) and claim.date > filed:
            message = _("The priority is of {priority}, after the filing on {filed}.").format(
                priority=claim.date, filed=filed
            )
            yield error(_("priority"), "date-order", message, "46")


def _application(application: ApplicationName, where: str, form: str) -> Iterator[Finding]:
    office = application.office
    if form == "st26" and office not in codes.offices():
        message = _("“{office}” is no office of ST.3.").format(office=shown(office))
        yield error(where, "office", message, "46")
    if form == "st26" and not application.number:
        yield error(where, "number", _("The application number is missing."), "46")
    if application.date and not _is_day(application.date):
        yield _no_day(where, application.date)


def _of_st25(listing: Listing) -> Iterator[Finding]:
    """A listing of before July 2022: read, and told apart."""
    message = _("The listing follows ST.25, which is for applications filed before 1 July 2022.")
    yield Finding(Severity.NOTE, _("general information"), "st26.st25", message, "ST.25")
    if not listing.applicants:
        yield error(_("applicant"), "name", _("The name of the applicant is missing (ST.25, <110>)."), "")


def _no_day(where: str, said: str) -> Finding:
    message = _("“{said}” is no day written as year-month-day.").format(said=shown(said))
    return error(where, "date", message, "46")


def _no_language(where: str, said: str, paragraph: str) -> Finding:
    message = _("“{said}” is no language code of ISO 639-1.").format(said=shown(said))
    return error(where, "language-code", message, paragraph)


def _is_day(text: str) -> bool:
    return bool(_DAY.match(text)) and bool(forms.day(text))


def _basic(text: str) -> bool:
    return text.isascii() and text.isprintable()
