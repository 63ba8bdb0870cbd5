"""`ipx1/office.json`: whose exchange folder this is. Signed by the office's root; nothing in it is secret."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.errors import _
from app.seal import Identity, NotGenuine, check_signature
from app.sync import frames

FORMAT = 1
FILE_MAX = 64 * 1024


@dataclass(frozen=True, slots=True)
class Card:
    """An office's id and the public key of its root (Ed25519, 32 bytes)."""

    office: str
    root: bytes


def write(card: Card, root: Identity) -> bytes:
    """The file, signed."""
    content = {"format": FORMAT, "reader": FORMAT, "office": card.office, "root": card.root.hex()}
    signature = root.sign(b"marula card" + frames.canonical(content))
    return json.dumps({"card": content, "signature": signature.hex()}, indent=1).encode() + b"\n"


def read(data: bytes) -> Card:
    """The card in a file whose signature fits its own root key. Raises NotGenuine."""
    try:
        whole = json.loads(data)
        content = whole["card"]
        root, office, reader = bytes.fromhex(content["root"]), content["office"], content["reader"]
        check_signature(root, b"marula card" + frames.canonical(content), bytes.fromhex(whole["signature"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise NotGenuine(_("it does not read as the card of an office")) from trouble
    if not frames.is_hex(office, 32) or reader != FORMAT:
        raise NotGenuine(_("it is the card of a newer program, or of none"))
    return Card(office, root)
