"""Language packs on disk: the layout of Argos Translate, checked by us before anything opens it.

A pack folder holds `metadata.json` (UTF-8), `model/` (CTranslate2) and `sentencepiece.model`, or
`source.spm` and `target.spm` (OPUS-MT models converted to CTranslate2), or `bpe.model` (old Argos
packs). What else public packs bring (`stanza/`, `spacy/`) is never opened: it can carry code.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import FileRefused, OfficeError, _

if TYPE_CHECKING:
    from argostranslate.package import Package

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
_METADATA_BYTES = 1 << 20
_TOKENIZERS = ("sentencepiece.model", "source.spm", "bpe.model")
_VOCABULARIES = ("shared_vocabulary", "source_vocabulary")

# Members of public packs that only serve other sentence splitters; pickles among them run code.
NOT_NEEDED = ("stanza", "spacy", "minisbd")


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """One direction of translation.

    source, target   ISO 639 codes, lower case
    sha256           of the pack's file, what translations made with it are kept under
    prefix           a token the model wants first in the target ("" for none)
    """

    folder: Path
    source: str
    target: str
    source_name: str
    target_name: str
    version: str
    sha256: str
    prefix: str = ""

    @property
    def name(self) -> str:
        """`translate-fr_en`."""
        return f"translate-{self.source}_{self.target}"

    def as_json(self) -> dict[str, str]:
        """What a translation says of the packs it was made with."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256,
                "source": self.source, "target": self.target}  # fmt: skip


def read(folder: Path, sha256: str = "") -> LanguagePack:
    """The pack in `folder`. Raises FileRefused with what is wrong in words."""
    metadata = read_metadata(folder)
    kind = metadata.get("type", "translate")
    if kind != "translate":
        raise _refused(folder, _("it is of the kind “{kind}”, not a translation model").format(kind=kind))
    source, target = (_code(folder, metadata, key) for key in ("from_code", "to_code"))
    version = str(metadata.get("package_version", ""))
    if not _VERSION.fullmatch(version):
        raise _refused(folder, _("its metadata.json names no version"))
    _check_parts(folder)
    return LanguagePack(
        folder, source, target,
        _name(metadata, "from_name", source), _name(metadata, "to_name", target),
        version, sha256, str(metadata.get("target_prefix") or ""),
    )  # fmt: skip


def read_metadata(folder: Path) -> dict[str, Any]:
    """`metadata.json` as a mapping; always UTF-8, whatever the machine's own encoding is."""
    path = folder / "metadata.json"
    try:
        with path.open("rb") as file:
            raw = file.read(_METADATA_BYTES + 1)
    except OSError as trouble:
        raise _refused(folder, _("its metadata.json is missing or cannot be read")) from trouble
    if len(raw) > _METADATA_BYTES:
        raise _refused(folder, _("its metadata.json is larger than one megabyte"))
    try:
        metadata = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as trouble:
        raise _refused(folder, _("its metadata.json is not JSON in UTF-8")) from trouble
    if not isinstance(metadata, dict):
        raise _refused(folder, _("its metadata.json does not hold one object"))
    return metadata


def _code(folder: Path, metadata: dict[str, Any], key: str) -> str:
    code = metadata.get(key)
    if not isinstance(code, str) or not LANGUAGE_CODE.fullmatch(code):
        raise _refused(folder, _("its metadata.json has no language code under “{key}”").format(key=key))
    return code.lower()


def _name(metadata: dict[str, Any], key: str, code: str) -> str:
    name = metadata.get(key)
    return name[:60] if isinstance(name, str) and name.isprintable() and name else code


def _check_parts(folder: Path) -> None:
    if not (folder / "model" / "model.bin").is_file():
        raise _refused(folder, _("it has no model/model.bin"))
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        raise _refused(folder, _("it has no sentencepiece.model"))
    names = {path.name.rpartition(".")[0] for path in (folder / "model").iterdir()}
    if not names.intersection(_VOCABULARIES):
        raise _refused(folder, _("its model has no vocabulary"))


def _refused(folder: Path, why: str) -> FileRefused:
    return FileRefused(
        _("“{name}” cannot be used as a language pack: {why}.").format(name=folder.name, why=why),
        _("Ask for the pack's file again and install it."),
        command="pack install FILE",
    )


def missing_extra(trouble: ImportError) -> OfficeError:
    """The refusal where the parts that translate are not installed."""
    return OfficeError(
        _("Translation is not installed here ({part} is missing). Nothing was translated.").format(
            part=trouble.name or "ctranslate2"
        ),
        _("Install it with “python3 run.py setup”, or with pip: marula[translation]."),
    )


def through_argos(pack: LanguagePack) -> Package:
    """The pack as `argostranslate.package` knows it, tokenizer included.

    `Package` itself opens metadata.json in the encoding of the machine, so a name with an accent
    breaks it on some desks; then the metadata we have read in UTF-8 is handed to it.
    """
    package = argos_package_module()
    raw = (pack.folder / "metadata.json").read_bytes()
    if raw.isascii():
        return package.Package(pack.folder)
    ours = package.Package.__new__(package.Package)
    ours.load_metadata_from_json(read_metadata(pack.folder))
    ours.package_path = pack.folder
    ours.packaged_sbd_path = None
    for name, tokenizer in (
        ("sentencepiece.model", package.SentencePieceTokenizer),
        ("bpe.model", lambda file: package.BPETokenizer(file, pack.source, pack.target)),
    ):
        if (pack.folder / name).is_file():
            ours.tokenizer = tokenizer(pack.folder / name)
            break
    return ours


_argos: Any = None
_importing = threading.Lock()


def argos_package_module() -> Any:
    """`argostranslate.package`, imported in this one place.

    On import its settings make folders under `$HOME` and are read from there. They are shown an empty
    temporary folder instead, which is gone again afterwards.
    """
    global _argos
    with _importing:
        if _argos is None:
            try:
                # The settings alone, which take a millisecond: meanwhile other threads see these folders.
                with tempfile.TemporaryDirectory(prefix="marula-argos-") as folder, _surroundings(folder):
                    import_module("argostranslate.settings")
                from argostranslate import package
            except ImportError as trouble:
                raise missing_extra(trouble) from trouble
            logging.getLogger("argostranslate").setLevel(logging.CRITICAL)
            logging.getLogger("argostranslate.utils").setLevel(logging.CRITICAL)
            _argos = package
        return _argos


@contextmanager
def _surroundings(folder: str) -> Iterator[None]:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
    before = {name: os.environ.get(name) for name in (*names, "ARGOS_DEBUG", "KMP_DUPLICATE_LIB_OK")}
    try:
        os.environ.update({name: str(Path(folder) / name.lower()) for name in names})
        os.environ.pop("ARGOS_DEBUG", None)
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def route(packs: Iterable[LanguagePack], source: str, target: str) -> tuple[LanguagePack, ...]:
    """The packs that lead from `source` to `target`: one, or two through English; () for none.

    Of several packs for one pair the first is taken.
    """
    pairs: dict[tuple[str, str], LanguagePack] = {}
    for pack in packs:
        pairs.setdefault((pack.source, pack.target), pack)
    if direct := pairs.get((source, target)):
        return (direct,)
    first, second = pairs.get((source, "en")), pairs.get(("en", target))
    return (first, second) if first and second else ()
