"""The system's keyring: only read, and only written when a person asks for it."""

from __future__ import annotations

SERVICE = "marula"


def remembered(office_id: str) -> bytes | None:
    """The passphrase kept for an office, None where there is none or no keyring."""
    from app.seal import keyring_get

    found = keyring_get(SERVICE, office_id)
    return found.encode() if found else None
