"""Put a cart away after it became an order."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.cart.cart import Cart
from ports.carts import Carts
from ports.clock import Clock
from ports.errors import PortUnavailable, StaleAggregate
from ports.ids import Ids

_log = logging.getLogger(__name__)
_ATTEMPTS: Final = 8


@dataclass(frozen=True, slots=True)
class CartCloser:
    """Takes what was ordered out of the cart, and keeps what came in meanwhile.

    The order stands whatever happens here. A cart that could not be closed can't be
    ordered again (`Orders.add` refuses), and is closed when that is tried.
    """

    carts: Carts
    clock: Clock
    ids: Ids

    async def close(self, cart: Cart, ordered: Mapping[str, int]) -> None:
        """Close `cart`, of which `ordered` pairs by design code were bought."""
        try:
            await self._close(cart, ordered)
        except (PortUnavailable, StaleAggregate):
            _log.warning("cart %s was ordered but could not be closed", cart.id, exc_info=True)

    async def _close(self, cart: Cart, ordered: Mapping[str, int]) -> None:
        current: Cart | None = cart
        for _ in range(_ATTEMPTS):
            if current is None or current.id != cart.id:
                return
            left = current.left_after(ordered, self.ids.new_id(), at=self.clock.now())
            try:
                await (self.carts.save(left) if left else self.carts.remove(current))
            except StaleAggregate:
                current = await self.carts.find(cart.owner)
            else:
                return
        raise StaleAggregate("cart", cart.id)
