"""The characters behind entity names of the patent and trade mark DTDs.

The standard library's HTML5 table holds nearly every name of the ISO 8879 sets. Here are the
names it lacks: the Greek letters of ISOgrk1 and ISOgrk2, the bold Greek of ISOgrk4, and a few
that offices declare in DTDs of their own (US grants, EPO DOCDB). No DTD is ever loaded.
"""

from __future__ import annotations

from html.entities import html5

_GREEK = (
    "a\u03b1 b\u03b2 g\u03b3 d\u03b4 e\u03b5 z\u03b6 ee\u03b7 th\u03b8 i\u03b9 k\u03ba l\u03bb m\u03bc "
    "n\u03bd x\u03be o\u03bf p\u03c0 r\u03c1 sf\u03c2 s\u03c3 t\u03c4 u\u03c5 ph\u03c6 kh\u03c7 "
    "ps\u03c8 oh\u03c9"
)
_ACCENTED = {
    "aacgr": "\u03ac",
    "eacgr": "\u03ad",
    "eeacgr": "\u03ae",
    "iacgr": "\u03af",
    "oacgr": "\u03cc",
    "uacgr": "\u03cd",
    "ohacgr": "\u03ce",
    "idigr": "\u03ca",
    "udigr": "\u03cb",
    "idiagr": "\u0390",
    "udiagr": "\u03b0",
    "Aacgr": "\u0386",
    "Eacgr": "\u0388",
    "EEacgr": "\u0389",
    "Iacgr": "\u038a",
    "Oacgr": "\u038c",
    "Uacgr": "\u038e",
    "OHacgr": "\u038f",
    "Idigr": "\u03aa",
    "Udigr": "\u03ab",
}
_BOLD_SMALL, _BOLD_CAPITAL = 0x1D6C2, 0x1D6A8
GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigmav", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
"""The small letters in the order of Unicode, from U+03B1; `sigmav` is the sigma at the end of a word."""
_BOLD_NAMES = {"epsilon": "epsi", "theta": "thetas", "upsilon": "upsi"}
_BOLD_OTHER = {
    "b.Gammad": "\u03dc",
    "b.gammad": "\u03dd",
    "b.epsiv": "\U0001d6dc",
    "b.thetav": "\U0001d6dd",
    "b.kappav": "\U0001d6de",
    "b.phiv": "\U0001d6df",
    "b.rhov": "\U0001d6e0",
    "b.piv": "\U0001d6e1",
    "b.phis": "\U0001d6d7",
    "b.epsis": "\U0001d6c6",
    "b.Theta": "\U0001d6af",
    "b.Upsi": "\U0001d6bc",
}
_OFFICES = {
    "apos": "'",
    "degree": "\u00b0",
    "litre": "\u2113",
    "percent": "%",
    "newline": "\n",
    "supl": "\u00b9",
    "sl0": "\u00d8",
    "circlef": "\u25cf",
    "efdot": "\u2252",
    "rlarr2": "\u21c4",
    "Trade": "\u2122",
    "Check": "\u2713",
    "Mldr": "\u2026",
    "thetas": "\u03b8",
    "phis": "\u03c6",
    "epsis": "\u03b5",
    "lparstr": "\u2032",
    "rparstr": "\u2036",
    "sbond": "-",
    "dbond": "=",
    "tbond": "\u2261",
    "Parenopenst": "(",
    "Parenclosest": ")",
    "Brketopenst": "[",
    "Brketclosest": "]",
    "LeftBracketingBar": "|",
    "RightBracketingBar": "|",
    "Linevertsplit": "\u00a6",
    "Lhalfcircle": "\u25d6",
    "Rhalfcircle": "\u25d7",
    "Ovalhollow": "\u2b2d",
    "Ovalsolid": "\u2b2c",
    "peprime": "\u2032",
    "tilda": "~",
    "rehy": "-",
    "rsquor": "\u2019",
    "dash": "\u2010",
    "UPSI": "\u03d2",
    "PHIV": "\u03d5",
    "RADIC": "\u221a",
    "RARR": "\u21a0",
    "THETAS": "\u03b8",
    "hyphen": "\u2010",
    "ohm": "\u03a9",
    "angst": "\u212b",
    "Quadbond": "\u2263",
}


def _greek() -> dict[str, str]:
    table = dict(_ACCENTED)
    for entry in _GREEK.split():
        name, letter = entry[:-1], entry[-1]
        table[f"{name}gr"] = letter
        if name == "sf":
            continue
        # ISOgrk1 writes the capital of `th` as `TH`, of `a` as `A`.
        table[f"{name.upper()}gr"] = letter.upper()
    for place, letter in enumerate(GREEK):
        name = _BOLD_NAMES.get(letter, letter)
        table[f"b.{name}"] = chr(_BOLD_SMALL + place)
        table[f"b.{name.capitalize()}"] = chr(_BOLD_CAPITAL + place)
    return table


_EXTRA = {**_greek(), **_BOLD_OTHER, **_OFFICES}


def character(name: str) -> str | None:
    """The text an entity of this name stands for, None where no set knows it.

    US grants before 2005 sometimes write names in capitals (`&LSQUO;`); these are
    read as their small form where only that exists.
    """
    found = _EXTRA.get(name) or html5.get(f"{name};")
    if found is None and name.isupper():
        small = name.lower()
        found = html5.get(f"{name.capitalize()};") if _accented(small) else None
        found = found or html5.get(f"{small};") or _EXTRA.get(small)
    return found


def _accented(name: str) -> bool:
    """`EACUTE` is the capital É, while `LSQUO` has no capital form."""
    return name.endswith(("acute", "grave", "uml", "circ", "tilde", "cedil", "ring", "slash", "caron"))
