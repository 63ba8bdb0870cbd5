"""Findings of the case: what the formalities say, with provision and remedy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.findings import Finding, Severity
from app.errors import _, plural
from ui.theme import Tone
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, ChipLabel, Icon, Rule, column, empty, label, row, selectable
from ui.widgets.scrolling import ScrollColumn
from ui.widgets.states import Notice, Stand

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_TONE = {Severity.ERROR: Tone.RED, Severity.WARNING: Tone.AMBER, Severity.NOTE: Tone.QUIET}
_ICON = {Severity.ERROR: "circle-alert", Severity.WARNING: "triangle-alert", Severity.NOTE: "info"}


class ChecklistPage(QWidget):
    """`invite` when the person wants to write to the applicant about them."""

    invite = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "section")
        self.letter = Button(
            _("Invite the applicant to correct"), icon="mail", kind="filter", act=self.invite.emit
        )
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(20, 4, 20, 16)
        self._rows.setSpacing(0)
        scroll = ScrollColumn(_("Findings"), inner)
        self.stand = Stand(scroll, Notice("circle-check", ""))
        head = row(self.told, None, self.letter)
        head.setContentsMargins(20, 12, 20, 8)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 1)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(self.stand, 1)

    def hold(self, case: Case) -> None:
        """Show a case's findings, the gravest first."""
        empty(self._rows)
        findings = sorted(case.findings, key=lambda f: (f.settled, _ORDER[f.severity], f.where))
        self.told.setText(plural("{n} finding", "{n} findings", len(findings)).format(n=len(findings)))
        self.letter.setVisible(any(not f.settled and f.severity is not Severity.NOTE for f in findings))
        for finding in findings:
            self._rows.addWidget(_row(finding))
        self._rows.addStretch(1)
        if findings:
            self.stand.show_thing()
        else:
            self.stand.show_empty(
                "circle-check", _("Nothing found"), _("All formalities the law pack checks are in order.")
            )


def _row(finding: Finding) -> QWidget:
    made = QWidget()
    icon = Icon(
        "check" if finding.settled else _ICON[finding.severity],
        str(_TONE[finding.severity]).replace("quiet", "ink2"),
    )
    message = selectable(finding.message, "medium", wrap=True)
    lines = [message]
    if finding.remedy:
        lines.append(selectable(finding.remedy, "", wrap=True))
    if finding.provision:
        lines.append(selectable(finding.provision, "small", wrap=True))
    inner = QHBoxLayout()
    inner.setContentsMargins(0, 10, 0, 10)
    inner.setSpacing(12)
    inner.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    inner.addLayout(column(*lines, spacing=2), 1)
    if finding.where and finding.where not in finding.message:
        inner.addWidget(ChipLabel(Chip(finding.where)), 0, Qt.AlignmentFlag.AlignTop)
    outer = QVBoxLayout(made)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addLayout(inner)
    outer.addWidget(Rule())
    made.setAccessibleName(f"{severity_name(finding.severity)}: {finding.message} {finding.remedy}")
    return made


def severity_name(severity: Severity) -> str:
    """Error, warning, note in words."""
    return {
        Severity.ERROR: _("To be corrected"),
        Severity.WARNING: _("To look at"),
        Severity.NOTE: _("Good to know"),
    }[severity]
