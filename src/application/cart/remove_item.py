"""Take a design out of a cart."""

from __future__ import annotations

from dataclasses import dataclass

from application.cart.change_cart import CartChanger, ChangedCart
from domain.actor import Actor


@dataclass(frozen=True, slots=True)
class RemoveCartItemCommand:
    """`line_id` is the design code of the line."""

    actor: Actor
    line_id: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveCartItem:
    """Takes the line out, whatever its quantity. Raises NotFound, StaleVersion."""

    changer: CartChanger

    async def __call__(self, command: RemoveCartItemCommand) -> ChangedCart:
        return await self.changer.change(
            command.actor,
            command.expected_version,
            lambda cart, now: cart.remove(command.line_id, at=now),
        )
