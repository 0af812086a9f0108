"""The one way in which a cart is changed: find, change, save, and again when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.cart.owner import cart_owner
from application.cart.view import CartReader, CartView
from domain.actor import Actor, Guest
from domain.cart.cart import Cart, CartOwner, GuestCart
from domain.errors import NotFound, StaleVersion
from domain.ordering.owner import hash_token
from ports.carts import Carts
from ports.clock import Clock
from ports.errors import StaleAggregate
from ports.ids import Ids

GUEST_CART_LIFETIME: Final = timedelta(days=7)
_ATTEMPTS: Final = 8


@dataclass(frozen=True, slots=True)
class ChangedCart:
    """The cart after a change. `new_token` is set when a guest got their first cart."""

    cart: CartView
    new_token: str | None = None


Change = Callable[[Cart, datetime], None]


@dataclass(frozen=True, slots=True)
class CartChanger:
    """Applies a change to the actor's cart under optimistic concurrency.

    Without an expected version a change that lost a race is applied again to what the
    winner left: no change of either is lost.
    """

    carts: Carts
    reader: CartReader
    clock: Clock
    ids: Ids

    async def change(self, actor: Actor, expected_version: int | None, change: Change) -> ChangedCart:
        """Change the cart that is there. Raises NotFound without one, StaleVersion."""
        owner = cart_owner(actor)
        for _ in range(_ATTEMPTS):
            cart = await self.carts.find(owner) if owner else None
            if cart is None:
                raise NotFound("cart", "of this caller")
            if await self._saved(cart, expected_version, change):
                return ChangedCart(await self.reader.view(cart))
        raise StaleAggregate("cart", owner)

    async def change_or_open(self, actor: Actor, expected_version: int | None, change: Change) -> ChangedCart:
        """Change the cart; open one first when there is none.

        A guest whose token is unknown or expired gets a new token: a token that the
        shop didn't make is never taken.
        """
        owner = cart_owner(actor)
        for _ in range(_ATTEMPTS):
            cart = await self.carts.find(owner) if owner else None
            token = None
            if cart is None:
                token = self.ids.new_token() if isinstance(actor, Guest) else None
                cart = self._open(GuestCart(hash_token(token)) if token else owner)
            if await self._saved(cart, expected_version, change):
                return ChangedCart(await self.reader.view(cart), token)
        raise StaleAggregate("cart", owner)

    def _open(self, owner: CartOwner | None) -> Cart:
        if owner is None:
            raise NotFound("cart", "of this caller")
        return Cart(id=self.ids.new_id(), owner=owner, updated_at=self.clock.now())

    async def _saved(self, cart: Cart, expected_version: int | None, change: Change) -> bool:
        if expected_version is not None and cart.version != expected_version:
            raise StaleVersion("the cart", expected_version, cart.version)
        now = self.clock.now()
        change(cart, now)
        if isinstance(cart.owner, GuestCart):
            cart.expires_at = now + GUEST_CART_LIFETIME
        try:
            await self.carts.save(cart)
        except StaleAggregate:
            return False
        return True
