"""Price what is in a cart, delivered to a place and paid in a way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.checkout.destination import Destination
from domain.cart.cart import CartLine
from domain.inventory.capacity import WORKSHOP_ZONE, Week, earliest_week
from domain.money import NOTHING, Money
from domain.ordering.policy import SalesPolicy
from domain.ordering.status import PaymentMethod
from domain.pricing.pipeline import PricedBasket, TaxContext, price_basket
from domain.pricing.quoted_line import QuotedLine, lead_time_of, quote_line
from domain.shipping.rates import ShippingQuote
from ports.products import Products
from ports.shipping_rates import Parcel, ShippingRates


@dataclass(frozen=True, slots=True)
class PricedCheckout:
    """What an order of these lines would be. `cod_refusal` is why cash isn't taken, if so."""

    lines: tuple[QuotedLine, ...]
    basket: PricedBasket
    shipping: ShippingQuote
    cod_refusal: str | None
    earliest: Week


@dataclass(frozen=True, slots=True)
class CheckoutPricing:
    """The same pricing for the checkout's quote and for the order that follows it."""

    products: Products
    rates: ShippingRates
    policy: SalesPolicy

    async def price(
        self, cart: Sequence[CartLine], place: Destination, method: PaymentMethod, now: datetime
    ) -> PricedCheckout:
        """Raises DesignNotBuildable, NotServiceable, ShippingUnavailable."""
        products = await self.products.named({line.design.product_id for line in cart})
        lines = tuple(quote_line(products.get(line.design.product_id), line.design, line.quantity) for line in cart)
        value = Money.total(line.price.amount * line.quantity for line in lines)
        pairs = sum(line.quantity for line in lines)
        shipping = await self.rates.quote(Parcel(place.pincode, place.state, pairs, value))
        refusal = self._cod_refusal(shipping, value + shipping.fee)
        pays_cash = method is PaymentMethod.COD and refusal is None
        basket = price_basket(
            [line.priceable for line in lines],
            TaxContext(now.astimezone(WORKSHOP_ZONE).date(), self.policy.seller, place.state),
            shipping_fee=shipping.fee,
            cod_fee=shipping.cod_fee if pays_cash else NOTHING,
        )
        return PricedCheckout(lines, basket, shipping, refusal, earliest_week(now, lead_time_of(lines)))

    def _cod_refusal(self, shipping: ShippingQuote, total: Money) -> str | None:
        if not shipping.cod_available:
            return f"{shipping.courier} takes no cash there"
        if total > self.policy.cod_limit:
            return f"orders above {self.policy.cod_limit} are paid online"
        return None
