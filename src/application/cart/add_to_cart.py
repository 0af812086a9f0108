"""Put pairs of a design into a cart."""

from __future__ import annotations

from dataclasses import dataclass

from application.cart.change_cart import CartChanger, ChangedCart
from application.designs.find_design import DesignFinder, DesignWish
from domain.actor import Actor


@dataclass(frozen=True, slots=True)
class AddToCartCommand:
    """`wish` is a choice for a product, or the code of a saved design."""

    actor: Actor
    wish: DesignWish
    quantity: int
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class AddToCart:
    """Adds at today's price; the same design adds up to one line.

    Raises NotFound, DesignNotBuildable, TooManyPairs, TooManyLines, StaleVersion.
    """

    designs: DesignFinder
    changer: CartChanger

    async def __call__(self, command: AddToCartCommand) -> ChangedCart:
        line = await self.designs.quote(command.wish, command.quantity)
        return await self.changer.change_or_open(
            command.actor,
            command.expected_version,
            lambda cart, now: cart.add(line.design, command.quantity, line.price.amount, at=now),
        )
