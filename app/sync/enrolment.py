"""Joining an office: an invitation goes out, an answer comes back, and two people compare short words.

Both are JSON files that may travel on a stick or by mail. The invitation holds the office's id, its
root public key, a nonce and the store's address, signed by the root; the answer the new station's public
keys and its officer's name over the same nonce, signed by the station. Neither holds a secret. Whoever
changes the answer on its way changes the words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.errors import FileRefused, _
from app.seal import Derivation, Identity, NotGenuine, check_signature
from app.sync import card, frames
from app.sync.roster import EXAMINER, Member, station_id

FORMAT = 1
FILE_MAX = 64 * 1024
_INVITATION, _ANSWER = "marula-invitation", "marula-answer"
_FIRST, _SECOND = "bdfghjklmnprstvz", "aiou"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a new station must know. `nonce` 16 bytes, `store` the address of the exchange folder, or ""."""

    card_file: bytes
    nonce: bytes
    store: str

    @property
    def card(self) -> card.Card:
        """The office's id and root key."""
        return card.read(self.card_file)

    def write(self, root: Identity) -> bytes:
        """The file."""
        content = {
            "kind": _INVITATION, "format": FORMAT, "card": self.card_file.decode(),
            "nonce": self.nonce.hex(), "store": self.store,
        }  # fmt: skip
        return _signed(content, root)


@dataclass(frozen=True, slots=True)
class Answer:
    """A new station's public keys and officer, over an invitation's nonce."""

    office: str
    nonce: bytes
    sign: bytes
    box: bytes
    officer: str
    incarnation: str

    @property
    def station(self) -> str:
        """The new station's id."""
        return station_id(self.sign)

    @property
    def words(self) -> str:
        """Four short words that both sides read aloud: 64 bits of a slow hash (Argon2id, 64 MiB) of
        everything in the answer, so that no other keys can be found that give the same words."""
        slow = Derivation(self.nonce).key(frames.canonical(self._content()))
        return "-".join(_word(slow[at : at + 2]) for at in range(0, 8, 2))

    def member(self, role: str = EXAMINER) -> Member:
        """The station as it enters the roster."""
        return Member(self.station, self.sign, self.box, self.officer, role)

    def _content(self) -> dict[str, Any]:
        return {
            "kind": _ANSWER, "format": FORMAT, "office": self.office, "nonce": self.nonce.hex(),
            "sign": self.sign.hex(), "box": self.box.hex(), "officer": self.officer,
            "incarnation": self.incarnation,
        }  # fmt: skip

    def write(self, station: Identity) -> bytes:
        """The file."""
        return _signed(self._content(), station)


def read_invitation(data: bytes, name: str) -> Invitation:
    """The invitation in a file. Refused when it is none, or was changed. `name`: for the message."""
    try:
        content, signature = _parts(data, _INVITATION)
        found = Invitation(content["card"].encode(), bytes.fromhex(content["nonce"]), str(content["store"]))
        check_signature(found.card.root, frames.canonical(content), signature)
        if len(found.nonce) != 16:
            raise ValueError("the nonce has not its length")
    except (NotGenuine, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise FileRefused(
            _(
                "{file} is not an invitation to an office, or was changed on its way. Nothing was made."
            ).format(file=name),
            _("Ask the office for a new one."),
            command="station invite",
        ) from trouble
    return found


def read_answer(data: bytes, name: str) -> Answer:
    """The answer in a file. Refused when it is none, or was changed."""
    try:
        content, signature = _parts(data, _ANSWER)
        found = Answer(
            str(content["office"]), bytes.fromhex(content["nonce"]), bytes.fromhex(content["sign"]),
            bytes.fromhex(content["box"]), str(content["officer"]), str(content["incarnation"]),
        )  # fmt: skip
        check_signature(found.sign, frames.canonical(content), signature)
        if (len(found.nonce), len(found.box)) != (16, 32) or not frames.is_hex(found.incarnation, 16):
            raise ValueError("a key has not its length")
    except (NotGenuine, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise FileRefused(
            _(
                "{file} is not the answer of a new station, or was changed on its way. Nobody was added."
            ).format(file=name),
            _("Ask for the .answer file that the new station wrote when it joined."),
            command="station join FILE DIR",
        ) from trouble
    return found


def _signed(content: dict[str, Any], signer: Identity) -> bytes:
    whole = {"content": content, "signature": signer.sign(frames.canonical(content)).hex()}
    return json.dumps(whole, indent=1, ensure_ascii=False).encode() + b"\n"


def _parts(data: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    if len(data) > FILE_MAX:
        raise ValueError("longer than such a file is")
    whole = json.loads(data)
    content = whole["content"]
    if content["kind"] != kind or content["format"] != FORMAT:
        raise ValueError("another kind of file")
    return content, bytes.fromhex(whole["signature"])


def _word(two: bytes) -> str:
    """Sixteen bits as five letters that can be said in any language: consonant, vowel, consonant, …"""
    bits = int.from_bytes(two, "big")
    return "".join(
        alphabet[bits >> shift & (len(alphabet) - 1)]
        for alphabet, shift in ((_FIRST, 12), (_SECOND, 10), (_FIRST, 6), (_SECOND, 4), (_FIRST, 0))
    )
