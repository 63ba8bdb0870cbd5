"""Packs of the office, of the person and of the program: list, install, remove, verify, build.

Packs of an office lie in its folder and are there for everybody who opens it; without an office they
lie in the person's data folder. Those that come with the program are offered, and unpacked when they
are first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.changes import NOTHING, Changes
from app.domain.findings import Severity
from app.errors import FileRefused, OfficeError, StorageRefused, UsageError, _
from app.ocr import languages as scans
from app.paths import data_folder, resources
from app.plugins import building, layouts
from app.plugins.manifest import Kind
from app.plugins.shelf import Shelf, Shelved
from app.progress import SILENT, Progress
from app.services import codepacks
from translate import packs as language
from translate.packs import LanguagePack

READY = "ready"
BROKEN = "broken"
OFFERED = "offered"
BUNDLED = "bundled"
STORED = "stored"

_CHANGED = Changes(frozenset({"pack"}))


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack.

    size       bytes on the disk; of the file where it is only offered
    signed_by  the publisher's key in short, "" where unsigned
    state      ready | stored (kept whole, nothing here runs it yet) | bundled | offered (comes with
               the program, unpacked on first use) | broken
    problem    why it is broken, a whole sentence
    """

    name: str
    kind: str
    version: str
    size: int
    signed_by: str
    state: str
    problem: str = ""
    title: str = ""
    sha256: str = ""
    folder: str = ""

    def as_json(self) -> dict[str, object]:
        """The keys of the command line."""
        answer: dict[str, object] = {
            "name": self.name, "kind": self.kind, "version": self.version, "size": self.size,
            "signed_by": self.signed_by or None, "state": self.state, "title": self.title,
            "sha256": self.sha256, "folder": self.folder,
        }  # fmt: skip
        if self.problem:
            answer["problem"] = self.problem
        return answer


@dataclass(frozen=True, slots=True)
class PackChange:
    """The packs that were installed, removed or built, and what that touched."""

    packs: tuple[PackLine, ...]
    changes: Changes = field(default=NOTHING)


def is_office(folder: Path | None) -> bool:
    """There is an office in `folder`."""
    return folder is not None and (folder / "office.json").is_file()


def shelves(folder: Path | None) -> tuple[Shelf, ...]:
    """Where packs are looked for: the office in `folder` if there is one, then the person's."""
    own = Shelf(data_folder() / "packs", check)
    if folder is not None and is_office(folder):
        return (Shelf(folder / "packs", check), own)
    return (own,)


def check(kind: Kind, folder: Path) -> None:
    """Raises OfficeError where a pack's content is not what its kind wants."""
    if kind is Kind.LANGUAGE:
        language.read(folder)
    elif kind is Kind.OCR:
        scans.check(folder)
    elif kind in (Kind.CODE, Kind.SCHEMA):
        codepacks.check(kind, folder)
    elif kind is Kind.LAW:
        from app.storage import lawpacks

        lawpacks.load(folder)
        for finding in lawpacks.check(folder):
            if finding.severity is Severity.ERROR:
                raise FileRefused(
                    _("The law pack does not keep its own tests. {where}: {message}").format(
                        where=finding.where, message=finding.message
                    ),
                    _("Ask its publisher for a sound copy."),
                    command="law check FILE",
                )


def list(folder: Path | None = None) -> tuple[PackLine, ...]:
    """All packs that can be used or are offered, broken ones with the reason."""
    installed = [_line(pack) for shelf in shelves(folder) for pack in shelf.packs()]
    return (*installed, *_bundled_laws(), *_offers(installed))


def verify(folder: Path | None = None, *, progress: Progress = SILENT) -> tuple[PackLine, ...]:
    """All installed packs, with the hash of every file compared."""
    return tuple(_line(pack) for shelf in shelves(folder) for pack in shelf.verified(progress))


def install(
    folder: Path | None, file: Path, *, replacing: bool = False, progress: Progress = SILENT
) -> PackChange:
    """Install the pack in `file`: into the office in `folder` if there is one, else for this person.

    Refused, with nothing changed, when it is unsafe, broken or older.
    """
    shelf = shelves(folder)[0]
    return PackChange((_line(shelf.install(file, replacing=replacing, progress=progress)),), _CHANGED)


def remove(folder: Path | None, name: str, *, kind: str | None = None) -> PackChange:
    """Remove a pack by its name, or one version of it by `NAME-VERSION`."""
    wanted = _kind(kind) if kind else None
    for shelf in shelves(folder):
        if gone := shelf.remove(name, wanted):
            return PackChange(tuple(_line(pack) for pack in gone), _CHANGED)
    raise OfficeError(
        _("No pack called “{name}” is installed. Nothing was removed.").format(name=name),
        _("The list of packs shows the names; packs that come with the program cannot be removed."),
        command="pack list",
    )


def build(
    kind: str,
    paths: Sequence[Path],
    out: Path,
    *,
    key: Path | None = None,
    edition: str = "",
    language: str = "",
    progress: Progress = SILENT,
) -> PackChange:
    """Make the pack's file `out` from a folder or files, signed with the publisher's key in `key`.

    kind      of a pack; `ipc`, `cpc`, `nice`, `locarno` are code packs of that classification
    edition   of a classification or of schemas, where the files do not say
    language  of a classification's titles, where the files do not say
    """
    wanted = _kind(codepacks.KINDS.get(kind, kind))
    signer = building.signer_of(key) if key else None
    with codepacks.laid_out(wanted, kind, paths, edition, language) as laid:
        if len(laid) == 1 and laid[0].is_dir():
            check(wanted, laid[0])
        made = building.build(wanted, laid, out, signer=signer, progress=progress)
    line = PackLine(
        made.name, str(made.kind), made.version, out.stat().st_size, made.signed_by, READY,
        title=made.title, folder=str(out),
    )  # fmt: skip
    return PackChange((line,))


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as trouble:
        raise UsageError(
            _("There is no kind of pack called “{kind}”.").format(kind=name),
            _("Kinds are: {kinds}.").format(kinds=", ".join(Kind)),
        ) from trouble


def _line(pack: Shelved) -> PackLine:
    used = pack.kind in (Kind.LANGUAGE, Kind.LAW, Kind.OCR) or codepacks.is_used(pack.kind, pack.folder)
    sound = READY if used else STORED
    return PackLine(
        pack.name, str(pack.kind), pack.version, pack.size, pack.signed_by,
        BROKEN if pack.problem else sound, pack.problem, pack.title, pack.sha256, str(pack.folder),
    )  # fmt: skip


# --- what comes with the program


def _bundled_laws() -> Iterable[PackLine]:
    for folder in sorted((resources() / "law").glob("*/pack.toml")):
        name, version, title = layouts.described(Kind.LAW, folder.parent)
        size = sum(path.stat().st_size for path in folder.parent.rglob("*") if path.is_file())
        yield PackLine(name, "law", version, size, "", BUNDLED, title=title, folder=str(folder.parent))


def _offers(installed: Iterable[PackLine]) -> Iterable[PackLine]:
    there = {line.name for line in installed if line.state != BROKEN}
    for file in _bundled_files():
        pair = file.name.rpartition("-")[0]
        if pair not in there:
            version = file.stem.rpartition("-")[2].replace("_", ".")
            yield PackLine(pair, "language", version, file.stat().st_size, "", OFFERED, folder=str(file))


def _bundled_files() -> tuple[Path, ...]:
    """Files `translate-fr_en-0_2.argosmodel`: their names say pair and version, as in Argos's index."""
    return tuple(sorted((resources() / "demo" / "packs").glob("translate-*_*-*.argosmodel")))


# --- languages


def languages(folder: Path | None = None) -> tuple[tuple[str, str], ...]:
    """The pairs (source, target) that can be translated here, offered ones included."""
    pairs = {(pack.source, pack.target) for pack in installed_languages(folder)}
    return tuple(sorted(pairs | {_pair(file) for file in _bundled_files()}))


def _pair(file: Path) -> tuple[str, str]:
    source, _bar, target = file.name.split("-")[1].partition("_")
    return source, target


def installed_languages(folder: Path | None) -> tuple[LanguagePack, ...]:
    """The sound language packs, those of the office first."""
    found = []
    for shelf in shelves(folder):
        for pack in shelf.packs(Kind.LANGUAGE):
            if not pack.problem:
                try:
                    found.append(language.read(pack.folder, pack.sha256))
                except OfficeError:
                    # A pack that turned bad after it was installed is told of by `verify`; it must
                    # not hide the others.
                    continue
    return tuple(found)


def route(
    folder: Path | None, source: str, target: str, *, progress: Progress = SILENT
) -> tuple[LanguagePack, ...]:
    """The packs that lead from `source` to `target`, bundled ones unpacked where they are needed.

    Refused, with the installed pairs named, when there is no way.
    """
    installed = installed_languages(folder)
    if way := language.route(installed, source, target):
        return way
    there = {(pack.source, pack.target) for pack in installed}
    steps = [(source, target), (source, "en"), ("en", target)]
    missing = [file for file in _bundled_files() if _pair(file) in steps and _pair(file) not in there]
    for file in missing:
        _unpack(file, folder, progress)
    way = language.route(installed_languages(folder), source, target) if missing else ()
    if way:
        return way
    pairs = ", ".join(f"{a} → {b}" for a, b in languages(folder))
    raise OfficeError(
        _("No installed pack translates from “{source}” to “{target}”. Nothing was translated.").format(
            source=source, target=target
        ),
        _("Here can be translated: {pairs}. For others install a pack.").format(pairs=pairs)
        if pairs
        else _("No pack to translate with is installed. Install one first."),
        command="pack install FILE",
    )


def _unpack(file: Path, folder: Path | None, progress: Progress) -> None:
    """Unpack a bundled pack into the person's data folder, else into the office's."""
    troubles = []
    for shelf in reversed(shelves(folder)):
        try:
            shelf.install(file, progress=progress)
            return
        except StorageRefused as refusal:
            # Another copy of the program may have unpacked it meanwhile; the caller looks again.
            troubles.append(refusal)
            if any(pack.name in file.name and not pack.problem for pack in shelf.packs(Kind.LANGUAGE)):
                return
    raise StorageRefused(
        _("The bundled language pack must be unpacked once, and it cannot be: {why}").format(
            why=troubles[0].message
        ),
        _("Open an office first, or give the program a folder of its own it may write to."),
        command="--office FOLDER …",
    )
