"""What people type to name a thing: a slug, a number, an id."""

from __future__ import annotations

from uuid import UUID


def as_id(reference: str) -> UUID | None:
    """The id that a text spells, in the one spelling that ids have; None for any other text."""
    try:
        found = UUID(reference)
    except ValueError:
        return None
    return found if str(found) == reference else None


def is_storable(text: str) -> bool:
    """Whether PostgreSQL could hold this text at all; what it can't hold it doesn't have."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
