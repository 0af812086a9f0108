"""What the cart costs, delivered."""

from __future__ import annotations

from dataclasses import dataclass

from application.cart.owner import cart_owner
from application.checkout.destination import destination
from application.checkout.price_checkout import CheckoutPricing, PricedCheckout
from domain.actor import Actor
from domain.cart.errors import CartEmpty
from domain.inventory.capacity import Week
from domain.ordering.status import PaymentMethod
from ports.carts import Carts
from ports.clock import Clock
from ports.pin_directory import PinDirectory
from ports.stock_views import StockViews


@dataclass(frozen=True, slots=True)
class QuoteCheckoutQuery:
    """Whose cart goes where; `state` only when the customer named one."""

    actor: Actor
    pincode: str
    state: str | None
    payment_method: PaymentMethod


@dataclass(frozen=True, slots=True)
class CheckoutQuote:
    """The order as it would be now. `promised_week` is None when no week has room."""

    checkout: PricedCheckout
    promised_week: Week | None


@dataclass(frozen=True, slots=True)
class QuoteCheckout:
    """Prices the actor's cart for a destination; promises nothing.

    Raises CartEmpty, UnknownPinCode, DesignNotBuildable, NotServiceable.
    """

    carts: Carts
    pricing: CheckoutPricing
    stock: StockViews
    pins: PinDirectory
    clock: Clock

    async def __call__(self, query: QuoteCheckoutQuery) -> CheckoutQuote:
        place = destination(self.pins, query.pincode, query.state)
        owner = cart_owner(query.actor)
        cart = await self.carts.find(owner) if owner else None
        if cart is None or not cart.lines:
            raise CartEmpty
        checkout = await self.pricing.price(cart.lines, place, query.payment_method, self.clock.now())
        week = await self.stock.first_free_week(checkout.earliest, cart.pairs)
        return CheckoutQuote(checkout, week)
