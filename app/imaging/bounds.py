"""What a child process gives up before it opens what strangers sent.

The children of this room and of `app.ocr` start alike: pipes under numbers of their own, then bounds on
memory, open files, writing, sockets and other programs, then some CPU seconds a request.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
OPEN_FILES = 48

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.dlopen")


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers of their own; what a library prints goes nowhere."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    if sys.platform == "win32":
        import msvcrt

        for pipe in (requests, answers):
            msvcrt.setmode(pipe.fileno(), os.O_BINARY)
    return requests, answers


def give_up(load_libraries: Callable[[], None]) -> None:
    """Load what the child works with, then let go of everything it does not need."""
    # The libraries load what they need first; afterwards nothing more is opened by name.
    load_libraries()
    if sys.platform != "win32":
        import resource

        bounds = (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
        )
        for what, most in bounds:
            try:
                resource.setrlimit(what, (most, most))
            except (OSError, ValueError):
                # macOS knows no bound on address space; the parent's clock still stands.
                continue
    sys.addaudithook(forbid)


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook of the children. Raises PermissionError for what none of them has to do."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise PermissionError(event)


def more_time(seconds: int = CPU_SECONDS) -> None:
    """Some more CPU seconds for the next request: an endless file ends the child by itself."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + seconds
        _old, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
