"""Where carts are kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol

from domain.cart.cart import Cart, CartOwner


class Carts(Protocol):
    """Carts by owner, one each. Guests' carts vanish at their `expires_at`.

    Each call stands alone: carts are not part of a transaction, because a guest's is
    not in the database. What must happen once (ordering a cart) is claimed by
    `Orders.add` instead.
    """

    @abstractmethod
    async def find(self, owner: CartOwner) -> Cart | None:
        """The owner's cart, as a fresh object; None when there is none or it expired."""

    @abstractmethod
    async def save(self, cart: Cart) -> None:
        """Keep a cart and raise its version by one.

        A new cart has version 0. Raises StaleAggregate when somebody else has saved,
        or removed, the owner's cart since it was found.
        """

    @abstractmethod
    async def remove(self, cart: Cart) -> None:
        """Forget a cart; harmless when it is gone. Raises StaleAggregate as `save` does."""
