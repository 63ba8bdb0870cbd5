"""A name of a mark by its letters, its sound and its bones.

key       Latin letters and digits alone: `Café-Öl` -> `cafeol`, `Москва` -> `moskva`
sound     what is heard alike in English, French, Spanish and Portuguese is written alike
skeleton  the consonants of the sound, doubled ones once
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Words that say little in a mark: they are kept in the key, but a name is compared without them too.
_WEAK = (
    "the le la les el los las o os a as un une de du des del da do and et e y of pour para for by "
    "plus group groupe grupo company co corp inc ltd llc sa sarl gmbh international"
)
WEAK = frozenset(_WEAK.split())

# In this order. Each rule writes one sound one way.
_SOUNDS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"sch|tsch|tch", "x"),  # ch of English and Spanish, ch/x of French and Portuguese
        (r"(?:sh|ch)", "x"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"lh", "li"),
        (r"nh|gn", "ni"),
        (r"ck|cq|qu|q|kw|k", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ks|cs|x(?=t)", "x"),
        (r"g(?=[eiy])|j|dg", "j"),
        (r"gu(?=[ei])|gh", "g"),
        (r"z|ss", "s"),
        (r"h", ""),
        (r"w|v", "b"),
        (r"eaux?|aux?|ou|oo|ow", "o"),
        (r"ai|ay|ei|ey|ea|ae|oe", "e"),
        (r"ee|ie|y", "i"),
        (r"u", "o"),
        (r"(.)\1+", r"\1"),
    )
)


# Letters whose sound is lost with their sign, and the alef that stands for a vowel.
_HEARD = str.maketrans({"ñ": "nh", "Ñ": "nh", "ç": "s", "Ç": "s"} | dict.fromkeys("اأإآא", "a") | {"ע": "a"})
# Arabic and Hebrew write long vowels with consonants: waw and yod but at the beginning, he at the end.
_VOWELS = tuple(
    (re.compile(pattern), vowel)
    for pattern, vowel in ((r"(?<=\w)[وו]", "o"), (r"(?<=\w)[يىیי]", "i"), (r"(?<=\w)[ةهה](?!\w)", "a"))
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The compared forms of one name; `words` are its words as keys, weak ones left out."""

    key: str
    sound: str
    skeleton: str
    words: tuple[str, ...]


@lru_cache(maxsize=4_096)
def keys_of(name: str) -> Keys:
    """The compared forms of a name in any script."""
    found = _latin_words(name)
    key = "".join(found)
    sound = sound_of(_latin_key(_spoken(name)))
    strong = tuple(word for word in found if word not in WEAK) or tuple(found)
    return Keys(key, sound, skeleton_of(sound), strong)


def _spoken(name: str) -> str:
    """The name with its vowels written as vowels."""
    spoken = name
    if not name.isascii():
        for pattern, vowel in _VOWELS:
            spoken = pattern.sub(vowel, spoken)
    return spoken.translate(_HEARD)


def _latin_words(name: str) -> list[str]:
    from anyascii import anyascii

    return re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))


def _latin_key(name: str) -> str:
    return "".join(_latin_words(name))


def sound_of(key: str) -> str:
    """A key with like sounds written alike."""
    heard = key
    for pattern, written in _SOUNDS:
        heard = pattern.sub(written, heard)
    # A vowel without stress at the end is heard little, and the s of a plural not at all.
    return re.sub(r"(?<=..)(?:e?s|e)\Z", "", heard)


def skeleton_of(sound: str) -> str:
    """The consonants of a sound; the sound itself where it has none."""
    bones = re.sub(r"[aeio]", "", sound)
    return re.sub(r"(.)\1+", r"\1", bones) or sound
