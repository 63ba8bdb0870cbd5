"""A set of claims as text, parted into claims; which claims a claim rests on.

Numbers are read as offices write them: `1.`, `1)`, `１．`, `1、`, `【請求項１】`, `Claim 1:`, `权利要求1`,
`المطالبة 1`. Claims are numbered in order (PCT Rule 6.1(b)), so a line that starts with a
number not beyond the last is part of its claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_HEAD = re.compile(
    r"[\s\u200e\u200f]*(?:【[^\d】]{0,12}(\d{1,4})】"
    r"|(?:claim|revendication|reivindicaci[oó]n|anspruch|权利要求|請求項|المطالبة(?:\s+رقم)?|عنصر الحماية)"
    r"\s*(\d{1,4})\s*[.):：．、-]?"
    r"|(\d{1,4})\s*(?:[.)](?!\d)|[、．）：:-]))[ \t\u3000]*",
    re.IGNORECASE,
)
_RESTS_ON = re.compile(
    r"(?:\b(?:claims?|revendications?|reivindicaci(?:ón|on|ones)|anspr(?:uch|üche|üchen))"
    r"|(?:权利要求|權利要求|請求項|المطالبات|المطالبة|عناصر الحماية|عنصر الحماية))"
    r"(?:\s+(?:any\s+one\s+of|no\.?|n°|رقم|من))*"
    r"\s*(\d{1,4}(?:\s*(?:to|through|and|or|à|et|ou|bis|und|oder|a|y|至|到|或|和|から|乃至|إلى|أو|و|,|、|-|–|~|～)\s*"
    r"\d{1,4})*)",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(\d{1,4})\s*(?:to|through|à|bis|a|至|到|から|乃至|إلى|-|–|~|～)\s*(\d{1,4})", re.IGNORECASE
)
_LONGEST_SPAN = 500
_MOST_CHAINS = 500


def parted(text: str) -> dict[str, str]:
    """The claims of a text: number -> text without it, in order. Empty where no line starts with 1 or more.

    Lines before the first number (a heading) are left out.
    """
    found: dict[str, list[str]] = {}
    last = 0
    for line in text.splitlines():
        head = _HEAD.match(line)
        number = int(next(g for g in head.groups() if g)) if head else 0
        if head and number > last:
            last = number
            found[str(number)] = [line[head.end() :].strip()]
        elif found:
            found[str(last)].append(line.strip())
    return {number: "\n".join(lines).strip() for number, lines in found.items()}


def rests_on(text: str, own: str = "") -> tuple[str, ...]:
    """The numbers of the claims a claim names, in order; () for an independent claim.

    A claim of another category that names one ("a process for making the pump of claim 1") rests on it as
    far as its features go: they are its features too. `own`: the claim's number, never among them.
    """
    found: list[str] = []
    for match in _RESTS_ON.finditer(text):
        named = match[1]
        for first, last in _SPAN.findall(named):
            if int(first) <= int(last) <= int(first) + _LONGEST_SPAN:
                found += [str(n) for n in range(int(first), int(last) + 1)]
        found += [str(int(n)) for n in re.findall(r"\d{1,4}", named)]
    return tuple(n for n in dict.fromkeys(found) if n != own)


def independent(claims: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of the claims that rest on no other."""
    return tuple(label for label, text in claims.items() if not rests_on(text, label))


def below(claims: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The claims each claim of a set rests on, as far as they are of the set."""
    return {label: tuple(n for n in rests_on(text, label) if n in claims) for label, text in claims.items()}


def ancestors(below: Mapping[str, Sequence[str]], label: str) -> tuple[tuple[str, ...], ...]:
    """The chains of claims below `label` down to an independent one, itself first; one for each alternative.

    A claim that names several in the alternative has a chain for each (PCT Rule 6.4), the shortest first and
    500 at most. Circles are cut. `below` as the function of that name says it.
    """

    def further(chain: tuple[str, ...]) -> list[str]:
        return [n for n in below.get(chain[-1], ()) if n not in chain]

    chains: list[tuple[str, ...]] = []
    level: Iterable[tuple[str, ...]] = [(label,)]
    while level:
        unfinished = []
        for chain in level:
            if further(chain):
                unfinished.append(chain)
            else:
                chains.append(chain)
                if len(chains) == _MOST_CHAINS:
                    return tuple(chains)
        # Only as many of the next length are made as are looked at: alternatives of alternatives are many.
        level = _longer(unfinished, further) if unfinished else ()
    return tuple(chains)


def _longer(
    chains: Iterable[tuple[str, ...]], further: Callable[[tuple[str, ...]], list[str]]
) -> Iterator[tuple[str, ...]]:
    for chain in chains:
        for n in further(chain):
            yield (*chain, n)


def spans(labels: Iterable[str]) -> str:
    """Labels as people write them: 1, 2, 3 and 5 are `1-3, 5`; labels that are no numbers come last."""
    known = list(dict.fromkeys(labels))
    numbers = sorted(int(label) for label in known if label.isdecimal())
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    said = [f"{a}-{b}" if a != b else str(a) for a, b in runs]
    return ", ".join(said + [label for label in known if not label.isdecimal()])
