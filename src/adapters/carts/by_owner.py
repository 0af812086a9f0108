"""Each owner's cart where it belongs."""

from __future__ import annotations

from domain.cart.cart import Cart, CartOwner, CustomerCart, GuestCart
from ports.carts import Carts


class CartsByOwner(Carts):
    """Guests' carts in one place, customers' in another, behind the same port."""

    def __init__(self, *, guests: Carts, customers: Carts) -> None:
        self._guests = guests
        self._customers = customers

    async def find(self, owner: CartOwner) -> Cart | None:
        """See Carts."""
        return await self._of(owner).find(owner)

    async def save(self, cart: Cart) -> None:
        """See Carts."""
        await self._of(cart.owner).save(cart)

    async def remove(self, cart: Cart) -> None:
        """See Carts."""
        await self._of(cart.owner).remove(cart)

    def _of(self, owner: CartOwner) -> Carts:
        match owner:
            case GuestCart():
                return self._guests
            case CustomerCart():
                return self._customers
