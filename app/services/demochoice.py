"""Which files the sample day is walked on: the bundled ones, or six applications and a collection
picked from a folder of real files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.case import Case
from app.domain.record import Record
from app.errors import OfficeError, _
from app.progress import SILENT, Progress
from app.services import filings, searching
from app.standards import reading
from app.text import words

APPLICATIONS = 6
PUBLICATIONS = 40
_COMMON = frozenset(
    {"a", "an", "and", "apparatus", "by", "device", "for", "from", "in", "method", "of", "on", "or",
     "system", "the", "to", "using", "with"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Files:
    """Applications to take in, publications for the collection, a first query, the provision of the
    objection, a French claim set where the collection has none, and the folder of the pictures the
    applications name."""

    applications: tuple[Path, ...]
    publications: tuple[Path, ...]
    query: str
    provision: str
    french: Path
    pictures: Path | None = None


def bundled(folder: Path) -> Files:
    """The files written for the sample office."""
    applications = tuple(sorted(p for p in (folder / "applications").iterdir() if p.name != "README.md"))
    return Files(
        applications, (folder / "collection",), "ti=(pump OR pompe) AND (piston OR leather)", PROVISION,
        folder / "french-claims.txt", folder / "pictures",
    )  # fmt: skip


PROVISION = "Model Patents Act, s. 12(1) (TRIPS Art. 27.1)"


def chosen(folder: Path, progress: Progress = SILENT) -> Files:
    """Pick from a folder: applications of as many rights and formats as there are, then publications.

    Refused when the folder holds no application.
    """
    kinds: dict[tuple[str, str], Path] = {}
    publications: list[Path] = []
    for path, format_, records in _files(folder, progress):
        cases = [r for r in records if filings.is_case(r)]
        if len(cases) != 1:
            continue
        record = cases[0]
        kinds.setdefault((str(record.right), format_), path)
        if record.publication_number and (record.claims or record.abstracts):
            publications.append(path)
    applications = tuple(_spread(kinds))
    if not applications:
        raise OfficeError(
            _("No application was found in {folder}. Nothing was made.").format(folder=folder),
            _("Give a folder with patent, mark or design files."),
            command="demo --data FOLDER",
        )
    french = bundled_french()
    return Files(applications, tuple(publications[:PUBLICATIONS]), "", PROVISION, french)


def bundled_french() -> Path:
    """The bundled French claim set."""
    from app.paths import resources

    return resources() / "demo" / "french-claims.txt"


def _files(folder: Path, progress: Progress) -> Iterator[tuple[Path, str, list[Record]]]:
    """(file, format, records) of plain files below the folder that were read whole; archives are left."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in (".xml", ".greenbook"))
    per_folder: dict[Path, int] = {}
    for done, path in enumerate(paths):
        per_folder[path.parent] = per_folder.get(path.parent, 0) + 1
        if per_folder[path.parent] > PUBLICATIONS:
            continue
        progress.step(done, len(paths), path.name)
        records: list[Record] = []
        for event in reading.read([path]):
            if isinstance(event, Record):
                records.append(event)
            elif isinstance(event, reading.Closed) and event.refused is None:
                yield path, event.format, records


def _spread(kinds: dict[tuple[str, str], Path]) -> Iterator[Path]:
    """One file of each right first, then further formats, six in all."""
    rights: dict[str, list[Path]] = {}
    for (right, _format), path in kinds.items():
        rights.setdefault(right, []).append(path)
    taken = 0
    for place in range(max(map(len, rights.values()), default=0)):
        for paths in rights.values():
            if place < len(paths) and taken < APPLICATIONS:
                taken += 1
                yield paths[place]


def queries(case: Case, first: str) -> Iterator[str]:
    """Queries to try until one finds something: the given one, then words of the title, all and any."""
    if first:
        yield first
    plain = [w.folded for w in words(case.title) if w.folded not in _COMMON and len(w.folded) > 2][:6]
    if plain:
        yield " AND ".join(plain)
        yield " OR ".join(plain)
    yield "apparatus OR method OR system OR device"


def pictures(files: Files, application: Path) -> tuple[Path, ...]:
    """The pictures delivered with an application, in order; none where it came alone."""
    folder = files.pictures / application.stem if files.pictures else None
    return tuple(sorted(folder.iterdir())) if folder and folder.is_dir() else ()


def french_claims(
    office_folder: Path, collection: str, files: Files, hit: searching.Hit | None = None
) -> str:
    """The French claims of the hit or of the first publication that has some, else the bundled set."""
    found = searching.search(
        office_folder, "ti=(pompe OR dispositif OR procédé)", collections=(collection,)
    ).hits
    for one in (*((hit,) if hit else ()), *found):
        record = searching.record(office_folder, one.id)
        if claims := record.claims.get("fr"):
            return "\n".join(f"{n}. {text}" for n, text in enumerate(claims, 1))
    return files.french.read_text(encoding="utf-8")
