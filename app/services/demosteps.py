"""The steps of the sample day; each calls the services a person would and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.case import Case, CaseLine
from app.domain.record import Right
from app.errors import OfficeError, _
from app.services import (
    cases,
    demochoice,
    intake,
    letters,
    offices,
    posting,
    searching,
    stations,
    syncing,
    translating,
)
from app.services import collections as shelves
from app.services.offices import Office

COLLECTION = "published"


@dataclass(slots=True)
class Day:
    """What the steps hand on to one another."""

    folder: Path
    files: demochoice.Files
    office: Office
    examined: Case | None = None
    query: str = ""
    hit: searching.Hit | None = None
    issued: list[letters.Issued] = field(default_factory=list)
    second: Office | None = None


def _take_in(day: Day) -> str:
    taken = intake.take_in(day.office, day.files.applications)
    if not taken.cases:
        raise OfficeError(
            _("None of the files could be taken in as an application."),
            _("Give a folder with patent, mark or design files."),
            command="demo --data FOLDER",
        )
    _attach_pictures(day, taken)
    day.examined = _to_examine(day.office, taken.cases)
    rights = ", ".join(sorted({str(line.right).replace("_", " ") for line in taken.cases}))
    return _("{n} cases ({rights}), {findings} findings while reading").format(
        n=taken.taken, rights=rights, findings=len(taken.findings)
    )


_PICTURES = {Right.TRADE_MARK: "reproduction", Right.DESIGN: "view"}


def _attach_pictures(day: Day, taken: intake.Taken) -> None:
    """Put the drawings, views and reproductions that came with the files into their dossiers."""
    if len(taken.cases) != len(day.files.applications):
        return
    for file, line in zip(day.files.applications, taken.cases, strict=True):
        if pictures := demochoice.pictures(day.files, file):
            secret = cases.show(day.office, line.id).confidential
            kind = _PICTURES.get(line.right, "drawing")
            cases.attach(day.office, line.id, pictures, kind=kind, confidential=secret)


def _to_examine(office: Office, lines: tuple[CaseLine, ...]) -> Case:
    """A patent case still in examination, with claims where there is one, else the first case."""
    patents = [line for line in lines if line.right in (Right.PATENT, Right.UTILITY_MODEL)]
    whole = [cases.show(office, line.id) for line in (patents or lines)]
    pending = [case for case in whole if _allows(office, case, "objection")] or whole
    return max(pending, key=lambda case: (bool(case.rows), case.confidential, len(case.titles)))


def _allows(office: Office, case: Case, event: str) -> bool:
    return any(rule.id == event for rule in cases.allowed(office, case.id))


def _check(day: Day) -> str:
    lines = cases.docket(day.office)
    found = sum(len(cases.check(day.office, line.id).findings) for line in lines)
    running = [line.next_limit for line in lines if line.next_limit]
    nearest = running[0] if running else None
    limit = _("no limit runs yet")
    if nearest:
        limit = _("next limit {day}: {name}").format(day=nearest.last_day.isoformat(), name=nearest.name)
    return _("{n} findings to look at; {limit}").format(n=found, limit=limit)


def _collect(day: Day) -> str:
    shelves.create(day.office.path, COLLECTION)
    added = shelves.add(day.office.path, COLLECTION, day.files.publications)
    return _("{added} publications indexed with {engine}, {skipped} skipped").format(
        added=added.added, engine=added.engine, skipped=added.skipped
    )


def _search(day: Day) -> str:
    assert day.examined is not None
    for query in demochoice.queries(day.examined, day.files.query):
        page = searching.search(day.office.path, query, limit=10)
        others = [hit for hit in page.hits if hit.number != day.examined.fields.get("publication_number")]
        if others:
            best = others[0]
            day.query, day.hit = query, best
            return _("“{query}”: {total} hits, best {office} {number} {kind} {title}").format(
                query=query, total=page.total, office=best.office, number=best.number, kind=best.kind_code,
                title=best.title,
            )  # fmt: skip
    return _("nothing found in this collection; that is not novelty")


def _translate(day: Day) -> str:
    claims = demochoice.french_claims(day.office.path, COLLECTION, day.files, day.hit)
    done = translating.translate(claims, source="fr", target="en", folder=day.office.path)
    flagged = sum(1 for segment in done.segments if segment.flags)
    target = day.folder / "print" / "claims-fr-en.txt"
    target.write_text(
        _("Machine translation, for information.") + "\n\n" + done.text + "\n", encoding="utf-8"
    )
    return _("{n} segments of a French claim set, {flagged} flagged for a look").format(
        n=len(done.segments), flagged=flagged
    )


def _cite(day: Day) -> str:
    assert day.examined is not None
    if day.hit is None:
        return _("no hit to cite")
    fields = {
        "office": day.hit.office, "number": day.hit.number, "kind_code": day.hit.kind_code, "category": "X",
        "claims": "1", "title": day.hit.title, "record": day.hit.id, "passages": _("abstract"),
    }  # fmt: skip
    if not _allows(day.office, day.examined, "citation"):
        return _("the law does not allow a citation on this case")
    day.examined = cases.record(day.office, day.examined.id, "citation", fields=fields).case
    return _("{office} {number} cited with category X against claim 1 of {case}").format(
        office=day.hit.office, number=day.hit.number, case=day.examined.number
    )


def _object(day: Day) -> str:
    assert day.examined is not None
    if not _allows(day.office, day.examined, "objection"):
        return _("the law does not allow an objection on this case")
    fields = {
        "provision": day.files.provision,
        "claims": "1",
        "text": _("The subject-matter of claim 1 is disclosed by the document cited in category X."),
    }
    day.examined = cases.record(day.office, day.examined.id, "objection", fields=fields).case
    return _("objection under {provision} on {case}").format(
        provision=day.files.provision, case=day.examined.number
    )


def _issue(day: Day) -> str:
    assert day.examined is not None
    served = {t.id for t in letters.templates(day.office) if day.examined.right in t.rights}
    for template in ("objection", "filing-receipt"):
        if template not in served:
            continue
        issued = letters.issue(day.office, day.examined.id, template, languages=("en", "fr"))
        day.issued.append(issued)
        (day.folder / "letters" / f"{_file_name(issued.number)}.pdf").write_bytes(issued.pdf)
    last = [d.opens_limit.last_day.isoformat() for d in day.issued if d.opens_limit]
    return _("{numbers} in English and French{limit}").format(
        numbers=", ".join(d.number for d in day.issued),
        limit=_(", reply by {day}").format(day=last[0]) if last else "",
    )


def _file_name(number: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in number)


def _print(day: Day) -> str:
    run = posting.print_run(day.office, [d.letter for d in day.issued])
    (day.folder / "print" / "run.pdf").write_bytes(run.pdf)
    label = posting.label(day.office, day.issued[0].letter)
    (day.folder / "print" / "label.pdf").write_bytes(label)
    copy = posting.reprint(day.office, day.issued[0].letter, _("for the file"))
    (day.folder / "print" / "copy.pdf").write_bytes(copy)
    return _("{n} letters on {sheets} sheets, an address label, a stamped copy").format(
        n=len(day.issued), sheets=run.sheets
    )


def _decide(day: Day) -> str:
    assert day.examined is not None
    names = {rule.id: rule for rule in cases.allowed(day.office, day.examined.id)}
    for event in ("refusal", "grant", "registration"):
        if event in names:
            fields = {
                name: _("The objection stands; the applicant did not reply in substance.")
                for name in names[event].required
            }
            decided = cases.record(day.office, day.examined.id, event, fields=fields).case
            day.examined = decided
            return _("{case} is now: {status}").format(case=decided.number, status=decided.status.name)
    return _("{case} stays: {status}").format(case=day.examined.number, status=day.examined.status.name)


def _join(day: Day) -> str:
    stick, invitation = day.folder / "stick", day.folder / "stick" / "invitation.json"
    stations.invite(day.office, invitation)
    joined = stations.join(invitation, day.folder / "station-2", officer="R. Solano")
    stations.accept(day.office, Path(joined.answer))
    first = syncing.sync(day.office, str(stick))
    day.second = offices.open_office(day.folder / "station-2", today=day.office.today)
    there = syncing.sync(day.second, str(stick))
    back = syncing.sync(day.office, str(stick))
    syncing.sync(day.second, str(stick))
    return _(
        "{wrote} files and {size:,} bytes onto the stick, {applied} operations read by R. Solano, back {back}"
    ).format(wrote=first.wrote, size=first.bytes, applied=there.applied, back=back.applied)


def _verify(day: Day) -> str:
    assert day.second is not None
    for office in (day.office, day.second):
        found = offices.verify(office)
        if not found.ok:
            raise OfficeError(
                _("A station of the sample office is not whole: {why}").format(why=found.problems[0])
            )
    same = day.office.store.digest() == day.second.store.digest()
    if not same:
        raise OfficeError(_("The two stations hold different registers."), _("Synchronise both once more."))
    return _("both stations whole, one digest {digest}").format(digest=day.office.store.digest()[:16])


STEPS: tuple[tuple[str, Callable[[Day], str]], ...] = (
    ("Take in applications", _take_in),
    ("Check formalities and limits", _check),
    ("Build a collection", _collect),
    ("Search for prior art", _search),
    ("Translate a French claim set", _translate),
    ("Cite the best hit", _cite),
    ("Record an objection", _object),
    ("Issue letters in two languages", _issue),
    ("Print", _print),
    ("Record the decision", _decide),
    ("Bring in a second station by stick", _join),
    ("Verify both stations", _verify),
)
