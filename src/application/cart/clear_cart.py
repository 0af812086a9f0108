"""Take everything out of a cart."""

from __future__ import annotations

from dataclasses import dataclass

from application.cart.change_cart import CartChanger
from domain.actor import Actor
from domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class ClearCartCommand:
    """Whose cart, and the version that they saw."""

    actor: Actor
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class ClearCart:
    """Empties the actor's cart; harmless when there is none. Raises StaleVersion."""

    changer: CartChanger

    async def __call__(self, command: ClearCartCommand) -> None:
        try:
            await self.changer.change(command.actor, command.expected_version, lambda cart, now: cart.clear(at=now))
        except NotFound:
            return
