"""What belongs together in a package as an agent or a filing system hands it over on a stick.

An application is one XML file with data and whatever lies with it: further XML (a body without bibliography,
a table of contents, a search report, a sequence listing), pages, pictures. Packages differ in how they lay
that out: all in one folder, a folder each, figures in a folder below, an archive in an archive. A file
belongs to the one application of the nearest folder that has any; of several its name says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        return any(record.kind in _CASES and not is_part(record) for record in self.records)

    @property
    def joins(self) -> bool:
        """Whether it may join an application: not itself one, and no gazette of notices."""
        about = all(record.kind in _WITH_A_CASE or is_part(record) for record in self.records)
        return self.loose and not self.anchor and about and len(self.records) <= 1

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders and archives it lies in, from the outside in."""
        return tuple(self.file.replace("\\", "/").replace("!", "/").split("/")[:-1])

    @property
    def stem(self) -> str:
        """Its name without ending, in small letters."""
        name = self.file.replace("\\", "/").replace("!", "/").rpartition("/")[2].lower()
        return name.rpartition(".")[0] or name


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
    anchors = [place for place, member in enumerate(members) if member.anchor]
    found: dict[int, int] = {}
    for place, member in enumerate(members):
        if member.joins and (owner := _owner(member, members, anchors, outermost)) is not None:
            found[place] = owner
    return found


def _owner(member: Member, members: Sequence[Member], anchors: list[int], outermost: int) -> int | None:
    folders = member.folders
    for depth in range(len(folders), outermost - 1, -1):
        near = [place for place in anchors if members[place].folders[:depth] == folders[:depth]]
        if near:
            single = near[0] if len(near) == 1 and len(_cases(members[near[0]])) == 1 else None
            return single if single is not None else _by_name(member, members, near)
    return None


def _cases(member: Member) -> list[Record]:
    return [record for record in member.records if record.kind in _CASES and not is_part(record)]


def _by_name(member: Member, members: Sequence[Member], near: Iterable[int]) -> int | None:
    """The one of several applications that names this file as its picture, or whose name it bears."""
    name = member.file.replace("\\", "/").replace("!", "/").rpartition("/")[2].lower()
    single = [place for place in near if len(_cases(members[place])) == 1]
    naming = [
        place for place in single
        if any(name == image.lower() for record in members[place].records for image in record.image_names)
    ]  # fmt: skip
    if len(naming) == 1:
        return naming[0]
    bearing = [place for place in single if _bears(member.stem, members[place].stem)]
    longest = max((len(members[place].stem) for place in bearing), default=0)
    bearing = [place for place in bearing if len(members[place].stem) == longest]
    return bearing[0] if len(bearing) == 1 else None


def _bears(stem: str, of: str) -> bool:
    return stem == of or (stem.startswith(of) and not stem[len(of)].isalnum())


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
