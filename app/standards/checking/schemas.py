"""XML against the schemas of an installed pack: what does not fit, with its line.

A pack holds XSD files and `schemas.json`, which says for each root element which file declares it. Nothing is
read but the pack's own files: no network, no file outside, no entities.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from lxml import etree

from app.domain.findings import Finding, Severity
from app.errors import FileRefused, _, plural
from app.standards.container import READ_TROUBLE
from app.standards.source import HEAD_BYTES, Source

INDEX = "schemas.json"
LARGEST = 64 << 20
"""Bytes of a file above which it is not held against a schema: the whole of it must be in memory for that."""
MOST = 30
"""Faults of one file that are listed; more are counted."""
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_MATHML = ("http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1998/Math/MathML3")
"""Namespaces of formulas: that of W3C, and the one that ST.96 has."""
_ANY_FORMULA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{space}">
<element name="math"/></schema>"""


class Refused(Exception):
    """A schema that reaches out of its pack, or makes no sense."""


def index(folder: Path) -> dict[str, str]:
    """`{namespace}root` -> path of the schema that declares it, for the XSD files below `folder`.

    Where several declare a root, the file named like it is taken, else the smallest: it is the narrowest.
    Raises FileRefused where a file is no schema, or includes what is not in the folder.
    """
    declared: dict[str, str] = {}
    files = sorted(folder.rglob("*.xsd"), key=lambda path: (-path.stat().st_size, path.as_posix()))
    for path in files:
        root = _parsed(path)
        for part in root.iterchildren(_XSD + "include", _XSD + "import", _XSD + "redefine"):
            _within(folder, path, part.get("schemaLocation"))
        namespace = root.get("targetNamespace") or ""
        local = path.relative_to(folder).as_posix()
        for element in root.iterchildren(_XSD + "element"):
            key = f"{{{namespace}}}{element.get('name')}"
            named = path.name.lower().startswith(f"{element.get('name')}_".lower())
            held = declared.get(key)
            if held is None or named or not _named_like(held, key):
                declared[key] = local
    if not declared:
        raise FileRefused(
            _("There is no schema (.xsd) with a root element in {folder}. Nothing was built.").format(
                folder=folder
            ),
            _("Name the folder that holds the schemas as they were published."),
        )
    return dict(sorted(declared.items()))


def version(folder: Path) -> str:
    """The version most schemas of a folder bear (`6.0` for ST.96 V6_0), "" where they bear none."""
    found = [_parsed(path).get("version", "") for path in sorted(folder.rglob("*.xsd"))]
    plain = [text.removeprefix("V").replace("_", ".") for text in found if text]
    return max(sorted(set(plain)), key=plain.count) if plain else ""


def _named_like(file: str, key: str) -> bool:
    return PurePosixPath(file).name.lower().startswith(key.rpartition("}")[2].lower() + "_")


def _parsed(path: Path) -> etree._Element:
    try:
        return etree.parse(str(path), _parser()).getroot()
    except (etree.XMLSyntaxError, OSError) as trouble:
        raise FileRefused(
            _("{file} is no schema that can be read ({why}). Nothing was built.").format(
                file=path.name, why=trouble
            ),
            _("Fetch the schemas again from where they are published."),
        ) from trouble


def _within(folder: Path, path: Path, location: str | None) -> None:
    if not location:
        return
    target = (path.parent / location).resolve()
    if "://" in location or not target.is_relative_to(folder.resolve()) or not target.is_file():
        raise FileRefused(
            _("{file} needs {other}, which is not in the folder. Nothing was built.").format(
                file=path.name, other=location
            ),
            _("Put all schemas the set needs into one folder, with the addresses in them as file names."),
        )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """What `schemas.json` says: `{namespace}root` -> file, and the version of the set."""

    roots: Mapping[str, str]
    version: str


@lru_cache(maxsize=8)
def _index_of(folder: Path) -> _Index:
    try:
        found = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        roots = {str(key): str(value) for key, value in found["roots"].items()}
        return _Index(roots, str(found.get("version") or ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # A pack that turned bad after it was installed is told of by `pack verify`; it stops no reading.
        return _Index({}, "")


class _OnlyWithin(etree.Resolver):  # type: ignore[misc]
    """Gives the parser the pack's own files and nothing else.

    formulas   False: for the schema of MathML one that takes any content of its root
    """

    def __init__(self, folder: Path, formulas: bool) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self._formulas = formulas

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:
        url = system_url or ""
        path = Path(url.removeprefix("file://")).resolve()
        if "://" in url.removeprefix("file://") or not path.is_relative_to(self._folder):
            raise Refused(url)
        if not self._formulas and (space := _space_of_formulas(path)):
            return self.resolve_string(_ANY_FORMULA.format(space=space), context, base_url=str(path))
        return self.resolve_filename(str(path), context)


def _space_of_formulas(path: Path) -> str:
    """The namespace of a schema file where it is one of MathML, else ""."""
    with path.open("rb") as stream:
        root = _root(stream.read(HEAD_BYTES))
    space = str(root.get("targetNamespace", "")) if root is not None else ""
    return space if space in _MATHML else ""


@lru_cache(maxsize=8)
def _schema(folder: Path, file: str, formulas: bool) -> etree.XMLSchema | None:
    """The schema in `file`. That of MathML takes seconds, so only a document with `formulas` gets it."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        return None
    parser = _parser()
    parser.resolvers.add(_OnlyWithin(folder, formulas))
    try:
        return etree.XMLSchema(etree.parse(str(path), parser))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError, Refused):
        # A set that takes more of MathML than its root needs the whole of it.
        return None if formulas else _schema(folder, file, True)


def faults(source: Source, folders: Sequence[Path], where: str) -> Iterator[Finding]:
    """What in an XML file does not fit the schema of its root; nothing where no pack knows the root."""
    root = _root(source.head)
    for folder in folders if root is not None else ():
        index_ = _index_of(folder)
        file = index_.roots.get(str(root.tag)) if root is not None else None
        if root is None or not file:
            continue
        if (told := _other_version(root, index_.version, where)) is not None:
            yield told
        elif (tree := _whole(source)) is not None:
            schema = _schema(folder, file, _has_formulas(tree))
            if schema is not None and not schema.validate(tree):
                yield from _faults(schema, folder.name, where)
        return


def _root(head: bytes) -> etree._Element | None:
    """The root element in the first bytes of a file, with its attributes; None where they show none."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        parser.feed(head)
        for _event, element in parser.read_events():
            return element
    except etree.XMLSyntaxError:
        return None
    return None


def _other_version(root: etree._Element, version_: str, where: str) -> Finding | None:
    """ST.96 documents name their version; one of another version, or of none, is not held against these."""
    if "/standards/XMLSchema/ST96/" not in str(root.tag):
        return None
    stated = next((str(v) for k, v in root.attrib.items() if str(k).endswith("}st96Version")), "")
    if stated.removeprefix("V").replace("_", ".") == version_:
        return None
    message = (
        _("Line {line}: the document is of ST.96 {stated}; the installed schemas are of {version}.")
        if stated
        else _("Line {line}: the document does not say of which version of ST.96 it is (st96Version).")
    )
    return Finding(
        Severity.NOTE, where, "check.schema-version",
        message.format(line=root.sourceline, stated=stated, version=version_),
        _("ST.96, Annex III: version of the schemas"),
        _("It was not held against the schemas; install those of its version for that."),
    )  # fmt: skip


def _whole(source: Source) -> etree._Element | None:
    """The document; None where it is too large to be held, not well-formed, or not to be had again."""
    if source.size > LARGEST:
        return None
    try:
        with source.open() as stream:
            raw = stream.read(LARGEST + 1)
    except READ_TROUBLE:
        # A large member of an archive that is read front to back opens once, and was read then.
        return None
    if len(raw) > LARGEST:
        return None
    try:
        return etree.fromstring(raw, _parser())
    except etree.XMLSyntaxError:
        # The reader has said so with its line.
        return None


def _has_formulas(tree: etree._Element) -> bool:
    return next(tree.iter(*(f"{{{space}}}*" for space in _MATHML)), None) is not None


def _faults(schema: etree.XMLSchema, pack: str, where: str) -> Iterator[Finding]:
    errors = list(schema.error_log)
    for error in errors[:MOST]:
        yield Finding(
            Severity.WARNING, where, "check.schema",
            _("Line {line}: {what}").format(line=error.line, what=_said(error)),
            _("schema pack {pack}").format(pack=pack),
            _("Tell the sender, with the line; what could be read was read."),
        )  # fmt: skip
    if (more := len(errors) - MOST) > 0:
        message = plural(
            "There is {n} fault more against the schema.",
            "There are {n} faults more against the schema.",
            more,
        )
        yield Finding(
            Severity.WARNING,
            where,
            "check.schema",
            message.format(n=more),
            _("schema pack {pack}").format(pack=pack),
        )


def _said(error: etree._LogEntry) -> str:
    """The library's words behind ours, names without their namespaces."""
    text = _bare(error.message)
    name, _colon, rest = text.removeprefix("Element '").partition("'")
    rest = rest.lstrip(":, ")
    if error.type_name == "SCHEMAV_ELEMENT_CONTENT":
        return _("“{name}” does not stand as the schema wants it here. {detail}").format(
            name=name, detail=rest
        )
    if error.type_name.startswith("SCHEMAV_CVC_COMPLEX_TYPE"):
        return _("“{name}” has attributes or content the schema does not have. {detail}").format(
            name=name, detail=rest
        )
    if error.type_name.startswith("SCHEMAV_CVC_"):
        return _("“{name}” holds a value the schema does not allow. {detail}").format(name=name, detail=rest)
    return text


def _bare(message: str) -> str:
    out, at = [], 0
    while (start := message.find("{", at)) >= 0 and (end := message.find("}", start)) >= 0:
        out.append(message[at:start])
        at = end + 1
    return "".join(out) + message[at:]
