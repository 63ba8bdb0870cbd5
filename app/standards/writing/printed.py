"""Originals where the format's reader makes the record's own form of them: so nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.record import Record


def number(record: Record, name: str, normal: Callable[[str], str]) -> str:
    """A number as the office printed it, padding and all, if `normal` gives the record's form again."""
    held: str = getattr(record, name)
    original = record.as_filed.get(name, "")
    return original if original and normal(original) == held else held


def symbols(record: Record, scheme: str, normal: Callable[[str], str | int | None]) -> tuple[str, ...]:
    """Class symbols as printed, where every one of them is known; else in the record's form."""
    held = tuple(getattr(record.classes, scheme))
    originals = tuple(part for part in record.as_filed.get(f"classes.{scheme}", "").split("; ") if part)
    if len(originals) == len(held) and all(normal(o) == h for o, h in zip(originals, held, strict=True)):
        return originals
    return tuple(str(symbol) for symbol in held)


def mark_kind(record: Record, normal: Callable[[str], str]) -> str:
    """The kind of a mark in the file's own word, if `normal` gives the record's kind again; else ""."""
    original = record.as_filed.get("mark.kind", "")
    kind = record.mark.kind if record.mark else ""
    return original if original and normal(original) == kind else ""
