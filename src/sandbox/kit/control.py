"""Reading what is sent to the control endpoints: here a wrong field is told, not played."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from litestar.exceptions import ClientException

_Wish = TypeVar("_Wish")


def read_wish(body: bytes, decoder: msgspec.json.Decoder[_Wish]) -> _Wish:
    """What is asked for; an empty body is an empty object. Raises ClientException (400) that says what is wrong."""
    try:
        return decoder.decode(body or b"{}")
    except (ValueError, RecursionError) as wrong:
        raise ClientException(str(wrong)) from None
