"""What a pack says of itself, and what we wrote down when it was installed.

`marula-pack.json` in an installed pack names every file with size and SHA-256, so that a half-copied
folder is seen and a changed one found. In a pack's file it stands beside the content, may be signed
(Ed25519 over the canonical bytes without the signature), and must then name every other member.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.errors import FileRefused, _
from app.seal import Identity, NotGenuine, check_signature

NAME = "marula-pack.json"
_BYTES = 4 << 20
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_+-]|[.](?=[A-Za-z0-9_+-])){0,60}")
_HEX = re.compile(r"[0-9a-f]{64}")


class Kind(StrEnum):
    """What packs carry."""

    LANGUAGE = "language"
    LAW = "law"
    TOOL = "tool"
    CODE = "code"
    COLLECTION = "collection"
    OCR = "ocr"
    SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A pack.

    files      path -> (bytes, SHA-256) of every file but the manifest itself
    sha256     of the file it was installed from; "" before that
    publisher  Ed25519 public key, 64 hex digits; "" where the pack is not signed
    signature  128 hex digits
    """

    kind: Kind
    name: str
    version: str
    title: str = ""
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    sha256: str = ""
    publisher: str = ""
    signature: str = ""

    @property
    def folder(self) -> str:
        """`NAME-VERSION`: where the pack lies below its kind."""
        return f"{self.name}-{self.version}"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for size, _sha256 in self.files.values())

    @property
    def signed_by(self) -> str:
        """The publisher's key in short, as it is read out on the telephone; "" where unsigned."""
        return " ".join(self.publisher[at : at + 4] for at in range(0, 16, 4)).strip()

    def as_json(self) -> dict[str, Any]:
        """Everything, as it is written to the disk."""
        return {**self._signed_part(), "sha256": self.sha256, "signature": self.signature}

    def _signed_part(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind), "name": self.name, "version": self.version, "title": self.title,
            "publisher": self.publisher,
            "files": {path: list(facts) for path, facts in sorted(self.files.items())},
        }  # fmt: skip

    def signed_with(self, identity: Identity) -> Manifest:
        """The same, signed."""
        named = replace(self, publisher=identity.sign_public.hex(), signature="")
        return replace(named, signature=identity.sign(named._message()).hex())

    def check_signature(self) -> None:
        """Raises FileRefused where there is a signature and it does not fit."""
        if not self.publisher and not self.signature:
            return
        try:
            check_signature(bytes.fromhex(self.publisher), self._message(), bytes.fromhex(self.signature))
        except (NotGenuine, ValueError) as trouble:
            raise FileRefused(
                _("The signature of the pack “{name}” does not fit: it was changed after signing.").format(
                    name=self.name
                ),
                _("Ask its publisher for the file again."),
            ) from trouble

    def _message(self) -> bytes:
        return json.dumps(
            self._signed_part(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()

    def write(self, folder: Path) -> Path:
        """Write into `folder`; the path of the file."""
        path = folder / NAME
        path.write_bytes(json_of(self))
        return path


def json_of(manifest: Manifest) -> bytes:
    """The bytes of `marula-pack.json`."""
    return (json.dumps(manifest.as_json(), indent=1, ensure_ascii=False) + "\n").encode()


def read(folder: Path) -> Manifest:
    """The manifest in `folder`. Raises FileRefused where it is missing or makes no sense."""
    try:
        with (folder / NAME).open("rb") as file:
            raw = file.read(_BYTES + 1)
    except OSError as trouble:
        raise FileRefused(
            _(
                "The pack in “{name}” was copied only in part, or by hand: its list of files is missing."
            ).format(name=folder.name),
            _("Remove the folder and install the pack from its file."),
            command="pack install FILE",
        ) from trouble
    return parse(raw, folder.name)


def parse(raw: bytes, where: str) -> Manifest:
    """The manifest in `raw`. Raises FileRefused."""
    try:
        if len(raw) > _BYTES:
            raise ValueError("too large")
        given = json.loads(raw.decode("utf-8"))
        files = {str(path): _facts(facts) for path, facts in given["files"].items()}
        manifest = Manifest(
            Kind(given["kind"]), given["name"], given["version"], str(given.get("title") or "")[:200],
            files, str(given.get("sha256") or ""), str(given.get("publisher") or ""),
            str(given.get("signature") or ""),
        )  # fmt: skip
        check_plain(manifest.name, manifest.version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise FileRefused(
            _("The list of files of the pack in “{name}” makes no sense.").format(name=where),
            _("Remove the folder and install the pack from its file."),
            command="pack install FILE",
        ) from trouble
    return manifest


def check_plain(*names: object) -> None:
    """Names and versions become folder names. Raises ValueError for anything but plain ASCII words."""
    for name in names:
        if not isinstance(name, str) or not _PLAIN.fullmatch(name):
            raise ValueError(f"not a plain name: {name!r}")


def _facts(facts: Any) -> tuple[int, str]:
    size, sha256 = facts
    if not isinstance(size, int) or size < 0 or not _HEX.fullmatch(sha256):
        raise ValueError("not a file's facts")
    return size, sha256
