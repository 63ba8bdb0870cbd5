"""Flat files of the data banks: EMBL and IMGT (two letters a line), GenBank and DDBJ (a word a line).

They are printed by many programs and edited by hand: columns are not relied on, an entry may lack anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.findings import Severity
from app.domain.record import Record
from app.domain.sequences import Listing, Publication, Sequence, is_number
from app.errors import _
from app.standards.registry import PlainFormat
from app.standards.sequences import flat_features, flat_patents
from app.standards.sequences.lines import head_lines, lines
from app.standards.sequences.records import counted
from app.standards.source import Notes, Source
from app.standards.trouble import Broken

_EMBL_LINE = re.compile(r"([A-Z]{2})(?:   (.*)|\s*)\Z")
_GENBANK_WORD = re.compile(r"([A-Z]{3,12})(?:\s+(.*)|\s*)\Z")
_SUB_WORD = re.compile(r"  ?([A-Z]{3,10})(?:\s+(.*))?\Z")
_LENGTH = re.compile(r"(\d+)\s+(?:BP|AA|bp|aa|rc)\b")
_LETTERS = re.compile(r"[A-Za-z*]+")
_MOLECULE = re.compile(r"\b((?:ss-|ds-|ms-)?[a-z]{0,3}(?:DNA|RNA)|protein|PRT|AA|aa)\b")
_MOST_LETTERS = 256 * 1024 * 1024
_MOST_LINES = 400_000


@dataclass(slots=True)
class _Entry:
    """One entry while its lines come. `patent` collects the reference that is read just now."""

    number: int
    line: int
    form: str
    name: str = ""
    accession: str = ""
    length: str = ""
    molecule: str = ""
    organism: str = ""
    letters: list[str] = field(default_factory=list)
    table: list[tuple[int, str]] = field(default_factory=list)
    reference: dict[str, list[str]] = field(default_factory=dict)
    published: Publication | None = None
    assembled: bool = False
    size: int = 0

    def close_reference(self) -> None:
        """A reference is over: the first one to a patent document is kept."""
        if self.published is None and self.reference:
            self.published = flat_patents.publication(self.form, self.reference)
        self.reference = {}

    def add_letters(self, text: str, line: int) -> None:
        """A line of residues; digits and blanks in it are positions."""
        found = _LETTERS.findall(text)
        self.letters += found
        self.size += sum(map(len, found))
        if self.size > _MOST_LETTERS:
            raise Broken(_("one sequence is longer than {size} million residues").format(size=256), line)

    def sequence(self) -> Sequence:
        """The entry as a sequence, its residues in the letters of ST.26."""
        self.close_reference()
        features = flat_features.features(self.table)
        residues = "".join(self.letters)
        source = next((one for one in features if one.key == "source"), None)
        return Sequence(
            number=str(self.number),
            molecule=self.molecule,
            length=self.length,
            residues=residues.upper() if self.molecule == "AA" else residues.lower(),
            organism=(next(iter(source.values("organism")), "") if source else "") or self.organism,
            name=self.accession or self.name,
            features=features,
            published=self.published,
            line=self.line,
            has_table=bool(features),
        )


def source_events(source: Source, notes: Notes) -> Iterator[Listing | Sequence]:
    """A bare general part, then the entries in order. Raises Broken."""
    form = "embl" if _embl_sure(source) >= _genbank_sure(source) else "genbank"
    yield Listing(form)
    entry: _Entry | None = None
    number = 0
    for at, line in lines(source):
        if _begins(form, line):
            if entry is not None:
                _tell_open(entry, notes)
                yield _finished(entry, notes)
            number += 1
            entry = _Entry(number, at, form)
            _first_line(entry, line)
        elif entry is not None and line.startswith("//"):
            yield _finished(entry, notes)
            entry = None
        elif entry is not None:
            (_embl_line if form == "embl" else _genbank_line)(entry, line, at)
    if entry is not None:
        _tell_open(entry, notes)
        yield _finished(entry, notes)


def _begins(form: str, line: str) -> bool:
    return line.startswith(("ID   ", "ID\t") if form == "embl" else "LOCUS")


def _first_line(entry: _Entry, line: str) -> None:
    """`ID` or `LOCUS`: name, length, molecule; each may be missing."""
    rest = line.split(None, 1)[1] if len(line.split(None, 1)) > 1 else ""
    first = re.split(r"[\s;]", rest, maxsplit=1)[0]
    length = _LENGTH.search(rest)
    entry.length = length.group(1) if length else ""
    if not is_number(first):
        entry.name = first
    kind = _MOLECULE.search(rest[len(entry.name) :])
    word = kind.group(1) if kind else ""
    if word in ("protein", "PRT", "AA", "aa"):
        entry.molecule = "AA"
    elif word:
        entry.molecule = "RNA" if word.endswith("RNA") else "DNA"


def _embl_line(entry: _Entry, line: str, at: int) -> None:
    code, text = line[:2], line[5:]
    if code == "  " or (entry.letters and not _EMBL_LINE.match(line)):
        if "SQ" in entry.reference or entry.size or line.strip():
            _residue_line(entry, line, at)
        return
    if code == "SQ":
        entry.close_reference()
        entry.reference = {"SQ": []}
        return
    if code == "CO":
        entry.assembled = True
    if code == "RN":
        entry.close_reference()
    if code == "AC" and not entry.accession:
        entry.accession = re.split(r"[\s;]", text.strip(), maxsplit=1)[0]
    elif code == "OS" and not entry.organism:
        entry.organism = text.strip()
    elif code == "FT":
        _table_line(entry, at, f"     {text}")
    elif code in ("RA", "RT", "RL"):
        entry.reference.setdefault(code, []).append(text.strip())


def _residue_line(entry: _Entry, line: str, at: int) -> None:
    if "SQ" in entry.reference:
        entry.add_letters(line, at)
    elif entry.table:
        # A line inside a feature that lost its code: edited by hand.
        _table_line(entry, at, f"     {line[5:]}")


_SECTIONS = {"FEATURES": "table", "ORIGIN": "letters", "REFERENCE": "reference"}


def _genbank_line(entry: _Entry, line: str, at: int) -> None:
    word = _GENBANK_WORD.match(line)
    if word:
        name, text = word.group(1), (word.group(2) or "").strip()
        entry.close_reference()
        entry.reference = {_SECTIONS.get(name, ""): []}
        if name == "ACCESSION":
            entry.accession = (text.split() or [""])[0]
        elif name == "SOURCE":
            entry.organism = text
        elif name in ("CONTIG", "WGS"):
            entry.assembled = True
        return
    if "letters" in entry.reference:
        entry.add_letters(line, at)
    elif "table" in entry.reference:
        _table_line(entry, at, line)
    elif "reference" in entry.reference:
        sub = _SUB_WORD.match(line)
        if sub:
            entry.reference[sub.group(1)] = [(sub.group(2) or "").strip()]
        else:
            entry.reference[list(entry.reference)[-1]].append(line.strip())
    elif (sub := _SUB_WORD.match(line)) and sub.group(1) == "ORGANISM" and sub.group(2):
        entry.organism = sub.group(2).strip()


def _table_line(entry: _Entry, at: int, line: str) -> None:
    if len(entry.table) >= _MOST_LINES:
        raise Broken(_("one entry has more feature lines than any data bank prints"), at)
    entry.table.append((at, line))


def _finished(entry: _Entry, notes: Notes) -> Sequence:
    """The sequence, and what of the entry is missing."""
    found = entry.sequence()
    where = _("entry {name}").format(name=found.name or found.number)
    for missing, said in (
        (not entry.accession, _("The entry has no accession number.")),
        (not entry.molecule, _("The entry does not say what kind of molecule it is.")),
        (not found.residues and not entry.assembled, _("The entry has no residues.")),
        (
            not found.residues and entry.assembled,
            _("The entry is put together from others and gives no residues."),
        ),
    ):
        if missing:
            notes.add(Severity.NOTE, where, f"{entry.form}.missing", said)
    if found.residues and is_number(found.length) and int(found.length) != len(found.residues):
        notes.add(
            Severity.WARNING, where, f"{entry.form}.length",
            _("The entry says it has {declared} residues, but holds {found}.").format(
                declared=found.length, found=len(found.residues)
            ), remedy=_("Look at the original: the entry may have been cut short."),
        )  # fmt: skip
    return found


def _tell_open(entry: _Entry, notes: Notes) -> None:
    notes.add(
        Severity.WARNING, _("line {line}").format(line=entry.line), f"{entry.form}.open",
        _("The entry that begins here does not end with “//”: the file may have been cut short."),
        remedy=_("Ask the sender for the file again."),
    )  # fmt: skip


def _embl_sure(source: Source) -> int:
    """An `ID` line first, and lines that begin with two letters and three blanks after it."""
    found = [line for line in head_lines(source)[:200] if line.strip()]
    if not found or not found[0].startswith(("ID   ", "ID\t")):
        return 0
    coded = sum(1 for line in found[:40] if _EMBL_LINE.match(line) or line.startswith(("     ", "//")))
    known = any(line.startswith(("XX", "AC   ", "SQ   ", "FT   ", "DE   ")) for line in found)
    return 92 if known and coded * 2 > len(found[:40]) else 0


def _genbank_sure(source: Source) -> int:
    found = head_lines(source)
    if not any(line.startswith("LOCUS ") for line in found):
        return 0
    words = ("DEFINITION", "ACCESSION", "FEATURES", "ORIGIN", "SOURCE", "COMMENT")
    return 92 if any(line.startswith(words) for line in found) else 0


def _read(source: Source, notes: Notes) -> Iterator[Record]:
    yield from counted(source_events(source, notes), notes)


FORMATS = (PlainFormat("embl", _embl_sure, _read), PlainFormat("genbank", _genbank_sure, _read))
