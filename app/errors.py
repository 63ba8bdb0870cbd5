"""What a person can put right, and the door to translated sentences.

Three kinds of trouble stay apart: *findings* are data (`app.domain.findings`),
*refusals* (`OfficeError`) are the world's fault and carry a remedy, and *bugs*
are ordinary exceptions that nobody catches on the way up.
"""

from __future__ import annotations

import gettext
from enum import IntEnum
from importlib.resources import as_file, files

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def speak(language: str) -> None:
    """Load the catalogue of `language` (ISO 639-1); English where there is none."""
    global _catalogue, _language
    _language = language
    with as_file(files("resources") / "locale") as folder:
        _catalogue = gettext.translation("marula", folder, languages=[language], fallback=True)


def spoken_language() -> str:
    """The language chosen by `speak`: for names that come with data in several languages."""
    return _language


def _(sentence: str) -> str:
    """The sentence in the language chosen by `speak`. Mark whole sentences, fill them after."""
    return _catalogue.gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """The right form of a counted sentence; the caller fills in the number."""
    return _catalogue.ngettext(one, many, count)


class Exit(IntEnum):
    """Exit status of the command line (`done`, `refused`, `usage`)."""

    DONE = 0
    REFUSED = 1
    USAGE = 2


class OfficeError(Exception):
    """A refusal: what happened and what was left as it was, and what to do.

    message   whole sentences for a person, no jargon
    remedy    what to do now, a whole sentence
    position  character in a query where it goes wrong, counted from 0
    line      line of a file where it stops making sense, counted from 1
    command   how that is done on the command line, after the program's name; a window leaves it out
    """

    exit_code = Exit.REFUSED

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        position: int | None = None,
        line: int | None = None,
        command: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.position = position
        self.line = line
        self.command = command

    @property
    def typed_remedy(self) -> str:
        """The remedy for somebody at the command line: with the command, where there is one."""
        if not self.command:
            return self.remedy
        return _("{remedy} Command: “marula {command}”.").format(remedy=self.remedy, command=self.command)

    def as_json(self) -> dict[str, object]:
        """`{"message", "remedy"}` and, where known, `position` and `line`."""
        answer: dict[str, object] = {"message": self.message, "remedy": self.typed_remedy}
        if self.position is not None:
            answer["position"] = self.position
        if self.line is not None:
            answer["line"] = self.line
        return answer

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(OfficeError):
    """The words of a command do not say what to do."""

    exit_code = Exit.USAGE


class FileRefused(OfficeError):
    """A file cannot be read as what it claims to be; nothing of it was taken."""


class StorageRefused(OfficeError):
    """The disk, its rights or another program stand in the way."""


class RuleRefused(OfficeError):
    """The law pack does not allow this act on this case now."""


class Cancelled(Exception):
    """The person asked to stop. Not an error: nothing is shown but the stopped state."""
