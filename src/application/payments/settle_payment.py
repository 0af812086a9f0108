"""Take in what the gateway says of a payment: the one way for callback, webhook and poller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.inventory.capacity import earliest_week
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.ordering.order import Order
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.payment import Payment
from ports.clock import Clock
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus
from ports.reservations import HoldRequest
from ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class PaymentSettler:
    """Moves payment, order and reservation together, inside the caller's transaction.

    Whatever order the messages come in, and however often, money is counted once. Money
    for an order that was cancelled for want of it confirms the order when stock and a week
    can still be had; otherwise, and when the buyer cancelled, the order says that a refund
    is due.
    """

    clock: Clock

    async def settle(self, tx: Transaction, order: Order, payment: Payment, seen: GatewayPayment) -> None:
        """Take in `seen`. Raises AmountMismatch when it isn't the amount asked for."""
        now = self.clock.now()
        match seen.status:
            case GatewayPaymentStatus.CREATED:
                return
            case GatewayPaymentStatus.FAILED:
                reason = seen.error_reason or "payment_failed"
                payment.fail(reason, now)
                order.fail_payment(reason, now)
            case GatewayPaymentStatus.AUTHORIZED:
                payment.authorize(seen.provider_payment_id, now)
                order.authorize_payment(now)
            case GatewayPaymentStatus.CAPTURED | GatewayPaymentStatus.REFUNDED:
                payment.capture(seen.provider_payment_id, seen.amount, now)
                await self._paid(tx, order, now)
        await tx.payments.save(payment)
        await tx.orders.save(order)

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
