"""The qualifiers of a feature: which it must and may have, their values, their free text and its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.findings import Finding
from app.domain.sequences import Feature, Listing, Qualifier, Sequence
from app.errors import _
from app.standards.sequences.findings import error, shown, warning
from app.standards.sequences.vocabulary import Vocabulary, vocabulary

_LONGEST_TEXT = 1000
_ONCE = frozenset(
    {"organism", "mol_type", "codon_start", "transl_table", "translation", "protein_id", "mod_base"}
)
_SYNTHETIC = "synthetic construct"


def qualifiers(feature: Feature, sequence: Sequence, listing: Listing, where: str) -> Iterator[Finding]:
    """What is wrong with the qualifiers of one feature."""
    words = vocabulary()
    key = words.key(feature.key, sequence.is_protein)
    names = [_name(one, sequence) for one in feature.qualifiers]
    if key is not None:
        for missing in sorted(key.must - set(names)):
            message = _("“{key}” lacks its qualifier “{name}”.").format(key=feature.key, name=missing)
            yield error(where, "qualifier-missing", message, "75")
    for name, count in Counter(names).items():
        if count > 1 and name in _ONCE:
            message = _("The qualifier “{name}” stands {count} times.").format(name=name, count=count)
            yield error(where, "qualifier-twice", message, "72")
    for name, one in zip(names, feature.qualifiers, strict=True):
        if not _known(name, sequence, words):
            message = _("“{name}” is no qualifier of Annex I.").format(name=shown(one.name) or "–")
            yield error(where, "qualifier", message, "74")
            continue
        if key is not None and name not in key.may:
            message = _("“{key}” has no qualifier “{name}”.").format(key=feature.key, name=name)
            yield warning(where, "qualifier", message, "74")
        if one.name != name:
            message = _("The qualifier “{said}” is written “{name}”.").format(said=one.name, name=name)
            yield warning(where, "qualifier-case", message, "74")
        yield from _value(name, one, words, where)
        yield from _language(name, one, listing, words, where)
    yield from _together(feature, sequence, where)


def _name(one: Qualifier, sequence: Sequence) -> str:
    """The name; older listings write those of amino acids in capitals."""
    return one.name.lower() if sequence.is_protein and one.name.isupper() else one.name


def _known(name: str, sequence: Sequence, words: Vocabulary) -> bool:
    if sequence.is_protein:
        return name in ("note", "organism", "mol_type")
    return name in words.qualifiers


def _value(name: str, one: Qualifier, words: Vocabulary, where: str) -> Iterator[Finding]:
    value = one.value
    if name in words.flags:
        if value:
            message = _("“{name}” has no value; here it is “{value}”.").format(name=name, value=shown(value))
            yield error(where, "value", message, "76")
        return
    if not value and not one.other:
        yield error(where, "value", _("“{name}” has no value.").format(name=name), "76")
        return
    allowed = words.values.get(name)
    if allowed is not None and value not in allowed:
        message = _("“{value}” is no value of “{name}”.").format(value=shown(value), name=name)
        yield error(where, "value", message, "76")
    opening = words.opening.get(name)
    if opening is not None and value not in opening and not value.startswith(tuple(f"{o}:" for o in opening)):
        message = _("“{value}” is no value of “{name}”.").format(value=shown(value), name=name)
        yield error(where, "value", message, "76")
    if not (value.isascii() and value.isprintable()):
        odd = next(char for char in value if not (char.isascii() and char.isprintable()))
        message = _(
            "The value of “{name}” holds “{char}” (U+{code}), outside the Basic Latin letters."
        ).format(name=name, char=shown(odd), code=f"{ord(odd):04X}")
        yield error(where, "characters", message, "40(b)")
    if len(value) > _LONGEST_TEXT and name in words.translated:
        message = _("The free text of “{name}” has {count} characters; 1,000 is the most.").format(
            name=name, count=len(value)
        )
        yield error(where, "free-text", message, "86")


def _language(
    name: str, one: Qualifier, listing: Listing, words: Vocabulary, where: str
) -> Iterator[Finding]:
    if not one.other:
        return
    if name not in words.translated:
        message = _("“{name}” depends on no language and has no value in another.").format(name=name)
        yield error(where, "language", message, "87")
    elif not listing.other_language:
        message = _(
            "There is free text in another language, but the listing does not say which "
            "(nonEnglishFreeTextLanguageCode)."
        )
        yield error(where, "language", message, "87")
    elif not one.value:
        message = _("“{name}” has a value in {language} alone; an English one may be asked for.").format(
            name=name, language=shown(listing.other_language)
        )
        yield warning(where, "language", message, "87")
    if len(one.other) > _LONGEST_TEXT:
        message = _("The free text of “{name}” has {count} characters; 1,000 is the most.").format(
            name=name, count=len(one.other)
        )
        yield error(where, "free-text", message, "86")


def _together(feature: Feature, sequence: Sequence, where: str) -> Iterator[Finding]:
    """Values that must agree with the molecule or with each other."""
    if feature.key == "source":
        yield from _origin(feature, sequence, where)
    if (
        feature.key == "modified_base"
        and "OTHER" in feature.values("mod_base")
        and not feature.values("note")
    ):
        message = _("A modified base “OTHER” is explained in a note.")
        yield error(where, "modified-base", message, "17")
    if feature.values("pseudo") and feature.values("translation"):
        yield error(where, "pseudo", _("What is “pseudo” has no translation."), "89")


def _origin(feature: Feature, sequence: Sequence, where: str) -> Iterator[Finding]:
    allowed = vocabulary().molecules.get(sequence.molecule, ())
    for kind in feature.values("mol_type"):
        if allowed and kind not in allowed:
            message = _("“{kind}” is no mol_type of {molecule}; those are {allowed}.").format(
                kind=shown(kind), molecule=sequence.molecule, allowed=", ".join(allowed)
            )
            yield error(where, "mol-type", message, "75")
        elif (
            _SYNTHETIC in feature.values("organism")
            and not sequence.is_protein
            and not kind.startswith(("other ", "unassigned "))
        ):
            message = _("A synthetic construct is of mol_type “other {molecule}”, not “{kind}”.").format(
                molecule=sequence.molecule, kind=shown(kind)
            )
            yield warning(where, "mol-type", message, "84")
