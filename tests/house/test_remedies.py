"""What to do is said for whoever reads: commands stand apart, where a window leaves them out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from app.errors import OfficeError

ROOT = Path(__file__).resolve().parents[2]
HINT = re.compile(r"(^|[\s“`(])--[a-z]|[“`]marula ")


def test_no_sentence_below_the_command_line_names_its_commands() -> None:
    found = []
    for root in ("app", "search", "translate", "ui"):
        for file in sorted((ROOT / root).rglob("*.py")):
            if file.is_relative_to(ROOT / "app" / "cli") or file.name == "errors.py":
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                    texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                    found += [f"{file.relative_to(ROOT)}: {t}" for t in texts if HINT.search(str(t))]
    assert not found, "\n".join(found)


def test_the_command_stands_beside_the_remedy() -> None:
    plain = OfficeError("Nothing was found.", "Look for it.")
    assert plain.typed_remedy == plain.as_json()["remedy"] == "Look for it."
    typed = OfficeError("Nothing was found.", "Look for it.", command="case find WORDS")
    assert (typed.remedy, str(typed)) == ("Look for it.", "Nothing was found. Look for it.")
    assert typed.as_json()["remedy"] == "Look for it. Command: “marula case find WORDS”."
