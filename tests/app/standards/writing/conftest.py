"""Schemas that documents written must agree with; tests skip where the folder of schemas is absent."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

# The schema of MathML takes seconds to compile and nothing written here holds a formula.
_NO_FORMULA = (
    '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'targetNamespace="http://www.w3.org/1998/Math/MathML3"><xsd:element name="math"/></xsd:schema>'
)
_ROOTS = ("PatentPublication", "TrademarkApplication", "DesignApplication")
Check = Callable[[bytes], list[str]]


def _schemas(shared_data: Path, name: str) -> Path:
    folder = shared_data / "schemas" / name
    if not folder.is_dir():
        pytest.skip(f"the schemas of {name} are not on this machine")
    return folder


@pytest.fixture(scope="session")
def st96_errors(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """What the schema of ST.96 V6.0 says against a document; empty when it is valid."""
    folder = tmp_path_factory.mktemp("st96")
    for path in _schemas(shared_data, "st96-v6-flattened").iterdir():
        if path.name.startswith((*(f"{root}_V6" for root in _ROOTS), "OASISTable")):
            shutil.copyfile(path, folder / path.name)
    (folder / "FlattenedMathML3.xsd").write_text(_NO_FORMULA, encoding="utf-8")
    schemas = {root: etree.XMLSchema(etree.parse(folder / f"{root}_V6_0.xsd")) for root in _ROOTS}

    def errors(raw: bytes) -> list[str]:
        tree = etree.parse(io.BytesIO(raw))
        schema = schemas[etree.QName(tree.getroot()).localname]
        schema.validate(tree)
        return [f"line {e.line}: {e.message}" for e in schema.error_log]

    return errors


@pytest.fixture(scope="session")
def st36_errors(shared_data: Path) -> Check:
    """What the DTD of Annex F says against a document. Tables and formulas are modules of their own."""
    path = _schemas(shared_data, "pct-annex-f-st36") / "wo-published-application-v1-11.dtd"
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r'<!ENTITY\s+%\s+\S+\s+PUBLIC\s+"[^"]*"\s+"[^"]*"\s*>', "", text)
    for module in ("mathml2", "calstblx"):
        text = text.replace(f"%{module};", "")
    dtd = etree.DTD(io.StringIO(text))

    def errors(raw: bytes) -> list[str]:
        dtd.validate(etree.parse(io.BytesIO(raw)))
        return [f"line {e.line}: {e.message}" for e in dtd.error_log]

    return errors
