"""Customers with an account, whose carts are in the database. Until they can sign in, they call the use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from adapters.http.schemas.cart import AddChoiceForm
from adapters.http.schemas.orders import PlaceOrderForm
from adapters.http.validation import checked
from application.cart.add_to_cart import AddToCartCommand
from application.checkout.quote_checkout import QuoteCheckoutQuery
from application.orders.place_order import PlaceOrderCommand
from bootstrap.container import Shop
from domain.actor import Customer
from domain.ordering.status import PaymentMethod
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from tests.builders.identities import fresh_id
from tests.faults.crowd import WISH
from tests.faults.guests import BENGALURU, fresh_key, order_form

_ADDED: Final = checked(WISH, AddChoiceForm)


@dataclass(frozen=True, slots=True)
class Regular:
    """Buys a pair after the other, from a shop in this process."""

    shop: Shop
    actor: Customer = field(default_factory=lambda: Customer(fresh_id()))

    async def buy(self) -> OrderView:
        """From the cart to the order, paid on delivery."""
        await self.shop.add_to_cart()(AddToCartCommand(self.actor, _ADDED.wish(), _ADDED.quantity))
        asked = QuoteCheckoutQuery(self.actor, BENGALURU.pincode, BENGALURU.state, PaymentMethod.COD)
        quote = await self.shop.quote_checkout()(asked)
        form = checked(order_form(BENGALURU, "COD", quote.checkout.basket.total.minor), PlaceOrderForm)
        key = IdempotencyKey(f"orders.place:{self.actor.customer_id}", fresh_key(), "the same each time")
        return (await self.shop.place_order()(PlaceOrderCommand(self.actor, form.order_form(), key))).order
