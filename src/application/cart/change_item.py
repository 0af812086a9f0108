"""Change how many pairs of a design are in a cart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.cart.change_cart import CartChanger, ChangedCart
from application.cart.owner import cart_owner
from domain.actor import Actor
from domain.cart.cart import Cart
from domain.catalogue.errors import DesignNotBuildable
from domain.errors import NotFound
from domain.money import Money
from domain.pricing.quoted_line import quote_line
from ports.carts import Carts
from ports.products import Products


@dataclass(frozen=True, slots=True)
class ChangeCartItemCommand:
    """`line_id` is the design code of the line."""

    actor: Actor
    line_id: str
    quantity: int
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeCartItem:
    """Sets the quantity; the owner agrees to today's price by it.

    Raises NotFound, TooManyPairs, StaleVersion.
    """

    carts: Carts
    products: Products
    changer: CartChanger

    async def __call__(self, command: ChangeCartItemCommand) -> ChangedCart:
        price = await self._price_now(command)

        def change(cart: Cart, now: datetime) -> None:
            seen = cart.line(command.line_id).seen_price
            cart.set_quantity(command.line_id, command.quantity, price or seen, at=now)

        return await self.changer.change(command.actor, command.expected_version, change)

    async def _price_now(self, command: ChangeCartItemCommand) -> Money | None:
        """Today's price of the line; None when it can't be made any more."""
        owner = cart_owner(command.actor)
        cart = await self.carts.find(owner) if owner else None
        if cart is None:
            raise NotFound("cart item", command.line_id)
        design = cart.line(command.line_id).design
        products = await self.products.named({design.product_id})
        try:
            return quote_line(products.get(design.product_id), design, 1).price.amount
        except DesignNotBuildable:
            return None
