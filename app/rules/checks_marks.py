"""Formalities of trade mark and design applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.domain.case import Case
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble, whole

_LOCARNO = re.compile(r"([0-9]{1,2})-([0-9]{2})\Z")
_NEED_PICTURE = ("figurative", "combined", "three_dimensional", "colour", "position", "pattern", "hologram")
_PICTURES = ("mark", "reproduction", "view", "image", "drawing")


def mark_represented(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """The sign is there: words for a word mark, a picture for a mark that is seen."""
    kind, text, picture = _mark(case)
    if not text and not picture:
        yield Trouble("mark", _("mark"), _("There is no reproduction of the mark."))
    elif kind in _NEED_PICTURE and not picture:
        message = _("The mark is {kind}, but there is no picture of it.").format(kind=kind.replace("_", " "))
        yield Trouble("mark", _("mark"), message)


def nice_classes(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """There are classes of the Nice Classification, each between 1 and `last` (45)."""
    last = whole(parameters, "last", 45)
    stated = [row.label for row in case.rows if row.kind == "class"] or list(case.classes.get("nice", ()))
    if not stated:
        yield Trouble("classes", _("classes"), _("No class of goods or services is given."))
    for label in dict.fromkeys(str(label) for label in stated):
        if not (label.isdecimal() and 1 <= int(label) <= last):
            message = _("“{label}” is no class of the Nice Classification (1 to {last}).").format(
                label=label, last=last
            )
            yield Trouble(f"class-{label}", _("class {label}").format(label=label), message)


def goods_in_each_class(_law: LawPack, case: Case, _parameters: Parameters) -> Iterator[Trouble]:
    """Each class has its list of goods or services, and stands once."""
    rows = {row.label: row for row in case.rows if row.kind == "class"}
    for label in dict.fromkeys((*rows, *(str(nice) for nice in case.classes.get("nice", ())))):
        row = rows.get(label)
        if row is None or not (row.text.strip() or any(text.strip() for text in row.texts.values())):
            message = _("Class {label} has no list of goods or services.").format(label=label)
            yield Trouble(f"class-{label}", _("class {label}").format(label=label), message)


def views_present(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """There are designs, at most `max`, and at least one view for each."""
    designs = [row for row in case.rows if row.kind == "design"]
    most = whole(parameters, "max", 100)
    if not designs:
        yield Trouble("designs", _("designs"), _("The application holds no design."))
    if len(designs) > most:
        message = _("The application holds {count} designs; one application may hold {most}.").format(
            count=len(designs), most=most
        )
        yield Trouble("designs", _("designs"), message)
    views = _pictures(case)
    if len(designs) > views:
        message = _("Designs: {designs}, views: {views}; each design needs one view at least.").format(
            designs=len(designs), views=views
        )
        yield Trouble("views", _("views"), message)


def locarno_classes(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """There is a class of the Locarno Classification, written `12-11`, up to class `last` (32)."""
    last = whole(parameters, "last", 32)
    symbols = [str(symbol) for symbol in case.classes.get("locarno", ())]
    if not symbols:
        yield Trouble("locarno", _("Locarno class"), _("No class of the Locarno Classification is given."))
    for symbol in symbols:
        match = _LOCARNO.match(symbol)
        if match is None or not 1 <= int(match[1]) <= last:
            message = _("“{symbol}” is no class of the Locarno Classification (like 12-11).").format(
                symbol=symbol
            )
            yield Trouble(f"locarno-{symbol}", _("Locarno class"), message)


def _mark(case: Case) -> tuple[str, str, bool]:
    """Kind, words, and whether there is a picture."""
    mark = case.fields.get("mark")
    sign = mark if isinstance(mark, Mapping) else {"text": mark or case.title}
    text = str(sign.get("text") or "")
    return str(sign.get("kind") or ""), text.strip(), bool(sign.get("image")) or _pictures(case) > 0


def _pictures(case: Case) -> int:
    """Pictures the file refers to, or those in the dossier where there are more."""
    stated = case.fields.get("images")
    attached = sum(
        1 for d in case.documents if d.kind in _PICTURES or d.media_type.startswith(("image/", "model/"))
    )
    return max(stated if isinstance(stated, int) else 0, attached)


TESTS: Mapping[str, Test] = {
    "mark_represented": mark_represented,
    "nice_classes": nice_classes,
    "goods_in_each_class": goods_in_each_class,
    "views_present": views_present,
    "locarno_classes": locarno_classes,
}
