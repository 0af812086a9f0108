"""How a guest's cart is written in Redis: a schema of its own, whatever the domain becomes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from domain.cart.cart import Cart, CartLine, CartOwner
from domain.design.design import Design
from domain.errors import DomainError
from domain.money import Money


class UnreadableCart(Exception):
    """These bytes are no cart, or one of a format that is no longer, or not yet, known."""


class _Line(msgspec.Struct, frozen=True):
    product_id: str
    style: str
    sole: str
    material: str
    color: str
    size_eu: str
    width: str
    monogram: str | None
    quantity: int
    seen_price: int
    currency: str


class _CartPayload(msgspec.Struct, frozen=True):
    format: Literal[1]
    id: UUID
    version: int
    lines: tuple[_Line, ...]
    merged: tuple[UUID, ...]
    updated_at: datetime
    expires_at: datetime | None


_DECODER = msgspec.json.Decoder(_CartPayload)
_ENCODER = msgspec.json.Encoder()


def encode_cart(cart: Cart, version: int) -> bytes:
    """The bytes of a guest's cart as that version; the owner is not among them."""
    return _ENCODER.encode(
        _CartPayload(
            format=1,
            id=cart.id,
            version=version,
            lines=tuple(map(_line_payload, cart.lines)),
            merged=tuple(sorted(cart.merged)),
            updated_at=cart.updated_at,
            expires_at=cart.expires_at,
        )
    )


def decode_cart(payload: bytes | str, owner: CartOwner) -> Cart:
    """The cart that was encoded. Raises UnreadableCart, also for what the domain refuses."""
    try:
        read = _DECODER.decode(payload)
        return Cart(
            id=read.id,
            owner=owner,
            lines=tuple(map(_line, read.lines)),
            merged=frozenset(read.merged),
            updated_at=read.updated_at,
            expires_at=read.expires_at,
            version=read.version,
        )
    except (msgspec.MsgspecError, UnicodeDecodeError, DomainError) as error:
        raise UnreadableCart(type(error).__name__) from error


def _line_payload(line: CartLine) -> _Line:
    design = line.design
    return _Line(
        product_id=design.product_id,
        style=design.style,
        sole=design.sole,
        material=design.material,
        color=design.color,
        size_eu=design.size_eu,
        width=design.width,
        monogram=design.monogram,
        quantity=line.quantity,
        seen_price=line.seen_price.minor,
        currency=line.seen_price.currency,
    )


def _line(read: _Line) -> CartLine:
    design = Design(
        product_id=read.product_id,
        style=read.style,
        sole=read.sole,
        material=read.material,
        color=read.color,
        size_eu=read.size_eu,
        width=read.width,
        monogram=read.monogram,
    )
    return CartLine(design, read.quantity, Money(read.seen_price, read.currency))
