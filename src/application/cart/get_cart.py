"""Look into a cart."""

from __future__ import annotations

from dataclasses import dataclass

from application.cart.owner import cart_owner
from application.cart.view import EMPTY_CART, CartReader, CartView
from domain.actor import Actor
from ports.carts import Carts


@dataclass(frozen=True, slots=True)
class GetCart:
    """The actor's cart, priced as of now. Who has none sees an empty one."""

    carts: Carts
    reader: CartReader

    async def __call__(self, actor: Actor) -> CartView:
        owner = cart_owner(actor)
        cart = await self.carts.find(owner) if owner else None
        return await self.reader.view(cart) if cart else EMPTY_CART
