"""The stations of the office: invite, join, accept, list, remove."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.changes import Changes
from app.errors import FileRefused, OfficeError, RuleRefused, UsageError, _
from app.services import leases, syncing
from app.services.offices import Office, officer_name
from app.storage.office import Founding, OfficeStore
from app.storage.segments import Shelf
from app.sync import enrolment, keys, papers, roster

INVITATIONS = "sync-invitations"


@dataclass(frozen=True, slots=True)
class Invited:
    """Where the invitation was written, and the store it names."""

    file: str
    office: str
    store: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The new station: its folder, id and officer, the file to bring to the office, the words to compare."""

    folder: str
    office: str
    station: str
    officer: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks to be accepted. `words` must be those the other side shows."""

    station: str
    officer: str
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The station is on the list; the next exchange of both sides completes it."""

    station: str
    officer: str
    role: str
    words: str
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Station:
    """One station. `state`: active, removed, or waiting (this one, not accepted yet)."""

    id: str
    officer: str
    role: str
    state: str
    here: bool
    operations: int


def invite(office: Office, out: Path, *, store: str = "") -> Invited:
    """Write an invitation for one new station. It holds no secret.

    store   address of the exchange folder; else that of this station's own settings
    """
    ring, _roster = _founder(office)
    nonce = secrets.token_bytes(16)
    address = store or syncing.schedule(office).store
    if not address.isprintable():
        raise UsageError(
            _("The store's address holds a character that cannot be written down. Nothing was made."),
            _("Give the address of a folder or a URL in plain characters."),
        )
    invitation = enrolment.Invitation(ring.card_file, nonce, address)
    papers.write(out, invitation.write(ring.founder))
    open_ones = _invitations(office)
    open_ones[nonce.hex()] = ""
    office.store.private.set(INVITATIONS, json.dumps(open_ones).encode())
    return Invited(str(out), office.store.office_id, address)


def join(file: Path, folder: Path, officer: str | None = None, secret: bytes | None = None) -> Joined:
    """Make the folder of a new station from an invitation, and write `FILE.answer` beside it.

    secret   passphrase: this station's copy of the office is encrypted from its first byte
    """
    invitation = enrolment.read_invitation(papers.read(file), str(file))
    answer_file = file.with_name(file.name + ".answer")
    if answer_file.exists():
        raise FileRefused(
            _("{file} exists already: this invitation was answered. Nothing was made.").format(
                file=answer_file
            ),
            _("Ask the office for an invitation for each station."),
        )
    office_id = invitation.card.office
    founding = Founding(officer=officer_name(officer), secret=secret, office_id=office_id)
    store = OfficeStore.create(folder, founding)
    try:
        answer = enrolment.Answer(
            office_id,
            invitation.nonce,
            store.identity.sign_public,
            store.identity.box_public,
            store.officer,
            store.incarnation,
        )
        kept = {keys.CARD: invitation.card_file}
        if invitation.store:
            wanted = syncing.Schedule(store=invitation.store)
            kept[syncing.SETTINGS] = syncing.as_bytes(wanted)
        Shelf(store).keep_private(kept)
        papers.write(answer_file, answer.write(store.identity))
        return Joined(str(folder), office_id, store.station, store.officer, str(answer_file), answer.words)
    except OfficeError:
        store.close()
        from app.storage import backups

        backups.remove(folder)
        raise
    finally:
        store.close()


def _compared(applicant: Applicant) -> bool:
    """The caller has compared the words."""
    return bool(applicant.words)


def accept(
    office: Office,
    file: Path | str,
    *,
    agree: Callable[[Applicant], bool] = _compared,
    role: str = roster.EXAMINER,
) -> Accepted:
    """Put a new station on the office's list and seal the keys to it.

    agree   asked with the words to compare; False leaves everything as it was. Without it the caller has
            compared them
    role    `examiner` may enter, edit, note and decide on cases; `registrar` may also give out numbers
    Safe to repeat with the same answer.
    """
    if role not in roster.ROLES:
        raise UsageError(
            _("“{role}” is not a role of a station.").format(role=role),
            _("Use one of: {roles}.").format(roles=", ".join(roster.ROLES)),
        )
    ring, known = _founder(office)
    answer, asking = _applicant(office, file, known, role)
    if answer.station not in known.members:
        if not agree(asking):
            raise RuleRefused(
                _("The words were not confirmed. The station was not added."),
                _("Compare them with the other side, aloud; then accept again."),
            )
        keys.publish(office.store, ring, known.with_member(answer.member(role)))
    open_ones = _invitations(office)
    open_ones[answer.nonce.hex()] = answer.station
    office.store.private.set(INVITATIONS, json.dumps(open_ones).encode())
    changes = _note_joined(office, answer, asking.role)
    return Accepted(asking.station, asking.officer, asking.role, asking.words, changes)


def applicant(office: Office, file: Path | str) -> Applicant:
    """Who asks in an answer, and the words to compare aloud; nothing is changed."""
    _ring, known = _founder(office)
    return _applicant(office, file, known, roster.EXAMINER)[1]


def _applicant(
    office: Office, file: Path | str, known: roster.Roster, role: str
) -> tuple[enrolment.Answer, Applicant]:
    """The answer in a file and who asks; refused when it answers nothing of ours, or a removed one asks."""
    answer = enrolment.read_answer(papers.read(Path(file)), str(file))
    _check_answer(office, answer)
    member = known.members.get(answer.station)
    if member and member.cut is not None:
        raise RuleRefused(
            _("{name}'s station was removed from the office. Nothing was changed.").format(
                name=member.officer
            ),
            _("Let it join anew, in a new folder."),
        )
    held = member.role if member else role
    return answer, Applicant(answer.station, answer.officer, held, answer.words)


def _check_answer(office: Office, answer: enrolment.Answer) -> None:
    open_ones = _invitations(office)
    used = open_ones.get(answer.nonce.hex())
    if answer.office != office.store.office_id or used is None:
        raise FileRefused(
            _("This answers no invitation of this office. Nobody was added."),
            _("Invite the station, and let it answer that invitation."),
            command="station invite",
        )
    if used not in ("", answer.station):
        raise FileRefused(
            _("This invitation was already answered by another station. Nobody was added."),
            _("Invite once for each station."),
        )


def _note_joined(office: Office, answer: enrolment.Answer, role: str) -> Changes:
    """Write into the log that the station belongs to the office, and give it its first numbers; once."""
    entity = f"officer:{answer.station}"
    if any(fact.f == "joined" for fact in office.store.office_history().events(entity)):
        return Changes()
    with office.store.act() as act:
        act.event(entity, "joined", {"name": answer.officer, "role": role})
    granted = leases.grant(office, answer.station, answer.incarnation)
    return act.changes | granted | Changes(frozenset({"station"}))


def listed(office: Office) -> tuple[Station, ...]:
    """The stations as this one knows them; itself alone, waiting, before it was accepted."""
    from app.storage import checking

    store, ring = office.store, keys.load(office.store)
    written = {station: count for station, _officer, count in checking.stations(store)}
    if ring.roster is None:
        own = written.get(store.station, 0)
        return (Station(store.station, store.officer, "", "waiting", here=True, operations=own),)
    return tuple(
        Station(
            m.station, m.officer, m.role, "active" if m.cut is None else "removed",
            here=m.station == store.station, operations=written.get(m.station, 0),
        )
        for m in ring.roster.members.values()
    )  # fmt: skip


def revoke(office: Office, station: str, *, reason: str = "") -> Station:
    """Take a station off the list. What it wrote up to what is known here stays; what it writes later is
    set aside everywhere; a new key is used from now on. What it has read, it has read.

    station   its id, or enough of its beginning to tell it from the others
    """
    ring, known_roster = _founder(office)
    member = _one(known_roster, station)
    if member.station == office.store.station:
        raise RuleRefused(
            _("This is the registrar's own station. Nothing was changed."),
            _("Name another one of the office's stations."),
            command="station list",
        )
    if member.cut is None:
        cut: dict[str, int] = {}
        for kept in Shelf(office.store).known().values():
            if kept.writer == member.station:
                cut[kept.incarnation] = max(kept.n, cut.get(kept.incarnation, 0))
        keys.publish(office.store, ring, known_roster.without(member.station, cut))
    with office.store.act(authority=reason) as act:
        act.event(f"officer:{member.station}", "removed", {"name": member.officer})
    return next(one for one in listed(office) if one.id == member.station)


def _one(known: roster.Roster, station: str) -> roster.Member:
    found = [m for m in known.members.values() if station and m.station.startswith(station.lower())]
    if len(found) != 1:
        told = _("No station of this office begins with “{id}”. Nothing was changed.")
        if found:
            told = _("More than one station begins with “{id}”. Nothing was changed.")
        raise RuleRefused(
            told.format(id=station), _("The list of stations shows their ids."), command="station list"
        )
    return found[0]


def _founder(office: Office) -> tuple[keys.Keyring, roster.Roster]:
    """The keys (with the office's root) and its list of stations; refused where the office was not made."""
    ring = keys.load(office.store)
    if ring.root is None or ring.roster is None:
        raise RuleRefused(
            _("Only the station where the office was made invites, accepts and removes stations."),
            _("Do it there."),
        )
    return ring, ring.roster


def _invitations(office: Office) -> dict[str, str]:
    """Nonces of invitations: "" while open, else the station that answered."""
    kept = office.store.private.get(INVITATIONS)
    return dict(json.loads(kept)) if kept else {}
