"""Names of marks: what is alike, why, and that nothing alike is left out."""

from __future__ import annotations

import random

import pytest

from search.marks.keys import keys_of
from search.marks.likeness import Name, compare, nearest


def name(text: str) -> Name:
    keys = keys_of(text)
    return Name(text, keys.key, keys.sound, keys.skeleton)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café-Öl", "CAFE OL"),
        ("Москва", "Moskva"),
        ("Ｓｏｌａｒａ", "solara"),
    ],
)
def test_letters_are_compared_without_accents_script_and_signs(one, other):
    assert keys_of(one).key == keys_of(other).key
    assert compare(one, other).score == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PHARMAXEL", "FARMAKSEL"),
        ("KWIK", "QUICK"),
        ("CELLO", "SELO"),
        ("FOTO", "PHOTO"),
        ("NIÑO", "NINHO"),
        ("CHATEAU", "SHATO"),
        ("VIVA", "BIBA"),
        ("ZEBRAS", "CEBRA"),
        ("TOYOTA", "تويوتا"),
        ("SONY", "سوني"),
        ("COCA-COLA", "كوكا كولا"),
        ("COCA-COLA", "کوکا کولا"),
        ("COCA-COLA", "קוקה קולה"),
        ("COCA-COLA", "Κόκα Κόλα"),
        ("COCA-COLA", "Кока-Кола"),
        ("COCA-COLA", "कोका कोला"),
        ("COCA-COLA", "코카콜라"),
        ("COCA-COLA", "ኮካ ኮላ"),
    ],
)
def test_what_is_heard_alike_has_one_sound(one, other):
    assert keys_of(one).sound == keys_of(other).sound
    assert compare(one, other).score > 65
    assert any("sounds" in reason for reason in compare(one, other).reasons)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Solara", "SOLARA", "same name"),
        ("Solara", "Solára", "same letters; accents, script, blanks or signs differ"),
        ("Solara", "Solaro", "one letter differs"),
        ("Solara", "Soalra", "one letter differs"),
        ("Solara", "Solarama", "contains the name"),
        ("Solarama", "Solara", "is contained in the name"),
        ("Solara Plus", "Mega Solari", "one of its words is alike, 83 %"),
        ("Solara", "Selore", "same consonants"),
        ("Mercedes", "مرسيدس", "same consonants"),
        ("3M", "A", "0 % of the letters agree"),
        ("Ab", "Ac", "one letter differs"),
        ("Solara", "Zebra", "55 % of the letters agree"),
    ],
)
def test_each_likeness_says_why(one, other, reason):
    assert reason in compare(one, other).reasons


def test_likeness_falls_from_the_same_to_the_different():
    scores = [compare("Solara", other).score for other in ("SOLARA", "Solaro", "Solaris", "Sahara", "Kettle")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100 and scores[-1] < 40


def test_weak_words_do_not_hide_a_name():
    assert compare("SOLARA", "THE SOLARA GROUP").score > 85


def _distorted(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return chance.choice(
        [
            text[:at] + text[at + 1 :],
            text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
            text[:at] + chance.choice("aeioust") + text[at:],
            text + " plus",
            text[:at] + "-" + text[at:],
            text.upper() + "S",
        ]
    )


def test_a_distorted_name_finds_its_own_among_ten():
    chance = random.Random(5)
    syllables = [c + v for c in "bcdfglmnprstv" for v in "aeiou"]
    texts = sorted({"".join(chance.choices(syllables, k=chance.randint(3, 4))) for _n in range(3_000)})
    names = [name(text) for text in texts]
    picked = chance.sample(range(len(names)), 60)
    found = 0
    for place in picked:
        hits = nearest(_distorted(texts[place], chance), names, 10)
        assert len(hits) == 10 and all(like.reasons for _place, like in hits)
        found += place in [hit for hit, _like in hits]
    assert found >= 58


def test_ties_keep_the_order_of_the_register():
    hits = nearest("Solara", [name("SOLARA"), name("Zebra"), name("solara")], 3)
    assert [place for place, _like in hits] == [0, 2, 1]


def test_a_name_without_letters_is_like_nothing():
    assert nearest("+++", [name("Solara")], 5) == []
