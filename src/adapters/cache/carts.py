"""Guests' carts in Redis."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.cache.cart_payload import UnreadableCart, decode_cart, encode_cart
from domain.cart.cart import Cart, CartOwner, GuestCart
from ports.carts import Carts
from ports.errors import PortUnavailable, StaleAggregate

logger = logging.getLogger(__name__)

# A cart is a hash: `id` and `version` to compare, `cart` the payload, `save` the name of the
# call that wrote it, so that a save which is sent again after a lost answer knows itself.
# Versions alone are compared here: what is left of an ordered cart comes under a new id.
_SAVE: Final = """
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then
  return redis.call('HGET', KEYS[1], 'save') == ARGV[5] and 1 or 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'id', ARGV[3], 'cart', ARGV[4], 'save', ARGV[5])
redis.call('PEXPIREAT', KEYS[1], ARGV[6])
return 1
"""

_REMOVE: Final = """
local found = redis.call('HMGET', KEYS[1], 'version', 'id')
if found[1] and (found[1] ~= ARGV[1] or found[2] ~= ARGV[2]) then
  return 0
end
redis.call('DEL', KEYS[1])
return 1
"""

_FORGET: Final = """
if redis.call('HGET', KEYS[1], 'cart') == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
"""

_CALL_NAME_BYTES: Final = 8


class RedisCarts(Carts):
    """Carts under `cart:<token hash>` until their `expires_at`, which Redis sees to.

    For guests only. Raises PortUnavailable while Redis doesn't answer. What can't be read
    is forgotten, and logged: to its owner it is an empty cart, not an error.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._save = redis.register_script(_SAVE)
        self._remove = redis.register_script(_REMOVE)
        self._forget = redis.register_script(_FORGET)

    async def find(self, owner: CartOwner) -> Cart | None:
        """See Carts."""
        key = _key(owner)
        with _answering():
            payload = await self._redis.hget(key, "cart")
            if payload is None:
                return None
            try:
                return decode_cart(payload, owner)
            except UnreadableCart as error:
                logger.warning("%.16s… can't be read (%s) and is forgotten", key, error)
                await self._forget(keys=[key], args=[payload])
                return None

    async def save(self, cart: Cart) -> None:
        """See Carts. Raises ValueError for a cart without `expires_at`: nothing would remove it."""
        if cart.expires_at is None:
            raise ValueError("a guest's cart ends some day")
        after = cart.version + 1
        arguments: list[str | bytes | int] = [
            cart.version,
            after,
            str(cart.id),
            encode_cart(cart, after),
            secrets.token_bytes(_CALL_NAME_BYTES),
            int(cart.expires_at.timestamp() * 1000),
        ]
        with _answering():
            saved = await self._save(keys=[_key(cart.owner)], args=arguments)
        if not saved:
            raise StaleAggregate("cart", cart.id)
        cart.version = after

    async def remove(self, cart: Cart) -> None:
        """See Carts."""
        with _answering():
            removed = await self._remove(keys=[_key(cart.owner)], args=[cart.version, str(cart.id)])
        if not removed:
            raise StaleAggregate("cart", cart.id)


def _key(owner: CartOwner) -> str:
    if not isinstance(owner, GuestCart):
        raise TypeError("customers' carts are not kept in Redis")
    return f"cart:{owner.token_hash}"


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise PortUnavailable("guest-carts", type(error).__name__) from error
