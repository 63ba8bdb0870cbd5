"""What a large office costs: docket, a closure that moves limits, replay of the log, a past day of a case.

`--cases N` (default 20,000) sets the size of the generated office; `--cases 100000` is the size the aims
speak of and takes half an hour to generate. The peer is plain SQLite on the same file.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `search` is the package, not the benchmark
from measure import Row, seconds, show

from app.domain.record import Right
from app.services import cases, closures, offices, recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act
from app.storage.office import OfficeStore

TODAY = date(2026, 11, 25)
RIGHTS = (Right.PATENT, Right.TRADE_MARK, Right.DESIGN, Right.UTILITY_MODEL)
BATCH = 500
COMPANIES = 5000


def generate(office: Office, count: int) -> None:
    """An office of `count` cases filed over ten years, each with a few events, rows and limits."""
    draw = random.Random(7)
    done = 0
    while done < count:
        with office.store.act() as act:
            for number in range(done, min(done + BATCH, count)):
                act.finish(_one(act, office, draw, number))
        done += BATCH


def _one(act: Act, office: Office, draw: random.Random, number: int) -> str:
    right = RIGHTS[number % len(RIGHTS)]
    filed = TODAY - timedelta(draw.randrange(5, 3650))
    fields = {
        "title": f"Pump {number} for wells of {draw.choice(('Kito', 'Dala', 'Soma', 'Nuri'))}",
        "applicant": f"Works {draw.randrange(COMPANIES)} Ltd", "filing_date": filed.isoformat(),
        "officer": draw.choice(("Awa", "Bintou", "Chidi")),
    }  # fmt: skip
    kind = "class" if right is Right.TRADE_MARK else "claim"
    rows = [{"kind": kind, "label": str(n), "texts": {"en": f"Part {n} of {number}"}} for n in (1, 2)]
    facts = {"kind": "application", "office": "XX", "language": "en", "confidential": True}
    case_id = recording.start_case(act, office, recording.NewCase(right, filed, facts, fields, rows))
    recording.put_past_event(act, office, case_id, "filed", filed)
    recording.put_past_event(act, office, case_id, "formalities_invited", TODAY - timedelta(number % 60))
    return case_id


def figures(folder: Path, count: int) -> list[Row]:
    """The table."""
    place = folder / "office"
    offices.init_office(place, officer="Awa").close()
    began = time.process_time()
    with offices.open_office(place, today=TODAY) as office:
        generate(office, count)
        made = time.process_time() - began
        operations = office.store.db.execute("SELECT count(*) FROM ops").fetchone()[0]
        rows = [Row(f"{count:,} cases, {operations:,} operations written", "s CPU", made)]
        rows += _docket(office, place)
        rows.append(_closure(office, count))
        rows.append(_past_day(office))
        took = seconds(lambda: offices.rebuild(office), rounds=1)
        rows.append(Row("tables rebuilt from the log", "s CPU", took))
        rows.append(_replay(office, folder, operations))
    opened = seconds(lambda: offices.open_office(place, today=TODAY).close())
    rows.append(Row("office opened", "s CPU", opened, aim="under 1"))
    return rows


def _docket(office: Office, place: Path) -> list[Row]:
    plain = sqlite3.connect(place / "office.db")
    peer = seconds(lambda: plain.execute("SELECT * FROM cases ORDER BY number").fetchall())
    plain.close()
    whole = seconds(lambda: cases.docket(office))
    due = seconds(lambda: cases.docket(office, due=7))
    found = seconds(lambda: cases.find(office, "Pump 1234"))
    return [
        Row("docket, every case", "s CPU", whole, peer, "SELECT *", "under 0.5 for 100,000"),
        Row("docket, limits of seven days", "s CPU", due, aim="under 0.1 for 100,000"),
        Row("a case found by its words", "s CPU", found),
    ]


def _closure(office: Office, count: int) -> Row:
    day = date(2027, 1, 12)
    began = time.process_time()
    done = closures.close(office, [day, day + timedelta(1)], "Official Notice 1", dry_run=False)
    took = time.process_time() - began
    return Row(f"closure of two days, {len(done.moved):,} limits moved", "s CPU", took, aim="under 20")


def _past_day(office: Office) -> Row:
    case_id = cases.docket(office)[0].id
    took = seconds(lambda: register.case_on(office.store, case_id, TODAY, TODAY, TODAY), rounds=20)
    return Row("a case as of a past day", "ms CPU", took * 1000, aim="under 20")


def _replay(office: Office, folder: Path, operations: int) -> Row:
    """All operations into an empty office, as a station does that joins."""
    from app.storage.office import Founding

    law, other = office.store.office_id, folder / "joined"
    store = OfficeStore.create(other, Founding(officer="Bintou", office_id=law))
    began = time.process_time()
    for (station, incarnation), _head in office.store.heads().items():
        store.apply(office.store.after(station, incarnation, 0))
    took = time.process_time() - began
    store.close()
    rate = took / operations * 100_000
    return Row("replay into an empty office, for 100,000 operations", "s CPU", rate, aim="under 20")


def main() -> None:
    """Generate, measure, print."""
    count = int(sys.argv[sys.argv.index("--cases") + 1]) if "--cases" in sys.argv else 20_000
    with tempfile.TemporaryDirectory(prefix="marula-bench-") as folder:
        show(f"An office of {count:,} cases", figures(Path(folder), count))


if __name__ == "__main__":
    main()
