"""Three stations, random work, random exchanges over two sticks, random faults: all agree in the end.

Nothing that a station acknowledged is lost, nothing is altered, nothing is overwritten in silence.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.services import cases, conflicts
from app.sync import stores
from app.sync.exchange import exchange
from app.sync.folder import FolderStore


class World:
    """What was done, by whom, and what must be found again."""

    def __init__(self, together, tools, seed: int) -> None:
        self.together, self.tools = together, tools
        self.chance = random.Random(seed)
        self.sticks = [together.folder / "stick", together.folder / "second stick"]
        self.sticks[1].mkdir()
        self.titles: dict[str, set[str]] = {}

    def step(self, number: int) -> None:
        office = self.chance.choice(self.together.stations)
        kind = self.chance.choices(["work", "exchange", "fault"], [5, 4, 2])[0]
        if kind == "work":
            self.work(office, number)
        elif kind == "exchange":
            self.exchange(office)
        else:
            self.fault(self.chance.choice(self.sticks) / "ipx1")

    def work(self, office, number: int) -> None:
        known = cases.docket(office)
        if not known or self.chance.random() < 0.2:
            case_id = self.tools.new_case(office, f"case {number}")
            self.titles[case_id] = {f"case {number}"}
            return
        case_id = self.chance.choice(known).id
        if self.chance.random() < 0.5:
            self.tools.edit(office, case_id, title=f"title {number}")
            self.titles[case_id].add(f"title {number}")
        else:
            cases.record(office, case_id, "note", fields={"text": f"note {number}"})

    def exchange(self, office) -> None:
        stick = FolderStore(self.chance.choice(self.sticks), office.store.station)
        shop = Pulled(stick, self.chance.randrange(40)) if self.chance.random() < 0.3 else stick
        try:
            exchange(office.store, shop)
        except stores.StoreTrouble:
            return

    def fault(self, folder: Path) -> None:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        if not files:
            return
        path = self.chance.choice(files)
        data = path.read_bytes()
        kind = self.chance.choice(["flip", "cut", "empty", "gone", "copy", "rename", "garbage", "wipe"])
        if kind == "flip" and data:
            at = self.chance.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        elif kind in ("cut", "empty"):
            path.write_bytes(data[: len(data) // 2 if kind == "cut" else 0])
        elif kind == "gone":
            path.unlink()
        elif kind == "copy":
            shutil.copy(path, path.with_name(f"{path.stem} - Copy{path.suffix}"))
        elif kind == "rename":
            path.rename(path.with_name(path.name.upper()))
        elif kind == "garbage":
            path.with_name("x" + path.name).write_bytes(self.chance.randbytes(500))
        elif kind == "wipe" and self.chance.random() < 0.3:
            shutil.rmtree(folder)


class Pulled:
    """A stick that is pulled after so many steps."""

    def __init__(self, inner: FolderStore, good: int) -> None:
        self.inner, self.good = inner, good
        self.address, self.near = inner.address, inner.near

    def __getattr__(self, name: str) -> object:
        self.good -= 1
        if self.good < 0:
            raise stores.gone(self.address)
        return getattr(self.inner, name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_stations_in_a_rough_world(three, tools, seed):
    world = World(three, tools, seed)
    for number in range(90):
        world.step(number)
    three.settle_down()
    assert len(three.digests()) == 1
    for office in three.stations:
        assert {line.id for line in cases.docket(office)} == set(world.titles)
        for case_id, titles in world.titles.items():
            told = {str(line.new) for line in cases.history(office, case_id)}
            assert titles <= told, "every title that was ever set stands in the history"
    contested = [{c.id for c in conflicts.listed(office)} for office in three.stations]
    assert contested[0] == contested[1] == contested[2]
