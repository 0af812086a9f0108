"""Who calls, by what they hold."""

from __future__ import annotations

import re
from typing import Final

from adapters.http.errors import Refusal
from adapters.http.exchange import AnyRequest, header
from domain.actor import Guest
from domain.errors import NotFound

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")


def guest(request: AnyRequest) -> Guest:
    """The guest who holds the tokens of a request; one that is malformed is as good as none.

    Raises Refusal when the caller tries to sign in otherwise: there are no accounts yet,
    and to be taken for a guest would surprise who believes to be somebody.
    """
    if header(request, b"authorization") is not None:
        raise Refusal("unauthorized", "There are no accounts yet: guests send X-Cart-Token or X-Order-Token.")
    return Guest(_token(request, b"x-cart-token"), _token(request, b"x-order-token"))


def order_holder(request: AnyRequest, reference: str) -> Guest:
    """The guest who shows a token for an order; whether it is the right one is not known here.

    Raises Refusal when there is none, and NotFound when it can't be anybody's.
    """
    holder = guest(request)
    if holder.order_token is not None:
        return holder
    if header(request, b"x-order-token") is None:
        raise Refusal("unauthorized", "An order is opened by the X-Order-Token that came when it was placed.")
    raise NotFound("order", reference)


def _token(request: AnyRequest, name: bytes) -> str | None:
    value = header(request, name)
    return value if value is not None and _TOKEN.fullmatch(value) else None
