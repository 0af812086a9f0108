"""Take in what the gateway says of a payment: the one way for callback, webhook and poller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.inventory.capacity import earliest_week
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.ordering.order import Order
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.payment import Payment, PaymentState
from ports.clock import Clock
from ports.ids import Ids
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus
from ports.reservations import HoldRequest
from ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class PaymentSettler:
    """Moves payment, order and reservation together, inside the caller's transaction.

    Whatever order the messages come in, and however often, money is counted once; what was
    paid beside it goes back. Money for an order that was cancelled for want of it confirms
    the order when stock and a week can still be had; otherwise, and when the buyer
    cancelled, the order says that a refund is due.
    """

    clock: Clock
    ids: Ids

    async def settle(self, tx: Transaction, order: Order, payment: Payment, seen: GatewayPayment) -> None:
        """Take in `seen`. Raises AmountMismatch, and changes nothing, when it isn't the amount asked for."""
        now = self.clock.now()
        self._take_in(payment, seen, now)
        await self._follow(tx, order, payment, now)
        await tx.payments.save(payment)
        await tx.orders.save(order)

    def _take_in(self, payment: Payment, seen: GatewayPayment, now: datetime) -> None:
        paid_by = seen.provider_payment_id
        match seen.status:
            case GatewayPaymentStatus.CREATED:
                return
            case GatewayPaymentStatus.FAILED:
                payment.fail(paid_by, seen.error_reason or "payment_failed", now)
            case GatewayPaymentStatus.REFUNDED:  # never captured, or given back by somebody else: not ours
                payment.fail(paid_by, "refunded", now)
            case GatewayPaymentStatus.AUTHORIZED:
                payment.authorize(paid_by, now)
            case GatewayPaymentStatus.CAPTURED if payment.is_surplus(paid_by):
                payment.return_surplus(self.ids.new_id(), paid_by, seen.amount, now)
            case GatewayPaymentStatus.CAPTURED:
                payment.capture(paid_by, seen.amount, now)

    async def _follow(self, tx: Transaction, order: Order, payment: Payment, now: datetime) -> None:
        """Move the order where its payment is."""
        match payment.state:
            case PaymentState.CREATED:
                return
            case PaymentState.FAILED:
                order.fail_payment(payment.failure or "payment_failed", now)
            case PaymentState.AUTHORIZED:
                order.authorize_payment(now)
            case PaymentState.CAPTURED:
                await self._paid(tx, order, now)

    async def _paid(self, tx: Transaction, order: Order, now: datetime) -> None:
        if order.payment_status not in {PaymentStatus.PENDING, PaymentStatus.AUTHORIZED, PaymentStatus.FAILED}:
            return
        order.mark_paid(now)
        if order.status is OrderStatus.CANCELLED:
            await self._reinstate(tx, order, now)
            return
        reservation = await tx.reservations.get(order.id)
        reservation.commit()
        await tx.reservations.save(reservation)

    async def _reinstate(self, tx: Transaction, order: Order, now: datetime) -> None:
        if not order.can_be_reinstated:
            order.refuse_late_payment(now)
            return
        wanted = max(order.promised_week, earliest_week(now, 0))
        request = HoldRequest(order.id, order.needs, order.pairs, wanted, expires_at=None)
        try:
            reservation = await tx.reservations.hold(request)
        except (OutOfStock, CapacityExhausted):
            order.refuse_late_payment(now)
        else:
            order.reinstate(reservation.week, now)
