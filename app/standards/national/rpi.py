"""Gazettes of INPI Brazil (Revista da Propriedade Industrial): XML, and text tagged with INID codes.

A gazette is a row of notices (`despachos`). Those on rights become records; notices on contracts and
computer programs concern no right this program keeps: a note says so, and they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.encodings import encoding
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.national import rpi_marks
from app.standards.registry import PlainFormat, XmlFormat
from app.standards.source import Notes, Source
from app.standards.xml.texts import every, field, first, local, tidy

STANDARD = "rpi"
_RIGHTS = {"desenhoindustrial": Right.DESIGN, "patente": Right.PATENT, "patentes": Right.PATENT}
_NUMBER = re.compile(r"(?:BR\s+)?(.+?)(?:-\d)?\Z")
# Numbers say the right: DI, MI and 30 to 32 designs, MU and 20 to 22 utility models, PI and 10 to 13 patents.
_OF_NUMBER = (
    (re.compile(r"(?:BR\s*)?(?:DI|MI|3[0-2])\b"), Right.DESIGN),
    (re.compile(r"(?:BR\s*)?(?:MU|2[0-2])\b"), Right.UTILITY_MODEL),
    (re.compile(r"(?:BR\s*)?(?:PI|PP|1[0-3])\b"), Right.PATENT),
)


def _right(number: str, otherwise: Right) -> Right:
    return next((right for form, right in _OF_NUMBER if form.match(number)), otherwise)


def _start(right: Right, number: str, registered: bool, code: str, notes: Notes) -> Draft:
    """`registered`: the number stands under INID 11, that of a registration; it is the application's too."""
    draft = Draft(right, RecordKind.NOTICE, notes, STANDARD)
    found = _NUMBER.match(number)
    normal = forms.no_zeros(found.group(1)) if found else ""
    draft.set(office="BR", status=code)
    draft.number("application_number", normal, number)
    if registered and right is Right.DESIGN:
        draft.number("registration_number", normal, number)
    # The text of an issue has the code of a notice alone, so the code is the status in XML too.
    if code:
        draft.as_filed["status"] = code
    return draft


def read(notice: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `despacho`, or a `processo` on a mark with all that was decided on it."""
    if local(notice) == "processo":
        yield from rpi_marks.read(notice, notes)
        return
    gazette = notice.getroottree().getroot()
    right = _RIGHTS.get((gazette.get("diretoria") or "").lower())
    process = first(notice, "processo-patente")
    if right is None or process is None:
        notes.add(
            Severity.NOTE,
            gazette.get("diretoria") or "revista",
            "rpi.no-right",
            _("The notices of this part of the gazette concern no right kept here; they are left out."),
        )
        return
    code = field(notice, "codigo")
    number = first(process, "numero")
    written = field(process, "numero")
    if right is Right.PATENT:
        right = _right(written, right)
    draft = _start(right, written, number is not None and number.get("inid") == "11", code, notes)
    draft.date("filing_date", field(process, "data-deposito"))
    published = field(process, "publicacao-nacional/data-rpi", "concessao/data")
    draft.date("publication_date", published or gazette.get("dataPublicacao") or "")
    draft.date("registration_date", field(process, "data-registro-prorrogacao"))
    draft.text_by_language("titles", forms.UNKNOWN_LANGUAGE, field(process, "titulo"))
    for one in every(process, "classificacao-nacional-lista/classificacao-nacional"):
        _classified(draft, "".join(one.itertext()))
    for one in every(process, "classificacao-internacional-lista/classificacao-internacional"):
        draft.ipc("".join(one.itertext()))
    for claim in every(process, "prioridade-unionista-lista/prioridade-unionista"):
        office = forms.office(field(claim, "sigla-pais"))
        _claimed(draft, office, field(claim, "numero-prioridade"), field(claim, "data-prioridade"))
    for parent in every(process, "divisao-pedido"):
        number = _NUMBER.match(field(parent, "numero"))
        draft.relate("division", "BR", number.group(1) if number else "", field(parent, "data-deposito"))
    for one in every(process, "pedido-internacional"):
        _international(draft, True, field(one, "numero-pct", "numero"), field(one, "data-pct", "data"))
    for one in every(process, "publicacao-internacional"):
        _international(draft, False, field(one, "numero-ompi", "numero"), field(one, "data-ompi", "data"))
    draft.set(
        applicants=[
            _party(one, "holder" if one.get("inid") == "73" else "applicant")
            for one in every(process, "titular-lista/titular")
        ],
        inventors=[_party(one, "inventor") for one in every(process, "inventor-lista/inventor")],
        representatives=[
            _party(one, "representative") for one in every(process, "procurador-lista/procurador")
        ],
    )
    draft.set(designs=1 if right is Right.DESIGN else 0)
    yield draft.finish()


def _claimed(draft: Draft, office: str, number: str, day: str) -> None:
    """A priority; some numbers begin with the code of their office once more."""
    draft.priority(office, re.sub(rf"{office}\s+", "", number, count=1) if office else number, day)


_FILED_ABROAD = re.compile(r"(?:PCT[\s/]*)?([A-Z]{2}\s*\d{2,4}/\d{5,6})(?:.*?(\d\d/\d\d/\d{4}))?")
_PUBLISHED_ABROAD = re.compile(r"(?:WO[\s/]*)?(\d{2,4}/\d{5,6})(?:.*?(\d\d/\d\d/\d{4}))?")


def _international(draft: Draft, filed: bool, text: str, day: str = "") -> None:
    """The international application (INID 86) or publication (87) a Brazilian one goes back to."""
    if filed and (found := _FILED_ABROAD.search(text)):
        number = re.sub(r"\s", "", found.group(1))
        draft.relate("international_application", "WO", f"PCT/{number}", day or found.group(2) or "")
    elif not filed and (found := _PUBLISHED_ABROAD.search(text)):
        draft.relate("international_publication", "WO", found.group(1), day or found.group(2) or "")


def _classified(draft: Draft, raw: str) -> None:
    if draft.right is Right.DESIGN:
        draft.classify("locarno", symbols.locarno(raw), raw)
    else:
        draft.ipc(raw)


def _party(one: etree._Element, role: str) -> NamedParty:
    country = forms.office(field(one, "endereco/pais/sigla"))
    return NamedParty(field(one, "nome-completo"), country, field(one, "endereco/cidade"), role)


_FIELD = re.compile(r"(?:^|\s)\((Cd|co|fg|\d\d)\)\s*")
_PLACE = re.compile(r"\s*\(([A-Z]{2})(?:/[A-Z]{2})?\)\s*\Z")
_PRIORITY = re.compile(r"(\d\d/\d\d/\d{4})\s+([A-Z]{2})\s+(.+?)\s*(?=;|\Z)")
_PARENT = re.compile(r"(?:BR\s+)?(.+?)(?:-\d)?(?:\s+(\d\d/\d\d/\d{4}))?\Z")
_ISSUE = re.compile(r"No\s+(\d+)\s+de\s+(\d\d/\d\d/\d{4})")


def _sniff(source: Source) -> int:
    head = source.head[:4000]
    return 90 if head.count(b"(Cd)") >= 1 and b"(21)" in head else 0


def read_text(source: Source, notes: Notes) -> Iterator[Record]:
    """The notices of a gazette in text: `(Cd)` begins one, several fields may share a line."""
    day = ""
    notice: list[tuple[str, str]] = []
    written = encoding(source.head)
    with source.open() as stream:
        for raw in stream:
            line = raw.decode(written, "replace").strip().lstrip("\ufeff")
            if issue := _ISSUE.match(line):
                day = issue.group(2)
                continue
            for tag, text in _tagged(line):
                if tag == "Cd" and notice:
                    yield _notice(notice, day, notes)
                    notice = []
                if tag:
                    notice.append((tag, text))
                elif notice and text and text != "|":
                    notice[-1] = (notice[-1][0], f"{notice[-1][1]} {text}")
    if notice:
        yield _notice(notice, day, notes)


def _tagged(line: str) -> Iterator[tuple[str, str]]:
    """The fields of a line; text before the first tag has the tag "". A remark may quote codes."""
    places = list(_FIELD.finditer(line))
    remark = next((n for n, place in enumerate(places) if place.group(1) == "co"), len(places))
    places = [p for n, p in enumerate(places) if n <= remark or p.group(1) == "Cd"]
    before = line[: places[0].start()] if places else line
    if before:
        yield "", before
    for number, place in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(line)
        yield place.group(1), tidy(line[place.end() : end])


def _notice(fields: list[tuple[str, str]], day: str, notes: Notes) -> Record:
    def one(tag: str) -> str:
        return next((text for name, text in fields if name == tag and text), "")

    def every_one(tag: str) -> Iterable[str]:
        return (text for name, text in fields if name == tag and text)

    number = one("21") or one("11")
    draft = _start(_right(number, Right.DESIGN), number, not one("21"), one("Cd"), notes)
    draft.date("filing_date", one("22"))
    draft.date("publication_date", one("43") or one("44") or one("45") or day)
    draft.date("registration_date", one("15"))
    draft.text_by_language("titles", forms.UNKNOWN_LANGUAGE, one("54"))
    for text in every_one("52"):
        for raw in re.split(r"[;,]", text):
            _classified(draft, raw.strip())
    for text in every_one("51"):
        for raw in re.split(r"[;,]", text):
            draft.ipc(re.sub(r"\(\d{4}\.\d\d\)", "", raw))
    for text in every_one("30"):
        for found in _PRIORITY.finditer(text):
            _claimed(draft, found.group(2), found.group(3), found.group(1))
    for text in every_one("62"):
        if parent := _PARENT.match(text):
            draft.relate("division", "BR", parent.group(1), parent.group(2) or "")
    for text in every_one("86"):
        _international(draft, True, text)
    for text in every_one("87"):
        _international(draft, False, text)
    draft.text_by_language("abstracts", forms.UNKNOWN_LANGUAGE, one("57"))
    draft.set(
        applicants=[
            *(_named(p, "applicant") for text in every_one("75") for p in text.split(";")),
            *(_named(p, "applicant") for text in every_one("71") for p in text.split(";")),
            *(_named(p, "holder") for text in every_one("73") for p in text.split(";")),
        ],
        inventors=[_named(p, "inventor") for tag in ("72", "75") for text in every_one(tag)
                   for p in re.split(r"[;/]", text)],
        representatives=[_named(text, "representative") for text in every_one("74")],
        designs=1 if draft.right is Right.DESIGN else 0,
    )  # fmt: skip
    return draft.finish()


def _named(text: str, role: str) -> NamedParty:
    found = _PLACE.search(text)
    return NamedParty(
        text[: found.start()].strip() if found else text.strip(), found.group(1) if found else "", "", role
    )


FORMATS = (
    XmlFormat("br-gazette", frozenset({"revista"}), read, ("processo", "despacho")),
    PlainFormat("br-gazette", _sniff, read_text),
)
