"""The process that opens what strangers sent.

It reads requests from its standard input and answers on its standard output (`wire`). Before the
first file it gives up what it does not need: memory and open files beyond a bound, writing files,
dumping its memory, sockets, other programs.
"""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

from app.imaging.opened import Opened, Refuse, open_bytes
from app.imaging.wire import read_frame, write_frame

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
OPEN_FILES = 48

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.dlopen")


def main() -> int:
    """Serve until the pipe ends. 0 at its end."""
    requests, answers = _own_pipes()
    _give_up()
    current: Opened | None = None
    while (frame := read_frame(requests)) is not None:
        header, body = frame
        _more_time()
        try:
            if header["op"] in ("open", "forget"):
                if current is not None:
                    current.close()
                current = open_bytes(body) if header["op"] == "open" else None
                reply: tuple[dict[str, Any], bytes] = ({}, b"")
            else:
                reply = _answer(current, header)
        except Refuse as refusal:
            reply = ({"refused": refusal.reason}, b"")
        except MemoryError:
            reply = ({"refused": "large"}, b"")
        except Exception:
            # Whatever a broken file made a decoder raise: the file is damaged, the child is well.
            reply = ({"refused": "damaged"}, b"")
        write_frame(answers, *reply)
    return 0


def _answer(current: Opened | None, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if current is None:
        raise Refuse("damaged")
    if header["op"] == "about":
        return {"pages": current.count, "kind": current.kind}, b""
    index = int(header["index"])
    if not 0 <= index < current.count:
        raise Refuse("page")
    if header["op"] == "text":
        return {}, current.text(index).encode("utf-8", "replace")
    drawn = current.page(index, min(max(float(header["dpi"]), 18.0), 600.0))
    return {"width": drawn.width, "height": drawn.height, "words": drawn.words}, drawn.png


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
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


def _give_up() -> None:
    # The libraries load what they need first; afterwards nothing more is opened by name.
    from app.imaging import opened

    opened.load_libraries()
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
    sys.addaudithook(_forbid)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise PermissionError(event)


def _more_time() -> None:
    """Some more CPU seconds for the next request: an endless file ends the child by itself."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
        _old, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    sys.exit(main())
