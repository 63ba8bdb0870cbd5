"""Offices with several stations, made quickly: enrolment's slow words are tested on their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.progress import SILENT, Progress
from app.services import cases, offices
from app.services.offices import Office
from app.storage.office import Founding, OfficeStore
from app.storage.segments import Shelf
from app.sync import keys, roster
from app.sync.exchange import exchange
from app.sync.folder import FolderStore
from app.sync.session import Tally
from app.sync.stores import Store


@dataclass
class Together:
    """An office of several stations and a stick between them."""

    folder: Path
    stations: list[Office] = field(default_factory=list)

    @property
    def stick(self) -> Path:
        path = self.folder / "stick"
        path.mkdir(exist_ok=True)
        return path

    @property
    def exchange_folder(self) -> Path:
        return self.stick / "ipx1"

    @property
    def first(self) -> Office:
        return self.stations[0]

    def add(self, officer: str, role: str = roster.EXAMINER) -> Office:
        """One more station: the first founds the office, the others are accepted by it."""
        place = self.folder / f"station of {officer}"
        if not self.stations:
            office = offices.init_office(place, officer=officer)
        else:
            office = self._accepted(place, officer, role)
        self.stations.append(office)
        return office

    def _accepted(self, place: Path, officer: str, role: str) -> Office:
        founder = self.first.store
        ring = keys.load(founder)
        store = OfficeStore.create(place, Founding(officer=officer, office_id=founder.office_id))
        Shelf(store).keep_private({keys.CARD: ring.card_file})
        member = roster.Member(
            store.station, store.identity.sign_public, store.identity.box_public, officer, role
        )
        assert ring.roster is not None
        keys.publish(founder, ring, ring.roster.with_member(member))
        return Office(store)

    def shop(self, office: Office) -> Store:
        return FolderStore(self.stick, office.store.station)

    def sync(self, office: Office, shop: Store | None = None, progress: Progress = SILENT) -> Tally:
        return exchange(office.store, shop or self.shop(office), progress)

    def settle_down(self) -> list[Tally]:
        """Everybody exchanges until nobody has anything new."""
        tallies: list[Tally] = []
        for _turn in range(6):
            tallies = [self.sync(office) for office in self.stations]
            if not any(tally.wrote or tally.applied for tally in tallies):
                return tallies
        raise AssertionError("the stations never come to rest")

    def digests(self) -> set[str]:
        return {office.store.digest() for office in self.stations}

    def files(self, suffix: str = "") -> list[Path]:
        return sorted(p for p in self.exchange_folder.rglob(f"*{suffix}") if p.is_file())


def new_case(office: Office, title: str = "Pump") -> str:
    """A case of the station; its id."""
    return cases.new(office, "patent", {"title": title, "applicant": "Kofi Mensah"}).case.id


def edit(office: Office, case_id: str, **fields: Any) -> None:
    cases.edit(office, case_id, {name: str(value) for name, value in fields.items()})


@pytest.fixture
def together(tmp_path: Path) -> Iterator[Together]:
    """Two stations, Awa's (the registrar's) and Bintou's, that have met once."""
    office = Together(tmp_path)
    office.add("Awa")
    office.add("Bintou")
    office.settle_down()
    yield office
    for station in office.stations:
        station.close()


@pytest.fixture
def three(together: Together) -> Together:
    """A third station, Chidi's."""
    together.add("Chidi")
    together.settle_down()
    return together


@pytest.fixture
def tools() -> Any:
    """`new_case` and `edit`, for tests that take the fixtures."""

    class Tools:
        new_case = staticmethod(new_case)
        edit = staticmethod(edit)

    return Tools
