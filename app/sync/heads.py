"""`h/`: "I hold these segments", signed by a station.

```
IPXH | length of the header (4) | header JSON | signature (64)
```
`heads` names the ends of all chains the station has applied, `[[writer, incarnation, n, sha256], …]`:
an acknowledgement, and later evidence that a store was set back. `missing` and `damaged` name the
documents and files it could not read here, so that a holder looks at them again and puts them back.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import _
from app.seal import Identity, NotGenuine
from app.sync import frames
from app.sync.segments import Dep

FORMAT = 1
FILE_MAX = frames.HEADER_MAX + 128
LISTED = 500


@dataclass(frozen=True, slots=True)
class Heads:
    """What a station said it holds and lacks. `n` counts its own statements, from 1."""

    office: str
    writer: str
    n: int
    heads: tuple[Dep, ...]
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    def says(self) -> tuple[object, ...]:
        """What is compared to see whether there is anything new to say."""
        return (self.heads, self.missing, self.damaged)


def write(said: Heads, signer: Identity) -> bytes:
    """The file."""
    header = {
        "format": FORMAT, "office": said.office, "writer": said.writer, "n": said.n,
        "heads": [[d.writer, d.incarnation, d.n, d.sha256] for d in said.heads],
        "missing": list(said.missing[:LISTED]), "damaged": list(said.damaged[:LISTED]),
    }  # fmt: skip
    return frames.signed(frames.front(frames.HEAD, header), b"", signer)


def writer_of(data: bytes) -> str:
    """The station that claims to have written it. Raises NotGenuine."""
    return str(frames.parse(frames.HEAD, data).header.get("writer", ""))


def read(data: bytes, office: str, public: bytes) -> Heads:
    """What is said, proven. Raises NotGenuine."""
    frame = frames.parse(frames.HEAD, data)
    frame.check(public)
    header = frame.header
    try:
        said = Heads(
            header["office"], header["writer"], int(header["n"]),
            tuple(Dep(str(w), str(i), int(n), str(sha)) for w, i, n, sha in header["heads"]),
            tuple(str(blob) for blob in header["missing"]), tuple(str(sha) for sha in header["damaged"]),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError) as trouble:
        raise NotGenuine(_("its header cannot be read")) from trouble
    if said.office != office or header.get("format") != FORMAT or frame.body:
        raise NotGenuine(_("it belongs to another office or to a newer program"))
    return said
