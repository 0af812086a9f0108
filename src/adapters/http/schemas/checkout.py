"""What a cart costs, delivered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from adapters.http import links
from adapters.http.faults import check_with
from adapters.http.schemas.base import Amount, DesignCode, Form, Href, Percent, Resource, WeekName, percent
from adapters.http.schemas.designs import PinCodeText
from application.checkout.price_checkout import PricedCheckout
from application.checkout.quote_checkout import CheckoutQuote, QuoteCheckoutQuery
from domain.actor import Actor
from domain.ordering.status import PaymentMethod
from domain.tax.gst import LineTax, TaxKind
from domain.tax.states import GstState

StateName = Annotated[
    str,
    Meta(
        min_length=2,
        max_length=60,
        description="A State or Union territory, by name, abbreviation or GST code.",
        examples=["Karnataka"],
        extra=check_with(GstState.parse),
    ),
]


class DestinationForm(Form):
    """Where a parcel would go."""

    pincode: PinCodeText
    state: Annotated[StateName | None, Meta(description="Wins over the state that the PIN code is listed in.")] = None


class CheckoutQuoteForm(Form):
    """Where the cart would go, and how it would be paid."""

    shipping_address: DestinationForm
    payment_method: PaymentMethod

    def query(self, actor: Actor) -> QuoteCheckoutQuery:
        """The same for the use case."""
        place = self.shipping_address
        return QuoteCheckoutQuery(actor, place.pincode, place.state, self.payment_method)


class TaxSplitResource(Resource):
    """The tax within an amount: `taxable` and the taxes together are the amount."""

    kind: TaxKind
    rate: Percent
    taxable: Amount
    cgst: Amount
    sgst: Annotated[Amount, Meta(description="Also UTGST.")]
    igst: Amount

    @classmethod
    def of(cls, tax: LineTax) -> TaxSplitResource:
        """The tax of a line."""
        return cls(
            kind=tax.kind,
            rate=percent(tax.rate_bp),
            taxable=Amount.of(tax.taxable),
            cgst=Amount.of(tax.cgst),
            sgst=Amount.of(tax.sgst),
            igst=Amount.of(tax.igst),
        )


class CheckoutLineResource(Resource):
    """A line of the cart, priced and taxed."""

    design_code: DesignCode
    quantity: int
    unit_price: Amount
    line_total: Amount
    discount: Amount
    tax: TaxSplitResource


class CashOnDeliveryResource(Resource):
    """Whether cash is taken at the door, what that costs, and why not, if not."""

    available: bool
    fee: Amount
    reason: str | None


class CourierResource(Resource):
    """Who would carry it, and how long: days from when the pair is finished."""

    name: str
    transit_days: int


class CheckoutLinks(Resource):
    """The cart that was priced, and where it is ordered."""

    cart: Href
    orders: Href


class CheckoutQuoteResource(Resource):
    """The order as it would be now. `total` is what an order has to agree to."""

    payment_method: PaymentMethod
    lines: list[CheckoutLineResource]
    subtotal: Amount
    discount: Amount
    shipping_fee: Amount
    shipping_tax: Annotated[TaxSplitResource, Meta(description="The tax in the shipping fee.")]
    cash_on_delivery: CashOnDeliveryResource
    cod_fee: Annotated[Amount, Meta(description="Charged when paid on delivery.")]
    cod_tax: Annotated[TaxSplitResource, Meta(description="The tax in the fee for it.")]
    tax_total: Amount
    total: Amount
    promised_week: Annotated[WeekName | None, Meta(description="Null: no week has room.")]
    courier: CourierResource
    links: CheckoutLinks = field(name="_links")

    @classmethod
    def of(cls, quote: CheckoutQuote, method: PaymentMethod) -> CheckoutQuoteResource:
        """A quote for a payment method."""
        checkout = quote.checkout
        basket, shipping = checkout.basket, checkout.shipping
        return cls(
            payment_method=method,
            lines=_lines(checkout),
            subtotal=Amount.of(basket.subtotal),
            discount=Amount.of(basket.discount),
            shipping_fee=Amount.of(basket.shipping.amount),
            shipping_tax=TaxSplitResource.of(basket.shipping.tax),
            cash_on_delivery=CashOnDeliveryResource(
                available=checkout.cod_refusal is None,
                fee=Amount.of(shipping.cod_fee),
                reason=checkout.cod_refusal,
            ),
            cod_fee=Amount.of(basket.cod.amount),
            cod_tax=TaxSplitResource.of(basket.cod.tax),
            tax_total=Amount.of(basket.tax_total),
            total=Amount.of(basket.total),
            promised_week=str(quote.promised_week) if quote.promised_week else None,
            courier=CourierResource(name=shipping.courier, transit_days=shipping.transit_days),
            links=CheckoutLinks(cart=links.CART, orders=links.ORDERS),
        )


def _lines(checkout: PricedCheckout) -> list[CheckoutLineResource]:
    return [
        CheckoutLineResource(
            design_code=line.key,
            quantity=line.quantity,
            unit_price=Amount.of(line.unit_price),
            line_total=Amount.of(line.subtotal),
            discount=Amount.of(line.discount),
            tax=TaxSplitResource.of(line.tax),
        )
        for line in checkout.basket.lines
    ]
