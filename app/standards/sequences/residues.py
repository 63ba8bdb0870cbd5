"""Residues: the letters of ST.26 and the three-letter codes that ST.25 and printed listings use.

Symbols of ST.26, Annex I, sections 1 (nucleotides) and 3 (amino acids).
"""

from __future__ import annotations

import re

NUCLEOTIDES = "acgtmrwsykvhdbn"
"""ST.26, Annex I, Table 1; `t` is thymine in DNA and uracil in RNA (paragraph 14)."""
UNDEFINED_NUCLEOTIDE = "n"
"""Every other symbol is "specifically defined" (paragraph 3), the ambiguous ones too."""
AMINO_ACIDS = "ARNDCQEGHILKMFPOSUTWYVBZJX"
"""ST.26, Annex I, Table 3."""
UNDEFINED_AMINO_ACID = "X"

_THREE = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly",
    "H": "His", "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "O": "Pyl",
    "S": "Ser", "U": "Sec", "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val", "B": "Asx", "Z": "Glx",
    "J": "Xle", "X": "Xaa", "*": "Ter",
}  # fmt: skip
_ONE = {three.lower(): one for one, three in _THREE.items()}
_WORD = re.compile(r"[A-Za-z]+|\*")


def three_letters(residues: str) -> list[str]:
    """The three-letter codes of amino acids; a letter that is none stays in brackets."""
    return [_THREE.get(one, f"({one})") for one in residues]


def one_letter(word: str) -> str:
    """The letter of a three-letter code, "" where it is none."""
    return _ONE.get(word.lower(), "")


def is_amino_word(word: str) -> bool:
    """Whether a word is a three-letter code as printed: one capital, two small letters."""
    return len(word) == 3 and word[0].isupper() and word[1:].islower() and word.lower() in _ONE


def amino_acids(line: str) -> tuple[str, list[str]]:
    """The residues of a printed line, and the words that are no amino acid (each stands as X).

    Position numbers and signs are passed over. Words of capital letters are one-letter residues.
    """
    words = _WORD.findall(line)
    if words and all(len(word) == 3 and one_letter(word) for word in words):
        return "".join(map(one_letter, words)), []
    found: list[str] = []
    strange: list[str] = []
    for word in words:
        if word.isupper() and all(one in AMINO_ACIDS for one in word):
            found.append(word)
        elif letter := one_letter(word):
            found.append(letter)
        elif word != "*":
            found.append(UNDEFINED_AMINO_ACID)
            strange.append(word)
    return "".join(found), strange


def nucleotides(line: str) -> str:
    """The residues of a printed line of nucleotides; "" for the line of amino acids beneath a coding line."""
    words = _WORD.findall(line)
    if words and all(is_amino_word(word) for word in words):
        return ""
    return "".join(words).lower()
