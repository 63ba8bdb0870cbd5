"""Texts for reading as small HTML pages in the window's colours, with found words marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ui import words
from ui.theme import tokens

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def concept_colour(number: int) -> str:
    """The ground of a found word: three colours, in turn."""
    t = tokens()
    return (t.concept1, t.concept2, t.concept3)[number % 3]


def direction(language: str) -> str:
    """`rtl` for languages written so, else `ltr`: a text keeps its own direction in any interface."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def page(body: str) -> str:
    """A whole page."""
    t = tokens()
    return f'<body style="color:{t.ink}; font-size:14px;">{body}</body>'


def heading(text: str) -> str:
    """A section's name."""
    return f'<p style="font-size:15px; font-weight:600; margin:10px 0 4px 0;">{escape(text)}</p>'


def small(text: str) -> str:
    """A secondary line."""
    return f'<p style="font-size:12px; color:{tokens().ink2}; margin:6px 0 2px 0;">{escape(text)}</p>'


def paragraph(
    text: str, language: str = "", marks: Sequence[tuple[int, int, int]] = (), anchor: str = ""
) -> str:
    """A paragraph with marks (start, end, concept) on its words, in its language's direction."""
    place = f'<a name="{escape(anchor)}"></a>' if anchor else ""
    inner = marked(text, marks).replace("\n", "<br>")
    way = direction(language)
    align = "right" if way == "rtl" else "left"
    return f'<p dir="{way}" align="{align}" style="margin:2px 0 8px 0; line-height:118%;">{place}{inner}</p>'


def fact(text: str) -> str:
    """What the program or the law says: lines begin where the window's do, each keeps its own direction."""
    way, align = ("rtl", "right") if words.mirrored() else ("ltr", "left")
    # First strong isolates (U+2068 … U+2069).
    lines = "<br>".join(f"\u2068{escape(line)}\u2069" for line in text.splitlines())
    return f'<p dir="{way}" align="{align}" style="margin:2px 0 8px 0; line-height:118%;">{lines}</p>'


def marked(text: str, marks: Sequence[tuple[int, int, int]]) -> str:
    """Escaped text with coloured grounds; marks that overlap an earlier one are left out."""
    parts, at = [], 0
    for start, end, concept in sorted(marks):
        if start < at or end > len(text):
            continue
        parts.append(escape(text[at:start]))
        shade = concept_colour(concept)
        parts.append(f'<span style="background-color:{shade};">{escape(text[start:end])}</span>')
        at = end
    parts.append(escape(text[at:]))
    return "".join(parts)
