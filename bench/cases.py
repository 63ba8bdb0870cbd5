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

from app.domain.docket import DocketAsk, DocketSort
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
LARGE = 100_000


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
        rows += _pages(office, "docket by pages", f"{count:,} cases")
        rows.append(_closure(office, count))
        rows.append(_past_day(office))
        took = seconds(lambda: offices.rebuild(office), rounds=1)
        rows.append(Row("tables rebuilt from the log", "s CPU", took))
        rows.append(_replay(office, folder, operations))
        _grow(office, LARGE)
        rows += _pages(office, "docket by pages, its table grown", f"{LARGE:,} rows")
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


def _pages(office: Office, what: str, size: str) -> list[Row]:
    """What the window asks when it opens the docket, scrolls, narrows and sorts."""
    first = cases.docket_page(office)
    silent = DocketAsk(owner="office", due=31)
    asked = {
        "scrolled on": lambda: cases.docket_page(office, after=first.next),
        "limits of seven days": lambda: cases.docket_page(office, DocketAsk(due=7)),
        "one right": lambda: cases.docket_page(office, DocketAsk(right="design")),
        "one examiner and a word": lambda: cases.docket_page(office, DocketAsk(officer="Awa", text="kito")),
        "the office's own limits": lambda: cases.docket_page(office, silent),
        "by title": lambda: cases.docket_page(office, DocketAsk(sort=DocketSort.TITLE)),
        "by number, downwards": lambda: cases.docket_page(
            office, DocketAsk(sort=DocketSort.NUMBER, descending=True)
        ),
    }
    opened = seconds(lambda: (cases.docket_page(office), cases.docket_choices(office)))
    rows = [Row(f"{what}: opened ({size})", "s CPU", opened, aim="under 0.5 for 100,000")]
    return rows + [
        Row(f"{what}: {name} ({size})", "s CPU", seconds(call), aim="under 0.1 for 100,000")
        for name, call in asked.items()
    ]


def _grow(office: Office, size: int) -> None:
    """Copy the docket's rows and their open limits under new ids until the tables are large; nothing else
    of the office knows of them. One in forty gets a limit by which silence protects."""
    silent = next(rule.id for rule in office.law.limits.values() if rule.silence)
    db = office.store.db
    held = db.execute("SELECT count(*) FROM docket").fetchone()[0]
    names = [row[1] for row in db.execute("PRAGMA table_info(docket)") if row[1] not in ("case_id", "number")]
    limits = "rule, name, event, owner, unrolled, last_day, state"
    with office.store.act():
        for turn in range(1, -(-size // held)):
            db.execute(
                f"INSERT INTO docket (case_id, number, {', '.join(names)}) SELECT ? || case_id, ? || number, "
                f"{', '.join(names)} FROM docket WHERE length(case_id) = 32",
                [f"{turn}-", f"{turn}/"],
            )
            db.execute(
                f"INSERT INTO deadlines (id, case_id, {limits}) SELECT ? || id, ? || case_id, {limits} "
                "FROM deadlines WHERE length(case_id) = 32 AND state = 'open'",
                [f"{turn}-", f"{turn}-"],
            )
        db.execute(
            f"INSERT INTO deadlines (id, case_id, {limits}) SELECT 'silent-' || id, case_id, ?, name, event, "
            "'office', unrolled, last_day, state FROM deadlines "
            "WHERE state = 'open' AND abs(random()) % 40 = 0",
            [silent],
        )


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
