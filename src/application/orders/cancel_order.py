"""Give an order up."""

from __future__ import annotations

from dataclasses import dataclass

from application.orders.get_order import GetOrder
from application.orders.owned_order import owned_order
from domain.actor import Actor
from domain.errors import InvalidValue
from domain.ordering.record import PAYMENT_TIMEOUT
from ports.clock import Clock
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class CancelOrderCommand:
    """Which order (id or order number), and why."""

    actor: Actor
    order: str
    reason: str
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class CancelledOrder:
    """The order after it. `replayed`: this request had been answered before."""

    order: OrderView
    replayed: bool


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Cancels and gives stock and week back in one transaction; free until production starts.

    Raises NotFound, InvalidValue("reason") for the one that only the clock gives,
    OrderNotCancellable, IdempotencyKeyReused, IdempotencyInFlight.
    """

    begin: Begin
    find: GetOrder
    clock: Clock

    async def __call__(self, command: CancelOrderCommand) -> CancelledOrder:
        order_id = (await self.find(command.actor, command.order)).id
        if command.reason == PAYMENT_TIMEOUT:  # late money would bring the order back
            raise InvalidValue("reason", "is for orders that nobody paid in time")
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, OrderView)
            if done is not None:
                return CancelledOrder(done, replayed=True)
            order = await owned_order(tx, command.actor, order_id)
            order.cancel(command.reason, self.clock.now())
            await tx.orders.save(order)
            reservation = await tx.reservations.get(order_id)
            reservation.release()
            await tx.reservations.save(reservation)
            view = OrderView.of(order)
            await tx.idempotency.complete(command.idempotency, view)
        return CancelledOrder(view, replayed=False)
