"""Everything of an order that can be worked out before the transaction begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.checkout.buyer import BuyerForm, read_buyer, reading
from application.checkout.destination import Destination
from application.checkout.price_checkout import CheckoutPricing, PricedCheckout
from domain.actor import Actor, Customer, Guest
from domain.cart.cart import Cart
from domain.cart.errors import CartEmpty
from domain.customers.errors import InvalidFields
from domain.errors import InvalidValue
from domain.inventory.capacity import Week
from domain.money import Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.errors import CodNotAvailable, PriceChanged
from domain.ordering.lines import ChosenDesign, OrderLine
from domain.ordering.notes import read_note
from domain.ordering.order import Order
from domain.ordering.owner import CustomerOrder, GuestOrder, OrderOwner, hash_token, order_token
from domain.ordering.policy import SalesPolicy
from domain.ordering.status import PaymentMethod
from domain.pricing.pipeline import PricedLine
from domain.pricing.quoted_line import QuotedLine, needs_of
from ports.ids import Ids, OrderNumbers
from ports.pin_directory import PinDirectory
from ports.reservations import HoldRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """What the buyer typed and agreed to. `expected_total` is the total that they saw."""

    buyer: BuyerForm
    payment_method: PaymentMethod
    expected_total: Money
    notes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOrder:
    """An order that lacks only its stock and its week."""

    id: UUID
    ext_id: str
    cart: Cart
    buyer: Buyer
    lines: tuple[OrderLine, ...]
    checkout: PricedCheckout
    payment_method: PaymentMethod
    notes: str | None
    hold: HoldRequest
    at: datetime

    def place(self, week: Week) -> Order:
        """The order, once its stock and week are held."""
        basket = self.checkout.basket
        return Order.place(
            id=self.id,
            ext_id=self.ext_id,
            cart_id=self.cart.id,
            buyer=self.buyer,
            lines=self.lines,
            amounts=Amounts(
                subtotal=basket.subtotal,
                discount=basket.discount,
                shipping=basket.shipping,
                cod=basket.cod,
                tax_total=basket.tax_total,
                total=basket.total,
            ),
            place_of_supply=self.buyer.shipping_address.state,
            payment_method=self.payment_method,
            notes=self.notes,
            promised_week=week,
            hold_expires_at=self.hold.expires_at,
            at=self.at,
        )


@dataclass(frozen=True, slots=True)
class DraftingDesk:
    """Reads the form, prices the cart and checks what was agreed to."""

    pricing: CheckoutPricing
    pins: PinDirectory
    policy: SalesPolicy
    ids: Ids
    numbers: OrderNumbers

    async def draft(self, actor: Actor, form: OrderForm, cart: Cart | None, now: datetime) -> DraftOrder:
        """Raises what PlaceOrder raises, but for what only the transaction can know."""
        order_id = self.ids.new_id()
        buyer, notes = self._read(form, _owner(actor, order_id))
        if cart is None or not cart.lines:
            raise CartEmpty
        place = Destination(buyer.shipping_address.pincode, buyer.shipping_address.state)
        checkout = await self.pricing.price(cart.lines, place, form.payment_method, now)
        self._check_agreed(form, checkout)
        prepaid = form.payment_method is PaymentMethod.PREPAID
        return DraftOrder(
            id=order_id,
            ext_id=await self.numbers.next(now),
            cart=cart,
            buyer=buyer,
            lines=self._lines(checkout),
            checkout=checkout,
            payment_method=form.payment_method,
            notes=notes,
            hold=HoldRequest(
                order_id=order_id,
                needs=needs_of(checkout.lines),
                pairs=cart.pairs,
                earliest=checkout.earliest,
                expires_at=now + self.policy.hold if prepaid else None,
            ),
            at=now,
        )

    def _read(self, form: OrderForm, owner: OrderOwner) -> tuple[Buyer, str | None]:
        problems: list[InvalidValue] = []
        buyer = reading(problems, "", lambda: read_buyer(form.buyer, owner, self.pins))
        notes = reading(problems, "", lambda: read_note(form.notes))
        if buyer is None or problems:
            raise InvalidFields(problems)
        return buyer, notes

    def _check_agreed(self, form: OrderForm, checkout: PricedCheckout) -> None:
        if form.payment_method is PaymentMethod.COD and checkout.cod_refusal:
            raise CodNotAvailable(checkout.cod_refusal)
        if form.expected_total != checkout.basket.total:
            raise PriceChanged(form.expected_total, checkout.basket.total)

    def _lines(self, checkout: PricedCheckout) -> tuple[OrderLine, ...]:
        pairs = zip(checkout.lines, checkout.basket.lines, strict=True)
        return tuple(_order_line(self.ids.new_id(), quoted, priced) for quoted, priced in pairs)


def _order_line(line_id: UUID, quoted: QuotedLine, priced: PricedLine) -> OrderLine:
    product, design = quoted.product, quoted.design
    return OrderLine(
        id=line_id,
        design_code=design.code,
        product_id=product.product_id,
        product_title=product.title,
        choice=ChosenDesign.of(product, design),
        hsn=product.hsn,
        quantity=quoted.quantity,
        unit_price=quoted.price.amount,
        breakdown=quoted.price.breakdown,
        line_total=priced.subtotal,
        discount=priced.discount,
        tax=priced.tax,
        needs={sku: need * quoted.quantity for sku, need in quoted.needs.items()},
    )


def _owner(actor: Actor, order_id: UUID) -> OrderOwner:
    match actor:
        case Customer(customer_id):
            return CustomerOrder(customer_id)
        case Guest(cart_token=str(token)):
            return GuestOrder(hash_token(order_token(token, order_id)))
        case _:
            raise CartEmpty
