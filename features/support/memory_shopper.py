"""Customers of the shop in memory, who call the use cases themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from application.cart.add_to_cart import AddToCartCommand
from application.cart.change_item import ChangeCartItemCommand
from application.cart.remove_item import RemoveCartItemCommand
from application.cart.view import CartView
from application.checkout.buyer import AddressForm, BuyerForm
from application.checkout.quote_checkout import QuoteCheckoutQuery
from application.designs.find_design import ChosenWish
from application.designs.quote_design import QuoteDesignQuery
from application.fulfilment.start_return import StartReturnCommand
from application.orders.cancel_order import CancelOrderCommand
from application.orders.draft_order import OrderForm
from application.orders.place_order import PlaceOrderCommand
from application.payments.confirm_payment import ConfirmPaymentCommand
from application.payments.start_payment import StartPaymentCommand
from bootstrap.backoffice import BackOffice
from bootstrap.container import Shop
from bootstrap.memory import MemoryAdapters
from domain.actor import Guest
from domain.catalogue.errors import DesignNotBuildable
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import DesignChoice
from domain.errors import DomainError
from domain.money import Money
from domain.ordering.errors import PriceChanged
from domain.ordering.status import PaymentMethod
from features.support.memory_thirds import MemoryGateway
from features.support.seen import (
    CartSeen,
    Choice,
    OrderSeen,
    ParcelSeen,
    PaymentSeen,
    Place,
    Proof,
    QuoteSeen,
    Refused,
    Shopper,
    fresh_email,
)
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.payment_gateway import CheckoutProof

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a use case answers


class MemoryShopper(Shopper):
    """A guest who needs no browser."""

    def __init__(self, ports: MemoryAdapters, shop: Shop, office: BackOffice, gateway: MemoryGateway, run: Run) -> None:
        self.email = fresh_email()
        self._ports = ports
        self._shop = shop
        self._office = office
        self._gateway = gateway
        self._run = run
        self._actor = Guest()

    def quote(self, choice: Choice, quantity: int) -> QuoteSeen:
        query = QuoteDesignQuery(_wish(choice), quantity, None)
        quote = self._ask(self._shop.quote_design()(query))
        return QuoteSeen(
            code=quote.design_code,
            unit_price=quote.unit_price.amount.minor,
            line_total=quote.line_total.minor,
            breakdown={part.code: part.amount.minor for part in quote.unit_price.breakdown},
            tax_rate=quote.tax.rate_bp // 100,
            tax=quote.tax.total.minor,
            week=str(quote.promised_week) if quote.promised_week else None,
            available=quote.available,
        )

    def save_design(self, choice: Choice) -> str:
        code: str = self._ask(self._shop.save_design()(_wish(choice))).design.code
        return code

    def open_design(self, code: str) -> Choice:
        design = self._ask(self._shop.get_design()(code)).design
        return Choice(
            product=design.product_id,
            style=design.style,
            sole=design.sole,
            material=design.material,
            color=design.color,
            size=design.size_eu,
            width=design.width,
            monogram=design.monogram,
        )

    def add(self, choice: Choice, quantity: int) -> CartSeen:
        changed = self._ask(self._shop.add_to_cart()(AddToCartCommand(self._actor, _wish(choice), quantity)))
        if changed.new_token:
            self._actor = Guest(cart_token=changed.new_token)
        return _cart(changed.cart)

    def change(self, line: str, quantity: int) -> CartSeen:
        command = ChangeCartItemCommand(self._actor, line, quantity)
        return _cart(self._ask(self._shop.change_cart_item()(command)).cart)

    def remove(self, line: str) -> CartSeen:
        return _cart(self._ask(self._shop.remove_cart_item()(RemoveCartItemCommand(self._actor, line))).cart)

    def cart(self) -> CartSeen:
        return _cart(self._ask(self._shop.get_cart()(self._actor)))

    def checkout_total(self, place: Place, method: str) -> int:
        query = QuoteCheckoutQuery(self._actor, place.pincode, place.state, PaymentMethod(method))
        total: int = self._ask(self._shop.quote_checkout()(query)).checkout.basket.total.minor
        return total

    def order(self, place: Place, method: str, expected_total: int, key: str) -> OrderSeen:
        form = OrderForm(
            buyer=BuyerForm(
                email=self.email,
                phone="+919999999999",
                shipping_address=_address(place),
                billing_address=None,
                gstin=None,
            ),
            payment_method=PaymentMethod(method),
            expected_total=Money(expected_total),
            notes=None,
        )
        fingerprint = hashlib.sha256(repr(form).encode()).hexdigest()
        scope = f"orders:{self._actor.cart_token}"
        command = PlaceOrderCommand(self._actor, form, IdempotencyKey(scope, key, fingerprint))
        placed = self._ask(self._shop.place_order()(command))
        self._actor = Guest(self._actor.cart_token, placed.order_token)
        return _order(placed.order)

    def find_order(self, order_id: str) -> OrderSeen:
        return _order(self._ask(self._shop.get_order()(self._actor, order_id)))

    def timeline(self, order_id: str) -> list[str]:
        return [entry.event for entry in self._ask(self._shop.get_timeline()(self._actor, order_id))]

    def cancel(self, order_id: str) -> OrderSeen:
        command = CancelOrderCommand(self._actor, order_id, "changed my mind", self._key("cancel"))
        return _order(self._ask(self._shop.cancel_order()(command)).order)

    def start_payment(self, order_id: str) -> PaymentSeen:
        command = StartPaymentCommand(self._actor, order_id, self._key("pay"))
        started = self._ask(self._shop.start_payment()(command))
        return PaymentSeen(started.payment.amount.minor, started.payment.provider_order_id)

    def play(self, payment: PaymentSeen, outcome: str) -> Proof:
        return self._gateway.pay(payment, outcome)

    def confirm(self, order_id: str, proof: Proof) -> None:
        checked = CheckoutProof(proof.order_id, proof.payment_id, proof.signature)
        self._ask(
            self._shop.confirm_payment()(ConfirmPaymentCommand(self._actor, order_id, checked, self._key("confirm")))
        )

    def parcels(self, order_id: str) -> list[ParcelSeen]:
        tracking = self._ask(self._office.track_order()(self._actor, order_id))
        return [
            ParcelSeen(each.courier, each.awb, each.status, tuple(scan.text for scan in each.scans))
            for each in tracking.parcels
        ]

    def send_back(self, order_id: str) -> None:
        self._ask(self._office.start_return()(StartReturnCommand(self._actor, order_id, self._key("return"))))

    def _key(self, what: str) -> IdempotencyKey:
        return IdempotencyKey(what, str(self._ports.ids().new_id()), what)

    def _ask(self, question: Coroutine[Any, Any, Any]) -> Any:  # Any: whatever the use case answers
        try:
            return self._run(question)
        except DesignNotBuildable as refusal:
            raise Refused(refusal.code, frozenset(problem.field for problem in refusal.problems)) from refusal
        except PriceChanged as refusal:
            raise Refused(refusal.code, total=refusal.actual.minor) from refusal
        except DomainError as refusal:
            raise Refused(refusal.code) from refusal


def _wish(choice: Choice) -> ChosenWish:
    return ChosenWish(
        choice.product,
        DesignChoice(
            style=choice.style,
            sole=choice.sole,
            material=choice.material,
            color=choice.color,
            size=Size(SizeSystem(choice.system), choice.size),
            width=choice.width,
            monogram=choice.monogram,
        ),
    )


def _address(place: Place) -> AddressForm:
    return AddressForm(
        name="Meera Bhat",
        line1="14 Church Street",
        line2=None,
        city=place.city,
        state=place.state,
        pincode=place.pincode,
        country="IN",
        phone="+919999999999",
    )


def _cart(view: CartView) -> CartSeen:
    return CartSeen(
        lines=tuple(item.design.code for item in view.items),
        pairs=view.item_count,
        total=view.total.minor,
        price_changed=any(item.price_changed for item in view.items),
        available=all(item.available for item in view.items),
    )


def _order(view: OrderView) -> OrderSeen:
    return OrderSeen(
        id=str(view.id),
        number=view.ext_id,
        status=view.status,
        payment_status=view.payment_status,
        fulfillment_status=view.fulfillment_status,
        total=view.total.minor,
        refunded=view.refunded.minor,
        subtotal=view.subtotal.minor,
        shipping_fee=view.shipping_fee.minor,
        cod_fee=view.cod_fee.minor,
        tax_total=view.tax_total.minor,
        unit_prices=tuple(line.unit_price.minor for line in view.lines),
        taxes=tuple((line.tax.cgst.minor, line.tax.sgst.minor, line.tax.igst.minor) for line in view.lines),
        week=str(view.promised_week),
    )
