"""How a text file that does not say it is encoded."""

from __future__ import annotations

import codecs


def encoding(head: bytes) -> str:
    """`utf-16` by its mark, else UTF-8 (its own mark left out), else one byte a letter (`cp1252`).

    head  the first bytes of the file; a character cut by their end is no sign of another encoding
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
