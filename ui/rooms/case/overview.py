"""What the case is: its fields (edited in place), texts, classes, priorities, cited documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.case import Case
from app.domain.dossier import Citation
from app.errors import _
from ui import words
from ui.theme import Tone
from ui.widgets.painting import Chip
from ui.widgets.pieces import Button, ChipLabel, Rule, column, empty, label, row, selectable
from ui.widgets.scrolling import ScrollColumn


class Overview(ScrollColumn):
    """`saved(fields)` when the person edited; `cited(record id)` when a cited document is asked for."""

    saved = Signal(dict)
    cited = Signal(str)

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(_("Overview"), inner, still=False)
        self.case: Case | None = None
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._page = QVBoxLayout(inner)
        self._page.setContentsMargins(20, 16, 20, 16)
        self._page.setSpacing(8)

    def hold(self, case: Case) -> None:
        """Show a case."""
        self.case = case
        self.fields = {}
        empty(self._page)
        self._head(editing=False)
        self._page.addLayout(_facts(_rows_of(case)))
        for name, text in _texts_of(case):
            self._section(name)
            self._page.addWidget(selectable(text, "", wrap=True))
        if case.priorities:
            self._section(_("Priorities"))
            self._page.addLayout(_facts(_priorities_of(case)))
        if case.citations:
            self._section(_("Documents cited"))
            for citation in case.citations:
                self._page.addWidget(self._citation(citation))
        self._page.addStretch(1)

    @property
    def editing(self) -> bool:
        """Whether the fields are open for editing."""
        return bool(self.fields)

    def edit(self) -> None:
        """Open the fields that may be set by hand."""
        if self.case is None:
            return
        empty(self._page)
        self._head(editing=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, (name, called, value) in enumerate(_editable(self.case)):
            field: QLineEdit | QPlainTextEdit
            if name == "remark":
                field = QPlainTextEdit(value)
                field.setFixedHeight(76)
                field.setTabChangesFocus(True)
            else:
                field = QLineEdit(value)
                field.returnPressed.connect(self._save)
            field.setAccessibleName(called)
            self.fields[name] = field
            grid.addWidget(label(called, "label"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        self._page.addLayout(grid)
        note = label(
            _(
                "What is replaced stays in the history. Title, applicant and representative are "
                "guarded: when two "
                "stations set them differently, a conflict is kept until somebody settles it."
            ),
            "small",
            wrap=True,
        )
        self._page.addWidget(note)
        save = Button(_("Keep the changes"), icon="check", act=self._save)
        cancel = Button(_("Leave as it was"), act=self.leave)
        self._page.addLayout(row(save, cancel, None))
        self._page.addStretch(1)
        first = self.fields["title"]
        first.setFocus()

    def leave(self) -> None:
        """Close the fields without keeping anything."""
        if self.case is not None:
            self.hold(self.case)

    def _save(self) -> None:
        if self.case is None:
            return
        before = {name: value for name, _called, value in _editable(self.case)}
        changed = {}
        for name, field in self.fields.items():
            text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            if text.strip() != before[name].strip():
                changed[name] = text.strip()
        if changed:
            self.saved.emit(changed)
        else:
            self.leave()

    def _head(self, *, editing: bool) -> None:
        title = label(_("Edit the case") if editing else _("The case"), "section")
        line = row(title, None)
        if not editing:
            line.addWidget(Button(_("Edit"), icon="pencil", kind="small", act=self.edit))
        self._page.addLayout(line)

    def _section(self, name: str) -> None:
        self._page.addSpacing(8)
        self._page.addWidget(Rule())
        self._page.addSpacing(4)
        self._page.addWidget(label(name, "section"))

    def _citation(self, citation: Citation) -> QWidget:
        made = QWidget()
        number = " ".join(p for p in (citation.office, citation.number, citation.kind_code) if p)
        claims = _("claims {claims}").format(claims=citation.claims) if citation.claims else ""
        under = " · ".join(p for p in (citation.title, claims, citation.passages) if p)
        chip = ChipLabel(Chip(citation.category or "–", category_tone(citation.category)))
        line = row(
            chip,
            column(selectable(words.isolate(number), "medium"), label(under, "small", wrap=True), spacing=0),
        )
        line.setStretch(1, 1)
        line.setAlignment(chip, Qt.AlignmentFlag.AlignTop)
        if citation.record:
            record = citation.record
            line.addWidget(Button(_("Open"), kind="link", act=lambda: self.cited.emit(record)))
        made.setLayout(line)
        return made


def category_tone(category: str) -> Tone:
    """X alone destroys, Y with another, A is background (WIPO Standard ST.14)."""
    if category[:1] in ("X", "E"):
        return Tone.RED
    return Tone.AMBER if category[:1] == "Y" else Tone.QUIET


def _facts(rows: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 120)
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate(rows):
        grid.addWidget(label(name, "label"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(selectable(value, "", wrap=True), place, 1)
    return grid


def _editable(case: Case) -> Sequence[tuple[str, str, str]]:
    def of(role: str) -> str:
        return "; ".join(p.name for p in case.parties if p.role == role)

    def field(name: str) -> str:
        value = case.fields.get(name, "")
        return ", ".join(str(v) for v in value) if isinstance(value, (list, tuple)) else str(value or "")

    return (
        ("title", _("Title"), case.title),
        ("applicant", _("Applicant"), of("applicant")),
        ("representative", _("Representative"), of("representative")),
        ("officer", _("Examiner"), case.officer),
        ("tags", _("Tags"), field("tags")),
        ("remark", _("Remark"), field("remark")),
    )


def _rows_of(case: Case) -> Iterable[tuple[str, str]]:
    for code, title in case.titles.items():
        yield _("Title, {language}").format(language=words.language_name(code)), title
    if not case.titles:
        yield _("Title"), case.title or _("(no title)")
    yield _("State"), _state(case)
    kinds = {
        "ipc": "IPC",
        "cpc": "CPC",
        "nice": _("Nice classes"),
        "locarno": "Locarno",
        "vienna": _("Vienna codes"),
        "uspc": "USPC",
    }
    for kind, symbols in case.classes.items():
        if symbols:
            yield kinds.get(kind, kind), words.isolate(" · ".join(str(s) for s in symbols))
    for name, called in (("tags", _("Tags")), ("remark", _("Remark"))):
        if value := case.fields.get(name):
            yield called, ", ".join(value) if isinstance(value, (list, tuple)) else str(value)


def _state(case: Case) -> str:
    since = _("since {day}").format(day=words.full_day(case.status.since)) if case.status.since else ""
    standard = f"ST.27 {case.status.st27}" if case.status.st27 else ""
    return " · ".join(p for p in (case.status.name, since, words.isolate(standard)) if p)


def _texts_of(case: Case) -> Iterable[tuple[str, str]]:
    for code, text in case.abstracts.items():
        yield _("Abstract, {language}").format(language=words.language_name(code)), text


def _priorities_of(case: Case) -> Iterable[tuple[str, str]]:
    for priority in case.priorities:
        number = words.isolate(f"{priority.office} {priority.number}".strip())
        yield words.full_day(priority.date) or _("no date"), number
