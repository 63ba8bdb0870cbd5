"""The history of a case in lines for a person: an act a block, named so that it can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.errors import _

if TYPE_CHECKING:
    from app.services.cases import HistoryLine

LONGEST = 100  # characters of a value; all of it is in the answer with --json
# Ids of things inside the case, hashes and codes of the printed page: nothing a person reads.
_FOR_MACHINES = re.compile(r"[0-9a-f]{32}(-[\w-]+)?\Z|[0-9a-f]{64}\Z")


def lines(found: Iterable[HistoryLine]) -> Iterator[str]:
    """When, who and which act; below it what the act wrote."""
    for (_act, who), written in groupby(found, lambda line: (line.act, line.who)):
        changes = list(written)
        first = changes[0]
        back = "  " + _("(taken back)") if all(line.voided for line in changes) else ""
        head = _("{when}  {who}  act {act}").format(when=_minute(first.when), who=who, act=first.act)
        yield head + back
        for line in changes:
            yield f"    {_change(line)}"


def _minute(when: str) -> str:
    return when[:16].replace("T", " ")


def _change(line: HistoryLine) -> str:
    if line.kind == "undo":
        return _("takes back act {act}").format(act=line.new)
    old, new = _shown(line.old), _shown(line.new)
    value = f"{old} → {new}" if old else new
    reason = f" ({line.reason})" if line.reason and line.reason not in value else ""
    return f"{line.what}: {value}{reason}" if value else f"{line.what}{reason}"


def _shown(value: Any) -> str:
    text = _plain(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _plain(value: Any) -> str:
    """A value without brackets and quotation marks, and without what only programs read."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        told = {name: _plain(part) for name, part in value.items()}
        return ", ".join(f"{name} {part}" for name, part in told.items() if part)
    if isinstance(value, list | tuple):
        return " | ".join(part for part in map(_plain, value) if part)
    text = str(value)
    return "" if _FOR_MACHINES.match(text) else text
