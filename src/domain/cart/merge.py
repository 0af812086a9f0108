"""What becomes of a guest's cart when the guest turns out to be a customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.cart.cart import MOST_PAIRS, Cart, CartLine, CustomerCart, GuestCart
from domain.cart.errors import NotMergeable


def merge(customer: Cart, guest: Cart, *, at: datetime) -> Cart:
    """The customer's cart with the guest's lines in it; neither argument is changed.

    The same design adds quantities, capped at MOST_PAIRS; no design is lost. Merging the
    same guest cart again gives the same lines. Raises NotMergeable when the carts are
    not a customer's and a guest's.
    """
    if not isinstance(customer.owner, CustomerCart) or not isinstance(guest.owner, GuestCart):
        raise NotMergeable
    lines = customer.lines if guest.id in customer.merged else _merge_lines(customer.lines, guest.lines)
    return replace(customer, lines=lines, merged=customer.merged | {guest.id}, updated_at=at)


def _merge_lines(customer: tuple[CartLine, ...], guest: tuple[CartLine, ...]) -> tuple[CartLine, ...]:
    merged = {line.line_id: line for line in customer}
    for line in guest:
        present = merged.get(line.line_id)
        together = line.quantity + (present.quantity if present else 0)
        merged[line.line_id] = CartLine(line.design, min(MOST_PAIRS, together), line.seen_price)
    return tuple(merged.values())
