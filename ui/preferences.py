"""What the window remembers on this machine: theme, language, the last office, sizes of panes.

Nothing of a case is kept here. A file that cannot be read is as good as none: the window starts with
its usual manners and writes a new one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from app.paths import data_folder
from ui.theme import Mode

LANGUAGES = ("en", "fr", "ar")
"""Languages the window speaks; each name stands in its own script in `LANGUAGE_NAMES`."""

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}


@dataclass
class Preferences:
    """The settings of the window.

    theme      system | light | dark
    language   ISO 639-1 of the interface; letters keep the office's languages
    office     folder of the office opened last, "" for none
    panes      name of a splitter -> sizes in pixels
    choices    small choices of rooms (last target language, last store …)
    """

    theme: str = Mode.SYSTEM
    language: str = "en"
    office: str = ""
    panes: dict[str, list[int]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    file: Path | None = None

    @classmethod
    def load(cls, file: Path | None = None) -> Preferences:
        """Read `file` (by default the person's own)."""
        place = file or data_folder() / "window.json"
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        names = {f.name for f in fields(cls)} - {"file"}
        known = {k: v for k, v in found.items() if k in names} if isinstance(found, dict) else {}
        made = cls(**known, file=place)
        made._check()
        return made

    def _check(self) -> None:
        if self.theme not in list(Mode):
            self.theme = Mode.SYSTEM
        if self.language not in LANGUAGES:
            self.language = "en"
        for name in ("panes", "choices"):
            if not isinstance(getattr(self, name), dict):
                setattr(self, name, {})
        self.office = str(self.office)

    def save(self) -> None:
        """Write it, whole or not at all."""
        if self.file is None:
            return
        content = asdict(self)
        del content["file"]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(self.file)
