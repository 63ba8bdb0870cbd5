"""Shared by the benchmarks: time of child processes, and tables of medians and ratios."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over several runs of one command.

    cpu   seconds of processor, user and system, children that were waited for included
    wall  seconds of the clock
    peak  megabytes of memory at the most; 0.0 where the system does not say
    """

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, of us and of a peer, both in `unit`."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    against: str = ""
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's; None where there is no peer."""
        return self.ours / self.peer if self.peer else None


def cost(command: Sequence[str], rounds: int = 5, environment: Mapping[str, str] | None = None) -> Cost:
    """Run `command` once to warm the disk, then `rounds` times. A run that fails stops the benchmark."""
    seen = [once(command, environment) for _round in range(rounds + 1)][1:]
    return Cost(*(median(getattr(one, name) for one in seen) for name in ("cpu", "wall", "peak")))


def once(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """The cost of one run. What it prints on standard output is thrown away."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
    if not hasattr(os, "wait4"):  # Windows: the clock alone
        status, wall = child.wait(), time.perf_counter() - began
        used = Cost(wall, wall, 0.0)
    else:
        _pid, code, usage = os.wait4(child.pid, 0)
        status = child.returncode = os.waitstatus_to_exitcode(code)
        kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        used = Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, kilobytes / 1024)
    if status:
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return used


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Median processor seconds of one call in this process, after one call to warm up."""
    work()
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table, or with `--json` on the command line one JSON document."""
    if "--json" in sys.argv:
        lines = [{**asdict(row), "ratio": row.ratio} for row in rows]
        print(json.dumps({"benchmark": title, "rows": lines}, ensure_ascii=False))
        return
    print(title)
    wide = max(len(row.what) for row in rows)
    for row in rows:
        peer = f"{row.peer:9.3f} {row.against}, ratio {row.ratio:.2f}" if row.peer and row.ratio else ""
        aim = f"   ({row.aim})" if row.aim else ""
        print(f"  {row.what:<{wide}} {row.ours:9.3f} {row.unit:<6} {peer}{aim}")
