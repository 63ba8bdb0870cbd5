"""How alike two names of marks are, and why: letters, sound, bones, and one inside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import _
from search.marks.keys import Keys, keys_of

_ALIKE = 80.0  # per cent from which a likeness is a reason
_CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the register, with its compared forms as they were kept."""

    text: str
    key: str
    sound: str
    skeleton: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 100; `reasons` are whole phrases, the strongest first, never none."""

    score: float
    reasons: tuple[str, ...]


def compare(one: str, other: str) -> Likeness:
    """How alike two names are."""
    keys = keys_of(other)
    return likeness(keys_of(one), one, Name(other, keys.key, keys.sound, keys.skeleton))


def nearest(asked: str, names: Sequence[Name], count: int) -> list[tuple[int, Likeness]]:
    """The names most like `asked`: their places in `names` with the likeness, best first, ties in order.

    Every name is measured by letters and by sound (about 0.1 ms a thousand names); the best of each
    and those that hold the asked name or a word of it are then compared in full.
    """
    keys = keys_of(asked)
    if not keys.key:
        return []
    found = [
        (place, likeness(keys, asked, names[place])) for place in sorted(_candidates(keys, names, count))
    ]
    found.sort(key=lambda one: (-one[1].score, one[0]))
    return found[:count]


def _candidates(keys: Keys, names: Sequence[Name], count: int) -> set[int]:
    from rapidfuzz import fuzz, process

    most = max(_CANDIDATES, count * 4)
    chosen: set[int] = set()
    for asked, forms in (
        (keys.key, [name.key for name in names]),
        (keys.sound, [name.sound for name in names]),
    ):
        best = process.extract(asked, forms, scorer=fuzz.ratio, limit=most)
        chosen.update(place for _form, _score, place in best)
    parts = [word for word in (keys.key, *keys.words) if len(word) > 2]
    for place, name in enumerate(names):
        holds = any(part in name.key for part in parts)
        held = 3 <= len(name.key) < len(keys.key) and name.key in keys.key
        if holds or held or name.skeleton == keys.skeleton:
            chosen.add(place)
    return chosen


def likeness(keys: Keys, asked: str, name: Name) -> Likeness:
    """How alike an asked name and one of the register are."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

    letters = fuzz.ratio(keys.key, name.key)
    sound = fuzz.ratio(keys.sound, name.sound)
    words = _word_likeness(keys, name)
    inside = _inside(keys, name)
    start = 100 * JaroWinkler.similarity(keys.key, name.key)
    bones = 84.0 if _same_bones(keys, name) else 0.0
    best = max(letters, 0.98 * sound, 0.93 * words, inside, bones)
    # The beginning of a mark is what is remembered: a tenth of the score goes by it.
    score = round(0.9 * best + 0.1 * start, 2)
    return Likeness(score, tuple(_reasons(keys, asked, name, letters, sound, words, inside)))


def _same_bones(keys: Keys, name: Name) -> bool:
    return len(keys.skeleton) > 2 and keys.skeleton == name.skeleton


def _word_likeness(keys: Keys, name: Name) -> float:
    """The strongest words compared alone, whatever stands beside them (`SOLARA PLUS`, `SOLARA`)."""
    from rapidfuzz import fuzz

    theirs = keys_of(name.text).words
    if (keys.key,) == keys.words and (name.key,) == theirs:
        return 0.0  # one word each: their letters were compared already
    scores = [
        fuzz.ratio(mine, other) for mine in keys.words if len(mine) > 3 for other in theirs if len(other) > 3
    ]
    return max(scores, default=0.0)


def _inside(keys: Keys, name: Name) -> float:
    """One name inside the other: the more of the longer it is, the more alike."""
    short, long = sorted((keys.key, name.key), key=len)
    if len(short) < 3 or short not in long or short == long:
        return 0.0
    return 70.0 + 25.0 * len(short) / len(long)


def _reasons(
    keys: Keys, asked: str, name: Name, letters: float, sound: float, words: float, inside: float
) -> list[str]:
    found: list[str] = []
    if keys.key == name.key:
        same = asked.casefold() == name.text.casefold()
        found.append(_("same name") if same else _("same letters; accents, script, blanks or signs differ"))
    elif (count := _changes(keys.key, name.key)) * 2 <= min(4, len(keys.key), len(name.key)):
        found.append(_("one letter differs") if count == 1 else _("two letters differ"))
    if keys.sound == name.sound:
        found.append(_("sounds the same"))
    elif sound >= _ALIKE:
        found.append(_("sounds alike, {percent} %").format(percent=round(sound)))
    if inside:
        longer = len(name.key) > len(keys.key)
        found.append(_("contains the name") if longer else _("is contained in the name"))
    if words >= _ALIKE and letters < words:
        found.append(_("one of its words is alike, {percent} %").format(percent=round(words)))
    if _same_bones(keys, name):
        found.append(_("same consonants"))
    if letters >= _ALIKE and keys.key != name.key:
        found.append(_("{percent} % of the letters agree").format(percent=round(letters)))
    return found or [_("{percent} % of the letters agree").format(percent=round(max(letters, sound)))]


def _changes(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=2))
