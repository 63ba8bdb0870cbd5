"""The outer form of every sealed or signed file in the exchange folder.

```
magic (4) | length of the header (4, big-endian) | header, JSON with sorted keys | body | signature (64)
```
The signature is Ed25519 over everything before it; the magic is part of it, so that a signature made
for one kind of file fits no other. A sealed body is `nonce (24) | ciphertext`, bound to `magic | length
| header`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.errors import _
from app.seal import SIGNATURE_BYTES, Identity, NotGenuine, check_signature

SEGMENT, KEYBOX, HEAD = b"IPX1", b"IPXK", b"IPXH"
HEADER_MAX = 256 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """A file taken apart; nothing in it is proven yet.

    header   the JSON object in front      bound   `magic | length | header`, the AEAD's bound bytes
    body     what lies between header and signature
    """

    header: dict[str, Any]
    bound: bytes
    body: bytes
    signature: bytes

    def check(self, public: bytes) -> None:
        """Raises NotGenuine unless `public` signed this file."""
        check_signature(public, self.bound + self.body, self.signature)


def canonical(content: dict[str, Any]) -> bytes:
    """JSON with sorted keys and no blanks."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def front(magic: bytes, header: dict[str, Any]) -> bytes:
    """`magic | length | header`."""
    content = canonical(header)
    return magic + len(content).to_bytes(4, "big") + content


def signed(bound: bytes, body: bytes, signer: Identity) -> bytes:
    """The whole file."""
    return bound + body + signer.sign(bound + body)


def parse(magic: bytes, data: bytes) -> Frame:
    """Take a file apart. Raises NotGenuine when it is not of this form."""
    if data[:4] != magic:
        raise NotGenuine(_("it does not begin as such a file does"))
    length = int.from_bytes(data[4:8], "big")
    end = 8 + length
    if length > HEADER_MAX or len(data) < end + SIGNATURE_BYTES:
        raise NotGenuine(_("it is shorter than it says"))
    try:
        header = json.loads(data[8:end])
    except (ValueError, RecursionError) as trouble:
        raise NotGenuine(_("its header cannot be read")) from trouble
    if not isinstance(header, dict):
        raise NotGenuine(_("its header cannot be read"))
    return Frame(header, data[:end], data[end:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:])


def is_hex(value: object, digits: int) -> bool:
    """Whether a header's value is lower-case hexadecimal of this length."""
    return isinstance(value, str) and len(value) == digits and not set(value) - set("0123456789abcdef")


def is_count(value: object, least: int = 0) -> bool:
    """Whether a header's value is a whole number from `least` on."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 1 << 62
