"""The pipe between the office and a child that opens files: framed JSON headers with a body of bytes.

A frame is the header's length and the body's length (two unsigned 32-bit numbers, big-endian), the
header (JSON, UTF-8), the body.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MODULE = "app.imaging.child"
SWITCH = "--imaging-child"
_LENGTHS = struct.Struct(">II")
MAX_HEADER = 32 * 1024 * 1024
MAX_BODY = 300 * 1024 * 1024


class ChildGone(Exception):
    """The child died, spoke nonsense, or was ended because it took too long (`late`)."""

    def __init__(self, late: bool = False) -> None:
        super().__init__("the child is gone")
        self.late = late


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child said. `refused` is a reason of `pages.sentences`, empty for an answer."""

    header: dict[str, Any]
    body: bytes

    @property
    def refused(self) -> str:
        return str(self.header.get("refused", ""))


def write_frame(pipe: IO[bytes], header: dict[str, Any], body: bytes) -> None:
    """Send one frame and flush."""
    head = json.dumps(header).encode()
    pipe.write(_LENGTHS.pack(len(head), len(body)))
    pipe.write(head)
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the pipe. Raises ValueError for what is not a frame."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > MAX_HEADER or body_length > MAX_BODY:
        raise ValueError("frame too long")
    head, body = pipe.read(head_length), pipe.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    header = json.loads(head)
    if not isinstance(header, dict):
        raise ValueError("no header")
    return header, body


def command(module: str = MODULE, switch: str = SWITCH) -> list[str]:
    """How a child is started: this Python, or in a frozen copy the program itself with the child's switch."""
    if getattr(sys, "frozen", False):
        return [sys.executable, switch]
    return [sys.executable, "-m", module]


def environment() -> dict[str, str]:
    """A bare environment: neither passphrase files nor proxies reach the child."""
    needed = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in needed if name in os.environ} | {
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",  # small machines: threads of a page cost more than they bring
    }


class Child:
    """A running child, of imaging unless told otherwise.

    document         token of what it has open, 0 for nothing
    module, switch   what is started from a checkout, and in a frozen copy
    """

    def __init__(self, module: str = MODULE, switch: str = SWITCH) -> None:
        self.document = 0
        self._late = False
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            command(module, switch), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(), creationflags=flags,
        )  # fmt: skip

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, header: dict[str, object], body: bytes, seconds: float) -> Answer:
        """Send a request and wait for the answer, at most `seconds`. Raises ChildGone."""
        clock = threading.Timer(seconds, self._too_late)
        clock.daemon = True
        clock.start()
        try:
            stdin, stdout = self._process.stdin, self._process.stdout
            assert stdin is not None and stdout is not None
            write_frame(stdin, header, body)
            frame = read_frame(stdout)
        except (OSError, ValueError) as trouble:
            raise ChildGone(self._late) from trouble
        finally:
            clock.cancel()
        if frame is None:
            raise ChildGone(self._late)
        return Answer(*frame)

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def end(self) -> None:
        """Kill it and close the pipes. Safe to repeat."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # Unsent bytes of a request to a dead child have nowhere to go.
                    continue
