"""Standard input and output as they really are: closed, full, cut off, or in an encoding of their own."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from typing import Any

import click

from app.errors import _


def hold_open() -> None:
    """Put the null device where standard input, output or error is closed.

    Otherwise the next file opened takes its place, and what is printed lands in that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the program
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def never_choke() -> None:
    """Print what the output's encoding has no character for as an escape, rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def dumped(value: Any) -> str:
    """JSON in readable characters; in escapes where the output is not UTF-8 or the text no proper text.

    A name that is no proper text (an odd file name) comes back from its escapes exactly.
    """
    text = json.dumps(value, ensure_ascii=False, default=str)
    if (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8":
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return json.dumps(value, default=str)


# Control characters, but for the tabulator, line ends and the bold of our own.
_CONTROLS = re.compile("(?!\x1b\\[[01]m)[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(line: str) -> str:
    """A line that cannot command the terminal: names and titles come from files of others."""
    return _CONTROLS.sub("\ufffd", line)


def deliver() -> bool:
    """Hand over what was printed; False when nobody takes it. A full disk is said on standard error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return False
    except OSError as trouble:
        _let_go()
        click.echo(_("The answer could not be written ({why}).").format(why=trouble.strerror), err=True)
        return False
    return True


def _let_go() -> None:
    """Send what is still waiting nowhere, so that leaving the program does not fail on it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
