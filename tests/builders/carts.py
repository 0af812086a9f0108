"""Carts to test with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.cart.cart import Cart, CartLine, CartOwner, CustomerCart, GuestCart
from domain.design.design import Design
from domain.money import Money
from domain.ordering.owner import hash_token
from tests.builders.designs import a_design
from tests.builders.identities import fresh_id
from tests.builders.moments import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class CartBuilder:
    """Starts with an empty cart of a guest whom nobody else is; it expires a week after `updated_at`."""

    id: UUID = field(default_factory=fresh_id)
    owner: CartOwner = field(default_factory=lambda: GuestCart(hash_token(str(fresh_id()))))
    lines: tuple[CartLine, ...] = ()
    merged: frozenset[UUID] = frozenset()
    updated_at: datetime = NOW

    def of_guest(self, token: str) -> CartBuilder:
        """The cart of whoever holds `token`."""
        return replace(self, owner=GuestCart(hash_token(token)))

    def of_customer(self, customer_id: UUID | None = None) -> CartBuilder:
        """A customer's, without an end."""
        return replace(self, owner=CustomerCart(customer_id or fresh_id()))

    def of(self, owner: CartOwner) -> CartBuilder:
        """That owner's."""
        return replace(self, owner=owner)

    def holding(self, design: Design | None = None, *, pairs: int = 1, price: int = 1_299_900) -> CartBuilder:
        """One line more; price in paise a pair."""
        line = CartLine(design or a_design().build(), pairs, Money(price))
        return replace(self, lines=(*self.lines, line))

    def merged_with(self, *carts: UUID) -> CartBuilder:
        """Having taken in those guests' carts."""
        return replace(self, merged=self.merged | set(carts))

    def updated(self, at: datetime) -> CartBuilder:
        """Changed last at that moment."""
        return replace(self, updated_at=at)

    def build(self) -> Cart:
        """The cart, not saved yet."""
        guest = isinstance(self.owner, GuestCart)
        return Cart(
            id=self.id,
            owner=self.owner,
            lines=self.lines,
            merged=self.merged,
            updated_at=self.updated_at,
            expires_at=self.updated_at + timedelta(days=7) if guest else None,
        )


def a_cart() -> CartBuilder:
    """An empty cart of a guest."""
    return CartBuilder()
