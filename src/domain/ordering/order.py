"""An order: an immutable snapshot of what was bought, and three statuses that move."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.inventory.capacity import Week
from domain.money import NOTHING, Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.errors import InvalidTransition, OrderNotCancellable
from domain.ordering.events import (
    LatePaymentUnplaceable,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderEvent,
    OrderPaid,
    OrderPaymentAuthorized,
    OrderPaymentFailed,
    OrderPlaced,
    OrderReady,
    OrderRefunded,
    OrderReturned,
    OrderShipped,
    ProductionStarted,
    ReturnStarted,
)
from domain.ordering.lines import OrderLine
from domain.ordering.record import PAYMENT_TIMEOUT, OrderRecord
from domain.ordering.status import (
    FULFILLMENT_NEXT,
    ORDER_NEXT,
    PAYMENT_NEXT,
    FulfillmentStatus,
    OrderStatus,
    PaymentMethod,
    PaymentStatus,
    ReturnCause,
    has_passed,
)
from domain.shipping.waybill import Waybill
from domain.tax.states import GstState

_REFUNDS: Final = frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})


@dataclass(slots=True, kw_only=True, eq=False)
class Order(OrderRecord):
    """What happens to an order: a right message moves it, and it tells; a wrong one raises; a repeated one is harmless.

    Made by `place`; a repository restores it with the constructor, which tells nothing.
    """

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

    def authorize_payment(self, at: datetime) -> None:
        """The bank has put the money aside."""
        if self._pay(PaymentStatus.AUTHORIZED, at, settled={PaymentStatus.PAID, *_REFUNDS}):
            self._tell(OrderPaymentAuthorized, at)

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
        """Give the order up. Cancelling twice is harmless, but a buyer's word outweighs the clock's: see `reinstate`.

        Raises OrderNotCancellable once production has started.
        """
        if self.status is OrderStatus.CANCELLED:
            if self.cancellation_reason == PAYMENT_TIMEOUT:
                self.cancellation_reason = reason
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
        if self._make(FulfillmentStatus.IN_PRODUCTION, at):
            self._tell(ProductionStarted, at)

    def mark_ready(self, at: datetime) -> None:
        """The pairs are finished and boxed."""
        if self._make(FulfillmentStatus.READY_TO_SHIP, at):
            self._tell(OrderReady, at)

    def mark_shipped(self, waybill: Waybill, at: datetime, expected_at: datetime | None = None) -> None:
        """The courier has the parcel. Late news is harmless here and in what follows."""
        if self._travel(FulfillmentStatus.SHIPPED, at):
            self._become(OrderStatus.SHIPPED)
            self.record(
                OrderShipped(
                    aggregate_id=self.id,
                    occurred_at=at,
                    order=self.ext_id,
                    awb=waybill.awb,
                    courier=waybill.courier,
                    tracking_url=waybill.tracking_url,
                    expected_at=expected_at,
                )
            )

    def mark_delivered(self, at: datetime) -> None:
        """The customer has the shoes; an order paid on delivery is paid."""
        if self._travel(FulfillmentStatus.DELIVERED, at):
            self._become(OrderStatus.DELIVERED)
            self._tell(OrderDelivered, at)
            if self.payment_method is PaymentMethod.COD:
                self.mark_paid(at)

    def start_return(self, at: datetime) -> None:
        """The parcel is on its way back: a return, or never handed over (RTO)."""
        if self._travel(FulfillmentStatus.RETURNING, at):
            cause = self._return_cause
            self.record(ReturnStarted(aggregate_id=self.id, occurred_at=at, order=self.ext_id, cause=cause))

    def mark_returned(self, at: datetime) -> None:
        """The shoes are back in the workshop."""
        if self._travel(FulfillmentStatus.RETURNED, at):
            cause = self._return_cause
            self._become(OrderStatus.RETURNED)
            self.record(OrderReturned(aggregate_id=self.id, occurred_at=at, order=self.ext_id, cause=cause))

    @property
    def _return_cause(self) -> ReturnCause:
        """While the parcel is on its way back: what never was DELIVERED is an RTO."""
        return ReturnCause.RTO if self.status is OrderStatus.SHIPPED else ReturnCause.CUSTOMER

    def _tell(self, kind: type[OrderEvent], at: datetime) -> None:
        self.record(kind(aggregate_id=self.id, occurred_at=at, order=self.ext_id))

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
        self._tell(OrderConfirmed, at)

    def _become(self, wanted: OrderStatus) -> None:
        if wanted not in ORDER_NEXT[self.status]:
            raise InvalidTransition(self.ext_id, self.status, wanted)
        self.status = wanted

    def _pay(self, wanted: PaymentStatus, at: datetime, *, settled: Set[PaymentStatus]) -> bool:
        """Move the payment on; False when it is already there or, having `settled`, beyond."""
        if self.payment_status is wanted or self.payment_status in settled:
            return False
        if wanted not in PAYMENT_NEXT[self.payment_status]:
            raise InvalidTransition(self.ext_id, self.payment_status, wanted)
        self.payment_status = wanted
        self.updated_at = at
        return True

    def _make(self, wanted: FulfillmentStatus, at: datetime) -> bool:
        """Move the shoes on by command; False when they are just there."""
        if self.status is not OrderStatus.CONFIRMED:
            raise InvalidTransition(self.ext_id, self.status, wanted)
        return self.fulfillment_status is not wanted and self._advance(wanted, at)

    def _travel(self, wanted: FulfillmentStatus, at: datetime) -> bool:
        """Move the shoes on by news of a parcel; False when they are there already, or beyond."""
        return not has_passed(self.fulfillment_status, wanted) and self._advance(wanted, at)

    def _advance(self, wanted: FulfillmentStatus, at: datetime) -> bool:
        if wanted not in FULFILLMENT_NEXT[self.fulfillment_status]:
            raise InvalidTransition(self.ext_id, self.fulfillment_status, wanted)
        self.fulfillment_status = wanted
        self.updated_at = at
        return True
