"""Help in the window: every page is shown, and its links lead to the page they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl

if TYPE_CHECKING:
    from tests.ui.conftest import Seat


def test_links_lead_from_page_to_page(seat: Seat) -> None:
    """From the first page to each it links; an address that is no page changes nothing."""
    room: Any = seat.go("help")
    for page in room.pages:
        if page.file:
            room.text.anchorClicked.emit(QUrl(page.file))
            seat.rest()
            assert room.list.current.value is page
            assert room.text.document().begin().text() == page.title
            assert "```" not in room.text.toPlainText() and "| --- |" not in room.text.toPlainText()
    shown = room.list.current
    room.text.anchorClicked.emit(QUrl("https://nowhere.example/index.html"))
    assert room.list.current == shown
