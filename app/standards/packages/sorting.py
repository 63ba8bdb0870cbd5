"""What belongs together in a package as an agent or a filing system hands it over on a stick.

An application is one XML file with data and whatever lies with it: further XML (a body without bibliography,
a table of contents, a search report, a sequence listing), pages, pictures. Packages differ in how they lay
that out: all in one folder, a folder each, figures in a folder below, an archive in an archive. A file
belongs to the one application of the nearest folder that has any; of several its name says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.record import Record, RecordKind, Right

_WITH_A_CASE = frozenset({RecordKind.SEARCH_REPORT, RecordKind.SEQUENCE_LISTING})
_CASES = frozenset(
    {RecordKind.APPLICATION, RecordKind.PUBLICATION, RecordKind.GRANT, RecordKind.REGISTRATION}
)
_INVENTIONS = frozenset({Right.PATENT, Right.UTILITY_MODEL, Right.PLANT_PATENT})


@dataclass(slots=True)
class Member:
    """One file of a package.

    file      its name as it is shown
    records   what it holds
    loose     whether it may go with an application: it holds no data of its own, or data about one
    """

    file: str
    records: list[Record] = field(default_factory=list)
    loose: bool = True

    @property
    def anchor(self) -> bool:
        """Whether it holds an application others may belong to."""
        return any(map(_is_case, self.records))

    @property
    def joins(self) -> bool:
        """Whether it may join an application: not itself one, and no gazette of notices."""
        about = all(record.kind in _WITH_A_CASE or is_part(record) for record in self.records)
        return self.loose and not self.anchor and about and len(self.records) <= 1

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders and archives it lies in, from the outside in."""
        return tuple(_slashed(self.file).split("/")[:-1])

    @property
    def name(self) -> str:
        """Its name without folders, in small letters."""
        return _slashed(self.file).rpartition("/")[2].lower()

    @property
    def stem(self) -> str:
        """Its name without ending, in small letters."""
        return self.name.rpartition(".")[0] or self.name


def _slashed(file: str) -> str:
    return file.replace("\\", "/").replace("!", "/")


def _is_case(record: Record) -> bool:
    return record.kind in _CASES and not is_part(record)


def is_part(record: Record) -> bool:
    """Whether a record is but a part of an application: text of an invention without number or party."""
    return (
        record.right in _INVENTIONS
        and record.kind is RecordKind.APPLICATION
        and not (record.application_number or record.publication_number or record.registration_number)
        and not (record.applicants or record.inventors or record.filing_date)
    )


def assigned(members: Sequence[Member], outermost: int) -> dict[int, int]:
    """Member -> the member whose application it belongs to, by place in `members`.

    outermost  how many folders are outside the package: what lies there has nothing to do with it
    """
    within: dict[tuple[str, ...], _Applications] = {}
    for place, member in enumerate(members):
        if member.anchor:
            folders = member.folders
            for depth in range(outermost, len(folders) + 1):
                within.setdefault(folders[:depth], _Applications()).add(place, member)
    found: dict[int, int] = {}
    for place, member in enumerate(members):
        if member.joins and (owner := _owner(member, within, outermost)) is not None:
            found[place] = owner
    return found


def _owner(member: Member, within: Mapping[tuple[str, ...], _Applications], outermost: int) -> int | None:
    folders = member.folders
    for depth in range(len(folders), outermost - 1, -1):
        if near := within.get(folders[:depth]):
            return near.owner(member)
    return None


class _Applications:
    """The applications below one folder, by what tells their files: a package may hold hundreds of them,
    with thousands of files, and none is looked through for each."""

    def __init__(self) -> None:
        self._files = 0
        self._single: list[int] = []
        self._naming: dict[str, set[int]] = {}
        self._stems: dict[str, list[int]] = {}

    def add(self, place: int, member: Member) -> None:
        """A file with an application; one with several is nobody's owner."""
        self._files += 1
        if sum(map(_is_case, member.records)) != 1:
            return
        self._single.append(place)
        for record in member.records:
            for image in record.image_names:
                self._naming.setdefault(image.lower(), set()).add(place)
        self._stems.setdefault(member.stem, []).append(place)

    def owner(self, member: Member) -> int | None:
        """The only application; of several the one that names this file as its picture, or whose name it
        bears, up to where a word of the name ends."""
        if self._files == 1 and self._single:
            return self._single[0]
        if len(naming := self._naming.get(member.name, set())) == 1:
            return next(iter(naming))
        stem = member.stem
        for end in range(len(stem), -1, -1):
            if end < len(stem) and stem[end].isalnum():
                continue
            if bearing := self._stems.get(stem[:end]):
                return bearing[0] if len(bearing) == 1 else None
        return None


def completed(record: Record, parts: Iterable[Record]) -> Record:
    """An application with the texts its package has in files of their own; what it says itself stays."""
    for part in parts:
        if part.right not in _INVENTIONS or record.right not in _INVENTIONS:
            continue
        if part.kind is RecordKind.SEQUENCE_LISTING:
            record = replace(record, sequences=record.sequences or part.sequences)
        elif is_part(part):
            record = replace(
                record,
                titles=record.titles or part.titles,
                abstracts=record.abstracts or part.abstracts,
                claims=record.claims or part.claims,
                descriptions=record.descriptions or part.descriptions,
                sequences=record.sequences or part.sequences,
                citations=record.citations or part.citations,
                images=record.images or part.images,
                image_names=record.image_names or part.image_names,
                language=record.language or part.language,
            )
    return record
