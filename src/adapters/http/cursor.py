"""Cursors: places in a list, opaque to whoever sends them back."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Annotated, Final
from uuid import UUID

import msgspec

from ports.paging import InvalidCursor, Position

LONGEST: Final = 1_024

_Value = Annotated[str, msgspec.Meta(max_length=200)] | Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_Bytes = Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
_Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_DECODER: Final = msgspec.msgpack.Decoder(tuple[_Bytes, _Value, _Id])


def encode_cursor(question: object, position: Position) -> str:
    """The place in the list that answers a question: its filters and its order, as values."""
    place = msgspec.msgpack.encode((_fingerprint(question), position.value, position.id.bytes))
    return base64.urlsafe_b64encode(place).rstrip(b"=").decode()


def decode_cursor(question: object, cursor: str) -> Position:
    """The place that `encode_cursor` wrote. Raises InvalidCursor for any other text, or another question's."""
    try:
        place = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        _, value, position_id = _DECODER.decode(place)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise InvalidCursor from None
    position = Position(value, UUID(bytes=position_id))
    # Written once more, it is the same: so it is of this question, and in the one way of writing it.
    if encode_cursor(question, position) != cursor or "\x00" in str(value):
        raise InvalidCursor
    return position


def _fingerprint(question: object) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode(question), digest_size=8).digest()
