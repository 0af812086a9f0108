"""Orders to test with, priced by the shop's own pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from domain.catalogue.product import Product
from domain.customers.address import Address
from domain.customers.email import Email
from domain.customers.gstin import Gstin
from domain.customers.phone import Phone
from domain.design.design import Design
from domain.inventory.bill_of_materials import bill_of_materials, total_needs
from domain.inventory.capacity import Week
from domain.money import NOTHING, Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.lines import ChosenDesign, OrderLine
from domain.ordering.order import Order
from domain.ordering.owner import CustomerOrder, GuestOrder, OrderOwner, hash_token
from domain.ordering.status import PaymentMethod
from domain.pricing.pipeline import PriceableLine, PricedBasket, PricedLine, TaxContext, price_basket
from domain.pricing.unit_price import unit_price
from domain.shipping.waybill import Waybill
from domain.tax.states import GstState
from tests.builders.catalogue import a_product
from tests.builders.customers import an_address
from tests.builders.designs import a_design
from tests.builders.identities import fresh_id
from tests.builders.moments import NOW, THIS_WEEK

SELLER: Final = GstState.by_code("29")
"""Karnataka, where the workshop of the tests is registered."""

HOLD: Final = timedelta(minutes=30)
"""How long a prepaid order waits for its money."""

Step = Callable[[Order], None]

# Far above what a sequence that begins at 1 gives out in a test.
_NUMBERS: Final = count(900_001)


@dataclass(frozen=True, slots=True)
class Bought:
    """Pairs of a design of a product."""

    product: Product
    design: Design
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBuilder:
    """Starts with a guest's prepaid order of one pair to Bengaluru, placed at NOW, waiting for its money."""

    id: UUID = field(default_factory=fresh_id)
    ext_id: str | None = None
    cart_id: UUID = field(default_factory=fresh_id)
    owner: OrderOwner = field(default_factory=lambda: GuestOrder(hash_token(str(fresh_id()))))
    email: str = "asha@example.com"
    shipping_address: Address = field(default_factory=lambda: an_address().build())
    billing_address: Address | None = None
    gstin: str | None = None
    bought: tuple[Bought, ...] = ()
    discount: Money = NOTHING
    shipping_fee: Money = NOTHING
    cod_fee: Money = NOTHING
    payment_method: PaymentMethod = PaymentMethod.PREPAID
    notes: str | None = None
    week: Week = THIS_WEEK
    placed_at: datetime = NOW
    hold_expires_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    def numbered(self, ext_id: str) -> OrderBuilder:
        """With that order number."""
        return replace(self, ext_id=ext_id)

    def from_cart(self, cart_id: UUID) -> OrderBuilder:
        """Placed from that cart."""
        return replace(self, cart_id=cart_id)

    def of_guest(self, order_token: str) -> OrderBuilder:
        """The order of whoever holds `order_token`."""
        return replace(self, owner=GuestOrder(hash_token(order_token)))

    def of_customer(self, customer_id: UUID | None = None) -> OrderBuilder:
        """A customer's."""
        return replace(self, owner=CustomerOrder(customer_id or fresh_id()))

    def shipped_to(self, address: Address) -> OrderBuilder:
        """Another place of supply, perhaps."""
        return replace(self, shipping_address=address)

    def billed_to(self, address: Address, gstin: str | None = None) -> OrderBuilder:
        """With an invoice for somebody else, perhaps a business."""
        return replace(self, billing_address=address, gstin=gstin)

    def of(self, product: Product, design: Design | None = None, *, pairs: int = 1) -> OrderBuilder:
        """One line more."""
        chosen = design or a_design().of(product).build()
        return replace(self, bought=(*self.bought, Bought(product, chosen, pairs)))

    def discounted(self, paise: int) -> OrderBuilder:
        """With an order discount."""
        return replace(self, discount=Money(paise))

    def with_shipping_fee(self, paise: int) -> OrderBuilder:
        """GST included."""
        return replace(self, shipping_fee=Money(paise))

    def paid_on_delivery(self, fee: int = 0) -> OrderBuilder:
        """COD; the fee in paise."""
        return replace(self, payment_method=PaymentMethod.COD, cod_fee=Money(fee))

    def noting(self, notes: str) -> OrderBuilder:
        """With a word of the customer's."""
        return replace(self, notes=notes)

    def promised_in(self, week: str) -> OrderBuilder:
        """Finished in a week such as 2026-W52."""
        return replace(self, week=Week.parse(week))

    def placed(self, at: datetime) -> OrderBuilder:
        """At that moment."""
        return replace(self, placed_at=at)

    def held_until(self, at: datetime) -> OrderBuilder:
        """Waits so long for its money; by default HOLD."""
        return replace(self, hold_expires_at=at)

    def authorized(self) -> OrderBuilder:
        """Then the bank put the money aside."""
        return self.then(lambda order: order.authorize_payment(order.updated_at))

    def paid(self) -> OrderBuilder:
        """Then the money came."""
        return self.then(lambda order: order.mark_paid(order.updated_at))

    def payment_failed(self, reason: str = "declined") -> OrderBuilder:
        """Then an attempt to pay failed."""
        return self.then(lambda order: order.fail_payment(reason, order.updated_at))

    def cancelled(self, reason: str = "changed my mind") -> OrderBuilder:
        """Then it was given up."""
        return self.then(lambda order: order.cancel(reason, order.updated_at))

    def refunded(self, paise: int) -> OrderBuilder:
        """Then money went back."""
        return self.then(lambda order: order.record_refund(Money(paise), order.updated_at))

    def in_production(self) -> OrderBuilder:
        """Then the leather was cut."""
        return self.then(lambda order: order.start_production(order.updated_at))

    def ready(self) -> OrderBuilder:
        """Then it was made and boxed."""
        return self.in_production().then(lambda order: order.mark_ready(order.updated_at))

    def shipped(self) -> OrderBuilder:
        """Then it was made and sent."""
        return self.ready().then(lambda order: order.mark_shipped(a_waybill(), order.updated_at))

    def delivered(self) -> OrderBuilder:
        """Then it was made, sent and handed over."""
        return self.shipped().then(lambda order: order.mark_delivered(order.updated_at))

    def returned(self) -> OrderBuilder:
        """Then, sent or delivered, it came back."""
        moves = (Order.start_return, Order.mark_returned)
        return self.then(lambda order: [move(order, order.updated_at) for move in moves])

    def then(self, step: Callable[[Order], object]) -> OrderBuilder:
        """Then that happened to it, a minute later."""

        def a_minute_later(order: Order) -> None:
            order.updated_at += timedelta(minutes=1)
            step(order)

        return replace(self, steps=(*self.steps, a_minute_later))

    def build(self) -> Order:
        """The order, not added yet: it has its events still to tell."""
        bought = self.bought or (Bought(a_product().build(), a_design().build(), 1),)
        basket = self._priced(bought)
        prepaid = self.payment_method is PaymentMethod.PREPAID
        order = Order.place(
            id=self.id,
            ext_id=self.ext_id or f"IS-2026-{next(_NUMBERS)}",
            cart_id=self.cart_id,
            buyer=Buyer(
                owner=self.owner,
                email=Email(self.email),
                phone=Phone("+919812345678"),
                shipping_address=self.shipping_address,
                billing_address=self.billing_address,
                gstin=Gstin(self.gstin) if self.gstin else None,
            ),
            lines=tuple(map(_order_line, bought, basket.lines)),
            amounts=Amounts(
                subtotal=basket.subtotal,
                discount=basket.discount,
                shipping=basket.shipping,
                cod=basket.cod,
                tax_total=basket.tax_total,
                total=basket.total,
            ),
            place_of_supply=self.shipping_address.state,
            payment_method=self.payment_method,
            notes=self.notes,
            promised_week=self.week,
            hold_expires_at=(self.hold_expires_at or self.placed_at + HOLD) if prepaid else None,
            at=self.placed_at,
        )
        for step in self.steps:
            step(order)
        return order

    def _priced(self, bought: tuple[Bought, ...]) -> PricedBasket:
        return price_basket(
            [
                PriceableLine(each.design.code, unit_price(each.product, each.design).amount, each.quantity)
                for each in bought
            ],
            TaxContext(on=self.placed_at.date(), seller=SELLER, place_of_supply=self.shipping_address.state),
            discount=self.discount,
            shipping_fee=self.shipping_fee,
            cod_fee=self.cod_fee,
        )


def _order_line(bought: Bought, priced: PricedLine) -> OrderLine:
    return OrderLine(
        id=fresh_id(),
        design_code=bought.design.code,
        product_id=bought.product.product_id,
        product_title=bought.product.title,
        choice=ChosenDesign.of(bought.product, bought.design),
        hsn=bought.product.hsn,
        quantity=bought.quantity,
        unit_price=priced.unit_price,
        breakdown=unit_price(bought.product, bought.design).breakdown,
        line_total=priced.subtotal,
        discount=priced.discount,
        tax=priced.tax,
        needs=total_needs([(bill_of_materials(bought.product, bought.design), bought.quantity)]),
    )


def a_waybill(awb: str = "1904990001234") -> Waybill:
    """Of a courier with a public page."""
    return Waybill(awb, "Delhivery Surface", f"https://tracking.example/{awb}")


def an_order() -> OrderBuilder:
    """A guest's order that waits for its money."""
    return OrderBuilder()
