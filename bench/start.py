"""How quickly things start: the command line, the window, run.py, the demonstration.

Each figure is a median, beside bare Python (or a bare Qt window) measured in the same run.
`--quick` leaves the demonstration out.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import Row, cost, once, show

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
QUIET = {"QT_QPA_PLATFORM": "offscreen"}

# A window with a table and nothing of ours: what Qt itself costs here.
BARE_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
a = QApplication([]); w = QMainWindow(); w.setCentralWidget(QTableWidget(8, 6)); w.resize(1280, 800); w.show()
a.processEvents(); w.grab(); w.close()
"""
OUR_WINDOW = """
import sys
from ui.main import main
sys.exit(main(["--photograph", sys.argv[1]]))
"""


def command_line() -> list[Row]:
    """CPU of starting the command line, beside an interpreter that does nothing."""
    bare = cost([PYTHON, "-c", "pass"]).cpu
    rows = []
    for words, aim in ((["--version"], "under 0.3"), (["limit", "2026-01-31", "2m"], "under 0.5")):
        ours = cost([PYTHON, "-m", "app.cli.main", *words]).cpu
        rows.append(Row("marula " + " ".join(words), "s CPU", ours, bare, "bare Python", aim))
    return rows


def window(folder: Path) -> Row:
    """CPU from the start of the interpreter to the first painted window of an empty home."""
    home = {**QUIET, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    bare = cost([PYTHON, "-c", BARE_WINDOW], environment=home).cpu
    ours = cost([PYTHON, "-c", OUR_WINDOW, str(folder / "window.png")], environment=home).cpu
    return Row("window, start to first paint", "s CPU", ours, bare, "bare Qt", "import to paint under 1.0")


def second_start() -> Row:
    """Seconds that run.py adds to a command once the set-up stands."""
    direct = cost([PYTHON, "-m", "app.cli.main", "--version"]).wall
    ours = cost([PYTHON, str(ROOT / "run.py"), "marula", "--version"]).wall
    return Row("run.py marula --version", "s", ours, direct, "marula alone", "adds under 1")


def demonstration(folder: Path) -> Row:
    """Seconds of one whole `marula demo`."""
    taken = once([PYTHON, "-m", "app.cli.main", "demo", "--keep", str(folder / "kept")])
    return Row("marula demo", "s", taken.wall, aim="under 90")


def measured() -> list[Row]:
    """All rows, the quick ones first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*command_line(), window(folder), second_start()]
        return rows if "--quick" in sys.argv else [*rows, demonstration(folder)]


if __name__ == "__main__":
    show("start", measured())
