"""Whose order it is."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """Bought by somebody signed in."""

    customer_id: UUID


@dataclass(frozen=True, slots=True)
class GuestOrder:
    """Bought by a guest, who proves it with a token; only its sha-256 (hex) is kept."""

    token_hash: str

    def opens_with(self, token: str) -> bool:
        """Whether `token` is the guest's, compared in constant time."""
        return hmac.compare_digest(hash_token(token), self.token_hash)


OrderOwner = CustomerOrder | GuestOrder


def hash_token(token: str) -> str:
    """How a bearer token is kept: sha-256, hex. Enough, because tokens are 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def order_token(cart_token: str, order_id: UUID) -> str:
    """The guest's key to an order, derived from the key to the cart that it came from.

    Only the guest holds the cart token, so nobody else can derive it; and a repeated
    request gets the same token again without the shop keeping it anywhere.
    """
    return hmac.new(cart_token.encode(), f"order:{order_id}".encode(), hashlib.sha256).hexdigest()
