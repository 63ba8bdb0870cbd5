"""Is this file a segment of our office, and may it be applied? Decided by its content alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import _
from app.seal import NotGenuine
from app.sync import frames, roles, segments
from app.sync.roster import Member, Roster
from app.sync.segments import Segment


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands: all that is known of one that cannot be read yet."""

    writer: str
    incarnation: str
    n: int


class NotYet(Exception):
    """It cannot be judged to its end today. `proven`: its writer's signature fits, so it is kept and
    handed on; else it stays in the store and is read again."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place

    @property
    def proven(self) -> bool:
        """Whether it is worth keeping."""
        return self.place is not None


def judge(data: bytes, roster: Roster) -> Segment:
    """The segment in a file. Raises NotGenuine with the reason, or NotYet."""
    if len(data) > segments.FILE_MAX:
        raise NotGenuine(_("it is larger than a segment may be"))
    frame = frames.parse(frames.SEGMENT, data)
    place = _place(frame.header, roster.office)
    member = roster.members.get(place.writer)
    if member is None:
        raise NotYet(
            _("a segment of a station that is not on the office's list ({station}…)").format(
                station=place.writer[:8]
            )
        )
    frame.check(member.sign)
    refuse_after_cut(member, place.incarnation, place.n)
    try:
        _frame, header = segments.peek(data)
    except segments.TooNew as trouble:
        raise NotYet(
            _("segment {n} of {name} was written by a newer program").format(n=place.n, name=member.officer),
            place,
        ) from trouble
    key = roster.epochs.get(header.epoch)
    if key is None:
        raise NotYet(_("the key for segment {n} of {name}").format(n=place.n, name=member.officer), place)
    found = segments.read(data, member.sign, key)
    for _raw, operation in found.operations:
        if why := roles.forbidden(member.role, operation):
            raise NotGenuine(why)
    return found


def refuse_after_cut(member: Member, incarnation: str, n: int) -> None:
    """Raises NotGenuine for what a removed station wrote after it was removed."""
    if not member.allows(incarnation, n):
        raise NotGenuine(
            _("{name}'s station was removed before this was written").format(name=member.officer)
        )


def _place(header: dict[str, object], office: str) -> Place:
    writer, incarnation, n = header.get("writer"), header.get("incarnation"), header.get("n")
    if header.get("office") != office:
        raise NotGenuine(_("it belongs to another office"))
    fits = frames.is_hex(writer, 32) and frames.is_hex(incarnation, 16) and frames.is_count(n, 1)
    if not fits or not isinstance(n, int):
        raise NotGenuine(_("its header cannot be read"))
    return Place(str(writer), str(incarnation), n)
