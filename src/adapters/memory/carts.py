"""Carts in memory."""

from __future__ import annotations

from copy import deepcopy

from adapters.memory.tables import other_tasks
from domain.cart.cart import Cart, CartOwner
from ports.carts import Carts
from ports.clock import Clock
from ports.errors import StaleAggregate


class MemoryCarts(Carts):
    """Carts of customers and of guests, isolated from the objects that come and go."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._carts: dict[CartOwner, Cart] = {}

    async def find(self, owner: CartOwner) -> Cart | None:
        """See Carts."""
        await other_tasks()
        return deepcopy(self._living(owner))

    async def save(self, cart: Cart) -> None:
        """See Carts."""
        await other_tasks()
        living = self._living(cart.owner)
        # Versions alone: what is left of an ordered cart comes under a new id.
        if cart.version != (living.version if living else 0):
            raise StaleAggregate("cart", cart.id)
        cart.version += 1
        self._carts[cart.owner] = deepcopy(cart)

    async def remove(self, cart: Cart) -> None:
        """See Carts."""
        await other_tasks()
        living = self._living(cart.owner)
        if living is None:
            return
        if (living.id, living.version) != (cart.id, cart.version):
            raise StaleAggregate("cart", cart.id)
        del self._carts[cart.owner]

    def _living(self, owner: CartOwner) -> Cart | None:
        cart = self._carts.get(owner)
        if cart is not None and cart.expires_at is not None and cart.expires_at <= self._clock.now():
            del self._carts[owner]
            return None
        return cart
