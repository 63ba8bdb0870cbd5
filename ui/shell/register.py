"""Which rooms there are, in the order of the spine, and how each is made."""

from __future__ import annotations

from importlib import import_module

from app.errors import _
from ui.desk import Desk
from ui.rooms.room import Room
from ui.shell.spine import Place

UPPER = ("reception", "docket", "cases", "prior-art", "translation", "letters", "together", "packs")
LOWER = ("law", "settings", "help")

# key -> (module of ui.rooms, class, icon)
ROOMS = {
    "reception": ("reception", "ReceptionRoom", "inbox"),
    "docket": ("docket", "DocketRoom", "calendar-clock"),
    "cases": ("cases", "CasesRoom", "folder-open"),
    "prior-art": ("prior_art", "PriorArtRoom", "text-search"),
    "translation": ("translation", "TranslationRoom", "languages"),
    "letters": ("letters", "LettersRoom", "mail"),
    "together": ("together", "TogetherRoom", "refresh-cw"),
    "packs": ("packs", "PacksRoom", "package"),
    "law": ("law", "LawRoom", "scale"),
    "settings": ("settings", "SettingsRoom", "settings"),
    "help": ("help", "HelpRoom", "circle-question-mark"),
}


def name_of(key: str) -> str:
    """A room's name in the window's language."""
    return {
        "reception": _("Reception"),
        "docket": _("Docket"),
        "cases": _("Cases"),
        "prior-art": _("Prior art"),
        "translation": _("Translation"),
        "letters": _("Letters"),
        "together": _("Office together"),
        "packs": _("Packs"),
        "law": _("Law"),
        "settings": _("Settings"),
        "help": _("Help"),
    }[key]


def places(keys: tuple[str, ...]) -> tuple[Place, ...]:
    """Rooms as the spine shows them."""
    return tuple(Place(key, name_of(key), ROOMS[key][2]) for key in keys)


def make_room(key: str, desk: Desk) -> Room:
    """Make a room; its module is loaded now, not at start."""
    module, name, _icon = ROOMS[key]
    made = getattr(import_module(f"ui.rooms.{module}"), name)(desk)
    if not isinstance(made, Room):
        raise TypeError(f"{name} is no Room")
    return made
