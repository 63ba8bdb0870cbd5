"""What is said of archives and members that are not read."""

from __future__ import annotations

from app.errors import FileRefused, OfficeError, _
from app.standards.source import Source


def passed_over(name: str, why: str) -> OfficeError:
    """A member whose name or kind is a trick. `why` is the second half of a sentence."""
    return FileRefused(
        _("{name} was passed over: {why}.").format(name=name, why=why),
        _("Ask the sender how it came into the archive; nothing of it was written anywhere."),
    )


def bomb(name: str) -> OfficeError:
    """A member that says it is far larger than its packed bytes."""
    return FileRefused(
        _("{name} says it unpacks to far more than it can honestly hold. It was not unpacked.").format(
            name=name
        ),
        _("Ask the sender for the file itself, unpacked."),
    )


def too_much(source: Source) -> OfficeError:
    """An archive of more members or bytes than are read in one go."""
    return FileRefused(
        _("{name} holds more than can be read in one go. The rest of it was left unread.").format(
            name=source.short
        ),
        _("Ask the sender to divide it, or unpack it yourself and inspect the parts."),
    )


def broken(source: Source, trouble: Exception) -> OfficeError:
    """An archive or member that cannot be read to its end."""
    return FileRefused(
        _("{name} is damaged or not what it says it is ({why}). What could not be read was left out.").format(
            name=source.short, why=str(trouble) or type(trouble).__name__
        ),
        _("Ask the sender for it again."),
    )


def nothing_in(source: Source) -> OfficeError:
    """An archive without members."""
    return FileRefused(
        _("The archive {name} is empty.").format(name=source.short), _("Ask the sender for it again.")
    )
