"""Names the law pack gives to events, limits, states and letters, in the window's language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.case import Case, CaseLine, Deadline, Row, Status
from app.domain.docket import DocketPage
from app.domain.dossier import Fee
from app.domain.law import LawPack, in_language


@dataclass(frozen=True, slots=True)
class LawNames:
    """One law pack read in one language; what the pack does not know keeps the name it came with."""

    law: LawPack
    language: str

    def event(self, event: str, fallback: str = "") -> str:
        """Name of an event."""
        rule = self.law.events.get(event)
        return in_language(rule.name, self.language) if rule else fallback or event

    def limit_name(self, rule_id: str, fallback: str = "") -> str:
        """Name of a limit."""
        rule = self.law.limits.get(rule_id)
        return in_language(rule.name, self.language) if rule else fallback or rule_id

    def limit(self, deadline: Deadline) -> Deadline:
        """The limit with its name in this language."""
        return replace(deadline, name=self.limit_name(deadline.rule, deadline.name))

    def status(self, status: Status) -> Status:
        """The state with its name in this language."""
        found = next((rule for rule in self.law.statuses if rule.code == status.code), None)
        return replace(status, name=in_language(found.name, self.language)) if found else status

    def letter(self, template: str, fallback: str = "") -> str:
        """Name of a letter."""
        rule = self.law.letters.get(template)
        return in_language(rule.name, self.language) if rule else fallback or template

    def line(self, line: CaseLine) -> CaseLine:
        """A line of the docket."""
        limit = self.limit(line.next_limit) if line.next_limit else None
        ours = self.limit(line.office_limit) if line.office_limit else None
        return replace(line, status=self.status(line.status), next_limit=limit, office_limit=ours)

    def lines(self, lines: tuple[CaseLine, ...]) -> tuple[CaseLine, ...]:
        """Lines of the docket."""
        return tuple(self.line(line) for line in lines)

    def page(self, page: DocketPage) -> DocketPage:
        """A page of the docket."""
        return replace(page, lines=self.lines(page.lines))

    def state(self, code: str, fallback: str = "") -> str:
        """Name of a state."""
        return self.status(Status(code, fallback or code)).name

    def row_state(self, row: Row) -> str:
        """Name of a row's state."""
        rule = self.law.row_statuses.get(row.status)
        return in_language(rule.name, self.language) if rule else row.status_name

    def fee(self, fee: Fee) -> str:
        """Name of a fee."""
        rule = self.law.fees.get(fee.what)
        return in_language(rule.name, self.language) if rule else fee.name

    def case(self, case: Case) -> Case:
        """A whole case."""
        return replace(
            case,
            status=self.status(case.status),
            deadlines=tuple(self.limit(d) for d in case.deadlines),
            events=tuple(replace(e, name=self.event(e.event, e.name)) for e in case.events),
            rows=tuple(replace(r, status_name=self.row_state(r)) for r in case.rows),
            fees=tuple(replace(f, name=self.fee(f)) for f in case.fees),
            letters=tuple(replace(x, name=self.letter(x.template, x.name)) for x in case.letters),
        )
