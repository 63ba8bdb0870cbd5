"""A query that is not understood is refused where it goes wrong; it is never repaired."""

from __future__ import annotations

from app.errors import OfficeError, _


class QueryRefused(OfficeError):
    """A query was not understood or would take too long. `position` counts characters from 0."""

    def __init__(self, message: str, position: int, remedy: str = "") -> None:
        super().__init__(
            message, remedy or _("Nothing was searched. Correct the query there."), position=position
        )


def takes_too_long() -> QueryRefused:
    """The refusal of a query that would keep a person waiting."""
    return QueryRefused(
        _("This query would take too long to answer. Nothing is shown, because half an answer misleads."),
        0,
        _("Take fewer words, truncate later in the word, or ask one field."),
    )
