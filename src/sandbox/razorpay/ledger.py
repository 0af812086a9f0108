"""Razorpay's rules for orders, payments and refunds, without HTTP."""

from __future__ import annotations

import hmac
import random
import string
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from sandbox.razorpay import steps
from sandbox.razorpay.entities import (
    CheckoutResponse,
    Collection,
    Entity,
    Listed,
    Notes,
    Order,
    Payment,
    Refund,
    RefundKey,
)
from sandbox.razorpay.errors import bad_input, bad_request, unknown_id
from sandbox.razorpay.requests import Capture, CustomerAct, NewOrder, NewRefund, Page, check_id

_Kept = TypeVar("_Kept", Order, Payment, Refund)

_ALREADY_PAID: Final = (
    "Your payment has been declined as the order is already paid. Please initiate the payment with a new order."
)


class LedgerContents(msgspec.Struct, frozen=True):
    """All that a ledger holds, oldest first."""

    orders: list[Order]
    payments: list[Payment]
    refunds: list[Refund]


class Ledger:
    """The books of one account. Not for several threads.

    `record` is told of the entities that a change leaves behind before anybody sees them;
    if it raises, nothing has changed. (Who must hear of changes, like a sender of webhooks,
    listens there.) `past` is what an earlier ledger recorded. Every operation raises Refused
    with the answer that Razorpay would give.
    """

    def __init__(
        self,
        key_secret: str,
        *,
        past: Iterable[Entity] = (),
        record: Callable[[Sequence[Entity]], None] = lambda entities: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._key_secret = key_secret.encode()
        self._clock = clock
        self._record = record
        self._orders: dict[str, Order] = {}
        self._payments: dict[str, Payment] = {}
        self._refunds: dict[str, Refund] = {}
        self._refund_keys: dict[str, RefundKey] = {}
        self._keep(past)

    # orders

    def create_order(self, asked: NewOrder) -> Order:
        """Each call makes another order: `receipt` is not an idempotency key."""
        order = Order(
            id=_new_id("order"),
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
        self._change(order)
        return order

    def order(self, order_id: str) -> Order:
        """One order."""
        return _found(self._orders, "order", order_id)

    def orders(self, page: Page, receipt: str | None = None) -> Collection[Order]:
        """Orders, all or those of a receipt."""
        return _listed((each for each in self._orders.values() if receipt in (None, each.receipt)), page)

    def annotate_order(self, order_id: str, notes: Notes) -> Order:
        """Replace the notes of an order."""
        order = msgspec.structs.replace(self.order(order_id), notes=notes)
        self._change(order)
        return order

    # payments

    def pay(self, order_id: str, act: CustomerAct) -> Payment:
        """The customer goes through the checkout of an order that is not paid yet."""
        order = self.order(order_id)
        if order.status == "paid":
            raise bad_request(_ALREADY_PAID)
        attempted = msgspec.structs.replace(order, status="attempted", attempts=order.attempts + 1)
        payment = steps.new_payment(_new_id("pay"), order, self._now())
        if act.outcome == "failure":
            payment = steps.failed(payment, act.reason)
        elif act.outcome == "authorized":
            payment = steps.authorized(payment)
        else:
            attempted, payment = steps.paid(attempted), steps.captured(steps.authorized(payment))
        self._change(attempted, payment)
        return payment

    def payment(self, payment_id: str) -> Payment:
        """One payment."""
        return _found(self._payments, "pay", payment_id)

    def payments(self, page: Page) -> Collection[Payment]:
        """Payments of all orders."""
        return _listed(self._payments.values(), page)

    def payments_of(self, order_id: str) -> Collection[Payment]:
        """Every attempt to pay an order."""
        order = self.order(order_id)
        attempts = [each for each in self._payments.values() if each.order_id == order.id]
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
        order = self._orders[payment.order_id]
        if order.status == "paid":
            raise bad_request(_ALREADY_PAID)
        captured = steps.captured(payment)
        self._change(steps.paid(order), captured)
        return captured

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
        earlier = None if key is None else self._refund_keys.get(key)
        if earlier is not None:
            if (earlier.payment_id, earlier.request) != (payment_id, request):
                raise bad_request("Different request with the same idempotency key has already been processed.", 409)
            return self._refunds[earlier.refund_id]
        amount = steps.refundable(payment, asked.amount)
        refund = Refund(
            id=_new_id("rfnd"),
            amount=amount,
            currency=payment.currency,
            payment_id=payment.id,
            notes=asked.notes,
            receipt=asked.receipt,
            created_at=self._now(),
            speed_processed="instant" if asked.speed == "optimum" else "normal",
            speed_requested=asked.speed,
        )
        keys = () if key is None else (RefundKey(id=key, payment_id=payment_id, request=request, refund_id=refund.id),)
        self._change(steps.refunded(payment, amount), refund, *keys)
        return refund

    def refund_of(self, refund_id: str) -> Refund:
        """One refund."""
        return _found(self._refunds, "rfnd", refund_id)

    def refunds_of(self, payment_id: str, page: Page) -> Collection[Refund]:
        """The refunds of a payment."""
        payment = self.payment(payment_id)
        return _listed((each for each in self._refunds.values() if each.payment_id == payment.id), page)

    def annotate_refund(self, refund_id: str, notes: Notes) -> Refund:
        """Replace the notes of a refund."""
        refund = msgspec.structs.replace(self.refund_of(refund_id), notes=notes)
        self._change(refund)
        return refund

    # the books

    def contents(self) -> LedgerContents:
        """Everything, for people who look into the sandbox."""
        return LedgerContents([*self._orders.values()], [*self._payments.values()], [*self._refunds.values()])

    def _change(self, *entities: Entity) -> None:
        self._record(entities)
        self._keep(entities)

    def _keep(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            match entity:
                case Order():
                    self._orders[entity.id] = entity
                case Payment():
                    self._payments[entity.id] = entity
                case Refund():
                    self._refunds[entity.id] = entity
                case RefundKey():
                    self._refund_keys[entity.id] = entity

    def _now(self) -> int:
        return int(self._clock())


_RANDOM: Final = random.SystemRandom()
_ALPHANUMERICS: Final = string.ascii_letters + string.digits


def _new_id(prefix: str) -> str:
    return f"{prefix}_{''.join(_RANDOM.choices(_ALPHANUMERICS, k=14))}"


def _found(kept: Mapping[str, _Kept], prefix: str, key: str) -> _Kept:
    check_id(prefix, key)
    if key not in kept:
        raise unknown_id()
    return kept[key]


def _listed(oldest_first: Iterable[Listed], page: Page) -> Collection[Listed]:
    newest_first = [each for each in oldest_first if page.since <= each.created_at <= page.until][::-1]
    items = newest_first[page.skip : page.skip + page.count]
    return Collection(len(items), items)
