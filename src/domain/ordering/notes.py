"""What a customer wants to tell the workshop."""

from __future__ import annotations

import unicodedata
from typing import Final

from domain.errors import InvalidValue

LONGEST_NOTE: Final = 500
# Line breaks and tabs are fine in a note; other control characters and lone surrogates are not.
_ALLOWED_CONTROLS: Final = frozenset("\n\r\t")


def read_note(text: str | None) -> str | None:
    """A note without blank edges; None when nothing is left. Raises InvalidValue("notes")."""
    if text is None:
        return None
    note = text.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidValue("notes", f"is longer than {LONGEST_NOTE} characters")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in _ALLOWED_CONTROLS for c in note):
        raise InvalidValue("notes", "has characters that can't be printed")
    return note or None
