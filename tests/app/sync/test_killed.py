"""The program is killed (-9) at random moments of an exchange: what was acknowledged stays."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.services import cases, offices, syncing

RUNS = 10
CHILD = """
import sys
from pathlib import Path
from app.services import cases, offices, syncing
with offices.open_office(Path(sys.argv[1])) as office:
    print("open", flush=True)
    for n in range(500):
        done = cases.new(office, "patent", {"title": f"{sys.argv[3]} {n}", "applicant": "Kofi"})
        print(done.case.id, flush=True)
        syncing.sync(office, sys.argv[2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_an_exchange_that_is_killed_is_simply_repeated(together, tmp_path):
    awa, bintou = together.stations
    place = bintou.path
    bintou.close()
    chance, acknowledged = random.Random(20261125), set[str]()
    for run in range(RUNS):
        acknowledged |= killed(place, together.stick, run, chance.uniform(0.02, 0.35))
    together.stations[1] = offices.open_office(place)
    assert offices.verify(together.stations[1]).problems == ()
    syncing.sync(together.stations[1], str(together.stick))
    together.settle_down()
    there = {line.id for line in cases.docket(awa)}
    assert acknowledged and acknowledged <= there
    assert len(together.digests()) == 1
    assert not list(together.exchange_folder.rglob("*.tmp"))


def killed(office: Path, stick: Path, run: int, after: float) -> set[str]:
    """Run the child until `after` seconds past its opening, kill it; the cases it acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(office), str(stick), f"run {run}"],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert child.stdout is not None and child.stdout.readline().strip() == "open"
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said, _err = child.communicate()
    # The last line may be torn: it was not acknowledged.
    return {line for line in said.split("\n")[:-1] if len(line) == 32}
