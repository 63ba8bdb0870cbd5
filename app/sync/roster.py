"""Who belongs to the office, and the keys handed to them: the files in `keys/`.

```
IPXK | length of the header (4) | header JSON | nonce (24) | ciphertext | signature (64)
```
header   `format`, `office`, `serial` (rises with every change), `epoch` (newest key), `boxes`: for every
         station in office a box, sealed to its X25519 key, holding the keys of all epochs and the office key
inside   zstd of JSON: the stations with keys, officer, role, and where a removed one was cut

Signed by the office's root. Names of people lie inside the seal, so that a lost stick tells none. Each
file stands alone: the newest serial is all a station needs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import _
from app.seal import Identity, NotGenuine, box_to, new_key, pack, seal, subkey, unpack, unseal
from app.sync import frames

FORMAT = 1
FILE_MAX = 1 << 20
REGISTRAR, EXAMINER = "registrar", "examiner"
ROLES = (REGISTRAR, EXAMINER)


class NotForUs(Exception):
    """The keys are genuine but none of them is for this station."""


@dataclass(frozen=True, slots=True)
class Member:
    """A station of the office.

    station        32 hex digits, the head of its signing key
    sign, box      public keys (Ed25519, X25519), 32 bytes
    cut            None while it is in office; else incarnation -> last segment counter that counts
    """

    station: str
    sign: bytes
    box: bytes
    officer: str
    role: str
    cut: Mapping[str, int] | None = None

    def allows(self, incarnation: str, n: int) -> bool:
        """Whether segment `n` was written while the station was in office."""
        return self.cut is None or n <= self.cut.get(incarnation, 0)

    def as_json(self) -> dict[str, Any]:
        """Its object in the roster."""
        return {
            "station": self.station, "sign": self.sign.hex(), "box": self.box.hex(),
            "officer": self.officer, "role": self.role, "cut": None if self.cut is None else dict(self.cut),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roster:
    """The stations, the keys of all epochs (epoch -> 32 bytes), and the office key."""

    office: str
    serial: int
    members: Mapping[str, Member]
    epochs: Mapping[int, bytes]
    office_key: bytes
    boxes: frozenset[str] = field(default_factory=frozenset)

    @property
    def epoch(self) -> int:
        """The newest epoch: what is sealed now is sealed under its key."""
        return max(self.epochs)

    def name_of(self, station: str) -> str:
        """The officer of a station; the head of its id where it is not known."""
        member = self.members.get(station)
        return member.officer if member else station[:8]

    def with_member(self, member: Member) -> Roster:
        """The next roster, with one more station (or one whose officer or role changed)."""
        return replace(self, serial=self.serial + 1, members={**self.members, member.station: member})

    def without(self, station: str, cut: Mapping[str, int]) -> Roster:
        """The next roster: a station removed after `cut`, and a new epoch whose key it does not get."""
        gone = replace(self.members[station], cut=dict(cut))
        epochs = {**self.epochs, self.epoch + 1: new_key()}
        return replace(self, serial=self.serial + 1, members={**self.members, station: gone}, epochs=epochs)


def found(office: str, first: Member, office_key: bytes) -> Roster:
    """The roster an office starts with."""
    return Roster(office, 1, {first.station: first}, {1: new_key()}, office_key)


def write(roster: Roster, root: Identity) -> bytes:
    """The file of a roster, signed by the office's root."""
    keys = frames.canonical({
        "epochs": {str(epoch): key.hex() for epoch, key in roster.epochs.items()},
        "office": roster.office_key.hex(),
    })  # fmt: skip
    header = {
        "format": FORMAT, "office": roster.office, "serial": roster.serial, "epoch": roster.epoch,
        "boxes": {m.station: box_to(m.box, keys).hex() for m in roster.members.values() if m.cut is None},
    }  # fmt: skip
    bound = frames.front(frames.KEYBOX, header)
    inside = pack(frames.canonical({"stations": [m.as_json() for m in roster.members.values()]}))
    inside = len(inside).to_bytes(4, "big") + inside
    inside += bytes(-len(inside) % 1024)
    return frames.signed(bound, seal(subkey(roster.epochs[roster.epoch], "roster"), inside, bound), root)


def peek(data: bytes, office: str, root: bytes) -> tuple[int, int]:
    """(serial, epoch) of a genuine file of this office. Raises NotGenuine."""
    frame = frames.parse(frames.KEYBOX, data)
    frame.check(root)
    header = frame.header
    if header.get("office") != office or header.get("format") != FORMAT:
        raise NotGenuine(_("it belongs to another office or to a newer program"))
    if not (frames.is_count(header.get("serial"), 1) and frames.is_count(header.get("epoch"), 1)):
        raise NotGenuine(_("its header cannot be read"))
    return header["serial"], header["epoch"]


def read(data: bytes, office: str, root: bytes, station: str, identity: Identity) -> Roster:
    """The roster in a genuine file. Raises NotGenuine, or NotForUs when no box is for this station."""
    serial, epoch = peek(data, office, root)
    frame = frames.parse(frames.KEYBOX, data)
    boxes = frame.header.get("boxes")
    if not isinstance(boxes, dict):
        raise NotGenuine(_("its header cannot be read"))
    if station not in boxes:
        raise NotForUs
    try:
        keys = json.loads(identity.open_box(bytes.fromhex(boxes[station])))
        epochs = {int(number): bytes.fromhex(key) for number, key in keys["epochs"].items()}
        inside = unseal(subkey(epochs[epoch], "roster"), frame.body, frame.bound)
        packed = inside[4 : 4 + int.from_bytes(inside[:4], "big")]
        members = [_member(one) for one in json.loads(unpack(packed, FILE_MAX))["stations"]]
        office_key = bytes.fromhex(keys["office"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise NotGenuine(_("what it holds cannot be read")) from trouble
    return Roster(office, serial, {m.station: m for m in members}, epochs, office_key, frozenset(boxes))


def _member(content: dict[str, Any]) -> Member:
    sign, cut = bytes.fromhex(content["sign"]), content["cut"]
    if content["station"] != station_id(sign):
        raise ValueError("a station's id is not that of its key")
    return Member(
        content["station"], sign, bytes.fromhex(content["box"]), str(content["officer"]),
        str(content["role"]), None if cut is None else {str(i): int(n) for i, n in cut.items()},
    )  # fmt: skip


def station_id(sign: bytes) -> str:
    """A station's id: the first 32 hex digits of its signing key."""
    return sign.hex()[:32]
