"""Razorpay's rules for orders, payments and refunds, without HTTP."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.razorpay import steps
from sandbox.razorpay.books import Announce, Books, LedgerContents, Record, found, listed, new_id
from sandbox.razorpay.entities import CheckoutResponse, Collection, Entity, Notes, Order, Payment, Refund, RefundKey
from sandbox.razorpay.errors import bad_input, bad_request
from sandbox.razorpay.requests import Capture, CustomerAct, NewOrder, NewRefund, Page
from sandbox.razorpay.settings import Settings

_ALREADY_PAID: Final = (
    "Your payment has been declined as the order is already paid. Please initiate the payment with a new order."
)


class Ledger:
    """The books of one account. Not for several threads.

    For `past`, `record` and `announce` see Books. Every operation raises Refused with the
    answer that Razorpay would give.
    """

    def __init__(
        self,
        key_secret: str,
        *,
        past: Iterable[Entity] = (),
        record: Record = lambda entities: None,
        announce: Announce = lambda happening: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._key_secret = key_secret.encode()
        self._clock = clock
        self._books = Books(past, record, announce)
        self.settings = Settings()

    # orders

    def create_order(self, asked: NewOrder) -> Order:
        """Each call makes another order: `receipt` is not an idempotency key."""
        order = Order(
            id=new_id("order"),
            amount=asked.amount,
            amount_paid=0,
            amount_due=asked.amount,
            currency=asked.currency,
            receipt=asked.receipt,
            status="created",
            attempts=0,
            notes=asked.notes,
            created_at=self._now(),
        )
        self._books.change(order)
        return order

    def order(self, order_id: str) -> Order:
        """One order."""
        return found(self._books.orders, "order", order_id)

    def orders(self, page: Page, receipt: str | None = None) -> Collection[Order]:
        """Orders, all or those of a receipt."""
        return listed((each for each in self._books.orders.values() if receipt in (None, each.receipt)), page)

    def annotate_order(self, order_id: str, notes: Notes) -> Order:
        """Replace the notes of an order."""
        order = replace(self.order(order_id), notes=notes)
        self._books.change(order)
        return order

    # payments

    def pay(self, order_id: str, act: CustomerAct) -> Payment:
        """The customer goes through the checkout of an order that is not paid yet."""
        order = self.order(order_id)
        if order.status == "paid":
            raise bad_request(_ALREADY_PAID)
        attempted = replace(order, status="attempted", attempts=order.attempts + 1)
        payment = steps.new_payment(new_id("pay"), order, self._now())
        if act.outcome == "failure":
            payment = steps.failed(payment, act.reason)
        elif act.outcome == "authorized" or self.settings.capture == "manual":
            payment = steps.authorized(payment)
        else:
            attempted, payment = steps.paid(attempted), steps.captured(steps.authorized(payment))
        self._books.change(attempted, payment)
        return payment

    def payment(self, payment_id: str) -> Payment:
        """One payment."""
        return found(self._books.payments, "pay", payment_id)

    def payments(self, page: Page) -> Collection[Payment]:
        """Payments of all orders."""
        return listed(self._books.payments.values(), page)

    def payments_of(self, order_id: str) -> Collection[Payment]:
        """Every attempt to pay an order."""
        order = self.order(order_id)
        attempts = [each for each in self._books.payments.values() if each.order_id == order.id]
        return Collection(len(attempts), attempts[::-1])

    def capture(self, payment_id: str, asked: Capture) -> Payment:
        """Take the whole amount that was authorised."""
        payment = self.payment(payment_id)
        if payment.captured:
            raise bad_request("This payment has already been captured")
        if payment.status != "authorized":
            raise bad_request("Only payments which have been authorized and not yet captured can be captured")
        if asked.amount != payment.amount:
            raise bad_input("Capture amount must be equal to the amount authorized.", "amount")
        order = self._books.orders[payment.order_id]
        if order.status == "paid":
            raise bad_request(_ALREADY_PAID)
        captured = steps.captured(payment)
        self._books.change(steps.paid(order), captured)
        return captured

    def authorize_late(self, payment_id: str) -> Payment:
        """The bank puts the money of a failed payment aside after all."""
        payment = self.payment(payment_id)
        if payment.status != "failed":
            raise bad_request("Only a failed payment can be authorized late")
        authorized = steps.authorized(payment)
        self._books.change(authorized)
        return authorized

    def capture_late(self, payment_id: str) -> Payment:
        """The account captures an authorised payment by itself, or one that had failed."""
        payment = self.payment(payment_id)
        if payment.status == "failed":
            payment = self.authorize_late(payment_id)
        return self.capture(payment_id, Capture(payment.amount, payment.currency))

    def checkout_response(self, payment: Payment) -> CheckoutResponse:
        """The proof that a payment was made, signed with the key secret."""
        signed = f"{payment.order_id}|{payment.id}".encode()
        signature = hmac.new(self._key_secret, signed, "sha256").hexdigest()
        return CheckoutResponse(payment.id, payment.order_id, signature)

    # refunds

    def refund(self, payment_id: str, asked: NewRefund, key: str | None = None) -> Refund:
        """Give back a part or the rest, once per idempotency key."""
        payment = self.payment(payment_id)
        request = msgspec.json.encode(asked).decode()
        earlier = None if key is None else self._books.refund_keys.get(key)
        if earlier is not None:
            if (earlier.payment_id, earlier.request) != (payment_id, request):
                raise bad_request("Different request with the same idempotency key has already been processed.", 409)
            return self._books.refunds[earlier.refund_id]
        amount = steps.refundable(payment, asked.amount)
        settings = steps.drawn(self.settings, amount)
        refund = Refund(
            id=new_id("rfnd"),
            amount=amount,
            currency=payment.currency,
            payment_id=payment.id,
            notes=asked.notes,
            receipt=asked.receipt,
            created_at=self._now(),
            status=self.settings.refunds,
            speed_processed="instant" if asked.speed == "optimum" else "normal",
            speed_requested=asked.speed,
        )
        keys = () if key is None else (RefundKey(id=key, payment_id=payment_id, request=request, refund_id=refund.id),)
        self._books.change(steps.refunded(payment, amount), refund, *keys)
        self.settings = settings
        return refund

    def settle_refund(self, refund_id: str) -> Refund:
        """A pending refund has reached the customer."""
        refund = steps.settled(self.refund_of(refund_id), "processed")
        self._books.change(self._books.payments[refund.payment_id], refund)
        return refund

    def fail_refund(self, refund_id: str) -> Refund:
        """A pending refund could not be paid out: the money is the account's again."""
        refund = steps.settled(self.refund_of(refund_id), "failed")
        self._books.change(steps.unrefunded(self._books.payments[refund.payment_id], refund.amount), refund)
        return refund

    def refund_of(self, refund_id: str) -> Refund:
        """One refund."""
        return found(self._books.refunds, "rfnd", refund_id)

    def refunds_of(self, payment_id: str, page: Page) -> Collection[Refund]:
        """The refunds of a payment."""
        payment = self.payment(payment_id)
        return listed((each for each in self._books.refunds.values() if each.payment_id == payment.id), page)

    def annotate_refund(self, refund_id: str, notes: Notes) -> Refund:
        """Replace the notes of a refund."""
        refund = replace(self.refund_of(refund_id), notes=notes)
        self._books.change(refund)
        return refund

    def contents(self) -> LedgerContents:
        """Everything, for people who look into the sandbox."""
        return self._books.contents()

    def _now(self) -> int:
        return int(self._clock())
