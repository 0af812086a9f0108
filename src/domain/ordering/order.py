"""An order: an immutable snapshot of what was bought, and three statuses that move."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.actor import Actor, Customer, Guest, System
from domain.events import Aggregate
from domain.inventory.bill_of_materials import BillOfMaterials, total_needs
from domain.inventory.capacity import Week
from domain.money import NOTHING, Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.errors import InvalidTransition, OrderNotCancellable, PaymentNotAllowed
from domain.ordering.events import (
    FulfillmentAdvanced,
    LatePaymentUnplaceable,
    OrderCancelled,
    OrderConfirmed,
    OrderPaid,
    OrderPaymentAuthorized,
    OrderPaymentFailed,
    OrderPlaced,
    OrderRefunded,
)
from domain.ordering.lines import OrderLine
from domain.ordering.owner import CustomerOrder
from domain.ordering.status import (
    FULFILLMENT_NEXT,
    ORDER_NEXT,
    PAYMENT_NEXT,
    FulfillmentStatus,
    OrderStatus,
    PaymentMethod,
    PaymentStatus,
)
from domain.tax.states import GstState

PAYMENT_TIMEOUT: Final = "payment-timeout"
"""Why an order was cancelled whose money didn't come in time."""

_REFUNDS: Final = frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})


@dataclass(slots=True, kw_only=True, eq=False)
class Order(Aggregate):
    """Made by `place`; a repository restores it with the constructor, which tells nothing.

    Prices, texts, buyer and lines never change. `promised_week` moves only when a late
    payment had to be given another week. `hold_expires_at` (UTC) is set while a prepaid
    order waits for its money.
    """

    id: UUID
    ext_id: str
    cart_id: UUID
    buyer: Buyer
    lines: tuple[OrderLine, ...]
    amounts: Amounts
    place_of_supply: GstState
    payment_method: PaymentMethod
    notes: str | None
    promised_week: Week
    hold_expires_at: datetime | None
    status: OrderStatus = OrderStatus.PENDING
    payment_status: PaymentStatus = PaymentStatus.PENDING
    fulfillment_status: FulfillmentStatus = FulfillmentStatus.UNFULFILLED
    refunded: Money = NOTHING
    cancellation_reason: str | None = None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def place(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        ext_id: str,
        cart_id: UUID,
        buyer: Buyer,
        lines: tuple[OrderLine, ...],
        amounts: Amounts,
        place_of_supply: GstState,
        payment_method: PaymentMethod,
        notes: str | None,
        promised_week: Week,
        hold_expires_at: datetime | None,
        at: datetime,
    ) -> Order:
        """A new order: PENDING when prepaid, CONFIRMED at once when paid on delivery."""
        order = cls(
            id=id,
            ext_id=ext_id,
            cart_id=cart_id,
            buyer=buyer,
            lines=lines,
            amounts=amounts,
            place_of_supply=place_of_supply,
            payment_method=payment_method,
            notes=notes,
            promised_week=promised_week,
            hold_expires_at=hold_expires_at,
            created_at=at,
            updated_at=at,
        )
        order._tell_placed()
        if payment_method is PaymentMethod.COD:
            order._confirm(at)
        return order

    @property
    def pairs(self) -> int:
        """Pairs of shoes in the order."""
        return sum(line.quantity for line in self.lines)

    @property
    def needs(self) -> BillOfMaterials:
        """What the order takes from the shelf, by sku."""
        return total_needs((line.needs, 1) for line in self.lines)

    @property
    def is_cancellable(self) -> bool:
        """Whether the customer may still cancel: production hasn't started."""
        return (
            self.status in {OrderStatus.PENDING, OrderStatus.CONFIRMED}
            and self.fulfillment_status is FulfillmentStatus.UNFULFILLED
        )

    @property
    def awaits_payment(self) -> bool:
        """Whether a payment may be started."""
        return (
            self.payment_method is PaymentMethod.PREPAID
            and self.status is OrderStatus.PENDING
            and self.payment_status in {PaymentStatus.PENDING, PaymentStatus.FAILED}
        )

    @property
    def can_be_reinstated(self) -> bool:
        """Whether late money may bring the order back: only the clock cancelled it, not its buyer."""
        return self.status is OrderStatus.CANCELLED and self.cancellation_reason == PAYMENT_TIMEOUT

    def belongs_to(self, actor: Actor) -> bool:
        """Whether an actor may see and change this order."""
        match actor:
            case System():
                return True
            case Customer(customer_id):
                return self.buyer.owner == CustomerOrder(customer_id)
            case Guest(order_token=str(token)):
                return not isinstance(self.buyer.owner, CustomerOrder) and self.buyer.owner.opens_with(token)
            case _:
                return False

    def check_payable(self) -> None:
        """Raise PaymentNotAllowed unless the order waits for an online payment."""
        if self.awaits_payment:
            return
        if self.payment_method is PaymentMethod.COD:
            raise PaymentNotAllowed(f"order {self.ext_id} is paid on delivery")
        raise PaymentNotAllowed(f"order {self.ext_id} is {self.status}, its payment {self.payment_status}")

    def authorize_payment(self, at: datetime) -> None:
        """The bank has put the money aside."""
        if self._pay(PaymentStatus.AUTHORIZED, at, settled={PaymentStatus.PAID, *_REFUNDS}):
            self.record(OrderPaymentAuthorized(aggregate_id=self.id, occurred_at=at, order=self.ext_id))

    def mark_paid(self, at: datetime) -> None:
        """The shop has the money: a PENDING order is confirmed. Hearing it again is harmless.

        A CANCELLED order stays so; see `reinstate` and `refuse_late_payment`.
        """
        if not self._pay(PaymentStatus.PAID, at, settled=_REFUNDS):
            return
        self.record(OrderPaid(aggregate_id=self.id, occurred_at=at, order=self.ext_id, amount=self.amounts.total.minor))
        if self.status is OrderStatus.PENDING:
            self._confirm(at)

    def fail_payment(self, reason: str, at: datetime) -> None:
        """An attempt failed. Does nothing when another attempt has already succeeded."""
        if self._pay(PaymentStatus.FAILED, at, settled={PaymentStatus.PAID, *_REFUNDS}):
            self.record(OrderPaymentFailed(aggregate_id=self.id, occurred_at=at, order=self.ext_id, reason=reason))

    def reinstate(self, week: Week, at: datetime) -> None:
        """Confirm a cancelled order whose late money could still be given stock and a week."""
        if self.status is not OrderStatus.CANCELLED or self.payment_status is not PaymentStatus.PAID:
            raise InvalidTransition(self.ext_id, self.status, OrderStatus.CONFIRMED)
        self.promised_week = week
        self.cancellation_reason = None
        self._confirm(at)

    def refuse_late_payment(self, at: datetime) -> None:
        """Tell that money for a cancelled order has to go back."""
        if self.status is not OrderStatus.CANCELLED or self.payment_status is not PaymentStatus.PAID:
            raise InvalidTransition(self.ext_id, self.status, OrderStatus.CANCELLED)
        due = self.amounts.total - self.refunded
        self.record(
            LatePaymentUnplaceable(aggregate_id=self.id, occurred_at=at, order=self.ext_id, refund_due=due.minor)
        )

    def cancel(self, reason: str, at: datetime) -> None:
        """Give the order up. Cancelling twice is harmless.

        Raises OrderNotCancellable once production has started.
        """
        if self.status is OrderStatus.CANCELLED:
            return
        if not self.is_cancellable:
            unstarted = self.fulfillment_status is FulfillmentStatus.UNFULFILLED
            raise OrderNotCancellable(self.ext_id, self.status if unstarted else self.fulfillment_status)
        self.status = OrderStatus.CANCELLED
        self.cancellation_reason = reason
        self.hold_expires_at = None
        self.updated_at = at
        holds_money = self.payment_status in {PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED}
        due = self.amounts.total - self.refunded if holds_money else NOTHING
        self.record(
            OrderCancelled(aggregate_id=self.id, occurred_at=at, order=self.ext_id, reason=reason, refund_due=due.minor)
        )

    def record_refund(self, amount: Money, at: datetime) -> None:
        """Money went back. Raises InvalidTransition when it would be more than was paid."""
        refunded = self.refunded + amount
        whole = refunded == self.amounts.total
        wanted = PaymentStatus.REFUNDED if whole else PaymentStatus.PARTIALLY_REFUNDED
        if amount <= NOTHING or refunded > self.amounts.total:
            raise InvalidTransition(self.ext_id, self.payment_status, wanted)
        if self.payment_status is not wanted and wanted not in PAYMENT_NEXT[self.payment_status]:
            raise InvalidTransition(self.ext_id, self.payment_status, wanted)
        self.refunded = refunded
        self.payment_status = wanted
        self.updated_at = at
        self.record(OrderRefunded(aggregate_id=self.id, occurred_at=at, order=self.ext_id, refunded=refunded.minor))

    def start_production(self, at: datetime) -> None:
        """The workshop cuts the leather: from now on nothing can be cancelled."""
        self._must_be(OrderStatus.CONFIRMED, FulfillmentStatus.IN_PRODUCTION)
        self._fulfill(FulfillmentStatus.IN_PRODUCTION, at)

    def mark_ready(self, at: datetime) -> None:
        """The pairs are finished and boxed."""
        self._must_be(OrderStatus.CONFIRMED, FulfillmentStatus.READY_TO_SHIP)
        self._fulfill(FulfillmentStatus.READY_TO_SHIP, at)

    def mark_shipped(self, at: datetime) -> None:
        """The courier has the parcel."""
        if self._fulfill(FulfillmentStatus.SHIPPED, at):
            self._become(OrderStatus.SHIPPED)

    def mark_delivered(self, at: datetime) -> None:
        """The customer has the shoes; an order paid on delivery is paid."""
        if self._fulfill(FulfillmentStatus.DELIVERED, at):
            self._become(OrderStatus.DELIVERED)
            if self.payment_method is PaymentMethod.COD:
                self.mark_paid(at)

    def start_return(self, at: datetime) -> None:
        """The parcel is on its way back: a return, or refused at the door (RTO)."""
        self._fulfill(FulfillmentStatus.RETURNING, at)

    def mark_returned(self, at: datetime) -> None:
        """The shoes are back in the workshop."""
        if self._fulfill(FulfillmentStatus.RETURNED, at):
            self._become(OrderStatus.RETURNED)

    def _tell_placed(self) -> None:
        self.record(
            OrderPlaced(
                aggregate_id=self.id,
                occurred_at=self.created_at,
                order=self.ext_id,
                email=self.buyer.email.value,
                payment_method=self.payment_method,
                total=self.amounts.total.minor,
                currency=self.amounts.total.currency,
                pairs=self.pairs,
                week=str(self.promised_week),
                hold_expires_at=self.hold_expires_at,
            )
        )

    def _confirm(self, at: datetime) -> None:
        self._become(OrderStatus.CONFIRMED)
        self.hold_expires_at = None
        self.updated_at = at
        self.record(OrderConfirmed(aggregate_id=self.id, occurred_at=at, order=self.ext_id))

    def _become(self, wanted: OrderStatus) -> None:
        if wanted not in ORDER_NEXT[self.status]:
            raise InvalidTransition(self.ext_id, self.status, wanted)
        self.status = wanted

    def _must_be(self, status: OrderStatus, wanted: FulfillmentStatus) -> None:
        if self.status is not status:
            raise InvalidTransition(self.ext_id, self.status, wanted)

    def _pay(self, wanted: PaymentStatus, at: datetime, *, settled: Set[PaymentStatus]) -> bool:
        """Move the payment on; False when it is already there or, having `settled`, beyond."""
        if self.payment_status is wanted or self.payment_status in settled:
            return False
        if wanted not in PAYMENT_NEXT[self.payment_status]:
            raise InvalidTransition(self.ext_id, self.payment_status, wanted)
        self.payment_status = wanted
        self.updated_at = at
        return True

    def _fulfill(self, wanted: FulfillmentStatus, at: datetime) -> bool:
        """Move the shoes on; False when they are already there."""
        if self.fulfillment_status is wanted:
            return False
        if wanted not in FULFILLMENT_NEXT[self.fulfillment_status]:
            raise InvalidTransition(self.ext_id, self.fulfillment_status, wanted)
        self.fulfillment_status = wanted
        self.updated_at = at
        self.record(FulfillmentAdvanced(aggregate_id=self.id, occurred_at=at, order=self.ext_id, status=wanted))
        return True
