"""Citing a hit on the open case: category and claims go from the form into the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import _
from ui import words
from ui.ask import searching as ask
from ui.ask.searching import Taking
from ui.desk import Desk, OpenCase
from ui.rooms.prior_art.hitlist import HitList
from ui.rooms.prior_art.takeform import TakeForm

if TYPE_CHECKING:
    from app.services.cases import Recorded


class Citing(QObject):
    """`cited` when the case holds the citation and the desk knows it."""

    cited = Signal()

    def __init__(self, desk: Desk, hits: HitList, form: TakeForm, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.hits, self.form = desk, hits, form
        hits.rated.connect(form.start)

    def cite(self, wanted: tuple[str, str, str]) -> None:
        """Cite the chosen hit; `wanted` is its category, the claims, and the passages."""
        hit, case = self.hits.current, self.desk.case
        if hit is None or case is None:
            self.form.done()
            return
        category, claims, passages = wanted
        taking = Taking(hit, category, claims, passages)
        self.desk.write(
            self,
            lambda office, progress: ask.cite(office, progress, case.id, taking),
            self._recorded,
            refused=self.form.refuse,
        )

    def _recorded(self, recorded: Recorded) -> None:
        case = recorded.case
        cited = {c.record: c.category for c in case.citations if c.record}
        self.desk.case = OpenCase(case.id, case.number, case.title, cited)
        self.form.done()
        self.cited.emit()
        self.desk.say(_("Cited on {number}").format(number=words.isolate(case.number)))
