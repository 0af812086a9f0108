"""Give money back because a person decided so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.orders.get_order import GetOrder
from domain.actor import Actor, System
from domain.money import Money
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.refund import Refund, RefundState
from domain.permissions import Permission, require
from ports.clock import Clock
from ports.idempotency import IdempotencyKey
from ports.ids import Ids
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class RequestRefundCommand:
    """Which order (id or order number), how much, and why. `amount` None: all that is left."""

    actor: Actor
    order: str
    amount: Money | None
    reason: str
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    """A refund as staff see it."""

    id: UUID
    order_id: UUID
    amount: Money
    reason: str
    status: RefundState
    created_at: datetime

    @classmethod
    def of(cls, refund: Refund, order_id: UUID) -> RefundView:
        """What a refund of an order looks like now."""
        return cls(
            id=refund.id,
            order_id=order_id,
            amount=refund.amount,
            reason=refund.reason,
            status=refund.state,
            created_at=refund.created_at,
        )


@dataclass(frozen=True, slots=True)
class RequestedRefund:
    """The refund, which the gateway hears of next. `replayed`: this request had been answered before."""

    refund: RefundView
    replayed: bool


@dataclass(frozen=True, slots=True)
class RequestRefund:
    """Sets money aside to go back; never more, all refunds together, than was captured.

    Raises Forbidden, NotFound, PaymentNotAllowed when nothing was paid online,
    RefundTooLarge, IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    clock: Clock
    ids: Ids

    async def __call__(self, command: RequestRefundCommand) -> RequestedRefund:
        require(command.actor, Permission.PAYMENTS_REFUND)
        order = await self.find(System(), command.order)
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, RefundView)
            if done is not None:
                return RequestedRefund(done, replayed=True)
            payment = await tx.payments.of_order(order.id)
            if payment is None:
                raise PaymentNotAllowed(f"nothing was paid online for order {order.ext_id}")
            refund = payment.request_refund(
                self.ids.new_id(), command.amount or payment.refundable, command.reason, self.clock.now()
            )
            await tx.payments.save(payment)
            view = RefundView.of(refund, order.id)
            await tx.idempotency.complete(command.idempotency, view)
        return RequestedRefund(view, replayed=False)
